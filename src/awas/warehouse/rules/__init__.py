"""The warning rules of a warehouse, by subject in the modules beside. Pure; see `awas.warnings.rule`.

A rule reads events and the folded state of its site. It never refuses anything and never decides what becomes of a
warning.
"""

from awas.warehouse.rules import building, captures, deliveries, goods, people, receipts, rounds, seals, stays, weather
from awas.warnings.rule import Rule

RULES: tuple[Rule, ...] = (
    *deliveries.RULES,
    *people.RULES,
    *stays.RULES,
    *goods.RULES,
    *receipts.RULES,
    *seals.RULES,
    *rounds.RULES,
    *building.RULES,
    *captures.RULES,
    *weather.RULES,
)
