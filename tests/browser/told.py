"""People with addresses and messages in every state, so that pages of telling aren't looked at only while empty."""

from awas.access.models import Person
from awas.delivery import services
from awas.delivery.audience import Channel
from awas.delivery.models import MessageKind, MessageState, OutboxMessage, PhoneCall
from awas.delivery.outbox import drafted
from tests.browser.people import DISTRICT, HERE, District
from tests.delivery.crew import with_messenger, with_push


def furnish_telling(district: District) -> None:
    """A phone and a messenger for the officer, a letter that named several, what failed, and a call."""
    now, dewi, wati = district.clock(), district.people["dewi"], district.people["wati"]
    Person.objects.filter(pk__in=[dewi.pk, wati.pk]).update(email="contoh@awas.example", phone="000-1234567")
    with_push(dewi)
    broken = with_messenger(dewi, "tgram://token/12345678")
    type(broken).objects.filter(pk=broken.pk).update(failure_count=3, last_error="messenger.status_401")
    with_messenger(None, "jsons://gateway.example/awas", area=DISTRICT)
    hook = services.add_webhook("https://hook.example/awas", DISTRICT, secret="whsec_eA==", now=now)
    for state, error in ((MessageState.FAILED, "webhook.status_403"), (MessageState.UNCONFIRMED, "webhook.timeout")):
        made = drafted(channel=Channel.WEBHOOK, address=hook.code, dedupe_key=f"failed {state}", now=now)
        made.state, made.last_error, made.failed_at, made.attempts = state, error, now, 12
        made.save()
    digest = drafted(
        channel=Channel.EMAIL, address=dewi.code, dedupe_key="digest", now=now, kind=MessageKind.DIGEST,
        subject="[SIAGA] 2 peringatan di Gudang Contoh: Contoh", level="siaga",
    )  # fmt: skip
    digest.state = MessageState.SENT
    digest.save()
    for number in range(2):
        one = drafted(
            channel=Channel.EMAIL, address=dewi.code, dedupe_key=f"named {number}", now=now, level="siaga",
            subject=f"[SIAGA] Contoh {number} · Gudang Contoh",
        )  # fmt: skip
        one.state, one.carried_by = MessageState.COMBINED, digest
        one.save()
    PhoneCall.objects.create(place=HERE, called=wati, called_by=dewi, called_at=now, answered=True)


def digest_of(person: Person) -> OutboxMessage:
    """The letter to a person that named several."""
    return OutboxMessage.objects.get(kind=MessageKind.DIGEST, address=person.code)
