"""`awas ledger …`: the record from outside."""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
import msgspec
from django.conf import settings

from awas.ledger import blobs, checkpoints, vault
from awas.ledger import services as record
from awas.ledger.export import export_log
from awas.ledger.merkle import ProofInvalid
from awas.ledger.models import Blob
from awas.ledger.note import NoteInvalid, Verifier
from awas.ledger.proof import verify_proof
from awas.ledger.verify import Report, verify_log


@click.group()
def ledger() -> None:
    """The record: verify it, sign it, prove an entry of it."""


def _shown_on(bar: Any) -> Callable[[int, int], None]:
    return lambda done, _size: bar.update(done - bar.pos)


def _chosen(origin: str | None) -> list[str]:
    known = checkpoints.DatabaseReader().origins()
    if origin is None:
        return known
    if origin not in known:
        raise click.UsageError(f"there is no log {origin}; there are: {', '.join(known) or 'none'}")
    return [origin]


@ledger.command()
@click.option("--log", "origin", help="One log, for example awas/36.02; all of them otherwise.")
@click.option("--json", "as_json", is_flag=True, help="For a program to read.")
@click.option("--evidence/--no-evidence", default=True, show_default=True, help="Hash every kept photo again, too.")
@click.option("--halt", is_flag=True, help="Make a log that is not sound read-only.")
@click.pass_context
def verify(ctx: click.Context, origin: str | None, as_json: bool, evidence: bool, halt: bool) -> None:
    """Check every byte of the record again. Exit code 1 names the first wrong entry."""
    reader = checkpoints.DatabaseReader()
    reports = []
    for one in _chosen(origin):
        size, _root = reader.head(one)
        with click.progressbar(length=size, label=one, file=sys.stderr, hidden=as_json) as bar:
            report = verify_log(
                reader,
                one,
                [checkpoints.verifier_of(one)],
                _shown_on(bar),
            )
        reports.append(report)
        if halt and not report.sound:
            record.halt(one, f"verify: {report.problems[0].code}")
    damaged = _damaged_evidence() if evidence else {}
    if as_json:
        click.echo(json.dumps({"logs": [_plain(report) for report in reports], "evidence": damaged}))
    else:
        _print(reports, damaged)
    if damaged or not all(report.sound for report in reports):
        ctx.exit(1)


def _damaged_evidence() -> dict[str, str]:
    damaged = {}
    for sha256 in Blob.objects.order_by("sha256").values_list("sha256", flat=True).iterator():
        try:
            blobs.read(sha256)
        except blobs.EvidenceDamaged as fault:
            damaged[sha256] = str(fault)
    return damaged


def _plain(report: Report) -> dict[str, object]:
    plain: dict[str, object] = msgspec.to_builtins(report)
    return plain | {"root": report.root.hex(), "sound": report.sound, "first_wrong": report.first_wrong}


def _print(reports: list[Report], damaged: dict[str, str]) -> None:
    for report in reports:
        mark = click.style("sound", fg="green") if report.sound else click.style("WRONG", fg="red")
        click.echo(
            f"{report.origin}: {mark}, {report.entry_count} entries, {report.checkpoint_count} checkpoints,"
            f" root {report.root.hex()[:16]}…"
        )
        if report.first_wrong is not None:
            click.echo(f"  the first wrong entry is {report.first_wrong}")
        for problem in report.problems[:20]:
            where = "" if problem.index is None else f" entry {problem.index}:"
            click.echo(f" {where} {problem.code}: {problem.detail}")
    for sha256, why in damaged.items():
        click.echo(f"evidence {sha256}: {why}")


@ledger.command()
@click.option("--log", "origin", help="One log; all of them otherwise.")
def checkpoint(origin: str | None) -> None:
    """Sign the present heads and print them with the keys that check them."""
    for one in _chosen(origin):
        note = checkpoints.sign(one, settings.AWAS_NOW())
        click.echo(f"key: {checkpoints.verifier_of(one).to_text()}")
        click.echo(note or "(empty log)")


@ledger.command()
@click.argument("origin")
@click.argument("index", type=int)
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Write the proof here.")
@click.pass_context
def prove(ctx: click.Context, origin: str, index: int, out: Path | None) -> None:
    """The stand-alone receipt of one entry (a C2SP .tlog-proof)."""
    proof = checkpoints.proof_of(origin, index, settings.AWAS_NOW())
    if proof is None:
        click.echo(f"{origin} has no entry {index}", err=True)
        ctx.exit(1)
    if out is None:
        click.echo(proof.to_text(), nl=False)
    else:
        out.write_text(proof.to_text(), encoding="utf-8")


@ledger.command("check-proof")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--key", required=True, help="The log's verifier key, as `awas ledger checkpoint` prints it.")
@click.pass_context
def check_proof(ctx: click.Context, file: Path, key: str) -> None:
    """Check a receipt without the database."""
    try:
        proven = verify_proof(file.read_text(encoding="utf-8"), [Verifier.from_text(key)])
    except (ProofInvalid, NoteInvalid, UnicodeDecodeError) as wrong:
        click.echo(f"not proven: {wrong}", err=True)
        ctx.exit(1)
    head = proven.opened.checkpoint
    click.echo(f"proven: entry {proven.index} of {head.origin}, which had {head.size} entries then")
    click.echo(proven.entry.decode())


@ledger.command()
@click.argument("origin")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
def export(origin: str, folder: Path) -> None:
    """Write a log for a stranger: entries, checkpoint and keys, for docs/verify_log.py."""
    _chosen(origin)
    note = checkpoints.sign(origin, settings.AWAS_NOW())
    if note is None:
        raise click.ClickException(f"{origin} has no entries yet")
    verifier = checkpoints.verifier_of(origin)
    try:
        count = export_log(checkpoints.DatabaseReader(), origin, note, [verifier], folder)
    except FileExistsError as there:
        raise click.ClickException(f"{there.filename} is there already; name a new folder") from there
    click.echo(f"{count} entries. To check them with nothing of this program:")
    click.echo(f'python docs/verify_log.py {folder}/entries.ndjson {folder}/checkpoint "{verifier.to_text()}"')


@ledger.command()
@click.argument("ref")
@click.option("--why", required=True, help="Who asked, and the letter's number; kept in place of the value.")
@click.confirmation_option(prompt="A personal value is emptied for good. Go on?")
@click.pass_context
def erase(ctx: click.Context, ref: str, why: str) -> None:
    """Empty one row of the vault for good (UU 27/2022); REF stands in the entry beside its fingerprint.

    Entries, proofs and checkpoints stay as they are.
    """
    if vault.erase(ref, why[:200], settings.AWAS_NOW()):
        click.echo(f"{ref} is erased")
        return
    click.echo(f"{ref}: there is no such value, or it was erased before", err=True)
    ctx.exit(1)
