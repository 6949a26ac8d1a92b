"""The site on a database of its own, apart from that of the tests."""

from localoffer.settings.test import *  # noqa: F403
from localoffer.settings.test import BASE_DIR, database, env

DATABASES = {"default": database(env("DATABASE_URL"), BASE_DIR / env("DATABASE_PATH"))}
# Thousands of searches come from one machine here, each with an address of its own.
CLIENT_ADDRESS_HEADER = "HTTP_X_REAL_IP"
