"""`awas elections …` as a person or a program calls it."""

import json

import pytest
from click.testing import CliRunner

from awas.elections import services
from awas.elections.commands import elections


@pytest.fixture
def run():
    return lambda *arguments: CliRunner().invoke(elections, arguments)


def test_list_marks_the_current_one(run):
    assert "* pemilu-2024  2024-02-14  Pemilu 2024\n  pilkada-2024" in run("list").output
    assert json.loads(run("list", "--json").output)["current"] == "pemilu-2024"


def test_show_tells_the_calendar_and_the_clocks(run):
    said = run("show", "pemilu-2024").output
    assert "Reserve 20 per mille of each station, rounded up" in said
    assert "2024-01-15 … 2024-01-15  H-30 … H-30" in said
    assert "UU 7/2017 Pasal 454(6) (uncertain)" in said


def test_show_for_a_program_gives_every_value_its_source(run):
    told = json.loads(run("show", "pilkada-2024", "--json").output)
    assert told["slug"] == "pilkada-2024"
    assert all(fact["source"] and fact["certainty"] for fact in told["facts"])


def test_check_lists_what_is_uncertain(run):
    result = run("check")
    assert result.exit_code == 0
    assert "pemilu-2024.toml reserve.rounding: up" in result.output
    assert "up_to_even (a subdistrict committee (PPK)" in result.output
    told = json.loads(run("check", "--json").output)
    assert told["problems"] == []
    listed = {doubt["key"] for doubt in told["uncertain"] if doubt["file"] == "pemilu-2024.toml"}
    doubtful = {c.id for c in services.election("pemilu-2024").clocks if c.uncertain}
    assert {f"clocks[{name}]" for name in doubtful} <= listed


def test_check_of_a_broken_file_ends_with_1(run, tmp_path):
    path = tmp_path / "pemilu-2029.toml"
    path.write_text('slug = "pemilu-2029"\n', encoding="utf-8")
    result = run("check", str(path))
    assert result.exit_code == 1
    assert "pemilu-2029.toml: kind: is missing" in result.output
    assert json.loads(run("check", str(path), "--json").output)["problems"] == ["pemilu-2029.toml: kind: is missing"]


@pytest.mark.parametrize("arguments", [("show", "pemilu-1955"), ("check", "absent.toml"), ("check", "."), ("mend",)])
def test_what_is_not_understood_ends_with_2(run, arguments):
    result = run(*arguments)
    assert result.exit_code == 2
    assert "Error: " in result.output
