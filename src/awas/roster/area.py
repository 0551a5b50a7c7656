"""The roster as the ledger knows it."""

from awas.ledger.area import Area
from awas.roster.commands import COMMANDS
from awas.roster.decide import decide, needs
from awas.roster.events import EVENTS
from awas.roster.items import ITEMS
from awas.roster.kept import fold_items
from awas.roster.state import Watch, fold

AREA = Area(
    name="roster",
    events=EVENTS,
    commands=COMMANDS,
    state=Watch,
    items=ITEMS,
    needs=needs,
    decide=decide,
    fold=fold,
    fold_items=fold_items,
)
