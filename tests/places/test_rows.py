"""What one line of an official table must be."""

import pytest

from awas.places.rows import region_row, village_row

PANDEGLANG = ["36", "BANTEN", "36.01", "PANDEGLANG", "36.01.01", "SUMUR", "36.01.01.2001", "SUMBERJAYA"]


def line(*, regular="3", first="", last="", special="0", total="3", path=PANDEGLANG):
    return village_row(*path, regular, first, last, special, total)


def test_a_region_line():
    row = region_row("36.01.01", " Sumur ")
    assert (row.code, row.name, row.level, row.parent) == ("36.01.01", "Sumur", 3, "36.01")


@pytest.mark.parametrize(
    ("code", "name", "said"),
    [
        ("3601", "Pandeglang", '"3601" is no region code'),
        ("36.01.", "Pandeglang", "no region code"),
        ("", "Pandeglang", "no region code"),
        ("36.01", "  ", "nama is empty"),
        ("36.01", "x" * 81, "nama is longer than 80"),
        ("36.01", "Pande\x00glang", "can't be printed"),
        ("36.01" + "9" * 100, "x", "36.01999"),
    ],
)
def test_a_bad_region_line(code, name, said):
    with pytest.raises(ValueError, match=said):
        region_row(code, name)


@pytest.mark.parametrize(
    ("numbers", "stations", "special"),
    [
        ({}, 3, 0),
        ({"first": "901", "last": "902", "special": "2", "total": "5"}, 5, 2),
        ({"regular": "0", "first": "26", "last": "26", "special": "1", "total": "1"}, 1, 0),
        ({"regular": "0", "total": "0"}, 0, 0),
        ({"regular": "0", "first": "899", "last": "902", "special": "4", "total": "4"}, 4, 2),
    ],
)
def test_stations_of_a_village(numbers, stations, special):
    row = line(**numbers)
    assert (row.station_count, row.special_count) == (stations, special)


@pytest.mark.parametrize(
    ("numbers", "said"),
    [
        ({"regular": "three"}, 'n_regular "three" is no whole number'),
        ({"regular": ""}, 'n_regular "" is no whole number'),
        ({"regular": "-3"}, "no whole number"),
        ({"regular": "3.0"}, "no whole number"),
        ({"regular": "٣"}, "no whole number"),
        ({"regular": "9" * 5000}, "no whole number"),
        ({"total": "4"}, "n_tps is 4, but n_regular and n_special make 3"),
        ({"special": "1", "total": "4"}, "n_special is 1, but special_first and special_last make 0"),
        ({"first": "901", "special": "1", "total": "4"}, "run from 901 to 0"),
        ({"first": "902", "last": "901", "special": "0"}, "run from 902 to 901"),
        ({"first": "3", "last": "3", "special": "1", "total": "4"}, "special station 3 is also one of the 3 regular"),
        ({"regular": "1000", "total": "1000"}, "at most 999"),
        ({"first": "999", "last": "1000", "special": "2", "total": "5"}, "at most 999"),
    ],
)
def test_numbers_that_contradict_one_another(numbers, said):
    with pytest.raises(ValueError, match=said):
        line(**numbers)


@pytest.mark.parametrize(
    ("column", "value", "said"),
    [
        (0, "32", 'prov_code "32" doesn\'t go with kel_code 36.01.01.2001'),
        (2, "36.02", 'kab_code "36.02"'),
        (4, "", 'kec_code ""'),
        (6, "36.01.01", "no village code"),
        (6, "36.01.01.200", "no village code"),
        (7, "", "kel is empty"),
        (1, "", "prov is empty"),
    ],
)
def test_a_path_that_does_not_hold_together(column, value, said):
    path = [*PANDEGLANG]
    path[column] = value
    with pytest.raises(ValueError, match=said):
        line(path=path)
