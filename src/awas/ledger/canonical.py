"""The one way in which a value is written as the bytes of an entry: JSON under a profile of RFC 8785 (JCS).

Two programs that hold the same value must produce the same bytes, or nobody could recompute a leaf. Inside the profile
(ASCII keys, integers below 2**53, no floating point) the output of orjson with sorted keys is exactly JCS, which a test
holds against a slow writer of RFC 8785. This module must never repair a value so that it fits: it says no.
"""

from typing import Any

import orjson

MAX_BYTES = 65_535
"""An entry bundle of C2SP tlog-tiles gives the length of an entry in sixteen bits."""

# STRICT_INTEGER refuses |n| >= 2**53; the PASSTHROUGH options keep orjson from turning dates and dataclasses into text.
_OPTIONS = (
    orjson.OPT_SORT_KEYS
    | orjson.OPT_STRICT_INTEGER
    | orjson.OPT_PASSTHROUGH_SUBCLASS
    | orjson.OPT_PASSTHROUGH_DATETIME
    | orjson.OPT_PASSTHROUGH_DATACLASS
)
_SCALARS = frozenset((str, int, bool, type(None)))

Value = Any
"""str, int with |n| < 2**53, bool, None, and lists, tuples and dicts (ASCII keys) of those, nested below 255 deep."""


class NotCanonical(ValueError):  # noqa: N818 - the finding, not the fault
    """A value outside the profile, or bytes that aren't the canonical form of their value. `reason` says which."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def encode(value: Value) -> bytes:
    """The canonical bytes of `value`, at most `MAX_BYTES`. Raises `NotCanonical`."""
    try:
        body = orjson.dumps(value, option=_OPTIONS)
    except (TypeError, RecursionError) as error:
        raise NotCanonical(str(error)) from error
    # orjson has refused wide integers, lone surrogates and keys that aren't text, and bounded the depth; it takes
    # floats, UUIDs, enums, raw fragments and non-ASCII keys, so the types are looked at as well.
    require_profile(value)
    if len(body) > MAX_BYTES:
        raise NotCanonical(f"{len(body)} bytes are more than an entry can hold ({MAX_BYTES})")
    return body


def decode(body: bytes) -> Value:
    """The value in `body`. Raises `NotCanonical` if it isn't JSON; whether it is canonical is not checked here."""
    try:
        return orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise NotCanonical(f"not JSON: {error}") from error


def require_canonical(body: bytes) -> Value:
    """The value of `body`, which is exactly the canonical form of it. Raises `NotCanonical`."""
    value = decode(body)
    if encode(value) != body:
        raise NotCanonical("these bytes are not the canonical form of their value")
    return value


def require_profile(value: Value) -> None:
    """Looks at the types within `value` and at its keys. Depth must be bounded already. Raises `NotCanonical`."""
    kind = type(value)
    if kind is dict:
        for key, inner in value.items():
            if not key.isascii():
                raise NotCanonical(f"the key {key!r} is not ASCII")
            if type(inner) not in _SCALARS:
                require_profile(inner)
    elif kind is list or kind is tuple:
        for inner in value:
            if type(inner) not in _SCALARS:
                require_profile(inner)
    elif kind not in _SCALARS:
        raise NotCanonical(f"{kind.__name__} has no place in an entry")
