"""PDFs: what goes into them, that they can be read by everyone, and that no reader ever waits for one."""

import os
import re
from contextlib import nullcontext
from datetime import timedelta
from itertools import pairwise
from xml.etree import ElementTree

import pikepdf
import pytest
from django.core.exceptions import SuspiciousFileOperation
from django.core.management import CommandError, call_command
from django.utils import timezone
from django_tasks_db.management.commands import db_worker
from django_tasks_db.models import DBTaskResult
from pypdf import PdfReader
from wagtail.models import PageViewRestriction

from handbook.models import ChapterPage, HandbookIndexPage
from home.models import HomePage, InformationPage, Printout
from home.models.printout import store
from home.printing import forget, kept, paper, press, tasks
from home.printing.checks import printing_works
from tests import factories

BASE = "https://offer.example"


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.PRINTOUTS_ROOT = tmp_path / "printouts"
    settings.WAGTAILADMIN_BASE_URL = BASE


@pytest.fixture
def can_print():
    if press.missing():
        message = f"Nothing can be printed here: {', '.join(press.missing())} (on Debian: {press.DEBIAN})"
        pytest.fail(message) if os.environ.get("CI") else pytest.skip(message)


@pytest.fixture
def could_print(monkeypatch):
    """As on a machine that can print, for what stops before the press."""
    monkeypatch.setattr(press, "missing", lambda: ())


@pytest.fixture
def book(pages):
    """A handbook of two chapters and a part for young people, with a chapter that nobody published."""
    home = HomePage.objects.get()
    index = home.add_child(instance=HandbookIndexPage(title="The handbook", slug="handbook"))
    source = ("source", {"title": "Sleep", "publisher": "NHS", "url": "https://www.nhs.uk/sleep/"})
    for name in ("Sleep", "Eating"):
        chapter = ChapterPage(
            title=name,
            slug=name.lower(),
            lede=f"About {name.lower()}.",
            body=[
                ("heading", "What helps"),
                ("paragraph", f'<p>{name} matters [1]. See <a href="/handbook/sleep/">sleep</a>.</p>'),
                ("try_this", {"title": "Tonight", "items": [{"what": "Dim the lights", "how": "At seven."}]}),
                ("table", table(["When", "What"], [["Seven", "Bath"]])),
            ],
            sources=[source],
            live=True,
        )
        index.add_child(instance=chapter)
    index.add_child(instance=ChapterPage(title="Unfinished", slug="unfinished", live=False))
    young = index.add_child(instance=HandbookIndexPage(title="By us", slug="us", audience="young"))
    young.add_child(instance=ChapterPage(title="My turn", slug="my-turn", lede="Mine.", live=True))
    return index


def table(columns, rows):
    from home.blocks.guidance import Table

    return Table().to_python(
        {
            "columns": [{"type": "words", "heading": heading} for heading in columns],
            "rows": [{"values": row} for row in rows],
            "caption": "An evening",
        }
    )


def made(key, large=False) -> Printout:
    kept.want(key, large)
    row = Printout.objects.get(key=key, large=large)
    assert tasks.attempt(row)
    DBTaskResult.objects.all().delete()
    row.refresh_from_db()
    return row


def words_of(row) -> str:
    """What a screen reader is given, all in one line."""
    reader = PdfReader(store().path(row.file))
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def parsed(html):
    return ElementTree.fromstring(f"<body>{html}</body>")


def ready(html, inside=None):
    root = parsed(html)
    paths = paper.ready(root, BASE, inside or {})
    return ElementTree.tostring(root, encoding="unicode").removeprefix("<body>").removesuffix(
        "</body>"
    ), paths


@pytest.mark.parametrize(
    ("html", "printed"),
    [
        ('<p>a<svg aria-hidden="true" />b</p>', "<p>ab</p>"),
        ('<p>a<b class="no-print">x</b> tail</p>', "<p>a tail</p>"),
        ("<p><b>k</b><button>x</button>t</p>", "<p><b>k</b>t</p>"),
        ("<details><summary>s</summary>t</details>", "<div><p>s</p>t</div>"),
        ("<h1>a</h1><h3>b</h3><h4>c</h4><h2>d</h2>", "<h1>a</h1><h2>b</h2><h3>c</h3><h2>d</h2>"),
        (
            '<a href="https://www.nhs.uk/x/">NHS</a>, then',
            '<a href="https://www.nhs.uk/x/">NHS</a><span class="address"> (nhs.uk/x)</span>, then',
        ),
        (
            '<a href="tel:01632960001">Call 01632 960 001</a>',
            '<a href="tel:01632960001">Call 01632 960 001</a>',
        ),
        (
            '<a href="mailto:a@b.uk">Email</a>',
            '<a href="mailto:a@b.uk">Email</a><span class="address"> (a@b.uk)</span>',
        ),
        ('<a href="/needs/sleep/">s</a>', f'<a href="{BASE}/needs/sleep/">s</a>'),
        ('<a href="javascript:x()">s</a>', "<a>s</a>"),
        ('<a href="#nowhere">s</a>', "<a>s</a>"),
        (
            '<div data-part="p1" id="p1"><h1 id="a">x</h1><a href="#a">y</a></div>',
            '<div data-part="p1" id="p1"><h1 id="p1-a">x</h1><a href="#p1-a">y</a></div>',
        ),
    ],
)
def test_paper_has_no_controls_and_its_links_say_where_they_lead(html, printed):
    assert ready(html)[0] == printed


def test_a_link_to_a_chapter_of_the_same_book_leads_there():
    html, paths = ready('<h1 id="p7">x</h1><a href="/handbook/sleep/">s</a>', {"/handbook/sleep/": "p7"})
    assert '<a href="#p7" data-page="">s</a>' in html
    assert paths == {"/handbook/sleep/"}


@pytest.mark.parametrize(
    "url",
    [
        "https://elsewhere.example/static/icon.svg",
        "file:///etc/passwd",
        f"{BASE}/media/documents/letter.pdf",
        f"{BASE}/media/images/../../db.sqlite3",
        f"{BASE}/media/images/%2e%2e/%2e%2e/db.sqlite3",
        f"{BASE}/static/../manage.py",
        f"{BASE}/admin/",
    ],
)
def test_nothing_but_the_sites_own_pictures_is_read(url, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "var" / "media"
    (tmp_path / "var" / "media" / "images").mkdir(parents=True)
    (tmp_path / "var" / "db.sqlite3").write_text("secret")
    with pytest.raises((press.Refused, SuspiciousFileOperation)):
        press.own_file(url, BASE)


def test_a_picture_of_the_site_is_read():
    assert press.own_file(f"{BASE}/static/icon.svg", BASE).name == "icon.svg"


def tags_of(pdf) -> list[str]:
    found = []

    def walk(node):
        if isinstance(node, pikepdf.Array):
            for each in node:
                walk(each)
        elif isinstance(node, pikepdf.Dictionary):
            tag = str(node.get("/S", ""))
            found.append(tag)
            assert tag != "/Figure" or "/Alt" in node
            if "/K" in node:
                walk(node["/K"])

    walk(pdf.Root.StructTreeRoot.get("/K"))
    return found


@pytest.mark.parametrize("large", [False, True], ids=["ordinary", "large print"])
def test_the_book_is_whole_and_can_be_read_by_everyone(book, can_print, large):
    row = made(f"book:{book.pk}", large)
    with pikepdf.open(store().path(row.file)) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang) == "en-GB"
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        with pdf.open_metadata() as facts:
            assert facts["pdfuaid:part"] == "1"
            assert facts["dc:title"].startswith("The handbook")
        with pdf.open_outline() as outline:
            titles = [item.title for item in outline.root]
        assert titles == ["The handbook", "Contents", "Sleep", "Eating", "By us", "My turn"]
        tags = tags_of(pdf)
        levels = [int(tag[2]) for tag in tags if re.fullmatch(r"/H\d", tag)]
        assert levels[0] == 1
        assert all(after <= before + 1 for before, after in pairwise(levels))
        assert {"/Table", "/TH", "/Link", "/L"} <= set(tags)
        links = [note for page in pdf.pages for note in page.get("/Annots", []) if note.Subtype == "/Link"]
        assert len(links) >= 8
        assert f"{BASE}/handbook/" in {str(note.A.URI) for note in links if "/URI" in note.get("/A", {})}, (
            "the cover leads to where it is newer"
        )
        fonts = {
            str(font.BaseFont)
            for page in pdf.pages
            for font in page.Resources.get("/Font", pikepdf.Dictionary()).values()
        }
        assert fonts
        assert all(re.match(r"/[A-Z]{6}\+", name) for name in fonts), (
            "each is embedded, and only what is used"
        )
        assert len(pdf.pages) == row.pages
    text = words_of(row)
    assert "Sleep matters" in text
    assert "Eating matters" in text
    assert "Dim the lights" in text
    assert "nhs.uk/sleep" in text
    assert "Unfinished" not in text
    assert row.size < 200_000


def test_large_print_is_at_least_18_point(can_print):
    from weasyprint import CSS, HTML

    sheets = [CSS(string=each) for each in press.style(large=True)]
    small = '<p>a <small>b</small></p><p class="trust">c</p><table><td>d</table><dl class="facts"><dt>e'
    page = HTML(string=f'<body class="large">{small}').render(stylesheets=sheets).pages[0]
    body = next(box for box in page._page_box.descendants() if box.element_tag == "body")
    sizes = {box.text: box.style["font_size"] for box in body.descendants() if hasattr(box, "text")}
    assert set(sizes) == {"a ", "b", "c", "d", "e"}
    assert min(sizes.values()) >= 18 * 96 / 72


def test_a_reader_never_waits_and_only_a_worker_prints(book, could_print, client, monkeypatch):
    monkeypatch.setattr(press, "press", lambda *args: pytest.fail("printed within a request"))
    answer = client.get(f"/print/book/{book.pk}.pdf")
    assert answer.status_code == 202
    assert answer["Retry-After"]
    assert 'href="/handbook/"' in answer.content.decode(), "what can be read at once comes first"
    queued = DBTaskResult.objects.filter(backend_name="printing").count()
    client.get(f"/print/book/{book.pk}.pdf")
    assert DBTaskResult.objects.filter(backend_name="printing").count() == queued == 1


@pytest.mark.parametrize(
    "path",
    ["book/999999", "book/sleep", "page/1", "nothing/1", "area/nowhere", "need/nowhere", f"page/{'9' * 40}"],
)
def test_what_is_not_known_is_not_found_and_never_queued(pages, could_print, client, path):
    assert client.get(f"/print/{path}.pdf").status_code == 404
    assert client.get(f"/print/{path}.large.pdf").status_code == 404
    assert not Printout.objects.exists()


def test_a_kept_one_is_handed_out_with_its_name_and_asked_about_each_time(pages, can_print, client):
    page = InformationPage.objects.get(slug="about")
    row = made(f"page:{page.pk}")
    answer = client.get(f"/print/page/{page.pk}.pdf")
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == 'inline; filename="about.pdf"'
    assert int(answer["Content-Length"]) == row.size == len(answer.content)
    assert answer["Cache-Control"] == "no-cache"
    again = client.get(f"/print/page/{page.pk}.pdf", headers={"if-none-match": answer["ETag"]})
    assert again.status_code == 304
    shown = client.get("/areas/")
    assert shown.status_code == 200
    assert tasks.attempt(row)
    row.refresh_from_db()
    assert row.wanted_since is None
    before = row.made_at
    kept.want(row.key)
    assert tasks.attempt(row)
    row.refresh_from_db()
    assert row.made_at == before, "nothing changed, so nothing was printed"


@pytest.fixture
def quick_press(monkeypatch, could_print):
    """A press that notes what it is given: for what happens before and after."""
    printed = []

    def stub(html, base_url, large, make_ready):
        make_ready(parsed("<p/>"))
        printed.append(html)
        return press.Printed(b"%PDF-1.7 " + str(len(printed)).encode(), 1)

    monkeypatch.setattr(press, "press", stub)
    return printed


def test_many_edits_in_a_minute_make_one_book(book, quick_press, client, django_capture_on_commit_callbacks):
    row = made(f"book:{book.pk}")
    chapter = ChapterPage.objects.get(slug="sleep")
    with django_capture_on_commit_callbacks(execute=True):
        for number in range(3):
            chapter.lede = f"Edit {number}."
            chapter.save()
    row.refresh_from_db()
    assert row.wanted_since
    assert client.get(f"/print/book/{book.pk}.pdf").status_code == 200, "the one from before, for a while"
    [task] = DBTaskResult.objects.filter(args_kwargs__args=[row.key, False])
    assert task.run_after > timezone.now()
    assert tasks.attempt(row)
    assert "Edit 2." in quick_press[-1]
    assert len(quick_press) == 2
    row.refresh_from_db()
    assert row.wanted_since is None


def test_one_that_stays_unmade_for_hours_is_not_handed_out(book, quick_press, client):
    row = made(f"book:{book.pk}")
    Printout.objects.update(wanted_since=timezone.now() - kept.STALE - timedelta(minutes=1))
    assert client.get(f"/print/book/{book.pk}.pdf").status_code == 202
    assert tasks.attempt(row)
    assert client.get(f"/print/book/{book.pk}.pdf").status_code == 200


@pytest.mark.parametrize("how", ["unpublish", "delete", "restrict"])
def test_what_is_public_no_more_is_handed_out_no_more(book, quick_press, client, how):
    made(f"book:{book.pk}")
    chapter = ChapterPage.objects.get(slug="eating")
    made(f"page:{chapter.pk}")
    if how == "unpublish":
        chapter.unpublish()
    elif how == "delete":
        chapter.delete()
    else:
        PageViewRestriction.objects.create(page=chapter, restriction_type="login")
    assert client.get(f"/print/book/{book.pk}.pdf").status_code == 202
    assert client.get(f"/print/page/{chapter.pk}.pdf").status_code == 404


def test_a_service_that_closed_leaves_every_booklet(db, quick_press, client):
    dacorum = factories.district()
    factories.service("Sleep clinic", areas=(dacorum,))
    shut = factories.service("Shut clinic", areas=(dacorum,))
    row = made("area:dacorum")
    assert "Shut clinic" in quick_press[-1]
    Printout.objects.update(holds=f" service:{shut.pk} ")
    assert client.get("/print/area/dacorum.pdf").status_code == 200
    shut.live = False
    shut.save()
    assert client.get("/print/area/dacorum.pdf").status_code == 202
    assert tasks.attempt(row)
    assert "Shut clinic" not in quick_press[-1]


def test_forgetting_deletes_the_file_at_once_and_has_it_made_anew(
    book, quick_press, client, django_capture_on_commit_callbacks
):
    row, own = made(f"book:{book.pk}"), made(f"page:{ChapterPage.objects.get(slug='sleep').pk}")
    other = made(f"page:{InformationPage.objects.get(slug='about').pk}")
    files = [row.file, own.file]
    with django_capture_on_commit_callbacks(execute=True):
        assert forget([ChapterPage.objects.get(slug="sleep")]) == 2
    assert not any(store().exists(file) for file in files)
    assert store().exists(other.file)
    assert client.get(f"/print/book/{book.pk}.pdf").status_code == 202
    assert tasks.attempt(row)
    assert client.get(f"/print/book/{book.pk}.pdf").status_code == 200


def test_what_is_taken_back_while_it_is_in_the_press_is_not_kept(book, quick_press, monkeypatch):
    stub = press.press
    chapter = ChapterPage.objects.get(slug="sleep")

    def meanwhile(*args):
        ChapterPage.objects.filter(pk=chapter.pk).update(lede="Taken back.")
        return stub(*args)

    monkeypatch.setattr(press, "press", meanwhile)
    kept.want(f"book:{book.pk}")
    row = Printout.objects.get(key=f"book:{book.pk}", large=False)
    assert not tasks.attempt(row)
    row.refresh_from_db()
    assert not row.fingerprint
    assert row.queued_at, "and it is made again"


def test_what_fails_is_tried_again_later_and_later(book, could_print, monkeypatch, client, caplog):
    def jam(*args):
        raise ValueError("a child's name")

    monkeypatch.setattr(press, "press", jam)
    key, waits = f"book:{book.pk}", []
    for _ in range(3):
        kept.want(key, after=timedelta())
        row = Printout.objects.get(key=key, large=False)
        assert not tasks.attempt(row)
        row.refresh_from_db()
        waits.append(round((row.queued_at - timezone.now()).total_seconds() / 60))
    assert waits == [2, 4, 8]
    assert row.failed == "ValueError"
    assert "child" not in str(Printout.objects.values_list().get(pk=row.pk))
    assert b"cannot be made just now" in client.get(f"/print/book/{book.pk}.pdf").content


def test_the_clock_queues_what_a_worker_lost(book, quick_press):
    kept.want(f"book:{book.pk}")
    DBTaskResult.objects.all().delete()
    Printout.objects.update(queued_at=timezone.now() - kept.LOST - timedelta(minutes=1))
    kept.mind()
    assert DBTaskResult.objects.filter(args_kwargs__args=[f"book:{book.pk}", False]).count() == 1
    assert Printout.objects.filter(key=f"book:{book.pk}", large=True).exists(), "what is made ahead is wanted"


def test_the_worker_makes_what_is_queued_the_book_first(book, quick_press, monkeypatch):
    # Its own begins a transaction, and a test stands in one.
    monkeypatch.setattr(db_worker, "exclusive_transaction", lambda using: nullcontext())
    kept.want(f"page:{ChapterPage.objects.get(slug='sleep').pk}", after=timedelta())
    kept.want(f"book:{book.pk}", after=timedelta())
    assert tasks.next_one()
    assert Printout.objects.get(key=f"book:{book.pk}").fingerprint
    assert tasks.next_one()
    assert not tasks.next_one()
    assert not Printout.objects.filter(fingerprint="").exists()


def test_without_its_libraries_links_are_off_and_the_check_says_why(book, client, monkeypatch):
    assert "/print/" in client.get("/handbook/").content.decode()
    press.missing.cache_clear()
    monkeypatch.setattr(press, "loads", lambda name: "harfbuzz-subset" not in name)
    try:
        assert "/print/" not in client.get("/handbook/").content.decode()
        assert client.get(f"/print/book/{book.pk}.pdf").url == "/handbook/"
        [warning] = printing_works(None)
        assert "libharfbuzz-subset0" in warning.msg
        assert "apt install" in warning.hint
        kept.want(f"book:{book.pk}")
        assert not Printout.objects.exists()
        with pytest.raises(CommandError, match="PDFs are off"):
            call_command("printouts", build=True)
    finally:
        press.missing.cache_clear()
