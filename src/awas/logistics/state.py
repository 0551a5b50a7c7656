"""The snapshot of logistics at one place: dates to keep, and how far each stage is, ballot by ballot. Pure.

Bounded: sums per stage, kind of ballot and electoral district; single kits, units and transfers are items.
"""

from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from awas.ledger.area import DAY, Instant, Stamp
from awas.ledger.message import moment
from awas.logistics import events as happened
from awas.logistics.codes import OPEN_REASONS
from awas.logistics.lines import TallyLine, as_put_in, line_key
from awas.logistics.stages import STEPS


class Season(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The dates of the election that this place's logistics are watched against; see `SeasonOpened`.

    Needs and stations are those of the whole district, or of `area_count` areas that this warehouse serves.
    `constituencies` by kind of ballot: those of the district's voters, where they are known.
    """

    election: str = ""
    voting_at: Instant = 0
    needs: dict[str, int] = {}
    station_count: int = 0
    sorted_by_at: Instant = 0
    packed_by_at: Instant = 0
    replaced_by_at: Instant = 0
    supplied_by_at: Instant = 0
    area_count: int = 0
    constituencies: dict[str, tuple[str, ...]] = {}


class Progress(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One stage of one thing so far. `day_from_at` begins the day that `today` counts."""

    taken: int = 0
    passed: int = 0
    damaged: int = 0
    short: int = 0
    over: int = 0
    first_at: Instant = 0
    last_at: Instant = 0
    today: int = 0
    day_from_at: Instant = 0


class Order(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A contract: units by thing ("ballot.dpr"), and by when; 0 where no date is known."""

    units: dict[str, int]
    deliver_by_at: Instant = 0


class Replacement(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Units of a thing that a contract replaces, and how many had come when it was made."""

    contract: str
    thing: str
    units: int
    came: int = 0


class Logistics(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """`progress` by stage and line key, such as "sorting/ballot.ppwp."; `ordered` by contract;
    `replacements` what is to come in place of what was damaged or missing, in the order it was asked for.

    `incomplete`, `unlike` and `overfull` are stations whose kit was last packed so: too little, of another
    constituency, too much. `in_transit` are transfers on their way from or to here; `packed_count` stations whose kit
    is complete, `kits_here` those whose kit is here and should go on to them.
    """

    entry_count: int = 0
    season: Season = Season()
    progress: dict[str, Progress] = {}
    ordered: dict[str, Order] = {}
    replacements: tuple[Replacement, ...] = ()
    in_transit: tuple[str, ...] = ()
    packed_count: int = 0
    kits_here: int = 0
    incomplete: tuple[str, ...] = ()
    unlike: tuple[str, ...] = ()
    overfull: tuple[str, ...] = ()
    supplied_count: int = 0
    unexplained: tuple[str, ...] = ()

    def of(self, stage: str, item: str, ballot: str, dapil: str = "") -> Progress:
        """The progress of one thing in one stage."""
        return self.progress.get(progress_key(stage, item, ballot, dapil), Progress())

    def total(self, stage: str, item: str, ballot: str) -> Progress:
        """The progress of one thing in one stage, all constituencies together."""
        prefix = f"{stage}/{item}.{ballot}."
        return _sum(one for key, one in self.progress.items() if key.startswith(prefix))

    def received(self, thing: str) -> Progress:
        """The receiving of a thing ("ballot.dpr"), all constituencies together."""
        return self.total("receiving", *thing.split(".", 1))

    @property
    def replacements_due(self) -> int:
        """Units of replacements that haven't come: what comes first fills what was asked for first."""
        until: dict[str, int] = {}
        for one in self.replacements:
            until[one.thing] = max(until.get(one.thing, 0), one.came) + one.units
        return sum(max(units - self.received(thing).passed, 0) for thing, units in until.items())

    def still_to_come(self, contract: str) -> int:
        """Units of an order that haven't come; of one thing, what is due earlier comes first."""
        order, wanted, met = self.ordered.get(contract), dict[str, int](), False
        if order is None:
            return 0
        for name, one in self.ordered.items():
            met = met or name == contract
            earlier = one.deliver_by_at <= order.deliver_by_at if one.deliver_by_at else not met
            for thing, units in one.units.items() if name == contract or earlier else ():
                wanted[thing] = wanted.get(thing, 0) + units
        left = 0
        for thing, units in order.units.items():
            came = self.received(thing)
            left += min(max(wanted[thing] - came.passed - came.damaged, 0), units)
        return left


INCOMPLETE_KEPT = 400
TOWARDS = frozenset({"to_kecamatan", "to_village", "to_station"})
"""Legs that bring a kit nearer to its station."""
UNEXPLAINED_KEPT = 100


def progress_key(stage: str, item: str, ballot: str, dapil: str) -> str:
    """Where a stage's progress of one thing stands."""
    return f"{stage}/{line_key(item, ballot, dapil)}"


def _sum(some: Any) -> Progress:
    found = Progress()
    for one in some:
        found = replace(
            found,
            taken=found.taken + one.taken,
            passed=found.passed + one.passed,
            damaged=found.damaged + one.damaged,
            short=found.short + one.short,
            over=found.over + one.over,
            first_at=min(filter(None, (found.first_at, one.first_at)), default=0),
            last_at=max(found.last_at, one.last_at),
        )
    return found


def _went_on(progress: Progress, line: TallyLine, at: Instant, sign: int = 1) -> Progress:
    new_day = at - progress.day_from_at >= DAY
    return replace(
        progress,
        taken=progress.taken + sign * line.taken,
        passed=progress.passed + sign * line.passed,
        damaged=progress.damaged + sign * line.damaged,
        short=progress.short + sign * line.short,
        over=progress.over + sign * line.over,
        first_at=progress.first_at or at,
        last_at=max(progress.last_at, at),
        today=(0 if new_day else progress.today) + sign * line.taken,
        day_from_at=at if new_day else progress.day_from_at,
    )


def tallied(
    before: dict[str, Progress], stage: str, lines: tuple[TallyLine, ...], at: Instant, sign: int = 1
) -> dict[str, Progress]:
    """The progress after a tally, or after it was taken back (`sign` -1)."""
    after = dict(before)
    for line in lines:
        if not line.moves:
            continue
        key = progress_key(stage, line.item, line.ballot, line.dapil)
        after[key] = _went_on(after.get(key, Progress()), line, at, sign)
    return after


def _season(state: Logistics, stamp: Stamp, event: happened.SeasonOpened) -> dict[str, Any]:
    needs: dict[str, int] = {}
    for line in event.needs:
        key = line_key(line.item, line.ballot, line.dapil)
        needs[key] = needs.get(key, 0) + line.units
    season = Season(
        election=event.election,
        voting_at=event.voting_at,
        needs=needs,
        station_count=event.station_count,
        sorted_by_at=event.sorted_by_at,
        packed_by_at=event.packed_by_at,
        replaced_by_at=event.replaced_by_at,
        supplied_by_at=event.supplied_by_at,
        area_count=event.area_count,
        constituencies={one.ballot: one.dapils for one in event.constituencies},
    )
    return {"season": season}


def _contract(state: Logistics, stamp: Stamp, event: happened.ContractRecorded) -> dict[str, Any]:
    units: dict[str, int] = {}
    for line in event.lines:
        thing = f"{line.item}.{line.ballot}"
        units[thing] = units.get(thing, 0) + line.units
    order = Order(units=units, deliver_by_at=event.deliver_by_at)
    changes: dict[str, Any] = {"ordered": state.ordered | {event.contract_id: order}}
    if event.replacement:
        asked = (
            Replacement(contract=event.contract_id, thing=thing, units=more, came=state.received(thing).passed)
            for thing, more in units.items()
        )
        changes["replacements"] = (*state.replacements, *asked)
    return changes


def _contract_voided(state: Logistics, stamp: Stamp, event: happened.ContractVoided) -> dict[str, Any]:
    return {
        "ordered": {key: order for key, order in state.ordered.items() if key != event.contract_id},
        "replacements": tuple(one for one in state.replacements if one.contract != event.contract_id),
    }


def _printed(state: Logistics, stamp: Stamp, event: happened.PrintVerified) -> dict[str, Any]:
    return {"progress": tallied(state.progress, "production", event.lines, moment(stamp))}


def _stations_of(lines: tuple[TallyLine, ...]) -> set[str]:
    return {line.station for line in lines if line.station}


def _tallied(state: Logistics, stamp: Stamp, event: happened.Tallied) -> dict[str, Any]:
    step = STEPS[event.step]
    lines = tuple(as_put_in(line, takes_back=step.takes_back) for line in event.lines)
    changes: dict[str, Any] = {"progress": tallied(state.progress, step.stage, lines, moment(stamp))}
    if step.per_station:
        changes |= _kits_so(state, event)
    if step.stage == "packing":
        changes["packed_count"] = state.packed_count + event.completed
        changes["kits_here"] = state.kits_here + event.new_kits
    if (event.short or event.over) and event.reason in OPEN_REASONS:
        changes["unexplained"] = (*state.unexplained, event.tally_id)[-UNEXPLAINED_KEPT:]
    return changes


def _kits_so(state: Logistics, event: happened.Tallied | happened.TallyVoided) -> dict[str, Any]:
    """Which kits lack something, are of another constituency or have too much, after those of an event."""
    seen = _stations_of(event.lines)

    def now(before: tuple[str, ...], after: tuple[str, ...]) -> tuple[str, ...]:
        return (*(one for one in before if one not in seen), *after)[:INCOMPLETE_KEPT]

    return {
        "incomplete": now(state.incomplete, event.incomplete),
        "unlike": now(state.unlike, event.unlike),
        "overfull": now(state.overfull, event.surplus),
    }


def received(state: Logistics, lines: tuple[TallyLine, ...], at: Instant) -> Logistics:
    """The snapshot after goods were counted in at the gate."""
    return replace(state, progress=tallied(state.progress, "receiving", lines, at))


def taken_back(state: Logistics, lines: tuple[TallyLine, ...], at: Instant) -> Logistics:
    """The snapshot after a count at the gate was undone."""
    return replace(state, progress=tallied(state.progress, "receiving", lines, at, -1))


def _voided(state: Logistics, stamp: Stamp, event: happened.TallyVoided) -> dict[str, Any]:
    step = STEPS[event.step]
    lines = tuple(as_put_in(line, takes_back=step.takes_back) for line in event.lines)
    return _kits_so(state, event) | {
        "progress": tallied(state.progress, step.stage, lines, moment(stamp), -1),
        "packed_count": state.packed_count + event.completed,
        "unexplained": tuple(one for one in state.unexplained if one != event.tally_id),
    }


def _left(state: Logistics, stamp: Stamp, event: happened.TransferOffered) -> dict[str, Any]:
    here = state.kits_here - (len(event.stations) if event.leg in TOWARDS else 0)
    return {"in_transit": (*state.in_transit, event.transfer_id), "kits_here": here}


def _expected(state: Logistics, stamp: Stamp, event: happened.TransferExpected) -> dict[str, Any]:
    changes: dict[str, Any] = {"in_transit": (*state.in_transit, event.transfer_id)}
    if event.voting_at and not state.season.voting_at:
        changes["season"] = Season(voting_at=event.voting_at, supplied_by_at=event.supplied_by_at)
    return changes


def _gone_from(state: Logistics, transfer_id: str) -> dict[str, Any]:
    return {"in_transit": tuple(one for one in state.in_transit if one != transfer_id)}


def _accepted(state: Logistics, stamp: Stamp, event: happened.TransferAccepted) -> dict[str, Any]:
    changes = _gone_from(state, event.transfer_id)
    if event.leg == "to_station":
        changes["supplied_count"] = state.supplied_count + len(event.stations)
    elif event.leg in TOWARDS:
        changes["kits_here"] = state.kits_here + len(event.stations)
    # What was missing may have come since.
    others = tuple(one for one in state.unexplained if one != event.transfer_id)
    is_open = (event.missing or event.extra) and event.reason in OPEN_REASONS
    changes["unexplained"] = (*others, event.transfer_id)[-UNEXPLAINED_KEPT:] if is_open else others
    return changes


def _answered(state: Logistics, stamp: Stamp, event: happened.TransferAnswered) -> dict[str, Any]:
    return _gone_from(state, event.transfer_id) | {"kits_here": state.kits_here + event.kits_back}


def _recalled(state: Logistics, stamp: Stamp, event: happened.TransferRecalled) -> dict[str, Any]:
    return _gone_from(state, event.transfer_id) | {"kits_here": state.kits_here + len(event.stations)}


def _refused(state: Logistics, stamp: Stamp, event: happened.TransferRefused) -> dict[str, Any]:
    return _gone_from(state, event.transfer_id)


def _explained(state: Logistics, stamp: Stamp, event: happened.DifferenceExplained) -> dict[str, Any]:
    return {"unexplained": tuple(one for one in state.unexplained if one != event.subject)}


def _nothing(state: Logistics, stamp: Stamp, event: Any) -> dict[str, Any]:
    return {}


_FOLDS: dict[type, Any] = dict.fromkeys(happened.EVENTS, _nothing) | {
    happened.SeasonOpened: _season,
    happened.ContractRecorded: _contract,
    happened.ContractVoided: _contract_voided,
    happened.PrintVerified: _printed,
    happened.Tallied: _tallied,
    happened.TallyVoided: _voided,
    happened.TransferOffered: _left,
    happened.TransferExpected: _expected,
    happened.TransferAccepted: _accepted,
    happened.TransferAnswered: _answered,
    happened.TransferRefused: _refused,
    happened.TransferRecalled: _recalled,
    happened.DifferenceExplained: _explained,
}


def fold(state: Logistics, stamp: Stamp, event: Any) -> Logistics:
    """The snapshot after one event of its place."""
    return replace(state, entry_count=state.entry_count + 1, **_FOLDS[type(event)](state, stamp, event))
