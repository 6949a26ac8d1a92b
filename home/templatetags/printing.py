"""What a page offers to print."""

from django import template
from django.template.loader import render_to_string
from django.urls import reverse

from home.models.printout import Printout
from home.printing import press

register = template.Library()


@register.simple_tag(takes_context=True)
def article(context, page, part: str = "") -> str:
    """A page as it is printed, with what its own view would give its template, for paper. A kind of page
    that is printed otherwise than most names its template in `print_template`."""
    request = context["request"]
    own = page.get_context(request) | {
        "for_print": True,
        "part": part,
        "large": context["large"],
        "site_settings": context.get("site_settings"),
        "urgent_lines": context.get("urgent_lines"),
    }
    name = getattr(page, "print_template", "printing/article.html")
    return render_to_string(name, own, request=request)


@register.simple_tag
def printouts(kind: str, name) -> list[dict]:
    """One entry for ordinary and one for large print: `url`, and `pages`, `size`, `made_at` where it is
    kept, else None. Empty where nothing can be printed: every link is off then."""
    if not press.available():
        return []
    rows = {row.large: row for row in Printout.objects.filter(key=f"{kind}:{name}").exclude(fingerprint="")}
    return [
        {
            "url": reverse("printout_large" if large else "printout", args=[kind, name]),
            "pages": rows[large].pages if large in rows else None,
            "size": rows[large].size if large in rows else None,
            "made_at": rows[large].made_at if large in rows else None,
        }
        for large in (False, True)
    ]
