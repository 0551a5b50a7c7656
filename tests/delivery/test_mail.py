"""E-mail against a real mail server on loopback that behaves, refuses, defers and drops the line."""

import socket
from contextlib import closing
from email import message_from_bytes, policy

import pytest
from aiosmtpd.controller import Controller

from awas.access.models import Person
from awas.delivery.audience import Channel
from awas.delivery.failure import DeliveryFailed
from awas.delivery.mail import send_mail
from awas.delivery.models import MessageState, OutboxMessage
from awas.delivery.outbox import deliver_due, drafted, enqueue
from tests.access.people import NOW, somebody

pytestmark = pytest.mark.django_db


class Mailbox:
    """Keeps what arrives; `answers` are given to RCPT and DATA in turn before it accepts."""

    def __init__(self) -> None:
        self.letters = []
        self.rcpt: list[str] = []
        self.data: list[str] = []

    async def handle_RCPT(self, server, session, envelope, address, options):
        if self.rcpt:
            return self.rcpt.pop(0)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        if self.data:
            return self.data.pop(0)
        self.letters.append((envelope.rcpt_tos, message_from_bytes(envelope.content, policy=policy.default)))
        return "250 OK"


def free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def mailbox(settings):
    box = Mailbox()
    controller = Controller(box, hostname="127.0.0.1", port=free_port())
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", controller.port, 2
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    settings.DEFAULT_FROM_EMAIL = "Awas <awas@awas.example>"
    yield box
    controller.stop()


def letter(email: str = "petugas@example.org", **fields) -> OutboxMessage:
    person = somebody()
    person.email = email
    person.save()
    says = {"subject": "[SIAGA] Segel rusak · Gudang", "body": "Segel A1 rusak.\n\nApa yang dilakukan: …"} | fields
    enqueue([drafted(channel=Channel.EMAIL, address=person.code, dedupe_key=person.code, now=NOW, **says)])
    return OutboxMessage.objects.get(dedupe_key=person.code)


def test_a_letter_arrives_whole(mailbox):
    message = letter()
    send_mail(message, NOW)
    ((to, arrived),) = mailbox.letters
    assert to == ["petugas@example.org"]
    assert arrived["Subject"] == message.subject
    assert arrived["From"] == "Awas <awas@awas.example>"
    assert arrived["Auto-Submitted"] == "auto-generated"
    assert arrived.get_content().splitlines() == message.body.splitlines()


def test_every_attempt_bears_the_same_id(mailbox):
    message = letter()
    send_mail(message, NOW)
    send_mail(message, NOW + 1)
    first, second = (arrived["Message-ID"] for _, arrived in mailbox.letters)
    assert first == second
    assert first.endswith("@awas.example>")


@pytest.mark.parametrize(
    ("stage", "answer", "reason", "permanent"),
    [
        ("rcpt", "550 no such user petugas@example.org", "email.recipient_550", True),
        ("rcpt", "451 greylisted", "email.recipient_451", False),
        ("data", "554 looks like spam", "email.data_554", True),
        ("data", "452 out of storage", "email.data_452", False),
    ],
)
def test_what_a_server_says_decides_whether_to_try_again(mailbox, stage, answer, reason, permanent):
    getattr(mailbox, stage).append(answer)
    with pytest.raises(DeliveryFailed) as failed:
        send_mail(letter(), NOW)
    assert (failed.value.reason, failed.value.permanent) == (reason, permanent)


def test_a_deferred_letter_arrives_at_the_next_try(mailbox):
    message = letter()
    mailbox.rcpt.append("451 later")
    deliver_due(NOW, chance=lambda: 1.0)
    message.refresh_from_db()
    assert (message.state, message.last_error) == (MessageState.WAITING, "email.recipient_451")
    deliver_due(message.due_at, chance=lambda: 1.0)
    message.refresh_from_db()
    assert (message.state, len(mailbox.letters)) == (MessageState.SENT, 1)


def test_no_server_is_a_reason_to_try_again(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()
    with pytest.raises(DeliveryFailed) as failed:
        send_mail(letter(), NOW)
    assert not failed.value.permanent


def test_a_server_that_never_speaks_is_left(settings):
    with closing(socket.socket()) as mute:
        mute.bind(("127.0.0.1", 0))
        mute.listen()
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", mute.getsockname()[1], 0.2
        with pytest.raises(DeliveryFailed) as failed:
            send_mail(letter(), NOW)
    assert not failed.value.permanent


@pytest.mark.parametrize("change", [{"email": ""}, {"is_active": False}])
def test_nobody_to_write_to_is_final(mailbox, change):
    message = letter()
    Person.objects.filter(pk=int(message.address[1:])).update(**change)
    with pytest.raises(DeliveryFailed) as failed:
        send_mail(message, NOW)
    assert failed.value.permanent
    assert mailbox.letters == []


def test_a_line_break_in_a_subject_makes_no_header(mailbox):
    with pytest.raises(DeliveryFailed, match="bad_header"):
        send_mail(letter(subject="Segel\nBcc: jahat@example.org"), NOW)
    assert mailbox.letters == []


def test_no_address_stands_in_what_is_kept_of_a_failure(mailbox):
    mailbox.rcpt.append("550 petugas@example.org unknown, key=rahasia")
    message = letter()
    deliver_due(NOW, chance=lambda: 1.0)
    message.refresh_from_db()
    assert message.last_error == "email.recipient_550"
