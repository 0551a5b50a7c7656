"""Tables of the things of the roster: one for each struct of `items.py`, the same columns in the same order.

Written by the record alone, in the transaction of the entry; see `awas.ledger.kept`.
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from awas.ledger.kept import ItemRow, Nested, code, instant, label
from awas.roster import items
from awas.roster.office_tables import CalendarFeed, RosterDraft, SiteWant, Watchkeeper

__all__ = [
    "Absence",
    "CalendarFeed",
    "Duty",
    "Handover",
    "OnDuty",
    "RosterDraft",
    "Shift",
    "SiteWant",
    "Swap",
    "Watchkeeper",
]


class Shift(ItemRow):
    struct: ClassVar = items.Shift

    state = code(10)
    from_at = instant()
    until_at = instant()
    people = Nested(default=list)
    minimum = models.IntegerField(default=1)
    leader = code()
    letter_number = label()
    planned_by = code(64)
    changed_count = models.IntegerField(default=0)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["place", "until_at"], name="shift_at_place")]


class Duty(ItemRow):
    struct: ClassVar = items.Duty

    person = code()
    state = code(8)
    started_at = instant()
    ended_at = instant()
    shift_id = code(64)
    on_roster = models.BooleanField(default=False)
    late_ms = models.BigIntegerField(default=0)
    end_reason = code(12)
    by_token = models.BooleanField(default=False)
    distance_m = models.BigIntegerField(null=True)
    photo = code(64)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["place", "started_at"], condition=Q(state="on"), name="duty_on"),
            models.Index(fields=["person"], condition=Q(state="on"), name="duty_of_person"),
            models.Index(fields=["place", "-started_at"], name="duty_history"),
        ]


class OnDuty(ItemRow):
    struct: ClassVar = items.OnDuty

    person = code()
    duty_id = code(64)
    since_at = instant()


class Handover(ItemRow):
    struct: ClassVar = items.Handover

    state = code(12)
    offered_by = code()
    offered_at = instant()
    offered_device = code()
    duty_id = code(64)
    shift_id = code(64)
    to_shift_id = code(64)
    summary = Nested(default=dict)
    note_ref = code(64)
    due_at = instant()
    answered_by = code()
    answered_at = instant()
    points = Nested(default=list)
    answer_note_ref = code(64)
    late_ms = models.BigIntegerField(default=0)
    photos = Nested(default=list)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["place"], condition=Q(state="offered"), name="handover_offered"),
            models.Index(fields=["place", "-offered_at"], name="handover_history"),
        ]


class Absence(ItemRow):
    struct: ClassVar = items.Absence

    person = code()
    state = code(10)
    from_at = instant()
    until_at = instant()
    reason = code(12)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["person", "until_at"], condition=Q(state="announced"), name="absence_of_person"),
        ]


class Swap(ItemRow):
    struct: ClassVar = items.Swap

    state = code(10)
    shift_id = code(64)
    asked_by = code()
    with_person = code()
    asked_at = instant()
    other_shift_id = code(64)
    answered_by = code()
    answered_at = instant()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["place"], condition=Q(state="requested"), name="swap_requested"),
            models.Index(fields=["shift_id"], name="swap_of_shift"),
        ]
