"""A badge log through the gates: what each event becomes, bad lines, and that a second replay changes nothing."""

import json

import pytest
from click.testing import CliRunner

from awas.ledger.area import DAY, Sealed
from awas.ledger.models import Entry
from awas.simulation.badges import Gatekeeper, read_badges, rests, shift_of
from awas.simulation.commands import replay
from awas.simulation.replaying import replay_badges
from awas.warehouse.commands import EnterPerson
from awas.warehouse.models import Presence, Visit
from awas.warehouse.services import site_state

HEADING = "timestamp, type, prox-id, floor, zone"
DAY_ONE = (
    "2016-05-31 07:40:00, fixed-prox, abrown001, 1, 1",
    "2016-05-31 07:42:00, fixed-prox, abrown001, 1, 2",
    "2016-05-31 08:00:00, fixed-prox, cgreen001, 3, 4",
    "2016-05-31 08:10:00, fixed-prox, abrown001, 2, Server Room",
    "2016-05-31 16:00:00, fixed-prox, abrown001, 1, 1",
    "2016-05-31 21:00:00, fixed-prox, dgrey001, 1, 1",
)
PLACE = "36.99-G1"


class Sealing:
    def seal(self, reference, purpose, value, identity):
        return Sealed(ref=reference, digest="0" * 64)


def acts(lines, places=(PLACE,)):
    events, bad = read_badges(lines, places[0])
    assert not bad
    keeper = Gatekeeper(places, Sealing(), "cafe0123")
    return [
        [("in" if isinstance(cue.command, EnterPerson) else "out", cue.place, cue.command.gate) for cue in cues]
        for _, cues in keeper.cues(events, 0)
    ]


def test_every_event_becomes_an_act_at_the_gate():
    assert acts(DAY_ONE) == [
        [("in", PLACE, "l1z1")],
        [("out", PLACE, "l1z1"), ("in", PLACE, "l1z2")],
        [("in", PLACE, "l3z4")],
        [("out", PLACE, "l1z2"), ("in", PLACE, "l2zserverroom")],
        [("out", PLACE, "l2zserverroom")],  # the entrance, and nothing more that day: an exit
        [("in", PLACE, "l1z1"), ("out", PLACE, "l1z1")],  # the entrance alone: in and out
    ]


def test_floors_are_shared_among_places():
    there = [act[1] for acts_ in acts(DAY_ONE, ("36.01-G1", "36.02-G1")) for act in acts_]
    assert there[:4] == ["36.01-G1", "36.01-G1", "36.01-G1", "36.01-G1"]
    assert "36.02-G1" in there  # floor 2


def test_a_rest_is_four_hours_or_for_good():
    events, _ = read_badges(DAY_ONE, PLACE)
    assert rests(events) == {3, 4, 5, 6}


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("2016-05-31 07:40:00, fixed-prox, abrown001, 1", "not a badge event"),
        ("31/05/2016 07:40, fixed-prox, abrown001, 1, 1", "not a badge event"),
        ("2016-13-31 07:40:00, fixed-prox, abrown001, 1, 1", "no such time"),
        ("2016-05-31 07:61:00, fixed-prox, abrown001, 1, 1", "no such time"),
        ("2016-05-31 07:40:00, fixed-prox, <script>, 1, 1", "not a badge event"),
        ("2016-05-31 07:40:00, fixed-prox, abrown001, -1, 1", "not a badge event"),
        ("\x00\x00", "not a badge event"),
    ],
)
def test_a_bad_line_is_named_and_the_others_are_read(line, why):
    events, bad = read_badges([HEADING, DAY_ONE[0], line, DAY_ONE[1]], PLACE)
    assert [event.line for event in events] == [2, 4]
    assert [(one.line, why in one.why) for one in bad] == [(3, True)]


def test_the_log_is_moved_by_whole_weeks_to_just_before_now():
    events, _ = read_badges(DAY_ONE, PLACE)
    now = events[-1].at + 400 * DAY
    shift = shift_of(events, now)
    assert shift % (7 * DAY) == 0
    assert now - 7 * DAY < events[-1].at + shift <= now


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "badges.csv"
    path.write_text("\n".join((HEADING, *DAY_ONE)) + "\n", encoding="utf-8")
    return path


def test_every_event_is_in_the_record_and_a_second_replay_changes_nothing(clock, file):
    first = replay_badges(file, [PLACE], clock.now)
    assert (first.events, first.events_kept, first.entries, first.refused) == (6, 6, 9, 0)
    assert first.at_own_hours
    count = Entry.objects.count()
    clock.now += 30 * DAY
    second = replay_badges(file, [PLACE], clock.now)
    assert (second.events_kept, second.entries, second.entries_new) == (6, 9, 0)
    assert Entry.objects.count() == count


def test_who_never_left_is_still_inside(clock, file):
    replay_badges(file, [PLACE], clock.now)
    (visit,) = Visit.objects.filter(state="inside")
    assert visit.gate == "l3z4"
    assert Presence.objects.count() == 3
    assert site_state(PLACE).inside_count == 1


def test_two_districts_hold_their_own_floors(clock, file):
    done = replay_badges(file, ["36.98-G1", "36.99-G1"], clock.now)
    assert done.events_kept == 6
    assert set(Entry.objects.values_list("log__origin", flat=True)) == {"awas/36.98", "awas/36.99"}


def test_a_log_with_later_entries_takes_it_as_of_now(clock, file, tmp_path):
    replay_badges(file, [PLACE], clock.now)
    later = tmp_path / "later.csv"
    later.write_text(DAY_ONE[2] + "\n", encoding="utf-8")
    done = replay_badges(later, [PLACE], clock.now)
    assert not done.at_own_hours
    assert done.events_kept == 1
    entry = Entry.objects.filter(device__startswith="badge-").order_by("-index").first()
    assert entry.recorded_at == clock.now


def test_the_command_tells_bad_lines_and_what_was_found(clock, file):
    with file.open("a", encoding="utf-8") as more:
        more.write("what is this\n")
    result = CliRunner().invoke(replay, ["badges", str(file)])
    assert result.exit_code == 1
    assert "badges.csv:8: not a badge event" in result.output
    assert "6 of 6 badge events stand in the record" in result.output
    assert "entries/s" in result.output


def test_the_command_speaks_json(clock, file):
    result = CliRunner().invoke(replay, ["badges", str(file), "--place", "36.97-G1", "--json"])
    assert result.exit_code == 0
    done = json.loads(result.stdout)
    assert (done["events"], done["events_kept"], done["bad_lines"]) == (6, 6, [])
    assert {finding["rule"] for finding in done["findings"]} <= {f"WAR-{number:02}" for number in range(1, 60)}


def test_a_place_must_be_a_site(clock, file):
    assert CliRunner().invoke(replay, ["badges", str(file), "--place", "36.02"]).exit_code == 2


def test_an_empty_log_is_no_failure(clock, tmp_path):
    empty = tmp_path / "empty.csv"
    empty.write_text(HEADING + "\n", encoding="utf-8")
    done = replay_badges(empty, [PLACE], clock.now)
    assert (done.events, done.entries, done.findings) == (0, 0, ())


@pytest.mark.realdata
def test_two_weeks_of_a_real_badge_log(clock, realdata):
    file = realdata / "access" / "vast2016_mc2_fixed_prox.csv"
    done = replay_badges(file, [PLACE], clock.now)
    assert (done.events, done.events_kept, done.refused, done.bad_lines) == (29_763, 29_763, 0, ())
    assert done.entries >= 29_763
    assert {"WAR-08", "WAR-13"} <= {finding.rule for finding in done.findings}
