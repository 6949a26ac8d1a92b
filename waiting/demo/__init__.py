"""The demo's pathways and guides, made through the ordinary models. What is there is left as it is."""

import tomllib
from decimal import Decimal
from pathlib import Path

from django.db import transaction

from directory.models import Area
from home.demo import publish
from home.demo.written import add, files
from home.models import HomePage
from waiting.models import (
    FoundQuestion,
    GuidancePage,
    PathwayPage,
    WaitingIndexPage,
    WaitingList,
    WaitingTime,
)

PATHWAYS = Path(__file__).with_name("pathways")
GUIDES = Path(__file__).with_name("guides")
TIMES = Path(__file__).with_name("times.toml")
INDEX = {
    "slug": "waiting",
    "title": "While you wait",
    "lede": "What happens at each step, how long it takes, and what you can use today. "
    "Most help does not need a diagnosis.",
    "search_description": "What to expect and what you can use now while your child waits for an "
    "assessment or a plan.",
}


def load(progress=None) -> int:
    """Make what is missing and return how many pages were made. `progress(done, of)` is told along the
    way. All or nothing."""
    rows = [(PathwayPage, facts) for facts in files(PATHWAYS)]
    rows += [(GuidancePage, facts) for facts in files(GUIDES)]
    made = 0
    with transaction.atomic():
        home = HomePage.objects.get(pk=HomePage.objects.first().pk)
        index = WaitingIndexPage.objects.child_of(home).first()
        if index is None:
            index = home.add_child(instance=WaitingIndexPage(**INDEX))
            publish(index)
        for done, (model, facts) in enumerate(rows, 1):
            asks = facts.pop("ask_which_half", True)
            if add(index, model, facts):
                made += 1
                FoundQuestion.objects.filter(pathway__slug=facts["slug"]).update(by_half=asks)
            if progress:
                progress(done, len(rows))
        load_times(index)
    return made


def load_times(index: WaitingIndexPage) -> None:
    """The lists and figures that are not there yet. An area that the directory lacks is left out."""
    facts = tomllib.loads(TIMES.read_text(encoding="utf-8"), parse_float=Decimal)
    ways = {page.slug: page for page in PathwayPage.objects.child_of(index)}
    areas = {area.slug: area for area in Area.objects.all()}
    lists = {}
    for row in facts["list"]:
        row["pathway"] = ways[row["pathway"]]
        lists[row["code"]] = WaitingList.objects.filter(code=row["code"]).first() or WaitingList(**row)
        if not lists[row["code"]].pk:
            lists[row["code"]].full_clean()
            lists[row["code"]].save()
    for row in facts["time"]:
        if row["area"] not in areas:
            continue
        keys = {"waiting_list": lists[row.pop("list")], "area": areas[row.pop("area")]}
        keys |= {"whom": row.pop("whom"), "period_from": row.pop("from"), "period_to": row.pop("to")}
        if not WaitingTime.objects.filter(**keys).exists():
            time = WaitingTime(**keys, **row)
            time.full_clean()
            time.save()
