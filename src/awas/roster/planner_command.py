"""`awas roster plan`: a month's plan for a district, told or kept as the draft of its office.

Exit codes: 0 every shift is filled, 1 something can't be met, 2 the command was not understood.
"""

import click
import msgspec
from django.conf import settings
from django.utils.translation import gettext as _

from awas.access.services import actor_names
from awas.places.codes import is_region, level_of
from awas.places.commands import JSON, spoken
from awas.roster import drafting, monthly
from awas.roster.planning.explain import shortfalls
from awas.roster.planning.month import PATTERNS
from awas.roster.reasons import days_of, remedy_sentence, shortfall_sentence
from awas.roster.words import KINDS

DISTRICT = 2


@click.group("roster")
def roster() -> None:
    """The roster of the watch."""


@roster.command("plan")
@click.option("--district", required=True, help="Such as 36.02.")
@click.option("--month", "name", required=True, help="Such as 2024-02; of one under way, from tomorrow on.")
@click.option("--pattern", type=click.Choice(list(PATTERNS)), default="3x8", show_default=True)
@click.option("--seconds", default=60.0, show_default=True, type=click.FloatRange(1, 3600), help="To search at most.")
@JSON
@spoken
@click.pass_context
def plan(ctx: click.Context, district: str, name: str, pattern: str, seconds: float, as_json: bool) -> None:
    """Plan a month and keep it as the district office's draft, in the place of the one before.

    Nothing is put on record: the office publishes the draft from its page.
    """
    if not is_region(district) or level_of(district) != DISTRICT:
        raise click.UsageError(f"{district} is no district; 36.02 is one")
    now = settings.AWAS_NOW()
    try:
        month = monthly.month_named(district, name, now, pattern=pattern)
    except ValueError as unknown:
        raise click.UsageError(f"{name} is no month; 2024-02 is one") from unknown
    try:
        draft = drafting.make_draft(district, month, now, "", seconds=seconds)
    except drafting.NothingToPlanError as nothing:
        told = _("This month is over.") if str(nothing) == "month_over" else _("Nobody stands watch in this district.")
        raise click.ClickException(told) from nothing
    if as_json:
        click.echo(msgspec.json.encode(_as_json(draft)))
    else:
        click.echo("\n".join(_lines(district, draft)))
    if draft.plan.lacking:
        ctx.exit(1)


def _as_json(draft: drafting.Draft) -> dict[str, object]:
    plan = draft.plan
    return {
        "month": draft.month.name,
        "proven": plan.proven,
        "cost": plan.cost,
        "bound": plan.bound,
        "seconds": round(plan.seconds, 2),
        "shifts": [
            {"site": one.site, "on": draft.month.date_of(one.day), "kind": one.kind, "person": one.person}
            for one in plan.placed
        ],
        "lacking": [
            {**msgspec.to_builtins(one), "on": draft.month.date_of(one.day), "day": one.day} for one in plan.lacking
        ],
        "reasons": [msgspec.to_builtins(one) for one in shortfalls(draft.problem, plan)],
        "remedies": [msgspec.to_builtins(one) for one in draft.remedies],
    }


def _lines(district: str, draft: drafting.Draft) -> list[str]:
    names, people = monthly.site_names(district), actor_names({one.person for one in draft.plan.placed})
    crews: dict[tuple[str, int, str], list[str]] = {}
    for one in draft.plan.placed:
        crews.setdefault((one.site, one.day, one.kind), []).append(people[one.person])
    lines = []
    for site in dict.fromkeys(one.site for one in draft.problem.demands):
        lines.append(f"{names.get(site, site)} ({site})")
        for day in range(draft.month.days):
            cells = [
                f"{KINDS[kind.id]}: {', '.join(crews.get((site, day, kind.id), ['–']))}" for kind in draft.month.kinds
            ]
            lines.append(f"  {draft.month.date_of(day)}  {'  '.join(cells)}")
    said = _("proven best") if draft.plan.proven else _("the best that was found")
    lines.append(f"{said}, {draft.plan.seconds:.1f} s")
    gaps = shortfalls(draft.problem, draft.plan)
    lines += [f"! {shortfall_sentence(gap, names)} ({days_of(gap, draft.month)})" for gap in gaps]
    return lines + [f"  {remedy_sentence(one, names)}" for one in draft.remedies]
