"""The elections this installation knows, read once from the files shipped with it."""

from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from django.conf import settings

from awas.elections.load import load_almanac, load_election
from awas.elections.schema import Almanac, Election

DEFAULT_ELECTION = "pemilu-2024"
ALMANAC = "almanac-"
"""How the names of almanac files begin."""


class UnknownElection(LookupError):  # noqa: N818 - as Django's DoesNotExist
    """No file of that name is shipped."""


def _folder() -> Traversable:
    return files("awas.elections") / "data"


def _file(slug: str) -> Traversable:
    if slug not in {*election_slugs(), *almanac_slugs()}:
        raise UnknownElection(f"no election {slug!r}; known are: {', '.join(election_slugs())}")
    return _folder() / f"{slug}.toml"


def _slugs() -> Iterator[str]:
    return (path.name.removesuffix(".toml") for path in _folder().iterdir() if path.name.endswith(".toml"))


def election_slugs() -> tuple[str, ...]:
    """Names of the elections there are files for, in alphabetical order."""
    return tuple(sorted(slug for slug in _slugs() if not slug.startswith(ALMANAC)))


def almanac_slugs() -> tuple[str, ...]:
    """Names of the almanacs there are files for."""
    return tuple(sorted(slug for slug in _slugs() if slug.startswith(ALMANAC)))


@cache
def election(slug: str) -> Election:
    """The election of that name. Raises UnknownElection, or BadElectionFile when its file is not sound."""
    return load_election(_file(slug))


@cache
def almanac(slug: str) -> Almanac:
    """The almanac of that name (holidays, time zones). Raises as `election`."""
    return load_almanac(_file(slug))


def current_election() -> Election:
    """The election that this installation watches: setting AWAS_ELECTION, or the general election of 2024."""
    return election(getattr(settings, "AWAS_ELECTION", DEFAULT_ELECTION))
