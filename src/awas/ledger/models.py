"""Tables of the record.

Rows of `Entry`, `Tile` and `SignedCheckpoint` are only ever added. `Log`, `DeviceHead` and `Snapshot` are derived from
the entries and replaced in the same transaction that adds them. `VaultRow` alone may lose its value: that is erasure.
They are written through `awas.ledger.store`; Django reads them and makes the tables.
"""

from typing import ClassVar

from django.db import models


class Log(models.Model):
    """One append-only log, a district's. `origin` is its C2SP name, for example `awas/36.02`."""

    origin = models.CharField(max_length=64, unique=True)
    size = models.BigIntegerField(default=0)
    root = models.BinaryField()
    frontier = models.BinaryField()
    last_recorded_at = models.BigIntegerField(default=0)
    halted_why = models.CharField(max_length=300, default="", blank=True)

    def __str__(self) -> str:
        return self.origin


class Entry(models.Model):
    """One leaf: canonical JSON in `body`, its RFC 6962 hash in `leaf`; other columns repeat the body for indexes."""

    pk = models.CompositePrimaryKey("log_id", "index")
    log = models.ForeignKey(Log, on_delete=models.PROTECT, db_index=False, related_name="entries")
    index = models.BigIntegerField(db_column="idx")
    place = models.CharField(max_length=24)
    kind = models.CharField(max_length=48)
    device = models.CharField(max_length=40)
    seq = models.BigIntegerField()
    part = models.SmallIntegerField()
    nonce = models.CharField(max_length=48, null=True)  # noqa: DJ001 - NULL keeps a device's own sequence out of the index
    recorded_at = models.BigIntegerField()
    digest = models.BinaryField(null=True)
    leaf = models.BinaryField()
    body = models.BinaryField()

    class Meta:
        constraints: ClassVar = [
            # Idempotency: a second tap finds the first. Ordered keys, so the index grows at its right edge.
            models.UniqueConstraint(fields=["log", "device", "seq", "part"], name="entry_device_seq"),
            models.UniqueConstraint(
                fields=["log", "device", "nonce"],
                condition=models.Q(nonce__isnull=False, part=0),
                name="entry_device_nonce",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["log", "place", "index"], name="entry_place")]

    def __str__(self) -> str:
        return f"{self.log_id}#{self.index}"


class DeviceHead(models.Model):
    """The last sequence number of a device in a log: the next command must be one more."""

    pk = models.CompositePrimaryKey("log_id", "device")
    log = models.ForeignKey(Log, on_delete=models.PROTECT, db_index=False)
    device = models.CharField(max_length=40)
    last_seq = models.BigIntegerField()

    def __str__(self) -> str:
        return f"{self.log_id}/{self.device}@{self.last_seq}"


class Snapshot(models.Model):
    """The folded state of one area at one place, up to and including entry `position` - 1 of its log."""

    pk = models.CompositePrimaryKey("place", "area")
    log = models.ForeignKey(Log, on_delete=models.PROTECT)
    place = models.CharField(max_length=24)
    area = models.CharField(max_length=24)
    position = models.BigIntegerField()
    body = models.BinaryField()

    def __str__(self) -> str:
        return f"{self.place}/{self.area}@{self.position}"


class Tile(models.Model):
    """A full C2SP tile: 256 hashes of one level. Partial tiles are computed, never stored."""

    pk = models.CompositePrimaryKey("log_id", "level", "n")
    log = models.ForeignKey(Log, on_delete=models.PROTECT, db_index=False)
    level = models.SmallIntegerField()
    n = models.BigIntegerField()
    hashes = models.BinaryField()

    def __str__(self) -> str:
        return f"{self.log_id}/tile/{self.level}/{self.n}"


class SignedCheckpoint(models.Model):
    """A signed head of a log, as a C2SP signed note."""

    pk = models.CompositePrimaryKey("log_id", "size")
    log = models.ForeignKey(Log, on_delete=models.PROTECT, db_index=False, related_name="checkpoints")
    size = models.BigIntegerField()
    signed_at = models.BigIntegerField()
    note = models.TextField()

    def __str__(self) -> str:
        return f"{self.log_id}@{self.size}"


class VaultRow(models.Model):
    """Salt and value behind a `Sealed` commitment. Erasure empties both and keeps the row, with its reason.

    `match` is a keyed hash of an identity, to know the same person again without reading every value.
    """

    ref = models.CharField(max_length=32, primary_key=True)
    purpose = models.CharField(max_length=24)
    place = models.CharField(max_length=24, db_index=True)
    salt = models.BinaryField()
    value = models.TextField()
    match = models.CharField(max_length=64, null=True, db_index=True)  # noqa: DJ001 - only identities have one
    kept_at = models.BigIntegerField()
    erased_at = models.BigIntegerField(null=True)
    erased_why = models.CharField(max_length=200, default="", blank=True)

    def __str__(self) -> str:
        return self.ref


class Blob(models.Model):
    """Evidence by its SHA-256: the bytes lie in the evidence folder under that name. `place` brought it first."""

    sha256 = models.CharField(max_length=64, primary_key=True)
    media_type = models.CharField(max_length=48)
    byte_count = models.BigIntegerField()
    place = models.CharField(max_length=24)
    received_at = models.BigIntegerField()

    def __str__(self) -> str:
        return self.sha256


class BlobElsewhere(models.Model):
    """A further place that brought the same bytes: one letter is evidence where goods leave and where they arrive."""

    pk = models.CompositePrimaryKey("blob_id", "place")
    blob = models.ForeignKey(Blob, on_delete=models.PROTECT, db_index=False, related_name="elsewhere")
    place = models.CharField(max_length=24)

    def __str__(self) -> str:
        return f"{self.blob_id}@{self.place}"
