"""A fresh roster for each test."""

import pytest

from awas.roster.area import AREA
from tests.book import Book


@pytest.fixture
def book() -> Book:
    return Book(AREA)
