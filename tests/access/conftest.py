"""A still clock for every test of this room."""

import pytest
from django.core.cache import cache

from tests.access.people import NOW


@pytest.fixture(autouse=True)
def still_clock(settings):
    settings.AWAS_NOW = lambda: NOW
    cache.clear()  # sign-in limits count in the cache
    return NOW


@pytest.fixture
def bare_shell(settings):
    """Pages without tabs: the tests' own URLconf has none of the pages that tabs lead to."""
    settings.AWAS_NAVIGATION = "tests.access.doors.NAVIGATION"
