"""The page below a pathway where families say how long their wait was. Only a count is kept."""

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import add_never_cache_headers
from django.views.decorators.debug import sensitive_post_parameters

from directory.facts import whole_name
from home.address import client_address
from home.models import crumbs
from waiting.models.found import Found, FoundCount, FoundQuestion

from .forms import NOT_SURE, YourWait
from .limit import answers

BUSY = "We could not count your answer just now. It is still here: send it once more in a minute."
READ, ASK = ("GET", "HEAD"), ("GET", "HEAD", "POST")


@sensitive_post_parameters()
def your_wait(request: HttpRequest, page) -> HttpResponse:
    """The form (GET), and its answer (POST): counted once and led on, or given back with what is wrong."""
    if request.method not in ASK:
        return not_allowed(request, ASK)
    question = FoundQuestion.of(page)
    if question.off:
        return shown(request, page, question, status=409 if request.method == "POST" else 200)
    form = YourWait(question, request.POST if request.method == "POST" else None)
    if not form.is_bound:
        return shown(request, page, question, form)
    if not form.is_valid():
        return shown(request, page, question, form)
    if seconds := answers.refused(client_address(request)):
        form.add_error(None, too_many(seconds))
        refusal = shown(request, page, question, form, status=429)
        refusal["Retry-After"] = seconds
        return refusal
    try:
        FoundCount.objects.add(page, form.area, form.cleaned_data["found"])
    except OperationalError:
        form.add_error(None, BUSY)
        return shown(request, page, question, form, status=503)
    return redirect(f"{page.get_url(request)}your-wait/thanks/")


def thanks(request: HttpRequest, page) -> HttpResponse:
    """What was kept and what not, and the way back to help. Reading it again counts nothing."""
    if request.method not in READ:
        return not_allowed(request, READ)
    context = {"page": page, "question": FoundQuestion.of(page), "crumbs": trail(page, request)}
    return uncached(render(request, "waiting/your_wait_thanks.html", context))


def shown(request, page, question, form=None, status: int = 200) -> HttpResponse:
    context = {
        "page": page,
        "question": question,
        "form": form,
        "errors": form.faults() if form and form.is_bound else [],
        "answers": Found.choices,
        "not_sure": NOT_SURE,
        "whole": whole_name(),
        "crumbs": trail(page, request),
    }
    return uncached(render(request, "waiting/your_wait_form.html", context, status=status))


def trail(page, request) -> list[tuple[str, str]]:
    return [*crumbs(page, request), (page.title, page.get_url(request))]


def too_many(seconds: int) -> str:
    minutes = -(-seconds // 60)
    when = "a minute" if minutes == 1 else f"{minutes} minutes"
    return f"Many answers came from your network. Yours is still here: send it once more in {when}."


def not_allowed(request, methods) -> HttpResponse:
    answer = render(request, "405.html", status=405)
    answer["Allow"] = ", ".join(methods)
    return answer


def uncached(answer: HttpResponse) -> HttpResponse:
    add_never_cache_headers(answer)
    return answer
