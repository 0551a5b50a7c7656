"""Pages of a district's desk: what may be said of which place."""

from awas.logistics import models, services
from awas.logistics.commands import RecordContract, VerifyPrint
from awas.places.models import ServedArea
from tests.browser.people import HERE, KECAMATAN
from tests.logistics.making import ballots, line


def test_a_print_is_verified_on_the_page_of_its_contracts_place_alone(district, visits):
    key = f"{HERE}/k1"
    papers = {"supplier": "Pencetak", "document_number": "K-1"}
    services.record(district.desk("dewi"), RecordContract(contract_id=key, lines=(line(100),), **papers))
    dewi, subject = visits("dewi"), key.replace("/", "~")
    assert dewi.get(f"/logistik/{HERE}/catat/cetak/{subject}/").status_code == 200
    assert dewi.get(f"/logistik/{KECAMATAN}/catat/cetak/{subject}/").status_code == 404


def test_a_warehouse_names_the_areas_it_serves(district, visits):
    assert "Untuk TPS di" not in visits("dewi").get(f"/logistik/{HERE}/").text
    ServedArea.objects.create(region_id=KECAMATAN, site_id=HERE)
    assert "Untuk TPS di Kecamatan Contoh" in visits("dewi").get(f"/logistik/{HERE}/").text


def test_a_verification_and_its_contract_are_taken_back_by_whoever_orders(district, visits):
    key, papers = f"{HERE}/k1", {"supplier": "Pencetak", "document_number": "K-1"}
    verifies = VerifyPrint(tally_id=f"{HERE}/v1", contract_id=key, lines=(ballots(100),), document_number="V-1")
    services.record(district.desk("dewi"), RecordContract(contract_id=key, lines=(line(100),), **papers))
    services.record(district.desk("dewi"), verifies)
    place = f"/logistik/{HERE}/"
    verification, contract = f"{place}catat/batal-cetak/{HERE}~v1/", f"{place}catat/batal-kontrak/{HERE}~k1/"
    dewi, wati = visits("dewi"), visits("wati")
    assert verification in dewi.get(f"{place}hitungan/").text
    assert verification not in wati.get(f"{place}hitungan/").text
    assert contract not in dewi.get(place).text, "something is verified against it"
    answer = {"reason": "paper_error", "why": ""}
    assert wati.post(verification, answer | {"nonce": "n1"}).status_code == 403
    assert wati.post(f"{place}catat/batal/{HERE}~v1/", answer | {"nonce": "n2"}).status_code == 422
    assert dewi.post(verification, answer | {"nonce": "n3"}).status_code == 302
    assert contract in dewi.get(place).text
    assert wati.post(contract, answer | {"nonce": "n4"}).status_code == 403
    assert dewi.post(contract, answer | {"nonce": "n5"}).status_code == 302
    assert models.Contract.objects.get().is_void
    assert contract not in dewi.get(place).text
