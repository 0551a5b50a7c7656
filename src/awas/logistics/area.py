"""Logistics as the ledger knows it."""

from awas.ledger.area import Area
from awas.logistics.commands import COMMANDS
from awas.logistics.decide import decide, needs
from awas.logistics.events import EVENTS
from awas.logistics.fold import fold_items
from awas.logistics.follow import FOLLOWS
from awas.logistics.items import ITEMS
from awas.logistics.state import Logistics, fold

AREA = Area(
    name="logistics",
    events=EVENTS,
    commands=COMMANDS,
    state=Logistics,
    items=ITEMS,
    needs=needs,
    decide=decide,
    fold=fold,
    fold_items=fold_items,
    follows=FOLLOWS,
)
