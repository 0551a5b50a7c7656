"""Telling by e-mail, through the framework's mail backend (`AWAS_SMTP`)."""

import smtplib

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.message import BadHeaderError

from awas.access.models import Person
from awas.access.services import number_in
from awas.delivery.failure import DeliveryFailed
from awas.delivery.models import OutboxMessage
from awas.ledger.area import Instant

_REFUSED_FOR_GOOD = range(500, 600)


def send_mail(message: OutboxMessage, now: Instant) -> None:
    """Sends to the address the person has now. Raises `DeliveryFailed`."""
    person = Person.objects.filter(pk=number_in(message.address, "p") or 0).first()
    if person is None or not person.is_active:
        raise DeliveryFailed("email.nobody", permanent=True)
    if not person.email:
        raise DeliveryFailed("email.no_address", permanent=True)
    try:
        _letter(message, person.email).send()
    except BadHeaderError as bad:
        raise DeliveryFailed("email.bad_header", permanent=True) from bad
    except smtplib.SMTPRecipientsRefused as refused:
        code = max((code for code, _ in refused.recipients.values()), default=0)
        raise DeliveryFailed(f"email.recipient_{code}", permanent=code in _REFUSED_FOR_GOOD) from None
    except smtplib.SMTPDataError as refused:
        raise DeliveryFailed(
            f"email.data_{refused.smtp_code}", permanent=refused.smtp_code in _REFUSED_FOR_GOOD
        ) from None
    except smtplib.SMTPResponseException as refused:
        # The sender or the password is wrong: our own setting, which an administrator mends. Keep trying.
        raise DeliveryFailed(f"email.server_{refused.smtp_code}", permanent=False) from None
    except (smtplib.SMTPException, OSError) as broken:
        raise DeliveryFailed(f"email.{type(broken).__name__}", permanent=False) from None


def _letter(message: OutboxMessage, address: str) -> EmailMessage:
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip(">") or "localhost"
    return EmailMessage(
        subject=message.subject,
        body=message.body,
        to=[address],
        headers={
            # The same at every attempt: a mailbox that already has it can tell.
            "Message-ID": f"<awas-{message.pk}-{message.created_at}@{domain}>",
            "Auto-Submitted": "auto-generated",
            "X-Auto-Response-Suppress": "All",
        },
    )
