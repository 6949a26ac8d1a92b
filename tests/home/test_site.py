"""What all pages share: settings, menus, the council's colour, error pages, lists for robots."""

import xml.etree.ElementTree as ET

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.template.loader import render_to_string
from django.test import RequestFactory
from wagtail.models import Page, Site

from directory.models import Need
from home import context
from home.colour import contrast_on_white
from home.models import InformationPage, MainMenuItem, SiteSettings


@pytest.mark.parametrize(
    ("colour", "ratio"), [("#000000", 21.0), ("#ffffff", 1.0), ("#767676", 4.54), ("#595959", 7.0)]
)
def test_contrast_is_that_of_wcag(colour, ratio):
    assert contrast_on_white(colour) == pytest.approx(ratio, abs=0.01)


def test_a_pale_colour_is_refused_with_its_ratio(settings_row):
    settings_row.colour = "#767676"
    with pytest.raises(ValidationError, match=r"4\.5 to 1"):
        settings_row.full_clean()


@pytest.mark.parametrize("colour", ["red", "#12", "#12345g", "0b4f57"])
def test_only_a_colour_is_a_colour(settings_row, colour):
    settings_row.colour = colour
    with pytest.raises(ValidationError, match="six figures"):
        settings_row.full_clean()


def test_the_councils_colour_reaches_the_page_at_once(settings_row, client):
    assert "council.css" not in client.get("/").content.decode()
    settings_row.colour = "#5A1040"
    settings_row.full_clean()
    settings_row.save()
    assert 'href="/council.css?c=5a1040"' in client.get("/").content.decode()
    sheet = client.get("/council.css?c=5a1040")
    assert sheet.content == b":root{--council:#5a1040}\n"
    assert "max-age=31536000" in sheet.headers["Cache-Control"]
    assert "max-age=60" in client.get("/council.css?c=old").headers["Cache-Control"]


def test_menus_mark_this_page_and_leave_out_what_is_not_live(pages, client):
    words = client.get("/my-list/").content.decode()
    assert '<a href="/my-list/" aria-current="page">My list</a>' in words
    InformationPage.objects.get(slug="cookies").unpublish()
    assert 'href="/cookies/"' not in client.get("/").content.decode()


def test_a_menu_follows_a_page_to_its_new_address(pages, client):
    page = InformationPage.objects.get(slug="privacy")
    page.slug = "your-privacy"
    page.save_revision().publish()
    assert 'href="/your-privacy/"' in client.get("/").content.decode()


def test_another_process_sees_a_change_by_the_stamp(settings_row, client):
    client.get("/")
    # As another process would: this one's memory is told nothing.
    kept = dict(context._kept)
    settings_row.site_name = "Help for families"
    settings_row.save()
    context._kept.update(kept)
    assert "Help for families" in client.get("/").content.decode()


@pytest.mark.parametrize(
    "item",
    [
        MainMenuItem(),
        MainMenuItem(title="Out", address="https://example.org"),
        MainMenuItem(address="/needs/"),
    ],
)
def test_a_menu_item_needs_one_target_and_words(item):
    with pytest.raises(ValidationError):
        item.full_clean(exclude=["settings", "page"])


def test_a_site_without_settings_still_opens(pages, client):
    SiteSettings.objects.all().delete()
    words = client.get("/").content.decode()
    assert "SEND Local Offer" in words
    assert 'href="tel:999"' in words


def test_no_matching_site_is_no_error(db):
    Site.objects.all().delete()
    assert context.site(RequestFactory().get("/"))["site_settings"] is None


def test_a_missing_table_gives_an_empty_context(db):
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE home_sitesettings RENAME TO gone")
        assert context.site(RequestFactory().get("/")) == {}
        cursor.execute("ALTER TABLE gone RENAME TO home_sitesettings")


def test_pages_without_a_database_are_static():
    # Not marked for the database: pytest-django fails the test if one is asked.
    for name in ("500.html", "400.html"):
        words = render_to_string(name)
        assert 'href="tel:999"' in words
        assert "<script" not in words


def test_a_page_that_is_not_there_offers_the_search(pages, client):
    answer = client.get("/not-here/")
    assert answer.status_code == 404
    assert 'action="/search/"' in answer.content.decode()
    assert not answer.cookies


def addresses(client, path):
    answer = client.get(path)
    assert answer.status_code == 200
    return [node.text for node in ET.fromstring(answer.content).iter() if node.tag.endswith("}loc")]


def test_the_sitemap_lists_pages_services_needs_and_areas(pages, urgent_line, client):
    Need.objects.create(name="Not sleeping", slug="sleep")
    urgent_line("Night line")
    hidden = urgent_line("Old line")
    hidden.live = False
    hidden.save()
    sections = addresses(client, "/sitemap.xml")
    assert len(sections) == 5
    found = [loc for section in sections for loc in addresses(client, section)]
    for path in ("/", "/privacy/", "/needs/", "/needs/sleep/", "/services/night-line/"):
        assert f"http://testserver{path}" in found or f"http://localhost{path}" in found
    assert not any("old-line" in loc for loc in found)


def test_the_sitemap_asks_a_fixed_number_of_questions(
    pages, urgent_line, client, django_assert_max_num_queries
):
    for number in range(10):
        urgent_line(f"Line {number}")
    with django_assert_max_num_queries(3):
        client.get("/sitemap-services.xml")
    with django_assert_max_num_queries(6):
        client.get("/sitemap-pages.xml")


def test_robots_names_the_sitemap_and_keeps_out_of_the_results(pages, client):
    words = client.get("/robots.txt").content.decode()
    assert "Disallow: /search/" in words
    assert "Sitemap: http://testserver/sitemap.xml" in words


def test_shared_links_have_a_title_and_a_description(pages, client):
    words = client.get("/about/").content.decode()
    assert '<meta property="og:title" content="About this site">' in words
    assert '<meta property="og:url" content="http://testserver/about/">' in words
    assert Page.objects.get(slug="about").search_description in words
