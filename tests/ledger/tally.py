"""A small area for the storage suites: a counter that can't go below zero, and named shelves."""

from collections.abc import Iterable

from msgspec import Struct

from awas.ledger.area import Area, Elsewhere, Items, Refused, Stamp


class Added(Struct, frozen=True, kw_only=True, tag="tally.added@1", tag_field="kind", forbid_unknown_fields=True):
    shelf: str
    count: int
    notes: tuple[str, ...] = ()


class Add(Struct, frozen=True, kw_only=True):
    shelf: str
    count: int
    notes: tuple[str, ...] = ()
    twice_at: str = ""


class Tally(Struct, frozen=True, kw_only=True):
    total: int = 0


class Shelf(Struct, frozen=True, kw_only=True):
    key: str
    place: str
    total: int
    notes: tuple[str, ...]
    last: int | None
    empty: bool


def decide(state: Tally, items: Items, stamp: Stamp, command: Add) -> list[Added | Elsewhere]:
    if command.shelf == "bug":
        raise ZeroDivisionError("a bug in an area")
    if state.total + command.count < 0:
        raise Refused("below_zero", total=state.total)
    added = Added(shelf=command.shelf, count=command.count, notes=command.notes)
    if command.twice_at:
        return [added, Elsewhere(place=command.twice_at, event=added)]
    return [added]


def fold(state: Tally, stamp: Stamp, event: Added) -> Tally:
    return Tally(total=state.total + event.count)


def fold_items(items: Items, stamp: Stamp, event: Added) -> None:
    shelf = items.get("shelf", event.shelf)
    total = (shelf.total if shelf else 0) + event.count
    items.put(
        "shelf",
        event.shelf,
        Shelf(
            key=event.shelf, place=stamp.place, total=total, notes=event.notes, last=stamp.recorded_at, empty=total == 0
        ),
    )


def needs(command: Add) -> Iterable[tuple[str, str]]:
    yield "shelf", command.shelf


AREA = Area(
    name="tally",
    events=(Added,),
    commands=(Add,),
    state=Tally,
    items={"shelf": Shelf},
    needs=needs,
    decide=decide,
    fold=fold,
    fold_items=fold_items,
)
