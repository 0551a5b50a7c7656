"""The Django side of an area's items: rows that pages read and only the record writes.

A row has the columns of its item struct, in order; nested values are JSON text. Nothing is ever saved through these
models: the FACT writes the rows, and `awas rebuild` makes them anew.
"""

import json
from typing import Any, ClassVar, TypeVar

import msgspec
from django.db import models
from msgspec import Struct

Kept = TypeVar("Kept", bound=Struct)


class Nested(models.TextField):  # type: ignore[type-arg]
    """A nested value as JSON text; read as plain lists and dictionaries."""

    def from_db_value(self, value: str | None, *_: Any) -> Any:
        return None if value is None else json.loads(value)

    def get_prep_value(self, value: Any) -> str:
        return msgspec.json.encode(value).decode()


class ItemRow(models.Model):
    """What every item has: its key, the origin of its log, and the place it is at or belongs to."""

    struct: ClassVar[type[Struct]]

    key = models.CharField(max_length=64, primary_key=True)
    log = models.CharField(max_length=64)
    place = models.CharField(max_length=24)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.key

    def kept(self) -> Any:
        """The row as the struct that decisions read."""
        values = {field.attname: getattr(self, field.attname) for field in self._meta.concrete_fields}
        return msgspec.convert(values, self.struct)


def code(length: int = 48) -> "models.CharField[str, str]":
    """A column for a code or a key."""
    return models.CharField(max_length=length, default="", blank=True)


def label() -> "models.CharField[str, str]":
    """A column for a name or number as typed."""
    return models.CharField(max_length=120, default="", blank=True)


def instant() -> "models.BigIntegerField[int, int]":
    """A column for milliseconds since the epoch; 0 for none."""
    return models.BigIntegerField(default=0)
