"""What is in a station's kit after packing, and what it still lacks. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple, get_args

from msgspec.structs import replace

from awas.ledger.area import Items, Stamp
from awas.ledger.message import moment
from awas.logistics.items import Kit
from awas.logistics.keys import kit_key, log_of
from awas.logistics.lines import Line, StationNeed, TallyLine, line_key
from awas.warehouse.codes import ItemKind

_EQUIPMENT = frozenset(get_args(ItemKind))


class Wanted(NamedTuple):
    """What kits need beyond what their lines say: of ballots for each station, of equipment for every one."""

    ballots: Sequence[StationNeed] = ()
    equipment: Sequence[Line] = ()

    def of(self, station: str) -> Mapping[str, int]:
        """Units by kind of ballot or thing."""
        found: dict[str, int] = {one.item: one.units for one in self.equipment}
        for one in self.ballots:
            if one.station == station:
                found |= dict(zip(one.ballots, one.units, strict=True))
        return found


def pack(items: Items, stamp: Stamp, lines: Sequence[TallyLine], sign: int, wanted: Wanted) -> None:
    """Puts what was put in into the kits of its stations."""
    for station in dict.fromkeys(line.station for line in lines if line.station):
        own = [line for line in lines if line.station == station]
        kit = packed(items, stamp, station, own, sign, wanted)
        items.put("kit", kit.key, kit)


def packed(
    items: Items,
    stamp: Stamp,
    station: str,
    lines: Iterable[TallyLine],
    sign: int,
    wanted: Wanted,
) -> Kit:
    """A station's kit after these lines, as put in; with a negative sign, as if they had never been.

    A kit whose ballots nobody knows the need of isn't complete, whatever else is in it.
    """
    key = kit_key(station)
    kit: Kit = items.get("kit", key) or Kit(
        key=key, log=log_of(stamp.place), place=stamp.place, station=station, state="packing", contents={}, needs={}
    )
    contents, checked, unlike = dict(kit.contents), dict(kit.checked), set(kit.unlike)
    needs = {**kit.needs, **wanted.of(station)}
    for line in lines:
        thing = line_key(line.item, line.ballot, line.dapil)
        _add(contents, thing, sign * line.passed)
        _add(checked, line.item, sign * line.checked)
        if line.need >= 0:
            needs[line.ballot or line.item] = line.need
        if line.expected_dapil and line.dapil and line.dapil != line.expected_dapil:
            unlike = unlike | {thing} if thing in contents else unlike - {thing}
    inside = _inside(contents, checked, unlike)
    lacks = tuple(sorted(name for name, need in needs.items() if inside.get(name, 0) < need))
    complete = bool(needs.keys() - _EQUIPMENT) and not lacks and not unlike
    at = moment(stamp)
    return replace(
        kit,
        contents=contents,
        checked=checked,
        needs=needs,
        lacks=lacks,
        unlike=tuple(sorted(unlike)),
        complete=complete,
        state="packed" if complete else "packing",
        packed_at=kit.packed_at or (at if complete else 0),
        changed_at=at,
    )


def _add(held: dict[str, int], name: str, units: int) -> None:
    held[name] = held.get(name, 0) + units
    if not held[name]:
        del held[name]


def _inside(contents: Mapping[str, int], checked: Mapping[str, int], unlike: set[str]) -> Mapping[str, int]:
    """Units by kind of ballot or thing, without ballots of another constituency."""
    found = dict(checked)
    for thing, units in contents.items():
        item, ballot, _dapil = thing.split(".", 2)
        if thing not in unlike:
            found[ballot or item] = found.get(ballot or item, 0) + units
    return found
