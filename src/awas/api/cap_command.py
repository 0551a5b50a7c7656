"""`awas cap …`: what we publish in CAP 1.2, whether a document is sound, and taking one in."""

import hashlib
import json
from pathlib import Path
from typing import Any

import click
from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from awas.access.policy import NATION, tier_of
from awas.api.cap_source import Report, read_from
from awas.delivery.failure import DeliveryFailed
from awas.ledger.area import Refused
from awas.ui.refusals import in_words
from awas.warehouse import weather
from awas.warehouse.alerts import one_line
from awas.warnings.cap import publishing
from awas.warnings.cap.guarded import MOST_BYTES, tree_of
from awas.warnings.cap.message import Alert
from awas.warnings.cap.reading import alert_in
from awas.warnings.cap.shapes import unread_shapes
from awas.warnings.cap.signing import SignatureWrong, is_signed, require_signed_by


@click.group("cap")
def cap() -> None:
    """Alerts in the Common Alerting Protocol: published, checked, read."""


def _area(ctx: click.Context, parameter: click.Parameter, value: str) -> str:
    try:
        tier_of(value)
    except ValueError as unknown:
        raise click.BadParameter(str(unknown)) from None
    return value


@cap.command("feed")
@click.option("--area", default=NATION, callback=_area, help="A site or a region, such as 36.02-G1 or 36.")
@click.option("--public", is_flag=True, help="What AWAS_CAP_PUBLIC opens to everybody.")
def feed_command(area: str, public: bool) -> None:
    """Print the feed of an area (Atom)."""
    room = "portal" if public else "api"

    def link(place: str, name: str) -> str:
        return settings.AWAS_URL + reverse(f"{room}:cap-alert", args=[place, name])

    url = settings.AWAS_URL + reverse(f"{room}:cap-feed", args=[area])
    body = publishing.feed_of(area, settings.AWAS_NOW(), url=url, link=link, public=public)
    click.echo(body.decode())


@cap.command("check")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--certificate",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Whose signature it must bear (PEM); without it, ours if it bears one.",
)
@click.option("--json", "as_json", is_flag=True, help="For a program to read.")
@click.pass_context
def check_command(ctx: click.Context, file: Path, certificate: Path | None, as_json: bool) -> None:
    """Read a CAP document without taking it in; exit code 1 where something is wrong with it."""
    found: dict[str, Any] = {"file": file.name}
    try:
        root = tree_of(_bounded(file))
        alert = alert_in(root)
        found |= _about(alert)
        if certificate is not None or is_signed(root):
            found["signature"] = "wrong"
            trusted = certificate.read_text() if certificate is not None else publishing.seal().certificate_pem
            require_signed_by(root, trusted)
            found["signature"] = "good"
    except Refused as refused:
        found |= _refused(refused)
    except SignatureWrong as wrong:
        found["why"] = str(wrong)
    _say(found, as_json)
    if "refused" in found or found.get("signature") == "wrong":
        ctx.exit(1)


@cap.command("read")
@click.argument("source", metavar="FILE|URL")
@click.option("--area", default=NATION, callback=_area, help="Only the warehouses of a region, such as 36.")
@click.option("--json", "as_json", is_flag=True, help="For a program to read.")
@click.pass_context
def read_command(ctx: click.Context, source: str, area: str, as_json: bool) -> None:
    """Take in an alert, or a feed of alerts, and note it at the warehouses it holds over."""
    now = settings.AWAS_NOW()
    desk_at = weather.by_itself(now)
    try:
        if "://" in source:
            report = read_from(source, [area], desk_at, now, again=True)
        else:
            body = _bounded(Path(source))
            alert = alert_in(tree_of(body))
            report = Report((weather.take(alert, hashlib.sha256(body).hexdigest(), [area], desk_at, now),))
    except Refused as refused:
        _say(_refused(refused), as_json)
        ctx.exit(1)
    except DeliveryFailed as failed:
        _say({"refused": failed.reason}, as_json)
        ctx.exit(1)
    except OSError as error:
        raise click.UsageError(f"{source}: {error.strerror}") from None
    _told(report, as_json)
    if report.faults:
        ctx.exit(1)


def _bounded(file: Path) -> bytes:
    """A file's beginning, one byte more than may be read: a larger one is refused without being read."""
    with file.open("rb") as opened:
        return opened.read(MOST_BYTES + 1)


def _about(alert: Alert) -> dict[str, Any]:
    return {
        "identifier": one_line(alert.identifier),  # a stranger's text mustn't move the cursor of a terminal
        "sender": one_line(alert.sender),
        "sent": alert.sent,
        "status": alert.status,
        "kind": alert.kind,
        "events": [one_line(info.event) for info in alert.infos],
        "unread_shapes": len(unread_shapes(alert)),
    }


def _refused(refused: Refused) -> dict[str, Any]:
    with override("en"):
        return {"refused": refused.code, "reason": in_words(refused), **refused.params}


def _told(report: Report, as_json: bool) -> None:
    rows = [
        _about(one.alert)
        | {"noted": list(one.noted), "ended": list(one.ended), "known": one.known, "nothing_because": one.why}
        for one in report.taken
    ]
    faults = [{"url": one.url, "refused": one.code, "field": one.field} for one in report.faults]
    if as_json:
        click.echo(json.dumps({"alerts": rows, "faults": faults, "listed": report.listed}, ensure_ascii=False))
        return
    for row in rows:
        click.echo(f"{row['identifier']}  {row['kind']}  {', '.join(row['events'])}")
        for name in ("noted", "ended"):
            if row[name]:
                click.echo(f"  {name}: {', '.join(row[name])}")
        if row["known"]:
            click.echo(f"  known already: {row['known']}")
        if row["nothing_because"]:
            click.echo(f"  nothing done: {row['nothing_because']}")
        elif not (row["noted"] or row["ended"] or row["known"]):
            click.echo("  holds over no warehouse")
    for fault in faults:
        click.echo(f"not read: {fault['url']}: {fault['refused']} {fault['field']}".rstrip())


def _say(found: dict[str, Any], as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False))
        return
    for name, value in found.items():
        click.echo(f"{name}: {', '.join(value) if isinstance(value, list) else value}")
