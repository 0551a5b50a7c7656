"""Tables of the things of logistics: one for each struct of `items.py`, the same columns in the same order.

Written by the record alone, in the transaction of the entry; see `awas.ledger.kept`.
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from awas.ledger.kept import ItemRow, Nested, code, instant, label
from awas.logistics import items


def quantity(default: int = 0) -> "models.BigIntegerField[int, int]":
    """A column for a quantity of single units."""
    return models.BigIntegerField(default=default)


class Stock(ItemRow):
    struct: ClassVar = items.Stock

    shelf = code(10)
    item = code(20)
    ballot = code(16)
    dapil = code(16)
    units = quantity()
    changed_at = instant()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["place", "shelf"], name="stock_at_place")]


class Balance(ItemRow):
    struct: ClassVar = items.Balance

    station = code(20)
    stage = code(16)
    item = code(20)
    ballot = code(16)
    dapil = code(16)
    taken = quantity()
    passed = quantity()
    held = quantity()
    damaged = quantity()
    short = quantity()
    over = quantity()
    need = quantity(-1)
    unexplained = quantity()
    changed_at = instant()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["log", "stage", "item", "ballot"], name="balance_of_stage"),
            models.Index(fields=["place"], name="balance_at_place"),
        ]


class Contract(ItemRow):
    struct: ClassVar = items.Contract

    supplier = label()
    document_number = label()
    lines = Nested(default=list)
    printed = Nested(default=list)
    verified = models.IntegerField(default=0)
    is_void = models.BooleanField(default=False)
    deliver_by_at = instant()
    replacement = models.BooleanField(default=False)
    recorded_at = instant()


class Delivery(ItemRow):
    struct: ClassVar = items.Delivery

    status = code(16)
    lines = Nested(default=list)
    inside = models.BooleanField(default=False)
    counted = Nested(default=dict)
    receipts = Nested(default=list)
    reason = code(24)
    changed_at = instant()


class TallyRow(ItemRow):
    struct: ClassVar = items.TallyRow

    step = code(20)
    stage = code(16)
    state = code(8)
    lines = Nested(default=list)
    reason = code(24)
    reason_at_first = code(24)
    document_number = label()
    sorting_table = code()
    shift = code(12)
    opened_unit = code(64)
    taken = quantity()
    damaged = quantity()
    short = quantity()
    over = quantity()
    workers = quantity()
    by = code()
    at = instant()
    station = code(20)
    by_gate = models.BooleanField(default=False)
    consignment = code(64)
    contract = code(64)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["place", "stage", "-at"], name="stage_tallies"),
            models.Index(fields=["log", "stage", "-at"], name="stage_tallies_of_log"),
        ]


class Kit(ItemRow):
    struct: ClassVar = items.Kit

    station = code(20)
    state = code(12)
    contents = Nested(default=dict)
    needs = Nested(default=dict)
    checked = Nested(default=dict)
    lacks = Nested(default=list)
    unlike = Nested(default=list)
    complete = models.BooleanField(default=False)
    transfer_id = code(64)
    packed_at = instant()
    supplied_at = instant()
    changed_at = instant()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["log", "state"], name="kit_of_state"),
            models.Index(fields=["place", "state"], name="kit_at_place"),
        ]


class Transfer(ItemRow):
    struct: ClassVar = items.Transfer

    to_place = code(24)
    leg = code(16)
    state = code(10)
    stations = Nested(default=list)
    units = Nested(default=list)
    seals = Nested(default=list)
    plate = label()
    escort = code(16)
    document_number = label()
    offered_by = code()
    offered_at = instant()
    due_at = instant()
    answered_by = code()
    answered_at = instant()
    missing = Nested(default=list)
    extra = Nested(default=list)
    seals_bad = quantity()
    reason = code(24)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["place", "-offered_at"], name="transfer_from"),
            models.Index(fields=["to_place"], condition=Q(state="offered"), name="transfer_expected"),
            models.Index(fields=["log", "-offered_at"], name="transfer_of_log"),
        ]


class Unit(ItemRow):
    struct: ClassVar = items.Unit

    unit_kind = code(8)
    state = code(10)
    station = code(20)
    ballot = code(16)
    parent = code(64)
    holder = code(64)
    seals = Nested(default=list)
    steps = quantity()
    changed_at = instant()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["station"], name="unit_of_station"),
            models.Index(fields=["parent"], name="unit_in_unit"),
            models.Index(fields=["place"], name="unit_at_place"),
        ]


class UnitStep(ItemRow):
    struct: ClassVar = items.UnitStep

    unit = code(64)
    number = quantity()
    what = code(16)
    other = code(64)
    seals = Nested(default=list)
    by = code()
    at = instant()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["unit", "number"], name="way_of_unit")]


class StockCount(ItemRow):
    struct: ClassVar = items.StockCount

    shelf = code(10)
    counted_by = code(10)
    lines = Nested(default=list)
    recorded = Nested(default=list)
    reason = code(24)
    differing = quantity()
    by = code()
    at = instant()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["place", "-at"], name="stock_count_history")]


class Closure(ItemRow):
    struct: ClassVar = items.Closure

    stage = code(16)
    state = code(14)
    by = code()
    at = instant()
    reopened_count = quantity()


class Approval(ItemRow):
    struct: ClassVar = items.Approval

    action = code(10)
    subject = code(64)
    state = code(8)
    asked_by = code()
    asked_at = instant()
    answered_by = code()
    answered_at = instant()
    why_ref = code(64)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["log", "state"], name="approval_of_state")]


class Leave(ItemRow):
    struct: ClassVar = items.Leave

    approval_id = code(64)


class UnofficialStore(ItemRow):
    struct: ClassVar = items.UnofficialStore

    location = label()
    state = code(8)
    reported_at = instant()
    by = code()
