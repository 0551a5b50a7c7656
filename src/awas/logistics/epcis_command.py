"""`awas import epcis` and `awas export epcis`: documents of EPCIS 2.0 as files.

Exit codes: 0 every event applied or kept (export: written), 1 the document or one of its events was refused, 2 the
command was not understood.
"""

from pathlib import Path

import click
import msgspec
from django.conf import settings
from django.utils import translation

from awas.access.models import Person
from awas.access.policy import Denied, Permission, require_allowed
from awas.access.services import duties_of
from awas.ledger.area import Refused
from awas.ledger.fact import Receipt
from awas.ledger.naming import log_of
from awas.logistics.epcis import exporting
from awas.logistics.epcis import services as epcis
from awas.logistics.epcis.document import Bounds
from awas.places.codes import is_region, level_of
from awas.places.commands import FILE, JSON
from awas.places.services import is_site
from awas.ui.refusals import in_words

FROM_DESK = Bounds(bytes=100_000_000, events=100_000)
"""What a file may hold; a device's request holds less."""

DISTRICT = 2
"""The level of regions that have a log of their own."""


@click.command("epcis")
@FILE
@click.option("--place", required=True, help="The site at which the events happened, such as 36.02-G1.")
@click.option("--as", "username", required=True, help="Who brings the document: it stands in each entry.")
@JSON
def import_epcis(file: Path, place: str, username: str, as_json: bool) -> None:
    """Take in an EPCIS 2.0 document (JSON). The same document again changes nothing."""
    sender = _sender(username, place)
    with translation.override("en"):  # the command line speaks English
        try:
            arrived = epcis.receive(file.read_bytes(), place, sender, settings.AWAS_NOW(), FROM_DESK)
        except Refused as refused:
            raise click.ClickException(in_words(refused)) from refused
        told = [_told(number, one) for number, one in enumerate(arrived.events)]
    applied = sum(one["state"] == "applied" for one in told)
    again = sum(one["state"] == "already on record" for one in told)
    refused_count = sum(one["state"] == "refused" for one in told)
    if as_json:
        click.echo(msgspec.json.encode({"sha256": arrived.sha256, "events": told}))
    else:
        for one in told:
            if one["why"]:
                click.echo(f"event {one['event']} {one['eventID']}: {one['state']}: {one['why']}")
        kept = len(told) - applied - again - refused_count
        click.echo(
            f"{len(told)} events: {applied} applied, {again} already on record, {kept} kept and not applied,"
            f" {refused_count} refused; kept as {arrived.sha256}"
        )
    if refused_count:
        raise SystemExit(1)


def _sender(username: str, place: str) -> epcis.Sender:
    person = Person.objects.filter(username__iexact=username).first()
    if person is None:
        raise click.UsageError(f"there is no account {username}")
    if not is_site(place):
        raise click.UsageError(f"there is no site {place}")
    now = settings.AWAS_NOW()
    try:
        require_allowed(duties_of(person, now), Permission.RECORD_AT_SITE, place, now)
    except Denied as denied:
        raise click.UsageError(f"{username} has no duty that records at {place}") from denied
    return epcis.Sender(person=person.code, device="desk")


def _told(number: int, became: epcis.Became) -> dict[str, str | int]:
    failed = next((one for one in became.outcomes if not isinstance(one, Receipt)), None)
    why = became.why or (failed if isinstance(failed, Refused) else None)
    if became.kept_only:
        state = "kept, not applied"
    elif why is not None or failed is not None:
        state = "refused"
    else:
        again = all(isinstance(one, Receipt) and one.replayed for one in became.outcomes)
        state = "already on record" if again else "applied"
    reason = in_words(why) if why is not None else str(failed or "")
    return {"event": number, "eventID": became.event_id, "state": state, "why": reason}


@click.group("export")
def export_group() -> None:
    """Write what the record holds for other programs to read."""


@export_group.command("epcis")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--place", required=True, help="A site, or a district for all its places: 36.02-G1, 36.02.")
@click.option("--since", type=click.IntRange(min=0), default=0, show_default=True, help="The first entry's index.")
@JSON
def export_epcis(file: Path, place: str, since: int, as_json: bool) -> None:
    """Write a place's entries as an EPCIS 2.0 document (JSON)."""
    if not is_site(place) and not (is_region(place) and level_of(place) == DISTRICT):
        raise click.UsageError(f"{place} is neither a site nor a district")
    now, count = settings.AWAS_NOW(), 0
    head = exporting.empty_document(place, now)
    before, after = msgspec.json.encode(head).split(b'"eventList":[]')
    with file.open("wb") as out:
        out.write(before + b'"eventList":[')
        for page in exporting.pages(place, since):
            for event in page.events:
                out.write((b",\n" if count else b"\n") + msgspec.json.encode(event))
                count += 1
        out.write(b"\n]" + after + b"\n")
    told = {"file": file.name, "log": log_of(place), "place": place, "events": count}
    click.echo(msgspec.json.encode(told) if as_json else f"{count} events of {place} written to {file.name}")
