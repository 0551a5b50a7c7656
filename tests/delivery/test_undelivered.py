"""What could not be delivered is kept, seen by who keeps the channels, and sent again."""

import json

import pytest
from click.testing import CliRunner
from django.test import Client
from django.urls import reverse

from awas.access.models import Person
from awas.access.policy import Role
from awas.delivery import services
from awas.delivery.commands import outbox
from awas.delivery.failure import DeliveryFailed
from awas.delivery.models import MessageKind, MessageState, OutboxMessage
from awas.delivery.outbox import deliver_due
from awas.delivery.undelivered import send_again, standing, undelivered_in
from tests.access.people import HOUR, NOW, somebody
from tests.delivery.steps import fired

pytestmark = pytest.mark.django_db
URL = "/pesan/saluran/gagal/"


def never(message, now):
    raise DeliveryFailed(f"{message.channel}.status_403", permanent=True)


@pytest.fixture
def failed():
    """Two webhooks' messages of 36.02 and one of 36.03 that were refused, and an officer's letter."""
    services.add_webhook("https://a.example/", "36.02", secret="s", now=NOW)
    services.add_webhook("https://b.example/", "36.03", secret="s", now=NOW)
    officer = somebody(Role.DISTRICT_OFFICER)
    Person.objects.filter(pk=officer.pk).update(email="d@example.org")
    services.tell([fired("siaga"), fired("siaga", warning="w1"), fired("siaga", warning="w2", place="36.03-G1")])
    for second in (0, 20):
        deliver_due(NOW + second * 1_000, senders={"webhook": never, "email": never}, compose=services.compose)
    return officer


def administrator() -> Client:
    client = Client()
    client.force_login(somebody(Role.ADMINISTRATOR))
    return client


def test_only_what_belongs_to_one_s_areas_is_seen_and_never_what_it_says(failed):
    assert len(undelivered_in(["36.02"])) == 3
    assert len(undelivered_in(["36"])) == 4
    page = administrator().get(URL)
    assert page.text.count("403") >= 3
    assert "Kiriman tanpa pemberitahuan" not in page.text
    assert "36.03" not in page.text


def test_one_is_sent_again_with_the_id_it_had(failed):
    message = undelivered_in(["36.02"])[-1].message
    sent = []
    assert administrator().post(URL, {"number": message.pk}).status_code == 302
    deliver_due(NOW, senders={"webhook": lambda m, now: sent.append(m.message_id)})
    assert sent == [message.message_id]
    message.refresh_from_db()
    assert (message.state, message.replayed_at) == (MessageState.SENT, NOW)
    assert message.replayed_by.startswith("p")


def test_all_are_sent_again_and_people_get_one_letter(failed):
    sent = []
    assert administrator().post(URL, {"all": "1"}).status_code == 302
    deliver_due(NOW, senders=dict.fromkeys(("webhook", "email"), lambda m, now: sent.append(m.kind)))
    assert sorted(sent) == [MessageKind.DIGEST, MessageKind.NOTICE, MessageKind.NOTICE]
    assert len(undelivered_in(["36.02"])) == 0
    assert len(undelivered_in(["36.03"])) == 1


@pytest.mark.parametrize("number", ["", "x", "0", "9" * 18, "٣"])
def test_what_can_not_be_sent_again(failed, number):
    assert administrator().post(URL, {"number": number}).status_code == 409


def test_another_area_s_message_can_not_be_sent_again(failed):
    other = undelivered_in(["36.03"])[0].message
    assert administrator().post(URL, {"number": other.pk}).status_code == 409
    other.refresh_from_db()
    assert other.state == MessageState.FAILED


def test_what_is_on_its_way_is_left_alone(failed):
    OutboxMessage.objects.update(state=MessageState.SENT)
    assert send_again(OutboxMessage.objects.values_list("pk", flat=True), now=NOW) == 0


def test_the_unconfirmed_are_there_too(failed):
    OutboxMessage.objects.filter(channel="webhook").update(state=MessageState.UNCONFIRMED)
    assert "mungkin sudah sampai" in administrator().get(URL).text


def test_the_command_lists_and_replays(failed):
    listed = CliRunner().invoke(outbox, ["failed", "--json", "--area", "36.02"])
    rows = json.loads(listed.output)
    assert {row["why"] for row in rows} == {"webhook.status_403", "email.status_403"}
    assert "Kiriman" not in listed.output
    again = CliRunner().invoke(outbox, ["replay", str(rows[0]["number"])])
    assert (again.exit_code, again.output.strip()) == (0, "1 messages will be sent again")
    assert CliRunner().invoke(outbox, ["replay", str(rows[0]["number"])]).exit_code == 1
    assert CliRunner().invoke(outbox, ["replay"]).exit_code == 2
    assert CliRunner().invoke(outbox, ["replay", "--all"]).output.startswith("3 messages")
    assert "Everything was delivered" in CliRunner().invoke(outbox, ["failed"]).output


def test_an_office_sees_none_of_it(failed):
    client = Client()
    client.force_login(failed)
    assert client.get(reverse("delivery:undelivered")).status_code == 403


def test_what_nobody_tries_is_found_and_what_failed_is_counted(failed):
    assert standing(NOW + HOUR, NOW) == (0, 0, 4)
    services.tell([fired("siaga", warning="w9")])
    assert standing(NOW, NOW) == (2, 0, 4)  # a webhook's and the officer's
    assert standing(NOW, NOW + HOUR) == (2, 2, 4)
    OutboxMessage.objects.filter(state=MessageState.WAITING).update(due_at=NOW)
    assert standing(NOW + HOUR, NOW) == (2, 2, 4)
