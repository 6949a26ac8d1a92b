"""Settings shared by every environment. The environment is read here and nowhere else."""

import os
from pathlib import Path

from localoffer.logs import LOGGING  # noqa: F401

from .database import database
from .policy import ADMIN_CSP, PERMISSIONS_POLICY, SITE_CSP  # noqa: F401

BASE_DIR = Path(__file__).resolve().parent.parent.parent


def env(name: str, default: str = "") -> str:
    return os.environ.get(name, default).strip()


def env_on(name: str, default: bool) -> bool:
    return env(name, "on" if default else "off").lower() in {"1", "on", "true", "yes"}


# Everything the site writes (database, uploads, collected static files) lives here.
VAR_DIR = Path(env("VAR_DIR", str(BASE_DIR / "var")))

SECRET_KEY = env("SECRET_KEY")
ALLOWED_HOSTS = env("ALLOWED_HOSTS", "127.0.0.1,localhost").split(",")
CSRF_TRUSTED_ORIGINS = [origin for origin in env("CSRF_TRUSTED_ORIGINS").split(",") if origin]
HTTPS = env_on("HTTPS", True)
DEBUG = False

INSTALLED_APPS = [
    "localoffer",
    "search",
    "handbook",
    "waiting",
    "home",
    "directory",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.contrib.typed_table_block",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "django_tasks",
    "django_tasks_db",
    "axes",
    "csp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.sitemaps",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # Twenty results are 70 KB plain and 10 KB packed; its padding keeps lengths from telling secrets.
    "django.middleware.gzip.GZipMiddleware",
    "localoffer.middleware.ContentSecurityPolicy",
    "localoffer.middleware.permissions_policy",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
    "home.middleware.KindRefusal",
    "handbook.authors.guard.CoAuthorsOnly",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "localoffer.urls"
WSGI_APPLICATION = "localoffer.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "home.context.site",
            ],
        },
    },
]

DATABASE_PATH = Path(env("DATABASE_PATH", str(VAR_DIR / "db.sqlite3")))
DATABASES = {"default": database(env("DATABASE_URL"), DATABASE_PATH)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# The index stands in the site's own database unless told otherwise.
SEARCH_URL = env("SEARCH_URL") or ("postgres:" if env("DATABASE_URL") else "sqlite:")
# For Elasticsearch: parts of the index, copies of each part, and a file with its certificate authority.
SEARCH_SHARDS = int(env("SEARCH_SHARDS", "1"))
SEARCH_REPLICAS = int(env("SEARCH_REPLICAS", "1"))
SEARCH_CA = env("SEARCH_CA")

AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
# An invitation to write may lie for a week: that is how often some people look.
PASSWORD_RESET_TIMEOUT = 7 * 24 * 60 * 60
# Ten wrong passwords for one name from one address lock that pair for a quarter of an hour.
AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = 0.25
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_DISABLE_ACCESS_LOG = True
AXES_VERBOSE = False
AXES_CLIENT_IP_CALLABLE = "home.address.client_address"
# The header in which a server in front passes the visitor's address: HTTP_X_REAL_IP, say.
CLIENT_ADDRESS_HEADER = env("CLIENT_ADDRESS_HEADER")

# Workflow e-mails. Without EMAIL_HOST none is sent: an editor's queue still shows what waits.
EMAIL_HOST = env("EMAIL_HOST")
EMAIL_PORT = int(env("EMAIL_PORT", "587"))
EMAIL_HOST_USER = env("EMAIL_HOST_USER")
EMAIL_HOST_PASSWORD = env("EMAIL_HOST_PASSWORD")
EMAIL_USE_TLS = env_on("EMAIL_USE_TLS", True)
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", "local-offer@localhost")
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'dummy'}.EmailBackend"

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR_DIR / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# Wagtail's own tasks run at once, as ever; PDFs are made by a worker: `manage.py printouts --watch`.
TASKS = {
    "default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"},
    "printing": {"BACKEND": "django_tasks_db.DatabaseBackend"},
}
PRINTOUTS_ROOT = VAR_DIR / "printouts"

WAGTAIL_SITE_NAME = "Local Offer"
WAGTAIL_FRONTEND_LOGIN_URL = "/admin/login/"
WAGTAILADMIN_USER_LOGIN_FORM = "home.admin.sign_in.SignIn"
WAGTAILADMIN_BASE_URL = env("WAGTAILADMIN_BASE_URL", "http://127.0.0.1:8000")
# Nothing in the admin calls out to a third party.
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
# One autosave costs about fifty queries: every three seconds is often enough.
WAGTAIL_AUTOSAVE_INTERVAL = 3000
WAGTAIL_I18N_ENABLED = False
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database.fallback"}}
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 10 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 50_000_000
WAGTAILDOCS_EXTENSIONS = ["pdf", "docx", "odt", "xlsx", "csv", "txt"]
WAGTAILDOCS_SERVE_METHOD = "serve_view"
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

CONTENT_SECURITY_POLICY = {"DIRECTIVES": SITE_CSP}
# Only the admin is framed, by itself: the preview beside a form (localoffer.middleware).
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
# It goes when the browser is closed: families get it too, with the one form they can send.
CSRF_COOKIE_AGE = None

SILENCED_SYSTEM_CHECKS: list[str] = []
