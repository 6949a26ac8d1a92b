"""Words with links and lists, safe whatever wrote them: the editor, an import or a script."""

from functools import lru_cache

from bs4 import BeautifulSoup
from django.utils.safestring import SafeString, mark_safe
from wagtail.rich_text import RichText, expand_db_html
from wagtail.whitelist import Whitelister, allow_without_attributes, attribute_rule, check_url

FEATURES = ["bold", "link", "ul", "ol"]
NEVER_SHOWN = ["script", "style", "template", "iframe", "object", "svg", "math"]


class PlainWords(Whitelister):
    """Paragraphs, bold, lists and links with an honest address; everything else is taken out."""

    element_rules = {
        "[document]": allow_without_attributes,
        "a": attribute_rule({"href": check_url}),
        **dict.fromkeys(["b", "strong", "br", "p", "ul", "ol", "li"], allow_without_attributes),
    }

    def clean(self, html: str) -> str:
        soup = BeautifulSoup(html, "html.parser")
        for tag in soup.find_all(NEVER_SHOWN):
            tag.decompose()
        return super().clean(str(soup))


@lru_cache(maxsize=512)
def _clean(html: str) -> str:
    return PlainWords().clean(html)


def safe_words(source: str) -> SafeString:
    """Rich text as stored → HTML that a page may show. Cleaned when shown, so no way in is missed."""
    return mark_safe(_clean(expand_db_html(source or "")))  # noqa: S308  (cleaned on this very line)


class SafeWords(RichText):
    """A rich text value that is clean however a template shows it."""

    def __html__(self) -> str:
        return safe_words(self.source)
