"""A still clock for every test of this room."""

import pytest
from django.core.cache import cache

from tests.access.people import NOW


@pytest.fixture(autouse=True)
def still_clock(settings):
    settings.AWAS_NOW = lambda: NOW
    cache.clear()  # sign-in limits count in the cache
    return NOW
