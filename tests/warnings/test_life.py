"""What becomes of a warning that nobody answers, that another one hides, that somebody is given: read as a score."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from awas.ledger.area import HOUR, MINUTE, Refused, Sealed, Stamp
from awas.warnings import events as happened
from awas.warnings.asked import (
    Acknowledge,
    Assign,
    Comment,
    Link,
    Resolve,
    SetPolicy,
    Silence,
    Summarise,
)
from awas.warnings.judge import Judge
from awas.warnings.policy import DEFAULTS, TIERS, Policy, Rung, at_once, faults
from awas.warnings.rule import Cleared, Found, Level
from tests.warnings.doors import AREA, NINE, OPEN, PATIENT, PLACE, Opened, Passed, Shut, rule

SIAGA = DEFAULTS["siaga"]
NOTE = Sealed(ref="v1", digest="0" * 64)


def stamp(minute, place=PLACE, actor="p1"):
    at = NINE + round(minute * MINUTE)
    return Stamp(place=place, actor=actor, device="d1", occurred_at=at, recorded_at=at)


def said(steps):
    """(minute, what) of each step."""
    return [((step.stamp.recorded_at - NINE) // MINUTE, step.event.__struct_config__.tag[8:-2]) for step in steps]


def climbed(steps):
    return [
        ((step.stamp.recorded_at - NINE) // MINUTE, step.event.tier)
        for step in steps
        if isinstance(step.event, happened.WarningEscalated)
    ]


def passes(judge, minute):
    return judge.advance(NINE + minute * MINUTE)


def one(judge):
    (warning,) = judge.warnings.values()
    return warning


def acknowledges(judge, minute, until, **more):
    command = Acknowledge(warning=one(judge).id, until=NINE + until * MINUTE, reason="handling", **more)
    return judge.command(stamp(minute), command)


# -- nobody answers ------------------------------------------------------------------------------------------------


def test_unanswered_it_climbs_and_is_said_again_and_then_rests():
    judge = Judge([OPEN], [AREA])
    assert said(judge.observe(stamp(0), Opened())) == [(0, "fired")]
    assert one(judge).rung == at_once(SIAGA) == 1, "site and district hear it at once"
    assert said(passes(judge, 24 * 60)) == [
        (30, "escalated"),
        (120, "escalated"),
        (150, "repeated"),
        (180, "repeated"),
        (210, "repeated"),
        (240, "repeated"),
    ]
    assert (one(judge).rung, one(judge).repeated_count, one(judge).state) == (3, 4, "firing")


def test_each_tier_hears_it_in_its_time():
    judge = Judge([OPEN], [AREA])
    judge.observe(stamp(0), Opened())
    assert climbed(passes(judge, 24 * 60)) == [(30, "province"), (120, "nation")]


def test_whoever_answers_stops_it():
    judge = Judge([OPEN], [AREA])
    judge.observe(stamp(0), Opened())
    acknowledges(judge, 29, 89)
    assert said(passes(judge, 88)) == []


def test_an_answer_that_runs_out_goes_on_where_it_stopped():
    judge = Judge([OPEN], [AREA])
    judge.observe(stamp(0), Opened())
    passes(judge, 31)
    acknowledges(judge, 40, 70)
    assert said(passes(judge, 200)) == [(70, "acknowledgement_expired"), (160, "escalated"), (190, "repeated")]


def test_muted_gone_or_over_it_climbs_no_more():
    for ends in (
        lambda judge: judge.command(
            stamp(5), Silence(warning=one(judge).id, until=NINE + 48 * HOUR, reason="sensor_fault")
        ),
        lambda judge: judge.command(stamp(5), Resolve(warning=one(judge).id, judgement="useful")),
        lambda judge: judge.observe(stamp(5), Shut()),
    ):
        judge = Judge([OPEN], [AREA])
        judge.observe(stamp(0), Opened())
        ends(judge)
        assert said(passes(judge, 24 * 60)) == []


def test_when_it_comes_back_it_climbs_from_the_bottom():
    judge = Judge([OPEN], [AREA])
    judge.observe(stamp(0), Opened())
    passes(judge, 125)
    judge.observe(stamp(126), Shut())
    assert said(judge.observe(stamp(130), Opened())) == [(130, "fired")]
    assert climbed(passes(judge, 400)) == [(160, "province"), (250, "nation")]


def test_a_higher_level_climbs_by_its_own_ladder():
    judge = Judge([OPEN], [AREA])
    judge.observe(stamp(0), Opened())
    (found,) = judge.observe(stamp(10), Opened(wide=True))
    assert found.event.policy == DEFAULTS["awas"]
    assert climbed(passes(judge, 60)) == [(15, "province"), (25, "nation")]


def test_what_is_pending_climbs_once_it_fires():
    judge = Judge([PATIENT], [AREA])
    judge.observe(stamp(0), Opened())
    assert one(judge).policy is None
    assert said(passes(judge, 10)) == [(10, "fired")]
    assert one(judge).policy == DEFAULTS[one(judge).level]


# -- the office's own ladder ---------------------------------------------------------------------------------------


def test_a_warning_keeps_the_policy_it_began_with():
    judge = Judge([OPEN], [AREA])
    judge.observe(stamp(0), Opened(door="front"))
    patient = Policy(rungs=(Rung(tier="site"), Rung(tier="district", after=300)))
    judge.command(stamp(1, place="36.02"), SetPolicy(level="siaga", policy=patient))
    judge.observe(stamp(2), Opened(door="back"))
    first, second = (warning.policy for warning in judge.warnings.values())
    assert (first, second) == (SIAGA, patient)
    assert climbed(passes(judge, 24 * 60)) == [(30, "province"), (120, "nation"), (302, "district")]


def test_a_sites_policy_goes_before_its_districts_and_can_be_taken_back():
    judge = Judge([OPEN], [AREA])
    mine, ours = (Policy(rungs=(Rung(tier="site"), Rung(tier="district", after=wait))) for wait in (5, 50))
    judge.command(stamp(0, place="36.02"), SetPolicy(level="siaga", policy=ours))
    judge.command(stamp(0), SetPolicy(level="siaga", policy=mine))
    judge.observe(stamp(1), Opened(door="a"))
    judge.command(stamp(2), SetPolicy(level="siaga", policy=None))
    judge.observe(stamp(3), Opened(door="b"))
    assert [warning.policy for warning in judge.warnings.values()] == [mine, ours]


@pytest.mark.parametrize(
    ("policy", "code"),
    [
        (Policy(rungs=()), "nobody_at_once"),
        (Policy(rungs=(Rung(tier="site", after=1),)), "nobody_at_once"),
        (Policy(rungs=(Rung(tier="district"), Rung(tier="site", after=5))), "tiers_out_of_order"),
        (Policy(rungs=(Rung(tier="site"), Rung(tier="site", after=5))), "tiers_out_of_order"),
        (Policy(rungs=(Rung(tier="site"), Rung(tier="district", after=9), Rung(tier="nation", after=5))),
         "waits_out_of_order"),
        (Policy(rungs=(Rung(tier="site"), Rung(tier="district", after=2000))), "waits_out_of_order"),
        (Policy(rungs=(Rung(tier="site"),), repeat_after=1, repeat_most=3), "repeat_out_of_bounds"),
        (Policy(rungs=(Rung(tier="site"),), repeat_after=10, repeat_most=99), "repeats_out_of_bounds"),
    ],
)  # fmt: skip
def test_a_policy_out_of_bounds_is_refused(policy, code):
    judge = Judge([OPEN], [AREA])
    with pytest.raises(Refused, match=rf"policy\.{code}"):
        judge.command(stamp(0), SetPolicy(level="siaga", policy=policy))


def test_the_policies_that_come_with_it_are_sound():
    assert {level.value for level in Level} == set(DEFAULTS)
    assert not [faults(policy) for policy in DEFAULTS.values() if faults(policy)]


# -- one warning hides another -------------------------------------------------------------------------------------

FLOOD = rule(
    "TOY-09",
    level=Level.AWAS,
    hides=("TOY-01", "TOY-03"),
    on={
        Passed: lambda watch, stamp, event, limits: (Found(key="flood"),),
        Shut: lambda watch, stamp, event, limits: (Cleared(key="flood", why="settled"),) if event.door == "w" else (),
    },
)


def flooded(*rules):
    judge = Judge([*rules, FLOOD], [AREA])
    judge.observe(stamp(0), Passed())
    return judge


def of(judge, rule_id):
    (warning,) = [one for one in judge.warnings.values() if one.rule == rule_id]
    return warning


def test_what_only_follows_from_a_flood_stands_and_tells_nobody():
    judge = flooded(OPEN)
    (fired,) = judge.observe(stamp(1), Opened())
    assert (fired.event.inhibited_by, of(judge, "TOY-01").state) == (of(judge, "TOY-09").id, "firing")
    assert of(judge, "TOY-01").rung == -1
    assert {step.event.rule for step in passes(judge, 24 * 60)} == {"TOY-09"}


def test_a_flood_hides_what_stood_before_it():
    judge = Judge([OPEN, FLOOD], [AREA])
    judge.observe(stamp(0), Opened())
    assert said(judge.observe(stamp(1), Passed())) == [(1, "fired"), (1, "inhibited")]
    assert {step.event.rule for step in passes(judge, 24 * 60)} == {"TOY-09"}


def test_a_flood_hides_nothing_graver_than_itself():
    judge = Judge([OPEN, replace(FLOOD, level=Level.WASPADA)], [AREA])
    judge.observe(stamp(0), Passed())
    (fired,) = judge.observe(stamp(1), Opened())
    assert fired.event.inhibited_by == ""


@pytest.mark.parametrize("ends", ["cleared", "resolved"])
def test_when_the_flood_is_over_what_still_stands_speaks(ends):
    judge = flooded(OPEN)
    judge.observe(stamp(1), Opened(door="front"))
    judge.observe(stamp(1), Opened(door="back"))
    judge.observe(stamp(2), Shut(door="back"))
    passes(judge, 59)
    if ends == "cleared":
        steps = judge.observe(stamp(60), Shut(door="w"))
    else:
        steps = judge.command(stamp(60), Resolve(warning=of(judge, "TOY-09").id, judgement="useful"))
    assert said(steps) == [(60, ends), (60, "inhibition_ended")]
    front = next(one for one in judge.warnings.values() if one.key == "front")
    assert (front.inhibited_by, front.rung) == ("", 1)
    assert climbed(passes(judge, 24 * 60)) == [(90, "province"), (180, "nation")]


def test_a_pending_one_is_hidden_when_it_fires():
    judge = flooded(PATIENT)
    judge.observe(stamp(1), Opened())
    (fired, *_) = [step for step in passes(judge, 12) if step.event.rule == "TOY-03"]
    assert fired.event.inhibited_by == of(judge, "TOY-09").id


def test_places_are_flooded_by_themselves():
    judge = flooded(OPEN)
    (fired,) = judge.observe(stamp(1, place="36.02-G2"), Opened())
    assert fired.event.inhibited_by == ""


# -- people --------------------------------------------------------------------------------------------------------


def test_it_is_given_to_somebody_and_back():
    judge = Judge([OPEN], [AREA])
    judge.observe(stamp(0), Opened())
    name = one(judge).id
    judge.command(stamp(1), Assign(warning=name, to="p7"))
    assert one(judge).assigned_to == "p7"
    with pytest.raises(Refused, match="warning_assigned_already"):
        judge.command(stamp(2), Assign(warning=name, to="p7"))
    (step,) = judge.command(stamp(3), Assign(warning=name, to="", note=NOTE))
    assert (step.event.before, one(judge).assigned_to) == ("p7", "")


def test_what_became_of_it_is_said_even_when_it_is_over():
    judge = Judge([OPEN], [AREA])
    judge.observe(stamp(0), Opened())
    name = one(judge).id
    with pytest.raises(Refused, match="warning_not_over"):
        judge.command(stamp(1), Summarise(warning=name, cause="people", text=NOTE))
    judge.command(stamp(1), Resolve(warning=name, judgement="useful"))
    judge.command(stamp(2), Link(warning=name, link="finding", reference="001/TM/2024"))
    judge.command(stamp(3), Comment(warning=name, text=NOTE, mentions=("p2",)))
    judge.command(stamp(4), Summarise(warning=name, cause="people", text=NOTE))
    assert (one(judge).links, one(judge).cause) == ((("finding", "001/TM/2024"),), "people")
    for command, code in (
        (Link(warning=name, link="finding", reference="001/TM/2024"), "warning_linked_already"),
        (Link(warning=name, link="nowhere", reference="1"), "link_unknown"),
        (Link(warning=name, link="letter", reference=" "), "field_missing"),
        (Summarise(warning=name, cause="nothing", text=NOTE), "reason_unknown"),
        (Assign(warning=name, to="p1"), "warning_already_resolved"),
    ):
        with pytest.raises(Refused, match=code):
            judge.command(stamp(5), command)


# -- whatever happens ----------------------------------------------------------------------------------------------


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["open", "wide", "shut", "pass", "dry", "take", "mute", "end", "wait"]),
            st.integers(1, 90),
        ),
        max_size=40,
    )
)
def test_whoever_hears_it_hears_it_in_order_and_only_while_it_is_unanswered(taps):
    judge = Judge([OPEN, PATIENT, FLOOD], [AREA])
    minute, steps = 0, []
    for what, wait in taps:
        minute += wait
        steps += passes(judge, minute)
        firing = [one for one in judge.warnings.values() if one.state != "resolved"]
        if what in ("open", "wide"):
            steps += judge.observe(stamp(minute), Opened(wide=what == "wide"))
        elif what in ("shut", "dry"):
            steps += judge.observe(stamp(minute), Shut(door="front" if what == "shut" else "w"))
        elif what == "pass":
            steps += judge.observe(stamp(minute), Passed())
        elif firing and what != "wait":
            until = NINE + (minute + 45) * MINUTE
            command = {
                "take": Acknowledge(warning=firing[0].id, until=until, reason="handling"),
                "mute": Silence(warning=firing[0].id, until=until, reason="other"),
                "end": Resolve(warning=firing[0].id, judgement="noise"),
            }[what]
            try:
                steps += judge.command(stamp(minute), command)
            except Refused:
                continue
    steps += passes(judge, minute + 3 * 24 * 60)
    for name in judge.warnings:
        sound(name, [step.event for step in steps if step.event.warning == name])
    hidden = [one for one in judge.warnings.values() if one.inhibited_by and one.state != "resolved"]
    assert all(judge.warnings[one.inhibited_by].state != "resolved" for one in hidden), "hidden by what is over"
    assert all(judge.warnings[one.inhibited_by].holds for one in hidden)


def sound(name, events):
    """A life: no rung skipped or heard twice on one ladder, nothing said while it is answered, hidden or gone."""
    rung, silent, policy = -1, True, None
    for event in events:
        kind = type(event).__name__.removeprefix("Warning")
        if kind in ("Escalated", "Repeated"):
            assert not silent, (name, kind)
        if kind == "Escalated":
            assert event.rung == rung + 1
            assert event.tier == policy.rungs[event.rung].tier
            rung = event.rung
        elif kind == "Fired":
            policy, silent = event.policy, bool(event.inhibited_by)
            rung = -1 if silent else at_once(policy)
        elif kind == "EvidenceAdded" and event.policy is not None:
            policy = event.policy
            rung = rung if silent and rung < 0 else max(rung, at_once(policy))
        elif kind in ("Acknowledged", "Silenced", "Inhibited", "Cleared", "Resolved"):
            silent = True
        elif kind in ("AcknowledgementExpired", "SilenceEnded", "InhibitionEnded"):
            silent = False
            rung = max(rung, at_once(policy))
    assert rung < len(TIERS)
