"""How entries are told to people: one sentence each, with a mark, a level and short chips.

Each room tells its own events by a table from event type to teller; what they share stands here, because whether a
name may be read is a question of access. A sentence is plain text: what people typed is never markup. Nothing here
reads a clock; names come from the vault only for those who may see them.
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, Protocol

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext
from msgspec import Struct
from msgspec.structs import replace

from awas.access.services import actor_names
from awas.ledger import vault
from awas.ledger.area import MINUTE, Instant, Sealed, Stamp
from awas.ledger.message import Capture
from awas.ledger.naming import name_of
from awas.ledger.services import Line
from awas.places.codes import is_region, is_site, is_station, zone_of
from awas.places.services import names_of
from awas.ui import formats

DISTANCE_TOLD_M = 100
"""From here on a distance from the site is told; which distance warns is a rule's own threshold."""

_ACTOR = re.compile(r"p\d{1,18}", re.ASCII)
_KEY = re.compile(r"[0-9A-Za-z.\-]{2,20}/[0-9A-Za-z_.:\-]{1,43}", re.ASCII)


class Told(Struct, frozen=True, kw_only=True):
    """One entry in words. `icon` is a name in icons.svg; `level` is empty unless the fact alarms by itself.

    `photos` are the SHA-256 of its evidence; `subject` is the key of the thing it is about.
    """

    text: str
    icon: str = "dot"
    level: str = ""
    flags: tuple[str, ...] = ()
    photos: tuple[str, ...] = ()
    subject: str = ""


class Names(Protocol):
    """What a sentence needs to know that doesn't stand in the entry."""

    def person(self, sealed: Sealed | None, ref: str = "") -> str:
        """The name behind a commitment, or behind the key of a thing (a visit) that names the person."""

    def actor(self, code: str) -> str:
        """An officer by code."""

    def site(self, code: str) -> str:
        """A place by code: a site, a region or a station."""

    def thing(self, key: str) -> str:
        """What people call a thing of the record: the number of its letter, the number on a seal, a kit's station."""


Teller = Callable[[Any, Stamp, Names], Told]
"""(event, its stamp, names) -> the entry in words."""

Tellers = Mapping[type[Any], Teller]
"""The teller of each type of event."""


def hidden() -> str:
    """What stands for a name that this reader may not see, or that was erased."""
    return gettext("(name hidden)")


class NamesOf:
    """The names a page of entries needs, each kind fetched in one query.

    `known_by` finds more: (keys of things) -> (vault references by key, what people call things by key).
    """

    def __init__(
        self,
        lines: Sequence[Line],
        may_see_names: bool,
        known_by: Callable[[Collection[str]], tuple[Mapping[str, str], Mapping[str, str]]] = lambda keys: ({}, {}),
    ) -> None:
        refs: set[str] = set()
        texts: set[str] = set()
        for line in lines:
            texts |= {line.entry.actor, line.entry.place}
            for value in _values(line.event):
                if isinstance(value, Sealed):
                    refs.add(value.ref)
                else:
                    # A fact of a warning may name the first of several places: `36.02.05.2001-002 +3`.
                    texts |= {value, value.partition(" +")[0]}
        keys = {text for text in texts if _KEY.fullmatch(text)}
        self._refs, self._things = known_by(keys) if keys else ({}, {})
        refs |= set(self._refs.values())
        refs.discard("")
        self._people = vault.values(refs) if may_see_names and refs else {}
        actors = {text for text in texts if _ACTOR.fullmatch(text)}
        self._actors = actor_names(actors) if actors else {}
        places = {text for text in texts if is_site(text) or is_region(text)}
        self._places = names_of(places) if places else {}
        self._stations = {text for text in texts if is_station(text)}

    def person(self, sealed: Sealed | None, ref: str = "") -> str:
        wanted = sealed.ref if sealed is not None else self._refs.get(ref, ref)
        return self._people.get(wanted) or hidden()

    def actor(self, code: str) -> str:
        return gettext("Rules of the watch") if code == "judge" else self._actors.get(code, code)

    def site(self, code: str) -> str:
        return self._places.get(code) or self._named_stations.get(code, code)

    def thing(self, key: str) -> str:
        return self._things.get(key) or self._named_stations.get(key) or name_of(key)

    @cached_property
    def _named_stations(self) -> Mapping[str, str]:
        """Asked for when the first is: an entry may carry hundreds of stations, and few sentences name one."""
        return names_of(self._stations) if self._stations else {}


def _values(value: Any) -> Iterator[Sealed | str]:
    """Every text and commitment in an event, at any depth."""
    if isinstance(value, Sealed):
        yield value
    elif isinstance(value, str):
        if value:
            yield value
    elif isinstance(value, Struct):
        for name in value.__struct_fields__:
            yield from _values(getattr(value, name))
    elif isinstance(value, tuple):
        for one in value:
            yield from _values(one)


# ---------------------------------------------------------------- words


def language() -> str:
    """The reader's language."""
    return get_language() or "id"


def word(words: Mapping[str, str | Promise], code: str) -> str:
    """A code in words; one that has none stands for itself."""
    return str(words.get(code, code))


def listed(*parts: str | Promise) -> str:
    """The parts that aren't empty, with commas."""
    return ", ".join(str(part) for part in parts if part)


def who(name: str, *what: str | Promise) -> str:
    """A person with what is known of them; where the name is hidden, only that."""
    particulars = listed(*what)
    if not particulars:
        return name
    if name == hidden():
        return particulars
    return gettext("%(name)s (%(what)s)") % {"name": name, "what": particulars}


def count(n: int) -> str:
    """A number as people write it."""
    return formats.number(n, language())


def span(ms: int) -> str:
    """A length of time."""
    return formats.duration(ms, language())


def moment(at: Instant, stamp: Stamp) -> str:
    """An instant at the clock of the entry's place."""
    return formats.moment(at, zone_of(stamp.place), language())


def chips(*pairs: tuple[object, str]) -> tuple[str, ...]:
    """The chips whose condition holds."""
    return tuple(text for holds, text in pairs if holds)


# ---------------------------------------------------------------- telling


def tell(tellers: Tellers, line: Line, names: Names) -> Told:
    """One entry by the tables of the rooms, with what is noted of how it was captured.

    An event nobody tells (of an area taken out of use) stands by its kind: a line of the log is never left out.
    """
    stamp, event = line.entry.stamp, line.event
    teller = tellers.get(type(event))
    told = Told(text=line.entry.kind) if teller is None else teller(event, stamp, names)
    noted = captured(getattr(event, "capture", None))
    return replace(told, flags=told.flags + noted) if noted else told


def captured(capture: Capture | None) -> tuple[str, ...]:
    """How an entry was captured, as far as it is worth a chip."""
    if capture is None:
        return ()
    # Rounded towards zero: a clock is never made to look worse than it was.
    minutes = int(capture.clock_skew_ms / MINUTE)
    return chips(
        (minutes, gettext("clock %(minutes)+d min") % {"minutes": minutes}),
        (
            (capture.distance_m or 0) > DISTANCE_TOLD_M,
            gettext("%(metres)s m from the site") % {"metres": count(capture.distance_m or 0)},
        ),
        (capture.imported_photo, gettext("imported photo")),
        (capture.simulated_location, gettext("simulated location")),
    )


LATE = 10 * MINUTE
"""An entry that reached the record this long after it happened is marked."""


def rows(
    lines: Iterable[Line],
    tellers: Tellers,
    names: Names,
    url_of: Callable[[Line], str],
    corrections: Mapping[int, int],
) -> list[dict[str, Any]]:
    """Entries as the template ui/entry.html wants them, in the order given.

    `corrections` gives, by the index of an entry, the index of the one that corrects it.
    """
    return [_row(line, tell(tellers, line, names), names, url_of, corrections) for line in lines]


def _row(
    line: Line, told: Told, names: Names, url_of: Callable[[Line], str], corrections: Mapping[int, int]
) -> dict[str, Any]:
    def other(index: int) -> dict[str, Any]:
        return {"index": index, "url": url_of(replace(line, index=index))}

    entry = line.entry
    behind = entry.recorded_at - entry.occurred_at
    corrected_by = corrections.get(line.index)
    corrects: int | None = getattr(line.event, "entry_index", None)
    late = chips((behind >= LATE, gettext("logged %(span)s later") % {"span": span(behind)}))
    return {
        "index": line.index,
        # A device's clock may run ahead; nothing happened after it was recorded.
        "at": min(entry.occurred_at, entry.recorded_at),
        "icon": told.icon,
        "text": told.text,
        "by": names.actor(entry.actor),
        "url": url_of(line),
        "level": told.level,
        "flags": [*told.flags, *late],
        "photo_count": len(told.photos),
        "late": bool(late),
        "corrected_by": None if corrected_by is None else other(corrected_by),
        "corrects": None if corrects is None else other(corrects),
        "place_name": "",
    }
