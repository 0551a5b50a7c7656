"""The record on another database than the suite's, for what finds its tables by itself: sheets, documents, pages."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connections

from awas.config import wiring
from awas.ledger import services as ledger
from awas.ledger.store import store_for
from tests.settings import POSTGRES_URL

ON_POSTGRES = [
    pytest.mark.postgres,
    pytest.mark.skipif(not POSTGRES_URL, reason="DATABASE_URL names no PostgreSQL server"),
    pytest.mark.django_db(databases=["default", "postgres"]),
]
"""Marks of a class, or of a parameter, that runs on PostgreSQL; what it writes is rolled back."""

DATABASES = ["default", pytest.param("postgres", marks=ON_POSTGRES)]
"""Parameters of a fixture that gives a test to both databases."""


@contextmanager
def standing_on(alias: str) -> Iterator[None]:
    """While it lasts, this thread's connection by the name of `default` is the other database's."""
    own, sequencer = connections["default"], ledger.sequencer()
    store = sequencer.store
    _put(alias, connections[alias])
    sequencer.store = store_for()
    try:
        yield
    finally:
        _put(alias, own)
        sequencer.store = store


def _put(alias: str, connection: object) -> None:
    if alias != "default":
        connections["default"] = connection
        store_for.cache_clear()
        wiring.bench.cache_clear()
