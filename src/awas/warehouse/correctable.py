"""Which fields of older entries may be made to read differently. Pure.

Only fields without personal data: those are corrected in the vault. Numbers of things (plates, seals, keys of items)
aren't correctable either: void the entry and make a new one.
"""

import re
from collections.abc import Callable, Mapping

from awas.warehouse.codes import PURPOSES, ROLES

Check = Callable[[str], bool]

LATEST = 1 << 47


def _is_text(value: str) -> bool:
    return True


def _is_code(value: str) -> bool:
    return len(value) <= 48 and re.fullmatch(r"[A-Za-z0-9_.:\-]*", value) is not None


def _is_instant(value: str) -> bool:
    return value.isascii() and value.isdigit() and int(value) < LATEST


def _is_count(value: str) -> bool:
    return value.isascii() and value.isdigit() and int(value) <= 100_000_000


CORRECTABLE: Mapping[str, tuple[str, Mapping[str, Check]]] = {
    "gate.person_entered@1": (
        "visit",
        {
            "entered_at": _is_instant,
            "until_at": _is_instant,
            "role": ROLES.__contains__,
            "purpose": PURPOSES.__contains__,
            "institution": _is_text,
            "letter_number": _is_text,
            "gate": _is_code,
        },
    ),
    "gate.person_left@1": ("visit", {"left_at": _is_instant}),
    "gate.vehicle_arrived@1": (
        "vehicle",
        {"arrived_at": _is_instant, "carrier": _is_text, "escort_count": _is_count, "gate": _is_code},
    ),
    "gate.vehicle_left@1": ("vehicle", {"left_at": _is_instant}),
    "goods.received@1": ("tally", {"document_number": _is_text, "delivery_letter": _is_text}),
    "goods.released@1": ("tally", {"document_number": _is_text, "delivery_letter": _is_text}),
    "round.incident_reported@1": ("incident", {"spot": _is_text}),
    "round.condition_reported@1": ("condition", {"spot": _is_text}),
}
"""Kinds of entry with fields that read differently after a correction: the item they are in, and what is allowed.
Fields of other kinds are only marked; personal values are never corrected here but in the vault."""
