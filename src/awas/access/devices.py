"""Devices: what a person records with. A browser session is a device too.

A token reads `awas_<device>_<secret>`; only its SHA-256 is kept, so a stolen database opens nothing. Must never write
a token or a password to a log, a message or an exception.
"""

import hashlib
import hmac
from typing import NamedTuple

from django.http import HttpRequest

from awas.access.models import Change, Device, DeviceKind, Person
from awas.access.policy import Instant, Permission
from awas.access.services import note_change, number_in, require_may_manage
from awas.access.standing import KnownDevice, device_numbered, forget_device, standing_of
from awas.ledger.area import Refused

SESSION_KEY = "device"
SEEN_EVERY_MS = 10 * 60_000
"""`last_seen_at` is that coarse: a write for every request would cost as much as the entry itself."""

_SCHEME = "Bearer "


class Bearer(NamedTuple):
    """Who stands behind a good token."""

    device: KnownDevice
    person: Person


def open_session_device(person: Person, known: str | None, *, label: str, now: Instant) -> str:
    """The device code for a browser session: the one it has, if it is the same person's and still good; else new."""
    device = known_device(known)
    if device is not None and device.person_id == person.pk and device.revoked_at is None:
        return device.code
    made = Device.objects.create(
        person=person, kind=DeviceKind.SESSION, label=label[:80], enrolled_at=now, last_seen_at=now
    )
    return made.code


def enrol_device(
    person: Person,
    *,
    label: str,
    secret: str,
    now: Instant,
    by: Person | None = None,
    public_key: bytes | None = None,
) -> tuple[Device, str]:
    """A device of its own for a person, and its token, which is shown once. `secret` is fresh, ≥ 32 characters."""
    if len(secret) < 32:
        raise ValueError("a device's secret is drawn by awas.config.chance.token(32)")
    _require_keeper(person, by, now)
    device = Device.objects.create(
        person=person,
        kind=DeviceKind.ENROLLED,
        label=label.strip()[:80],
        token_digest=_digest(secret),
        public_key=public_key,
        enrolled_at=now,
        last_seen_at=now,
    )
    note_change(person, Change.DEVICE_ENROLLED, device.code, now, by or person)
    return device, f"awas_{device.code}_{secret}"


def revoke_device(device: Device, *, now: Instant, by: Person | None = None) -> Device:
    """Closes a device for good: the owner, or whoever manages devices where the account is kept."""
    _require_keeper(device.person, by, now)
    if device.revoked_at is None:
        device.revoked_at = now
        device.save(update_fields=["revoked_at"])
        note_change(device.person, Change.DEVICE_REVOKED, device.code, now, by)
    return device


def authenticate_device(header: str) -> Bearer | None:
    """The device and person behind an `Authorization` header; None for anything else than a good token."""
    if not header.startswith(_SCHEME):
        return None
    brand, _, rest = header.removeprefix(_SCHEME).strip().partition("_")
    code, _, secret = rest.partition("_")
    device = known_device(code) if brand == "awas" and secret else None
    if device is None or device.token_digest is None or device.revoked_at is not None:
        return None
    if not hmac.compare_digest(device.token_digest, _digest(secret)):
        return None
    standing = standing_of(device.person_id)
    if standing is None or not standing.person.is_active:
        return None
    return Bearer(device, standing.person)


def known_device(code: str | None) -> KnownDevice | None:
    """The device of that code, revoked ones included, or None."""
    number = numbered(code or "")
    return None if number is None else device_numbered(number)


def numbered(code: str) -> int | None:
    """The row number behind a device code such as `d5`; None for anything else."""
    return number_in(code, "d")


def device_of(request: HttpRequest) -> KnownDevice:
    """The device this request records with. Raises `Refused` where there is none or it was revoked."""
    bearer: Bearer | None = getattr(request, "bearer", None)
    device = bearer.device if bearer else known_device(request.session.get(SESSION_KEY))
    if device is None or device.revoked_at is not None or device.person_id != request.user.pk:
        raise Refused("access.no_device")
    return device


def is_token_request(request: HttpRequest) -> bool:
    """True if the request came with a device's token instead of a session."""
    return getattr(request, "bearer", None) is not None


def note_seen(device: KnownDevice, now: Instant) -> None:
    """Remembers, coarsely, that the device was used."""
    if now - device.last_seen_at < SEEN_EVERY_MS:
        return
    number = int(device.code[1:])
    Device.objects.filter(pk=number, last_seen_at__lt=now).update(last_seen_at=now)
    forget_device(number)


def _require_keeper(person: Person, by: Person | None, now: Instant) -> None:
    if by is not None and by.pk != person.pk:
        require_may_manage(person, by, now, Permission.MANAGE_DEVICES)


def _digest(secret: str) -> bytes:
    return hashlib.sha256(secret.encode()).digest()
