"""WeasyPrint, behind one door: nothing else imports it, and where it cannot run the site goes without."""

import ctypes
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from mimetypes import guess_type
from pathlib import Path
from urllib.parse import unquote, urlsplit
from xml.etree.ElementTree import Element

from django.conf import settings
from django.contrib.staticfiles import finders

LIBRARIES = {
    "libgobject-2.0.so.0": "libglib2.0-0",
    "libpango-1.0.so.0": "libpango-1.0-0",
    "libpangoft2-1.0.so.0": "libpangoft2-1.0-0",
    "libharfbuzz.so.0": "libharfbuzz0b",
    "libharfbuzz-subset.so.0": "libharfbuzz-subset0",
    "libfontconfig.so.1": "libfontconfig1",
}
"""What WeasyPrint loads from the system, and the Debian package of each."""
DEBIAN = "apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-liberation"
STYLE = Path(__file__).with_name("paper.css")
LARGE_STYLE = Path(__file__).with_name("large.css")


@dataclass(frozen=True)
class Printed:
    pdf: bytes
    pages: int


class Refused(ValueError):
    """A page to be printed asks for something that is not a file of this site."""


@cache
def missing() -> tuple[str, ...]:
    """Names of what printing needs and this machine lacks, the Debian package of each library. Loading a
    library costs a millisecond; WeasyPrint itself would cost every web process a second and 45 MB."""
    found = [] if find_spec("weasyprint") else ["weasyprint"]
    if sys.platform.startswith("linux"):
        return (*found, *(package for name, package in LIBRARIES.items() if not loads(name)))
    return tuple(found)


def loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def available() -> bool:
    return not missing()


def press(html: str, base_url: str, large: bool, make_ready: Callable[[Element], None]) -> Printed:
    """A tagged PDF (PDF/UA-1) of HTML whose tree `make_ready` changes first. Only the site's own files are
    read for it. `base_url`: scheme and host."""
    from cssselect2 import ElementWrapper
    from weasyprint import CSS, HTML

    source = HTML(string=html, base_url=f"{base_url}/", url_fetcher=fetcher(base_url))
    make_ready(source.etree_element)
    source.wrapper_element = ElementWrapper.from_html_root(source.etree_element, content_language=None)
    options = {"pdf_variant": "pdf/ua-1", "optimize_images": True, "jpeg_quality": 75, "dpi": 150}
    document = source.render(stylesheets=[CSS(string=sheet) for sheet in style(large)], **options)
    return Printed(document.write_pdf(**options), len(document.pages))


def style(large: bool) -> list[str]:
    """The stylesheets, the last of which wins."""
    return [STYLE.read_text(), LARGE_STYLE.read_text()] if large else [STYLE.read_text()]


def fetcher(base_url: str):
    """What reads pictures for WeasyPrint: the site's own files from the disk, and nothing else."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class OwnFiles(URLFetcher):
        def fetch(self, url, headers=None):
            file = own_file(url, base_url)
            kind = guess_type(file.name)[0] or "application/octet-stream"
            return URLFetcherResponse(url, file.read_bytes(), {"Content-Type": kind})

    return OwnFiles()


def own_file(url: str, base_url: str) -> Path:
    """The file behind an address of static files or of renditions of pictures. Raises `Refused`."""
    asked, own = urlsplit(url), urlsplit(base_url)
    if (asked.scheme, asked.netloc) != (own.scheme, own.netloc):
        raise Refused("only this site's own files are printed")
    path = unquote(asked.path)
    if path.startswith(settings.STATIC_URL):
        name = path.removeprefix(settings.STATIC_URL)
        if found := finders.find(name):
            return Path(found)
        root, inside = Path(settings.STATIC_ROOT), name
    elif path.startswith(f"{settings.MEDIA_URL}images/"):
        root, inside = Path(settings.MEDIA_ROOT), path.removeprefix(settings.MEDIA_URL)
    else:
        raise Refused("only the site's own pictures are printed")
    file = (root / inside).resolve()
    if not file.is_relative_to(root.resolve()) or not file.is_file():
        raise Refused("there is no such picture")
    return file
