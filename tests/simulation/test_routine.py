"""Ordinary life: the same every time, accepted by the record, and clean."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from awas.ledger.area import DAY, HOUR, MINUTE
from awas.places.fitness import CHECKLIST, ITEMS
from awas.roster.events import DutyEnded, DutyStarted, HandoverAccepted, HandoverOffered
from awas.simulation.cast import MARK, SHOWN, accounts_of, company_of
from awas.simulation.chances import drawing
from awas.simulation.cues import Scene, instant_in
from awas.simulation.life import house
from awas.warehouse.commands import ArriveVehicle
from awas.warehouse.events import FitnessChecked, GoodsReceived, GoodsReleased, PersonEntered, RoundCompleted
from tests.simulation.stages import FIRST_DAY, Names, at, post, rehearsed, routine

WEEK = (0, at(7, 7))


def week(seed=1, **of_post):
    return list(routine(seed, **of_post).between(*WEEK))


def of_kind(record, kind):
    return [entry.event for entry in record.entries if isinstance(entry.event, kind)]


def test_the_same_seed_gives_the_same_week_and_another_seed_another():
    assert week(3) == week(3)
    assert week(3) != week(4)


def test_cues_come_in_order_of_time_each_with_its_own_name():
    cues = week()
    assert [cue.at for cue in cues] == sorted(cue.at for cue in cues)
    nonces = [cue.nonce for cue in cues]
    assert len(set(nonces)) == len(nonces)
    assert max(map(len, nonces)) <= 48
    assert all(instant_in(cue.nonce) == cue.at for cue in cues)


@pytest.mark.parametrize("hours", [5, 7, 15, 23, 31, 55, 100])
def test_the_stream_goes_on_from_anywhere(hours):
    start = at(0, 5) + hours * HOUR + 3 * MINUTE
    assert list(routine(2).between(start, start + DAY)) == [cue for cue in week(2) if start <= cue.at < start + DAY]


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("turn", [0, 6])
def test_a_normal_week_is_taken_whole_and_raises_no_warning(seed, turn):
    record, refused = rehearsed(week(seed, turn=turn), until_at=WEEK[1])
    assert refused == []
    assert [(warning.rule, warning.key) for warning in record.judge.warnings.values()] == []


@settings(max_examples=8, deadline=None)
@given(seed=st.integers(0, 1 << 40), turn=st.integers(0, 13))
def test_any_seed_is_taken_whole(seed, turn):
    _, refused = rehearsed(list(routine(seed, turn=turn).between(0, at(2, 8))))
    assert refused == []


def test_everybody_goes_home_but_the_guards():
    record, _ = rehearsed(week())
    site = record.states["36.02-G1", "warehouse"]
    # At the change of watch the old guards are still inside beside the new ones.
    assert set(site.inside) == {"guard", "police"}
    assert site.vehicles_inside == site.keys_out == site.seals_bad == 0
    assert all(units >= 0 for units in site.stock.values())


def test_somebody_is_always_on_duty_and_every_watch_is_handed_over():
    record, _ = rehearsed(week())
    on_duty = 0
    for entry in record.entries:
        on_duty += isinstance(entry.event, DutyStarted)
        on_duty -= isinstance(entry.event, DutyEnded)
        assert on_duty in (0, 1, 2)
        if entry.stamp.recorded_at > at(0, 7, 5):
            assert on_duty >= 1
    accepted = of_kind(record, HandoverAccepted)
    assert len(accepted) == 7 * 3 - 1
    assert all(event.expected and not event.same_device for event in accepted)


def test_a_handover_says_what_the_record_knows():
    record, _ = rehearsed(week())
    offered = of_kind(record, HandoverOffered)
    by_day, by_night = offered[0].summary, offered[1].summary
    assert by_day.people_inside > 12 > by_night.people_inside >= 3
    assert by_day.ballots_inside
    assert by_day.cctv_recording


def test_a_round_is_made_every_hour_with_every_checkpoint():
    record, _ = rehearsed(week())
    rounds = of_kind(record, RoundCompleted)
    assert len(rounds) == 7 * 3 * 8
    assert {event.scanned_count for event in rounds} == {5}
    ended = [entry.stamp.recorded_at for entry in record.entries if isinstance(entry.event, RoundCompleted)]
    assert max(later - earlier for earlier, later in pairwise(ended)) < 90 * MINUTE


def test_goods_come_announced_and_go_with_an_order_counted_by_two():
    record, _ = rehearsed(week(turn=0))
    received, released = of_kind(record, GoodsReceived), of_kind(record, GoodsReleased)
    assert received
    assert released
    assert all(event.announced and not event.differences and len(event.counted_by) == 2 for event in received)
    assert all(event.has_order and not event.beyond_stock and len(event.counted_by) == 2 for event in released)


def test_crews_are_searched_and_visitors_bring_a_letter():
    record, _ = rehearsed(week())
    entered = of_kind(record, PersonEntered)
    assert all(event.body_checked for event in entered if event.role == "sorter")
    visitors = [event for event in entered if event.purpose == "visit"]
    assert visitors
    assert all(event.letter_number and event.pass_number and event.escort_inside for event in visitors)
    assert {event.on_access_list for event in entered} == {"listed"}


def test_the_fitness_check_is_the_shipped_one():
    assert house.CHECKLIST == CHECKLIST
    record, _ = rehearsed(week())
    (checked,) = of_kind(record, FitnessChecked)
    assert [answer.item for answer in checked.answers] == [item.id for item in ITEMS]


def test_nobody_is_real_and_no_two_are_called_alike():
    names = Names()
    company = company_of(Scene(post(sorters=300), drawing(1), names.seal))
    called = [value for purpose, value in names.values.values() if purpose == "person"]
    assert all(value.endswith(MARK) for value in called)
    assert len(set(called)) == len(called) == len(company.everybody)


def test_plates_are_no_plates():
    plates = [cue.command.plate for cue in week() if isinstance(cue.command, ArriveVehicle)]
    assert plates
    assert all(plate.endswith(" DEMO") for plate in plates)


def test_accounts_are_as_many_as_the_watch_needs():
    places = [f"36.{number}-G1" for number in ("01", "02", "03", "04", "71", "72", "73", "74")]
    accounts = accounts_of(places)
    assert sum(account.role == "watcher" for account in accounts) == 24
    assert sum(account.role == "district_officer" for account in accounts) == 8
    assert len({account.username for account in accounts}) == len(accounts)
    assert len({account.display_name for account in accounts}) == len(accounts)
    assert {row["username"] for row in SHOWN} <= {account.username for account in accounts}


def test_the_first_day_is_given():
    assert min(cue.at for cue in routine().between(*WEEK)) >= at(0, 6)
    assert routine().first_day == FIRST_DAY
