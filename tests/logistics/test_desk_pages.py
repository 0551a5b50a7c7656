"""Pages of a district's desk: what may be said of which place."""

from awas.logistics import services
from awas.logistics.commands import RecordContract
from awas.places.models import ServedArea
from tests.browser.people import HERE, KECAMATAN
from tests.logistics.making import line


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
