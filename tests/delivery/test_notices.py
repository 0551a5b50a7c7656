"""From a warning's step to the outbox: who is told, who is not and why, and only once."""

import json

import pytest
from django.db import transaction
from django.utils import translation

from awas.access import services as people
from awas.access.models import Duty
from awas.access.policy import Role
from awas.delivery import services
from awas.delivery.models import NoticeDecision, OutboxMessage
from awas.warnings.policy import Policy, Rung
from tests.access.people import HOUR, NOW, somebody
from tests.delivery.steps import (
    assigned,
    escalated,
    expired,
    fired,
    mentioned,
    more,
    pended,
    repeated,
    resolved,
    standing,
    surfaced,
)

pytestmark = pytest.mark.django_db
MINUTE = 60_000
WIDE = Policy(rungs=tuple(Rung(tier=tier) for tier in ("site", "district", "province")))


@pytest.fixture
def crew():
    """A watcher, a district officer with e-mail, a province officer with e-mail, a partner."""
    made = {
        role: somebody(role)
        for role in (Role.WATCHER, Role.DISTRICT_OFFICER, Role.PROVINCE_OFFICER, Role.NATIONAL_OFFICER, Role.PARTNER)
    }
    for role in (Role.DISTRICT_OFFICER, Role.PROVINCE_OFFICER):
        made[role].email = f"{role.value}@example.org"
        made[role].save()
    return made


def told(role_people=None) -> set[tuple[str, str]]:
    return set(OutboxMessage.objects.values_list("address", "channel"))


def test_a_siaga_reaches_site_and_district_at_once(crew):
    services.tell([fired("siaga")])
    assert told() == {
        (crew[Role.WATCHER].code, "screen"),
        (crew[Role.DISTRICT_OFFICER].code, "screen"),
        (crew[Role.DISTRICT_OFFICER].code, "email"),
    }
    reasons = dict(NoticeDecision.objects.filter(told=False).values_list("address", "reason"))
    assert reasons == {crew[Role.WATCHER].code: "below_level"}


def test_a_waspada_stays_with_the_watch(crew):
    services.tell([fired("waspada")])
    assert {address for address, _ in told()} == {crew[Role.WATCHER].code}


def test_the_policy_that_a_warning_began_with_says_who_hears_it(crew):
    services.tell([fired("siaga", policy=WIDE)])
    heard = (Role.WATCHER, Role.DISTRICT_OFFICER, Role.PROVINCE_OFFICER)
    assert {address for address, _ in told()} == {crew[role].code for role in heard}


def test_another_districts_people_hear_nothing(crew):
    other = somebody(Role.DISTRICT_OFFICER, "36.03")
    services.tell([fired("siaga")])
    assert not OutboxMessage.objects.filter(address=other.code).exists()
    assert not NoticeDecision.objects.filter(address=other.code).exists()


def test_telling_an_entry_again_adds_nothing(crew):
    one = fired("siaga")
    services.tell([one])
    before = OutboxMessage.objects.count(), NoticeDecision.objects.count()
    services.tell([one, one])
    assert (OutboxMessage.objects.count(), NoticeDecision.objects.count()) == before


def test_a_judgement_that_is_rolled_back_tells_nobody(crew):
    class PowerCutError(Exception):
        pass

    with pytest.raises(PowerCutError), transaction.atomic():
        services.tell([fired("siaga")])
        raise PowerCutError
    assert not OutboxMessage.objects.exists()


@pytest.mark.parametrize("quiet", [pended(), more("siaga"), expired("level_raised"), resolved()])
def test_steps_that_call_for_no_notice(crew, quiet):
    services.tell([quiet])
    assert not NoticeDecision.objects.exists()


def test_a_raised_level_is_told_to_the_wider_circle_once(crew):
    services.tell([fired("waspada")])
    services.tell([more("waspada", at=NOW + 1), more("siaga", at=NOW + 2), more("siaga", at=NOW + 3)])
    raised = NoticeDecision.objects.filter(occasion="raised", told=True)
    assert set(raised.values_list("address", flat=True)) == {
        crew[role].code for role in (Role.WATCHER, Role.DISTRICT_OFFICER)
    }
    assert raised.values("index").distinct().count() == 1


# -- nobody answers ------------------------------------------------------------------------------------------------


def test_the_next_tier_hears_it_and_only_they(crew):
    services.tell([fired("siaga")])
    standing("siaga", rung=2)
    services.tell([escalated("province", 2, at=NOW + 30 * MINUTE)])
    now = NoticeDecision.objects.filter(occasion="escalated")
    assert set(now.values_list("address", "told", "reason")) == {
        (crew[Role.PROVINCE_OFFICER].code, True, "above_those_told")
    }


def test_it_is_said_again_to_all_who_heard_it_however_lately(crew):
    services.tell([fired("siaga")])
    standing("siaga", rung=2)
    services.tell([escalated("province", 2, at=NOW + MINUTE), repeated(1, at=NOW + 2 * MINUTE)])
    again = NoticeDecision.objects.filter(occasion="repeated", channel="screen", told=True)
    assert set(again.values_list("address", flat=True)) == {
        crew[role].code for role in (Role.WATCHER, Role.DISTRICT_OFFICER, Role.PROVINCE_OFFICER)
    }


def test_an_answer_that_ran_out_is_told_to_those_who_had_heard_it(crew):
    services.tell([fired("waspada")])
    standing("waspada", rung=1)
    services.tell([expired(at=NOW + HOUR)])
    district = NoticeDecision.objects.get(address=crew[Role.DISTRICT_OFFICER].code, channel="screen")
    assert (district.told, district.reason, district.occasion) == (True, "on_duty", "unanswered")


def test_what_another_warning_hides_tells_nobody_and_says_why(crew):
    services.tell([fired("siaga", inhibited_by="w9")])
    assert told() == set()
    with translation.override("en"):
        (row,) = services.told_of("w0")
    assert row["result"] == "nobody told: it only follows from another warning"
    standing("siaga", rung=-1)
    services.tell([surfaced(at=NOW + HOUR)])
    assert {address for address, _ in told()} == {crew[Role.WATCHER].code, crew[Role.DISTRICT_OFFICER].code}


# -- in person -----------------------------------------------------------------------------------------------------


def test_whoever_it_is_given_to_and_whoever_is_named_hears_it(crew):
    standing("waspada", rung=0)
    province, partner = crew[Role.PROVINCE_OFFICER], somebody(Role.ADMINISTRATOR)
    services.tell([assigned(province.code), mentioned(province.code, partner.code, at=NOW + 1)])
    rows = NoticeDecision.objects.filter(channel="screen").order_by("index", "address")
    assert list(rows.values_list("address", "occasion", "told", "reason")) == [
        (province.code, "assigned", True, "assigned"),
        *sorted([(province.code, "mentioned", True, "mentioned"), (partner.code, "mentioned", False, "no_duty")]),
    ]
    assert OutboxMessage.objects.filter(channel="email").values_list("address", flat=True)[0] == province.code


def test_flapping_is_told_once_in_a_while(crew):
    services.tell([fired("siaga"), fired("siaga", at=NOW + MINUTE), fired("siaga", at=NOW + 20 * MINUTE)])
    watcher = NoticeDecision.objects.filter(address=crew[Role.WATCHER].code, channel="screen").order_by("index")
    assert list(watcher.values_list("told", "reason")) == [
        (True, "on_duty"),
        (False, "told_recently"),
        (True, "on_duty"),
    ]


def test_the_end_is_told_to_those_who_were_told_and_may_still_see(crew):
    services.tell([fired("siaga", policy=WIDE)])
    people.end_duty(Duty.objects.get(person=crew[Role.PROVINCE_OFFICER]), at=NOW + 1)
    services.tell([resolved(at=NOW + HOUR)])
    ended = NoticeDecision.objects.filter(occasion="resolved")
    assert set(ended.filter(told=True).values_list("address", "channel")) == {
        (crew[Role.WATCHER].code, "screen"),
        (crew[Role.DISTRICT_OFFICER].code, "screen"),
        (crew[Role.DISTRICT_OFFICER].code, "email"),
    }
    assert set(ended.filter(told=False).values_list("address", "reason")) == {
        (crew[Role.PROVINCE_OFFICER].code, "no_duty")
    }


def test_a_night_long_past_is_not_told_but_kept_as_not_told(crew):
    services.tell([fired("awas", at=NOW, recorded_at=NOW + 7 * HOUR)])
    assert not OutboxMessage.objects.exists()
    assert list(NoticeDecision.objects.values_list("address", "told", "reason")) == [("*", False, "long_past")]


def test_a_letter_is_in_its_readers_language_with_what_to_do(crew):
    english = crew[Role.PROVINCE_OFFICER]
    english.language = "en"
    english.save()
    services.tell([fired("siaga", policy=WIDE)])
    letter = OutboxMessage.objects.get(address=english.code, channel="email")
    assert letter.subject == "[SIAGA] Unannounced delivery · Gudang Contoh (36.02-G1)"
    for part in (
        "Truck A 9012 XX",
        "1. Ask for the delivery note.",
        f"https://awas.example/pesan/buka/{letter.message_id}/",
        "WAR-01",
    ):
        assert part in letter.body
    indonesian = OutboxMessage.objects.get(address=crew[Role.DISTRICT_OFFICER].code, channel="email")
    assert "Truk A 9012 XX datang" in indonesian.body
    assert "1. Tanya surat jalan." in indonesian.body


def test_webhooks_are_told_by_area_and_level(crew):
    mine = services.add_webhook("https://hook.example/a", "36.02", secret="whsec_eA==", now=NOW)
    above = services.add_webhook("https://hook.example/b", "36", secret="whsec_eA==", min_level="awas", now=NOW)
    services.add_webhook("https://hook.example/c", "36.03", secret="whsec_eA==", now=NOW)
    one = fired("siaga")
    services.tell([one, fired("siaga", at=NOW + 1)])
    sent = OutboxMessage.objects.filter(channel="webhook")
    assert {message.address for message in sent} == {mine.code}
    assert sent.count() == 2
    assert NoticeDecision.objects.filter(address=above.code, told=False, reason="below_level").count() == 2
    event = json.loads(sent.order_by("pk")[0].payload)
    assert event["specversion"] == "1.0"
    assert event["id"] == sent.order_by("pk")[0].message_id
    assert event["type"] == "id.awas.warning.fired.v1"
    assert event["subject"] == "36.02-G1"
    assert event["time"] == "2024-02-13T04:53:20.000+00:00"
    assert event["data"]["status"] == "Actual"
    assert event["data"]["message"]["en"] == "Truck A 9012 XX came unannounced."
    assert (event["data"]["log"], event["data"]["index"]) == (one.log, one.index)


def test_an_exercise_says_so_everywhere(crew, settings):
    settings.AWAS_DEMO = True
    services.use(rule=lambda rule: None)
    services.add_webhook("https://hook.example/a", "36.02", secret="whsec_eA==", now=NOW)
    services.tell([fired("siaga")])
    for message in OutboxMessage.objects.exclude(channel="webhook"):
        assert "EXERCISE" in message.subject or "LATIHAN" in message.subject
    assert json.loads(OutboxMessage.objects.get(channel="webhook").payload)["data"]["status"] == "Exercise"


def test_no_name_of_a_person_leaves(crew):
    services.tell([fired("awas")])
    for message in OutboxMessage.objects.all():
        for person in crew.values():
            assert person.display_name not in message.subject + message.body + message.payload


def test_on_screen_messages_wait_until_seen(crew):
    watcher = crew[Role.WATCHER]
    services.tell([fired("siaga"), fired("siaga", warning="w1", at=NOW + 1)])
    assert services.unseen_count(watcher) == 2
    newest = services.on_screen(watcher)[0]
    assert newest.warning == "w1"
    assert services.mark_seen(watcher, newest.pk, NOW + 2) == 2
    assert services.unseen_count(watcher) == 0
    assert services.unseen_count(crew[Role.DISTRICT_OFFICER]) == 2


def test_telling_costs_few_queries(crew, django_assert_max_num_queries):
    with django_assert_max_num_queries(17):
        services.tell([fired("siaga")])


def test_a_warnings_page_says_who_was_told_and_why_others_werent(crew):
    services.tell([fired("siaga", policy=WIDE)])
    watcher = crew[Role.WATCHER]
    services.mark_seen(watcher, services.on_screen(watcher)[0].pk, NOW + 1)
    OutboxMessage.objects.filter(address=crew[Role.PROVINCE_OFFICER].code, channel="email").update(
        state="failed", last_error="email.recipient_550"
    )
    with translation.override("en"):
        told_rows = {(row["to"], str(row["channel"])): row["result"] for row in services.told_of("w0")}
    assert told_rows[watcher.display_name, "on screen"] == "seen"
    assert told_rows[watcher.display_name, "e-mail"] == "not told: below the level asked for"
    assert told_rows[crew[Role.DISTRICT_OFFICER].display_name, "e-mail"] == "waiting to be sent"
    failed = told_rows[crew[Role.PROVINCE_OFFICER].display_name, "e-mail"]
    assert failed == "could not be delivered (email.recipient_550)"
    assert services.told_of("another") == []


def test_nobody_told_of_a_night_long_past_is_said(crew):
    services.tell([fired("awas", at=NOW, recorded_at=NOW + 7 * HOUR)])
    with translation.override("en"):
        (row,) = services.told_of("w0")
    assert (row["to"], row["result"]) == ("Everybody", "nobody told: too long past")
