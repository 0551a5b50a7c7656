"""Tables of telling: what is to be sent, what was decided about whom, who asked for what, how people are reached, and
the worker's pulse.

An outbox row is written in the transaction of the judgement that causes it, and sent afterwards: a dead channel can't
stop a rule, and a rolled-back judgement sends nothing. Addresses are references (`p17`, `w3`, `m5`), resolved when
sending: no e-mail address is copied into old messages.
"""

import hashlib
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from awas import clock
from awas.access.models import Device, Person
from awas.delivery import audience
from awas.delivery.audience import Channel, Occasion, Quiet, Reason, Wish


def id_of(dedupe_key: str) -> str:
    """The same at every attempt, and without a dot: it is signed with dots between the parts."""
    return "msg_" + hashlib.sha256(dedupe_key.encode()).hexdigest()[:24]


class Channels(models.TextChoices):
    SCREEN = Channel.SCREEN.value, _("on screen")
    EMAIL = Channel.EMAIL.value, _("e-mail")
    WEBHOOK = Channel.WEBHOOK.value, _("webhook")
    PUSH = Channel.PUSH.value, _("push message")
    MESSENGER = Channel.MESSENGER.value, _("messenger")


class Levels(models.TextChoices):
    WASPADA = "waspada", _("Waspada")
    SIAGA = "siaga", _("Siaga")
    AWAS = "awas", _("Awas")


class MessageState(models.TextChoices):
    WAITING = "waiting", _("waiting")
    SENT = "sent", _("sent")
    FAILED = "failed", _("given up")
    UNCONFIRMED = "unconfirmed", _("unconfirmed")
    """The time ran out while a gateway may have taken it: sending it again by itself could tell somebody twice."""
    COMBINED = "combined", _("combined with others")
    """Named in a message that told several at once (`carried_by`), whose outcome is this one's."""


class MessageKind(models.TextChoices):
    NOTICE = "notice", _("notice")
    DIGEST = "digest", _("several notices")
    TEST = "test", _("test")
    REMINDER = "reminder", _("reminder of a watch")
    REACH = "reach", _("who can't be reached")


class OutboxMessage(models.Model):
    """One message to one address.

    `due_at` 0 means at once; later tries are set by the worker's clock. A worker
    claims a row by moving `due_at` ahead and counting `attempts`; if it dies, the row comes due again. So a message
    may arrive twice, never not at all; receivers tell by its id, which stays the same.
    """

    dedupe_key = models.CharField(max_length=120, unique=True)
    message_id = models.CharField(max_length=28, db_index=True, help_text="by which a receiver knows a repetition")
    kind = models.CharField(max_length=8, choices=MessageKind.choices, default=MessageKind.NOTICE)
    channel = models.CharField(max_length=12, choices=Channels.choices)
    address = models.CharField(max_length=20)
    subject = models.CharField(max_length=200)
    body = models.TextField(blank=True)
    payload = models.TextField(blank=True)
    level = models.CharField(max_length=8, blank=True)
    place = models.CharField(max_length=24, blank=True)
    warning = models.CharField(max_length=16, blank=True)
    log = models.CharField(max_length=64, blank=True)
    index = models.BigIntegerField(default=-1, db_column="idx")
    hold_ms = models.BigIntegerField(default=0, help_text="quiet hours that were left when it was written")
    carried_by = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="carries")
    created_at = models.BigIntegerField()
    due_at = models.BigIntegerField(default=0)
    attempts = models.SmallIntegerField(default=0)
    state = models.CharField(max_length=12, choices=MessageState.choices, default=MessageState.WAITING)
    sent_at = models.BigIntegerField(null=True, blank=True)
    failed_at = models.BigIntegerField(null=True, blank=True)
    last_error = models.CharField(max_length=80, blank=True)
    seen_at = models.BigIntegerField(null=True, blank=True)
    replayed_at = models.BigIntegerField(null=True, blank=True)
    replayed_by = models.CharField(max_length=16, blank=True)

    class Meta:
        indexes: ClassVar = [
            # The worker asks for these every second; the many that are done lie outside.
            models.Index(fields=["due_at", "id"], condition=Q(state="waiting"), name="outbox_waiting"),
            models.Index(
                fields=["address", "-created_at"], condition=Q(channel="screen", seen_at=None), name="outbox_unseen"
            ),
            models.Index(fields=["warning"], name="outbox_warning"),
            # When a destination last heard something, and how its last messages fared.
            models.Index(fields=["address", "channel", "-id"], name="outbox_destination"),
            models.Index(fields=["-id"], condition=Q(state__in=("failed", "unconfirmed")), name="outbox_undelivered"),
        ]

    def __str__(self) -> str:
        return self.dedupe_key


class NoticeDecision(models.Model):
    """One person or webhook, one step of a warning, one channel: told or not, and why. Only ever added."""

    log = models.CharField(max_length=64)
    index = models.BigIntegerField(db_column="idx")
    warning = models.CharField(max_length=16)
    place = models.CharField(max_length=24)
    level = models.CharField(max_length=8)
    occasion = models.CharField(max_length=12, choices=[(one.value, one.value) for one in Occasion])
    address = models.CharField(max_length=20, help_text="* stands for everybody")
    channel = models.CharField(max_length=12, choices=Channels.choices, blank=True)
    told = models.BooleanField()
    reason = models.CharField(max_length=20, choices=[(one.value, one.value) for one in Reason])
    decided_at = models.BigIntegerField()
    held_until = models.BigIntegerField(null=True, blank=True)

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
    by_push = models.BooleanField(_("by push message"), default=True)
    by_messenger = models.BooleanField(_("by messenger"), default=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["person", "area"], name="subscription_once")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.area} ≥ {self.min_level}"

    @property
    def wish(self) -> Wish:
        """The subscription as the audience reads it."""
        asked = {
            Channel.SCREEN: self.by_screen,
            Channel.EMAIL: self.by_email,
            Channel.PUSH: self.by_push,
            Channel.MESSENGER: self.by_messenger,
        }
        return Wish(self.area, self.min_level, frozenset(channel for channel, wanted in asked.items() if wanted))


class Preference(models.Model):
    """What a person chose for all areas; an empty level goes by the role. Quiet hours are minutes of the local day."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="preference")
    email_from = models.CharField(max_length=8, blank=True)
    push_from = models.CharField(max_length=8, blank=True)
    messenger_from = models.CharField(max_length=8, blank=True)
    quiet_from = models.SmallIntegerField(null=True, blank=True)
    quiet_until = models.SmallIntegerField(null=True, blank=True)
    quiet_up_to = models.CharField(max_length=8, choices=Levels.choices, default=Levels.WASPADA)

    def __str__(self) -> str:
        return f"{self.person_id}"

    def chosen(self, offset_ms: int) -> audience.Preference:
        """The choice as the audience reads it; `offset_ms` is the person's local time's lead over UTC."""
        named = {
            Channel.EMAIL: self.email_from,
            Channel.PUSH: self.push_from,
            Channel.MESSENGER: self.messenger_from,
        }
        quiet = None
        if self.quiet_from is not None and self.quiet_until is not None:
            quiet = Quiet(self.quiet_from, self.quiet_until, self.quiet_up_to, offset_ms)
        return audience.Preference({channel: level for channel, level in named.items() if level}, quiet)


class Reached(models.Model):
    """How an address fared: a proof of delivery, or failures in a row since."""

    tried_at = models.BigIntegerField(null=True, blank=True)
    delivered_at = models.BigIntegerField(null=True, blank=True)
    failure_count = models.IntegerField(default=0)
    last_error = models.CharField(max_length=80, blank=True)

    class Meta:
        abstract = True

    @property
    def shown_at(self) -> int | None:
        """When it last arrived, by this installation's own clock; sending goes by the world's."""
        return None if self.delivered_at is None else clock.shown_at(self.delivered_at)


class PushSubscription(Reached):
    """A browser that a person let in for web push (RFC 8030). Its endpoint is a secret: whoever has it and our key can
    send there. It ends with the device it was made on, and goes when the push service says that it is gone."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="push_subscriptions")
    device = models.ForeignKey(Device, null=True, on_delete=models.CASCADE, related_name="+")
    endpoint_digest = models.CharField(max_length=64, unique=True)
    sealed = models.TextField(help_text="endpoint and keys, encrypted")
    label = models.CharField(max_length=80, blank=True)
    created_at = models.BigIntegerField()

    def __str__(self) -> str:
        return f"{self.person_id} {self.endpoint_digest[:8]}"


class Messenger(Reached):
    """A person's or an office's own address at a messenger, as an Apprise URL. The URL is encrypted and never shown
    again; what is shown is the service and its last four characters."""

    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.CASCADE, related_name="messengers")
    area = models.CharField(_("area"), max_length=24, blank=True, db_index=True, help_text="of an office")
    min_level = models.CharField(_("from this level"), max_length=8, choices=Levels.choices, default=Levels.WASPADA)
    sealed = models.TextField(help_text="the Apprise URL, encrypted")
    service = models.CharField(max_length=60)
    ending = models.CharField(max_length=4)
    active = models.BooleanField(_("active"), default=True)
    created_at = models.BigIntegerField()
    created_by = models.CharField(max_length=16, blank=True)

    def __str__(self) -> str:
        return self.code

    @property
    def code(self) -> str:
        """How an outbox row names it, such as `m5`."""
        return f"m{self.pk}"

    @property
    def shown(self) -> str:
        """The service and the end of the address: all that anybody is shown of it."""
        return f"{self.service} …{self.ending}"


class PhoneCall(models.Model):
    """Somebody was rung about a place, by whom, and whether they answered. Only ever added."""

    place = models.CharField(max_length=24)
    warning = models.CharField(max_length=16, blank=True, db_index=True)
    called = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    called_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    called_at = models.BigIntegerField()
    answered = models.BooleanField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["place", "-called_at"], name="call_at_place")]

    def __str__(self) -> str:
        return f"{self.place} {self.called_id}"


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
