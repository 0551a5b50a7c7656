"""The engine and the deadlines: what must hold whatever the rules are."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from awas.ledger.area import MINUTE, Refused, Sealed, Stamp
from awas.warnings import events as happened
from awas.warnings.asked import Acknowledge, Comment, Resolve, SetThreshold, Silence
from awas.warnings.engine import SETTLE, Engine
from awas.warnings.judge import Judge
from awas.warnings.rule import Level, Watch
from awas.warnings.timers import Timers
from tests.warnings.doors import (
    AREA,
    CALM,
    FLAT,
    LONG_OPEN,
    NINE,
    OPEN,
    PATIENT,
    PLACE,
    Opened,
    Passed,
    Shut,
    rule,
)


def stamp(minute, place=PLACE, late=0, actor="p1"):
    at = NINE + minute * MINUTE
    return Stamp(place=place, actor=actor, device="d1", occurred_at=at - late * MINUTE, recorded_at=at)


def kinds(steps):
    return [type(step.event).__struct_config__.tag.removeprefix("warning.").removesuffix("@1") for step in steps]


def one(judge):
    (warning,) = judge.warnings.values()
    return warning


def test_a_finding_that_stays_is_one_warning():
    judge = Judge([OPEN], [AREA], policies=FLAT)
    assert kinds(judge.observe(stamp(0), Opened())) == ["fired"]
    assert kinds(judge.observe(stamp(1), Opened())) == ["evidence_added"]
    assert one(judge).evidence == (0, 1)
    assert one(judge).facts == (("open", 2),)


def test_a_storm_writes_a_bounded_number_of_steps():
    judge = Judge([OPEN], [AREA], policies=FLAT)
    steps = [step for minute in range(200) for step in judge.observe(stamp(minute), Opened())]
    assert len(steps) == one(judge).evidence_count == 20


def test_a_higher_level_is_told_even_in_a_storm():
    judge = Judge([OPEN], [AREA], policies=FLAT)
    for minute in range(30):
        judge.observe(stamp(minute), Opened())
    assert kinds(judge.observe(stamp(30), Opened(wide=True))) == ["evidence_added"]
    assert one(judge).level == "awas"


def test_the_condition_going_is_not_the_end():
    judge = Judge([OPEN], [AREA], policies=FLAT)
    judge.observe(stamp(0), Opened())
    assert kinds(judge.observe(stamp(1), Shut())) == ["cleared"]
    assert (one(judge).state, one(judge).holds, one(judge).why) == ("cleared", False, "left")
    assert kinds(judge.observe(stamp(2), Opened())) == ["fired"]
    assert (one(judge).state, one(judge).refired_count) == ("firing", 1)


def test_coming_and_going_is_flapping():
    judge = Judge([OPEN], [AREA], policies=FLAT)
    for minute in range(5):
        judge.observe(stamp(2 * minute), Opened())
        judge.observe(stamp(2 * minute + 1), Shut())
    assert one(judge).flapping


def test_a_resolved_finding_found_again_is_a_new_warning_that_knows_the_old():
    judge = Judge([OPEN], [AREA], policies=FLAT)
    (step,) = judge.observe(stamp(0), Opened())
    judge.command(stamp(1), Resolve(warning=step.event.warning, judgement="useful"))
    (again,) = judge.observe(stamp(2), Opened())
    assert again.event.warning != step.event.warning
    assert judge.warnings[again.event.warning].recurrence == 1
    assert judge.warnings[step.event.warning].judgement == "useful"


def test_absence_is_a_deadline():
    judge = Judge([LONG_OPEN], [AREA], policies=FLAT)
    assert not judge.observe(stamp(0), Opened())
    assert not judge.observe(stamp(29), Passed())
    (step,) = judge.observe(stamp(31), Passed())
    assert step.stamp.occurred_at == NINE + 30 * MINUTE
    assert one(judge).evidence == (0,)
    assert kinds(judge.observe(stamp(40), Shut())) == ["cleared"]


def test_a_deadline_that_was_met_says_nothing():
    judge = Judge([LONG_OPEN], [AREA], policies=FLAT)
    judge.observe(stamp(0), Opened())
    judge.observe(stamp(29), Shut())
    assert not judge.advance(NINE + 600 * MINUTE)


def test_a_deadline_is_moved_in_place():
    timers, watch = Timers(), Watch(PLACE, None, {})
    for due_at in range(1000, 2000):
        timers.arm(watch, ("TOY-02", "absence", "front"), due_at)
    assert len(timers._heap) == 1
    assert not list(timers.pop_due(1998))
    assert [timer.due_at for timer in timers.pop_due(1999)] == [1999]
    assert not watch.deadlines


def test_a_phone_that_was_offline_tells_late_and_is_given_time_to_finish():
    """It uploads an opening of five hours ago and, a second later, the shutting: no warning in between."""
    judge = Judge([LONG_OPEN], [AREA], policies=FLAT)
    judge.observe(stamp(0, late=300), Opened())
    shut = Stamp(place=PLACE, actor="p1", device="d1", occurred_at=NINE - 1, recorded_at=NINE + 1000)
    assert not judge.observe(shut, Shut())
    assert not judge.advance(NINE + 600 * MINUTE)


def test_a_late_opening_without_a_shutting_is_found_soon():
    judge = Judge([LONG_OPEN], [AREA], policies=FLAT)
    judge.observe(stamp(0, late=300), Opened())
    (step,) = judge.advance(NINE + 600 * MINUTE)
    assert step.stamp.occurred_at == NINE + SETTLE


def test_pending_fires_only_when_the_condition_holds_on():
    judge = Judge([PATIENT], [AREA], policies=FLAT)
    assert kinds(judge.observe(stamp(0), Opened())) == ["pended"]
    assert kinds(judge.observe(stamp(5), Shut())) == ["cleared", "resolved"]
    assert one(judge).why == "never_fired"
    assert kinds(judge.observe(stamp(20), Opened())) == ["pended"]
    assert not judge.observe(stamp(25), Opened())
    assert kinds(judge.advance(NINE + 30 * MINUTE)) == ["fired"]


def test_it_fires_on_for_a_while_after_the_condition_went():
    judge = Judge([CALM], [AREA], policies=FLAT)
    judge.observe(stamp(0), Opened())
    assert not judge.observe(stamp(5), Shut())
    assert not judge.observe(stamp(15), Opened(door="back"))[1:]
    assert kinds(judge.observe(stamp(20), Opened())) == ["evidence_added"]
    assert not judge.advance(NINE + 60 * MINUTE)
    judge.observe(stamp(61), Shut())
    assert kinds(judge.advance(NINE + 81 * MINUTE)) == ["cleared"]


def test_acknowledgement_expires_and_the_warning_comes_back():
    judge = Judge([OPEN], [AREA], policies=FLAT)
    (step,) = judge.observe(stamp(0), Opened())
    name = step.event.warning
    until = NINE + 60 * MINUTE
    judge.command(stamp(1), Acknowledge(warning=name, until=until, reason="handling"))
    assert (one(judge).state, one(judge).acknowledged_by) == ("acknowledged", "p1")
    assert kinds(judge.advance(until)) == ["acknowledgement_expired"]
    assert one(judge).state == "firing"


def test_taking_it_on_again_moves_the_hour():
    judge = Judge([OPEN], [AREA], policies=FLAT)
    (step,) = judge.observe(stamp(0), Opened())
    for minute, until in ((1, 60), (50, 120)):
        command = Acknowledge(warning=step.event.warning, until=NINE + until * MINUTE, reason="handling")
        judge.command(stamp(minute), command)
    assert not judge.advance(NINE + 61 * MINUTE)
    assert kinds(judge.advance(NINE + 120 * MINUTE)) == ["acknowledgement_expired"]


def test_what_somebody_took_on_comes_back_when_it_gets_worse():
    judge = Judge([OPEN], [AREA], policies=FLAT)
    (step,) = judge.observe(stamp(0), Opened())
    command = Acknowledge(warning=step.event.warning, until=NINE + 600 * MINUTE, reason="handling")
    judge.command(stamp(1), command)
    steps = judge.observe(stamp(2), Opened(wide=True))
    assert kinds(steps) == ["evidence_added", "acknowledgement_expired"]
    assert not judge.advance(NINE + 700 * MINUTE)


def test_an_acknowledged_warning_ends_with_its_condition():
    judge = Judge([OPEN], [AREA], policies=FLAT)
    (step,) = judge.observe(stamp(0), Opened())
    command = Acknowledge(warning=step.event.warning, until=NINE + 600 * MINUTE, reason="handling")
    judge.command(stamp(1), command)
    assert kinds(judge.observe(stamp(2), Shut())) == ["cleared", "resolved"]
    assert not judge.advance(NINE + 700 * MINUTE)


def test_seeing_a_cleared_warning_ends_it():
    judge = Judge([OPEN], [AREA], policies=FLAT)
    (step,) = judge.observe(stamp(0), Opened())
    judge.observe(stamp(1), Shut())
    command = Acknowledge(warning=step.event.warning, until=NINE + 600 * MINUTE, reason="handling")
    assert kinds(judge.command(stamp(2), command)) == ["resolved"]


@pytest.mark.parametrize(("shut_meanwhile", "state"), [(False, "firing"), (True, "cleared")])
def test_silence_ends_by_itself(shut_meanwhile, state):
    judge = Judge([OPEN], [AREA], policies=FLAT)
    (step,) = judge.observe(stamp(0), Opened())
    until = NINE + 60 * MINUTE
    judge.command(stamp(1), Silence(warning=step.event.warning, until=until, reason="works_in_progress"))
    if shut_meanwhile:
        judge.observe(stamp(30), Shut())
    assert one(judge).state == "silenced"
    assert kinds(judge.advance(until)) == ["silence_ended"]
    assert one(judge).state == state


def test_silence_of_data_resolves_nothing():
    judge = Judge([OPEN, LONG_OPEN, CALM], [AREA], policies=FLAT)
    judge.observe(stamp(0), Opened())
    judge.advance(NINE + 365 * 24 * 60 * MINUTE)
    assert {warning.state for warning in judge.warnings.values()} == {"firing"}


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (lambda name: Acknowledge(warning="nobody", until=NINE + MINUTE * 60, reason="handling"), "warning_unknown"),
        (lambda name: Acknowledge(warning=name, until=NINE, reason="handling"), "until_in_the_past"),
        (lambda name: Acknowledge(warning=name, until=NINE + 25 * 60 * MINUTE, reason="handling"), "until_too_far"),
        (lambda name: Acknowledge(warning=name, until=NINE + MINUTE * 60, reason="because"), "reason_unknown"),
        (lambda name: Silence(warning=name, until=NINE + 60 * 24 * 8 * MINUTE, reason="other"), "until_too_far"),
        (lambda name: Silence(warning=name, until=NINE + MINUTE * 60, reason="because"), "reason_unknown"),
        (lambda name: Resolve(warning=name, judgement="great"), "judgement_unknown"),
        (lambda name: SetThreshold(rule="TOY-02", name="minutes", value=601), "threshold_out_of_bounds"),
        (lambda name: SetThreshold(rule="TOY-02", name="hours", value=1), "threshold_unknown"),
        (lambda name: SetThreshold(rule="TOY-99", name="minutes", value=1), "threshold_unknown"),
    ],
)
def test_people_are_refused_what_contradicts_the_record(command, code):
    judge = Judge([OPEN, LONG_OPEN], [AREA], policies=FLAT)
    (step,) = judge.observe(stamp(0), Opened())
    with pytest.raises(Refused) as refused:
        judge.command(stamp(1), command(step.event.warning))
    assert refused.value.code == code


def test_a_resolved_warning_takes_comments_only():
    judge = Judge([OPEN], [AREA], policies=FLAT)
    (step,) = judge.observe(stamp(0), Opened())
    name = step.event.warning
    judge.command(stamp(1), Resolve(warning=name, judgement="noise"))
    text = Sealed(ref="v1", digest="0" * 64)
    assert kinds(judge.command(stamp(2), Comment(warning=name, text=text))) == ["commented"]
    with pytest.raises(Refused, match="warning_already_resolved"):
        judge.command(stamp(3), Resolve(warning=name, judgement="noise"))


def test_a_warning_of_another_place_is_unknown_here():
    judge = Judge([OPEN], [AREA], policies=FLAT)
    (step,) = judge.observe(stamp(0), Opened())
    with pytest.raises(Refused, match="warning_unknown"):
        judge.command(stamp(1, place="36.02-G2"), Resolve(warning=step.event.warning, judgement="useful"))


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ((), 30),
        ((("36.02", 60),), 60),
        (((PLACE, 45),), 45),
        (((PLACE, 45), ("36.02", 60)), 45),
        ((("36.02", 60), (PLACE, 45)), 45),
        (((PLACE, 45), (PLACE, None)), 30),
        ((("36.04", 60),), 30),
    ],
)
def test_a_threshold_is_moved_by_an_event_for_a_place_or_its_log(settings, expected):
    judge = Judge([LONG_OPEN], [AREA], policies=FLAT)
    for place, value in settings:
        judge.command(stamp(0, place=place), SetThreshold(rule="TOY-02", name="minutes", value=value))
    judge.observe(stamp(0), Opened())
    (step,) = judge.advance(NINE + 600 * MINUTE)
    assert step.stamp.occurred_at == NINE + expected * MINUTE


def test_the_ends_of_an_earlier_episode_dont_touch_the_one_that_stands():
    """The database's judge may read a person's resolution after it has raised the finding again."""
    engine, timers = Engine([OPEN], [AREA]), Timers()
    watch = engine.watch(PLACE, timers)
    engine.observe(watch, 0, stamp(0), Opened())
    standing = watch.open["TOY-01", "front"]
    engine.follow(watch, happened.WarningResolved(warning="another", rule="TOY-01", key="front", how="by_person"))
    assert watch.open["TOY-01", "front"] is standing


def test_two_rules_of_one_id_are_refused():
    with pytest.raises(ValueError, match="same id"):
        Engine([OPEN, OPEN], [AREA])


def test_a_rule_on_events_of_no_area_is_refused():
    with pytest.raises(ValueError, match="no wired area"):
        Engine([OPEN], [])


def test_a_rule_must_listen():
    with pytest.raises(ValueError, match="listens to nothing"):
        rule("TOY-09")


def test_levels_and_cap_severity():
    assert [(level.value, level.rank, level.severity) for level in Level] == [
        ("waspada", 1, "Moderate"),
        ("siaga", 2, "Severe"),
        ("awas", 3, "Extreme"),
    ]


doings = st.lists(
    st.tuples(
        st.integers(0, 40),
        st.sampled_from(["open", "wide", "shut", "pass", "acknowledge", "silence", "resolve"]),
        st.sampled_from(["front", "back"]),
    ),
    max_size=60,
)


@given(doings)
def test_any_course_of_events_keeps_the_life_in_order(course):
    """Never two open warnings of one fingerprint; firing means the condition holds; each step is one of its states."""
    judge = Judge([OPEN, LONG_OPEN, PATIENT, CALM], [AREA], policies=FLAT)
    minute = 0
    for wait, what, door in course:
        minute += wait
        if what in ("open", "wide"):
            judge.observe(stamp(minute), Opened(door=door, wide=what == "wide"))
        elif what == "shut":
            judge.observe(stamp(minute), Shut(door=door))
        elif what == "pass":
            judge.observe(stamp(minute), Passed(door=door))
        else:
            _people(judge, minute, what, door)
        standing = [one for one in judge.warnings.values() if one.state != "resolved"]
        assert max(Counter(one.fingerprint for one in standing).values(), default=0) <= 1
        assert all(one.holds for one in standing if one.state in ("pending", "firing", "acknowledged"))
        assert all(not one.holds for one in standing if one.state == "cleared")
        known = {entry.id for entry in judge.watch(PLACE).open.values()}
        assert known == {one.id for one in standing}


def _people(judge, minute, what, door):
    open_here = [one for one in judge.warnings.values() if one.key == door and one.state != "resolved"]
    if not open_here:
        return
    name = open_here[0].id
    until = NINE + (minute + 30) * MINUTE
    command = {
        "acknowledge": Acknowledge(warning=name, until=until, reason="handling"),
        "silence": Silence(warning=name, until=until, reason="other"),
        "resolve": Resolve(warning=name, judgement="useful"),
    }[what]
    try:
        judge.command(stamp(minute), command)
    except Refused as refused:
        assert refused.code in ("warning_not_firing", "warning_already_resolved")


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(1, 50), st.booleans()), max_size=80))
def test_deadlines_come_up_as_a_plain_table_says(course):
    """The lazy heap against the obvious thing: a dictionary searched at every step."""
    timers, watch = Timers(), Watch(PLACE, None, {})
    plain: dict[str, int] = {}
    now = 0
    for key, delay, arm in course:
        now += 7
        due = sorted((at, name) for name, at in plain.items() if at <= now)
        assert sorted((timer.due_at, timer.key) for timer in timers.pop_due(now)) == due
        plain = {name: at for name, at in plain.items() if at > now}
        if arm:
            timers.arm(watch, ("R", "absence", str(key)), now + delay)
            plain[str(key)] = now + delay
        else:
            timers.disarm(watch, ("R", "absence", str(key)))
            plain.pop(str(key), None)
        assert len(watch.deadlines) == len(plain)
        assert timers.next_at <= min(plain.values(), default=timers.next_at)
