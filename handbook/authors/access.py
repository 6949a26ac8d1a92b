"""Who may do what below an index of the handbook: it goes by the index's audience."""

from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from wagtail.models import GroupPagePermission, Page

from handbook.models import Audience, ChapterPage, HandbookIndexPage
from handbook.models.authors import CO_AUTHORS, PARENTS, YOUNG

AUTHORS = {Audience.PARENTS: PARENTS, Audience.YOUNG: YOUNG}


def grant(index: HandbookIndexPage) -> None:
    """Let its co-authors write below an index, and take that from those of another audience."""
    kind = ContentType.objects.get_for_model(Page)
    given = GroupPagePermission.objects.filter(page=index)
    given.filter(group__name__in=CO_AUTHORS).exclude(group__name=AUTHORS[index.audience]).delete()
    group = Group.objects.filter(name=AUTHORS[index.audience]).first()
    permission = Permission.objects.filter(content_type=kind, codename="change_page").first()
    if group and permission:
        GroupPagePermission.objects.get_or_create(group=group, page_id=index.pk, permission=permission)


def own_pages(user):
    """The chapters that somebody may write as a co-author: those right below an index of their own. The
    part by young people may stand below the parents', and Wagtail's permissions reach down to it."""
    indexes = HandbookIndexPage.objects.filter(
        group_permissions__group__in=user.groups.filter(name__in=CO_AUTHORS)
    ).distinct()
    below = Q(pk__in=[])
    for index in indexes:
        below |= Q(path__startswith=index.path, depth=index.depth + 1)
    return ChapterPage.objects.filter(below).order_by("path")


def only_co_author(user) -> bool:
    """Whether somebody is a co-author and nothing more."""
    if not user.is_authenticated or user.is_superuser:
        return False
    names = set(user.groups.values_list("name", flat=True))
    return bool(names) and names <= set(CO_AUTHORS)
