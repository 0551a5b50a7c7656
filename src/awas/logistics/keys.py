"""How the things of logistics are named in the record. Pure."""

from awas.ledger.naming import district_of, key_at, key_in_log, log_of, name_of, place_of
from awas.logistics.lines import line_key

__all__ = ["balance_key", "closure_key", "district_of", "key_at", "key_in_log", "kit_key", "log_of", "name_of",
           "place_of", "station_of", "step_key", "stock_key", "unit_key"]  # fmt: skip

_SHORT = {
    "ppwp": "P", "dpr": "R", "dpd": "D", "dprd_prov": "V", "dprd_kab": "K",
    "gubernur": "G", "bupati": "B", "walikota": "W",
}  # fmt: skip


def stock_key(place: str, shelf: str, item: str, ballot: str, dapil: str) -> str:
    """The stock of one thing on one shelf of a place."""
    return key_at(place, f"{shelf}:{line_key(item, _SHORT.get(ballot, ballot), dapil)}")


def balance_key(place: str, stage: str, item: str, ballot: str, dapil: str) -> str:
    """What went through a stage at a place, or for a station."""
    return key_at(place, f"{stage}:{line_key(item, _SHORT.get(ballot, ballot), dapil)}")


def kit_key(station: str) -> str:
    """A station's kit: everything that is packed for it."""
    return key_at(station, "kit")


def station_of(key: str) -> str:
    """The station of a kit."""
    return place_of(key)


def closure_key(place: str, stage: str) -> str:
    """Whether a stage is closed at a place."""
    return key_at(place, f"closure:{stage}")


def unit_key(place: str, label: str) -> str:
    """A box or a package by its label, wherever it travels in its district."""
    return key_in_log(place, label)


def step_key(unit: str, number: int) -> str:
    """The n-th step of a unit's way."""
    return f"{unit}:{number}"
