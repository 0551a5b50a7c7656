"""The keys of the things of a warehouse, and where each is born. Pure.

What stays at one site is born at the place; what moves between the sites of a district is born in its log. Only
`decide`, `fold_items` and whoever makes commands may build keys, and only here.
"""

from awas.ledger.naming import district_of, key_at, key_in_log, log_of, name_of, place_of

__all__ = [
    "access_key",
    "access_key_of_role",
    "district_of",
    "key_at",
    "key_in_log",
    "log_of",
    "name_of",
    "pass_key",
    "place_of",
    "plate_key",
    "seal_key",
]


def access_key(place: str, person: str) -> str:
    """The access-list line of a person (a key born in the log) at a place."""
    return key_at(place, name_of(person))


def access_key_of_role(place: str, role: str) -> str:
    """The access-list line of everybody of a role at a place."""
    return key_at(place, "role:" + role)


def pass_key(place: str, number: str) -> str:
    """A visitor's pass of a place."""
    return key_at(place, number)


def plate_key(place: str, plate: str) -> str:
    """A number plate in the district, without blanks and dashes."""
    return key_in_log(place, plate.replace(" ", "").replace("-", ""))


def seal_key(place: str, number: str) -> str:
    """A seal in the district. A slash in its number becomes an underscore."""
    return key_in_log(place, number.replace("/", "_"))
