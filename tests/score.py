"""Scenario tests that read like a score: who does what when, and which warning is wanted by then.

    score = Score(UNANNOUNCED)
    score.at("02:10").vehicle_arrives("A 8213 KX", purpose="deliver")
    score.want(between("02:10", "02:11"), warning("WAR-01"))
    score.ends("06:00")

Everything goes through the areas' ordinary `decide` and `fold` and is judged in memory; the clock is the score's. What
wasn't wanted must not fire: `ends` fails on any warning too few or too many. Times are WIB; "+1 02:10" is the next day.
"""

from collections.abc import Iterable
from typing import Any, NamedTuple

import msgspec

from awas.ledger.area import DAY, HOUR, MINUTE, Area, Elsewhere, Instant, ItemsInMemory, Sealed, Stamp
from awas.ledger.message import Capture
from awas.ledger.naming import key_at, key_in_log
from awas.logistics.area import AREA as LOGISTICS
from awas.places.codes import is_region, is_site, is_station
from awas.roster import commands as roster
from awas.roster.area import AREA as ROSTER
from awas.roster.events import HandoverSummary
from awas.warehouse import commands as gate
from awas.warehouse.area import AREA as WAREHOUSE
from awas.warehouse.events import Answer, CountedLine, Line, StockCount
from awas.warehouse.keys import access_key, access_key_of_role, seal_key
from awas.warnings.decide import Resolve
from awas.warnings.events import WarningCleared, WarningFired
from awas.warnings.judge import Judge
from awas.warnings.rule import Rule

AREAS = (WAREHOUSE, ROSTER, LOGISTICS)
PLACE = "36.02-G1"
MIDNIGHT = 1_705_683_600_000
"""20 January 2024, 00:00 WIB."""

BALLOTS = Line(item="ballot", ballot="dpr", units=1000, packages=1)
BOXES = Line(item="box", units=100)


class Window(NamedTuple):
    """Both ends included."""

    from_at: Instant
    until_at: Instant


class Wanted(NamedTuple):
    rule: str
    level: str | None
    key: str | None


def clock(text: str) -> Instant:
    """ "02:10", "02:10:30" or "+1 02:10"."""
    day, _, hours = text.rpartition(" ")
    parts = [int(part) for part in hours.split(":")]
    seconds = parts[0] * 3600 + parts[1] * 60 + (parts[2] if len(parts) > 2 else 0)
    return MIDNIGHT + int(day or 0) * DAY + seconds * 1000


def is_place(text: str) -> bool:
    """Whether a fact's text is a code; of regions those of the scores' province, since 02.10 is also a time."""
    return is_site(text) or is_station(text) or (is_region(text) and text.startswith("36."))


def between(start: str, end: str) -> Window:
    return Window(clock(start), clock(end))


def at(when: str) -> Window:
    return Window(clock(when), clock(when))


def warning(rule: str, level: str | None = None, key: str | None = None) -> Wanted:
    return Wanted(rule, level, key)


def sealed(ref: str = "v1") -> Sealed:
    return Sealed(ref=ref, digest="0" * 64)


class Score:
    """One or more sites under a judge with some rules."""

    def __init__(self, *rules: Rule, places: Iterable[str] = (PLACE,)) -> None:
        self.rules = {rule.id: rule for rule in rules}
        self.judge = Judge(rules, AREAS)
        self.places = tuple(places)
        self.states: dict[tuple[str, str], Any] = {}
        self.items: dict[str, ItemsInMemory] = {area.name: ItemsInMemory() for area in AREAS}
        self.wanted: list[tuple[Window, Wanted]] = []
        self.steps: list[Any] = []
        self.events: list[Any] = []
        self.names = 0

    def at(
        self, when: str, *, place: str | None = None, told: str | None = None, actor: str = "p1", device: str = "d1"
    ) -> "Moment":
        """What happens at `when`; `told` is when the record hears of it, if later (a phone that was offline)."""
        happens = clock(when)
        stamp = Stamp(
            place=place or self.places[0],
            actor=actor,
            device=device,
            occurred_at=happens,
            recorded_at=clock(told) if told else happens,
        )
        return Moment(self, stamp)

    def want(self, window: Window, wanted: Wanted) -> None:
        """A firing of that rule within the window."""
        self.wanted.append((window, wanted))

    def ends(self, when: str) -> None:
        """Lets time pass to the end of the score and compares what fired with what was wanted."""
        self.steps += self.judge.advance(clock(when))
        left = list(self.wanted)
        self.words()
        for step in self.fired():
            found = next((one for one in left if _meets(step, *one)), None)
            assert found is not None, f"not wanted: {_told(step)}"
            left.remove(found)
        assert not left, f"wanted and missing: {left}; fired: {[_told(step) for step in self.fired()]}"

    def fired(self) -> list[Any]:
        return [step for step in self.steps if isinstance(step.event, WarningFired)]

    def cleared(self, rule: str) -> list[str]:
        """Why warnings of a rule cleared, in order."""
        return [
            step.event.why for step in self.steps if isinstance(step.event, WarningCleared) and step.event.rule == rule
        ]

    def words(self) -> list[str]:
        """What each warning says; raises KeyError where a rule's facts don't fill its words.

        What names a place by its code must be said to, or readers would see the code.
        """
        for one in self.judge.warnings.values():
            codes = {name for name, value in one.facts if is_place(str(value).partition(" ")[0])}
            assert codes <= {*self.rules[one.rule].places}, f"{one.rule}: {codes} belong into its places"
        return [self.rules[one.rule].says(one.facts).en for one in self.judge.warnings.values()]

    def resolves(self, rule: str, when: str, judgement: str = "useful") -> None:
        """A person ends every warning of a rule that stands then."""
        self.steps += self.judge.advance(clock(when))
        for one in list(self.judge.warnings.values()):
            if one.rule == rule and one.state != "resolved":
                told = clock(when)
                stamp = Stamp(place=one.place, actor="p9", device="d9", occurred_at=told, recorded_at=told)
                self.steps += self.judge.command(stamp, Resolve(warning=one.id, judgement=judgement))

    def state(self, area: Area, place: str) -> Any:
        return self.states.get((place, area.name)) or area.state()

    def name(self) -> str:
        self.names += 1
        return f"n{self.names}"


def _meets(step: Any, window: Window, wanted: Wanted) -> bool:
    return (
        step.event.rule == wanted.rule
        and window.from_at <= step.stamp.occurred_at <= window.until_at
        and wanted.level in (None, step.event.level)
        and wanted.key in (None, step.event.key)
    )


def _told(step: Any) -> str:
    minutes = (step.stamp.occurred_at - MIDNIGHT) // MINUTE
    return f"{step.event.rule} {step.event.level} {step.event.key} at {minutes // 60:02}:{minutes % 60:02}"


class Moment:
    """One instant at one place. Each method is one act; they can be chained."""

    def __init__(self, score: Score, stamp: Stamp) -> None:
        self.score = score
        self.stamp = stamp
        self.place = stamp.place
        self.capture: Capture | None = None

    def captured(self, **fields: Any) -> "Moment":
        """The next acts carry this capture."""
        self.capture = Capture(**fields)
        return self

    def does(self, area: Area, command: Any) -> "Moment":
        """Any command, decided and folded as the record does it."""
        score, stamp = self.score, self.stamp
        if self.capture is not None:
            command = msgspec.structs.replace(command, capture=self.capture)
        score.steps += score.judge.advance(stamp.recorded_at)
        items = score.items[area.name]
        for event in area.decide(score.state(area, self.place), items, stamp, command):
            where, happened = stamp, event
            if isinstance(event, Elsewhere):
                where, happened = msgspec.structs.replace(stamp, place=event.place), event.event
            score.states[where.place, area.name] = area.fold(score.state(area, where.place), where, happened)
            area.fold_items(items, where, happened)
            for other in AREAS:
                if (follow := other.follows.get(type(happened))) is not None:
                    score.states[where.place, other.name] = follow.fold(
                        score.state(other, where.place), where, happened
                    )
                    follow.fold_items(score.items[other.name], where, happened)
            score.events.append(happened)
            score.steps += score.judge.observe(where, happened)
        return self

    def _key(self, name: str) -> str:
        return key_at(self.place, name)

    def _gate(self, command: Any) -> "Moment":
        return self.does(WAREHOUSE, command)

    def _on_duty(self) -> int:
        return sum(
            1 for (kind, _), one in self.score.items["roster"].items() if kind == "on_duty" and one.place == self.place
        )

    # -- the gate ----------------------------------------------------------------------------------------------------

    def enters(self, who: str, role: str = "kpu_staff", purpose: str = "duty", **more: Any) -> "Moment":
        more.setdefault("visit_id", self._key(f"v-{who}"))
        return self._gate(
            gate.EnterPerson(
                person=key_in_log(self.place, who),
                name=sealed(who),
                role=role,
                purpose=purpose,
                watch_count=self._on_duty(),
                **more,
            )
        )

    def leaves(self, who: str, **more: Any) -> "Moment":
        visit = more.pop("visit_id", self._key(f"v-{who}"))
        person = key_in_log(self.place, who)
        return self._gate(gate.LeavePerson(visit_id=visit, person=person, watch_count=self._on_duty(), **more))

    def extends(self, who: str, until: str) -> "Moment":
        return self._gate(gate.ExtendVisit(visit_id=self._key(f"v-{who}"), until_at=clock(until)))

    def refuses(self, who: str = "", reason: str = "no_letter", **more: Any) -> "Moment":
        person = key_in_log(self.place, who) if who else ""
        return self._gate(gate.RefuseEntry(subject="person", reason=reason, person=person, **more))

    def vehicle_arrives(self, plate: str, purpose: str = "deliver", bringing: str = "", **more: Any) -> "Moment":
        return self._gate(
            gate.ArriveVehicle(
                vehicle_id=self._key(_vehicle(plate)),
                plate=plate,
                vehicle="truck",
                purpose=purpose,
                consignment_id=self._key(bringing) if bringing and "/" not in bringing else bringing,
                **more,
            )
        )

    def vehicle_unattended(self, plate: str, **more: Any) -> "Moment":
        return self._gate(gate.ReportVehicleUnattended(vehicle_id=self._key(_vehicle(plate)), **more))

    def vehicle_attended(self, plate: str) -> "Moment":
        return self._gate(gate.ReportVehicleAttended(vehicle_id=self._key(_vehicle(plate))))

    def vehicle_leaves(self, plate: str, **more: Any) -> "Moment":
        return self._gate(gate.LeaveVehicle(vehicle_id=self._key(_vehicle(plate)), **more))

    # -- goods -------------------------------------------------------------------------------------------------------

    def announces(self, name: str, window: str = "", *lines: Line, direction: str = "in", **more: Any) -> "Moment":
        """`window`: "08:00-10:00"."""
        start, _, end = window.partition("-")
        return self._gate(
            gate.AnnounceConsignment(
                consignment_id=self._key(name),
                direction=direction,
                lines=lines or (BALLOTS,),
                expected_from_at=clock(start) if start else 0,
                expected_until_at=clock(end) if end else 0,
                **more,
            )
        )

    def moves_window(self, name: str, window: str) -> "Moment":
        start, _, end = window.partition("-")
        return self._gate(
            gate.ChangeConsignment(
                consignment_id=self._key(name), expected_from_at=clock(start), expected_until_at=clock(end)
            )
        )

    def cancels(self, name: str) -> "Moment":
        return self._gate(gate.CancelConsignment(consignment_id=self._key(name)))

    def receives(self, name: str, *lines: CountedLine, final: bool = True, **more: Any) -> "Moment":
        more.setdefault("receipt_id", self._key(f"r-{name}"))
        more.setdefault("counted_by", ("p1", "p2"))
        more.setdefault("consignment_id", self._key(name))
        return self._gate(gate.ReceiveGoods(lines=lines or (counted(BALLOTS),), final=final, **more))

    def releases(self, name: str, *lines: CountedLine, final: bool = True, **more: Any) -> "Moment":
        more.setdefault("counted_by", ("p1", "p2"))
        return self._gate(
            gate.ReleaseGoods(
                release_id=self._key(f"o-{name}"),
                consignment_id=self._key(name),
                lines=lines or (counted(BALLOTS),),
                final=final,
                **more,
            )
        )

    def explains(self, name: str, reason: str = "miscounted_at_source") -> "Moment":
        return self._gate(gate.ExplainDifference(consignment_id=self._key(name), reason=reason))

    def has_stock(self, units: int = 10_000, item: str = "ballot", **more: Any) -> "Moment":
        more.setdefault("counted_by", ("p1", "p2"))
        counts = (StockCount(item=item, units=units, ballot="dpr" if item == "ballot" else ""),)
        return self._gate(gate.GlanceAtStock(unchanged=False, counts=counts, **more))

    # -- seals, rounds, the building ---------------------------------------------------------------------------------

    def seals(self, number: str, sealed_object: str = "door", **more: Any) -> "Moment":
        if replaces := more.pop("replaces", ""):
            more["replaces"] = seal_key(self.place, replaces)
        return self._gate(
            gate.ApplySeal(
                seal=seal_key(self.place, number),
                number=number,
                seal_kind="cable_tie",
                sealed_object=sealed_object,
                **more,
            )
        )

    def checks_seal(self, number: str, result: str = "intact", **more: Any) -> "Moment":
        return self._gate(gate.CheckSeal(seal=seal_key(self.place, number), number=number, result=result, **more))

    def unseals(self, number: str, reason: str = "opening", **more: Any) -> "Moment":
        more.setdefault("authority", "ST/1")
        more.setdefault("removed_by", ("p1", "p2"))
        return self._gate(gate.RemoveSeal(seal=seal_key(self.place, number), number=number, reason=reason, **more))

    def scans(self, name: str, checkpoint: str, *findings: str) -> "Moment":
        return self._gate(
            gate.ScanCheckpoint(round_id=self._key(name), checkpoint=checkpoint, by_token=True, findings=findings)
        )

    def walks(self, *ticked: str, findings: tuple[str, ...] = ()) -> "Moment":
        """A whole round."""
        name = self._key(f"round-{self.score.name()}")
        return self._gate(gate.CompleteRound(round_id=name, ticked=ticked, findings=findings))

    def cctv(self, working: int, total: int = 8, *, recording: bool = True) -> "Moment":
        return self._gate(gate.ReportCctv(total=total, working=working, recording=recording))

    def guards(self, **counts: int) -> "Moment":
        return self._gate(gate.ReportGuards(**counts))

    def takes_key(self, door: str) -> "Moment":
        return self._gate(gate.TakeKey(key_id=self._key(door), door=door, holder=sealed()))

    def returns_key(self, door: str) -> "Moment":
        return self._gate(gate.ReturnKey(key_id=self._key(door)))

    def condition(self, name: str, condition: str, severity: str = "high", **more: Any) -> "Moment":
        return self._gate(
            gate.ReportCondition(condition_id=self._key(name), condition=condition, severity=severity, **more)
        )

    def condition_ends(self, name: str) -> "Moment":
        return self._gate(gate.EndCondition(condition_id=self._key(name)))

    def used_for(self, use: str, people: int = 4) -> "Moment":
        return self._gate(gate.ReportUse(use_id=self._key(f"use-{use}"), use=use, people_count=people))

    def use_ends(self, use: str) -> "Moment":
        return self._gate(gate.EndUse(use_id=self._key(f"use-{use}")))

    def incident(self, name: str, incident: str, severity: str = "high") -> "Moment":
        return self._gate(gate.ReportIncident(incident_id=self._key(name), incident=incident, severity=severity))

    def incident_closed(self, name: str) -> "Moment":
        return self._gate(gate.CloseIncident(incident_id=self._key(name), outcome="resolved"))

    def fitness(self, *bad: str) -> "Moment":
        items = dict.fromkeys(("FIT-01", "FIT-04", *bad), "ok") | dict.fromkeys(bad, "bad")
        answers = tuple(Answer(item=item, verdict=verdict) for item, verdict in items.items())
        name = self._key(f"fit-{self.score.name()}")
        return self._gate(gate.CheckFitness(check_id=name, checklist="awas-20", answers=answers, item_count=20))

    # -- settings ----------------------------------------------------------------------------------------------------

    def sets_rules(self, **rules: Any) -> "Moment":
        return self._gate(gate.SetSiteRules(**rules))

    def grants(self, *, who: str = "", role: str = "") -> "Moment":
        if role:
            return self._gate(gate.GrantAccess(access_id=access_key_of_role(self.place, role), role=role))
        person = key_in_log(self.place, who)
        return self._gate(gate.GrantAccess(access_id=access_key(self.place, person), person=person))

    def revokes(self, who: str) -> "Moment":
        return self._gate(gate.RevokeAccess(access_id=access_key(self.place, key_in_log(self.place, who))))

    def watchlists(self, who: str) -> "Moment":
        return self._gate(gate.WatchlistPerson(person=key_in_log(self.place, who), name=sealed(), reason="removed"))

    def voids(self, entry_kind: str, subject: str, **more: Any) -> "Moment":
        return self._gate(
            gate.VoidEntry(entry_index=0, entry_kind=entry_kind, reason="typing", subject=subject, **more)
        )

    # -- the roster --------------------------------------------------------------------------------------------------

    def plans(self, name: str, hours: str, *people: str, minimum: int = 1) -> "Moment":
        """`hours`: "07:00-15:00"; an end before the beginning is the next day's."""
        start, end = (clock(part) for part in hours.split("-"))
        return self.does(
            ROSTER,
            roster.PlanShift(
                shift_id=self._key(name),
                from_at=start,
                until_at=end if end > start else end + 24 * HOUR,
                people=people or ("p1",),
                minimum=minimum,
            ),
        )

    def cancels_shift(self, name: str) -> "Moment":
        return self.does(ROSTER, roster.CancelShift(shift_id=self._key(name), reason="mistake"))

    def reassigns(self, name: str, *people: str) -> "Moment":
        return self.does(ROSTER, roster.ChangeShiftPeople(shift_id=self._key(name), people=people))

    def is_absent(self, who: str, hours: str) -> "Moment":
        start, end = (clock(part) for part in hours.split("-"))
        return self.does(
            ROSTER,
            roster.AnnounceAbsence(
                absence_id=self._key(f"abs-{who}"), person=who, from_at=start, until_at=end, reason="sick"
            ),
        )

    def on_duty(self, who: str = "p1", **more: Any) -> "Moment":
        return self.does(ROSTER, roster.StartDuty(duty_id=self._key(f"duty-{who}"), person=who, **more))

    def off_duty(self, who: str = "p1", reason: str = "shift_over") -> "Moment":
        return self.does(ROSTER, roster.EndDuty(duty_id=self._key(f"duty-{who}"), reason=reason))

    def offers(self, name: str, who: str = "p1") -> "Moment":
        return self.does(
            ROSTER,
            roster.OfferHandover(
                handover_id=self._key(name), duty_id=self._key(f"duty-{who}"), summary=HandoverSummary()
            ),
        )

    def accepts(self, name: str, who: str = "p2", **more: Any) -> "Moment":
        return self.does(
            ROSTER,
            roster.AcceptHandover(
                handover_id=self._key(name), duty_id=more.pop("duty_id", self._key(f"duty-{who}")), **more
            ),
        )

    def disputes(self, name: str, *points: str) -> "Moment":
        return self.does(ROSTER, roster.DisputeHandover(handover_id=self._key(name), points=points or ("seals",)))


def counted(line: Line, units: int | None = None, *, damaged: int = 0, wet: int = 0) -> CountedLine:
    """A line as counted, all of it unless `units` says otherwise."""
    return CountedLine(
        item=line.item,
        units=line.units if units is None else units,
        packages=line.packages,
        ballot=line.ballot,
        dapil=line.dapil,
        damaged=damaged,
        wet=wet,
    )


def _vehicle(plate: str) -> str:
    return "t-" + plate.replace(" ", "")
