"""What every test may use. The suite runs on SQLite; DATABASE_URL adds a PostgreSQL beside it for the storage suites."""

import os
import tempfile
from pathlib import Path

import pytest

POSTGRES_URL = os.environ.pop("DATABASE_URL", None)
os.environ.setdefault("AWAS_HOME", tempfile.mkdtemp(prefix="awas-test-"))
os.environ["AWAS_SEQUENCER"] = "inline"
os.environ["AWAS_SECRET_KEY"] = "only-for-tests"  # noqa: S105 - no installation has this key
os.environ.pop("AWAS_CLOCK", None)
# Playwright's driver runs an event loop in the test's thread; Django's guard against blocking it doesn't apply here.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

ROOT = Path(__file__).resolve().parent.parent


def pytest_configure() -> None:
    from django.conf import settings  # noqa: PLC0415 - the environment above comes first

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    if POSTGRES_URL:
        os.environ["DATABASE_URL"] = POSTGRES_URL
        from awas.config.settings import _database  # noqa: PLC0415

        settings.DATABASES["postgres"] = _database()
        del os.environ["DATABASE_URL"]


@pytest.fixture(scope="session")
def realdata() -> Path:
    """The folder of real data beside the checkout."""
    folder = ROOT.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("real data is not here: ../shared/data is absent")
    return folder
