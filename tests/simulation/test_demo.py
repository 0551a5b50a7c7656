"""The demo in the database: seeded once, alive at the end, going on from its record."""

import pytest
from django.test import Client

from awas.access.models import Person
from awas.ledger import services as ledger
from awas.ledger import vault
from awas.ledger.area import HOUR, MINUTE
from awas.ledger.fact import Submission
from awas.ledger.models import DeviceHead, Entry, Log, VaultRow
from awas.ledger.naming import log_of
from awas.roster import services as roster
from awas.simulation import playing
from awas.simulation.cast import DEMO_PASSWORD, MARK
from awas.simulation.living import Living
from awas.simulation.models import Demo
from awas.simulation.playing import Player
from awas.simulation.rehearsal import Rehearsal
from awas.simulation.services import places, seed, stage_of
from awas.warehouse import models as warehouse
from awas.warehouse.commands import LeavePerson
from awas.warehouse.services import site_states
from awas.warnings import services as warnings
from awas.warnings.judge import Judge
from awas.warnings.models import Warning
from tests.simulation.stages import AREAS, RULES, Names

SEED = 7


@pytest.fixture
def demo(clock):
    seed(clock.now, days=1, seed=SEED)
    return Demo.objects.get()


def everything():
    """What stands in the record, without what the judge's own device wrote when."""
    return sorted(
        Entry.objects.exclude(device="judge").values_list("log__origin", "device", "seq", "part", "nonce", "kind")
    )


def test_seeding_again_changes_nothing(clock, demo):
    before, people = everything(), Person.objects.count()
    assert seed(clock.now, days=1, seed=SEED) == 0
    assert everything() == before
    assert Person.objects.count() == people == 36


def test_every_device_counts_without_a_gap(demo):
    for log_id, device, last in DeviceHead.objects.values_list("log_id", "device", "last_seq"):
        seqs = set(Entry.objects.filter(log=log_id, device=device).values_list("seq", flat=True))
        assert seqs == set(range(1, last + 1))


def test_the_record_looks_as_if_it_had_been_kept_at_the_time(demo):
    for log in Log.objects.all():
        stamps = [line.entry for line in ledger.lines_since(log.origin, 0, 10_000)]
        recorded = [entry.recorded_at for entry in stamps]
        assert recorded == sorted(recorded)
        assert all(abs(entry.recorded_at - entry.occurred_at) <= 22 * MINUTE for entry in stamps)


def test_the_wall_is_alive_at_the_end(clock, demo):
    assert len(places()) == Log.objects.count() == 8
    for place, site in site_states(places()).items():
        assert len(roster.on_duty_at(place)) == 1
        assert site.inside_count >= 40
        assert clock.now - site.last_entry_at < 75 * MINUTE
    assert warehouse.Consignment.objects.filter(status__in=("announced", "in_transit"), direction="in").exists()
    open_now = warnings.open_warnings(places())
    assert 2 <= open_now.count() <= 6
    assert len({warning.level for warning in open_now}) >= 2


def test_the_database_agrees_with_the_rehearsal(clock, demo):
    """What the record's way makes of the cues is what the rehearsed record makes of them, warnings too."""
    record = Rehearsal(AREAS, Judge(RULES, AREAS))
    for cue in stage_of(demo, Names()).cues(0):
        if cue.at > clock.now:
            break
        record.play(cue)
    record.judge.advance(clock.now)
    rehearsed = [
        (warning.place, warning.rule, warning.key, warning.since, warning.state)
        for warning in record.judge.warnings.values()
    ]
    assert sorted(rehearsed) == sorted(Warning.objects.values_list("place", "rule", "key", "since", "state"))
    assert len(record.entries) == Entry.objects.exclude(kind__startswith="warning.").count()


def test_a_seeding_that_was_cut_off_is_finished_by_the_next(clock, monkeypatch):
    calls, past = [], Player.past

    def cut_off(self, log, cues, until_at):
        calls.append(log)
        if len(calls) == 5:
            raise KeyboardInterrupt
        return past(self, log, cues, until_at)

    monkeypatch.setattr(Player, "past", cut_off)
    with pytest.raises(KeyboardInterrupt):
        seed(clock.now, days=1, seed=SEED)
    unfinished = Entry.objects.count()
    assert seed(clock.now + HOUR, days=1, seed=SEED) > 0
    assert Entry.objects.count() > unfinished
    assert Demo.objects.get().live_from_at == clock.now
    for log in Log.objects.all():
        assert Entry.objects.filter(log=log).exists()
    assert not _refusals(clock.now + 2 * HOUR)


def _refusals(now):
    living = Living(Demo.objects.get())
    living.tick(now - HOUR)
    living.tick(now)
    return list(living._player.refused)


def test_names_lie_in_the_vault_and_are_marked(demo):
    kept = VaultRow.objects.filter(purpose="person")
    assert kept.exists()
    assert all(value.endswith(MARK) for value in kept.values_list("value", flat=True))
    names = {value.encode() for value in kept.values_list("value", flat=True)}
    entered = Entry.objects.filter(kind="gate.person_entered@1", log__origin="awas/36.02")
    assert not [row for row in entered if any(name in bytes(row.body) for name in names)]


def test_a_commitment_opens_with_its_salt(demo):
    line = next(one for one in ledger.lines_since("awas/36.02", 0, 500) if one.entry.kind == "gate.person_entered@1")
    row = VaultRow.objects.get(ref=line.event.name.ref)
    assert vault.digest_of(bytes(row.salt), row.value) == line.event.name.digest


def test_living_goes_on_where_the_seed_stopped(clock, demo):
    living, before = Living(demo), Entry.objects.count()
    taken = 0
    for _ in range(6 * 30):
        clock.now += 10_000
        taken += living.tick(clock.now)
    assert taken > 20
    assert Entry.objects.count() >= before + taken
    assert list(living._player.refused) == []


def test_a_restart_doubles_nothing_and_leaves_nothing_out(clock, demo):
    first = Living(demo)
    for minute in range(20):
        first.tick(clock.now + minute * MINUTE)
    clock.now += 20 * MINUTE
    second = Living(demo)
    for minute in range(20):
        second.tick(clock.now + minute * MINUTE)
    restarted = everything()
    assert len(restarted) == len(set(restarted))
    nonces = {nonce for *_, nonce, _kind in restarted if nonce}
    until_at = clock.now + 19 * MINUTE
    wanted = set()
    for cue in stage_of(demo, Names()).cues(demo.live_from_at + 1):
        if cue.at > until_at:
            break
        if not isinstance(cue.command, playing.SeeTo):
            wanted.add(cue.nonce)
    assert wanted <= nonces


def test_a_long_pause_is_told_at_its_own_instants(clock, demo):
    living = Living(demo)
    living.tick(clock.now)
    clock.now += 5 * HOUR
    assert living.tick(clock.now) > 200
    log = Log.objects.get(origin="awas/36.02")
    rows = ledger.lines_since(log.origin, 0, 10_000)
    late = [row for row in rows if row.entry.recorded_at - row.entry.occurred_at > MINUTE]
    assert late == []


def test_a_person_may_be_quicker(clock, demo):
    """Everybody inside is logged out by hand: what the demo then wants to log is refused and passed over."""
    for number, visit in enumerate(warehouse.Visit.objects.filter(state="inside", role="sorter")):
        ledger.record(
            Submission(
                log=log_of(visit.place),
                place=visit.place,
                actor="p1",
                device="d1",
                nonce=f"{number:04}",
                occurred_at=clock.now,
                command=LeavePerson(visit_id=visit.key, person=visit.person),
            )
        )
    living = Living(demo)
    for _ in range(14):
        clock.now += HOUR // 2
        living.tick(clock.now)
    living.tick(clock.now + MINUTE)
    assert {site.inside.get("sorter", 0) for site in site_states(places()).values()} == {0}


@pytest.mark.parametrize("username", ["piket.3602", "kab.3674", "prov.36", "admin", "mitra.36"])
def test_accounts_sign_in_with_the_one_password(demo, username):
    assert Client().login(username=username, password=DEMO_PASSWORD)
