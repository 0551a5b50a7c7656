"""Warehouses and offices from a table: whole or not at all, known again, and as good as those that are shipped."""

import json

import pytest
from click.testing import CliRunner
from django.test import Client

from awas import chance
from awas.access.policy import Role
from awas.ledger import services as ledger
from awas.ledger.fact import Submission
from awas.ledger.naming import log_of
from awas.places.commands import import_group
from awas.places.importing import Change, Named, import_regions
from awas.places.models import Site
from awas.places.services import load_banten
from awas.places.sites import COLUMNS, KINDS, import_sites
from awas.places.table import DamagedFile
from awas.warehouse.commands import ReportGuards
from tests.access.people import NOW, somebody
from tests.settings import POSTGRES_URL

REGIONS = """kode,nama
94,Papua Tengah
94.01,Kabupaten Nabire
94.01.01,Nabire
94.01.01.1001,Girimulyo
94.02,Kabupaten Contoh
"""
HEADER = ",".join(COLUMNS) + "\n"
TABLE = HEADER + (
    "94.01-G1,94.01,gudang KPU,Gudang Nabire,Jalan Contoh 1,-3.366667,135.496111\n"
    ',94.01,Warehouse,Gudang Dua,"Jalan Contoh 2, Nabire",,\n'
    ",94.01,kantor,Kantor Bawaslu,,,\n"
    ",94.01.01.1001,Gudang PPK,Balai Girimulyo,,,\n"
)


class Suite:
    alias = "default"

    @pytest.fixture
    def taken(self, tmp_path):
        (tmp_path / "regions.csv").write_text(REGIONS, encoding="utf-8")
        import_regions(tmp_path / "regions.csv", using=self.alias)

        def taking(text=TABLE):
            (tmp_path / "sites.csv").write_text(text, encoding="utf-8")
            return import_sites(tmp_path / "sites.csv", using=self.alias)

        return taking

    def rows(self, *fields):
        return list(Site.objects.using(self.alias).order_by("code").values_list(*fields))

    def test_a_second_import_changes_nothing(self, taken):
        first = taken()
        assert first.register == Change(new=4, changed=0, same=0)
        assert first.given == (
            Named("94.01-G2", "Gudang Dua"),
            Named("94.01-K1", "Kantor Bawaslu"),
            Named("94.01.01-G1", "Balai Girimulyo"),
        )
        assert self.rows("code", "region_id", "kind", "latitude_e6", "longitude_e6", "time_zone", "note_source") == [
            ("94.01-G1", "94.01", "kpu_warehouse", -3_366_667, 135_496_111, "Asia/Jayapura", "sites.csv"),
            ("94.01-G2", "94.01", "kpu_warehouse", None, None, "Asia/Jayapura", "sites.csv"),
            ("94.01-K1", "94.01", "office", None, None, "Asia/Jayapura", "sites.csv"),
            ("94.01.01-G1", "94.01.01.1001", "kecamatan_warehouse", None, None, "Asia/Jayapura", "sites.csv"),
        ]
        again = taken()
        assert (again.register, again.given) == (Change(new=0, changed=0, same=4), ())

    def test_what_is_said_otherwise_follows_and_nothing_is_deleted_or_emptied(self, taken):
        taken()
        changed = taken(HEADER + "94.01-G1,94.01,gudang dapil,Gudang Baru,,,\n,94.01,gudang,GUDANG DUA,Jalan 9,,\n")
        assert changed.register == Change(new=0, changed=2, same=0)
        assert self.rows("code", "kind", "name", "address", "latitude_e6")[:2] == [
            ("94.01-G1", "dapil_warehouse", "Gudang Baru", "Jalan Contoh 1", -3_366_667),
            ("94.01-G2", "kpu_warehouse", "GUDANG DUA", "Jalan 9", None),
        ]
        assert len(self.rows("code")) == 4

    def test_a_code_that_a_later_line_names_is_not_given_away(self, taken):
        report = taken(HEADER + ",94.01,gudang,Pertama,,,\n94.01-G7,94.01,gudang,Ketujuh,,,\n")
        assert report.given == (Named("94.01-G8", "Pertama"),)

    @pytest.mark.parametrize(
        ("line", "said"),
        [
            ("94.01.01.1001-001,94.01,gudang,X,,,", 'code "94.01.01.1001-001" is no site code'),
            ("94.01,94.01,gudang,X,,,", 'code "94.01" is no site code'),
            ("94.02-G1,94.01,gudang,X,,,", "code 94.02-G1 doesn't go with region 94.01: it must begin with 94.01-"),
            ("94.01-K1,94.01,gudang,X,,,", "code 94.01-K1 isn't one of its kind"),
            ("94.01-G1,94.01,kantor,X,,,", "code 94.01-G1 isn't one of its kind"),
            ("94.01-G01,94.01,gudang,X,,,", "begins with 0"),
            (",94,gudang,X,,,", "region 94 is a province"),
            (",94.1,gudang,X,,,", 'region "94.1" is no region code'),
            (",94.03,gudang,X,,,", "94.03 is not in the register of regions"),
            (",94.01,gudang PPK,X,,,", "region 94.01 is a district"),
            (",94.01,hanggar,X,,,", 'kind "hanggar" is none of kpu warehouse, '),
            (",94.01,gudang,,,,", "name is empty"),
            (f",94.01,gudang,{'x' * 121},,,", "name is longer than 120 characters"),
            (",94.01,gudang,X,,-3.4,", "latitude and longitude go together"),
            (",94.01,gudang,X,,135.4,-3.4", "latitude 135.4 lies outside Indonesia"),
            (",94.01,gudang,X,,-3.4,141.2", "longitude 141.2 lies outside Indonesia (95 to 141.1)"),
            (',94.01,gudang,X,,"-3,4",135.4', 'latitude "-3,4" must be degrees with a point'),
            ("94.01-G1,94.01,gudang,X,,,\n94.01-G1,94.01,gudang,Y,,,", "94.01-G1 stands on line 2 already"),
            (",94.01,gudang,X,,,\n,94.01,gudang,x,,,", "x (94.01-G1) stands on line 2 already"),
            ("94.01-G5,94.01,gudang,X,,,\n,94.01,gudang,X,,,", "X (94.01-G5) stands on line 2 already"),
        ],
    )
    def test_a_bad_line_is_named_and_nothing_comes_in(self, taken, line, said):
        with pytest.raises(DamagedFile) as caught:
            taken(HEADER + line + "\n")
        assert said in caught.value.bad[0].what
        assert caught.value.bad[0].line == line.count("\n") + 2
        assert self.rows("code") == []

    def test_of_two_sites_with_one_name_the_line_must_say_which(self, taken):
        taken(HEADER + "94.01-G1,94.01,gudang,Gudang,,,\n94.01-G2,94.01,gudang,Gudang,,,\n")
        with pytest.raises(DamagedFile) as caught:
            taken(HEADER + ",94.01,gudang,Gudang,,,\n")
        assert caught.value.bad[0].what.startswith("94.01-G1, 94.01-G2 are all called Gudang")


@pytest.mark.django_db
class TestSQLite(Suite):
    def test_the_command_tells_what_came_in(self, taken, tmp_path):
        taken()
        said = CliRunner().invoke(import_group, ["sites", str(tmp_path / "sites.csv")])
        assert said.exit_code == 0
        assert "  0 new, 0 changed, 4 same" in said.stdout
        (tmp_path / "sites.csv").write_text(HEADER + ",94.02,gudang,Gudang Lain,,,\n", encoding="utf-8")
        said = CliRunner().invoke(import_group, ["sites", str(tmp_path / "sites.csv")])
        assert "    94.02-G1 Gudang Lain" in said.stdout
        told = CliRunner().invoke(import_group, ["sites", str(tmp_path / "sites.csv"), "--json"])
        assert json.loads(told.stdout)["register"]["same"] == 1
        (tmp_path / "sites.csv").write_text(HEADER + ",94.02,hanggar,Gudang Lain,,,\n", encoding="utf-8")
        said = CliRunner().invoke(import_group, ["sites", str(tmp_path / "sites.csv")])
        assert (said.exit_code, "sites.csv:2: kind" in said.stdout) == (1, True)

    def test_an_imported_site_has_all_that_a_shipped_one_has(self, taken):
        taken()
        load_banten()
        own = {"code", "region_id", "name", "address", "latitude_e6", "longitude_e6", "time_zone", "note_source"}
        fields = [field.attname for field in Site._meta.concrete_fields if field.attname not in own]
        rows = Site.objects.filter(code__in=("94.01-G1", "36.02-G1")).values_list(*fields)
        assert len(set(rows)) == 1

    def test_it_can_be_watched_at_once(self, taken, settings, monkeypatch):
        """Duties, entries with a log of their own, and the pages, in a province that nothing was shipped for."""
        settings.AWAS_NOW = lambda: NOW
        monkeypatch.setattr(ledger.sequencer(), "clock", lambda: NOW)
        taken()
        for code in ("94.01-G2", "94.01.01-G1"):
            client = Client(raise_request_exception=True)
            client.force_login(somebody(Role.WATCHER, code))
            ledger.record(
                Submission(
                    log=log_of(code),
                    place=code,
                    actor="p1",
                    device="d1",
                    occurred_at=NOW,
                    command=ReportGuards(kpu=2),
                    nonce=chance.nonce(NOW),
                )
            )
            assert client.get(f"/gudang/{code}/").status_code == 200
            assert client.get(f"/logistik/{code}/").status_code == 200


@pytest.mark.postgres
@pytest.mark.skipif(not POSTGRES_URL, reason="DATABASE_URL names no PostgreSQL server")
@pytest.mark.django_db(transaction=True, databases=["default", "postgres"])
class TestPostgres(Suite):
    alias = "postgres"


def test_every_kind_has_a_word_in_both_languages_and_its_own():
    assert {*KINDS.values()} == {*Site.Kind}
    assert {kind.replace("_", " ") for kind in Site.Kind.values} <= KINDS.keys()
