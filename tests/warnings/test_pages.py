"""The pages of warnings and rules: who sees what, what people may do there, and that it stands in the record."""

import json

import pytest
from click.testing import CliRunner
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from awas import chance
from awas.access.models import Person
from awas.access.policy import NATION, Role
from awas.config import wiring
from awas.ledger import services as ledger
from awas.ledger.area import MINUTE
from awas.ledger.fact import Submission
from awas.ledger.models import VaultRow
from awas.places.models import Region, Site
from awas.warehouse.commands import ReportIncident
from awas.warnings import services
from awas.warnings.commands import rules as rules_command
from awas.warnings.commands import warnings_group
from awas.warnings.models import Warning
from awas.warnings.refusals import WORDS as REFUSALS
from tests.access.people import NOW, somebody

pytestmark = pytest.mark.django_db

HERE, THERE, ABOVE = "36.02-G1", "31.74-G1", "36.02.05-G1"
HTML = "<script>alert(1)</script>"


@pytest.fixture(autouse=True)
def still_record(settings, monkeypatch):
    """A clock that stands, in the pages and in the record; a judge that remembers no other test."""
    settings.AWAS_NOW = lambda: NOW
    monkeypatch.setattr(ledger.sequencer(), "clock", lambda: NOW)
    wiring.bench.cache_clear()
    cache.clear()
    yield
    wiring.bench.cache_clear()


@pytest.fixture(autouse=True)
def places():
    for code in (HERE, THERE, ABOVE):
        region = code.partition("-")[0]
        parts = region.split(".")
        for depth in range(1, len(parts) + 1):
            name, above = ".".join(parts[:depth]), ".".join(parts[: depth - 1]) or None
            Region.objects.get_or_create(
                code=name, defaults={"name": f"Wilayah {name}", "level": depth, "parent_id": above}
            )
        Site.objects.create(code=code, region_id=region, kind="kpu_warehouse", name=f"Gudang {code}")


def raised(place: str = HERE, severity: str = "high", number: int = 1, spot: str = "Pintu belakang") -> Warning:
    """A warning that an incident raised, through the record and the judge."""
    key = f"{place}/k{number}"
    command = ReportIncident(incident_id=key, incident="protest", severity=severity, spot=spot)
    ledger.record(
        Submission(
            log="awas/" + place.partition("-")[0][:5],
            place=place,
            actor="p1",
            device="d1",
            occurred_at=NOW,
            command=command,
            nonce=chance.nonce(NOW),
        )
    )
    return Warning.objects.exclude(rule__startswith="OWN-").get(place=place, key=key)


def client_of(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def client_as(role: Role, area: str | None = None) -> Client:
    return client_of(somebody(role, area))


def address(one: Warning, verb: str = "") -> str:
    return reverse("warnings:act" if verb else "warnings:warning", args=[one.place, one.id, *([verb] if verb else [])])


def shown(answer) -> list[str]:
    return [row["place"] for row in answer.context["warnings"]]


ANSWERS = {
    "acknowledge": {"reason": "handling", "until": "30m", "note": "Petugas menuju lokasi"},
    "silence": {"reason": "planned_activity", "until": "4h", "note": ""},
    "resolve": {"judgement": "useful", "note": ""},
    "comment": {"text": "Sudah ditelepon"},
}


# ---------------------------------------------------------------- the list


def test_the_list_shows_ones_own_areas_only_worst_first():
    raised(HERE, "low", 1), raised(HERE, "critical", 2), raised(ABOVE, "high", 3), raised(THERE, "critical", 4)
    rows = client_as(Role.DISTRICT_OFFICER).get(reverse("warnings:list")).context["warnings"]
    assert [(row["place"], row["level"]) for row in rows] == [(HERE, "awas"), (ABOVE, "siaga"), (HERE, "waspada")]
    assert shown(client_as(Role.WATCHER, ABOVE).get(reverse("warnings:list"))) == [ABOVE]
    assert len(shown(client_as(Role.NATIONAL_OFFICER, NATION).get(reverse("warnings:list")))) == 4


@pytest.mark.parametrize(
    ("asked", "places"),
    [
        ({"place": HERE}, [HERE]),
        ({"region": "36.02.05"}, [ABOVE]),
        ({"region": "36"}, [HERE, ABOVE]),
        ({"level": "awas"}, [HERE]),
        ({"level": "siaga"}, [ABOVE]),
        ({"state": "resolved"}, []),
        ({"state": "firing", "level": "siaga"}, [ABOVE]),
    ],
)
def test_the_list_is_narrowed(asked, places):
    raised(HERE, "critical", 1), raised(ABOVE, "high", 2), raised(THERE, "critical", 3)
    answer = client_as(Role.DISTRICT_OFFICER).get(reverse("warnings:list"), asked)
    assert shown(answer) == places


@pytest.mark.parametrize(
    "asked", [{"place": THERE}, {"region": "31"}, {"level": "merah"}, {"state": HTML}, {"region": "ID' OR 1=1"}]
)
def test_what_cannot_be_asked_for_is_not_there(asked):
    raised(HERE)
    assert client_as(Role.DISTRICT_OFFICER).get(reverse("warnings:list"), asked).status_code == 404


def test_a_wider_region_than_ones_own_shows_ones_own():
    raised(HERE), raised(THERE, number=2)
    assert shown(client_as(Role.DISTRICT_OFFICER).get(reverse("warnings:list"), {"region": NATION})) == [HERE]


def test_counts_by_level_follow_the_state_and_pages_the_list(monkeypatch):
    monkeypatch.setattr("awas.warnings.pages.PER_PAGE", 2)
    for number in range(5):
        raised(HERE, number=number)
    client = client_as(Role.DISTRICT_OFFICER)
    first = client.get(reverse("warnings:list"))
    assert {level["key"]: level["count"] for level in first.context["levels"]}["siaga"] == 5
    second = client.get(first.context["older_url"])
    last = client.get(second.context["older_url"])
    ids = [row["id"] for page in (first, second, last) for row in page.context["warnings"]]
    assert len(set(ids)) == 5
    assert last.context["older_url"] == ""
    assert client.get(last.context["newer_url"]).context["warnings"] == second.context["warnings"]
    assert first.context["newer_url"] == ""


def test_an_unchanged_list_is_not_drawn_again():
    raised(HERE)
    client = client_as(Role.DISTRICT_OFFICER)
    first = client.get(reverse("warnings:list"))
    again = client.get(reverse("warnings:list"), headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304
    raised(HERE, number=2)
    changed = client.get(reverse("warnings:list"), headers={"If-None-Match": first["ETag"]})
    assert changed.status_code == 200


def test_who_keeps_accounts_sees_no_warnings():
    assert client_as(Role.ADMINISTRATOR).get(reverse("warnings:list")).status_code == 403


# ---------------------------------------------------------------- one warning


def test_a_warning_shows_its_evidence_its_rule_and_its_steps():
    one = raised(HERE, spot=HTML)
    answer = client_as(Role.DISTRICT_OFFICER).get(address(one))
    assert answer.status_code == 200
    assert HTML not in answer.text
    page = answer.context
    assert [row["index"] for row in page["evidence"]] == one.evidence_indexes
    assert page["warning"]["rule_id"] == one.rule
    assert page["steps"]
    assert len(page["history"]) == 1
    assert [form["key"] for form in page["taps"]] == ["going", "seen"]
    assert [form["key"] for form in page["forms"]] == [
        "acknowledge", "assign", "resolve", "silence", "link", "comment",
    ]  # fmt: skip
    assert [row["heard"] for row in page["ladder"]][:1] == [True]


def test_a_partner_reads_the_warning_but_neither_the_log_nor_the_notes():
    one = raised(HERE)
    client_as(Role.DISTRICT_OFFICER).post(address(one, "comment"), ANSWERS["comment"] | {"nonce": chance.nonce(NOW)})
    answer = client_as(Role.PARTNER).get(address(one))
    assert answer.status_code == 200
    assert answer.context["evidence"] == []
    assert answer.context["forms"] == []
    assert ANSWERS["comment"]["text"] not in answer.text


def test_a_warning_is_only_found_at_its_place():
    one = raised(HERE)
    client = client_as(Role.DISTRICT_OFFICER)
    assert client.get(reverse("warnings:warning", args=[ABOVE, one.id])).status_code == 404
    assert client_as(Role.DISTRICT_OFFICER, "31.74").get(address(one)).status_code == 404


# ---------------------------------------------------------------- what people do


@pytest.mark.parametrize(
    ("verb", "state", "field"),
    [
        ("acknowledge", "acknowledged", "acknowledged_until"),
        ("silence", "silenced", "silenced_until"),
        ("resolve", "resolved", "resolved_at"),
        ("comment", "firing", "fired_at"),
    ],
)
def test_an_answer_stands_in_the_record(verb, state, field):
    one, officer = raised(HERE), somebody(Role.DISTRICT_OFFICER)
    client = client_of(officer)
    before = ledger.size_of(one.log)
    answer = client.post(address(one, verb), ANSWERS[verb] | {"nonce": chance.nonce(NOW)})
    assert answer.status_code == 302
    one.refresh_from_db()
    assert one.state == state
    assert getattr(one, field)
    written = ledger.line(one.log, before)
    assert (written.entry.actor, written.entry.place) == (officer.code, HERE)
    after = client.get(address(one))
    assert after.status_code == 200
    assert after.context["history"][-1]["by"] == officer.display_name


def test_what_people_type_lies_in_the_vault_alone():
    one = raised(HERE)
    client = client_as(Role.DISTRICT_OFFICER)
    client.post(address(one, "comment"), {"text": HTML, "nonce": chance.nonce(NOW)})
    assert VaultRow.objects.get(purpose="warning note").value == HTML
    written = ledger.line(one.log, ledger.size_of(one.log) - 1)
    assert HTML not in json.dumps(written.entry.data)
    page = client.get(address(one))
    assert page.context["history"][-1]["note"] == HTML
    assert HTML not in page.text


def test_a_second_tap_is_the_same_answer():
    one, client = raised(HERE), client_as(Role.DISTRICT_OFFICER)
    sent = ANSWERS["comment"] | {"nonce": chance.nonce(NOW)}
    first, size = client.post(address(one, "comment"), sent), ledger.size_of(one.log)
    assert (first.status_code, client.post(address(one, "comment"), sent).status_code) == (302, 302)
    assert ledger.size_of(one.log) == size


def test_the_acknowledgement_holds_as_long_as_was_said():
    one = raised(HERE)
    client_as(Role.DISTRICT_OFFICER).post(
        address(one, "acknowledge"), ANSWERS["acknowledge"] | {"nonce": chance.nonce(NOW)}
    )
    one.refresh_from_db()
    assert one.acknowledged_until == NOW + 30 * MINUTE


@pytest.mark.parametrize(
    ("verb", "sent"),
    [
        ("acknowledge", {"reason": "tidak tahu", "until": "30m"}),
        ("acknowledge", {"reason": "handling", "until": "9999h"}),
        ("silence", {"reason": "", "until": "4h"}),
        ("resolve", {"judgement": HTML}),
        ("comment", {"text": ""}),
        ("comment", {"text": "x" * 2001}),
        ("comment", {}),
    ],
)
def test_an_answer_that_says_nothing_is_shown_again(verb, sent):
    one = raised(HERE)
    size = ledger.size_of(one.log)
    answer = client_as(Role.DISTRICT_OFFICER).post(address(one, verb), sent | {"nonce": chance.nonce(NOW)})
    assert answer.status_code == 422
    assert HTML not in answer.text
    assert ledger.size_of(one.log) == size


def test_a_refusal_is_said_on_the_form_and_nothing_typed_is_lost():
    one, client = raised(HERE), client_as(Role.DISTRICT_OFFICER)
    client.post(address(one, "resolve"), ANSWERS["resolve"] | {"nonce": chance.nonce(NOW)})
    size, nonce = ledger.size_of(one.log), chance.nonce(NOW)
    answer = client.post(address(one, "silence"), ANSWERS["silence"] | {"note": "penting", "nonce": nonce})
    assert answer.status_code == 422
    assert str(REFUSALS["warning_already_resolved"]) in answer.text
    assert "penting" in answer.text
    assert nonce not in answer.text
    assert ledger.size_of(one.log) == size


def test_a_note_may_still_be_written_beside_what_is_over():
    one, client = raised(HERE), client_as(Role.DISTRICT_OFFICER)
    client.post(address(one, "resolve"), ANSWERS["resolve"] | {"nonce": chance.nonce(NOW)})
    assert [form["key"] for form in client.get(address(one)).context["forms"]] == ["summarise", "link", "comment"]
    sent = ANSWERS["comment"] | {"nonce": chance.nonce(NOW)}
    assert client.post(address(one, "comment"), sent).status_code == 302


@pytest.mark.parametrize(
    ("role", "status"), [(Role.WATCHER, 403), (Role.PARTNER, 403), (Role.ADMINISTRATOR, 403), (None, 404)]
)
def test_who_may_not_answer(role, status):
    one = raised(HERE)
    client = client_as(role) if role else client_as(Role.DISTRICT_OFFICER, "31.74")
    assert client.post(address(one, "resolve"), ANSWERS["resolve"]).status_code == status


def test_an_unknown_verb_and_a_plain_look_do_nothing():
    one, client = raised(HERE), client_as(Role.DISTRICT_OFFICER)
    size = ledger.size_of(one.log)
    assert client.post(address(one, "delete"), {}).status_code == 404
    assert client.get(address(one, "resolve")).url == address(one)
    assert client.put(address(one, "resolve")).status_code == 405
    assert ledger.size_of(one.log) == size


# ---------------------------------------------------------------- rules and thresholds


def test_the_catalogue_counts_in_ones_own_areas():
    one = raised(HERE)
    raised(THERE, number=2)
    answer = client_as(Role.DISTRICT_OFFICER).get(reverse("warnings:rules"))
    rules = {rule["id"]: rule for group in answer.context["groups"] for rule in group["rules"]}
    assert len(rules) == answer.context["count"] == len(wiring.RULES)
    assert (rules[one.rule]["open_count"], rules[one.rule]["week_count"]) == (1, 1)


@pytest.mark.parametrize("rule", wiring.RULES, ids=lambda rule: rule.id)
def test_every_rule_has_its_page(rule):
    answer = client_as(Role.PROVINCE_OFFICER).get(reverse("warnings:rule", args=[rule.id]))
    assert answer.status_code == 200
    assert rule.title.id in answer.text.replace("&#x27;", "'")
    assert len([one for one in answer.context["thresholds"] if one["form"]]) == len(rule.thresholds)


def test_an_unknown_rule_is_not_there():
    assert client_as(Role.PROVINCE_OFFICER).get(reverse("warnings:rule", args=["WAR-999"])).status_code == 404


MOVABLE = next(rule for rule in wiring.RULES if rule.thresholds)
THRESHOLD = MOVABLE.thresholds[0]


def moving(place: str = "36.02", value: object = THRESHOLD.most, **named: str) -> dict:
    return {
        "name": THRESHOLD.name, "place": place, "value": value, "note": "Keputusan rapat",
        "nonce": chance.nonce(NOW),
    } | named  # fmt: skip


@pytest.mark.parametrize("place", ["36.02", HERE])
def test_a_threshold_is_moved_and_brought_back(place):
    client, url = client_as(Role.PROVINCE_OFFICER), reverse("warnings:threshold", args=[MOVABLE.id])
    assert client.post(url, moving(place)).status_code == 302
    row = client.get(reverse("warnings:rule", args=[MOVABLE.id])).context["thresholds"][0]
    assert [(one["place"], one["value"], one["at"]) for one in row["moved"]] == [(place, THRESHOLD.most, NOW)]
    assert client.post(url, moving(place, "")).status_code == 302
    assert client.get(reverse("warnings:rule", args=[MOVABLE.id])).context["thresholds"][0]["moved"] == []


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (moving(value=THRESHOLD.most + 1), 422),
        (moving(value=HTML), 422),
        (moving(note=""), 422),
        (moving(name="tidak-ada"), 404),
        (moving(place="31.74"), 404),
        (moving(place="36"), 422),
        (moving(place="36.99"), 422),
    ],
)
def test_what_moves_no_threshold(sent, status):
    client = client_as(Role.PROVINCE_OFFICER)
    assert client.post(reverse("warnings:threshold", args=[MOVABLE.id]), sent).status_code == status
    assert ledger.size_of("awas/36.02") == 0


@pytest.mark.parametrize("role", [Role.WATCHER, Role.DISTRICT_OFFICER, Role.PARTNER])
def test_nobody_moves_the_rule_that_watches_them(role):
    client = client_as(role)
    page = client.get(reverse("warnings:rule", args=[MOVABLE.id]))
    assert not any(one["form"] for one in page.context["thresholds"])
    answer = client.post(reverse("warnings:threshold", args=[MOVABLE.id]), moving(HERE))
    assert answer.status_code == 403


# ---------------------------------------------------------------- counts for other pages


def test_counts_and_the_worst_level():
    raised(HERE, "low", 1), raised(HERE, "critical", 2), raised(ABOVE, "high", 3)
    assert (services.open_count(HERE), services.open_count("36.02"), services.open_count("36")) == (2, 3, 3)
    assert services.open_counts([HERE, ABOVE, THERE]) == {HERE: 2, ABOVE: 1}
    assert services.worst_level([HERE, ABOVE, THERE]) == {HERE: "awas", ABOVE: "siaga"}
    assert services.open_count("36.0") == 0


def test_a_resolved_warning_is_not_counted():
    one = raised(HERE)
    client_as(Role.DISTRICT_OFFICER).post(address(one, "resolve"), ANSWERS["resolve"] | {"nonce": chance.nonce(NOW)})
    assert services.open_count(HERE) == 0


# ---------------------------------------------------------------- the command line


def test_the_rules_on_the_command_line():
    listed = CliRunner().invoke(rules_command, ["list", "--json"])
    assert [rule["id"] for rule in json.loads(listed.output)] == sorted(rule.id for rule in wiring.RULES)
    shown_rule = CliRunner().invoke(rules_command, ["show", MOVABLE.id])
    assert MOVABLE.title.id in shown_rule.output
    assert json.loads(CliRunner().invoke(rules_command, ["show", MOVABLE.id, "--json"]).output)["id"] == MOVABLE.id
    assert CliRunner().invoke(rules_command, ["show", "XYZ-1"]).exit_code == 2


def test_the_warnings_on_the_command_line():
    one = raised(HERE)
    found = json.loads(CliRunner().invoke(warnings_group, ["list", "--open", "--json"]).output)
    assert [(row["id"], row["place"], row["since"]) for row in found] == [(one.id, HERE, NOW)]
    assert json.loads(CliRunner().invoke(warnings_group, ["list", "--place", "31", "--json"]).output) == []
    assert one.id in CliRunner().invoke(warnings_group, ["list"]).output
    assert CliRunner().invoke(warnings_group, ["list", "--place", "x"]).exit_code == 2


def test_the_watch_answers_with_one_tap_and_no_more():
    one, client = raised(HERE), client_as(Role.WATCHER)
    page = client.get(address(one))
    assert [form["key"] for form in page.context["taps"]] == ["going", "seen"]
    assert [form["key"] for form in page.context["forms"]] == ["comment"]
    for verb, status in (("resolve", 403), ("assign", 403), ("going", 302)):
        sent = ANSWERS.get(verb, {}) | {"nonce": chance.nonce(NOW)}
        assert client.post(address(one, verb), sent).status_code == status, verb
    one.refresh_from_db()
    assert (one.state, one.why) == ("acknowledged", "going")


def test_the_load_is_counted_where_one_may_look_and_names_are_for_those_who_may_see_them():
    one = raised(HERE)
    client_as(Role.DISTRICT_OFFICER).post(address(one, "seen"), {"nonce": chance.nonce(NOW)})
    page = client_as(Role.DISTRICT_OFFICER).get("/peringatan/beban/?hari=1").context
    assert (page["whole"]["total"], [row["code"] for row in page["sites"]]) == (1, [HERE])
    assert [row["count"] for row in page["people"]] == [1]
    assert client_as(Role.PARTNER).get("/peringatan/beban/?hari=1").context["people"] == []
    assert client_as(Role.DISTRICT_OFFICER).get("/peringatan/beban/?hari=2").status_code == 404


def test_a_ladder_is_set_by_those_who_may_and_stands_beside_the_one_that_comes():
    ladder = {"place": HERE, "after_site": "0", "after_district": "3", "repeat_after": "5", "repeat_most": "2"}
    sent = ladder | {"note": "Jaga malam", "nonce": chance.nonce(NOW)}
    assert client_as(Role.DISTRICT_OFFICER).post("/peringatan/tangga/siaga/", sent).status_code == 403
    province = client_as(Role.PROVINCE_OFFICER)
    worse = sent | {"after_site": "9", "nonce": chance.nonce(NOW)}
    refused = province.post("/peringatan/tangga/siaga/", worse)
    assert (refused.status_code, str(REFUSALS["policy.nobody_at_once"]) in refused.text) == (422, True)
    assert province.post("/peringatan/tangga/siaga/", sent).status_code == 302
    levels = {row["level"]: row for row in province.get("/peringatan/tangga/").context["levels"]}
    (own,) = levels["siaga"]["own"]
    assert (own["place"], [rung["after"] for rung in own["rungs"]], own["repeat_most"]) == (HERE, [0, 3], 2)


def test_a_threshold_is_tried_before_it_is_moved():
    one = raised(HERE)
    client, url = client_as(Role.PROVINCE_OFFICER), reverse("warnings:threshold", args=[MOVABLE.id])
    size = ledger.size_of(one.log)
    page = client.post(url, moving(HERE) | {"coba": "1", "note": ""})
    assert (page.status_code, page.context["tried"]["name"]) == (200, THRESHOLD.name)
    assert ledger.size_of(one.log) == size, "nothing is recorded"
    assert client.post(url, moving(HERE, THRESHOLD.most + 1) | {"coba": "1"}).status_code == 422
    assert client_as(Role.DISTRICT_OFFICER).post(url, moving(HERE) | {"coba": "1"}).status_code == 403
