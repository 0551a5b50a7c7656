"""`awas roster plan`, and the demo's month."""

import json

import pytest
from click.testing import CliRunner

from awas.roster import drafting
from awas.roster.models import Shift, Watchkeeper
from awas.roster.planner_command import roster
from awas.simulation.rostering import ensure_roster
from tests.browser.people import DISTRICT, District

PLAN = ("plan", "--district", DISTRICT, "--month", "2024-02")


def test_a_plan_is_told_in_words_with_what_it_lacks(district: District):
    done = CliRunner().invoke(roster, [*PLAN, "--seconds", "5"])
    assert done.exit_code == 1
    assert "Gudang Contoh (36.02-G1)" in done.output
    assert "hanya 2 petugas dapat dijadwalkan di sana" in done.output
    assert drafting.draft_of(DISTRICT, "2024-02") is not None
    assert not Shift.objects.exists()


def test_a_plan_is_told_to_programs(district: District):
    done = CliRunner().invoke(roster, [*PLAN, "--json", "--seconds", "5", "--pattern", "2x12"])
    told = json.loads(done.output)
    assert told["month"] == "2024-02"
    assert {one["kind"] for one in told["shifts"]} == {"hari", "malam"}
    assert bool(told["lacking"]) == (done.exit_code == 1)
    assert {one["on"][:7] for one in told["shifts"]} == {"2024-02"}


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("plan", "--district", "36", "--month", "2024-02"), 2),
        (("plan", "--district", DISTRICT, "--month", "February"), 2),
        (("plan", "--district", DISTRICT, "--month", "2024-13"), 2),
        (("plan", "--district", DISTRICT, "--month", "2023-02"), 1),
        (("plan", "--district", "36.09", "--month", "2024-02"), 1),
    ],
)
def test_what_is_no_month_or_no_district_is_said(district: District, words, code):
    done = CliRunner().invoke(roster, words)
    assert done.exit_code == code
    assert "Traceback" not in done.output


def test_the_demo_shows_a_month_and_makes_it_once(district: District):
    for _twice in range(2):
        ensure_roster(district.clock())
    draft = drafting.draft_of(DISTRICT, "2024-02")
    assert draft is not None
    assert {one.skill for one in draft.plan.lacking} <= {"", "female"}
    assert Watchkeeper.objects.count() == 7
