"""The program's own settings, with what a test run needs: a scratch home, cheap passwords, and no threads of its own.

The suite runs on SQLite. DATABASE_URL adds a PostgreSQL beside it, on which the storage suites run as well.
"""

import os
import tempfile

# The suite's own database is SQLite, so the program must not see DATABASE_URL; the workers of a parallel run inherit it
# under another name.
POSTGRES_URL = os.environ.pop("DATABASE_URL", None) or os.environ.get("TEST_POSTGRES_URL")
if POSTGRES_URL:
    os.environ["TEST_POSTGRES_URL"] = POSTGRES_URL
os.environ.setdefault("AWAS_HOME", tempfile.mkdtemp(prefix="awas-test-"))
os.environ["AWAS_SEQUENCER"] = "inline"
os.environ["AWAS_SECRET_KEY"] = "only-for-tests"
os.environ.pop("AWAS_CLOCK", None)
# Playwright's driver runs an event loop in the test's thread; Django's guard against blocking it doesn't apply here.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

from awas.config.settings import *  # noqa: E402, F403 - the environment above comes first
from awas.config.settings import DATABASES, _database  # noqa: E402

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

if POSTGRES_URL:
    os.environ["DATABASE_URL"] = POSTGRES_URL
    DATABASES["postgres"] = _database() | {"CONN_MAX_AGE": 0}
    del os.environ["DATABASE_URL"]
