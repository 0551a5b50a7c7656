"""Which CAP messages the life of a warning makes: a chain that can be read from the log alone."""

from itertools import pairwise

from awas.ledger.area import DAY, HOUR, MINUTE, Stamp
from awas.warnings.cap.composing import composed
from awas.warnings.cap.message import instant_of
from awas.warnings.decide import Acknowledge, Comment, Resolve, Silence
from tests.book import sealed
from tests.warnings.cap_making import PUBLISHER, WHERE, Life
from tests.warnings.doors import AREA, NINE, OPEN, PATIENT, PLACE, Opened, Shut


def stamp(minute):
    at = NINE + minute * MINUTE
    return Stamp(place=PLACE, actor="p1", device="d1", occurred_at=at, recorded_at=at)


class Played(Life):
    def __init__(self, *rules):
        super().__init__(*(rules or (OPEN,)), area=AREA)

    def opens(self, minute, *, wide=False):
        self.judge.observe(stamp(minute), Opened(wide=wide))
        return self

    def shuts(self, minute):
        self.judge.observe(stamp(minute), Shut())
        return self

    def does(self, minute, command, **said):
        self.judge.command(stamp(minute), command(warning=self.steps[0].event.warning, **said))
        return self

    def told(self, minute):
        return [(one.kind, one.phase) for one in self.issues(NINE + minute * MINUTE)]


def test_a_warning_that_comes_and_is_resolved():
    life = Played().opens(0).does(5, Resolve, judgement="useful")
    assert life.told(6) == [("Alert", "stands"), ("Cancel", "over")]


def test_a_condition_that_goes_gives_all_clear_and_may_come_back_under_the_same_name():
    life = Played().opens(0).shuts(1).opens(2).shuts(3).does(4, Resolve, judgement="useful")
    assert life.told(5) == [
        ("Alert", "stands"),
        ("Update", "gone"),
        ("Update", "stands"),
        ("Update", "gone"),
        ("Cancel", "over"),
    ]


def test_more_evidence_is_no_news_and_a_higher_level_is():
    life = Played().opens(0).opens(1).opens(2, wide=True)
    assert life.told(3) == [("Alert", "stands"), ("Update", "stands")]
    assert [one.level for one in life.issues(NINE + 3 * MINUTE)] == ["siaga", "awas"]


def test_taking_it_on_is_no_news_until_the_hour_has_passed():
    life = Played().opens(0).does(1, Acknowledge, until=NINE + HOUR, reason="handling")
    assert life.told(30) == [("Alert", "stands")]
    life.judge.advance(NINE + 2 * HOUR)
    assert life.told(130) == [("Alert", "stands"), ("Update", "stands")]


def test_what_rises_while_somebody_has_it_is_told_once():
    """The higher level and the acknowledgement that ends by it are one command's."""
    life = Played().opens(0).does(1, Acknowledge, until=NINE + HOUR, reason="handling").opens(2, wide=True)
    assert life.told(3) == [("Alert", "stands"), ("Update", "stands")]


def test_what_goes_while_somebody_has_it_is_told_once():
    life = Played().opens(0).does(1, Acknowledge, until=NINE + HOUR, reason="handling").shuts(2)
    assert life.told(3) == [("Alert", "stands"), ("Cancel", "over")]


def test_silence_and_notes_are_no_news_the_end_of_silence_is():
    life = Played().opens(0).does(1, Silence, until=NINE + HOUR, reason="other").does(2, Comment, text=sealed())
    assert life.told(30) == [("Alert", "stands")]
    life.judge.advance(NINE + 2 * HOUR)
    assert life.told(130) == [("Alert", "stands"), ("Update", "stands")]


def test_what_never_spoke_is_never_published():
    assert Played(PATIENT).opens(0).shuts(5).told(60) == []


def test_what_was_pending_is_published_when_it_fires():
    life = Played(PATIENT).opens(0)
    assert life.told(5) == []
    life.judge.advance(NINE + 10 * MINUTE)
    (one,) = life.issues(NINE + 11 * MINUTE)
    assert (one.kind, one.onset_at, one.sent_at) == ("Alert", NINE, NINE + 10 * MINUTE)
    assert one.evidence == (0,)


def test_what_stands_is_renewed_before_it_expires():
    life = Played().opens(0)
    issues = life.issues(NINE + 2 * DAY + HOUR)
    assert [(one.kind, one.name) for one in issues] == [("Alert", "100"), ("Update", "100.1"), ("Update", "100.2")]
    assert all(later.sent_at <= earlier.expires_at for earlier, later in pairwise(issues))
    life.shuts(3 * 24 * 60)
    *before, last = life.issues(NINE + 30 * DAY)
    assert [one.name for one in before] == ["100", "100.1", "100.2", "100.3"]
    assert (last.kind, last.sent_at) == ("Update", NINE + 3 * DAY)


def test_the_whole_life_refers_to_all_that_came_before():
    life = Played().opens(0).opens(1, wide=True).shuts(2).opens(3).shuts(4).opens(5)
    life.does(6, Acknowledge, until=NINE + HOUR, reason="handling")
    life.judge.advance(NINE + 2 * HOUR)
    life.does(130, Resolve, judgement="false")
    issues = life.issues(NINE + 140 * MINUTE)
    alerts = [composed(one, issues[:number], OPEN, WHERE, PUBLISHER) for number, one in enumerate(issues)]
    assert [one.kind for one in alerts] == ["Alert", *["Update"] * 6, "Cancel"]
    assert "keliru" in alerts[-1].note
    assert len({one.identifier for one in alerts}) == 8
    for number, alert in enumerate(alerts):
        assert alert.references == tuple(one.reference for one in alerts[:number])
        assert instant_of(alert.sent) == issues[number].sent_at


def test_what_was_taken_on_and_went_is_over_and_what_comes_back_is_another_chain():
    life = Played().opens(0).does(1, Acknowledge, until=NINE + HOUR, reason="handling").shuts(2).opens(3)
    first, again = life.steps[0].event.warning, life.steps[-1].event.warning
    assert first != again
    assert [one.kind for one in life.issues(NINE + HOUR, first)] == ["Alert", "Cancel"]
    assert [one.kind for one in life.issues(NINE + HOUR, again)] == ["Alert"]


def test_the_same_entries_give_the_same_messages_later():
    life = Played().opens(0).opens(1, wide=True).shuts(2)
    soon = life.issues(NINE + 3 * MINUTE)
    assert life.issues(NINE + 300 * DAY)[: len(soon)] == soon
    assert soon == Played().opens(0).opens(1, wide=True).shuts(2).issues(NINE + 3 * MINUTE)


def test_earlier_messages_dont_change_when_more_happens():
    life, seen = Played(), ()
    for minute in range(0, 12, 2):
        life.opens(minute).shuts(minute + 1)
        issues = life.issues(NINE + (minute + 2) * MINUTE)
        assert issues[: len(seen)] == seen
        seen = issues
    assert len(seen) == 12
