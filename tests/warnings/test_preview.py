"""What another threshold would have done with the same entries."""

from awas.ledger.area import MINUTE, Stamp
from awas.warnings.preview import changed, preview, spoken
from awas.warnings.state import Setting, Settings
from tests.warnings.doors import AREA, LONG_OPEN, NINE, PLACE, Opened, Shut

OTHER = "36.02-G2"


def entries(*taps):
    """(minute, place, event) as entries of a log."""
    found = []
    for index, (minute, place, event) in enumerate(taps):
        at = NINE + minute * MINUTE
        stamp = Stamp(place=place, actor="p1", device="d1", occurred_at=at, recorded_at=at)
        found.append((index, stamp, event))
    return found


LOG = entries(
    (0, PLACE, Opened()), (20, PLACE, Shut()), (60, PLACE, Opened()), (100, PLACE, Shut()), (110, OTHER, Opened()),
)  # fmt: skip
UNTIL = NINE + 600 * MINUTE


def tried(place, value, since=NINE, own=None):
    own = own or {}
    then = changed(own, place, LONG_OPEN.id, "minutes", value)
    return preview(LONG_OPEN, [AREA], LOG, own, then, place, since, UNTIL)


def minutes(some):
    return [(place, (at - NINE) // MINUTE) for place, _key, at in some]


def test_a_shorter_wait_adds_and_a_longer_one_spares():
    shorter = tried(PLACE, 15)
    assert (shorter.before, shorter.after) == (1, 2)
    assert minutes(shorter.new) == [(PLACE, 15), (PLACE, 75)]
    assert minutes(shorter.gone) == [(PLACE, 90)]
    assert tried(PLACE, 60).after == 0


def test_a_district_is_the_whole_log_and_a_site_only_itself():
    assert (tried("36.02", 600).before, tried("36.02", 600).after) == (2, 0)
    assert (tried(OTHER, 30).before, tried(OTHER, 30).after) == (1, 1)


def test_what_is_set_now_is_what_it_is_held_against():
    own = {PLACE: Settings(thresholds=(Setting(rule=LONG_OPEN.id, name="minutes", value=15),))}
    back = tried(PLACE, None, own=own)
    assert (back.before, back.after) == (2, 1)


def test_only_the_days_asked_for_count():
    assert spoken(LONG_OPEN, [AREA], LOG, {}, NINE + 95 * MINUTE, UNTIL) == [(OTHER, "front", NINE + 140 * MINUTE)]
