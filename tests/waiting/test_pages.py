"""Pathways and guides as a family on a waiting list reads them."""

import pytest

from home.citing import cited, marked
from tests import factories as make
from waiting.models import PathwayPage

pytestmark = pytest.mark.django_db


@pytest.fixture
def autism(demo):
    return PathwayPage.objects.get(slug="autism-assessment")


def test_each_step_says_who_what_and_that_what_nobody_told_is_not_known(client, autism):
    html = client.get(autism.url).content.decode()
    for step in autism.steps:
        assert step.value["title"] in html
    assert html.count("not known yet") >= sum(not step.value["usual"] for step in autism.steps)


def test_in_the_demo_nothing_is_promised(client, autism):
    context = client.get(autism.url).context
    assert context["use_now"].confirmed == []
    assert context["use_now"].worth_asking


def test_a_confirmed_service_is_promised_and_its_lapse_takes_it_back(client, autism):
    from django.utils import timezone

    need = autism.needs.get(slug="autism")
    facts = {"status": "open", "diagnosis": "not-needed", "refer_parent": "yes", "checked_by": "x"}
    service = make.service("Confirmed club", needs=(need,), checked_on=timezone.localdate(), **facts)
    html = client.get(autism.url).content.decode()
    assert html.index("Confirmed club") < html.index("Worth asking: not checked")
    service.status = "paused"
    service.save()
    assert "Confirmed club" not in client.get(autism.url).content.decode()


def test_the_limit_that_law_sets_is_named_with_its_section(client, demo):
    html = client.get("/waiting/ehc-needs-assessment/").content.decode()
    assert "20 weeks" in html
    assert "legislation.gov.uk" in html


def test_pages_of_the_demo_pass_their_own_checks(demo):
    from wagtail.models import Page

    from home.models import Sourced

    pages = [page for page in Page.objects.live().specific() if isinstance(page, Sourced)]
    assert len(pages) >= 16
    assert [(page.slug, page.problems()) for page in pages if page.problems()] == []


@pytest.mark.parametrize(
    "path", ["/waiting/", "/waiting/autism-assessment/", "/waiting/nobody-is-listening/"]
)
def test_the_work_of_a_page_is_bounded_and_it_sets_no_cookie(
    client, demo, path, django_assert_max_num_queries
):
    client.get(path)
    with django_assert_max_num_queries(60):
        answer = client.get(path)
    assert not answer.cookies
    assert "style=" not in answer.content.decode()


@pytest.mark.parametrize(
    ("text", "sources", "html"),
    [
        ("Yes [1].", 1, 'Yes <sup><a href="#source-1" aria-label="Source 1">1</a></sup>.'),
        ("No [2].", 1, "No [2]."),
        ("[0] [a] [123]", 9, "[0] [a] [123]"),
        ("<b>x</b> [1]", 0, "&lt;b&gt;x&lt;/b&gt; [1]"),
        (None, 3, ""),
    ],
)
def test_a_mark_leads_to_its_source(text, sources, html):
    assert marked(text, sources) == html


def test_marks_are_found_wherever_they_stand(autism):
    assert cited(autism.body)
