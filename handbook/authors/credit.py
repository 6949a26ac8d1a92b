"""Whose words are in a chapter: those co-authors whose versions led to what is live."""

from django.contrib.auth import get_user_model

from handbook.models import ChapterPage, CoAuthor
from handbook.models.authors import CO_AUTHORS, Contribution


def note_contributors(page: ChapterPage, revision) -> None:
    """Called when a chapter goes live: whoever of the co-authors saved a version up to this one wrote it."""
    writers = page.revisions.filter(created_at__lte=revision.created_at).exclude(user=None)
    users = get_user_model().objects.filter(
        pk__in=writers.values("user"), groups__name__in=CO_AUTHORS, is_superuser=False
    )
    known = set(Contribution.objects.filter(page=page).values_list("user_id", flat=True))
    for user in users.distinct():
        CoAuthor.objects.get_or_create(user=user)
        if user.pk not in known:
            Contribution.objects.create(page=page, user=user)
