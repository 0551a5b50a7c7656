"""`awas import …` as a person or a program calls it."""

import json

import pytest
from click.testing import CliRunner
from django.db import OperationalError

from awas.places import commands
from awas.places.commands import import_group
from awas.places.models import Station
from tests.places.tables import REGIONS, STATIONS, station_file

pytestmark = pytest.mark.django_db


@pytest.fixture
def run(tmp_path):
    """Runs `awas import WHAT FILE …` on a file with this text, or on this path."""

    def running(what, text_or_path, *options):
        path = tmp_path / "table.csv"
        if "\n" in text_or_path:
            path.write_text(text_or_path, encoding="utf-8")
        else:
            path = tmp_path / text_or_path
        return CliRunner().invoke(import_group, [what, str(path), *options])

    return running


def test_regions(run):
    result = run("regions", REGIONS)
    assert result.exit_code == 0
    assert "table.csv: 8 regions" in result.stdout
    assert "1 provinces, 2 districts, 2 subdistricts, 3 villages" in result.stdout
    assert "8 new, 0 changed, 0 same" in result.stdout
    assert "0 new, 0 changed, 8 same" in run("regions", REGIONS).stdout


def test_stations(run):
    run("regions", REGIONS)
    result = run("stations", station_file(*STATIONS))
    assert result.exit_code == 0
    assert "9 stations in 4 villages, 2 for special places" in result.stdout
    assert "3 overseas on 2 lines, counted apart" in result.stdout
    assert "differs from KPU, Pemilu 2024, Banten: 33,324 / 1,552 published, 9 / 4 here" in result.stdout
    assert "36.02.09.2001 CIJAKU" in result.stdout
    assert Station.objects.count() == 12


def test_progress_goes_beside_the_report(run):
    result = run("stations", station_file(*STATIONS), "--json")
    told = json.loads(result.stdout)
    assert (told["stations"], told["register"]["new"]) == (9, 12)
    assert [village["code"] for village in told["unlisted"]][-1] == "36.02.09.2001"
    assert "reading" in result.stderr


def test_a_damaged_file_ends_with_1_and_names_its_lines(run):
    broken = station_file(*STATIONS, *(["36,BANTEN"] * 30))
    result = run("stations", broken)
    assert result.exit_code == 1
    assert "table.csv:8: has 2 fields, the header has 13" in result.stdout
    assert "table.csv:27: " in result.stdout
    assert "table.csv:28: " not in result.stdout
    assert "bad lines: 30 (the first 20 are listed); nothing was imported" in result.stdout
    told = json.loads(run("stations", broken, "--json").stdout)
    assert (told["bad_count"], len(told["bad"]), told["bad"][0]["line"]) == (30, 20, 8)
    assert not Station.objects.exists()


@pytest.mark.parametrize("what", ["regions", "stations", "boundaries"])
@pytest.mark.parametrize(("path", "said"), [("absent.csv", "does not exist"), (".", "is a directory")])
def test_a_path_that_is_no_file_ends_with_2(run, what, path, said):
    result = run(what, path)
    assert result.exit_code == 2
    assert said in result.stderr


def test_boundaries(run):
    run("regions", REGIONS)
    ring = [[106, -6], [106, -7], [105, -6], [106, -6]]
    geometry = {"type": "Polygon", "coordinates": [ring]}
    tree = {"type": "FeatureCollection", "features": [{"properties": {"kode": "36.02"}, "geometry": geometry}]}
    result = run("boundaries", json.dumps(tree) + "\n")
    assert result.exit_code == 0
    assert "1 outlines\n  1 new, 0 changed, 0 same" in result.stdout
    assert run("boundaries", "no map\n").exit_code == 1


def test_a_database_that_is_not_ready_is_told_in_words(run, monkeypatch):
    def broken(path, progress):
        raise OperationalError("no such table: places_region")

    monkeypatch.setattr(commands, "import_regions", broken)
    result = run("regions", REGIONS)
    assert result.exit_code == 1
    assert "table.csv: nothing imported: no such table: places_region" in result.stderr
    assert "awas doctor" in result.stderr
