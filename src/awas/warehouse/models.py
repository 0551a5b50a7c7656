"""Tables of the things of a warehouse: one for each struct of `items.py`, the same columns in the same order.

Written by the record alone, in the transaction of the entry; see `awas.ledger.kept`. Personal values are not here but
in the vault (`*_ref`). Partial indexes cover what is open: the closed ones are the many, and pages rarely want them.
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from awas.ledger.kept import ItemRow, Nested, code, instant, label
from awas.warehouse import items


class Visit(ItemRow):
    struct: ClassVar = items.Visit

    person = code(64)
    state = code(8)
    role = code(16)
    purpose = code(16)
    entered_at = instant()
    left_at = instant()
    until_at = instant()
    leave_reason = code(20)
    forced = models.BooleanField(default=False)
    name_ref = code(64)
    identity_kind = code(12)
    identity_ref = code(64)
    institution = label()
    purpose_ref = code(64)
    letter_number = label()
    escorted_by = code(64)
    escort_ref = code(64)
    carried = Nested(default=list)
    pass_number = code(24)
    pass_returned = models.BooleanField(null=True)
    gate = code()
    photo = code(64)
    on_access_list = code(10)
    on_watchlist = models.BooleanField(default=False)
    entered_by = code(64)
    left_by = code(64)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["place", "entered_at"], condition=Q(state="inside"), name="visit_inside"),
            models.Index(fields=["place", "-entered_at"], name="visit_history"),
            models.Index(fields=["person", "-entered_at"], name="visit_person"),
        ]


class Presence(ItemRow):
    struct: ClassVar = items.Presence

    visit_id = code(64)
    role = code(16)
    since_at = instant()
    last_place = code(24)
    last_left_at = instant()
    visit_count = models.IntegerField(default=0)
    refused_count = models.IntegerField(default=0)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["place", "since_at"], condition=~Q(visit_id=""), name="presence_inside"),
        ]


class VisitorPass(ItemRow):
    struct: ClassVar = items.VisitorPass

    number = code(24)
    state = code(8)
    visit_id = code(64)
    since_at = instant()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["place"], condition=~Q(state="free"), name="pass_not_free")]


class Vehicle(ItemRow):
    struct: ClassVar = items.Vehicle

    plate = code(16)
    state = code(8)
    vehicle = code(16)
    purpose = code(16)
    position = code(10)
    arrived_at = instant()
    left_at = instant()
    driver_ref = code(64)
    carrier = label()
    escort = code(16)
    escort_ref = code(64)
    escort_count = models.IntegerField(default=0)
    consignment_id = code(64)
    unattended_since_at = instant()
    released = models.BooleanField(default=False)
    loaded_out = models.BooleanField(default=False)
    announced = models.BooleanField(default=False)
    gate = code()
    photos = Nested(default=list)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["place", "arrived_at"], condition=Q(state="here"), name="vehicle_here"),
            models.Index(fields=["place", "-arrived_at"], name="vehicle_history"),
        ]


class PlatePresence(ItemRow):
    struct: ClassVar = items.PlatePresence

    vehicle_id = code(64)
    since_at = instant()
    last_left_at = instant()


OPEN = Q(status__in=("announced", "in_transit", "part_received"))


class Consignment(ItemRow):
    struct: ClassVar = items.Consignment

    at_place = code(24)
    direction = code(4)
    status = code(16)
    lines = Nested(default=list)
    announced_at = instant()
    expected_from_at = instant()
    expected_until_at = instant()
    eta_at = instant()
    dispatched_at = instant()
    first_received_at = instant()
    closed_at = instant()
    delivery_letter = label()
    order_number = label()
    document_number = label()
    supplier = label()
    carrier = label()
    plate = code(16)
    from_place = code(24)
    to_place = code(24)
    from_name = label()
    to_name = label()
    seals = Nested(default=list)
    receipt_count = models.IntegerField(default=0)
    release_count = models.IntegerField(default=0)
    differences = Nested(default=list)
    difference_reason = code(24)
    counted_open = Nested(default=list)
    announced_units = models.BigIntegerField(default=0)
    received_units = models.BigIntegerField(default=0)
    escort_promised = models.BooleanField(default=False)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["at_place", "expected_until_at"], condition=OPEN, name="consignment_expected"),
            models.Index(fields=["place", "expected_until_at"], condition=OPEN, name="consignment_open"),
            models.Index(fields=["place", "-announced_at"], name="consignment_history"),
            models.Index(fields=["delivery_letter"], name="consignment_letter"),
        ]


class Tally(ItemRow):
    struct: ClassVar = items.Tally

    consignment_id = code(64)
    direction = code(4)
    state = code(8)
    counted_at = instant()
    lines = Nested(default=list)
    final = models.BooleanField(default=False)
    document_number = label()
    delivery_letter = label()
    vehicle_id = code(64)
    counted_by = Nested(default=list)
    witnesses = Nested(default=list)
    units = models.BigIntegerField(default=0)
    damaged = models.BigIntegerField(default=0)
    wet = models.BigIntegerField(default=0)
    corrected_count = models.IntegerField(default=0)
    photos = Nested(default=list)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["consignment_id"], name="tally_consignment"),
            models.Index(fields=["place", "-counted_at"], name="tally_history"),
        ]


class Seal(ItemRow):
    struct: ClassVar = items.Seal

    number = code(32)
    state = code(14)
    seal_kind = code(12)
    sealed_object = code(16)
    object_name = label()
    consignment_id = code(64)
    applied_at = instant()
    checked_at = instant()
    removed_at = instant()
    check_count = models.IntegerField(default=0)
    use_count = models.IntegerField(default=0)
    found_number = code(32)
    replaces = code(64)
    applied_by = Nested(default=list)
    removed_by = Nested(default=list)
    photo = code(64)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["place", "state"], name="seal_at_place")]


class Round(ItemRow):
    struct: ClassVar = items.Round

    by = code(64)
    started_at = instant()
    completed_at = instant()
    scanned = Nested(default=list)
    by_token = Nested(default=list)
    findings = Nested(default=list)
    missed = Nested(default=list)
    planned_count = models.IntegerField(default=0)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["place", "-started_at"], name="round_history")]


class KeyHolding(ItemRow):
    struct: ClassVar = items.KeyHolding

    door = label()
    is_out = models.BooleanField(default=False)
    holder_ref = code(64)
    holder_code = code()
    taken_at = instant()
    returned_at = instant()
    taken_count = models.IntegerField(default=0)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["place", "door"], name="key_at_place")]


class Condition(ItemRow):
    struct: ClassVar = items.Condition

    condition = code(16)
    state = code(8)
    severity = code(10)
    began_at = instant()
    ended_at = instant()
    use = code(20)
    spot = label()
    report_count = models.IntegerField(default=1)
    ballots_inside = models.BooleanField(default=False)
    photos = Nested(default=list)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["place", "began_at"], condition=Q(state="open"), name="condition_open"),
        ]


class WeatherAlert(ItemRow):
    struct: ClassVar = items.WeatherAlert

    thread = code(64)
    state = code(8)
    sender = label()
    source = label()
    identifier = label()
    event = label()
    hazard = code(12)
    severity = code(10)
    urgency = code(10)
    certainty = code(10)
    sent_at = instant()
    onset_at = instant()
    expires_at = instant()
    basis = code(10)
    ended_at = instant()
    document = code(64)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["place", "expires_at"], condition=Q(state="open"), name="weather_in_force"),
        ]


class Incident(ItemRow):
    struct: ClassVar = items.Incident

    incident = code(24)
    state = code(8)
    severity = code(10)
    reported_at = instant()
    closed_at = instant()
    outcome = code(20)
    spot = label()
    details_ref = code(64)
    police_told = models.BooleanField(default=False)
    photos = Nested(default=list)
    visit_id = code(64)
    vehicle_id = code(64)
    consignment_id = code(64)
    seal = code(64)
    document_number = label()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["place", "reported_at"], condition=Q(state="open"), name="incident_open"),
            models.Index(fields=["place", "-reported_at"], name="incident_history"),
        ]


class AccessRule(ItemRow):
    struct: ClassVar = items.AccessRule

    person = code(64)
    role = code(16)
    state = code(8)
    from_at = instant()
    until_at = instant()
    name_ref = code(64)
    institution = label()
    letter_number = label()
    granted_by = code(64)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["place", "state"], name="access_at_place")]


class Watchlisted(ItemRow):
    struct: ClassVar = items.Watchlisted

    state = code(10)
    reason = code()
    from_at = instant()
    until_at = instant()
    name_ref = code(64)
    listed_by = code(64)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["log"], condition=Q(state="listed"), name="watchlisted_now")]


class FitnessCheck(ItemRow):
    struct: ClassVar = items.FitnessCheck

    checked_at = instant()
    checked_by = code(64)
    checklist = code()
    answers = Nested(default=list)
    bad = Nested(default=list)
    photos = Nested(default=list)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["place", "-checked_at"], name="fitness_history")]
