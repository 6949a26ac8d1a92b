"""Signing in: with an e-mail address, which people know, or with a user name."""

from django import forms
from django.contrib.auth import get_user_model
from wagtail.admin.forms.auth import LoginForm


class SignIn(LoginForm):
    """Parents are invited by their e-mail address and may change it later."""

    username = forms.CharField(max_length=254, label="E-mail address or user name")
    error_messages = LoginForm.error_messages | {
        "invalid_login": "No account has this name and password. Look for a slip, or ask for a new password."
    }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)

    def clean_username(self):
        """The user name of whoever alone has the address that was typed; else what was typed."""
        typed, users = self.cleaned_data["username"], get_user_model().objects
        if "@" not in typed or users.filter(username=typed).exists():
            return typed
        known = users.filter(email__iexact=typed, is_active=True).values_list("username", flat=True)[:2]
        return known[0] if len(known) == 1 else typed
