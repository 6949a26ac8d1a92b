"""Two pages of the admin: asking somebody to write, and how one is named."""

from django import forms
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.urls import reverse_lazy
from django.views.generic import FormView, UpdateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from handbook.models import CoAuthor
from handbook.models.authors import CO_AUTHORS, YOUNG

from .invitations import Invitation, invite


class OnePage(WagtailAdminTemplateMixin):
    """A page of the admin that stands alone, under its own name."""

    def get_breadcrumbs_items(self):
        return []


class Invite(OnePage, FormView):
    """A form with one person in it; what was typed stays when something is wrong."""

    template_name = "handbook/admin/invite.html"
    form_class = Invitation
    page_title = "Invite a co-author"
    header_icon = "user"

    def dispatch(self, request, *args, **kwargs):
        if not request.user.has_perm("handbook.invite_coauthor"):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def form_valid(self, form):
        sent = invite(form, settings.WAGTAILADMIN_BASE_URL)
        if sent.by_mail:
            messages.success(self.request, f"The invitation to {sent.user.email} is on its way.")
            return redirect("handbook_invite")
        return self.render_to_response(self.get_context_data(form=Invitation(), sent=sent))


class CreditForm(forms.ModelForm):
    class Meta:
        model = CoAuthor
        fields = ["credit", "place"]
        widgets = {"credit": forms.RadioSelect}


class YourCredit(OnePage, UpdateView):
    """How somebody is named in what they write. Only a co-author has such a page, and only their own."""

    template_name = "handbook/admin/credit.html"
    form_class = CreditForm
    page_title = "How you are named"
    header_icon = "user"
    success_url = reverse_lazy("wagtailadmin_home")

    def get_object(self, queryset=None):
        groups = set(self.request.user.groups.values_list("name", flat=True))
        if not groups & set(CO_AUTHORS):
            raise PermissionDenied
        return CoAuthor.objects.get_or_create(user=self.request.user, defaults={"young": YOUNG in groups})[0]

    def form_valid(self, form):
        answer = super().form_valid(form)
        messages.success(self.request, f"Saved. Readers see: {self.object.named or 'no name'}.")
        return answer
