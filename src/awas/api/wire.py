"""What a phone sends: numbered items, each a command whose personal words are plain text until they are sealed here.

The shape of each kind's `data` is made from its command, so that a new command needs no second description. What the
server knows better (who is on duty, the summary of a hand-over, a proof of presence) is left out and can't be sent.
Reads bytes, decides nothing, touches neither database nor request.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Annotated, Any, get_args, get_type_hints

import msgspec
from msgspec import Meta, Raw, Struct

from awas.ledger.area import Refused, Sealed
from awas.ledger.message import Capture, When, refusal_of

MOST_ITEMS = 500
MOST_BYTES = 1_000_000

Words = Annotated[str, Meta(min_length=1, max_length=2000, pattern=r"\A[^\x00]*\Z")]
"""A person's own words, or a name, on their way into the vault. JSON has no lone surrogates; NUL no database takes."""


class Item(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One fact of the phone's outbox. `seq` is gapless per device and log; `kind` the tag of a command."""

    seq: Annotated[int, Meta(ge=1, le=1 << 52)]
    occurred_at: When
    kind: str
    data: Raw
    capture: Capture | None = None


class Numbered(Struct):
    """What is left of an item that can't be read: its number, so that the answer can name it."""

    seq: int | None = None


_item = msgspec.json.Decoder(Item)
_numbered = msgspec.json.Decoder(Numbered)
_array = msgspec.json.Decoder(list[Raw])

_BROKEN = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)
"""What reading JSON raises of bytes that aren't what they should be; the last of brackets nested without end."""

Unreadable = tuple[int | None, Refused]
"""(seq if it could be read, why the item was refused)."""


def items(body: bytes) -> list[Item | Unreadable]:
    """The items of a JSON array or of lines of JSON (NDJSON), each read by itself.

    A broken line costs only itself; a broken array costs the whole body, of which nothing is recorded then.
    Raises `Refused`.
    """
    raws = _raws(body)
    if not raws:
        raise Refused("api.empty")
    if len(raws) > MOST_ITEMS:
        raise Refused("api.too_many_items", most=MOST_ITEMS, got=len(raws))
    return [_read(raw) for raw in raws]


def _raws(body: bytes) -> list[bytes]:
    stripped = body.strip()
    if not stripped.startswith(b"["):
        return [line for line in stripped.split(b"\n") if line.strip()]
    try:
        return [bytes(raw) for raw in _array.decode(stripped)]
    except _BROKEN as error:
        raise Refused("api.not_json", why=str(error)) from error


def _read(raw: bytes) -> Item | Unreadable:
    try:
        return _item.decode(raw)
    except _BROKEN as error:
        return _seq_of(raw), unreadable(error)


def _seq_of(raw: bytes) -> int | None:
    try:
        return _numbered.decode(raw).seq
    except _BROKEN:
        return None


def unreadable(error: Exception) -> Refused:
    """The refusal for a part of an item that isn't what it should be."""
    if isinstance(error, msgspec.ValidationError):
        return refusal_of(error)
    return Refused("api.item_not_json", why=str(error))


class Plain:
    """How the data of one kind is sent: the command with text for every `Sealed`, without what the server fills in."""

    def __init__(
        self, command: type[Struct], withheld: Iterable[str] = (), more: Mapping[str, Any] | None = None
    ) -> None:
        self.kind = str(command.__struct_config__.tag)
        self.sealed: tuple[str, ...] = ()
        self.struct = msgspec.defstruct(
            command.__name__,
            [*self._fields(command, {"capture", *withheld}), *((n, t | None, None) for n, t in (more or {}).items())],
            kw_only=True,
            forbid_unknown_fields=True,
        )
        self._decoder = msgspec.json.Decoder(self.struct)

    def _fields(self, command: type[Struct], left_out: set[str]) -> Iterator[Any]:
        hints = get_type_hints(command, include_extras=True)
        for field in msgspec.structs.fields(command):
            if field.name in left_out:
                continue
            wanted = hints[field.name]
            if wanted is Sealed or Sealed in get_args(wanted):
                self.sealed += (field.name,)
                wanted = Words if field.required else Words | None
            if field.required:
                yield field.name, wanted
            else:
                yield field.name, wanted, field.default

    def read(self, data: Raw) -> dict[str, Any]:
        """The fields of one item. Raises `Refused` naming the first wrong one."""
        try:
            return msgspec.structs.asdict(self._decoder.decode(data))
        except _BROKEN as error:
            raise unreadable(error) from error
