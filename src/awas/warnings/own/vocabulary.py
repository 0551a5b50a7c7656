"""What own rules may speak of: the kinds of entries of the wired areas, and what each of their fields holds. Pure."""

import re
import types
from collections.abc import Iterable, Mapping
from typing import Any, Literal, NamedTuple, Union, get_args, get_origin, get_type_hints

from msgspec import Struct

from awas.ledger.area import Area, Sealed

Holds = Literal["text", "whole", "yes_no", "instant", "duration", "many"]
"""What a field is: a text, a whole number, yes or no, a moment, a length of time, or more than one thing."""

_PERSONAL = re.compile(r"\A(?:person|leader|holder_code|access_id|by|photo|capture|actor|.*_by|.*person.*|.*people)\Z")
"""Fields that hold people's codes, or a key made of one, by the names that events have for them."""


class Field(NamedTuple):
    """One field of an event. `choices` are its values where they are a closed list."""

    name: str
    holds: Holds
    personal: bool = False
    choices: tuple[str, ...] = ()

    @property
    def is_key(self) -> bool:
        """Whether it may tell warnings apart."""
        return not self.personal and self.holds in ("text", "whole", "yes_no")


class Kind(NamedTuple):
    """One kind of entry."""

    name: str
    event: type[Struct]
    fields: Mapping[str, Field]


class Vocabulary:
    """The kinds of entries by name: their tags without the version, of which the newest counts."""

    def __init__(self, areas: Iterable[Area]) -> None:
        self.kinds: dict[str, Kind] = {}
        for area in areas:
            for event in area.events:
                name = str(event.__struct_config__.tag).partition("@")[0]
                hints = get_type_hints(event)
                fields = {one: _field(one, hints[one]) for one in event.__struct_fields__}
                self.kinds[name] = Kind(name, event, fields)


def _field(name: str, hint: Any) -> Field:
    hint = _without_none(hint)
    if get_origin(hint) is Literal:
        return Field(name, "text", choices=tuple(str(one) for one in get_args(hint)))
    if hint is bool:
        return Field(name, "yes_no")
    if hint is int:
        if name.endswith("_at"):
            return Field(name, "instant")
        return Field(name, "duration" if name.endswith("_ms") else "whole")
    personal = hint is Sealed or bool(_PERSONAL.match(name))
    return Field(name, "text" if hint is str else "many", personal)


def _without_none(hint: Any) -> Any:
    if get_origin(hint) not in (Union, types.UnionType):
        return hint
    left = [one for one in get_args(hint) if one is not type(None)]
    return left[0] if len(left) == 1 else object
