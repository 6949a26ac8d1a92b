"""DATABASE_URL names a PostgreSQL; a wrong one is told, and never its password."""

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from localoffer.settings.database import database

FILE = Path("/var/site.sqlite3")


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("", {"ENGINE": "django.db.backends.sqlite3", "NAME": FILE}),
        (
            "postgres://us%40er:p%2Fw@db.example:5433/offer?sslmode=require",
            {
                "ENGINE": "django.db.backends.postgresql",
                "NAME": "offer",
                "USER": "us@er",
                "PASSWORD": "p/w",
                "HOST": "db.example",
                "PORT": "5433",
                "OPTIONS": {"sslmode": "require"},
            },
        ),
        ("postgresql:///offer?host=/run/pg", {"NAME": "offer", "HOST": "/run/pg", "USER": "", "PORT": ""}),
        ("postgres://site@/offer", {"NAME": "offer", "HOST": "", "USER": "site"}),
    ],
)
def test_reads_the_url(url, expected):
    made = database(url, FILE)
    assert {name: made[name] for name in expected} == expected


@pytest.mark.parametrize(
    "url",
    [
        "mysql://u:secret@h/n",
        "postgres://u:secret@h",
        "postgres://u:secret@h:port/n",
        "postgres://u:secret@[h/n",
        "postgres://u:secret@h/a/b",
        "secret",
    ],
)
def test_a_wrong_url_is_told_without_its_password(url):
    with pytest.raises(ImproperlyConfigured, match="DATABASE_URL") as raised:
        database(url, FILE)
    assert "secret" not in str(raised.value)
