"""The demo's pathways and guides, made through the ordinary models. What is there is left as it is."""

from pathlib import Path

from django.db import transaction

from home.demo import publish
from home.demo.written import add, files
from home.models import HomePage
from waiting.models import GuidancePage, PathwayPage, WaitingIndexPage

PATHWAYS = Path(__file__).with_name("pathways")
GUIDES = Path(__file__).with_name("guides")
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
            made += add(index, model, facts)
            if progress:
                progress(done, len(rows))
    return made
