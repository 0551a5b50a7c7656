"""What the stage board reads: needs by constituency, the pace of the stages, and rows of every kind."""

from typing import Any

import pytest

from awas import chance
from awas.elections import ballots as ballot_rules
from awas.elections.services import current_election
from awas.ledger import services as ledger
from awas.ledger.area import DAY, MINUTE
from awas.ledger.desk import Desk
from awas.logistics import models, progress, services
from awas.logistics.commands import OpenSeason
from awas.logistics.forms import BY_SLUG
from awas.logistics.keys import kit_key
from awas.logistics.lines import Line, TallyLine
from awas.logistics.pages.stage_rows import StageRows
from awas.logistics.sheets.services import station_rows
from awas.places.codes import level_of, parent_of
from awas.places.models import Constituency, Region, ServedArea, Site, Station
from awas.warehouse.commands import AnnounceConsignment, ReceiveGoods
from awas.warehouse.events import CountedLine
from awas.warehouse.events import Line as GateLine
from tests.book import START
from tests.logistics.making import KECAMATAN, PLACE, S1, S2, S3, VILLAGE, asks_leave, ballots, tally

OTHER = "36.02.06"
LOG = "awas/36.02"
SECOND = "36.02-G2"


class Office:
    """Who records for a district. `now` moves on a minute with every entry."""

    now = START

    def does(self, command: Any) -> None:
        self.now += MINUTE
        services.record(self.desk(), command)

    def desk(self, place: str = PLACE) -> Desk:
        chances = {"salt": chance.salt, "reference": chance.reference}
        return Desk(place=place, actor="dewi", device="d1", now=self.now, **chances)


@pytest.fixture
def office(database: str, settings: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> Office:
    """Two subdistricts of two constituencies, with two stations of 250 voters and one of 300."""
    office = Office()
    settings.ANCHOR = tmp_path / "anchor.sqlite3"
    settings.KEYS_ROOT = tmp_path / "keys"
    monkeypatch.setattr(ledger.sequencer(), "clock", lambda: office.now)
    for code in ("36", "36.02", KECAMATAN, OTHER, VILLAGE, f"{OTHER}.2003"):
        Region.objects.create(code=code, name=code, level=level_of(code), parent_id=parent_of(code))
    Site.objects.create(code=PLACE, region_id="36.02", kind=Site.Kind.KPU_WAREHOUSE, name="Gudang")
    for code, voters in ((S1, 250), (S2, 250), (S3, 300)):
        Station.objects.create(code=code, region_id=code[:13], number=int(code[-3:]), voters=voters)
    Constituency.objects.create(region_id="36.02", ballot="dprd_kab", code="36.02-1")
    Constituency.objects.create(region_id=OTHER, ballot="dprd_kab", code="36.02-2")
    return office


def need(voters: int) -> int:
    return ballot_rules.ballots_needed(current_election(), "dprd_kab", voters)


def received(name: str, dapil: str, units: int, ballot: str = "dprd_kab") -> Any:
    line = TallyLine(item="ballot", ballot=ballot, dapil=dapil, taken=units, passed=units)
    return tally(name, "receive", line)


def test_a_kit_with_one_kind_of_five_is_not_complete(office):
    """The voter list says what a station needs of every kind, whatever a count names."""
    for step in ("receive", "sort", "fold"):
        office.does(tally(step, step, ballots(1000, ballot="ppwp")))
    office.does(tally("p", "pack", ballots(need(250), ballot="ppwp", station=S1)))
    kit = models.Kit.objects.get(station=S1)
    equipment = {one.item for one in services.kit_items_of(PLACE)}
    assert {"box", "booth", "ink", "form"} < equipment
    assert (kit.complete, set(kit.lacks)) == (False, {"dpd", "dpr", "dprd_kab", "dprd_prov"} | equipment)
    assert services.state_of(PLACE).packed_count == 0


def test_a_kit_is_taken_apart_as_it_was_packed(office):
    """The form asks for sheets of a kind; by which constituency they stand in the kit, the record knows."""
    for dapil in ("36.02-1", "36.02-2"):
        for step in ("receive", "sort", "fold"):
            office.does(tally(f"{step}{dapil}", step, ballots(100, ballot="dprd_kab", dapil=dapil)))
        office.does(tally(f"pack{dapil}", "pack", ballots(60, ballot="dprd_kab", dapil=dapil, station=S1)))
    office.does(asks_leave("leave", "unpack", kit_key(S1)))
    nothing = {f"ballot_{one}": 0 for one in ("ppwp", "dpr", "dpd", "dprd_prov")} | {"equipment": ()}
    values = nothing | {"ballot_dprd_kab": 70, "dapil": "36.02-2"}
    command = BY_SLUG["bongkar"].build(values, office.desk(), f"{PLACE}/leave")
    assert [(line.dapil, line.taken, line.passed) for line in command.lines] == [
        ("36.02-2", 60, 60),
        ("36.02-1", 10, 10),
    ]
    assert (command.step, command.approval_id) == ("unpack", f"{PLACE}/leave")


def packed(office: Office, *stations: str) -> None:
    for step in ("receive", "sort", "fold"):
        office.does(tally(step, step, ballots(100, ballot="ppwp")))
    office.does(tally("p", "pack", *(ballots(9, ballot="ppwp", station=one) for one in stations)))


@pytest.mark.parametrize(
    ("region", "stations"), [("36.02", [S1, S2, S3]), (OTHER, [S3]), (VILLAGE, [S1, S2]), ("36.02.07", [])]
)
def test_the_kits_of_a_region_are_those_of_its_stations(office, region, stations):
    packed(office, S3, S1, S2)
    assert [kit.station for kit in services.kits_of(region)] == stations


def test_stations_and_kits_are_counted_by_the_regions_right_below(office):
    packed(office, S1)
    assert progress.stations_below("36") == {"36.02": 3}
    assert progress.stations_below("36.02") == {KECAMATAN: 2, OTHER: 1}
    assert [(row["part"], row["kits"]) for row in progress.kit_sums([LOG], below="36.02")] == [(KECAMATAN, 1)]


def test_a_slip_in_a_stations_code_makes_no_kit(office):
    assert services.may_be_station(S1)
    assert not services.may_be_station(f"{VILLAGE}-099")
    assert services.may_be_station("36.05.01.2001-001"), "nothing is known of that district"


def test_needs_are_told_by_constituency(office):
    assert progress.needs_by_constituency("36.02") == {
        ("dprd_kab", "36.02-1"): 2 * need(250),
        ("dprd_kab", "36.02-2"): need(300),
    }


def test_a_constituency_of_which_nothing_came_stands_on_the_board(office):
    office.does(received("t1", "36.02-1", 100))
    kinds = StageRows(progress.stage_sums([LOG]), ["36.02"], by_constituency=True).overview()
    rows = [(one["name"].rpartition(" ")[2], one["received"], one["need"], one["lacking"]) for one in kinds]
    assert rows == [
        ("36.02-1", 100, 2 * need(250), 2 * need(250) - 100),
        ("36.02-2", 0, need(300), need(300)),
    ]


def test_without_constituencies_on_record_a_kind_is_one_row(office):
    office.does(received("t1", "", 100))
    (stage,) = StageRows(progress.stage_sums([LOG]), ["36.02"], by_constituency=True).by_stage()
    assert [(one["passed"], one["need"]) for one in stage["kinds"]] == [(100, 2 * need(250) + need(300))]


def test_a_province_adds_its_districts_needs_up(office):
    office.does(received("t1", "36.02-1", 100))
    (kind,) = StageRows(progress.stage_sums([LOG]), ["36.02", "36.02"], by_constituency=False).overview()
    assert (kind["received"], kind["need"]) == (100, 2 * (2 * need(250) + need(300)))


def test_the_table_of_constituencies_knows_better_than_who_packs(office):
    office.does(received("t1", "36.02-2", 900))
    for step in ("sort", "fold"):
        office.does(
            tally(step, step, TallyLine(item="ballot", ballot="dprd_kab", dapil="36.02-2", taken=800, passed=800))
        )
    office.does(tally("k1", "pack", services.packed_line(S1, "dprd_kab", 255, "36.02-2", "36.02-9")))
    Constituency.objects.all().delete()
    office.does(tally("k2", "pack", services.packed_line(S2, "dprd_kab", 255, "36.02-2", "36.02-9")))
    lines = [row.lines[0] for row in models.TallyRow.objects.filter(step="pack").order_by("key")]
    assert [(one["expected_dapil"], one["need"]) for one in lines] == [("36.02-1", need(250)), ("36.02-9", need(250))]


def test_of_two_warehouses_neither_is_held_to_the_whole_districts_needs(office):
    alone = services.season_of(PLACE)
    assert (alone.station_count, sum(line.units for line in alone.needs) > 0) == (3, True)
    Site.objects.create(code=SECOND, region_id="36.02", kind=Site.Kind.KPU_WAREHOUSE, name="Gudang dua")
    shared = services.season_of(PLACE)
    assert (shared.station_count, shared.needs) == (0, ())
    assert shared.sorted_by_at == alone.sorted_by_at


@pytest.fixture
def two_warehouses(office: Office) -> Office:
    """The second one serves the other subdistrict."""
    Site.objects.create(code=SECOND, region_id="36.02", kind=Site.Kind.KPU_WAREHOUSE, name="Gudang dua")
    for area, site in ((KECAMATAN, PLACE), (OTHER, SECOND)):
        ServedArea.objects.create(region_id=area, site_id=site)
    return office


def of_kind(lines: Any, ballot: str = "dprd_kab") -> int:
    return sum(line.units for line in lines if line.ballot == ballot)


def test_of_two_warehouses_each_is_held_to_the_needs_of_its_own_areas(two_warehouses):
    first, second = (services.season_of(place) for place in (PLACE, SECOND))
    assert (first.station_count, first.area_count, of_kind(first.needs)) == (2, 1, 2 * need(250))
    assert (second.station_count, second.area_count, of_kind(second.needs)) == (1, 1, need(300))
    Site.objects.create(code="36.02-G3", region_id="36.02", kind=Site.Kind.DAPIL_WAREHOUSE, name="Gudang tiga")
    third = services.season_of("36.02-G3")
    assert (third.station_count, third.area_count, third.needs) == (0, 0, ()), "nobody has said what it serves"


def test_a_village_of_its_own_is_not_served_with_its_kecamatan(two_warehouses):
    ServedArea.objects.create(region_id=VILLAGE, site_id=SECOND)
    assert services.season_of(PLACE).station_count == 0
    assert services.season_of(SECOND).station_count == 3


def test_a_districts_need_is_that_of_its_warehouses_once_each_has_its_season(two_warehouses):
    whole, office = 2 * need(250) + need(300), two_warehouses
    office.does(services.season_of(PLACE))
    assert progress.needs_of_district("36.02")["dprd_kab"] == whole, "a part alone isn't the district's"
    services.record(office.desk(SECOND), services.season_of(SECOND))
    Station.objects.filter(code=S3).update(voters=100)
    assert progress.needs_of_district("36.02")["dprd_kab"] == whole, "as the seasons were opened"
    ServedArea.objects.filter(region_id=OTHER).delete()
    assert progress.needs_of_district("36.02")["dprd_kab"] == 2 * need(250) + need(100), "a station is nobody's"


def test_a_warehouses_packing_template_names_the_stations_it_serves(two_warehouses):
    assert [row.code for row in station_rows(SECOND)] == [S3]
    assert [row.code for row in station_rows(PLACE)] == [S1, S2]
    assert [row.code for row in station_rows(KECAMATAN)] == [S1, S2]
    ServedArea.objects.all().delete()
    assert [row.code for row in station_rows(SECOND)] == [S1, S2, S3]


def test_a_season_carries_the_constituencies_of_its_districts_voters(office):
    for region, ballot, dapil in (("36", "dpr", "Banten-I"), (KECAMATAN, "dprd_prov", "Banten-4")):
        Constituency.objects.create(region_id=region, ballot=ballot, code=dapil)
    office.does(services.season_of(PLACE))
    known = services.state_of(PLACE).season.constituencies
    assert known == {"dpr": ("Banten-I",), "dprd_kab": ("36.02-1", "36.02-2")}, "of dprd_prov only a part is known"


def test_the_pace_of_a_district(office):
    vote = START + 30 * DAY
    office.does(
        OpenSeason(
            election="pemilu-2024", voting_at=vote, station_count=3, sorted_by_at=START + 10 * DAY,
            packed_by_at=vote - 3 * DAY, needs=(Line(item="ballot", ballot="dpr", units=1000),),
        )
    )  # fmt: skip
    office.does(received("t1", "", 1000, "dpr"))
    office.does(tally("t2", "sort", TallyLine(item="ballot", ballot="dpr", taken=100, passed=100)))
    assert progress.paces_of("36.02", office.now) == []
    office.now += 5 * DAY
    paces = {(one.stage, one.ballot): one.pace for one in progress.paces_of("36.02", office.now)}
    assert set(paces) == {("sorting", "dpr")}
    sorting = paces["sorting", "dpr"]
    assert (sorting.left, sorting.per_day, sorting.late) == (900, 20, True)
    assert sorting.wanted > 175


def test_what_went_missing_on_its_way_is_counted_without_a_reason(office):
    announced = AnnounceConsignment(
        consignment_id=f"{PLACE}/c",
        direction="in",
        order_number="SPK-1",
        lines=(GateLine(item="ballot", ballot="dpr", units=1000),),
    )
    came = ReceiveGoods(
        receipt_id=f"{PLACE}/r",
        consignment_id=f"{PLACE}/c",
        lines=(CountedLine(item="ballot", ballot="dpr", units=975),),
        final=True,
        difference_reason="not_known",
    )
    office.does(announced)
    office.does(came)
    (row,) = StageRows(progress.stage_sums([LOG]), ["36.02"], by_constituency=False).overview()
    assert (row["received"], row["coming"], row["unexplained"]) == (975, 0, 25)
