"""Everything that can be put on record of logistics, as forms: the table of acts, and where their things lie."""

from collections.abc import Mapping
from typing import Any

from awas.logistics import models
from awas.logistics.forms import boxes, counting, desk, handing
from awas.ui.acts import Act

ACTS: tuple[Act, ...] = (*counting.ACTS, *handing.ACTS, *boxes.ACTS, *desk.ACTS)
BY_SLUG: Mapping[str, Act] = {act.slug: act for act in ACTS}
ABOUT: Mapping[str, Any] = {
    "transfer": models.Transfer,
    "approval": models.Approval,
    "tally": models.TallyRow,
    "unit": models.Unit,
    "contract": models.Contract,
    "count": models.StockCount,
    "store": models.UnofficialStore,
}
"""Where the things lie that an act can be about."""
