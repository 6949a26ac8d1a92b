"""Where co-authors and reviewers meet Wagtail's admin."""

from django.urls import path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from handbook.models.authors import CO_AUTHORS

from .access import only_co_author
from .next_step import one_clear_step  # noqa: F401  (registers itself)
from .panels import WaitingToBeChecked, YourPages
from .views import Invite, YourCredit


@hooks.register("register_admin_urls")
def addresses():
    return [
        path("handbook/invite/", Invite.as_view(), name="handbook_invite"),
        path("handbook/your-credit/", YourCredit.as_view(), name="handbook_your_credit"),
    ]


@hooks.register("construct_homepage_panels", order=1000)
def first_page(request, panels):
    """Only their own pages for a co-author; what waits to be checked for all others."""
    if only_co_author(request.user):
        panels[:] = [YourPages(request.user, alone=True)]
        return
    if request.user.groups.filter(name__in=CO_AUTHORS).exists():
        panels.append(YourPages(request.user))
    panels.append(WaitingToBeChecked(request.user))


@hooks.register("construct_homepage_summary_items", order=1000)
def no_summary(request, items):
    if only_co_author(request.user):
        items.clear()


@hooks.register("construct_main_menu", order=1000)
def menu(request, items):
    if only_co_author(request.user):
        items[:] = [
            MenuItem("Your pages", reverse("wagtailadmin_home"), icon_name="home", order=1),
            MenuItem("How you are named", reverse("handbook_your_credit"), icon_name="user", order=2),
        ]


class InviteItem(MenuItem):
    def is_shown(self, request):
        return request.user.has_perm("handbook.invite_coauthor")


@hooks.register("register_admin_menu_item")
def invite_item():
    return InviteItem("Invite a co-author", reverse("handbook_invite"), icon_name="user", order=260)


@hooks.register("construct_page_chooser_queryset")
def only_live(pages, request):
    return pages.live().public() if only_co_author(request.user) else pages


@hooks.register("construct_image_chooser_queryset")
def images_of_their_collection(images, request):
    if not only_co_author(request.user):
        return images
    from wagtail.images.permissions import permission_policy

    return images & permission_policy.instances_user_has_permission_for(request.user, "choose")
