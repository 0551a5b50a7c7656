"""The warning rules of logistics, by subject in the modules beside. Pure; see `awas.warnings.rule`.

A rule reads events and the folded state of its place. It never refuses anything and never decides what becomes of a
warning.
"""

from awas.logistics.rules import custody, differences, kits, schedule, stock
from awas.warnings.rule import Rule

RULES: tuple[Rule, ...] = (*differences.RULES, *stock.RULES, *schedule.RULES, *kits.RULES, *custody.RULES)
