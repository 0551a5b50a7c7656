"""Totals that an authority published, to hold an imported file against. It informs; it refuses nothing."""

import tomllib
from functools import cache
from importlib.resources import files

import msgspec
from msgspec import Struct


class RegionTotals(Struct, frozen=True, forbid_unknown_fields=True):
    """How many regions of each level a published table has: provinces, districts, kecamatan, villages."""

    name: str
    levels: tuple[int, int, int, int]
    source: str


class StationTotals(Struct, frozen=True, forbid_unknown_fields=True):
    """Stations and villages of a region; `region` is empty for the whole country without the posts overseas."""

    name: str
    region: str
    stations: int
    villages: int
    source: str


class Published(Struct, frozen=True, forbid_unknown_fields=True):
    """All published totals that are shipped."""

    regions: tuple[RegionTotals, ...]
    stations: tuple[StationTotals, ...]


@cache
def published() -> Published:
    """The totals of `data/published.toml`."""
    text = (files("awas.places") / "data" / "published.toml").read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(text), Published)
