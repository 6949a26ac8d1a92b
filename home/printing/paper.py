"""HTML made ready for paper: controls go, links say where they lead, and articles that were written apart
stand in one book. Works on ElementTree elements and knows neither Django nor WeasyPrint."""

import re
from collections.abc import Iterator, Mapping
from urllib.parse import urljoin, urlsplit
from xml.etree.ElementTree import Element

SCREEN_ONLY = {"script", "form", "button", "template", "noscript", "link", "video", "audio", "iframe"}
SCREEN_CLASSES = {"no-print", "govuk-visually-hidden", "icon", "exit", "tools", "crumbs"}
UNFOLDED = {"details": "div", "summary": "p", "nav": "div"}
REFERRING = ("aria-labelledby", "aria-describedby", "for")
HEADING = re.compile(r"h([1-6])")


def ready(root: Element, base_url: str, inside: Mapping[str, str]) -> set[str]:
    """Change a tree in place. Returns the paths of this site that it links to.

    `base_url`: scheme and host, "https://example.org". `inside`: anchors by path of pages that stand in
    the same book, so that a link to one leads there. An element with `data-part="p12"` is an article whose
    own anchors get that prefix.
    """
    shed(root)
    paths: set[str] = set()
    for element, part in with_parts(root):
        element.tag = UNFOLDED.get(element.tag, element.tag)
        apart(element, part)
        if element.tag == "a" and element.get("href"):
            paths |= link(element, part, base_url, inside)
    for parent in list(root.iter()):
        say_addresses(parent)
    anchors = {element.get("id") for element in root.iter() if element.get("id")}
    for element in root.iter("a"):
        target = element.get("href", "")
        if target.startswith("#") and target[1:] not in anchors:
            del element.attrib["href"]
    level(root)
    return paths


def shed(root: Element) -> None:
    """Take out what only a screen can use; the words after it stay."""
    for parent in list(root.iter()):
        for child in list(parent):
            if screen_only(child):
                remove(parent, child)


def screen_only(element: Element) -> bool:
    if not isinstance(element.tag, str):
        return True
    if element.tag in SCREEN_ONLY or "hidden" in element.attrib:
        return True
    if element.tag.endswith("svg") and element.get("aria-hidden") == "true":
        return True
    return not SCREEN_CLASSES.isdisjoint(element.get("class", "").split())


def remove(parent: Element, child: Element) -> None:
    """Without what follows it."""
    place = list(parent).index(child)
    if child.tail and place:
        parent[place - 1].tail = (parent[place - 1].tail or "") + child.tail
    elif child.tail:
        parent.text = (parent.text or "") + child.tail
    parent.remove(child)


def with_parts(element: Element, part: str = "") -> Iterator[tuple[Element, str]]:
    """Every element with the part that it stands in."""
    part = element.get("data-part", part)
    yield element, part
    for child in element:
        yield from with_parts(child, part)


def apart(element: Element, part: str) -> None:
    """Two chapters may both have a heading “What helps”: their anchors are kept apart."""
    if not part:
        return
    if element.get("id") and "data-part" not in element.attrib:
        element.set("id", f"{part}-{element.get('id')}")
    for name in REFERRING:
        if element.get(name):
            element.set(name, " ".join(f"{part}-{each}" for each in element.get(name).split()))


def link(element: Element, part: str, base_url: str, inside: Mapping[str, str]) -> set[str]:
    """Lead a link to its place in the book, or give it a whole address, and the words to print for it where
    it leaves this site: the path of that, or nothing."""
    href = element.get("href").strip()
    if href.startswith("#"):
        element.set("href", f"#{part}-{href[1:]}" if part and not element.get("data-own") else href)
        return set()
    if href.startswith(("tel:", "sms:", "mailto:")):
        told(element, href.partition(":")[2].partition("?")[0])
        return set()
    whole = urljoin(f"{base_url}/", href)
    if not whole.startswith(("https://", "http://")):
        del element.attrib["href"]
        return set()
    own = whole.startswith(f"{base_url}/")
    path = urlsplit(whole).path
    if own and path in inside:
        element.set("href", f"#{inside[path]}")
        element.set("data-page", "")
        return {path}
    element.set("href", whole)
    if not own:
        told(element, shown(whole))
    return {path} if own else set()


def told(element: Element, address: str) -> None:
    """Note what a reader of paper needs, unless the words of the link say it."""
    words = "".join(element.itertext())
    if address.replace(" ", "").casefold() not in words.replace(" ", "").casefold():
        element.set("data-address", address)


def say_addresses(parent: Element) -> None:
    """Put the address behind each link that does not say it: beside the link, so that a screen reader
    hears the words of the link alone as its name."""
    for child in list(parent):
        address = child.attrib.pop("data-address", "")
        if not address or "data-short" in child.attrib:
            continue
        span = Element("span", {"class": "address"})
        span.text, span.tail, child.tail = f" ({address})", child.tail, None
        parent.insert(list(parent).index(child) + 1, span)


def shown(url: str) -> str:
    """A web address as people type it: no scheme, no www, no slash at the end."""
    return re.sub(r"^https?://(www\.)?", "", url).rstrip("/")


def level(root: Element) -> None:
    """No heading is more than one level below the one before it."""
    last = 0
    for element in root.iter():
        found = HEADING.fullmatch(element.tag) if isinstance(element.tag, str) else None
        if found:
            last = min(int(found[1]), last + 1)
            element.tag = f"h{last}"
