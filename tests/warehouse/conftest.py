"""A fresh gate log for each test."""

import pytest

from awas.warehouse.area import AREA
from tests.book import Book


@pytest.fixture
def book() -> Book:
    return Book(AREA)
