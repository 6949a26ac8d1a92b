"""/health/: whether this site can serve, for a monitor. No visitor's words, no addresses."""

from django.db import Error
from django.http import JsonResponse
from django.utils import timezone

from localoffer.models import ClockWork
from search.engines import engine
from search.engines.guarded import GuardedEngine
from search.outbox import engines_kept, lag_of

LATE_TICK = 15 * 60


def health(request):
    """200 with facts while families get answers, 503 when they do not. A late clock, an engine that
    another stands in for and changes that wait are said, not fatal."""
    try:
        ran = ClockWork.objects.filter(pk=1).values_list("ran_at", flat=True).first()
        tick_age = round((timezone.now() - ran).total_seconds()) if ran else None
        engines = {each.name: _engine(each) for each in engines_kept()}
    except Error:
        return _answer({"ok": False, "database": "does not answer"}, 503)
    answering = engines[_answering(engines)]
    return _answer(
        {
            "ok": answering["ok"],
            "tick_age_seconds": tick_age,
            "tick_late": tick_age is None or tick_age > LATE_TICK,
            "engine": answering["name"],
            "generation": answering["generation"],
            "documents": answering["documents"],
            "message": answering["message"],
            "outbox_waiting": sum(each["waiting"] for each in engines.values()),
            "engines": list(engines.values()),
        },
        200 if answering["ok"] else 503,
    )


def _answering(engines: dict[str, dict]) -> str:
    """The name of the engine that answers families now."""
    chosen = engine()
    if not isinstance(chosen, GuardedEngine):
        return chosen.name
    ready = engines[chosen.name]["ok"] or not engines[chosen.second.name]["ok"]
    return chosen.answering.name if ready else chosen.second.name


def _engine(each) -> dict:
    """An engine's state. `breaker` is this process's own; it is null for the site's own database."""
    found, lag = each.health(), lag_of(each)
    return {
        "name": each.name,
        "ok": found.ok,
        "generation": found.generation,
        "documents": found.documents,
        "message": found.message,
        "waiting": lag.changes,
        "waiting_seconds": round((timezone.now() - lag.since).total_seconds()) if lag.since else 0,
        "breaker": each.reading.state if isinstance(each, GuardedEngine) else None,
    }


def _answer(facts: dict, status: int) -> JsonResponse:
    response = JsonResponse(facts, status=status)
    response["Cache-Control"] = "no-store"
    return response
