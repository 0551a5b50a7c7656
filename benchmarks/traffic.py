"""Requests of the load: the real "person in" form and the device API, as bytes ready to be sent.

Everybody is invented.
"""

import json
from collections.abc import Iterator
from itertools import count
from typing import Any
from urllib.parse import urlencode

from awas import clock

CAST = 200
ROLES = ("guard", "kpu_staff", "police", "sorter", "porter")


class Visitors:
    """The people of one gate, each with last digits of an identity, so that whoever comes again is known again."""

    def __init__(self, name: str) -> None:
        self.name = name

    def person(self, number: int) -> tuple[str, str, str]:
        """(name, role, last digits)."""
        return f"Contoh {self.name} {number}", ROLES[number % len(ROLES)], f"{number % 10_000:04}"


def forms(place: str, session: str, csrf: str, visitors: Visitors) -> Iterator[bytes]:
    """POSTs of the form "person in", each for somebody new and with a nonce of its own."""
    path = f"/gudang/{place}/catat/orang-masuk/"
    headers = (
        f"POST {path} HTTP/1.1\r\nHost: localhost\r\nCookie: sessionid={session}; csrftoken={csrf}\r\n"
        "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: "
    )
    for serial in count(1):
        name, role, digits = visitors.person(serial)
        body = urlencode(
            {
                "csrfmiddlewaretoken": csrf,
                "nonce": f"{clock.now():012x}{visitors.name[:8]}{serial:08x}",
                "person_name": name,
                "role": role,
                "purpose": "duty",
                "institution": "KPU",
                "identity_kind": "ktp",
                "identity_digits": digits,
                "letter_number": "",
                "escorted_by": "",
                "pass_number": "",
                "body_checked": "yes",
                "until_at": "",
                "purpose_text": "",
            }
        )
        yield f"{headers}{len(body)}\r\n\r\n{body}".encode("ascii")


def batches(place: str, token: str, visitors: Visitors, size: int) -> Iterator[bytes]:
    """POSTs to the device API with `size` entries each: people of a cast go in and out by turns."""
    headers = (
        f"POST /api/v1/sites/{place}/entries HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {token}\r\n"
        "Content-Type: application/json\r\nContent-Length: "
    )
    sequence = items(place, visitors)
    while True:
        body = json.dumps([next(sequence) for _ in range(size)], separators=(",", ":"))
        yield f"{headers}{len(body)}\r\n\r\n{body}".encode("ascii")


def items(place: str, visitors: Visitors) -> Iterator[dict[str, Any]]:
    """What a phone at the gate notes: in, in, out, in, out, …"""
    for seq in count(1):
        now = clock.now()
        serial = seq // 2
        if seq % 2 and seq > 1:
            visit = {"visit_id": f"{place}/{visitors.name}{serial - 1}", "body_checked": True}
            yield {"seq": seq, "occurred_at": now, "kind": "gate.leave_person@1", "data": visit}
            continue
        name, role, digits = visitors.person(serial % CAST)
        visit = {
            "visit_id": f"{place}/{visitors.name}{serial}",
            "name": name,
            "role": role,
            "purpose": "duty",
            "institution": "KPU",
            "identity_kind": "ktp",
            "identity": digits,
            "body_checked": True,
        }
        yield {"seq": seq, "occurred_at": now, "kind": "gate.enter_person@1", "data": visit}
