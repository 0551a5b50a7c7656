"""The past 30 days of a log under another threshold or another rule: reads the record and judges in memory.

It writes nothing.
"""

from collections.abc import Sequence

from awas.ledger import services as ledger
from awas.ledger.area import DAY, Area, Instant, Refused
from awas.ledger.models import Snapshot
from awas.ledger.naming import log_of
from awas.warnings.area import NAME
from awas.warnings.engine import DEVICE
from awas.warnings.events import EVENTS
from awas.warnings.own.lint import lint
from awas.warnings.own.state import OwnText
from awas.warnings.own.vocabulary import Vocabulary
from awas.warnings.own.written import Written
from awas.warnings.preview import Entry, Preview, Tried, changed, preview, tried
from awas.warnings.rule import Rule
from awas.warnings.rule_pages import decoded_settings
from awas.warnings.state import Settings

DAYS = 30
MOST_ENTRIES = 300_000
"""A log longer than this isn't judged while somebody waits."""
PAGE = 5_000


def previewed(rule: Rule, areas: Sequence[Area], place: str, name: str, value: int | None, now: Instant) -> Preview:
    """What moving a threshold at a place would have done. Raises `Refused` (threshold_out_of_bounds, log_too_long)."""
    threshold = rule.threshold(name)
    if threshold is None:
        raise Refused("threshold_unknown", rule=rule.id, name=name)
    if value is not None and not threshold.least <= value <= threshold.most:
        raise Refused("threshold_out_of_bounds", least=threshold.least, most=threshold.most)
    log = log_of(place)
    if ledger.size_of(log) > MOST_ENTRIES:
        raise Refused("log_too_long", most=MOST_ENTRIES)
    entries, own = entries_of(log), settings_of(log)
    return preview(rule, areas, entries, own, changed(own, place, rule.id, name, value), place, now - DAYS * DAY, now)


def tried_on_the_past(text: str, areas: Sequence[Area], place: str, now: Instant) -> Tried:
    """What a rule would have found if it had been put in force at a place 30 days ago.

    Raises `Refused` (own_rule_faulty, log_too_long).
    """
    written = lint(text, Vocabulary(areas))
    if not isinstance(written, Written):
        raise Refused("own_rule_faulty", fault_id=written[0].told.id, fault_en=written[0].told.en)
    log = log_of(place)
    if ledger.size_of(log) > MOST_ENTRIES:
        raise Refused("log_too_long", most=MOST_ENTRIES)
    own = OwnText(rule=written.id, text=text)
    return tried(own, areas, entries_of(log), place, (now - DAYS * DAY, now))


def settings_of(log: str) -> dict[str, Settings]:
    """The thresholds that places of a log have moved."""
    rows = Snapshot.objects.filter(area=NAME, log__origin=log).values_list("place", "body")
    return {place: decoded_settings(bytes(body)) for place, body in rows}


def entries_of(log: str) -> list[Entry]:
    """What a log says of the watch, without what became of warnings."""
    found: list[Entry] = []
    position = 0
    while lines := ledger.lines_since(log, position, PAGE):
        position = lines[-1].index + 1
        found += [
            (line.index, line.entry.stamp, line.event)
            for line in lines
            if line.entry.device != DEVICE and type(line.event) not in EVENTS
        ]
    return found
