"""Events of EPCIS that count things: received, sorted, folded, set aside, destroyed, found on a shelf. Pure.

Each function returns the acts of one event, or raises `Left` (no act for it) or `Refused` (wrong).
"""

from collections.abc import Iterable, Mapping

from msgspec import UNSET, Struct

from awas.logistics.codes import DifferenceReason
from awas.logistics.commands import RecordCount, Tally, VoidTally
from awas.logistics.epcis import names
from awas.logistics.epcis.acts import Act, Acts, Known, name_of, no_mapping, one_act, reason_of
from awas.logistics.epcis.facts import Facts, Left
from awas.logistics.epcis.names import Thing
from awas.logistics.keys import key_at
from awas.logistics.lines import Damage, Line, TallyLine
from awas.logistics.stages import STEPS

GOOD = frozenset({"", "conformant", "in_progress", "active", "available", "completeness_verified", "mismatch_quantity"})
BAD = frozenset({"damaged", "non_conformant"})
"""Dispositions of what was counted: passed on, or put aside as damaged."""

SHELVES: Mapping[str, str] = {
    "in_progress": "unsorted", "conformant": "good", "available": "good", "container_closed": "packed",
    "damaged": "damaged", "non_conformant": "damaged", "returned": "returned", "destroyed": "destroyed",
}  # fmt: skip


class Counts(Struct, frozen=True, kw_only=True):
    """What a tally's events say of each thing."""

    passed: Mapping[Thing, int]
    damaged: Mapping[Thing, int] = {}
    taken: Mapping[Thing, int] = {}
    usable: Mapping[Thing, int] = {}
    criteria: Mapping[Thing, tuple[Damage, ...]] = {}
    checked: Mapping[Thing, int] = {}


class Faulty(Struct, frozen=True, kw_only=True, rename="camel"):
    """How many of a class were put aside by one criterion."""

    epc_class: str
    criterion: str
    quantity: int


def criteria_of(facts: Facts) -> dict[Thing, tuple[Damage, ...]]:
    """`awas:damage`: the damaged by criteria."""
    found: dict[Thing, tuple[Damage, ...]] = {}
    for one in facts.ours("damage", tuple[Faulty, ...], ()):
        thing = names.thing_of(one.epc_class)
        if thing is None:
            raise Left("epcis.class_foreign", name=one.epc_class[:120])
        found[thing] = (*found.get(thing, ()), Damage(criterion=one.criterion, units=one.quantity))
    return found


def tally_of(facts: Facts, place: str, name: str, step: str, counts: Counts, *, station: str = "") -> Tally:
    """The tally that an event is. What isn't said to have been taken in hand was what came out."""
    if step not in STEPS:
        raise Left("epcis.step_unknown", step=step[:48])
    lines = []
    for thing in dict.fromkeys((*counts.taken, *counts.passed, *counts.damaged)):
        checked = counts.checked.get(thing, 0)
        passed, damaged = max(counts.passed.get(thing, 0) - checked, 0), counts.damaged.get(thing, 0)
        lines.append(
            TallyLine(
                item=thing.item,  # type: ignore[arg-type]  # `thing_of` has held it against the kinds of things
                ballot=thing.ballot,
                dapil=thing.dapil,
                taken=counts.taken.get(thing, passed + damaged),
                passed=passed,
                damaged=damaged,
                damage=counts.criteria.get(thing, ()),
                usable=counts.usable.get(thing, 0),
                station=station,
                checked=checked,
            )
        )
    if not lines:
        raise Left("epcis.nothing_counted")
    differs = any(line.short or line.over for line in lines)
    return Tally(
        tally_id=key_at(place, name),
        step=step,
        lines=tuple(lines),
        reason=reason_of(facts, "not_known" if differs else "none"),
        document_number=facts.document,
        table=facts.ours("table"),
        shift=facts.ours("shift"),
        workers=facts.ours("workers", int, 0),
        opened_unit=names.key_named(facts.ours("openedUnit"), "unit"),
        approval_id=names.key_named(facts.ours("approval"), "approval"),
    )


def step_of(facts: Facts, otherwise: str) -> str:
    """The step of our table that an event is: named by us, or the one its business step stands for."""
    return facts.ours("step") or names.step_named(facts.step) or otherwise


COUNTED = {"receiving": "receive", "inspecting": "sort"}
"""Steps of the business that count what is good and what is damaged, in two events."""


def counted(good: Facts | None, bad: Facts | None, place: str, name: str) -> Tally:
    """One tally out of the events of what passed and of what was damaged."""
    first = good or bad
    assert first is not None
    for facts in filter(None, (good, bad)):
        facts.none_of(facts.event.epc_list)
    passed = good.units_of(good.event.quantity_list) if good else {}
    damaged = bad.units_of(bad.event.quantity_list) if bad else {}
    taken: dict[Thing, int] = {}
    for half, units in ((good, passed), (bad, damaged)):
        # Each event says what was taken in hand for its own part, so that either of them may also come alone.
        own = half.ours_by_thing("taken") if half else {}
        for thing in dict.fromkeys((*units, *own)):
            taken[thing] = taken.get(thing, 0) + own.get(thing, units.get(thing, 0))
    counts = Counts(
        passed=passed,
        damaged=damaged,
        taken=taken,
        usable=good.ours_by_thing("usable") if good else {},
        criteria=criteria_of(bad) if bad else {},
    )
    return tally_of(first, place, name, step_of(first, COUNTED.get(first.step, "")), counts)


def step_alone(facts: Facts, place: str, known: Known) -> Acts:
    """A step that the sender names in our words: set aside, unpacking of single things, …"""
    if not (step := step_of(facts, "")):
        return no_mapping(facts, place, known)
    facts.none_of(facts.event.epc_list)
    counts = Counts(passed=facts.units_of(facts.event.quantity_list), taken=facts.ours_by_thing("taken"))
    return one_act(facts, tally_of(facts, place, name_of(facts), step, counts, station=facts.ours("station")))


def destroy(facts: Facts, place: str, known: Known) -> Acts:
    step = step_of(facts, "")
    state = facts.event.persistent_disposition
    if not step and state is not UNSET and state.unset is not UNSET:
        unset = set(state.unset)
        step = "destroy_damaged" if unset & BAD else "destroy_surplus" if "available" in unset else ""
    if not step:
        raise Left("epcis.damaged_or_surplus")
    facts.none_of(facts.event.epc_list)
    counts = Counts(passed=facts.units_of(facts.event.quantity_list), taken=facts.ours_by_thing("taken"))
    return one_act(facts, tally_of(facts, place, name_of(facts), step, counts))


def fold(facts: Facts, place: str, known: Known) -> Acts:
    step = step_of(facts, "fold" if facts.step == "assembling" else "")
    if not step:
        return no_mapping(facts, place, known)
    facts.none_of(facts.event.input_epc_list)
    facts.none_of(facts.event.output_epc_list)
    counts = Counts(
        passed=facts.units_of(facts.event.output_quantity_list),
        taken=facts.units_of(facts.event.input_quantity_list),
        damaged=facts.ours_by_thing("damaged"),
        criteria=criteria_of(facts),
        usable=facts.ours_by_thing("usable"),
    )
    if strange := set(counts.passed) - set(counts.taken):
        raise Left("epcis.made_of_nothing", name=names.item_class(*_triple(strange.pop())))
    return one_act(facts, tally_of(facts, place, name_of(facts), step, counts))


def _triple(thing: Thing) -> tuple[str, str, str]:
    return thing.item, thing.ballot, thing.dapil


def count(facts: Facts, place: str, known: Known) -> Acts:
    shelf = facts.ours("shelf") or SHELVES.get(facts.disposition, "")
    if not shelf:
        raise Left("epcis.shelf_needed")
    facts.none_of(facts.event.epc_list)
    counts = facts.units_of(facts.event.quantity_list)
    lines = tuple(
        Line(item=thing.item, ballot=thing.ballot, dapil=thing.dapil, units=units)  # type: ignore[arg-type]
        for thing, units in counts.items()
    )
    command = RecordCount(
        count_id=key_at(place, name_of(facts)),
        shelf=shelf,  # type: ignore[arg-type]  # the decision holds it against the shelves
        counted_by=facts.ours("countedBy", default="other"),
        lines=lines,
        # Whether it differs, only the record knows; "not known" is the honest reason of a stranger's count.
        reason=reason_of(facts, "not_known"),
    )
    return one_act(facts, command, "c")


def taken_back(facts: Facts, place: str, known: Known, declared: Iterable[str]) -> Acts:
    """An event declared wrong: the tally made from it is void. `declared` are the marks this document takes back."""
    name = known.made.get(facts.mark)
    if name is None:
        raise Left("epcis.nothing_to_take_back")
    pair = [mark for mark, tally in known.made.items() if tally == name]
    if not set(pair) <= set(declared):
        raise Left("epcis.half_of_a_pair")
    said = facts.event.error_declaration.reason
    reason: DifferenceReason = "other" if said.endswith("did_not_occur") else "paper_error"
    return (Act(name="v" + name[1:], command=VoidTally(tally_id=key_at(place, name), reason=reason)),)
