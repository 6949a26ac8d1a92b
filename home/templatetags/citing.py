"""Marks such as "[2]" in a text as links to a page's sources."""

from django import template

from home.citing import marked

register = template.Library()


@register.filter
def cited(text, page=None):
    """A text or rich text, safe to show, in which each mark that has a source leads to it."""
    return marked(text, len(page.sources) if hasattr(page, "sources") else 0)
