"""Who can be named at a place by code: the officers of the watch on duty, and the institutions that stand there."""

from collections.abc import Iterable

from awas.access.services import actor_names
from awas.roster.services import on_duty_at
from awas.ui.asks import Asked
from awas.warehouse import services
from awas.warehouse.words import WITNESSES

INSTITUTIONS = ("kpu", "police", "army", "satpol_pp")


def officers_here(asked: Asked) -> Iterable[tuple[str, str]]:
    """Officers on duty by name, then institutions whose people may have helped."""
    names = actor_names(on_duty_at(asked.place))
    yield from sorted(names.items(), key=lambda named: named[1])
    for code in INSTITUTIONS:
        yield code, str(WITNESSES[code])


def checkpoints_here(asked: Asked) -> Iterable[tuple[str, str]]:
    """The planned checkpoints of the site's round."""
    for checkpoint in services.site_rules(asked.place).checkpoints:
        yield checkpoint, checkpoint
