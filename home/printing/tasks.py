"""Making printouts, in a worker of their own."""

import hashlib
import logging
import os
from datetime import timedelta

from django.conf import settings
from django.core.files.base import ContentFile
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import timezone
from django_tasks import task
from django_tasks.utils import get_random_id
from wagtail.models import Site

from directory.models import Service
from home.models.printout import Printout, store

from . import kept, paper, press, registry

log = logging.getLogger("localoffer.printing")
BACKEND = "printing"
MADE = "\ue000made\ue000"
"""Stands for the day on which it was made, which is no reason to make it again."""
EDITION = "2"
"""Raise it when what code makes of the same HTML changes."""


def enqueue(row: Printout) -> None:
    kind, _ = registry.parted(row.key)
    priority = (kind.priority if kind else 0) - (10 if row.large else 0)
    make.using(run_after=row.queued_at, priority=priority).enqueue(row.key, row.large)


@task(backend=BACKEND)
def make(key: str, large: bool) -> None:
    """Make what is wanted of this key. What fails is noted and tried again later and later."""
    row = Printout.objects.filter(key=key, large=large, wanted_since__isnull=False).first()
    if row:
        attempt(row)


def attempt(row: Printout) -> bool:
    """Whether there is a true printout of it now."""
    Printout.objects.filter(pk=row.pk).update(queued_at=None)
    try:
        return build(row)
    except Exception as error:
        # The class alone: the words of an error may quote a page that is not public.
        reason = type(error).__name__
        log.warning("printing %s failed: %s", row, reason, exc_info=True)
        Printout.objects.filter(pk=row.pk).update(failures=min(row.failures + 1, 1000), failed=reason)
        kept.want(row.key, row.large)
        return False


def build(row: Printout) -> bool:
    """Bring one printout up to date: not at all when nothing that is printed has changed."""
    copy = registry.manuscript(row.key)
    if copy is None:
        kept.let_go(row)
        return False
    site = Site.objects.select_related("root_page").get(is_default_site=True)
    html = written(copy, row.large, site)
    mark = fingerprint(html, row)
    if mark != row.fingerprint or not store().exists(row.file):
        keep(row, copy, html, mark)
        # Somebody may have taken a word back while it was in the press. From here on `forget` finds the
        # row; what happened before is found by reading once more.
        again = registry.manuscript(row.key)
        if again is None or fingerprint(written(again, row.large, site), row) != mark:
            kept.drop(Printout.objects.filter(pk=row.pk))
            return False
    rows = Printout.objects.filter(pk=row.pk)
    rows.update(checked_at=timezone.now(), failures=0, failed="")
    rows.filter(queued_at=None).update(wanted_since=None)
    return True


def keep(row: Printout, copy: registry.Manuscript, html: str, mark: str) -> None:
    """Print it, put the file where it is kept, then note it; a reader sees the old one or the new one."""
    now = timezone.now()
    day = timezone.localtime(now)
    base_url = settings.WAGTAILADMIN_BASE_URL.rstrip("/")
    paths: set[str] = set()

    def make_ready(root):
        paths.update(paper.ready(root, base_url, copy.anchors))

    dated = html.replace(MADE, f"{day.day} {day:%B %Y}")
    printed = press.press(dated, base_url, row.large, make_ready)
    old = row.file
    put(f"{mark}.pdf", printed.pdf)
    Printout.objects.filter(pk=row.pk).update(
        fingerprint=mark,
        size=len(printed.pdf),
        pages=printed.pages,
        holds=f" {' '.join(holds(copy, paths))} ",
        made_at=now,
    )
    if old != f"{mark}.pdf":
        kept.discard(old)


def put(name: str, pdf: bytes) -> None:
    """Write it beside its place and move it there, so that nobody reads half of it."""
    keeping = store()
    keeping.delete(f"{name}.part")
    keeping.save(f"{name}.part", ContentFile(pdf))
    os.replace(keeping.path(f"{name}.part"), keeping.path(name))


def holds(copy: registry.Manuscript, paths: set[str]) -> list[str]:
    """References of all that it shows: its pages, and services it links to."""
    slugs = [path.split("/")[2] for path in paths if path.startswith("/services/") and path.count("/") == 3]
    services = Service.objects.visible().filter(slug__in=slugs).values_list("pk", flat=True)
    return [*(f"page:{page.pk}" for page in copy.parts), *(f"service:{pk}" for pk in services)]


def written(copy: registry.Manuscript, large: bool, site: Site) -> str:
    """The HTML that goes to press, the same as long as nothing that is printed changes."""
    request = RequestFactory().get(copy.url)
    request._wagtail_site = site
    context = {
        "copy": copy,
        "large": large,
        "made": MADE,
        "for_print": True,
        "site_url": paper.shown(settings.WAGTAILADMIN_BASE_URL),
        "request": request,
    }
    return render_to_string(copy.template, context | copy.context, request=request)


def fingerprint(html: str, row: Printout) -> str:
    """Of everything that the PDF is made from, and of which one it is."""
    whole = "\0".join([EDITION, row.key, str(row.large), *press.style(row.large), html])
    return hashlib.sha256(whole.encode()).hexdigest()


def next_one() -> bool:
    """Run the most urgent task that is ready; whether there was one."""
    from django_tasks_db.management.commands.db_worker import Worker
    from django_tasks_db.models import DBTaskResult

    if not DBTaskResult.objects.ready().filter(backend_name=BACKEND).exists():
        return False
    Worker(
        queue_names=["*"],
        interval=0,
        batch=True,
        backend_name=BACKEND,
        startup_delay=False,
        max_tasks=1,
        worker_id=get_random_id(),
    ).run()
    return True


def prune() -> None:
    """Forget tasks that ended a day ago."""
    from django_tasks_db.models import DBTaskResult

    ended = DBTaskResult.objects.finished().filter(backend_name=BACKEND)
    ended.filter(finished_at__lt=timezone.now() - timedelta(days=1)).delete()
