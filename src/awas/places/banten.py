"""Banten as shipped: its districts and their main KPU warehouses, each with its source. Reads one file of ours."""

import tomllib
from functools import cache
from importlib.resources import files

import msgspec
from msgspec import Struct


class Warehouse(Struct, frozen=True, forbid_unknown_fields=True):
    """A main KPU warehouse (gudang KPU). `address` is empty where none was found."""

    code: str
    name: str
    address: str
    source: str


class District(Struct, frozen=True, forbid_unknown_fields=True):
    """A district with its number of kecamatan and villages; voters and stations belong to an election's file."""

    code: str
    name: str
    kecamatan_count: int
    village_count: int
    source: str
    warehouse: Warehouse


class Province(Struct, frozen=True, forbid_unknown_fields=True):
    """A province by code and name."""

    code: str
    name: str


class Banten(Struct, frozen=True, forbid_unknown_fields=True):
    """The province and its eight districts."""

    province: Province
    districts: tuple[District, ...]


@cache
def banten() -> Banten:
    """What `data/banten.toml` says."""
    text = (files("awas.places") / "data" / "banten.toml").read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(text), Banten)
