"""Tables of warnings and of the judge.

`Warning`, `Standing` and `OwnRule` are the items of the area, column for column (docs/decisions/0004); they are written
by the FACT that records a step. `Judgement`, `Memory` and `Deadline` are what the judge knows of a log up to its
position; they are written in the judge's transaction and can be thrown away: judging the log anew gives them back.
"""

import json
from typing import ClassVar

import msgspec
from django.db import models
from django.db.models import Q

from awas.warnings.policy import Policy


class Warning(models.Model):
    """One episode of one finding (peringatan); see `awas.warnings.state.Warning` for each column."""

    id = models.CharField(max_length=16, primary_key=True)
    fingerprint = models.CharField(max_length=128, db_index=True)
    log = models.CharField(max_length=64)
    place = models.CharField(max_length=24)
    rule = models.CharField(max_length=20)
    rule_version = models.IntegerField()
    key = models.CharField(max_length=90)
    level = models.CharField(max_length=8)
    state = models.CharField(max_length=14)
    holds = models.BooleanField()
    since = models.BigIntegerField()
    changed_at = models.BigIntegerField()
    fired_at = models.BigIntegerField(null=True)
    acknowledged_by = models.CharField(max_length=48, blank=True)
    acknowledged_until = models.BigIntegerField(null=True)
    silenced_until = models.BigIntegerField(null=True)
    cleared_at = models.BigIntegerField(null=True)
    resolved_at = models.BigIntegerField(null=True)
    resolved_by = models.CharField(max_length=48, blank=True)
    why = models.CharField(max_length=40, blank=True)
    judgement = models.CharField(max_length=8, blank=True)
    facts = models.TextField()
    evidence = models.TextField()
    evidence_count = models.IntegerField()
    recurrence = models.IntegerField()
    refired_count = models.IntegerField()
    flapping = models.BooleanField()
    policy = models.TextField(default="null")
    rung = models.SmallIntegerField(default=-1)
    repeated_count = models.SmallIntegerField(default=0)
    inhibited_by = models.CharField(max_length=16, blank=True, default="")
    assigned_to = models.CharField(max_length=48, blank=True, default="")
    links = models.TextField(default="[]")
    cause = models.CharField(max_length=16, blank=True, default="")
    answered_at = models.BigIntegerField(null=True)
    answered_by = models.CharField(max_length=48, blank=True, default="")

    class Meta:
        indexes: ClassVar = [
            # What stands, by log and place: the judge's start and every screen. Resolved ones, the many, are left out.
            models.Index(fields=["log", "place"], condition=~Q(state="resolved"), name="warning_open"),
            models.Index(fields=["place", "-since"], name="warning_history"),
        ]

    def __str__(self) -> str:
        return f"{self.rule} {self.place} {self.key}"

    @property
    def fact_pairs(self) -> list[tuple[str, str | int]]:
        """The named values that fill the rule's words."""
        return [(name, value) for name, value in json.loads(self.facts)]

    @property
    def kept_policy(self) -> Policy | None:
        """How it climbs, as it was set when it began; None for warnings from before there was any."""
        return msgspec.json.decode(self.policy, type=Policy | None)

    @property
    def link_pairs(self) -> list[tuple[str, str]]:
        """(kind, number) of what became of it elsewhere."""
        return [(kind, number) for kind, number in json.loads(self.links)]

    @property
    def evidence_indexes(self) -> list[int]:
        """The entries of the log that speak for it."""
        return [int(index) for index in json.loads(self.evidence)]


class Standing(models.Model):
    """What is remembered of a fingerprint across its episodes."""

    fingerprint = models.CharField(max_length=128, primary_key=True)
    log = models.CharField(max_length=64)
    place = models.CharField(max_length=24)
    last = models.CharField(max_length=16)
    raised_count = models.IntegerField()
    recently = models.TextField()

    def __str__(self) -> str:
        return self.fingerprint


class Judgement(models.Model):
    """How far a log has been judged: `position` is the index of the next entry. `turn` counts the judge's commits."""

    log = models.CharField(max_length=64, primary_key=True)
    position = models.BigIntegerField(default=0)
    turn = models.BigIntegerField(default=0)
    judged_at = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.log}@{self.position}"


class Memory(models.Model):
    """The folded state of one area at one place as the judge has it, at the log's judged position."""

    pk = models.CompositePrimaryKey("log", "place", "area")
    log = models.CharField(max_length=64)
    place = models.CharField(max_length=24)
    area = models.CharField(max_length=24)
    body = models.BinaryField()

    def __str__(self) -> str:
        return f"{self.place}/{self.area}"


class Deadline(models.Model):
    """One deadline of a rule, or of the life of a warning. The worker asks for those that are due by the index."""

    pk = models.CompositePrimaryKey("log", "place", "rule", "purpose", "key")
    log = models.CharField(max_length=64)
    place = models.CharField(max_length=24)
    rule = models.CharField(max_length=20)
    purpose = models.CharField(max_length=16)
    key = models.CharField(max_length=90)
    due_at = models.BigIntegerField(db_index=True)
    facts = models.TextField()
    evidence = models.BigIntegerField()

    def __str__(self) -> str:
        return f"{self.rule} {self.place} {self.key} @{self.due_at}"


class OwnRule(models.Model):
    """An office's own rule at one place; see `awas.warnings.own.state.OwnRule` for each column."""

    id = models.CharField(max_length=48, primary_key=True)
    log = models.CharField(max_length=64)
    place = models.CharField(max_length=24, db_index=True)
    rule = models.CharField(max_length=20, db_index=True)
    version = models.IntegerField()
    text = models.TextField()
    in_force = models.BooleanField()
    set_at = models.BigIntegerField()
    set_by = models.CharField(max_length=48)
    stopped_at = models.BigIntegerField(null=True)
    stopped_by = models.CharField(max_length=48, blank=True, default="")

    def __str__(self) -> str:
        return self.id
