"""What every area's commands and events share: their base, how they were captured, and validation.

Pure. It must never know an area, read a clock or hold a person's data.
"""

from collections.abc import Callable, Iterable
from typing import Annotated, Any

import msgspec
from msgspec import Meta, Struct

from awas.ledger.area import Instant, Refused, Stamp

ONE_LINE = (
    r"\A[^\x00-\x1f\x7f-\x9f\xad\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u180e\u200b-\u200f\u2028-\u202e"
    r"\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb\U000110bd\U000110cd\U00013430-\U0001343f\U0001bca0-\U0001bca3"
    r"\U0001d173-\U0001d17a\U000e0001\U000e0020-\U000e007f\ud800-\udfff]*\Z"
)
"""One line of what can be seen: no control or format character and no separator of lines or paragraphs (Unicode Cc, Cf,
Zl, Zp), since one that turns the writing around shows another number than the one on record; no lone surrogate, which
canonical JSON can't hold. Only what comes in is held to it: an event takes any text that once stood in a command.
"""

# Patterns end in `\Z` everywhere: `$` would also take a text with a newline at its end, a second spelling of one code.
# It isn't ECMA: whoever publishes a JSON schema of these types writes `^` and `$` there again.

Label = Annotated[str, Meta(max_length=120, pattern=ONE_LINE)]
"""A plain name or number of a thing or an institution: never a person's."""
Code = Annotated[str, Meta(max_length=48, pattern=r"\A[A-Za-z0-9_.:\-]*\Z")]
"""A short stable code: a gate, a checkpoint, a camera, a ballot kind, an actor."""
Key = Annotated[str, Meta(max_length=64, pattern=r"\A[0-9A-Za-z.\-]{2,20}/[0-9A-Za-z_.:\-]{1,43}\Z")]
"""The name of a thing in the record: the code it was born under, a slash, and a name unique there."""
KeyOrNone = Annotated[str, Meta(max_length=64, pattern=r"\A(?:[0-9A-Za-z.\-]{2,20}/[0-9A-Za-z_.:\-]{1,43})?\Z")]
"""A key, or the empty string for none."""
PlaceOrNone = Annotated[str, Meta(max_length=20, pattern=r"\A[0-9A-Za-z.\-]*\Z")]
Blob = Annotated[str, Meta(pattern=r"\A(?:[0-9a-f]{64})?\Z")]
"""Evidence by its SHA-256, lower-case hex; empty for none."""
Blobs = Annotated[tuple[Blob, ...], Meta(max_length=12)]
Count = Annotated[int, Meta(ge=0, le=100_000_000)]
When = Annotated[Instant, Meta(ge=0, le=1 << 47)]
"""An instant in a command; 0 for none."""

Skew = Annotated[int, Meta(ge=-(1 << 47), le=1 << 47)]

CLOCK_NOISE = 60_000
DISTANCE_NOISE_M = 100
"""Below these a capture is not worth keeping; how much is too much is each rule's own threshold."""


class Capture(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True, gc=False):
    """How a fact was captured, or what it was read from. It flags, it never refuses.

    `clock_skew_ms` is device minus server; `distance_m` from the site, None without a fix; `wall_at`, `monotonic_ms`
    and `boot` are the phone's three clocks, so that a clock set back during a shift can be shown later. `document` is
    the SHA-256 of the sheet or EPCIS document that it came out of; the server alone says it.
    """

    clock_skew_ms: Skew = 0
    distance_m: Count | None = None
    accuracy_m: Count | None = None
    imported_photo: bool = False
    simulated_location: bool = False
    wall_at: When = 0
    monotonic_ms: When = 0
    boot: Code = ""
    document: Blob = ""


class Command(
    Struct, frozen=True, kw_only=True, tag_field="kind", omit_defaults=True, forbid_unknown_fields=True, gc=False
):
    """Something a person asks the record to take. Personal values in it are already sealed."""

    capture: Capture | None = None


class Event(
    Struct, frozen=True, kw_only=True, tag_field="kind", omit_defaults=True, forbid_unknown_fields=True, gc=False
):
    """Something that happened. A default once published never changes: entries leave default values out."""

    capture: Capture | None = None


def moment(stamp: Stamp) -> Instant:
    """When it happened, for reckoning. A device's clock may run ahead; nothing happened after it was recorded."""
    return stamp.occurred_at if stamp.occurred_at < stamp.recorded_at else stamp.recorded_at


def notable(capture: Capture | None, stamp: Stamp) -> Capture | None:
    """The capture if something in it is worth keeping. A time in the future is a skewed clock, whatever the device
    says."""
    ahead_ms = min(stamp.occurred_at - stamp.recorded_at, 1 << 47)
    if capture is None:
        return Capture(clock_skew_ms=ahead_ms) if ahead_ms > CLOCK_NOISE else None
    if ahead_ms > max(capture.clock_skew_ms, CLOCK_NOISE):
        return msgspec.structs.replace(capture, clock_skew_ms=ahead_ms)
    if (
        abs(capture.clock_skew_ms) > CLOCK_NOISE
        or (capture.distance_m or 0) > DISTANCE_NOISE_M
        or capture.imported_photo
        or capture.simulated_location
        or capture.document
    ):
        return capture
    return None


_COMPLAINTS = (
    ("matching regex", "text_not_allowed"),
    ("enum value", "code_unknown"),
    ("of length", "length_out_of_range"),
    (">=", "number_out_of_range"),
    ("<=", "number_out_of_range"),
    ("required field", "field_missing"),
)

VALIDATION_CODES = frozenset(code for _, code in _COMPLAINTS) | {"field_wrong_type"}


def require_valid(command: Struct) -> None:
    """Refuse a command whose fields break their declared types, lengths or ranges; `field` names the first.

    Constructing a struct checks nothing, so every `decide` begins with this: whoever built the command, a form, the
    offline outbox, an importer or the simulator, the same limits hold.
    """
    try:
        msgspec.convert(msgspec.to_builtins(command), type(command))
    except msgspec.ValidationError as error:
        raise refusal_of(error) from None


def refusal_of(error: msgspec.ValidationError) -> Refused:
    """What a value outside its declared type, length or range is refused with; `field` names it."""
    why, _, path = str(error).partition(" - at `$")
    field = path.strip(".`")
    if "required field" in why:
        field = f"{field}.{why.split('`')[1]}".strip(".")
    for mark, code in _COMPLAINTS:
        if mark in why:
            return Refused(code, field=field, why=why)
    return Refused("field_wrong_type", field=field, why=why)


def sound_needs(need: Callable[[Any], Iterable[tuple[str, str]]], command: Any) -> tuple[tuple[str, str], ...]:
    """The keys a command needs, as far as they can be keys at all.

    Needs are gathered for a whole group before any command of it is checked: one that carries nonsense must be refused
    by its own `decide`, not stop its neighbours in the database.
    """
    try:
        wanted = tuple(need(command))
    except (AttributeError, TypeError, ValueError):
        return ()
    for _, key in wanted:
        if type(key) is not str or not key.isascii() or not key.isprintable():
            return ()
    return wanted


def twice(values: Iterable[str]) -> str:
    """The first value that occurs a second time, or an empty string."""
    seen: set[str] = set()
    for value in values:
        if value in seen:
            return value
        seen.add(value)
    return ""
