"""How one is told: choices, quiet hours, one's own page, tests, receipts."""

import pytest
from django.test import Client
from django.urls import reverse

from awas.access.models import Person
from awas.access.policy import Held, Role
from awas.delivery import own, services
from awas.delivery.audience import NEVER, Candidate, Channel, Preference, Quiet, Reason, Wish, decide_for, quiet_until
from awas.delivery.models import MessageKind, MessageState, Messenger, NoticeDecision, OutboxMessage, PushSubscription
from awas.delivery.models import Preference as Chosen
from awas.delivery.outbox import deliver_due
from tests.access.people import NOW, somebody
from tests.delivery.crew import crew_with_addresses, with_messenger, with_push
from tests.delivery.steps import fired, resolved
from tests.delivery.test_audience import EVERY_ROLE

MINUTE, HOUR = 60_000, 3_600_000
WIB = 7 * HOUR
PLACE = "36.02-G1"
MIDNIGHT = NOW - (NOW + WIB) % (24 * HOUR)
NIGHT = Quiet(22 * 60, 5 * 60, "siaga", WIB)


def client_of(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


# ---------------------------------------------------------------- the pure decision


def candidate(role: Role = Role.WATCHER, **more) -> Candidate:
    area = {Role.WATCHER: PLACE, Role.DISTRICT_OFFICER: "36.02", Role.PROVINCE_OFFICER: "36"}[role]
    given = {"has_mail_address": True, "has_push": True, "messengers": ("m1",), "wishes": ()}
    return Candidate(code="p1", duties=(Held(role, area, 0),), **(given | more))


def told(who: Candidate, level: str, now: int = NOW) -> set[str]:
    return {one.channel.value for one in decide_for(who, PLACE, level, now, EVERY_ROLE) if one.told}


@pytest.mark.parametrize(
    ("role", "level", "expected"),
    [
        (Role.WATCHER, "waspada", {"screen", "push"}),
        (Role.WATCHER, "siaga", {"screen", "push", "messenger"}),
        (Role.WATCHER, "awas", {"screen", "push", "messenger", "email"}),
        (Role.PROVINCE_OFFICER, "waspada", {"screen"}),
        (Role.PROVINCE_OFFICER, "siaga", {"screen", "push", "messenger", "email"}),
    ],
)
def test_each_role_has_its_levels_by_channel(role, level, expected):
    assert told(candidate(role), level) == expected


def test_a_choice_goes_before_the_role_and_the_reason_is_kept():
    chosen = Preference({Channel.PUSH: NEVER, Channel.EMAIL: "waspada", Channel.MESSENGER: "awas"})
    decisions = {one.channel: one for one in decide_for(candidate(preference=chosen), PLACE, "siaga", NOW, EVERY_ROLE)}
    assert decisions[Channel.PUSH].reason is Reason.CHANNEL_OFF
    assert decisions[Channel.EMAIL].told
    assert decisions[Channel.MESSENGER].reason is Reason.BELOW_LEVEL


def test_a_wish_for_an_area_decides_there():
    wish = Wish("36.02", "siaga", frozenset({Channel.SCREEN, Channel.PUSH}))
    assert told(candidate(wishes=(wish,)), "siaga") == {"screen", "push"}
    assert told(candidate(wishes=(wish,)), "waspada") == set()
    assert len(decide_for(candidate(wishes=(wish,)), PLACE, "waspada", NOW, EVERY_ROLE)) == 1


def test_somebody_who_wants_push_but_has_no_phone_is_known_as_such():
    who = candidate(has_push=False, preference=Preference({Channel.PUSH: "waspada"}))
    found = {one.channel: one for one in decide_for(who, PLACE, "siaga", NOW, EVERY_ROLE)}
    assert found[Channel.PUSH].reason is Reason.NO_ADDRESS


@pytest.mark.parametrize(
    ("hour", "level", "until"),
    [
        (23, "siaga", 29),
        (23, "awas", None),
        (4, "waspada", 5),
        (5, "waspada", None),
        (12, "waspada", None),
        (22, "waspada", 29),
    ],
)
def test_quiet_hours(hour, level, until):
    found = quiet_until(NIGHT, level, MIDNIGHT + hour * HOUR)
    assert found == (None if until is None else MIDNIGHT + until * HOUR)


def test_quiet_by_day_and_only_up_to_its_level():
    noon = Quiet(12 * 60, 13 * 60, "waspada", WIB)
    at = MIDNIGHT + 12 * HOUR + 30 * MINUTE
    assert quiet_until(noon, "waspada", at) == MIDNIGHT + 13 * HOUR
    assert quiet_until(noon, "siaga", at) is None
    assert quiet_until(None, "waspada", at) is None


def test_who_has_the_watch_is_never_spared():
    at = MIDNIGHT + 23 * HOUR
    asleep = decide_for(candidate(preference=Preference({}, NIGHT)), PLACE, "siaga", at, EVERY_ROLE)
    assert {one.channel.value for one in asleep if one.held_until} == {"push", "messenger"}
    awake = decide_for(candidate(preference=Preference({}, NIGHT), on_watch=True), PLACE, "siaga", at, EVERY_ROLE)
    assert not any(one.held_until for one in awake)


# ---------------------------------------------------------------- through the outbox


@pytest.mark.django_db
def test_a_night_s_warnings_come_together_in_the_morning_and_say_so_until_then():
    officer = crew_with_addresses()[Role.DISTRICT_OFFICER]
    own.choose(officer, language="id", levels={}, quiet=(22 * 60, 5 * 60, "siaga"))
    night = MIDNIGHT + 23 * HOUR
    services.tell([fired("siaga", warning=f"w{n}", at=night + n) for n in range(4)])
    services.tell([fired("awas", warning="now", at=night)])
    services.tell([resolved(warning="w0", at=night + MINUTE)])
    sent: list[OutboxMessage] = []

    def take(message, now):
        sent.append(message)

    def deliver(at):
        deliver_due(at, senders={"push": take}, compose=services.compose)
        return [one for one in sent if one.address == officer.code]

    assert [one.warning for one in deliver(night)] == ["now"]
    for minute in range(0, 6 * 60 - 1):
        deliver(night + minute * MINUTE)
    assert len(deliver(night + 5 * HOUR)) == 1
    morning = deliver(night + 6 * HOUR + MINUTE)
    assert [one.kind for one in morning] == [MessageKind.NOTICE, MessageKind.DIGEST]
    assert morning[1].carries.count() == 5
    held = NoticeDecision.objects.get(warning="w1", address=officer.code, channel="push")
    assert (held.told, held.held_until) == (True, MIDNIGHT + 29 * HOUR)
    mail = next(
        row for row in services.told_of("w2") if row["to"] == officer.display_name and str(row["channel"]) == "surel"
    )
    assert mail["result"] == "menunggu akhir waktu tenang pukul 05.00"


@pytest.mark.django_db
def test_the_end_of_a_warning_is_told_on_every_channel_it_was_told_on():
    crew = crew_with_addresses()
    services.tell([fired("siaga")])
    services.tell([resolved(at=NOW + HOUR)])
    ended = set(NoticeDecision.objects.filter(occasion="resolved", told=True).values_list("address", "channel"))
    first = set(NoticeDecision.objects.filter(occasion="fired", told=True).values_list("address", "channel"))
    assert ended == first
    assert (crew[Role.WATCHER].code, "push") in ended
    assert any(channel == "messenger" for _, channel in ended)


# ---------------------------------------------------------------- the page


@pytest.mark.django_db
def test_one_chooses_and_it_is_kept():
    person = somebody(Role.WATCHER)
    client, url = client_of(person), reverse("delivery:choose")
    chosen = {
        "language": "en", "push_from": "siaga", "email_from": "never", "messenger_from": "",
        "quiet_from": "22:00", "quiet_until": "05:30", "quiet_up_to": "waspada",
    }  # fmt: skip
    assert client.post(url, chosen).status_code == 302
    kept = Chosen.objects.get(person=person)
    assert (kept.push_from, kept.email_from, kept.messenger_from) == ("siaga", "never", "")
    assert (kept.quiet_from, kept.quiet_until, kept.quiet_up_to) == (1320, 330, "waspada")
    person.refresh_from_db()
    assert person.language == "en"
    page = client.get(reverse("delivery:means"))
    assert 'value="22:00"' in page.text


@pytest.mark.django_db
@pytest.mark.parametrize(
    "change",
    [
        {"quiet_from": "22:00", "quiet_until": ""},
        {"quiet_from": "", "quiet_until": "05:00"},
        {"quiet_from": "05:00", "quiet_until": "05:00"},
        {"push_from": "merah"},
        {"quiet_up_to": "awas"},
        {"language": "xx"},
    ],
)
def test_what_nobody_can_choose(change):
    asked = {"language": "id", "push_from": "", "email_from": "", "messenger_from": "", "quiet_up_to": "waspada"}
    assert client_of(somebody()).post(reverse("delivery:choose"), asked | change).status_code == 400
    assert not Chosen.objects.exists()


@pytest.mark.django_db
def test_a_test_is_marked_sent_and_its_result_shown():
    person = somebody(Role.WATCHER)
    with_push(person)
    client = client_of(person)
    assert client.post(reverse("delivery:test", args=["push"])).status_code == 302
    made = OutboxMessage.objects.get(kind=MessageKind.TEST)
    assert made.subject == "[UJI COBA] Saluran Awas ini berfungsi"
    assert client.post(reverse("delivery:test", args=["push"])).status_code == 409
    assert "menunggu dikirim" in client.get(reverse("delivery:means")).text.lower()
    deliver_due(NOW, senders={"push": lambda message, now: None})
    assert "diterima gerbang pengirim" in client.get(reverse("delivery:means")).text


@pytest.mark.django_db
def test_nobody_tests_or_stops_another_s_address():
    other = with_messenger(somebody(Role.WATCHER))
    browser = with_push(somebody(Role.WATCHER))
    client = client_of(somebody(Role.WATCHER))
    assert client.post(reverse("delivery:test", args=[other.code])).status_code == 404
    assert client.post(reverse("delivery:stop-messenger", args=[other.code])).status_code == 404
    client.post(reverse("delivery:shut-out", args=[browser.pk]))
    assert PushSubscription.objects.exists()
    assert Messenger.objects.get().active


@pytest.mark.django_db
def test_the_page_never_shows_an_address(settings):
    person = somebody(Role.WATCHER)
    with_messenger(person, "tgram://geheim-token/12345678")
    page = client_of(person).get(reverse("delivery:means"))
    assert "…5678" in page.text
    assert "geheim" not in page.text
    assert "no-store" in page["Cache-Control"] or "private" in page["Cache-Control"]


# ---------------------------------------------------------------- receipts


@pytest.mark.django_db
def test_opening_the_link_is_the_receipt_and_only_its_owner_s():
    crew = crew_with_addresses()
    watcher, officer = crew[Role.WATCHER], crew[Role.DISTRICT_OFFICER]
    services.tell([fired("siaga")])
    message = OutboxMessage.objects.get(channel="push", address=watcher.code)
    url = reverse("delivery:open", args=[message.message_id])
    assert Client().get(url).status_code == 302
    assert client_of(officer).get(url).status_code == 404
    message.refresh_from_db()
    assert message.seen_at is None
    answer = client_of(watcher).get(url)
    assert answer["Location"] == "/peringatan/36.02-G1/w0/"
    message.refresh_from_db()
    assert message.seen_at == NOW


@pytest.mark.django_db
def test_opening_a_digest_shows_them_all_and_reads_them_all():
    watcher = crew_with_addresses()[Role.WATCHER]
    services.tell([fired("siaga", warning=f"w{n}", at=NOW + n) for n in range(3)])
    for second in (0, 20):
        deliver_due(NOW + second * 1000, senders={"push": lambda m, now: None}, compose=services.compose)
    digest = OutboxMessage.objects.get(kind=MessageKind.DIGEST, address=watcher.code)
    page = client_of(watcher).get(reverse("delivery:open", args=[digest.message_id]))
    assert all(f"/peringatan/36.02-G1/w{n}/" in page.text for n in range(3))
    assert set(digest.carries.values_list("seen_at", "state")) == {(NOW, MessageState.COMBINED)}


@pytest.mark.django_db
def test_a_messenger_s_link_is_its_owner_s_and_an_office_s_whoever_may_see():
    watcher = somebody(Role.WATCHER)
    mine, office = with_messenger(watcher), with_messenger(None, area="36.02")
    services.tell([fired("siaga")])
    sent = {one.address: one.message_id for one in OutboxMessage.objects.filter(channel="messenger")}
    own_url, office_url = (reverse("delivery:open", args=[sent[one.code]]) for one in (mine, office))
    assert client_of(somebody(Role.DISTRICT_OFFICER)).get(own_url).status_code == 404
    assert client_of(watcher).get(own_url).status_code == 302
    assert client_of(somebody(Role.DISTRICT_OFFICER)).get(office_url).status_code == 302
    assert client_of(somebody(Role.DISTRICT_OFFICER, "36.03")).get(office_url).status_code == 404
