"""Every entry of a site in words: the tables of all rooms that write there, and the names a page needs."""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

from awas.access.narration import Names, NamesOf, Tellers, Told, rows, tell
from awas.ledger.services import Line
from awas.roster import narration as roster
from awas.warehouse import models
from awas.warehouse.telling import desk, gate, goods, rounds, weather
from awas.warnings import narration as warnings

__all__ = ["TELLERS", "Names", "NamesFor", "Told", "entry_rows", "told"]

TELLERS: dict[type, Any] = {
    **gate.TELLERS,
    **goods.TELLERS,
    **rounds.TELLERS,
    **desk.TELLERS,
    **weather.TELLERS,
    **roster.TELLERS,
    **warnings.TELLERS,
}


def use(tellers: Tellers) -> None:
    """Start-up only: the sentences of the rooms above that write in a site's log."""
    TELLERS.update(tellers)


class NamesFor(NamesOf):
    """The names that a page of a site's entries needs; `may_see_names` False opens nothing of the vault."""

    def __init__(self, lines: Sequence[Line], may_see_names: bool) -> None:
        super().__init__(lines, may_see_names, _names_of_visits if may_see_names else _letters)


def _letters(keys: Collection[str]) -> tuple[Mapping[str, str], Mapping[str, str]]:
    """What people call the consignments among some keys: the number of the delivery letter."""
    found = models.Consignment.objects.filter(key__in=keys).values_list("key", "delivery_letter")
    return {}, dict(found)


def _names_of_visits(keys: Collection[str]) -> tuple[Mapping[str, str], Mapping[str, str]]:
    """The names of visitors and of people looked out for, by key; and the letters."""
    refs = dict(models.Visit.objects.filter(key__in=keys).values_list("key", "name_ref"))
    refs |= dict(models.Watchlisted.objects.filter(key__in=keys).values_list("key", "name_ref"))
    return refs, _letters(keys)[1]


def told(line: Line, names: Names) -> Told:
    """One entry in words. Every event of the warehouse, the roster and the warnings has its sentence."""
    return tell(TELLERS, line, names)


def entry_rows(
    lines: Sequence[Line],
    *,
    viewer_may_see_names: bool,
    tz: str,
    url_of: Callable[[Line], str],
    corrections: Mapping[int, int],
) -> list[dict[str, Any]]:
    """Entries as the template ui/entry.html wants them, in the order given.

    `corrections` gives, by the index of an entry, the index of the one that corrects it; `tz` is the page's zone.
    """
    return [
        row | {"tz": tz} for row in rows(lines, TELLERS, NamesFor(lines, viewer_may_see_names), url_of, corrections)
    ]
