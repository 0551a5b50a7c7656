"""Who can be reached, whom to ring, and what the worker tells of its own accord."""

import pytest
from django.test import Client
from django.urls import reverse

from awas.access.models import Person
from awas.access.policy import Role
from awas.delivery import own, services
from awas.delivery.audience import NEVER, Channel
from awas.delivery.calls import note_call
from awas.delivery.models import MessageKind, MessageState, OutboxMessage, PhoneCall
from awas.delivery.outbox import drafted
from awas.delivery.reach import Fared, Position, Ringable, Way, best, call_order, is_reachable, way_of
from awas.delivery.reachability import chain_of, how_they_fared, ring_list, unreachable_in
from awas.delivery.upkeep import remind_due, tell_unreachable
from awas.ledger.area import Refused
from awas.roster.models import Duty as Watch
from awas.roster.models import Shift
from tests.access.objects import make_places, make_warning
from tests.access.people import HOUR, NOW, somebody
from tests.delivery.crew import with_messenger, with_push

PLACE = "36.02-G1"
MINUTE = 60_000


def client_of(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def phoned(person: Person, phone: str = "000-1234567") -> Person:
    Person.objects.filter(pk=person.pk).update(phone=phone)
    person.refresh_from_db()
    return person


def on_watch(person: Person) -> None:
    Watch.objects.create(key=f"w{person.pk}", log="awas/36.02", place=PLACE, person=person.code, state="on",
                         started_at=NOW - HOUR)  # fmt: skip


def planned(key: str, from_at: int, *people: Person, state: str = "planned") -> Shift:
    return Shift.objects.create(
        key=key, log="awas/36.02", place=PLACE, state=state, from_at=from_at, until_at=from_at + 8 * HOUR,
        people=tuple(one.code for one in people), minimum=1,
    )  # fmt: skip


# ---------------------------------------------------------------- pure


@pytest.mark.parametrize(
    ("fared", "way"),
    [
        (Fared(False), Way.NONE),
        (Fared(True), Way.UNPROVEN),
        (Fared(True, NOW), Way.WORKS),
        (Fared(True, NOW, 2), Way.WORKS),
        (Fared(True, NOW, 3), Way.FAILING),
        (Fared(True, None, 3), Way.FAILING),
    ],
)
def test_what_an_address_is_worth(fared, way):
    assert way_of(fared) is way


def test_the_best_address_counts_and_none_is_none():
    assert best([Fared(True, None, 5), Fared(True), Fared(True, NOW)]) == Fared(True, NOW)
    assert way_of(best([])) is Way.NONE
    assert is_reachable([Way.NONE, Way.UNPROVEN])
    assert not is_reachable([Way.NONE, Way.FAILING])


def test_nearest_to_the_goods_are_rung_first_and_nobody_without_a_number():
    people = [
        Ringable("p1", "Budi", "1", frozenset({Position.PROVINCE})),
        Ringable("p2", "Ani", "2", frozenset({Position.WATCHER, Position.ON_WATCH})),
        Ringable("p3", "Cici", " ", frozenset({Position.ON_WATCH})),
        Ringable("p4", "Ana", "4", frozenset({Position.PROVINCE})),
    ]
    assert [one.code for one in call_order(people)] == ["p2", "p4", "p1"]


# ---------------------------------------------------------------- the chain

pytestmark = pytest.mark.django_db


@pytest.fixture
def crew():
    make_places()
    made = {
        "now": somebody(Role.WATCHER),
        "next": somebody(Role.WATCHER),
        "off": somebody(Role.WATCHER),
        "district": somebody(Role.DISTRICT_OFFICER),
        "province": somebody(Role.PROVINCE_OFFICER),
    }
    on_watch(made["now"])
    planned("s1", NOW + 2 * HOUR, made["next"])
    return made


def test_the_chain_is_the_watch_the_next_watch_and_the_offices(crew):
    found = [(link.person, link.position) for link in chain_of("36.02", NOW)]
    assert found == [
        (crew["now"], Position.ON_WATCH),
        (crew["next"], Position.NEXT_WATCH),
        (crew["district"], Position.DISTRICT),
        (crew["province"], Position.PROVINCE),
    ]


def test_whoever_has_no_working_way_is_found(crew):
    with_push(crew["now"])
    with_messenger(crew["next"])
    Person.objects.filter(pk=crew["district"].pk).update(email="d@example.org")
    assert [link.person for link in unreachable_in("36.02", NOW)] == [crew["province"]]
    broken = with_push(crew["province"])
    assert unreachable_in("36.02", NOW) == []
    broken.failure_count = 3
    broken.save()
    assert [link.person for link in unreachable_in("36.02", NOW)] == [crew["province"]]


def mail(person: Person, key: str, state: MessageState, **more) -> None:
    made = drafted(channel=Channel.EMAIL, address=person.code, dedupe_key=key, now=NOW)
    made.state = state
    for name, value in more.items():
        setattr(made, name, value)
    made.save()


def test_a_mailbox_is_worth_what_its_last_letters_were(crew):
    person = crew["district"]
    Person.objects.filter(pk=person.pk).update(email="d@example.org")
    person.refresh_from_db()

    def fared():
        return how_they_fared([person])[person.pk][Channel.EMAIL]

    assert way_of(fared()) is Way.UNPROVEN
    mail(person, "a", MessageState.SENT, sent_at=NOW)
    assert way_of(fared()) is Way.WORKS
    for key in "bcd":
        mail(person, key, MessageState.FAILED, failed_at=NOW, last_error="email.recipient_550")
    assert fared() == Fared(True, NOW, 3, "email.recipient_550")
    assert way_of(fared()) is Way.FAILING
    mail(person, "e", MessageState.SENT, sent_at=NOW + 1)
    assert way_of(fared()) is Way.WORKS
    mail(person, "f", MessageState.WAITING, attempts=5, last_error="email.TimeoutError")
    assert way_of(fared()) is Way.FAILING


def test_the_page_shows_it_to_those_who_plan_and_to_nobody_else(crew):
    url = reverse("delivery:reach", args=["36.02"])
    with_push(crew["now"])
    page = client_of(crew["district"]).get(url)
    assert page.status_code == 200
    assert page.text.count("tidak terjangkau") == 4  # three people, and the sentence
    assert client_of(crew["province"]).get(reverse("delivery:reach", args=["36"])).status_code == 200
    assert client_of(crew["now"]).get(url).status_code in (403, 404)
    assert client_of(somebody(Role.PARTNER)).get(url).status_code == 403
    assert client_of(somebody(Role.DISTRICT_OFFICER, "36.03")).get(url).status_code == 404


# ---------------------------------------------------------------- the phone


def test_the_list_and_its_order(crew):
    for name in ("now", "next", "off", "district"):
        phoned(crew[name])
    assert [one.code for one in ring_list(PLACE, NOW)] == [
        crew[name].code for name in ("now", "next", "off", "district")
    ]


def test_a_call_is_noted_and_is_the_proof_on_the_warning_s_page(crew):
    phoned(crew["now"])
    warning = make_warning(PLACE)
    client, url = client_of(crew["district"]), reverse("delivery:calls-about", args=[PLACE, warning])
    assert "000-1234567" in client.get(url).text
    assert client.post(url, {"person": crew["now"].code, "answered": "no"}).status_code == 302
    client.post(url, {"person": crew["now"].code, "answered": "yes"})
    assert list(PhoneCall.objects.order_by("pk").values_list("answered", "called_by")) == [
        (False, crew["district"].pk),
        (True, crew["district"].pk),
    ]
    assert [row["result"] for row in services.told_of(warning)] == ["ditelepon, dijawab", "ditelepon, tidak dijawab"]
    assert chain_of("36.02", NOW)[0].answered_at == NOW
    assert "Siapa yang ditelepon" in client.get(f"/peringatan/{PLACE}/{warning}/").text


@pytest.mark.parametrize("who", ["", "p0", "x", "p999999"])
def test_nobody_else_is_noted(crew, who):
    phoned(crew["now"])
    with pytest.raises(Refused):
        note_call(PLACE, "", called=who, answered=True, by=crew["district"], now=NOW)


def test_a_call_about_a_warning_that_is_not_there(crew):
    phoned(crew["now"])
    with pytest.raises(Refused):
        note_call(PLACE, "nowhere", called=crew["now"].code, answered=True, by=crew["district"], now=NOW)


def test_numbers_are_for_those_who_may_see_names(crew):
    url = reverse("delivery:calls", args=[PLACE])
    assert client_of(crew["now"]).get(url).status_code == 200
    assert client_of(somebody(Role.PARTNER)).get(url).status_code == 403
    assert client_of(somebody(Role.ADMINISTRATOR)).get(url).status_code == 403
    assert client_of(somebody(Role.WATCHER, "36.03-G1")).get(url).status_code == 404


# ---------------------------------------------------------------- of the worker's own accord


def test_the_next_watch_is_reminded_twelve_hours_and_one_hour_before_and_once_each(crew):
    OutboxMessage.objects.all().delete()
    Shift.objects.all().delete()
    person = crew["next"]
    with_push(person)
    with_messenger(person)
    planned("s2", NOW + 20 * HOUR, person)
    planned("s3", NOW + 6 * HOUR, person, state="cancelled")
    assert remind_due(NOW) == 0
    assert remind_due(NOW + 9 * HOUR) == 3  # screen, push, messenger
    assert remind_due(NOW + 9 * HOUR + 5 * MINUTE) == 0
    assert remind_due(NOW + 19 * HOUR + MINUTE) == 3
    assert remind_due(NOW + 20 * HOUR) == 0
    one = services.on_screen(person)[0]
    assert one.subject.startswith("[PIKET] Piket Anda di Gudang Contoh mulai ")
    answer = client_of(person).get(reverse("delivery:open", args=[one.message_id]))
    assert answer["Location"] == f"/gudang/{PLACE}/piket/"


def test_a_late_plan_is_reminded_once_not_twice(crew):
    Shift.objects.all().delete()
    planned("s4", NOW + 30 * MINUTE, crew["next"])
    assert remind_due(NOW) == 1


def test_a_channel_switched_off_stays_off_for_reminders(crew):
    with_push(crew["next"])
    own.choose(crew["next"], language="id", levels={Channel.PUSH: NEVER}, quiet=None)
    remind_due(NOW)
    kinds = OutboxMessage.objects.filter(kind=MessageKind.REMINDER, address=crew["next"].code)
    assert set(kinds.values_list("channel", flat=True)) == {"screen"}


def test_the_office_hears_once_a_day_and_when_others_are_concerned_and_no_name_leaves(crew):
    assert tell_unreachable(NOW) == 2  # the district's and the province's officers, on screen
    assert tell_unreachable(NOW + 15 * MINUTE) == 0
    said = services.on_screen(crew["district"])[0]
    assert said.subject == "[JANGKAUAN] 4 orang pengawas di Kabupaten Contoh tidak terjangkau"
    assert not any(one.display_name in said.subject + said.body for one in crew.values())
    answer = client_of(crew["district"]).get(reverse("delivery:open", args=[said.message_id]))
    assert answer["Location"] == "/pesan/keterjangkauan/36.02/"
    with_push(crew["now"])
    assert tell_unreachable(NOW + 30 * MINUTE) == 2
    assert tell_unreachable(NOW + 25 * HOUR) == 2


def test_nobody_is_told_when_everybody_is_reachable(crew):
    for person in crew.values():
        with_push(person)
    assert tell_unreachable(NOW) == 0
