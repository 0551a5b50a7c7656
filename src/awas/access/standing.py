"""What a request must know of its person and device, kept in memory for a moment.

A gate entry has about a millisecond; loading the person, the duties and the device for each would take most of it.
A change made by this process is seen at once, by another process within `FRESH_S`. Must never be the place where a
right is decided: it only repeats rows.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock
from typing import Any, Generic, TypeVar

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.db.models import Model
from django.db.models.signals import post_delete, post_save

from awas.access.models import Device, DeviceKind, Duty, Person
from awas.access.policy import Held, Instant

FRESH_S = 5.0
"""How long another process may go on with what it knew: the longest delay of a revocation."""

_MOST_KEPT = 20_000

_Kept = TypeVar("_Kept")


@dataclass(frozen=True, slots=True)
class Standing:
    """A person's row, all duties (past and future too: `Held.holds(now)` decides), and whether a code is asked."""

    fields: tuple[str, ...]
    row: tuple[Any, ...]
    duties: tuple[Held, ...]
    has_second_factor: bool

    @property
    def person(self) -> Person:
        """A fresh instance for each caller, so that no request changes another's."""
        person = Person.from_db("default", self.fields, self.row)
        person.remembered_duties = self.duties
        return person


@dataclass(frozen=True, slots=True)
class KnownDevice:
    """A device as a request needs it."""

    code: str
    person_id: int
    kind: DeviceKind
    token_digest: bytes | None
    last_seen_at: Instant
    revoked_at: Instant | None


class Memory(Generic[_Kept]):
    """Rows by number, each for `FRESH_S` at most. A load that overlaps a change is used once and not kept.

    Some for half of that: what a change of shift reads at one moment must not be read again at one moment.
    """

    def __init__(self, load: Callable[[int], _Kept | None], age: Callable[[], float] = time.monotonic) -> None:
        self._load = load
        self._age = age  # of a copy, which no demo clock may stretch
        self._kept: dict[int, tuple[float, _Kept | None]] = {}
        self._changes = 0
        self._lock = Lock()

    def get(self, number: int) -> _Kept | None:
        kept, now = self._kept.get(number), self._age()
        if kept is not None and now - kept[0] < FRESH_S * (1 - number % 32 / 64):
            return kept[1]
        changes = self._changes
        loaded = self._load(number)
        with self._lock:
            if changes == self._changes:
                if len(self._kept) >= _MOST_KEPT:
                    self._kept.clear()
                self._kept[number] = (now, loaded)
        return loaded

    def forget(self, number: int) -> None:
        with self._lock:
            self._changes += 1
            self._kept.pop(number, None)


def _load_standing(number: int) -> Standing | None:
    fields = tuple(field.attname for field in Person._meta.concrete_fields)
    row = Person.objects.filter(pk=number).values_list(*fields).first()
    if row is None:
        return None
    return Standing(
        fields=fields,
        row=tuple(row),
        duties=tuple(duty.held for duty in Duty.objects.filter(person_id=number)),
        has_second_factor=Authenticator.objects.filter(user_id=number, type=Authenticator.Type.TOTP).exists(),
    )


def _load_device(number: int) -> KnownDevice | None:
    device = Device.objects.filter(pk=number).first()
    if device is None:
        return None
    return KnownDevice(
        code=device.code,
        person_id=device.person_id,
        kind=DeviceKind(device.kind),
        token_digest=None if device.token_digest is None else bytes(device.token_digest),
        last_seen_at=device.last_seen_at,
        revoked_at=device.revoked_at,
    )


_people = Memory(_load_standing)
_devices = Memory(_load_device)


def standing_of(person_id: int) -> Standing | None:
    """The standing of a person, or None for a number nobody has."""
    return _people.get(person_id)


def device_numbered(number: int) -> KnownDevice | None:
    """The device `d<number>`, revoked ones included, or None."""
    return _devices.get(number)


def forget_person(person_id: int) -> None:
    """Read anew: at once for this transaction, and again once others can see what it changed."""
    _people.forget(person_id)
    transaction.on_commit(lambda: _people.forget(person_id))


def forget_device(number: int) -> None:
    """As `forget_person`, for a device."""
    _devices.forget(number)
    transaction.on_commit(lambda: _devices.forget(number))


def _changed(sender: type[Model], instance: Any, **_signal: object) -> None:
    if sender is Device:
        forget_device(instance.pk)
    elif sender is Person:
        forget_person(instance.pk)
    else:
        forget_person(instance.person_id if sender is Duty else instance.user_id)


def connect() -> None:
    """Start-up only: rows changed by anyone (services, sign-in forms, second factor) are forgotten."""
    for model in (Person, Duty, Device, Authenticator):
        post_save.connect(_changed, sender=model, dispatch_uid=f"standing-saved-{model.__name__}")
        post_delete.connect(_changed, sender=model, dispatch_uid=f"standing-deleted-{model.__name__}")
