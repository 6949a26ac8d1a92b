"""/health/: whether this site can serve, for a monitor. No visitor's words, no addresses."""

from django.db import DatabaseError
from django.http import JsonResponse
from django.utils import timezone

from localoffer.models import ClockWork
from search.engines import engine
from search.outbox import lag

LATE_TICK = 15 * 60


def health(request):
    """200 with facts when it can serve, 503 when it cannot. A late clock is said, not fatal."""
    try:
        ran = ClockWork.objects.filter(pk=1).values_list("ran_at", flat=True).first()
        tick_age = round((timezone.now() - ran).total_seconds()) if ran else None
        found = engine().health()
        waiting = lag()
    except DatabaseError:
        return _answer({"ok": False, "database": "does not answer"}, 503)
    return _answer(
        {
            "ok": found.ok,
            "tick_age_seconds": tick_age,
            "tick_late": tick_age is None or tick_age > LATE_TICK,
            "outbox_waiting": waiting,
            "engine": found.engine,
            "generation": found.generation,
            "documents": found.documents,
            "message": found.message,
        },
        200 if found.ok else 503,
    )


def _answer(facts: dict, status: int) -> JsonResponse:
    response = JsonResponse(facts, status=status)
    response["Cache-Control"] = "no-store"
    return response
