"""CAP over the API: the feed of an area and its documents, for those who may see warnings there and nobody else."""

import pytest
from django.core.cache import cache
from django.test import Client
from lxml import etree

from awas import chance
from awas.access.devices import enrol_device
from awas.access.policy import NATION, Role
from awas.config import settings as shipped
from awas.config import wiring
from awas.ledger import services as ledger
from awas.ledger.area import DAY, HOUR
from awas.ledger.fact import Submission
from awas.places.models import Site
from awas.warehouse.commands import CloseIncident, ReportIncident
from awas.warnings.cap import publishing
from awas.warnings.cap.reading import read
from awas.warnings.cap.signing import require_signed_by
from awas.warnings.decide import Resolve
from awas.warnings.models import Warning
from tests.access.people import NOW, somebody
from tests.api.conftest import FAR, HERE, NEXT_DOOR
from tests.warnings.cap_making import schema_in

ATOM = {"a": "http://www.w3.org/2005/Atom"}
FEED = "/api/v1/cap/36.02"


@pytest.fixture(autouse=True)
def fresh_judge(settings, monkeypatch):
    now = [NOW]
    settings.AWAS_NOW = lambda: now[0]
    monkeypatch.setattr(ledger.sequencer(), "clock", lambda: now[0])
    wiring.bench.cache_clear()
    yield now
    wiring.bench.cache_clear()


def submit(command, place=HERE):
    ledger.record(
        Submission(
            log=f"awas/{place[:5]}", place=place, actor="p1", device="d1", occurred_at=ledger.sequencer().clock(),
            command=command, nonce=chance.nonce(NOW),
        )
    )  # fmt: skip


def raised(place=HERE, severity="high", number=1) -> Warning:
    key = f"{place}/k{number}"
    submit(ReportIncident(incident_id=key, incident="protest", severity=severity, spot="Pintu"), place)
    return Warning.objects.get(place=place, key=key)


def client_as(role, area=None) -> Client:
    client = Client()
    client.force_login(somebody(role, area))
    return client


def listed(answer) -> list[tuple[str, str]]:
    """(title, address of the document) of each entry."""
    assert answer.status_code == 200, answer.content
    assert answer["Content-Type"] == "application/atom+xml"
    root = etree.fromstring(answer.content)
    return [
        (entry.findtext("a:title", namespaces=ATOM), entry.find("a:link", ATOM).get("href"))
        for entry in root.findall("a:entry", ATOM)
    ]


def path_of(url: str) -> str:
    return url.removeprefix("http://localhost:8000")


def test_the_feed_leads_to_signed_documents(realdata):
    one = raised()
    officer = client_as(Role.DISTRICT_OFFICER)
    ((title, url),) = listed(officer.get(FEED))
    assert title.startswith("Siaga: Kejadian khusus, Gudang")
    answer = officer.get(path_of(url))
    assert answer["Content-Type"] == "application/cap+xml"
    root = etree.fromstring(answer.content)
    assert schema_in(realdata).validate(root)
    require_signed_by(root, Client().get("/log/cap/sertifikat.pem").content.decode())
    alert = read(answer.content)
    assert alert.infos[0].web.endswith(f"/peringatan/{HERE}/{one.id}/")
    assert officer.get(alert.infos[0].web.removeprefix("http://localhost:8000")).status_code == 200
    assert officer.get(path_of(url)).content == answer.content


def test_its_numbers_name_the_entry_behind_it():
    raised()
    officer = client_as(Role.DISTRICT_OFFICER)
    ((_, url),) = listed(officer.get(FEED))
    said = dict(read(officer.get(path_of(url)).content).infos[0].parameters)
    line = ledger.line(said["awas:log"], int(said["awas:entry"]))
    assert line is not None
    assert line.entry.kind == "warning.fired@1"
    assert ledger.line(said["awas:log"], int(said["awas:evidence"])).entry.kind == "round.incident_reported@1"


def test_what_ended_is_listed_a_day_with_its_cancel_and_refers_to_what_was_before(fresh_judge):
    one = raised()
    submit(CloseIncident(incident_id=f"{HERE}/k1", outcome="resolved"))
    submit(Resolve(warning=one.id, judgement="useful"))
    officer = client_as(Role.DISTRICT_OFFICER)
    ((_, url),) = listed(officer.get(FEED))
    cancel = read(officer.get(path_of(url)).content)
    assert cancel.kind == "Cancel"
    for reference in cancel.references:
        entry = reference.identifier.rpartition(":")[2]
        earlier = read(officer.get(f"/api/v1/cap/{HERE}/{entry}").content)
        assert earlier.reference == reference
    assert len(cancel.references) == 2
    fresh_judge[0] += DAY + HOUR
    assert listed(officer.get(FEED)) == []


def test_what_stands_is_renewed_in_the_feed(fresh_judge):
    raised()
    officer = client_as(Role.DISTRICT_OFFICER)
    ((_, first),) = listed(officer.get(FEED))
    fresh_judge[0] += DAY + HOUR
    ((_, second),) = listed(officer.get(FEED))
    assert second == first + ".1"
    renewal = read(officer.get(path_of(second)).content)
    assert (renewal.kind, len(renewal.references)) == ("Update", 1)


def test_the_worst_comes_first_and_only_of_the_area_asked():
    raised(HERE, "low", 1), raised(HERE, "critical", 2), raised(NEXT_DOOR, "high", 3), raised(FAR, "critical", 4)
    titles = [title.partition(":")[0] for title, _ in listed(client_as(Role.NATIONAL_OFFICER, NATION).get(FEED))]
    assert titles == ["Awas", "Siaga", "Waspada"]
    assert len(listed(client_as(Role.NATIONAL_OFFICER, NATION).get(f"/api/v1/cap/{NATION}"))) == 4
    assert len(listed(client_as(Role.WATCHER, NEXT_DOOR).get(f"/api/v1/cap/{NEXT_DOOR}"))) == 1


def test_a_program_that_asks_again_gets_304_until_something_is_new():
    raised()
    officer = client_as(Role.DISTRICT_OFFICER)
    tag = officer.get(FEED)["ETag"]
    again = officer.get(FEED, headers={"If-None-Match": tag})
    assert (again.status_code, again.content) == (304, b"")
    raised(number=2)
    assert officer.get(FEED, headers={"If-None-Match": tag}).status_code == 200


def test_it_is_for_those_who_may_see_warnings_there():
    raised()
    ((_, url),) = listed(client_as(Role.PARTNER).get(FEED))
    for path in (FEED, path_of(url)):
        assert Client().get(path).status_code in {302, 401}
        assert client_as(Role.ADMINISTRATOR).get(path).status_code == 403
        assert client_as(Role.DISTRICT_OFFICER, "36.03").get(path).status_code == 404
        assert client_as(Role.DISTRICT_OFFICER).post(path).status_code == 405
    assert client_as(Role.WATCHER, HERE).get(FEED).status_code == 404, "the district is more than the own site"


def test_a_phones_token_opens_its_own_sites_feed():
    raised()
    _, token = enrol_device(somebody(Role.WATCHER, HERE), label="HP", secret=chance.token(32), now=NOW)
    program = Client(headers={"Authorization": f"Bearer {token}"})
    ((_, url),) = listed(program.get(f"/api/v1/cap/{HERE}"))
    assert program.get(path_of(url)).status_code == 200
    assert program.get("/api/v1/cap/31.74").status_code == 404
    assert Client(headers={"Authorization": "Bearer awas_d1_wrong"}).get(FEED).status_code == 401


@pytest.mark.parametrize("name", ["0", "999", "1.9", "x", "1.x", "1.1.1", "-1", "1" * 40, "٣"])
def test_what_is_no_message_is_not_there(name):
    raised()
    assert client_as(Role.DISTRICT_OFFICER).get(f"/api/v1/cap/{HERE}/{name}").status_code == 404


@pytest.mark.parametrize("region", ["36.02.99", "xx", "36.2", "36.02-", "ID.36"])
def test_what_is_no_area_is_not_there(region):
    answer = client_as(Role.NATIONAL_OFFICER, NATION).get(f"/api/v1/cap/{region}")
    assert answer.status_code == (200 if region == "36.02.99" else 404)


# ---------------------------------------------------------------- for everybody


def test_nothing_is_open_by_default():
    raised(severity="critical")
    (alert, place, name), *_ = publishing.current("36.02", NOW)
    assert alert.scope == "Restricted"
    for path in ("/log/cap/36.02", f"/log/cap/{place}/{name}", "/log/cap/ID"):
        assert Client().get(path).status_code == 404


def test_what_is_opened_is_of_that_level_and_those_areas_and_says_less(settings):
    settings.AWAS_CAP_PUBLIC = "awas:36.02"
    raised(HERE, "high", 1), raised(HERE, "critical", 2), raised(FAR, "critical", 3)
    cache.clear()
    ((title, url),) = listed(Client().get("/log/cap/36.02"))
    assert title.startswith("Awas: Kejadian khusus, ")
    assert len(listed(Client().get("/log/cap/36"))) == 1
    assert Client().get("/log/cap/31.74").status_code == 404
    body = Client().get(path_of(url)).content
    alert = read(body)
    assert alert.scope == "Public"
    site = Site.objects.get(code=HERE)
    assert site.name not in body.decode()
    assert "Pintu" not in body.decode()
    closed = [name for one, place, name in publishing.current("36.02", NOW) if "Siaga" in one.infos[0].headline]
    assert Client().get(f"/log/cap/{HERE}/{closed[0]}").status_code == 404


@pytest.mark.parametrize("wrong", ["x:36.02", "awas", ":36", "awas:", "awas:36.02;31"])
def test_an_opening_that_says_nothing_sensible_stops_the_start(monkeypatch, wrong):
    monkeypatch.setenv("AWAS_CAP_PUBLIC", wrong)
    with pytest.raises(SystemExit, match="AWAS_CAP_PUBLIC"):
        shipped._cap_public()


def test_a_demos_alerts_and_a_drills_are_exercises(settings):
    raised()
    settings.AWAS_CAP_EXERCISE = True
    assert publishing.current("36.02", NOW)[0][0].status == "Exercise"
    settings.AWAS_CAP_EXERCISE, settings.AWAS_DEMO = False, True
    assert publishing.current("36.02", NOW)[0][0].status == "Exercise"
    settings.AWAS_DEMO = False
    assert publishing.current("36.02", NOW)[0][0].status == "Actual"
