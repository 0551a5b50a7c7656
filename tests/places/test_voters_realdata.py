"""The roll of 2019, with all its dirt, beside the stations of 2024."""

import time

import pytest

from awas.logistics.need_services import voter_norms
from awas.places.importing import Change, import_regions, import_stations
from awas.places.voters import import_voters
from tests.places.test_voters import fates


@pytest.mark.realdata
@pytest.mark.django_db
def test_the_roll_of_2019_beside_the_stations_of_2024(realdata):
    import_regions(realdata / "region" / "wilayah_kemendagri_2025.csv")
    import_stations(realdata / "tps" / "tps_2024_per_kelurahan_kp24.csv")
    roll = realdata / "tps" / "tps_2019_kawalpemilu.csv.gz"
    villages = realdata / "tps" / "kelurahan_2019_kpu_id_to_kemendagri.csv"
    began = time.monotonic()
    report = import_voters(roll, voter_norms(), villages)
    assert time.monotonic() - began < 90
    assert (report.rows, report.voters) == (783_641, 183_668_137)
    assert sum(fate.rows for fate in report.fates) == report.rows
    assert sum(fate.voters for fate in report.fates) == report.voters
    assert fates(report)["new"] == report.register.changed == 695_214
    told = report.villages
    assert (told.villages, told.unmatched, told.ambiguous, told.claims_too_many) == (83_529, 4_095, 3, 75)
    assert {found.kind: found.rows for found in report.findings} == {
        "above_law": 1,
        "above_rule": 423,
        "more_votes_than_ballots": 3_783,
        "one_sex": 304,
        "unknown": 4_294,
    }
    compared = [one for one in report.regencies if one.rows]
    assert len(compared) == 604
    assert all(one.equal for one in compared)
    again = import_voters(roll, voter_norms(), villages)
    assert again.register == Change(new=0, changed=0, same=695_214)
    assert (again.findings, again.unused) == (report.findings, report.unused)
