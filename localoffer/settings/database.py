"""The site's database, from DATABASE_URL or else the SQLite file at DATABASE_PATH."""

from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured


def database(url: str, path: Path) -> dict:
    """An entry of DATABASES: that of the URL, or of the SQLite file when it is empty.

    `postgres://user:password@host:5432/name`, or `postgres:///name?host=/run/postgresql` for a socket;
    what follows the question mark (sslmode, host, …) is passed on to the client library. Characters
    that have a meaning in a URL are written as %40 and so on. Raises ImproperlyConfigured, which never
    repeats the URL: it may hold a password.
    """
    return _postgres(url) if url else _sqlite(path)


def _sqlite(path: Path) -> dict:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "OPTIONS": {
            # Readers never wait for the writer (WAL), and a transaction that will write takes
            # its lock at the start, so that two writers queue instead of failing.
            "transaction_mode": "IMMEDIATE",
            "timeout": 5,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        },
    }


def _postgres(url: str) -> dict:
    wrong = ImproperlyConfigured(
        "DATABASE_URL must read postgres://user:password@host:5432/name, or be left out for SQLite."
    )
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise wrong from None
    name = unquote(parts.path.removeprefix("/"))
    if parts.scheme not in {"postgres", "postgresql"} or not name or "/" in name:
        raise wrong
    options = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", unquote(parts.hostname or "")),
        "PORT": str(port or ""),
        "OPTIONS": options,
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }
