"""Tables of telling: what is to be sent, what was decided about whom, who asked for what, and the worker's pulse.

An outbox row is written in the transaction of the judgement that causes it, and sent afterwards: a dead channel can't
stop a rule, and a rolled-back judgement sends nothing. Addresses are references (`p17`, `w3`), resolved when sending:
no e-mail address is copied into old messages.
"""

import hashlib
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from awas.access.models import Person
from awas.delivery.audience import Channel, Occasion, Reason, Wish


def message_id(dedupe_key: str) -> str:
    """The same at every attempt, and without a dot: it is signed with dots between the parts."""
    return "msg_" + hashlib.sha256(dedupe_key.encode()).hexdigest()[:24]


class Channels(models.TextChoices):
    SCREEN = Channel.SCREEN.value, _("on screen")
    EMAIL = Channel.EMAIL.value, _("e-mail")
    WEBHOOK = Channel.WEBHOOK.value, _("webhook")


class Levels(models.TextChoices):
    WASPADA = "waspada", _("Waspada")
    SIAGA = "siaga", _("Siaga")
    AWAS = "awas", _("Awas")


class MessageState(models.TextChoices):
    WAITING = "waiting", _("waiting")
    SENT = "sent", _("sent")
    FAILED = "failed", _("given up")


class OutboxMessage(models.Model):
    """One message to one address.

    `due_at` 0 means at once; later tries are set by the worker's clock. A worker
    claims a row by moving `due_at` ahead and counting `attempts`; if it dies, the row comes due again. So a message
    may arrive twice, never not at all; receivers tell by its id, which stays the same.
    """

    dedupe_key = models.CharField(max_length=120, unique=True)
    channel = models.CharField(max_length=8, choices=Channels.choices)
    address = models.CharField(max_length=20)
    subject = models.CharField(max_length=200)
    body = models.TextField(blank=True)
    payload = models.TextField(blank=True)
    level = models.CharField(max_length=8, blank=True)
    place = models.CharField(max_length=24)
    warning = models.CharField(max_length=16, blank=True)
    log = models.CharField(max_length=64, blank=True)
    index = models.BigIntegerField(default=-1, db_column="idx")
    created_at = models.BigIntegerField()
    due_at = models.BigIntegerField(default=0)
    attempts = models.SmallIntegerField(default=0)
    state = models.CharField(max_length=8, choices=MessageState.choices, default=MessageState.WAITING)
    sent_at = models.BigIntegerField(null=True, blank=True)
    failed_at = models.BigIntegerField(null=True, blank=True)
    last_error = models.CharField(max_length=80, blank=True)
    seen_at = models.BigIntegerField(null=True, blank=True)

    class Meta:
        indexes: ClassVar = [
            # The worker asks for these every second; the many that are done lie outside.
            models.Index(fields=["due_at", "id"], condition=Q(state="waiting"), name="outbox_waiting"),
            models.Index(
                fields=["address", "-created_at"], condition=Q(channel="screen", seen_at=None), name="outbox_unseen"
            ),
            models.Index(fields=["warning"], name="outbox_warning"),
        ]

    def __str__(self) -> str:
        return self.dedupe_key

    @property
    def message_id(self) -> str:
        """The id by which a receiver knows a repetition."""
        return message_id(self.dedupe_key)


class NoticeDecision(models.Model):
    """One person or webhook, one step of a warning, one channel: told or not, and why. Only ever added."""

    log = models.CharField(max_length=64)
    index = models.BigIntegerField(db_column="idx")
    warning = models.CharField(max_length=16)
    place = models.CharField(max_length=24)
    level = models.CharField(max_length=8)
    occasion = models.CharField(max_length=12, choices=[(one.value, one.value) for one in Occasion])
    address = models.CharField(max_length=20, help_text="* stands for everybody")
    channel = models.CharField(max_length=8, choices=Channels.choices, blank=True)
    told = models.BooleanField()
    reason = models.CharField(max_length=20, choices=[(one.value, one.value) for one in Reason])
    decided_at = models.BigIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["log", "index", "address", "channel"], name="notice_once"),
        ]
        indexes: ClassVar = [models.Index(fields=["warning", "address"], name="notice_warning")]

    def __str__(self) -> str:
        return f"{self.warning} {self.address} {self.channel} {self.reason}"


class Subscription(models.Model):
    """What a person wants to be told of in an area, in place of what the role is told."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="subscriptions")
    area = models.CharField(_("area"), max_length=24)
    min_level = models.CharField(_("from this level"), max_length=8, choices=Levels.choices, default=Levels.WASPADA)
    by_screen = models.BooleanField(_("on screen"), default=True)
    by_email = models.BooleanField(_("by e-mail"), default=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["person", "area"], name="subscription_once")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.area} ≥ {self.min_level}"

    @property
    def wish(self) -> Wish:
        """The subscription as the audience reads it."""
        asked = {Channel.SCREEN: self.by_screen, Channel.EMAIL: self.by_email}
        return Wish(self.area, self.min_level, frozenset(channel for channel, wanted in asked.items() if wanted))


class Webhook(models.Model):
    """Another system that is told of the warnings of an area. The secret signs; it is shown once and never logged."""

    url = models.URLField(_("address"), max_length=400)
    secret = models.CharField(max_length=80)
    area = models.CharField(_("area"), max_length=24, db_index=True)
    min_level = models.CharField(_("from this level"), max_length=8, choices=Levels.choices, default=Levels.WASPADA)
    active = models.BooleanField(_("active"), default=True)
    created_at = models.BigIntegerField(default=0)
    created_by = models.CharField(max_length=16, blank=True)

    def __str__(self) -> str:
        return self.code

    @property
    def code(self) -> str:
        """How an outbox row names it, such as `w3`."""
        return f"w{self.pk}"


class WorkerHeartbeat(models.Model):
    """The pulse of one of the worker's jobs: when it last ran, last succeeded, and what it last failed of."""

    job = models.CharField(max_length=40, primary_key=True)
    every_ms = models.BigIntegerField()
    beat_at = models.BigIntegerField()
    succeeded_at = models.BigIntegerField(default=0)
    failure_count = models.IntegerField(default=0)
    last_error = models.CharField(max_length=120, blank=True)

    def __str__(self) -> str:
        return self.job
