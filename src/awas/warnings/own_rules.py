"""Offices' own rules where the record keeps them: found by their ids, and by the areas they hold in."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from awas.ledger.area import Refused
from awas.ledger.naming import district_of
from awas.warnings import services
from awas.warnings.models import OwnRule
from awas.warnings.own.lint import ID
from awas.warnings.own.state import OwnText
from awas.warnings.rule import Rule


def rule_by_id(rule_id: str) -> Rule | None:
    """The rule of an office; where several places have a text of it, the one set last that is in force."""
    if not ID.match(rule_id):
        return None
    row = OwnRule.objects.filter(rule=rule_id).order_by("-in_force", "-set_at").first()
    return None if row is None else services.bench().engines.rule(text_of(row))


def text_of(row: OwnRule) -> OwnText:
    """The text as the judge knows it."""
    return OwnText(rule=row.rule, text=row.text, version=row.version)


def rules_in(areas: Iterable[str]) -> QuerySet[OwnRule]:
    """The own rules of some areas, those in force first. What holds in a whole district is everybody's there."""
    found = services.within(areas)
    for area in areas:
        if area.count(".") or "-" in area:
            found |= Q(place=district_of(area))
    return OwnRule.objects.filter(found).order_by("-in_force", "rule", "place")


def require_free(rule_id: str, place: str) -> None:
    """Raises `Refused` where another province has a rule of that id: pages and notices know a rule by its id alone."""
    taken = OwnRule.objects.filter(rule=rule_id).exclude(place__startswith=place[:2]).first()
    if taken is not None:
        raise Refused("own_rule_id_taken", rule=rule_id, place=taken.place)
