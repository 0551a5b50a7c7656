"""The warning rules of the watch itself, by subject in the modules beside. Pure; see `awas.warnings.rule`.

A rule reads events and the folded state of its site. It never refuses anything and never decides what becomes of a
warning.
"""

from awas.roster.rules import ahead, handover, manning, planning
from awas.warnings.rule import Rule

RULES: tuple[Rule, ...] = (*manning.RULES, *handover.RULES, *planning.RULES, *ahead.RULES)
