"""Compiled rules of offices against a plain interpretation of what they say, over random rules and entries."""

from collections import defaultdict

from hypothesis import given, settings
from hypothesis import strategies as st

from awas.ledger.area import MINUTE, Stamp
from awas.warnings.events import WarningCleared, WarningFired
from awas.warnings.judge import Judge
from awas.warnings.own.compiling import compiled
from awas.warnings.own.lint import lint
from awas.warnings.own.vocabulary import Vocabulary
from awas.warnings.own.written import Hours, Written
from tests.warnings.doors import AREA, FLAT, NINE, PLACE, Opened, Passed, Shut

KNOWN = Vocabulary([AREA])
KINDS = {"door.opened": Opened, "door.shut": Shut, "door.passed": Passed}
LENGTHS = st.integers(1, 120)


def conditions(draw, kind):
    found = []
    if kind == "door.opened" and draw(st.booleans()):
        found.append(f"{{field: wide, is: {draw(st.sampled_from(['ya', 'tidak']))}}}")
    if draw(st.booleans()):
        found.append(f"{{field: door, {draw(st.sampled_from(['is: front', 'is_not: back', 'in: [back, side]']))}}}")
    if draw(st.integers(0, 4)) == 0:
        hours = draw(st.lists(st.integers(0, 23), min_size=2, max_size=2, unique=True))
        found.append(f"{{between: [{hours[0]:02}.00, {hours[1]:02}.30]}}")
    return f"[{', '.join(found)}]"


@st.composite
def texts(draw):
    """A sound rule over doors."""
    kinds = st.sampled_from(sorted(KINDS))
    when = draw(kinds)
    lines = [
        "id: OWN-TOYS-01", "title: t", "level: awas", "question: q", "basis: b", "runbook: [r]", "message: m",
        f"when: {when}", f"if: {conditions(draw, when)}",
    ]  # fmt: skip
    if draw(st.booleans()):
        lines.append("group_by: [door]")
    way = draw(st.sampled_from(["plain", "absent", "count"]))
    ends = draw(st.booleans())
    if way == "absent":
        lines.append(f"absent: {{expect: {draw(kinds)}, within: {draw(LENGTHS)}m}}")
    if way == "count":
        lines.append(f"count: {{at_least: {draw(st.integers(2, 4))}, within: {draw(LENGTHS)}m}}")
    if ends:
        end = draw(kinds)
        lines.append(f"ends: {{event: {end}, if: {conditions(draw, end)}}}")
    if draw(st.booleans()):
        lines.append(f"for: {draw(LENGTHS)}m")
    if (ends or way == "absent") and draw(st.booleans()):
        lines.append(f"keep_firing_for: {draw(LENGTHS)}m")
    return "\n".join(lines)


ENTRIES = st.lists(
    st.tuples(st.integers(0, 90), st.sampled_from(sorted(KINDS)), st.sampled_from(["front", "back"]), st.booleans()),
    max_size=25,
)


def entries_of(drawn):
    now, found = NINE, []
    for gap, kind, door, wide in drawn:
        now += gap * MINUTE
        event = Opened(door=door, wide=wide) if kind == "door.opened" else KINDS[kind](door=door)
        found.append((now, kind, event))
    return found, now + 600 * MINUTE


def judged(written, entries, until):
    judge = Judge([compiled(written, KNOWN)], [AREA], policies=FLAT)
    steps = []
    for index, (at, _kind, event) in enumerate(entries):
        steps += judge.observe(Stamp(place=PLACE, actor="p", device="d", occurred_at=at, recorded_at=at), event, index)
    steps += judge.advance(until)
    return sorted(
        (one.event.key, (one.stamp.recorded_at - NINE) // MINUTE, type(one.event).__name__)
        for one in steps
        if isinstance(one.event, WarningFired | WarningCleared)
    )


# -- the same, as plainly as it can be said ----------------------------------------------------------------------------


def holds(some, at, event):
    minute = (at // MINUTE + 7 * 60) % (24 * 60)
    for one in some:
        if isinstance(one, Hours):
            inside = one.start <= minute < one.end if one.start <= one.end else minute >= one.start or minute < one.end
            if not inside:
                return False
            continue
        value, wanted = getattr(event, one.field), one.values
        if one.test == "is" and value != wanted[0]:
            return False
        if one.test == "is_not" and value == wanted[0]:
            return False
        if one.test == "in" and value not in wanted:
            return False
    return True


def signals(written, entries, until):
    """By key: (instant, order, found or cleared), where a time that is up comes before the entries of its instant."""
    found = defaultdict(list)
    waiting, counted = {}, defaultdict(list)

    def time_passes(now):
        for key in [key for key, due in waiting.items() if due <= now]:
            found[key].append((waiting.pop(key), 0, True))

    for order, (at, kind, event) in enumerate(entries, 1):
        time_passes(at)
        key = event.door if written.group_by else "here"
        answered = False
        for met in (*written.ends, *((written.absent.expect,) if written.absent else ())):
            begins = kind in written.when and holds(written.conditions, at, event)
            if begins and not (written.absent and met is written.absent.expect):
                continue
            if kind in met.kinds and holds(met.conditions, at, event):
                found[key].append((at, order, False))
                waiting.pop(key, None)
                counted[key].clear()
        if written.absent and kind in written.absent.expect.kinds:
            answered = True
        if kind not in written.when or not holds(written.conditions, at, event):
            continue
        if written.absent:
            if answered or key not in waiting:
                waiting[key] = at + written.absent.within
        elif written.count:
            counted[key].append(at)
            if sum(at - one < written.count.within for one in counted[key]) >= written.count.at_least:
                found[key].append((at, order, True))
        else:
            found[key].append((at, order, True))
    time_passes(until)
    return found


def told(written, entries, until):
    """What is said of each key: fired, and cleared."""
    steps = []
    for key, some in signals(written, entries, until).items():
        stands = spoke = False
        fires_at = clears_at = None
        for at, _order, is_found in [*sorted(some, key=lambda one: one[:2]), (until, 0, None)]:
            if fires_at is not None and fires_at <= at:
                steps.append((key, fires_at, "WarningFired"))
                spoke, fires_at = True, None
            if clears_at is not None and clears_at <= at:
                steps.append((key, clears_at, "WarningCleared"))
                stands, clears_at = False, None
            if is_found is None:
                continue
            if is_found:
                clears_at = None
                if not stands:
                    stands = True
                    if written.holds and not spoke:
                        fires_at = at + written.holds * MINUTE
                    else:
                        steps.append((key, at, "WarningFired"))
                        spoke = True
            elif stands:
                if written.keeps and fires_at is None:
                    clears_at = at + written.keeps * MINUTE
                else:
                    steps.append((key, at, "WarningCleared"))
                    stands, fires_at = False, None
    return sorted((key, (at - NINE) // MINUTE, name) for key, at, name in steps)


@settings(max_examples=400, deadline=None)
@given(texts(), ENTRIES)
def test_a_compiled_rule_does_what_it_says(text, drawn):
    written = lint(text, KNOWN)
    assert isinstance(written, Written), [one.told.en for one in written]
    entries, until = entries_of(drawn)
    assert judged(written, entries, until) == told(written, entries, until)
