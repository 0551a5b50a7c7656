"""`awas rules …` and `awas warnings …`: the rules in force, and what stands. They change nothing."""

import json
from typing import Any, TextIO

import click
from django.conf import settings

from awas.access.policy import NATION, Tier, tier_of
from awas.ledger.area import Refused
from awas.places.codes import zone_of
from awas.ui.formats import moment
from awas.ui.refusals import in_words
from awas.warnings import previewing, services
from awas.warnings.catalogue import plain
from awas.warnings.models import Warning
from awas.warnings.own.lint import lint
from awas.warnings.own.reading import LONGEST
from awas.warnings.own.written import Written
from awas.warnings.rule import Rule


@click.group("rules")
def rules() -> None:
    """The rules of the watch: what each asks, what it stands on, what to do."""


@rules.command("list")
@click.option("--json", "as_json", is_flag=True, help="For a program to read.")
def list_rules(as_json: bool) -> None:
    """Every rule in force."""
    if as_json:
        click.echo(json.dumps(services.catalogue().plain(), ensure_ascii=False))
        return
    for rule in services.catalogue():
        click.echo(f"{rule.id}  {rule.level.value:<8} {rule.title.id}  ({rule.title.en})")


@rules.command("show")
@click.argument("rule_id", metavar="RULE")
@click.option("--json", "as_json", is_flag=True, help="For a program to read.")
def show_rule(rule_id: str, as_json: bool) -> None:
    """Everything about one RULE, such as WAR-01."""
    rule = services.catalogue().get(rule_id.upper())
    if rule is None:
        raise click.UsageError(f"no rule {rule_id}")
    click.echo(json.dumps(plain(rule), ensure_ascii=False) if as_json else "\n".join(_lines(rule)))


@rules.command("lint")
@click.argument("file", type=click.File(encoding="utf-8"))
def lint_rule(file: TextIO) -> None:
    """Check the rule of an office in FILE (YAML), line by line."""
    written = lint(_text_in(file), services.bench().engines.vocabulary)
    if isinstance(written, Written):
        click.echo(f"{written.id}: benar / sound")
        return
    for one in written:
        click.echo(f"{one.told.id}\n    {one.told.en}")
    raise click.exceptions.Exit(1)


@rules.command("try")
@click.argument("file", type=click.File(encoding="utf-8"))
@click.option("--place", required=True, help="A site, or a district for its whole log, such as 36.02-G1 or 36.02.")
def try_rule(file: TextIO, place: str) -> None:
    """What the rule in FILE would have found over the last 30 days; writes nothing."""
    if _tier_or_usage(place) not in (Tier.SITE, Tier.DISTRICT):
        raise click.UsageError(f"{place} is neither a site nor a district")
    try:
        areas, now = services.bench().areas, settings.AWAS_NOW()
        found = previewing.tried_on_the_past(_text_in(file), areas, place, now)
    except Refused as refused:
        raise click.ClickException(str(in_words(refused, {}))) from None
    for where, key, at in found.spoken:
        click.echo(f"{moment(at, zone_of(where), 'id')}  {where:<12} {key}")
    click.echo(f"{len(found.spoken)} peringatan / warnings; {found.again} x ditemukan lagi / found again")


def _tier_or_usage(place: str) -> Tier:
    try:
        return tier_of(place)
    except ValueError as unknown:
        raise click.UsageError(str(unknown)) from None


def _text_in(file: TextIO) -> str:
    """No more than a rule can be, and one character that makes it too long."""
    return file.read(LONGEST + 1)


def _lines(rule: Rule) -> list[str]:
    lines = [
        f"{rule.id} v{rule.version}  {rule.level.value}",
        f"{rule.title.id} / {rule.title.en}",
        f"{rule.question.id} / {rule.question.en}",
        "",
        f"Dasar: {rule.basis.id}",
        f"Basis: {rule.basis.en}",
    ]
    for one in rule.thresholds:
        mark = ", uncertain" if one.uncertain else ""
        lines.append(f"{one.name}: {one.default} {one.unit} ({one.least}–{one.most}{mark}; {one.source})")
    lines.append("")
    for number, step in enumerate(rule.runbook, 1):
        lines += [f"{number}. {step.id}", f"   {step.en}"]
    incident = rule.incident
    return [*lines, "", f"{incident.what.id} ({incident.where}, {incident.on}; {incident.source})"]


@click.group("warnings")
def warnings_group() -> None:
    """What the rules have found."""


@warnings_group.command("list")
@click.option("--open", "open_only", is_flag=True, help="Only what isn't resolved.")
@click.option("--place", default=NATION, help="A site or a region, such as 36.02-G1 or 36.")
@click.option("--limit", default=100, show_default=True, type=click.IntRange(1, 10_000))
@click.option("--json", "as_json", is_flag=True, help="For a program to read.")
def list_warnings(open_only: bool, place: str, limit: int, as_json: bool) -> None:
    """Warnings, the newest first; with --open the worst first."""
    _tier_or_usage(place)
    if open_only:
        found = services.open_warnings([place], limit=limit)
    else:
        found = Warning.objects.filter(services.within([place])).order_by("-since", "id")[:limit]
    if as_json:
        click.echo(json.dumps([_plain(one) for one in found], ensure_ascii=False))
        return
    for one in found:
        at = moment(one.since, zone_of(one.place), "id")
        rule = services.catalogue().get(one.rule)
        click.echo(
            f"{one.id}  {one.level:<8} {one.state:<12} {one.place:<12} {at}  {rule.title.id if rule else one.rule}"
        )


def _plain(one: Warning) -> dict[str, Any]:
    return {
        "id": one.id,
        "rule": one.rule,
        "level": one.level,
        "state": one.state,
        "place": one.place,
        "key": one.key,
        "since": one.since,
        "fired_at": one.fired_at,
        "resolved_at": one.resolved_at,
        "holds": one.holds,
        "facts": dict(one.fact_pairs),
        "log": one.log,
        "evidence": one.evidence_indexes,
    }
