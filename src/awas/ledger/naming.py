"""How things are named in the record. Pure.

A key says under which code a thing was born, so that a command alone tells which items it needs: `36.02-G1/v7Qk` is
a visit at that warehouse, `36.02/K0012345` a seal of that district, wherever it travels inside it.
"""

from functools import lru_cache


@lru_cache(maxsize=8192)
def district_of(place: str) -> str:
    """`36.02` of `36.02-G1`, `36.02.05-G1` or `36.02`."""
    return ".".join(place.split("-", 1)[0].split(".")[:2])


@lru_cache(maxsize=8192)
def log_of(place: str) -> str:
    """The origin of the log that holds a place: `awas/36.02`."""
    return "awas/" + district_of(place)


def key_at(place: str, name: str) -> str:
    """The key of a thing that belongs to one place: a visit, a consignment, a shift."""
    return f"{place}/{name}"


def key_in_log(place: str, name: str) -> str:
    """The key of a thing that moves between the places of a district: a person, a seal."""
    return f"{district_of(place)}/{name}"


def place_of(key: str) -> str:
    """The code a key was born under."""
    return key.split("/", 1)[0]


def name_of(key: str) -> str:
    """A key without the code it was born under."""
    return key.split("/", 1)[1] if "/" in key else key
