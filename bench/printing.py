"""The whole handbook as a PDF: seconds to write it as HTML and to press it, pages and bytes, against what
was promised. Nothing is kept: the site's own printouts stay as they are."""

import os
import resource
import sys
import time
from functools import partial

from bench.pages import environment

MOST_SECONDS, MOST_BYTES = 30, 1_000_000
"""What the whole book may take in the background, and what it may weigh."""


def run() -> None:
    os.environ.update(environment())
    import django

    django.setup()

    from django.conf import settings
    from wagtail.models import Site

    from home.printing import paper, press, registry, tasks

    if press.missing():
        sys.exit(f"Nothing can be printed here: {', '.join(press.missing())}. On Debian: {press.DEBIAN}")
    site = Site.objects.select_related("root_page").get(is_default_site=True)
    base_url = settings.WAGTAILADMIN_BASE_URL
    print(f"{'whole book':24}{'HTML':>8}{'press':>9}{'ratio':>8}{'pages':>7}{'KB':>7}{'MB':>6}   promised")
    for key in [key for key, large in registry.ahead() if key.startswith("book:") and not large]:
        for large in (False, True):
            copy = registry.manuscript(key)
            started = time.perf_counter()
            html = tasks.written(copy, large, site)
            wrote = time.perf_counter() - started
            started = time.perf_counter()
            ready = partial(paper.ready, base_url=base_url, inside=copy.anchors)
            printed = press.press(html, base_url, large, ready)
            took = time.perf_counter() - started
            held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            kept = wrote + took < MOST_SECONDS and len(printed.pdf) < MOST_BYTES
            name = f"{copy.title[:17]}{', large' if large else ''}"
            said = "kept" if kept else "BROKEN"
            size = len(printed.pdf) / 1000
            print(f"{name:24}{wrote:7.2f}s{took:8.2f}s{took / wrote:7.0f}×", end="")
            print(
                f"{printed.pages:7}{size:7.0f}{held:6.0f}   {said}: {MOST_SECONDS} s, {MOST_BYTES // 1000} KB"
            )
