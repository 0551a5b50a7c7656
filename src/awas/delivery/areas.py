"""What every use case of telling asks of areas and levels."""

from awas.access.policy import tier_of
from awas.delivery.audience import RANK
from awas.ledger.area import Refused


def require_area(area: str) -> None:
    """Raises `Refused` (not_an_area) for what is no code of a region or a site."""
    try:
        tier_of(area)
    except ValueError as unknown:
        raise Refused("access.not_an_area", area=area[:24]) from unknown


def require_level(level: str) -> None:
    """Raises `Refused` (level) for what is none."""
    if level not in RANK:
        raise Refused("delivery.level", level=level[:10])
