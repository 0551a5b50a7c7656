"""Finding places, and Banten as shipped."""

import pytest
from django.utils.translation import override

from awas.places import services
from awas.places.banten import banten
from awas.places.codes import is_site, region_of
from awas.places.fitness import ITEMS
from awas.places.models import Region, Site


@pytest.mark.django_db
class TestBanten:
    def test_the_eight_main_warehouses_stand(self):
        loaded = services.load_banten()
        assert (loaded.regions_new, loaded.sites_new) == (9, 8)
        assert [site.code for site in services.sites_within("36")] == [
            f"36.{district}-G1" for district in ("01", "02", "03", "04", "71", "72", "73", "74")
        ]
        site = services.site("36.02-G1")
        assert (site.name, site.kind, site.time_zone) == ("Gudang Pasir Ona", "kpu_warehouse", "Asia/Jakarta")
        assert site.region.name == "Kabupaten Lebak"
        assert services.region("36.02").parent_id == "36"

    def test_loading_again_adds_nothing_and_overwrites_nothing(self):
        services.load_banten()
        Site.objects.filter(code="36.04-G1").update(address="Jalan Raya Serang")
        Region.objects.filter(code="36.02").update(name="KAB. LEBAK")
        loaded = services.load_banten()
        assert (loaded.regions_new, loaded.sites_new) == (0, 0)
        assert services.site("36.04-G1").address == "Jalan Raya Serang"
        assert services.region("36.02").name == "KAB. LEBAK"

    def test_sites_of_a_kecamatan_belong_to_its_district(self):
        services.load_banten()
        Region.objects.create(code="36.02.05", name="Rangkasbitung", level=3, parent_id="36.02")
        Site.objects.create(
            code="36.02.05-G1", name="Gudang PPK", kind=Site.Kind.KECAMATAN_WAREHOUSE, region_id="36.02.05"
        )
        assert [site.code for site in services.sites_within("36.02")] == ["36.02-G1", "36.02.05-G1"]
        assert [site.code for site in services.sites_within("36.02.05")] == ["36.02.05-G1"]
        assert not services.sites_within("36.02.06").exists()

    def test_what_is_not_there(self):
        with pytest.raises(Site.DoesNotExist):
            services.site("36.99-G1")
        with pytest.raises(Region.DoesNotExist):
            services.region("36")
        with pytest.raises(ValueError, match="no region code"):
            services.sites_within("36%")


def test_what_is_shipped_of_banten_adds_up():
    districts = banten().districts
    assert sum(district.kecamatan_count for district in districts) == 155
    assert sum(district.village_count for district in districts) == 1552
    for district in districts:
        assert is_site(district.warehouse.code)
        assert region_of(district.warehouse.code) == district.code
        assert district.source and district.warehouse.source


def test_the_fitness_checklist_has_twenty_points_with_a_source_each():
    assert [item.id for item in ITEMS] == [f"FIT-{number:02d}" for number in range(1, 21)]
    assert all(item.indonesian and item.english and item.source for item in ITEMS)
    assert len({item.indonesian for item in ITEMS}) == len({item.english for item in ITEMS}) == 20


def test_a_question_is_asked_in_the_readers_language():
    question = ITEMS[2].question
    with override("id"):
        assert str(question).startswith("Bebas banjir")
    with override("en"):
        assert str(question).startswith("Free of floods")
