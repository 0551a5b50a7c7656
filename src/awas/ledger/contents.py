"""Whether the bodies of a log's entries are what docs/ledger-format.md says, one after the other.

Half of the audit (`awas.ledger.verify`), apart because it is the loop that decides how long an audit takes. What it
lets through is right: a body is accepted at speed only if a typed decoder took it and a sorting encoder gave the same
bytes back, which for ASCII text is JCS (a test holds that encoder against RFC 8785). Everything else is read again,
slowly, by `awas.ledger.canonical`, which has the last word.
"""

import re
from collections.abc import Callable, Sequence
from typing import Annotated, Any

import msgspec
from msgspec import Meta, Struct

from awas.ledger.canonical import MAX_BYTES, NotCanonical, require_canonical

Wrong = Callable[[int | None, str, str], None]
"""Told of each problem: index, code, detail."""

_Int = Annotated[int, Meta(ge=-(2**53 - 1), le=2**53 - 1)]
_Scalar = _Int | str | bool | None
_Inner = _Scalar | list[_Scalar] | dict[str, _Scalar]
_Value = _Scalar | list[_Inner] | dict[str, _Inner]
_KIND = re.compile(r"[a-z][a-z_]*\.[a-z][a-z_]*@[1-9][0-9]*")
_NO_PART = 1 << 60
"""Stands for the part before the first of a device that was not seen yet: nothing follows it."""


class _Envelope(Struct, frozen=True, forbid_unknown_fields=True, gc=False):
    """The fields of an entry. Data nested deeper than events of today are is read slowly, not refused."""

    actor: str
    data: dict[str, _Value]
    device: str
    kind: str
    log: str
    occurred_at: _Int
    part: _Int
    place: str
    recorded_at: _Int
    seq: _Int
    v: _Int


_decode = msgspec.json.Decoder(_Envelope).decode
_encode = msgspec.json.Encoder(order="sorted").encode
_TYPES = {name: dict if name == "data" else str for name in _Envelope.__struct_fields__} | dict.fromkeys(
    ("occurred_at", "part", "recorded_at", "seq", "v"), int
)


class Contents:
    """The entries of one log, given in order."""

    def __init__(self, origin: str, wrong: Wrong) -> None:
        self._origin, self._wrong = origin, wrong
        self._recorded_at = 0
        self._devices: dict[str, tuple[int, int]] = {}
        self._kinds: set[str] = set()

    def check(self, first: int, bodies: Sequence[bytes]) -> None:
        """Reads the bodies of entries `first` and following."""
        origin, wrong, kinds, devices = self._origin, self._wrong, self._kinds, self._devices
        recorded_before = self._recorded_at
        for index, body in enumerate(bodies, first):
            try:
                entry = _decode(body)
                plain = _encode(entry) == body and body.isascii() and len(body) <= MAX_BYTES
            except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
                plain = False
            if not plain:
                slowly = self._read(index, body)
                if slowly is None:
                    continue
                entry = slowly
            if entry.log != origin or entry.v != 1 or (entry.kind not in kinds and not self._is_kind(entry.kind)):
                wrong(index, "envelope", f"log {entry.log!r}, version {entry.v}, kind {entry.kind!r}")
            recorded_at = entry.recorded_at
            if recorded_at < recorded_before:
                wrong(index, "recorded_backwards", f"{recorded_at} after {recorded_before}")
            else:
                recorded_before = recorded_at
            device, seq, part = entry.device, entry.seq, entry.part
            last_seq, last_part = devices.get(device, (0, _NO_PART))
            # Either the next act of the device, from its part 0, or the next part of the same act.
            if (part or seq != last_seq + 1) and (seq != last_seq or part != last_part + 1):
                after = "nothing" if last_part == _NO_PART else f"{last_seq}.{last_part}"
                wrong(index, "device_sequence", f"{seq}.{part} of device {device!r} follows {after}")
            devices[device] = seq, part
        self._recorded_at = recorded_before

    def _read(self, index: int, body: bytes) -> _Envelope | None:
        """The slow, exact reading. Says what is wrong, or returns the entry after all."""
        try:
            value = require_canonical(body)
        except NotCanonical as error:
            self._wrong(index, "not_canonical", error.reason)
            return None
        if type(value) is not dict or {name: type(one) for name, one in value.items()} != _TYPES:
            self._wrong(index, "envelope", _misfit(value))
            return None
        return _Envelope(**value)

    def _is_kind(self, kind: str) -> bool:
        if _KIND.fullmatch(kind) is None:
            return False
        self._kinds.add(kind)
        return True


def _misfit(value: Any) -> str:
    """What is wrong with the fields of an entry, in words."""
    if type(value) is not dict:
        return "not an object"
    missing = [name for name in _TYPES if name not in value]
    unknown = [name for name in value if name not in _TYPES]
    odd = [name for name, due in _TYPES.items() if name in value and type(value[name]) is not due]
    return f"missing {missing}, unknown {unknown}, of another type {odd}"
