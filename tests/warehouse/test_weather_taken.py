"""Alerts of others taken in: at which warehouses they are noted, once, and how they change and end."""

import pytest
from django.core.cache import cache

from awas.access.policy import NATION
from awas.config import wiring
from awas.ledger import services as ledger
from awas.ledger.area import HOUR, MINUTE, Refused
from awas.ledger.naming import log_of
from awas.places.models import Region, Site
from awas.warehouse import models, weather
from awas.warehouse.alerts import hazard_of, one_line, source_of
from awas.warnings.cap.message import Alert, Area, Info, instant_of, time_of
from awas.warnings.cap.writing import written
from awas.warnings.models import Warning
from tests.access.people import NOW

pytestmark = pytest.mark.django_db

LEBAK, SERANG, CILEGON, OFFICE = "36.02-G1", "36.04-G1", "36.72-G1", "36.02-K1"
NAMES = {"36": "Banten", "36.02": "Kabupaten Lebak", "36.04": "Kabupaten Serang", "36.72": "Kota Cilegon"}
OVER_LEBAK = "-6.3,106.2 -6.3,106.3 -6.4,106.3 -6.4,106.2 -6.3,106.2"
OVER_SERANG = "-6.0,106.1 -6.0,106.2 -6.2,106.2 -6.2,106.1 -6.0,106.1"


@pytest.fixture(autouse=True)
def now(settings, monkeypatch):
    at = [NOW]
    settings.AWAS_NOW = lambda: at[0]
    monkeypatch.setattr(ledger.sequencer(), "clock", lambda: at[0])
    wiring.bench.cache_clear()
    cache.clear()
    yield at
    wiring.bench.cache_clear()


@pytest.fixture(autouse=True)
def places():
    for code, name in NAMES.items():
        above = code.partition(".")[0] if "." in code else None
        Region.objects.create(code=code, name=name, level=2 if above else 1, parent_id=above)
    point = {"latitude_e6": -6_350_000, "longitude_e6": 106_250_000}
    Site.objects.create(code=LEBAK, region_id="36.02", kind="kpu_warehouse", name="Gudang Lebak", **point)
    Site.objects.create(code=OFFICE, region_id="36.02", kind="office", name="Kantor", **point)
    point = {"latitude_e6": -6_110_000, "longitude_e6": 106_150_000}
    Site.objects.create(code=SERANG, region_id="36.04", kind="kpu_warehouse", name="Gudang Serang", **point)
    Site.objects.create(code=CILEGON, region_id="36.72", kind="kpu_warehouse", name="Gudang Cilegon")


def rain(number=1, *, kind="Alert", area=None, references=(), minutes=0, hours=6, severity="Moderate", **named):
    info = Info(
        categories=("Met",), event="Hujan Lebat", urgency="Expected", severity=severity, certainty="Likely",
        language="id", onset=time_of(NOW + HOUR, 7 * HOUR), expires=time_of(NOW + hours * HOUR, 7 * HOUR),
        headline="Hujan lebat", areas=(area or Area(description="x", polygons=(OVER_LEBAK,)),),
    )  # fmt: skip
    fields = {
        "identifier": f"2.49.{number}", "sender": "cuaca@bmkg.go.id", "sent": time_of(NOW + minutes * MINUTE, 7 * HOUR),
        "status": "Actual", "kind": kind, "scope": "Public", "infos": (info,),
        "references": tuple(one.reference for one in references),
    }  # fmt: skip
    return Alert(**(fields | named))


def take(alert, areas=(NATION,)):
    return weather.take_in(written(alert), areas, weather.by_itself(NOW), NOW)


def entries(place=LEBAK):
    return [line.entry.kind for line in ledger.lines_since(log_of(place), 0, 100) if line.entry.place == place]


def test_it_is_noted_where_it_holds_and_nowhere_else():
    taken = take(rain())
    assert (taken.noted, taken.ended, taken.known, taken.why) == ((LEBAK,), (), 0, "")
    row = models.WeatherAlert.objects.get()
    assert (row.place, row.source, row.event, row.hazard, row.severity, row.basis, row.state) == (
        LEBAK, "BMKG", "Hujan Lebat", "rain", "moderate", "polygon", "open",
    )  # fmt: skip
    assert row.expires_at == NOW + 6 * HOUR
    assert len(row.document) == 64
    assert list(weather.in_force([LEBAK, SERANG], NOW)) == [LEBAK]
    assert weather.in_force([LEBAK], NOW + 6 * HOUR) == {}


def test_read_again_it_notes_nothing():
    take(rain())
    size = ledger.size_of("awas/36.02")
    for _ in range(3):
        taken = take(rain())
        assert (taken.noted, taken.known) == ((), 1)
    assert ledger.size_of("awas/36.02") == size
    assert entries().count("weather.alert_noted@1") == 1


@pytest.mark.parametrize(
    ("area", "wanted"),
    [
        (Area(description="x", circles=("-6.11,106.15 3",)), [SERANG]),
        (Area(description="x", geocodes=(("kemendagri", "36.04"), ("kemendagri", "36.72"))), [SERANG, CILEGON]),
        (Area(description="x", geocodes=(("kemendagri", "36"),)), [LEBAK, SERANG, CILEGON]),
        (Area(description="Kota Cilegon"), [CILEGON]),
        (Area(description="Banten", polygons=(OVER_SERANG,)), [SERANG, CILEGON]),
        (Area(description="Lampung"), []),
    ],
)
def test_by_shape_by_code_and_by_name(area, wanted):
    assert sorted(take(rain(area=area)).noted) == wanted


def test_a_part_of_the_land_concerns_only_its_own():
    area = Area(description="x", geocodes=(("kemendagri", "36"),))
    assert take(rain(area=area), ["36.04"]).noted == (SERANG,)
    assert take(rain(area=area), [LEBAK]).noted == (LEBAK,)
    assert sorted(take(rain(area=area)).noted) == [CILEGON]


def test_an_update_goes_on_a_cancel_ends():
    first = rain(1)
    second = rain(2, kind="Update", references=[first], minutes=30, hours=9, severity="Severe")
    assert take(first).noted == take(second).noted == (LEBAK,)
    (row,) = weather.in_force([LEBAK], NOW)[LEBAK]
    assert (row.severity, row.expires_at) == ("severe", NOW + 9 * HOUR)
    cancel = rain(3, kind="Cancel", references=[first, second], minutes=60, infos=())
    assert take(cancel).ended == (LEBAK,)
    assert weather.in_force([LEBAK], NOW) == {}
    assert entries() == ["weather.alert_noted@1"] * 2 + ["weather.alert_ended@1"]
    for again in (first, second, cancel):
        taken = take(again)
        assert (taken.noted, taken.ended) == ((), ())


def test_an_update_that_moves_ends_it_here_and_begins_it_there():
    first = rain(1)
    take(first)
    moved = take(rain(2, kind="Update", references=[first], area=Area(description="x", polygons=(OVER_SERANG,))))
    assert (moved.noted, moved.ended) == ((SERANG,), (LEBAK,))
    assert models.WeatherAlert.objects.get(place=LEBAK).state == "ended"


def test_nobody_cancels_or_changes_anothers_alert():
    first = rain(1)
    take(first)
    stranger = rain(3, kind="Cancel", references=[first], infos=(), sender="somebody@else.example")
    assert take(stranger).ended == ()
    update = rain(4, kind="Update", references=[first], sender="somebody@else.example")
    assert take(update).noted == (LEBAK,)
    assert len(weather.in_force([LEBAK], NOW)[LEBAK]) == 2, "it stands beside the other, it changes nothing of it"


@pytest.mark.parametrize(
    ("named", "why"),
    [
        ({"status": "Test"}, "status"),
        ({"status": "Exercise"}, "status"),
        ({"status": "Draft"}, "status"),
        ({"kind": "Ack"}, "ack"),
        ({"infos": ()}, "no_info"),
        ({"hours": -1}, "expired"),
        ({"sender": "awas@localhost"}, "own"),
    ],
)
def test_what_is_none_of_ours_is_not_noted(named, why):
    taken = take(rain(**named))
    assert (taken.why, taken.noted) == (why, ())
    assert models.WeatherAlert.objects.count() == 0


def test_a_demo_takes_exercises(settings):
    settings.AWAS_DEMO = True
    assert take(rain(status="Exercise")).noted == (LEBAK,)


def test_what_is_no_cap_is_refused():
    with pytest.raises(Refused, match=r"cap\.not_xml"):
        weather.take_in(b"<alert", [NATION], weather.by_itself(NOW), NOW)


def test_of_several_languages_and_parts_the_worst_here_is_noted_in_indonesian():
    base = rain().infos[0]
    parts = (
        _with(base, language="en", event="Heavy Rain", severity="Severe"),
        _with(base, language="id", event="Hujan Sangat Lebat", severity="Severe"),
        _with(base, event="Angin Kencang", severity="Extreme", areas=(Area(description="x", polygons=(OVER_SERANG,)),)),
        _with(base, event="Hujan Ringan", severity="Minor"),
    )
    assert sorted(take(rain(infos=parts)).noted) == [LEBAK, SERANG]
    assert models.WeatherAlert.objects.get(place=LEBAK).event == "Hujan Sangat Lebat"
    assert models.WeatherAlert.objects.get(place=SERANG).event == "Angin Kencang"


def _with(info, **named):
    return Info(**({name: getattr(info, name) for name in info.__struct_fields__} | named))


def test_without_an_end_it_holds_for_a_day():
    info = _with(rain().infos[0], expires="", onset="")
    take(rain(infos=(info,)))
    assert models.WeatherAlert.objects.get().expires_at == NOW + 24 * HOUR


def test_the_rules_speak_and_the_log_says_it_in_words(client):
    from awas.warehouse.commands import ReportCondition

    desk = weather.by_itself(NOW)(LEBAK)
    ledger.record(desk.submission(ReportCondition(condition_id=f"{LEBAK}/c1", condition="leak", severity="low")))
    take(rain())
    warning = Warning.objects.get(rule="WAR-42")
    assert (warning.place, warning.level, warning.state) == (LEBAK, "siaga", "firing")
    first = models.WeatherAlert.objects.get()
    assert warning.key == first.thread
    cancel = rain(3, kind="Cancel", references=[rain()], infos=())
    take(cancel)
    warning.refresh_from_db()
    assert (warning.state, warning.why) == ("cleared", "alert_over")


@pytest.mark.parametrize(
    ("event", "hazard"),
    [
        ("Hujan Lebat dan Petir", "rain"),
        ("Hujan Lebat disertai Banjir", "flood"),
        ("Angin Kencang", "wind"),
        ("Petir", "storm"),
        ("Gelombang Tinggi", "wave"),
        ("Tsunami Warning", "tsunami"),
        ("Gempabumi", "earthquake"),
        ("Flood Warning", "flood"),
        ("Severe Thunderstorm", "storm"),
        ("Bushfire", "fire"),
        ("Update", "rain"),
    ],
)
def test_what_its_words_warn_of(event, hazard):
    assert hazard_of(_with(rain().infos[0], event=event)) == hazard


def test_who_warns_is_named_as_people_do():
    alert, info = rain(), rain().infos[0]
    assert source_of(alert, info) == "BMKG"
    assert source_of(rain(sender="x@bmkg.go.id.evil.example"), info) == "x@bmkg.go.id.evil.example"
    assert source_of(rain(sender="a@b.example"), _with(info, sender_name="PVMBG\n\u202eGmbH")) == "PVMBG GmbH"
    assert len(one_line("x " * 500)) <= 120


def test_a_year_named_by_mistake_holds_for_a_month_and_the_future_for_nothing():
    info = _with(rain().infos[0], expires=time_of(NOW + 20_000 * HOUR, 7 * HOUR))
    take(rain(infos=(info,)))
    assert models.WeatherAlert.objects.get().expires_at == NOW + 30 * 24 * HOUR
    late = _with(rain().infos[0], onset=time_of(NOW + 20_000 * HOUR, 7 * HOUR), expires="")
    assert take(rain(2, infos=(late,))).noted == (LEBAK,)
    assert take(rain(3, minutes=90)).why == "not_yet"


def test_bmkgs_own_alert_for_banten(realdata):
    """As published: a triangle north of Tangerang, and the province's name."""
    Site.objects.filter(code=LEBAK).update(latitude_e6=-6_028_333, longitude_e6=106_401_333)
    body = (realdata / "cap" / "valid" / "bmkg_banten_2026-05-20_sample.xml").read_bytes()
    then = instant_of("2026-05-20T08:10:00+07:00")
    taken = weather.take_in(body, [NATION], weather.by_itself(then), then)
    assert sorted(taken.noted) == [LEBAK, CILEGON], "the one inside, and the one whose place nobody has noted"
    rows = {row.place: row for row in models.WeatherAlert.objects.all()}
    assert (rows[LEBAK].basis, rows[CILEGON].basis) == ("polygon", "name")
    assert (rows[LEBAK].source, rows[LEBAK].event, rows[LEBAK].hazard) == ("BMKG", "Hujan Lebat dan Petir", "rain")
    assert weather.take_in(body, [NATION], weather.by_itself(then), then + 3 * HOUR).why == "expired"
