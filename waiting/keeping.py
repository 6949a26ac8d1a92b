"""Keeping figures: what stood there before stays in their history, and a correction says its day."""

from dataclasses import dataclass
from decimal import Decimal
from uuid import uuid4

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from wagtail.models import ModelLogEntry, ReferenceIndex, Revision

from .apps import figures_changed
from .models import WaitingTime
from .times.saying import number

LOADED = "waiting.loaded"
BEFORE = "waiting.before"
UNKNOWN = "not known"
BATCH = 500
ABOUT = ("id", "latest_revision", "corrected_on")
"""Fields that are about the record, not facts that readers are told."""


def differences(stored: WaitingTime, figure: WaitingTime) -> list[str]:
    """Names of the facts that differ, in the order of the form."""
    return [
        field.name
        for field in WaitingTime._meta.concrete_fields
        if field.name not in ABOUT and getattr(stored, field.attname) != getattr(figure, field.attname)
    ]


def in_words(stored: WaitingTime, figure: WaitingTime, names: list[str]) -> list[tuple[str, str, str]]:
    """(label, as stored, as it will be) of each of these facts."""
    labels = {name: str(WaitingTime._meta.get_field(name).verbose_name) for name in names}
    return [(labels[name], said(stored, name), said(figure, name)) for name in names]


def said(figure: WaitingTime, name: str) -> str:
    """A fact as a person would write it."""
    value = getattr(figure, name)
    if name == "whom":
        return figure.get_whom_display()
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Decimal):
        return number(value)
    return UNKNOWN if value in (None, "") else str(value)


def before_change(stored: WaitingTime, figure: WaitingTime) -> None:
    """Whatever is about to be saved over a stored figure: the figure says on which day it was corrected, and
    a figure that never had a version gets one as it stands, so that it can be read in the history."""
    changed = bool(differences(stored, figure))
    figure.corrected_on = timezone.localdate() if changed else stored.corrected_on
    if changed and stored.latest_revision_id is None:
        stored.save_revision(clean=False, log_action=BEFORE)


@dataclass
class Kept:
    """Figures that were checked and are to be saved; `stored` is what they take the place of, and `told`
    what the entry of their history says more."""

    figure: WaitingTime
    stored: WaitingTime | None
    told: dict


def keep(all_of_them: list[Kept], by, action: str) -> None:
    """Save figures, each with a version and an entry in its history. Call it inside a transaction.

    Thousands at once: whoever listens is told once for each list, and not once for each figure.
    """
    for kept in all_of_them:
        if kept.stored:
            before_change(kept.stored, kept.figure)
    figures = [kept.figure for kept in all_of_them]
    new = WaitingTime.objects.bulk_create(kept.figure for kept in all_of_them if not kept.stored)
    changed = [kept.figure for kept in all_of_them if kept.stored]
    facts = [field.name for field in WaitingTime._meta.concrete_fields if field.name not in ABOUT]
    WaitingTime.objects.bulk_update(changed, [*facts, "corrected_on"], batch_size=BATCH)
    for figure, version in zip(figures, versions(figures, by), strict=True):
        figure.latest_revision = version
    WaitingTime.objects.bulk_update(figures, ["latest_revision"], batch_size=BATCH)
    ModelLogEntry.objects.bulk_create([entry(kept, by, action) for kept in all_of_them])
    refer(new)
    for figure in {figure.waiting_list_id: figure for figure in figures}.values():
        figures_changed(WaitingTime, figure)


def versions(figures: list[WaitingTime], by) -> list[Revision]:
    """What `save_revision` makes, all in one."""
    kind = ContentType.objects.get_for_model(WaitingTime)
    now = timezone.now()
    return Revision.objects.bulk_create(
        Revision(
            content_type=kind,
            base_content_type=kind,
            object_id=str(figure.pk),
            object_str=str(figure),
            created_at=now,
            user=by,
            content=figure.serializable_data(),
        )
        for figure in figures
    )


def entry(kept: Kept, by, action: str) -> ModelLogEntry:
    """What `log` makes of saved figures."""
    return ModelLogEntry(
        content_type=ContentType.objects.get_for_model(WaitingTime),
        object_id=str(kept.figure.pk),
        label=str(kept.figure),
        action=action,
        data=kept.told,
        timestamp=timezone.now(),
        uuid=uuid4(),
        user=by,
        revision=kept.figure.latest_revision,
        content_changed=True,
    )


def refer(new: list[WaitingTime]) -> None:
    """What Wagtail notes of saved figures, so that it offers nobody to delete an area or a list of theirs."""
    kind = ContentType.objects.get_for_model(WaitingTime)
    ReferenceIndex.objects.bulk_create(
        ReferenceIndex(
            content_type=kind,
            base_content_type=kind,
            object_id=str(figure.pk),
            to_content_type_id=to_kind,
            to_object_id=to,
            model_path=model_path,
            content_path=content_path,
            content_path_hash=ReferenceIndex._get_content_path_hash(content_path),
        )
        for figure in new
        for to_kind, to, model_path, content_path in ReferenceIndex._extract_references_from_object(figure)
    )
