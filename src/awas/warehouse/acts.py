"""The table of everything that can be put on record at a site."""

from collections.abc import Mapping

from django.http import Http404

from awas.roster import forms as roster
from awas.ui.acts import Act
from awas.warehouse.forms import access, duty, gate, goods, rounds

ACTS: Mapping[str, Act] = {
    act.slug: act
    for act in (
        *gate.ACTS,
        *goods.ACTS,
        *rounds.SEALS,
        *rounds.ROUNDS,
        *rounds.TROUBLES,
        *duty.ACTS,
        *roster.ACTS,
        *access.ACTS,
    )
}


def act_of(slug: str) -> Act:
    """An act by its slug. Raises Http404."""
    found = ACTS.get(slug)
    if found is None:
        raise Http404
    return found
