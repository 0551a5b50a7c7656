"""The gate log of a warehouse as the ledger knows it."""

from awas.ledger.area import Area
from awas.warehouse.commands import COMMANDS
from awas.warehouse.decide import decide, needs
from awas.warehouse.events import EVENTS
from awas.warehouse.items import ITEMS
from awas.warehouse.state import Site, fold, fold_items

AREA = Area(
    name="warehouse",
    events=EVENTS,
    commands=COMMANDS,
    state=Site,
    items=ITEMS,
    needs=needs,
    decide=decide,
    fold=fold,
    fold_items=fold_items,
)
