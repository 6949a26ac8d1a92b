"""For the tests: a database as in production, and fast passwords."""

from .base import *  # noqa: F403
from .base import BASE_DIR, STORAGES, database, env

SECRET_KEY = "only-for-tests"  # noqa: S105
ALLOWED_HOSTS = ["*"]
# The suite runs on SQLite, or on the PostgreSQL that TEST_DATABASE_URL names: Django makes a database
# test_… beside that one and removes it.
DATABASES = {"default": database(env("TEST_DATABASE_URL"), BASE_DIR / "var" / "test-unused.sqlite3")}
SEARCH_URL = env("SEARCH_URL") or ("postgres:" if env("TEST_DATABASE_URL") else "sqlite:")
if not env("TEST_DATABASE_URL"):
    # A file, because pytest-django's default in-memory database has no WAL and no second connection.
    DATABASES["default"]["TEST"] = {
        "NAME": env("TEST_DATABASE_PATH", str(BASE_DIR / "var" / "test.sqlite3")),
    }
(BASE_DIR / "var").mkdir(exist_ok=True)
STORAGES = STORAGES | {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = False
SECURE_SSL_REDIRECT = False
# Nothing is collected for tests: static files are found where they are.
WHITENOISE_AUTOREFRESH = WHITENOISE_USE_FINDERS = True
