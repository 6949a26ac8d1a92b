"""Make the demo administrator, once, with a password from DEMO_PASSWORD or one it makes."""

import os
import secrets

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Make the demo administrator `demo` and say how to sign in."

    def handle(self, *args, **options):
        given = os.environ.get("DEMO_PASSWORD", "")
        kept = settings.VAR_DIR / "demo-password"
        user, new = get_user_model().objects.get_or_create(
            username="demo",
            defaults={"is_staff": True, "is_superuser": True, "email": "demo@example.org"},
        )
        if given or new or not kept.exists():
            password = given or secrets.token_urlsafe(9)
            user.set_password(password)
            user.save()
            kept.write_text(password + "\n")
            kept.chmod(0o600)
        self.stdout.write(f"    user: demo   password: {kept.read_text().strip()}")
