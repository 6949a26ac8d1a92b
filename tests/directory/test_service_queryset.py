"""Questions one can ask of services, as sentences."""

import pytest

from directory.models import Service
from tests import factories as make

pytestmark = pytest.mark.django_db


def names(services) -> set[str]:
    return {service.name for service in services}


def test_for_age_keeps_those_that_fit_or_do_not_say_and_any_helpline():
    make.service("Says 5 to 10", ages=((60, 131, ""),))
    make.service("Up to 4", ages=((None, 59, ""),))
    make.service("From 7", ages=((84, None, ""),))
    make.service("Does not say")
    make.service("Line for babies", ages=((0, 23, ""),), helpline=True)
    found = names(Service.objects.visible().for_age(7))
    assert found == {"Says 5 to 10", "From 7", "Does not say", "Line for babies"}
    assert "Says 5 to 10" in names(Service.objects.for_age(10)), "the last month of age 10 is inside"
    assert "Says 5 to 10" not in names(Service.objects.for_age(11))


def test_in_area_keeps_what_overlaps_what_is_for_all_and_what_names_none():
    dacorum, stevenage = make.district("Dacorum"), make.district("Stevenage", west=-0.2)
    dspl = make.area_over("DSPL 8", dacorum)
    make.service("Names it", areas=(dacorum,))
    make.service("Names one over it", areas=(dspl,))
    make.service("Names another", areas=(stevenage,))
    make.service("Online", areas=(stevenage,), online="yes")
    make.service("Names none")
    kept = {"Names it", "Names one over it", "Online", "Names none"}
    assert names(Service.objects.visible().in_area(dacorum)) == kept
    assert names(Service.objects.in_area(dspl)) == kept


def test_with_need_keeps_the_tagged_and_the_open():
    sleep, eating = make.need(), make.need("eating", "Eating", ())
    make.service("Tagged", needs=(sleep,))
    make.service("Open to any", any_need=True)
    make.service("Another", needs=(eating,))
    assert names(Service.objects.with_need(sleep)) == {"Tagged", "Open to any"}


def test_visible_leaves_drafts_out():
    make.service("Live")
    make.service("Draft", live=False)
    assert names(Service.objects.visible()) == {"Live"}
