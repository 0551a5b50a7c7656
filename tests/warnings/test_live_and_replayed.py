"""A day with its incidents, judged as it is recorded in the database, against the same log judged in memory."""

import random

import pytest
from django.apps import apps

from awas.ledger import entry as envelope
from awas.ledger.area import DAY, HOUR, MINUTE, Refused, Sealed
from awas.ledger.fact import Submission
from awas.ledger.items import ItemTable
from awas.ledger.naming import log_of
from awas.ledger.sequencer import Sequencer
from awas.ledger.store import store_for
from awas.roster.area import AREA as ROSTER
from awas.roster.rules import RULES as ROSTER_RULES
from awas.simulation.cues import Post, SeeTo
from awas.simulation.incidents import Arranged, Schedule, Stage
from awas.simulation.routine import Routine
from awas.warehouse.area import AREA as WAREHOUSE
from awas.warehouse.rules import RULES as WAREHOUSE_RULES
from awas.warnings.area import warnings_area
from awas.warnings.asked import SetOwnRule, StopOwnRule
from awas.warnings.engine import DEVICE, Engine
from awas.warnings.events import OF_SETTINGS
from awas.warnings.judge import Judge
from awas.warnings.services import Bench
from tests.warnings.written import rule

RULES = (*WAREHOUSE_RULES, *ROSTER_RULES)
AREAS = (WAREHOUSE, ROSTER, warnings_area(RULES, (WAREHOUSE, ROSTER)))
PLACE = "36.02-G1"
FIRST_DAY = 19_738
"""16 January 2024."""


class Clock:
    def __init__(self):
        self.instant = 0

    def __call__(self):
        return self.instant


def cues():
    post = Post(place=PLACE, watchers=("a", "b", "c"), officer="o", sorters=12)
    routine = Routine(post, FIRST_DAY, random.Random, lambda ref, *_: Sealed(ref=ref, digest="0" * 64))
    noon = routine.scene.at(FIRST_DAY, 12 * 60)
    arranged = tuple(
        Arranged(script=name, turn=0, at=noon + hours * HOUR)
        for name, hours in (("truck_seeks_address", 0), ("leak_in_rain", 3), ("cameras_down", 6), ("guard_asleep", 9))
    )
    stage = Stage([routine], Schedule(past_every_ms=0, live_every_ms=0, arranged=arranged), random.Random)
    until = noon + DAY // 2
    for cue in stage.cues(noon - DAY):
        if cue.at > until:
            return
        if not isinstance(cue.command, SeeTo):
            yield cue


EVERY_VEHICLE = rule(
    "for: 5m",
    "ends: {event: gate.vehicle_left, why: left}",
    when="gate.vehicle_arrived",
    group_by="[vehicle_id]",
    message='"{plate}"',
)
SILENT = rule(
    "absent: {expect: [round.checkpoint_scanned, round.completed], within: 1h, why: round_done}",
    id="OWN-BANTEN-02",
    when="[round.checkpoint_scanned, round.completed]",
    message="Sepi",
    without=("group_by",),
)
CROWD = rule(
    "count: {at_least: 4, within: 30m}",
    id="OWN-BANTEN-03",
    when="gate.person_entered",
    message='"{count} orang"',
    group_by="[role]",
)
OWN = {
    5: (log_of(PLACE)[5:], SetOwnRule(rule="OWN-BANTEN-01", text=EVERY_VEHICLE)),
    10: (PLACE, SetOwnRule(rule="OWN-BANTEN-02", text=SILENT)),
    12: (PLACE, SetOwnRule(rule="OWN-BANTEN-03", text=CROWD)),
    60: (PLACE, SetOwnRule(rule="OWN-BANTEN-01", text=EVERY_VEHICLE.replace("5m", "15m"))),
    150: (PLACE, SetOwnRule(rule="OWN-BANTEN-02", text=SILENT.replace("1h", "45m"))),
    250: (PLACE, StopOwnRule(rule="OWN-BANTEN-01")),
    270: (PLACE, StopOwnRule(rule="OWN-BANTEN-03")),
}
"""By cue: what an office does with its own rules meanwhile, in its whole district and at one site."""


@pytest.mark.parametrize("own", [{}, OWN], ids=["the catalogue", "and own rules"])
@pytest.mark.django_db(transaction=True)
def test_live_and_replayed_are_equal(own):
    clock, told = Clock(), []
    tables = {
        area.name: {
            kind: ItemTable(struct, apps.get_model(area.name, struct.__name__)._meta.db_table)
            for kind, struct in area.items.items()
        }
        for area in AREAS
    }
    sequencer = Sequencer(store_for(), envelope.Vocabulary(AREAS), tables, clock, lambda appended: None)
    bench = Bench(sequencer, Engine(RULES, (WAREHOUSE, ROSTER)), told.extend)
    log = log_of(PLACE)
    for number, cue in enumerate(cues()):
        clock.instant = cue.at
        if number in own:
            place, command = own[number]
            sequencer.submit(
                Submission(log=log, place=place, actor="o", device="o1", occurred_at=cue.at, command=command)
            )
            bench = Bench(sequencer, Engine(RULES, (WAREHOUSE, ROSTER)), told.extend)  # as after a restart
        try:
            sequencer.submit(
                Submission(
                    log=log, place=PLACE, actor=cue.actor, device=cue.device, occurred_at=cue.at, command=cue.command
                )
            )
        except Refused as refused:
            raise AssertionError(f"{cue.name}: {refused}") from refused
        if number % 7 == 0:
            bench.judge(log)
    clock.instant += 30 * MINUTE
    bench.judge(log)

    judge = Judge(RULES, (WAREHOUSE, ROSTER))
    for index, body in sequencer.store.query("SELECT idx, body FROM ledger_entry ORDER BY idx"):
        entry = envelope.decode(bytes(body))
        if entry.device != DEVICE:
            event = sequencer.vocabulary.event(entry)
            (judge.heed if type(event) in OF_SETTINGS else judge.observe)(entry.stamp, event, index)
    judge.advance(clock.instant)
    table = tables["warnings"]["warning"]
    stored = {
        row[0]: table.item(row)
        for row in sequencer.store.query(f"SELECT {', '.join(table.table.columns)} FROM warnings_warning")
    }
    assert {one.rule for one in stored.values()} >= {"WAR-01", "WAR-04", "WAR-34", "WAR-32", "WAR-27"}
    assert {one.rule for one in stored.values() if one.rule.startswith("OWN-")} == {
        command.rule for _place, command in own.values()
    }
    assert bool(own) == any(one.why == "rule_stopped" for one in stored.values())
    assert stored == dict(judge.warnings)
    assert len(told) == sequencer.store.query("SELECT count(*) FROM ledger_entry WHERE device = ?", (DEVICE,))[0][0]
