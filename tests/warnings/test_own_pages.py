"""Offices' own rules from the pages and the command line: written, checked, tried, put in force, stopped."""

import pytest
from click.testing import CliRunner

from awas import chance
from awas.access.policy import Role
from awas.config import wiring
from awas.ledger import services as ledger
from awas.ledger.models import VaultRow
from awas.ledger.rebuild_command import rebuild
from awas.warnings import own_pages, services
from awas.warnings.commands import rules as rules_command
from awas.warnings.models import OwnRule, Warning
from awas.warnings.own.lint import lint
from awas.warnings.own.written import Written
from tests.access.people import NOW
from tests.warnings.test_pages import (  # noqa: F401 - fixtures
    ABOVE,
    HERE,
    HTML,
    THERE,
    client_as,
    places,
    raised,
    still_record,
)
from tests.warnings.written import rule

pytestmark = pytest.mark.django_db

LIST, WRITE = "/peringatan/aturan-sendiri/", "/peringatan/aturan-sendiri/tulis/"
ID = "OWN-BANTEN-01"
INCIDENTS = rule(
    "if: [{field: severity, in: [high, critical]}]",
    when="round.incident_reported",
    group_by="[incident_id]",
    message='"Kejadian {incident}"',
)
WRONG = INCIDENTS.replace("severity", "severty")


def sending(text=INCIDENTS, place="36.02", note="Instruksi provinsi", **more):
    return {"text": text, "place": place, "note": note, "nonce": chance.nonce(NOW), **more}


def put_in_force(text=INCIDENTS, place="36.02"):
    answer = client_as(Role.PROVINCE_OFFICER).post(WRITE, sending(text, place))
    assert answer.status_code == 302, answer.text
    return answer.headers["Location"]


def test_it_is_put_in_force_judges_and_is_shown_like_any_rule():
    raised(HERE, number=1)
    where = put_in_force(INCIDENTS.replace("\n", "\r\n"))
    row = OwnRule.objects.get()
    assert (row.text, row.place, row.in_force, row.version) == (INCIDENTS, "36.02", True, 1)
    raised(HERE, number=2), raised(ABOVE, number=3), raised(THERE, number=4)
    own = Warning.objects.filter(rule=ID)
    assert {(one.place, one.key) for one in own} == {(HERE, f"{HERE}/k2"), (ABOVE, f"{ABOVE}/k3")}
    officer = client_as(Role.DISTRICT_OFFICER)
    (listed,) = officer.get(LIST).context["rules"]
    assert (listed["id"], listed["spoken"], listed["level"], listed["set_at"]) == (ID, 2, "siaga", NOW)
    page = officer.get(where)
    assert page.context["text"] == INCIDENTS
    assert page.context["form"] is None, "a district looks, it doesn't stop"
    assert "Barang rusak diterima" in officer.get(f"/peringatan/aturan/{ID}/").text
    assert ID in officer.get("/peringatan/aturan/").text
    answer = officer.get(f"/peringatan/{HERE}/{own.get(place=HERE).id}/")
    assert "Kejadian protest" in answer.text
    assert "Hitung ulang bersama KPU" in answer.text


def test_the_reason_lies_in_the_vault_alone():
    put_in_force()
    assert VaultRow.objects.filter(purpose="own rule note").count() == 1
    line = ledger.line("awas/36.02", ledger.size_of("awas/36.02") - 1)
    assert line.event.note.ref
    assert "Instruksi provinsi" not in str(line.event)


def test_it_is_stopped_and_what_it_found_clears():
    where = put_in_force()
    raised(HERE)
    assert client_as(Role.DISTRICT_OFFICER).post(f"{where}hentikan/", {"note": "x"}).status_code == 403
    province = client_as(Role.PROVINCE_OFFICER)
    assert province.post(f"{where}hentikan/", {"nonce": chance.nonce(NOW)}).status_code == 422, "a reason is wanted"
    sent = {"note": "Tidak perlu lagi", "nonce": chance.nonce(NOW)}
    assert province.post(f"{where}hentikan/", sent).status_code == 302
    one = Warning.objects.get(rule=ID)
    assert (one.state, one.holds, one.why) == ("cleared", False, "rule_stopped")
    raised(HERE, number=2)
    assert Warning.objects.filter(rule=ID).count() == 1
    (listed,) = province.get(LIST).context["rules"]
    assert (listed["in_force"], listed["stopped_at"]) == (False, NOW)
    assert ID not in province.get("/peringatan/aturan/").text
    again = province.post(f"{where}hentikan/", sent | {"nonce": chance.nonce(NOW)})
    assert (again.status_code, "tidak berlaku di sini" in again.text) == (422, True)


def test_a_changed_text_is_another_version():
    put_in_force()
    put_in_force(INCIDENTS.replace("siaga", "awas"))
    assert OwnRule.objects.get().version == 2
    raised(HERE)
    assert (Warning.objects.get(rule=ID).level, Warning.objects.get(rule=ID).rule_version) == ("awas", 2)
    same = client_as(Role.PROVINCE_OFFICER).post(WRITE, sending(INCIDENTS.replace("siaga", "awas")))
    assert (same.status_code, "naskah yang sama" in same.text) == (422, True)


def test_what_is_wrong_stands_beside_its_line_and_nothing_is_recorded():
    size = ledger.size_of("awas/36.02")
    for button in ({"periksa": "1"}, {"coba": "1"}, {}):
        page = client_as(Role.PROVINCE_OFFICER).post(WRITE, sending(WRONG, **button))
        assert page.status_code == (200 if button else 422)
        (line,) = [one for one in page.context["lines"] if one["faults"]]
        assert line["number"] == 11
        assert line["faults"] == ["field 'severty' tidak ada pada round.incident_reported; maksud Anda 'severity'?"]
    assert ledger.size_of("awas/36.02") == size


@pytest.mark.parametrize("text", ["", "x" * 6001, "id: 'x", "\x00", "id: [\r\n"])
def test_no_text_is_too_odd_for_the_editor(text):
    for button in ({"periksa": "1"}, {"coba": "1"}, {}):
        page = client_as(Role.PROVINCE_OFFICER).post(WRITE, sending(text, **button))
        told = [one for line in page.context["lines"] for one in line["faults"]]
        assert told or page.context["form"].errors["text"]
    assert not OwnRule.objects.exists()


def test_a_sound_text_is_said_to_be_so():
    page = client_as(Role.PROVINCE_OFFICER).post(WRITE, sending(note="", periksa="1"))
    assert (page.status_code, page.context["is_sound"], page.context["form"].errors) == (200, True, {})


def test_it_is_tried_on_the_past_days_and_nothing_is_recorded():
    raised(HERE, number=1), raised(HERE, number=2, severity="low"), raised(ABOVE, number=3)
    size = ledger.size_of("awas/36.02")
    province = client_as(Role.PROVINCE_OFFICER)
    whole = province.post(WRITE, sending(note="", coba="1")).context["tried"]
    assert (whole["count"], [row["key"] for row in whole["rows"]]) == (2, [f"{HERE}/k1", f"{ABOVE}/k3"])
    assert province.post(WRITE, sending(note="", place=ABOVE, coba="1")).context["tried"]["count"] == 1
    assert (ledger.size_of("awas/36.02"), OwnRule.objects.count()) == (size, 0)


@pytest.mark.parametrize("place", [THERE, "31.74", "36.03", "x", ""])
def test_nobody_writes_for_a_place_that_is_not_theirs(place):
    for button in ({}, {"coba": "1"}):
        page = client_as(Role.PROVINCE_OFFICER).post(WRITE, sending(place=place, **button))
        assert page.status_code == 422
        assert not page.context["tried"]
    assert not OwnRule.objects.exists()


@pytest.mark.parametrize("role", [Role.WATCHER, Role.FIELD_SUPERVISOR, Role.DISTRICT_OFFICER, Role.PARTNER])
def test_who_may_not_write(role):
    client = client_as(role)
    assert client.get(WRITE).status_code == 403
    assert client.post(WRITE, sending()).status_code == 403
    assert client.get(LIST).context["write_url"] == ""
    assert not OwnRule.objects.exists()


def test_a_rule_is_seen_where_it_holds_alone():
    where = put_in_force()
    at_the_site = put_in_force(INCIDENTS.replace("-01", "-02"), ABOVE)
    for role, area, seen in (
        (Role.WATCHER, HERE, {ID}),
        (Role.WATCHER, ABOVE, {ID, "OWN-BANTEN-02"}),
        (Role.WATCHER, THERE, set()),
        (Role.PROVINCE_OFFICER, "31", set()),
    ):
        client = client_as(role, area)
        assert {one["id"] for one in client.get(LIST).context["rules"]} == seen
        assert client.get(where).status_code == (200 if ID in seen else 404)
        assert client.get(f"/peringatan/aturan/{ID}/").status_code == (200 if ID in seen else 404)
        assert client.get(at_the_site).status_code == (200 if "OWN-BANTEN-02" in seen else 404)


def test_whoever_reads_a_rule_sees_no_more_warnings_and_names_than_elsewhere():
    where = put_in_force()
    raised(HERE, number=1), raised(ABOVE, number=2)
    for role, area, count, is_named in (
        (Role.DISTRICT_OFFICER, "36.02", 2, True),
        (Role.WATCHER, HERE, 1, True),
        (Role.PARTNER, "36.02", 2, False),
        (Role.ADMINISTRATOR, "36.02", 0, False),
    ):
        page = client_as(role, area).get(where).context
        assert (len(page["warnings"]), page["own"]["spoken"], bool(page["own"]["set_by"])) == (count, count, is_named)


def test_an_id_means_one_rule_in_one_province():
    put_in_force()
    other = client_as(Role.PROVINCE_OFFICER, "31").post(WRITE, sending(place=THERE))
    assert (other.status_code, "sudah dipakai aturan lain" in other.text) == (422, True)
    put_in_force(place=ABOVE)
    assert OwnRule.objects.count() == 2


def test_what_people_write_is_shown_as_text():
    text = INCIDENTS.replace("Barang rusak diterima", HTML).replace("Kejadian {incident}", HTML)
    where = put_in_force(text)
    one = raised(HERE)
    own = Warning.objects.get(rule=ID)
    client = client_as(Role.PROVINCE_OFFICER)
    shown = client.post(WRITE, sending(text.replace("severity", HTML), periksa="1"))
    for answer in (
        client.get(where), client.get(LIST), client.get(f"/peringatan/aturan/{ID}/"), client.get("/peringatan/"),
        client.get(f"/peringatan/{one.place}/{own.id}/"), shown,
    ):  # fmt: skip
        assert answer.status_code == 200
        assert HTML not in answer.text


def test_a_second_tap_is_the_same_answer():
    client, sent = client_as(Role.PROVINCE_OFFICER), sending()
    for _tap in range(2):
        assert client.post(WRITE, sent).status_code == 302
    assert OwnRule.objects.get().version == 1


def test_a_threshold_of_an_own_rule_is_moved_by_its_text_alone():
    put_in_force(INCIDENTS + "for: 10m\n")
    province = client_as(Role.PROVINCE_OFFICER)
    page = province.get(f"/peringatan/aturan/{ID}/")
    assert [one["form"] for one in page.context["thresholds"]] == [None]
    sent = {"name": "for", "place": "36.02", "value": "1", "note": "x", "nonce": chance.nonce(NOW)}
    assert province.post(f"/peringatan/aturan/{ID}/ambang/", sent).status_code == 404


def test_a_text_that_is_no_longer_understood_stops_nothing():
    where = put_in_force()
    OwnRule.objects.update(text="id: [")
    province = client_as(Role.PROVINCE_OFFICER)
    assert province.get(where).context["known"] is False
    assert province.get(LIST).status_code == 200
    raised(HERE)
    assert services.catalogue().get(ID) is None


def test_the_judge_knows_them_after_a_restart():
    put_in_force()
    wiring.bench.cache_clear()
    raised(HERE)
    assert Warning.objects.filter(rule=ID).count() == 1


def test_the_editor_opens_with_a_sound_example_or_the_text_asked_for():
    province = client_as(Role.PROVINCE_OFFICER)
    vocabulary = services.bench().engines.vocabulary
    assert isinstance(lint(own_pages.EXAMPLE, vocabulary), Written)
    assert province.get(WRITE).context["form"].initial["text"] == own_pages.EXAMPLE
    put_in_force()
    asked = province.get(f"{WRITE}?place=36.02&rule={ID}")
    assert asked.context["form"].initial["text"] == INCIDENTS
    assert province.get(f"{WRITE}?place=36.02&rule=OWN-XX-99").status_code == 404


def test_the_command_line_checks_and_tries(tmp_path):
    raised(HERE, number=1)
    sound, wrong = tmp_path / "sound.yaml", tmp_path / "wrong.yaml"
    sound.write_text(INCIDENTS), wrong.write_text(WRONG)
    run = CliRunner().invoke
    checked = run(rules_command, ["lint", str(sound)])
    assert (checked.exit_code, ID in checked.output) == (0, True)
    faulty = run(rules_command, ["lint", str(wrong)])
    assert faulty.exit_code == 1
    assert "baris 11: field 'severty'" in faulty.output
    assert "line 11: there is no field 'severty'" in faulty.output
    tried = run(rules_command, ["try", str(sound), "--place", "36.02"])
    assert f"{HERE}/k1" in tried.output
    assert run(rules_command, ["try", str(wrong), "--place", "36.02"]).exit_code == 1
    assert run(rules_command, ["try", str(sound), "--place", "Banten"]).exit_code == 2
    assert not OwnRule.objects.exists()


def test_people_are_told_of_it_in_its_own_words():
    put_in_force()
    raised(HERE)
    officer = client_as(Role.DISTRICT_OFFICER)
    raised(HERE, number=2)
    assert "Barang rusak diterima" in officer.get("/pesan/").text


def test_a_rebuild_gives_the_same_rows():
    put_in_force()
    put_in_force(INCIDENTS.replace("-01", "-02"), ABOVE)
    before = list(OwnRule.objects.order_by("id").values())
    OwnRule.objects.all().delete()
    done = CliRunner().invoke(rebuild, [])
    assert done.exit_code == 0, done.output
    assert list(OwnRule.objects.order_by("id").values()) == before
