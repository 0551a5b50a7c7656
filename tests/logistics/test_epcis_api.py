"""EPCIS through the program's own door: sent by a device, exported, and as files of the command line."""

import hashlib
import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.test import Client

from awas import chance
from awas.access.devices import enrol_device
from awas.access.policy import Role
from awas.ledger import services as ledger
from awas.ledger.blobs import read as stored
from awas.ledger.models import Entry
from awas.ledger.sequencer import LedgerUnavailable
from awas.logistics.epcis.document import MOST_BYTES, MOST_EVENTS
from awas.logistics.epcis_command import export_epcis, import_epcis
from awas.logistics.models import Stock, TallyRow
from awas.places.models import Region, Station
from tests.access.people import NOW, somebody
from tests.api.conftest import (
    FAR,
    HERE,
    NEXT_DOOR,
    item,
    make_sites,
)
from tests.docs.pages import fenced, text_of
from tests.logistics.epcis_sent import DPR, letter, seen, sent

URL = f"/api/v1/sites/{HERE}/epcis"
LOG = "awas/36.02"
STATION = "36.02.05.2001-001"


@pytest.fixture(autouse=True)
def sites(database, settings, monkeypatch):
    make_sites(settings, monkeypatch)


def device(role: Role, area: str) -> Client:
    """A device of somebody with that duty."""
    secret = enrol_device(somebody(role, area), label="HP", secret=chance.token(32), now=NOW)[1]
    return Client(headers={"Authorization": f"Bearer {secret}"})


@pytest.fixture
def phone() -> Client:
    """Records, and reads no ledger."""
    return device(Role.WATCHER, HERE)


@pytest.fixture
def office() -> Client:
    """Records and reads the ledger."""
    return device(Role.DISTRICT_OFFICER, "36.02")


def post(client: Client, body: bytes, url: str = URL):
    return client.post(url, body, content_type="application/ld+json")


def answers(client: Client, *events: dict, url: str = URL) -> list[dict]:
    got = post(client, letter(events), url)
    assert got.status_code == 200, got.content
    return got.json()["answers"]


RECEIVED = seen("receiving", "in_progress", 1000, "urn:x:1")
SORTED = [
    seen("inspecting", "conformant", 980, "urn:x:2"),
    seen("inspecting", "damaged", 20, "urn:x:3"),
]


def recorded() -> int:
    """Entries of logistics; warnings stand in the same log."""
    return Entry.objects.filter(log__origin=LOG, kind__startswith="logistics.").count()


def units(shelf: str) -> int:
    return Stock.objects.get(place=HERE, shelf=shelf).units


def test_a_document_becomes_entries_and_the_same_again_changes_nothing(phone):
    first = answers(phone, RECEIVED, *SORTED)
    assert [one["applied"] for one in first] == [True] * 3
    assert first[1]["index"] == first[2]["index"] == 1
    assert (recorded(), units("good"), units("damaged")) == (2, 980, 20)
    again = answers(phone, RECEIVED, *SORTED)
    assert [one["replayed"] for one in again] == [True] * 3
    assert [(one["index"], one["leaf"]) for one in again] == [(one["index"], one["leaf"]) for one in first]
    assert recorded() == 2


def test_another_device_gets_the_first_receipts_too(phone):
    (first,) = answers(phone, RECEIVED)
    (again,) = answers(device(Role.WATCHER, HERE), RECEIVED)
    assert (again["index"], again["leaf"], again["replayed"]) == (first["index"], first["leaf"], True)


def test_half_of_what_is_on_record_as_a_pair_comes_back_with_its_receipt(phone):
    answers(phone, RECEIVED, *SORTED)
    for half in SORTED:
        (one,) = answers(phone, half)
        assert (one["index"], one["replayed"]) == (1, True)
    assert TallyRow.objects.count() == 2


def test_other_content_under_the_same_id_is_refused(phone):
    answers(phone, RECEIVED)
    (one,) = answers(phone, seen("receiving", "in_progress", 999, "urn:x:1"))
    assert one["refused"] == "already_recorded_otherwise"
    first, second = answers(phone, *(seen("receiving", "in_progress", units, "urn:x:9") for units in (1, 2)))
    assert (first["applied"], second["refused"]) == (True, "already_recorded_otherwise")


def test_a_phones_own_numbering_is_not_disturbed(phone):
    answers(phone, RECEIVED)
    entered = item(1, "gate.enter_person@1", visit_id=f"{HERE}/v1", name="Tamu Contoh", role="guest", purpose="visit")
    got = phone.post(f"/api/v1/sites/{HERE}/entries", json.dumps([entered]), content_type="application/json")
    assert "index" in got.json()["answers"][0]


def test_what_is_not_applied_is_kept_with_its_reason(phone):
    body = letter([seen("arriving", "in_progress", 5), RECEIVED])
    got = post(phone, body).json()
    assert stored(got["sha256"]) == body
    left, taken = got["answers"]
    assert (left["applied"], left["code"]) == (False, "epcis.no_mapping")
    assert left["reason"].startswith("Diterima, tidak diterapkan")
    assert taken["applied"]


def named_documents() -> list[str]:
    """The documents that the entries of logistics name, in their order."""
    made = Entry.objects.filter(log__origin=LOG, kind__startswith="logistics.").order_by("index")
    return [json.loads(bytes(one.body))["data"]["capture"]["document"] for one in made]


def test_every_entry_names_the_document_it_came_out_of(phone):
    body = letter([RECEIVED, *SORTED])
    first = post(phone, body).json()["sha256"]
    assert first == hashlib.sha256(body).hexdigest()
    assert named_documents() == [first, first]
    other = post(phone, letter([RECEIVED, seen("receiving", "in_progress", 5, "urn:x:5")])).json()["sha256"]
    assert named_documents() == [first, first, other]


def test_who_holds_a_document_finds_its_entries_and_the_other_way_round(phone):
    sha256 = post(phone, letter([RECEIVED])).json()["sha256"]
    client = Client(raise_request_exception=True)
    client.force_login(somebody(Role.DISTRICT_OFFICER, "36.02"))
    found = client.get(f"/gudang/{HERE}/log/", {"q": sha256}).content.decode()
    assert f"/gudang/{HERE}/log/0/" in found
    evidence = f"/gudang/{HERE}/bukti/{sha256}/"
    page = client.get(f"/gudang/{HERE}/log/0/").content.decode()
    assert f'href="{evidence}"' in page
    assert f'<span class="muted hash">{sha256}</span>' in page
    assert client.get(evidence).content == stored(sha256)
    assert sha256 in client.get(f"/logistik/{HERE}/tanda-terima/0/").content.decode()


def test_a_phone_can_not_say_that_a_fact_came_out_of_a_document(phone):
    entered = item(1, "gate.enter_person@1", visit_id=f"{HERE}/v1", name="Tamu Contoh", role="guest", purpose="visit")
    entered["capture"] = {"document": "a" * 64}
    got = phone.post(f"/api/v1/sites/{HERE}/entries", json.dumps([entered]), content_type="application/json")
    (answer,) = got.json()["answers"]
    assert (answer["refused"], answer["details"]["field"]) == ("field_wrong_type", "capture.document")


def test_several_acts_of_one_event_are_answered_one_by_one(phone):
    pack = sent("AggregationEvent", "urn:x:7", action="ADD", bizStep="packing",
                parentID="urn:awas:unit:36.02:B1", awas__station=STATION,
                childQuantityList=[{"epcClass": DPR, "quantity": 5}])  # fmt: skip
    (one,) = answers(phone, pack)
    assert one["refused"] == "logistics.nothing_there"
    assert ["index" in act for act in one["acts"]] == [True, False]


def test_packing_is_recorded_beside_what_the_register_says_the_station_needs(phone):
    Region.objects.create(code="36.02.05.2001", name="Desa Contoh", level=4, parent_id="36.02.05")
    Station.objects.create(code=STATION, region_id="36.02.05.2001", number=1, voters=200)
    fold = sent("TransformationEvent", bizStep="assembling", inputQuantityList=[{"epcClass": DPR, "quantity": 980}],
                outputQuantityList=[{"epcClass": DPR, "quantity": 980}])  # fmt: skip
    pack = sent("AggregationEvent", action="ADD", bizStep="packing", parentID=f"urn:awas:kit:{STATION}",
                childQuantityList=[{"epcClass": DPR, "quantity": 200}])  # fmt: skip
    answers(phone, RECEIVED, *SORTED, fold, pack)
    (line,) = TallyRow.objects.get(step="pack").lines
    assert (line["passed"], line["need"]) == (200, 204)


def test_a_tally_is_taken_back_across_documents(phone):
    answers(phone, RECEIVED, *SORTED)
    declared = {"errorDeclaration": {"declarationTime": "2024-01-29T00:00:00Z", "reason": "incorrect_data"}}
    first, second = answers(phone, *(one | declared for one in SORTED))
    assert first["index"] == second["index"] > 1
    assert (units("good"), units("damaged"), units("unsorted")) == (0, 0, 1000)


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (b"", 400, "epcis.not_json"),
        (b"<epcis:EPCISDocument/>", 400, "epcis.not_json"),
        (b"[" * 500_000, 400, "epcis.too_deep"),
        (b'{"a":' * 190_000, 400, "epcis.too_deep"),
        (b'{"type": "x:y", "n": ' + b"9" * 900_000 + b"}", 400, "epcis.number_too_long"),
        (b'{"type": "x:y", "n": 1e999}', 400, "epcis.number_too_long"),
        (b'{"type": "x:y", "n": NaN}', 400, "epcis.number_too_long"),
        (b'{"type": "x:y", "type": "x:z"}', 400, "epcis.name_twice"),
        (b'{"type": "x:\\u0000y"}', 400, "epcis.text_not_allowed"),
        (b'{"type": "x:y", "\\ud800": 1}', 400, "epcis.text_not_allowed"),
        (b"\xff\xfe{\x00}\x00", 400, "epcis.not_json"),
        (b"[]", 400, "epcis.wrong_type"),
        (b"null", 400, "epcis.wrong_type"),
        (b"{}", 400, "epcis.field_missing"),
        (b'{"type": "EPCISDocument"}', 400, "epcis.field_missing"),
        (b" " * (MOST_BYTES + 1), 413, "api.too_large"),
        (letter([RECEIVED] * (MOST_EVENTS + 1)), 400, "epcis.too_many_events"),
    ],
    ids=lambda one: one if isinstance(one, str) else "",
)
def test_a_body_that_is_no_document_is_refused_whole(phone, body, status, code):
    got = post(phone, body)
    assert (got.status_code, got.json()["refused"]) == (status, code)
    assert ledger.size_of(LOG) == 0


def test_values_that_no_database_takes_cost_only_their_event(phone):
    odd = [
        seen("receiving", "in_progress", {"urn:awas:item:ballot:%00": 5}),
        seen("receiving", "in_progress", 5, bizTransactionList=[{"bizTransaction": "urn:awas:document:%00%ED%A0%80"}]),
        seen("receiving", "in_progress", 5, bizTransactionList=[{"bizTransaction": "x:" + "y" * 5000}]),
        sent("AssociationEvent", action="DELETE", parentID="urn:awas:unit:36.02:%00"),
        sent("AssociationEvent", action="ADD", parentID="urn:awas:unit:36.02:B1", childEPCs=["urn:awas:seal:%0A"]),
        sent(
            "AggregationEvent",
            action="ADD",
            bizStep="packing",
            disposition="in_progress",
            parentID="urn:awas:kit:%00",
            childQuantityList=[{"epcClass": DPR, "quantity": 5}],
        ),
        seen("receiving", "in_progress", 5, awas__table="\x01"),
        seen("receiving", "in_progress", 5, awas__workers=-(10**20)),
        seen("receiving", "damaged", 5, awas__damage=[{"epcClass": DPR, "criterion": "x", "quantity": 10**25}]),
        seen("stock_taking", "", 5, awas__shelf="attic"),
    ]
    *bad, good = answers(phone, *odd, RECEIVED)
    assert [one["applied"] for one in bad if one.get("applied")] == [], bad
    assert good["applied"]


def test_who_may_send_and_who_may_read(phone, office):
    assert phone.get(URL).status_code == 403
    assert office.get(URL).status_code == 200
    assert post(device(Role.PROVINCE_OFFICER, "36"), letter([RECEIVED])).status_code == 403
    assert post(phone, letter([RECEIVED]), f"/api/v1/sites/{FAR}/epcis").status_code == 404
    assert post(Client(headers={"Accept": "application/json"}), letter([RECEIVED])).status_code == 401
    seated = Client()
    seated.force_login(somebody(Role.DISTRICT_OFFICER, "36.02"))
    assert post(seated, letter([RECEIVED])).json()["refused"] == "api.token_only"


def test_what_is_exported_comes_in_elsewhere_with_the_same_quantities(phone, office):
    answers(phone, RECEIVED, *SORTED)
    got = office.get(URL).json()
    assert [one["bizStep"] for one in got["epcisBody"]["eventList"]] == ["receiving", "inspecting", "inspecting"]
    assert got["awas:next"] == ledger.size_of(LOG)
    assert office.get(URL, {"since": got["awas:next"]}).json()["epcisBody"]["eventList"] == []
    moved = json.loads(json.dumps(got).replace(f"place:{HERE}", f"place:{NEXT_DOOR}"))
    there = f"/api/v1/sites/{NEXT_DOOR}/epcis"
    assert all(one["applied"] for one in answers(office, *moved["epcisBody"]["eventList"], url=there))
    sums = [dict(Stock.objects.filter(place=place).values_list("shelf", "units")) for place in (HERE, NEXT_DOOR)]
    assert sums[0] == sums[1] == {"unsorted": 0, "good": 980, "damaged": 20}


@pytest.mark.parametrize("since", ["-1", "x", "1e3", "9" * 30, "\u0661"])
def test_a_wrong_position_is_refused(office, since):
    assert office.get(URL, {"since": since}).status_code == 400


def test_people_go_out_without_names(phone, office):
    name = "Bunga Contoh Rahasia"
    entered = item(1, "gate.enter_person@1", visit_id=f"{HERE}/v1", name=name, role="guest", purpose="visit",
                   purpose_text="antar berkas")  # fmt: skip
    phone.post(f"/api/v1/sites/{HERE}/entries", json.dumps([entered]), content_type="application/json")
    got = office.get(URL)
    (one,) = got.json()["epcisBody"]["eventList"]
    assert (one["type"], one["awas:direction"], one["awas:role"]) == ("awas:PersonMovement", "in", "guest")
    assert len(one["awas:commitment"]) == 64
    written = got.content.decode()
    assert name not in written
    assert "berkas" not in written
    assert ledger.lines_at(HERE, LOG)[0].event.person not in written


def test_files_of_the_command_line(phone, tmp_path: Path):
    answers(phone, RECEIVED, *SORTED)
    file, username = tmp_path / "x.json", somebody(Role.DISTRICT_OFFICER, "36.02").username
    done = CliRunner().invoke(export_epcis, [str(file), "--place", HERE, "--json"], catch_exceptions=False)
    assert json.loads(done.output)["events"] == 3
    moved = tmp_path / "y.json"
    moved.write_text(file.read_text().replace(f"place:{HERE}", f"place:{NEXT_DOOR}"))
    taken = [str(moved), "--place", NEXT_DOOR, "--as", username]
    done = CliRunner().invoke(import_epcis, taken)
    assert (done.exit_code, done.output.split(";")[0]) == (
        0, "3 events: 3 applied, 0 already on record, 0 kept and not applied, 0 refused",
    )  # fmt: skip
    assert "3 already on record" in CliRunner().invoke(import_epcis, taken).output
    assert CliRunner().invoke(import_epcis, [str(file), *taken[1:]]).exit_code == 1  # of another place
    assert CliRunner().invoke(import_epcis, [str(file), "--place", FAR, "--as", username]).exit_code == 2
    for place in ("36", "36.02.05", "x"):
        assert CliRunner().invoke(export_epcis, [str(file), "--place", place]).exit_code == 2
    whole = CliRunner().invoke(export_epcis, [str(file), "--place", "36.02"])
    assert whole.output.startswith("6 events")


def test_what_was_not_committed_is_said_and_may_be_sent_again(phone, monkeypatch):
    def full_disk(submissions):
        raise LedgerUnavailable("no room")

    with monkeypatch.context() as broken:
        broken.setattr(ledger, "record_all", full_disk)
        (one,) = answers(phone, RECEIVED)
        assert one["refused"] == "api.unavailable"
    (one,) = answers(phone, RECEIVED)
    assert (one["applied"], one["replayed"]) == (True, False)


def test_an_event_of_thousands_of_boxes_is_refused(phone):
    boxes = [f"urn:awas:unit:36.02:B{number}" for number in range(301)]
    nested = sent(
        "AggregationEvent", action="ADD", bizStep="packing", parentID="urn:awas:unit:36.02:P", childEPCs=boxes
    )
    (one,) = answers(phone, nested)
    assert one["refused"] == "length_out_of_range"


def test_the_example_of_the_page_is_answered_as_it_says(phone):
    sent_in, answered = fenced(text_of("docs/epcis.md"), "json")
    got = post(phone, sent_in.encode()).json()
    said = json.loads(answered.replace("…", ""))
    assert got.keys() == said.keys()
    assert got["answers"][0].keys() == said["answers"][0].keys()
