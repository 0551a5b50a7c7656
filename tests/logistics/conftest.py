"""What the tests of logistics share that need a database."""

from collections.abc import Iterator

import pytest

from tests.databases import DATABASES, standing_on


@pytest.fixture(params=DATABASES)
def database(request: pytest.FixtureRequest, db: None) -> Iterator[str]:
    """SQLite, and PostgreSQL where there is one: the record and all that reads it stand on it."""
    with standing_on(request.param):
        yield request.param
