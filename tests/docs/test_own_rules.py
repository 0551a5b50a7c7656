"""The page on offices' own rules: its examples are sound, and its tables name what the linter takes."""

import pytest

from awas.warnings.asked import SetOwnRule
from awas.warnings.own.deciding import MOST
from awas.warnings.own.lint import KEYS, NEEDED, lint
from awas.warnings.own.reading import LONGEST
from awas.warnings.own.vocabulary import Vocabulary
from awas.warnings.own.written import TESTS, Written
from tests.docs.pages import fenced, spans, table_rows, text_of
from tests.score import AREAS, Score, clock

PAGE = text_of("docs/own-rules.md")
EXAMPLES = fenced(PAGE, "yaml")


@pytest.mark.parametrize("text", EXAMPLES, ids=[text.split("\n")[0] for text in EXAMPLES])
def test_an_example_is_sound_and_can_be_put_in_force(text):
    written = lint(text, Vocabulary(AREAS))
    assert isinstance(written, Written), [one.told.en for one in written]
    score = Score()
    stamp = score.at("08:00", place="36.02").stamp
    (step,) = score.judge.command(stamp, SetOwnRule(rule=written.id, text=text))
    assert step.event.version == 1


def test_the_cameras_of_the_example():
    (text,) = [one for one in EXAMPLES if "cctv" in one]
    score = Score()
    score.judge.command(score.at("07:00").stamp, SetOwnRule(rule="OWN-BANTEN-04", text=text))
    for when, working in (("08:00", 3), ("08:30", 8), ("08:40", 2)):
        score.at(when).cctv(working)
    score.steps += score.judge.advance(clock("12:00"))
    assert [one.stamp.recorded_at for one in score.fired()] == [clock("08:10")]
    assert score.cleared("OWN-BANTEN-04") == []


def test_the_reference_names_every_name_and_no_other():
    rows = [row for row in table_rows(PAGE) if row[0].startswith("`")]
    named = {name: row[1] for row in rows for name in spans(row[0])}
    assert set(named) == set(KEYS)
    assert {name for name, needed in named.items() if needed} == set(NEEDED)
    said = " ".join(spans(PAGE))
    assert all(test in said for test in TESTS)
    assert f"{LONGEST:,} characters, {MOST} rules" in PAGE
