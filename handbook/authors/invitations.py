"""Asking somebody to write: an account of their own, and a letter with the link to their password."""

import logging
import secrets
import smtplib
from dataclasses import dataclass

from django import forms
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.contrib.auth.tokens import default_token_generator
from django.core.mail import send_mail
from django.db import transaction
from django.db.models import Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from handbook.models.authors import CO_AUTHORS, PARENTS, YOUNG, CoAuthor

log = logging.getLogger("localoffer.handbook")
User = get_user_model()


class Invitation(forms.Form):
    """Whom to ask, and as what. An account that is more than a co-author's is never touched."""

    first_name = forms.CharField(max_length=150, label="First name")
    last_name = forms.CharField(max_length=150, required=False, label="Last name")
    email = forms.EmailField(max_length=150, label="E-mail")
    group = forms.ChoiceField(
        choices=[(PARENTS, "A parent or carer"), (YOUNG, "A young person")],
        label="They write as",
        widget=forms.RadioSelect,
    )
    note = forms.CharField(
        max_length=1000,
        required=False,
        label="A few words from you",
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def clean_email(self):
        email = self.cleaned_data["email"].lower()
        self.known = User.objects.filter(Q(email__iexact=email) | Q(username=email)).first()
        if self.known and not invited_before(self.known):
            raise forms.ValidationError(
                "There is an account with this address that does more than write the handbook. "
                "Ask an administrator."
            )
        if self.known and not self.known.is_active:
            raise forms.ValidationError("This account was closed. Ask an administrator to open it again.")
        return email


def invited_before(user) -> bool:
    """Whether an account is a co-author's and nothing more."""
    groups = set(user.groups.values_list("name", flat=True))
    return bool(groups) and groups <= set(CO_AUTHORS) and not user.is_superuser


@dataclass(frozen=True)
class Sent:
    user: User
    link: str
    by_mail: bool
    """False where the letter could not be sent: the link is then passed on by hand."""


def invite(form: Invitation, base_url: str) -> Sent:
    """Make the account, or find it, and send the letter."""
    facts = form.cleaned_data
    with transaction.atomic():
        user = form.known or User(username=facts["email"], email=facts["email"])
        user.first_name, user.last_name = facts["first_name"], facts["last_name"]
        if not user.pk:
            # A password that nobody knows, so that “forgotten password” works for them as well.
            user.set_password(secrets.token_urlsafe(32))
        user.save()
        user.groups.set([Group.objects.get(name=facts["group"])])
        CoAuthor.objects.update_or_create(user=user, defaults={"young": facts["group"] == YOUNG})
    link = base_url.rstrip("/") + reverse(
        "wagtailadmin_password_reset_confirm",
        args=[urlsafe_base64_encode(force_bytes(user.pk)), default_token_generator.make_token(user)],
    )
    return Sent(user, link, send(user, link, facts["note"]))


def send(user, link: str, note: str) -> bool:
    """Whether the letter went out."""
    if settings.EMAIL_BACKEND.endswith("dummy.EmailBackend"):
        return False
    days = settings.PASSWORD_RESET_TIMEOUT // 86_400
    said = {"user": user, "link": link, "note": note, "days": days}
    words = render_to_string("handbook/admin/invitation.txt", said)
    try:
        return bool(send_mail("Will you help to write the handbook?", words, None, [user.email]))
    except (smtplib.SMTPException, OSError):
        log.exception("An invitation could not be sent")
        return False
