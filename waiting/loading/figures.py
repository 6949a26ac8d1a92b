"""A file beside what is kept: what is new, what changes, what is the same; and keeping it, all or nothing."""

import hashlib
from dataclasses import dataclass, field
from datetime import date

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from directory.models import Area
from waiting.keeping import LOADED, Kept, differences, in_words, keep
from waiting.models import WaitingList, WaitingTime

from .columns import BY_NAME
from .faults import Fault
from .rows import KEY, Known, KnownArea, KnownList, Line, column_of, read_rows
from .sheet import read_sheet

KEY_FIELDS = ("waiting_list_id", "area_id", *KEY[2:])
"""As the database calls the facts that no two waiting times share."""


@dataclass
class Row:
    """One row of a file that can be loaded: the figures it makes, and those that stand there now."""

    number: int
    figure: WaitingTime
    stored: WaitingTime | None
    notes: list[str]
    changes: list[tuple[str, str, str]] = field(default_factory=list)
    """(label, as it is kept now, as the file says) of each fact that differs."""


@dataclass
class Report:
    """What a file holds, row by row."""

    name: str
    faults: list[Fault]
    notes: list[str]
    rows: list[Row]

    @property
    def new(self) -> list[Row]:
        return [row for row in self.rows if row.stored is None]

    @property
    def changed(self) -> list[Row]:
        return [row for row in self.rows if row.stored and row.changes]

    @property
    def same(self) -> list[Row]:
        return [row for row in self.rows if row.stored and not row.changes]

    @property
    def to_load(self) -> list[Row]:
        return [] if self.faults else [row for row in self.rows if row.stored is None or row.changes]

    @property
    def summary(self) -> str:
        """“12 new, 3 change, 1 the same”"""
        return f"{len(self.new)} new, {len(self.changed)} change, {len(self.same)} the same"

    @property
    def seal(self) -> str:
        """The same only for a file that would do the same to what is kept."""
        does = [
            (row.number, row.stored and row.stored.pk, *facts(row.figure), row.changes) for row in self.rows
        ]
        return hashlib.sha256(repr(does).encode()).hexdigest()


class Outdated(Exception):
    """What is kept has changed since the file was checked. Carries the report as it is now."""

    def __init__(self, report: Report):
        super().__init__("What is kept has changed since this file was checked.")
        self.report = report


def facts(figure: WaitingTime) -> list[str]:
    return [
        str(getattr(figure, each.attname))
        for each in figure._meta.concrete_fields
        if each.name not in ("id", "latest_revision", "corrected_on")
    ]


def known() -> Known:
    """What a file may name: every list, and every area that ever was."""
    areas = Area.objects.select_related("kind", "successor")
    return Known(
        tuple(KnownList(each.pk, each.code, each.name) for each in WaitingList.objects.all()),
        tuple(
            KnownArea(
                each.pk,
                each.name,
                (each.code, *filter(None, map(str.strip, each.other_names.split("|")))),
                str(each.kind),
                each.valid_from,
                each.valid_to,
                str(each.successor or ""),
            )
            for each in areas
        ),
    )


def check(content: bytes, name: str = "", today: date | None = None) -> Report:
    """The report on a file; nothing is changed. `name` is what the file is called."""
    sheet = read_sheet(content)
    lines, faults = read_rows(sheet, known(), today or timezone.localdate())
    lists = WaitingList.objects.in_bulk({line.facts["waiting_list"] for line in lines})
    areas = Area.objects.in_bulk({line.facts["area"] for line in lines})
    stored = {
        tuple(getattr(each, name) for name in KEY_FIELDS): each
        for each in WaitingTime.objects.filter(waiting_list__in=lists).select_related("waiting_list", "area")
    }
    rows = []
    for line in lines:
        row = _beside(line, lists, areas, stored.get(line.key))
        try:
            # Lists and areas were read from the database; uniqueness is what `stored` is for.
            row.figure.full_clean(
                exclude=("waiting_list", "area"), validate_unique=False, validate_constraints=False
            )
        except ValidationError as refusal:
            faults += _refused(line, refusal)
            continue
        if row.stored:
            row.changes = in_words(row.stored, row.figure, differences(row.stored, row.figure))
        rows.append(row)
    return Report(name, sorted(faults, key=lambda fault: fault.row or 0), sheet.notes, rows)


def _beside(line: Line, lists: dict, areas: dict, stored: WaitingTime | None) -> Row:
    told = line.facts | {
        "waiting_list": lists[line.facts["waiting_list"]],
        "area": areas[line.facts["area"]],
    }
    figure = WaitingTime(**told)
    if stored:
        figure.pk, figure.latest_revision_id = stored.pk, stored.latest_revision_id
        figure.corrected_on = stored.corrected_on
        figure._state.adding = False
    return Row(line.number, figure, stored, line.notes)


def _refused(line: Line, refusal: ValidationError) -> list[Fault]:
    faults = []
    for name, messages in refusal.message_dict.items():
        column = column_of(name)
        accepted = BY_NAME[column].accepts if column else ""
        faults += [
            Fault(line.number, column, line.there.get(column, ""), message, accepted) for message in messages
        ]
    return faults


def load(content: bytes, name: str = "", by=None, seal: str = "") -> Report:
    """Keep what a file says, all of it or nothing, each row with a version in its history.

    `seal` is that of the report that was agreed to. Raises Outdated when the file would now do something
    else, and ValueError when it has faults.
    """
    try:
        with transaction.atomic():
            # Whoever loads or corrects figures of the same lists waits here until this is done.
            list(WaitingList.objects.select_for_update().order_by("pk").values_list("pk"))
            report = check(content, name)
            if report.faults:
                raise Outdated(report) if seal else ValueError("The file has faults.")
            if seal and report.seal != seal:
                raise Outdated(report)
            rows = [Kept(row.figure, row.stored, {"file": name, "row": row.number}) for row in report.to_load]
            keep(rows, by, LOADED)
    except IntegrityError as refusal:
        # Somebody entered the same figures in the same instant.
        raise Outdated(check(content, name)) from refusal
    return report
