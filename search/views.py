"""What families see when they look for help."""

import time

from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.generic import TemplateView

from directory.facts import whole_name
from home.address import client_address

from . import in_vain, panels, to_read
from .chips import chips
from .crisis import panel, quiet_line, said_above
from .engines import engine
from .filters import SearchFilter
from .links import FILTER_PARAMS, address, paging, shareable, sorts
from .listing import helplines, parted, shown
from .notes import about_something_else, notes, others
from .throttle import searches
from .widening import broader, gp_choice, loosened, nearby

NEW_LINE = {"q", "page", "skip", "as-typed"}
"""What a new line does not carry on from the last."""


@method_decorator(never_cache, name="dispatch")
class Results(TemplateView):
    """One query in, one page of results out. Nothing typed leaves this page: not in its title,
    not to a cache, not as a referrer."""

    template_name = "search/results.html"

    def get(self, request, *args, **kwargs):
        address = client_address(request)
        if seconds := searches.refused(address):
            refusal = render(request, "429.html", {"seconds": seconds}, status=429)
            refusal["Retry-After"] = seconds
            return refusal
        started = time.thread_time()
        try:
            return super().get(request, *args, **kwargs).render()
        finally:
            searches.spend(address, time.thread_time() - started)

    def get_context_data(self, **kwargs):
        params = self.request.GET
        filters = SearchFilter(params)
        asked, query = filters.asked, filters.query()
        result = engine().search(query)
        reading, reading_first, listed = to_read.band(query, result, engine())
        if query.page > 1 and not listed.hits:
            raise Http404("That page of results does not exist.")
        in_vain.note(self.request, asked, query, result)
        crisis = panel(asked.reading.crisis)
        said = said_above(crisis)
        page = shown(asked, query, listed, said)
        in_sight, folded = (reading, []) if query.filters.get("kind") else to_read.parted(reading)
        groups = parted(page.groups) if reading and not reading_first else page.groups
        nothing = result.total == 0
        elsewhere = about_something_else(asked, query, result.total)
        offered = panels.groups(asked, result)
        return super().get_context_data(
            asked=asked,
            q=asked.q,
            age=params.get("age", ""),
            place=params.get("place", ""),
            errors=[(name, words) for name, words in asked.errors.items()],
            field_errors=asked.errors,
            chips=chips(filters, params),
            notes=notes(asked, params),
            result=result,
            heading=heading(result.total, elsewhere),
            groups=groups,
            lines_at=len(groups) if len(page.groups) > 1 else 0,
            local=page.local,
            to_read=reading,
            to_read_in_sight=in_sight,
            to_read_folded=folded,
            to_read_first=reading_first,
            to_read_heading=to_read.heading(timezone.localtime()),
            outside=whole_name() if asked.place and not asked.district else "",
            helplines=helplines(query, said) if query.page == 1 else [],
            crisis=crisis,
            quiet=quiet_line() if asked.reading.quiet and not crisis else None,
            filter_groups=offered,
            kept=panels.kept(params, {"page", "ages", "within"}, panels.drawn(offered)),
            line_kept=panels.kept(params, NEW_LINE),
            clear_url=address(params, dict.fromkeys(FILTER_PARAMS)),
            sorts=sorts(asked, params),
            paging=paging(listed, query, params),
            nothing=nothing,
            elsewhere=elsewhere,
            others=others(asked) if elsewhere else [],
            loosened=loosened(filters, params) if nothing and not elsewhere else [],
            nearby=nearby(asked, query, params, wanted=not elsewhere and (nothing or bool(asked.district))),
            broader=broader(asked) if nothing else [],
            gp=gp_choice(asked, params),
            for_me=asked.for_me,
            switch_url=address(params, for_="child" if asked.for_me else "me"),
            copy_url=address(params, {"near": None, **shareable(asked)}),
            **kwargs,
        )

    def render_to_response(self, context, **kwargs):
        response = super().render_to_response(context, **kwargs)
        response["Cache-Control"] = "no-store, private"
        response["Referrer-Policy"] = "no-referrer"
        response["X-Robots-Tag"] = "noindex"
        return response


def heading(total: int, elsewhere: bool = False) -> str:
    if elsewhere:
        return "This site does not have that"
    if total == 0:
        return "We found nothing that fits all of this"
    return f"{total:,} result{'s' if total != 1 else ''}"
