"""Who hears a warning after how long: the ladder of each level, as it comes and as offices have set it."""

from collections.abc import Iterable, Sequence

from django import forms
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from awas.access.policy import Permission
from awas.ledger.desk import Desk
from awas.ledger.models import Snapshot
from awas.ui.acts import Act, ActForm, Values
from awas.ui.asks import Ask, Asked, Text, WholeNumberField, sealed, thing
from awas.warnings import reasons
from awas.warnings.area import NAME
from awas.warnings.asked import SetPolicy
from awas.warnings.narration import reason_of, said
from awas.warnings.pages import HOME_ZONE, Context, my_areas, origins_in
from awas.warnings.policy import DEFAULTS, LONGEST_WAIT, MOST_REPEATS, SHORTEST_REPEAT, TIERS, Policy, Rung
from awas.warnings.rule_pages import decoded_settings, names_of_places


def ladders_page(request: HttpRequest, shown: Sequence[ActForm]) -> Context:
    """Context of warnings/ladders.html; `shown` are the forms of the levels, in their order, or none."""
    own = _set_by_offices(request)
    return {
        "levels": [
            {
                "level": level,
                "default": ladder_rows(policy),
                "own": [row for row in own if row["level"] == level],
                "form": shown[number] if shown else None,
                "url": reverse("warnings:ladder", args=[level]),
            }
            for number, (level, policy) in enumerate(DEFAULTS.items())
        ],
        "now": settings.AWAS_NOW(),
        "tz": HOME_ZONE,
        "back_url": reverse("warnings:list"),
    }


def ladder_rows(policy: Policy) -> Context:
    """A policy in words."""
    return {
        "rungs": [{"tier": reason_of(reasons.TIERS, rung.tier), "after": rung.after} for rung in policy.rungs],
        "repeat_after": policy.repeat_after if policy.repeat_most else 0,
        "repeat_most": policy.repeat_most,
    }


def _set_by_offices(request: HttpRequest) -> list[Context]:
    origins = origins_in(my_areas(request, Permission.VIEW_RULES))
    found = [
        {"place": place, "level": level, **ladder_rows(policy)}
        for place, body in Snapshot.objects.filter(area=NAME, log__origin__in=origins).values_list("place", "body")
        for level, policy in decoded_settings(bytes(body)).policies.items()
    ]
    names = names_of_places({str(row["place"]) for row in found})
    return [row | {"place_name": names[str(row["place"])]} for row in sorted(found, key=lambda row: str(row["place"]))]


def ladder_act(level: str, places: Iterable[tuple[str, str]]) -> Act:
    """The form that sets the ladder of a level at one of some places; all empty brings back how it comes."""
    return Act(
        slug=level,
        title=_("Change"),
        icon="settings",
        hint=_("Minutes without an answer until each hears; 0 is at once, empty is never. All empty: as it comes."),
        asks=(
            thing("place", _("Where"), lambda asked: places),
            *(_minutes(tier) for tier in TIERS),
            _number("repeat_after", _("Said again every so many minutes"), SHORTEST_REPEAT, LONGEST_WAIT),
            _number("repeat_most", _("Said again so many times at most"), 0, MOST_REPEATS),
            sealed("note", _("Why"), "policy note", required=True, long=True),
        ),
        build=lambda values, desk, subject: _build(level, values, desk),
        send=_("Change"),
        permission="set_threshold",
    )


def _minutes(tier: str) -> Ask:
    def make(asked: Asked) -> forms.Field:
        label = said(reasons.TIERS[tier]).capitalize()
        return WholeNumberField(label=label, required=False, min_value=0, max_value=LONGEST_WAIT)

    return Ask(name=f"after_{tier}", make=make)


def _number(name: str, label: Text, least: int, most: int) -> Ask:
    def make(asked: Asked) -> forms.Field:
        return WholeNumberField(label=label, required=False, min_value=least, max_value=most)

    return Ask(name=name, make=make)


def _build(level: str, values: Values, desk: Desk) -> SetPolicy:
    waits = [(tier, values[f"after_{tier}"]) for tier in TIERS]
    rungs = tuple(Rung(tier=tier, after=wait) for tier, wait in waits if wait is not None)
    repeat_most = values["repeat_most"] or 0
    policy = Policy(rungs=rungs, repeat_after=values["repeat_after"] or 0, repeat_most=repeat_most)
    return SetPolicy(level=level, policy=policy if rungs or repeat_most else None, note=values["note"])
