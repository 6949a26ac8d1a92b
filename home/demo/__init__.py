"""The demo's pages, settings and menus, made through the ordinary models. Safe to run again: what
is there already is left as it is, so that an editor's changes are kept."""

import csv
import tomllib
from pathlib import Path

from django.db import transaction
from wagtail.models import Locale, Page, Site

from directory.models import Need
from home.blocks import Body, Promise, Row
from home.models import (
    FooterMenuItem,
    GlossaryTerm,
    HomePage,
    HomeTile,
    InformationPage,
    Jargon,
    MainMenuItem,
    SiteSettings,
    UrgentHelpPage,
)

PAGES = Path(__file__).with_name("pages.toml")
JARGON = Path(__file__).with_name("jargon.csv")
KINDS = {"urgent": UrgentHelpPage, "information": InformationPage}
WELCOME = "Welcome to your new Wagtail site!"


def load(progress=None) -> int:
    """Make what is missing and return how many things were made. `progress(done, of)` is told along
    the way. All or nothing."""
    content = tomllib.loads(PAGES.read_text(encoding="utf-8"))
    pages, terms = content["page"], content["glossary"]
    steps = len(pages) + len(terms) + 2
    made = 0
    with transaction.atomic():
        home, fresh = home_page(content["home"])
        made += fresh
        tell(progress, 1, steps)
        for done, facts in enumerate(pages, 2):
            made += page(home, dict(facts))
            tell(progress, done, steps)
        for done, facts in enumerate(terms, len(pages) + 2):
            made += GlossaryTerm.objects.get_or_create(term=facts["term"], defaults=facts)[1]
            tell(progress, done, steps)
        made += hard_words()
        made += settings(home, dict(content["settings"]))
        tell(progress, steps, steps)
    return made


def hard_words() -> int:
    """Hard words with the plain ones to offer; a word that editors have already is left as it is."""
    with JARGON.open(encoding="utf-8", newline="") as file:
        rows = [Jargon(**row) for row in csv.DictReader(file)]
    have = {word.lower() for word in Jargon.objects.values_list("word", flat=True)}
    return len(Jargon.objects.bulk_create([row for row in rows if row.word.lower() not in have]))


def tell(progress, done: int, of: int) -> None:
    if progress:
        progress(done, of)


def home_page(facts: dict) -> tuple[HomePage, bool]:
    """The home page of the default site, in the place of Wagtail's welcome page."""
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    if site and isinstance(site.root_page.specific, HomePage):
        return site.root_page.specific, False
    tiles = facts.pop("tiles")
    root = Page.get_first_root_node() or Page.add_root(
        instance=Page(title="Root", slug="root", locale=Locale.get_default())
    )
    old = site.root_page if site else None
    home = HomePage(
        slug="local-offer",
        routes=[("row", Row().to_python(row)) for row in facts.pop("routes")],
        promises=[("promise", Promise().to_python(each)) for each in facts.pop("promises")],
        **facts,
    )
    known = Need.objects.in_bulk(tiles, field_name="slug")
    home.tiles = [HomeTile(need=known[slug], sort_order=at) for at, slug in enumerate(tiles) if slug in known]
    root.add_child(instance=home)
    publish(home)
    if site:
        site.root_page = home
        site.save()
    else:
        Site.objects.create(hostname="localhost", root_page=home, is_default_site=True)
    if old and old.title == WELCOME and old.specific_class is Page:
        old.delete()
    return home, True


def page(home: HomePage, facts: dict) -> bool:
    """One page below the home page, unless its address is taken. True when it was made."""
    # Read afresh: the tree keeps the number of children on the parent's row.
    parent = Page.objects.get(pk=home.pk)
    if parent.get_children().filter(slug=facts["slug"]).exists():
        return False
    kind = KINDS[facts.pop("kind", "information")]
    blocks = [{"type": name, "value": value} for name, value in facts.pop("body")]
    made = parent.add_child(instance=kind(body=Body().to_python(blocks), **facts))
    publish(made)
    return True


def publish(made: Page) -> None:
    made.full_clean()
    made.save_revision(changed=False).publish()


def settings(home: HomePage, facts: dict) -> bool:
    """The settings and menus of the site that this home page is the root of."""
    menus = [
        (MainMenuItem, "main_items", facts.pop("main")),
        (FooterMenuItem, "footer_items", facts.pop("footer")),
    ]
    site = Site.objects.get(root_page_id=home.pk)
    if SiteSettings.objects.filter(site=site).exclude(council_name="").exists():
        return False
    row = SiteSettings.objects.filter(site=site).first() or SiteSettings(site=site)
    for name, value in facts.items():
        setattr(row, name, value)
    for model, relation, links in menus:
        setattr(row, relation, [link(model, home, at, *each) for at, each in enumerate(links)])
    row.full_clean()
    row.save()
    return True


def link(model, home: HomePage, at: int, title: str, target: str):
    """A menu item: to an address when it starts with a slash, else to the page of that slug."""
    if target.startswith("/"):
        return model(sort_order=at, title=title, address=target)
    to = Page.objects.get(slug=target, path__startswith=home.path, depth=home.depth + 1)
    return model(sort_order=at, title="" if to.title == title else title, page=to)
