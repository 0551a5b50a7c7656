"""What a district office keeps to plan with: who can do what, what sites want, drafts, calendar feeds.

Plain rows, no part of the record: nothing here is a fact that somebody may later dispute (docs/decisions/0012). What
is planned in truth stands in the ledger. People appear by their actor code.
"""

from typing import ClassVar

from django.db import models

from awas.ledger.kept import Nested, code, instant


class Watchkeeper(models.Model):
    """Somebody's abilities and limits. Nobody needs a row: without one the defaults hold.

    `sites`: [[site, kilometres], …] besides the site of their duty; `skills` such as "female"; `wishes`: by month
    ("2024-02") the days of it on which they would rather not serve.
    """

    person = models.CharField(max_length=48, unique=True)
    district = models.CharField(max_length=8, db_index=True)
    home_km = models.PositiveIntegerField(default=0)
    sites = Nested(default=list)
    skills = Nested(default=list)
    no_kinds = Nested(default=list)
    wishes = Nested(default=dict)
    share = models.PositiveSmallIntegerField(default=100)
    most_in_week = models.PositiveSmallIntegerField(default=6)
    most_hours_in_week = models.PositiveSmallIntegerField(default=48)
    most_nights = models.PositiveSmallIntegerField(default=3)
    changed_at = instant()
    changed_by = code(16)

    def __str__(self) -> str:
        return self.person


class SiteWant(models.Model):
    """How many a site wants in each shift of a kind, and how many women of them."""

    place = models.CharField(max_length=24)
    kind = models.CharField(max_length=8)
    wanted = models.PositiveSmallIntegerField(default=1)
    women = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["place", "kind"], name="want_of_site")]

    def __str__(self) -> str:
        return f"{self.place} {self.kind}"


class RosterDraft(models.Model):
    """A plan of a month that nobody has to follow yet: one a district and month, the newest.

    `first_day`: days of the month before it, counted from 0, had begun when it was made. `question` and `answer` are
    the planner's problem and plan as JSON, `remedies` what would close its gaps.
    """

    district = models.CharField(max_length=8)
    month = models.CharField(max_length=7)
    pattern = models.CharField(max_length=4, default="3x8")
    first_day = models.PositiveSmallIntegerField(default=0)
    question = models.TextField()
    answer = models.TextField()
    remedies = models.TextField(default="[]")
    made_at = instant()
    made_by = code(16)
    published_at = instant()
    published_by = code(16)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["district", "month"], name="draft_of_month")]

    def __str__(self) -> str:
        return f"{self.district} {self.month}"


class CalendarFeed(models.Model):
    """An address under which somebody's calendar program finds their own shifts. Of its token only the SHA-256 is kept.

    Revoking is final; a new address is a new row.
    """

    person = models.CharField(max_length=48, db_index=True)
    token_digest = models.CharField(max_length=64, unique=True)
    made_at = instant()
    revoked_at = models.BigIntegerField(null=True, blank=True)

    def __str__(self) -> str:
        return self.person
