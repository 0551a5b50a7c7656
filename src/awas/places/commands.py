"""`awas import …`: official tables into the register, the whole file or nothing.

Exit codes: 0 imported (also when nothing changed), 1 the file is damaged and nothing was imported, 2 the command was
not understood or there is no such file.
"""

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import wraps
from itertools import groupby
from pathlib import Path
from typing import Any, TypeVar

import click
import msgspec
from django.conf import settings
from django.db import DatabaseError
from django.utils import translation
from msgspec import Struct

from awas.places.boundaries import BoundariesReport, import_boundaries
from awas.places.constituencies import ConstituenciesReport, import_constituencies
from awas.places.importing import (
    Change,
    Comparison,
    Progress,
    RegionsReport,
    StationsReport,
    import_regions,
    import_stations,
)
from awas.places.services import load_banten
from awas.places.serving import ServingReport, import_serving
from awas.places.sites import SitesReport, import_sites
from awas.places.table import DamagedFile
from awas.places.voter_report import Norms, VotersReport
from awas.places.voters import MapMissing, import_voters

R = TypeVar("R", bound=Struct)

FILE = click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
JSON = click.option("--json", "as_json", is_flag=True, help="For a program to read.")

_LANG = click.option(
    "--lang", type=click.Choice([code for code, _ in settings.LANGUAGES]), help="Of what is told; Indonesian otherwise."
)


def spoken(command: Callable[..., None]) -> Callable[..., None]:
    """Gives a command that tells officers something the option --lang, and runs it in that language.

    What only administrators run, as the imports here, speaks English alone.
    """

    @_LANG
    @wraps(command)
    def run(*given: Any, lang: str | None, **named: Any) -> None:
        with translation.override(lang or settings.LANGUAGE_CODE):
            command(*given, **named)

    return run


NAMED = 20
"""Regions that are named one by one on a screen; --json names all."""


@click.group("import")
def import_group() -> None:
    """Take in official tables. A damaged file names its bad lines and changes nothing."""


@contextmanager
def bar(what: str, length: int) -> Iterator[Callable[[int], None]]:
    """A progress bar on the error stream, so that the report can be piped."""
    with click.progressbar(length=max(length, 1), label=what.ljust(9), file=sys.stderr) as shown:
        yield shown.update


def _run(file: Path, as_json: bool, work: Callable[[Path, Progress], R], told: Callable[[R], Iterable[str]]) -> None:
    try:
        report = work(file, bar)
    except DamagedFile as damage:
        _tell_damage(damage, as_json)
        raise SystemExit(1) from None
    except MapMissing as missing:
        raise click.UsageError(f"{missing} (--map FILE)") from None
    except (OSError, DatabaseError) as error:
        raise click.ClickException(
            f"{file.name}: nothing imported: {error}\n`awas doctor` looks for the cause."
        ) from error
    click.echo(msgspec.json.encode(report) if as_json else "\n".join(told(report)))


def _tell_damage(damage: DamagedFile, as_json: bool) -> None:
    if as_json:
        click.echo(msgspec.json.encode({"file": damage.file, "bad_count": damage.count, "bad": damage.bad}))
        return
    for bad in damage.bad:
        click.echo(f"{damage.file}:{bad.line}: {bad.what}")
    more = f" (the first {len(damage.bad)} are listed)" if damage.count > len(damage.bad) else ""
    click.echo(click.style(f"bad lines: {damage.count:,}{more}; nothing was imported", fg="red"))


def _change(change: Change) -> str:
    removed = f", {change.removed:,} removed" if change.removed else ""
    return f"  {change.new:,} new, {change.changed:,} changed, {change.same:,} same{removed}"


def _figures(figures: Iterable[int]) -> str:
    return " / ".join(f"{figure:,}" for figure in figures)


def _comparison(compared: Comparison) -> str:
    if compared.equal:
        return f"  equals {compared.name}: {_figures(compared.published)}"
    return f"  differs from {compared.name}: {_figures(compared.published)} published, {_figures(compared.found)} here"


def _regions(report: RegionsReport) -> Iterable[str]:
    provinces, districts, kecamatan, villages = report.levels
    yield f"{report.file}: {report.rows:,} regions"
    yield f"  {provinces:,} provinces, {districts:,} districts, {kecamatan:,} subdistricts, {villages:,} villages"
    equal = [compared for compared in report.comparisons if compared.equal]
    yield from (_comparison(compared) for compared in equal or report.comparisons)
    yield _change(report.regions)
    yield from (f"  note: {remark}" for remark in report.remarks)


def _stations(report: StationsReport) -> Iterable[str]:
    yield f"{report.file}: {report.rows:,} lines"
    yield f"  {report.stations:,} stations in {report.villages:,} villages, {report.special:,} for special places"
    if report.overseas_rows:
        yield f"  {report.overseas_stations:,} overseas on {report.overseas_rows:,} lines, counted apart"
    yield from (_comparison(compared) for compared in report.comparisons)
    yield _change(report.register)
    if report.unlisted:
        yield f"  {len(report.unlisted):,} villages are in no region table; kept under the file's own names:"
        yield from (f"    {village.code} {village.name}" for village in report.unlisted[:NAMED])
        if len(report.unlisted) > NAMED:
            yield f"    … and {len(report.unlisted) - NAMED:,} more (--json names all)"
    yield from (f"  note: {remark}" for remark in report.remarks)


def _boundaries(report: BoundariesReport) -> Iterable[str]:
    yield f"{report.file}: {report.features:,} outlines"
    yield _change(report.boundaries)
    yield from (f"  note: {remark}" for remark in report.remarks)


def _constituencies(report: ConstituenciesReport) -> Iterable[str]:
    yield f"{report.file}: {report.rows:,} regions"
    yield from (f"  {kind}: {count:,} constituencies" for kind, count in report.constituencies.items())
    yield _change(report.register)
    yield from (f"  note: {remark}" for remark in report.remarks)


def _serving(report: ServingReport) -> Iterable[str]:
    yield f"{report.file}: {report.rows:,} areas"
    yield from (f"  {site}: {count:,} areas" for site, count in report.areas.items())
    yield _change(report.register)
    yield from (f"  note: {remark}" for remark in report.remarks)


def _sites(report: SitesReport) -> Iterable[str]:
    yield f"{report.file}: {report.rows:,} sites"
    yield from (f"  {kind}: {count:,}" for kind, count in report.kinds.items())
    yield _change(report.register)
    if report.given:
        yield "  codes given; write them into the file, or a site that gets another name comes in a second time:"
        yield from (f"    {site.code} {site.name}" for site in report.given[:NAMED])
        yield from _left_off(len(report.given))
    yield from (f"  note: {remark}" for remark in report.remarks)


def _voters(report: VotersReport) -> Iterable[str]:
    yield f"{report.file}: {report.rows:,} stations with {report.voters:,} voters ({report.form})"
    yield from (f"  {fate.rows:>9,} {fate.id:<16} {fate.voters:>12,} voters" for fate in report.fates)
    yield f"  {sum(fate.rows for fate in report.fates):>9,} of {report.rows:,} rows accounted for"
    yield _change(report.register)
    if report.villages:
        map_ = report.villages
        yield f"  the map: {map_.villages:,} villages, {map_.unmatched:,} unmatched, {map_.ambiguous:,} ambiguous"
        yield f"    {map_.claimed_codes:,} codes claimed by several, {map_.claims_too_many:,} claims too many"
    for found in report.findings:
        yield f"  {found.kind}: {found.rows:,} rows"
        yield from (f"    line {row.line}: {row.station} {row.what}" for row in found.noted[:NAMED])
        yield from _left_off(found.rows)
    for fate, rows in groupby(report.unused, key=lambda unused: unused.fate):
        villages = list(rows)
        yield f"  {fate}: {len(villages):,} villages, {sum(village.rows for village in villages):,} rows not applied"
        for village in villages[:NAMED]:
            claimed = f" (claims {village.code})" if village.code else ""
            yield f"    {village.village} {village.name}{claimed}: {village.stations}; {village.voters:,} voters"
        yield from _left_off(len(villages))
    yield from _sums(report)
    yield from (f"  note: {remark}" for remark in report.remarks)


def _left_off(count: int) -> Iterable[str]:
    if count > NAMED:
        yield f"    … and {count - NAMED:,} more (--json names all)"


def _sums(report: VotersReport) -> Iterable[str]:
    if report.register_only:
        yield f"  {report.register_only:,} stations of these villages stand in the register and not in the file"
    told = [regency for regency in report.regencies if regency.equal is not None]
    absent = [regency for regency in report.regencies if not regency.rows]
    if told:
        equal = sum(bool(regency.equal) for regency in told)
        yield f"  {equal:,} of {len(told):,} regencies have the sums that are stated of them"
    for regency in told:
        if not regency.equal:
            yield f"    {regency.regency}: {regency.stated_rows:,} stations, {regency.stated_voters:,} voters stated,"
            yield f"      {regency.rows:,} stations, {regency.voters:,} voters in the file"
    if absent:
        yield f"  {len(absent):,} regencies of the map are not in the file:"
        yield from (f"    {regency.regency}" for regency in absent[:NAMED])
        yield from _left_off(len(absent))


@import_group.command("regions")
@FILE
@JSON
def regions(file: Path, as_json: bool) -> None:
    """Import Kemendagri's region table FILE (columns kode, nama)."""
    _run(file, as_json, import_regions, _regions)


@import_group.command("stations")
@FILE
@JSON
def stations(file: Path, as_json: bool) -> None:
    """Import the polling stations FILE: one line a village, with the numbers of its stations."""
    _run(file, as_json, import_stations, _stations)


@import_group.command("boundaries")
@FILE
@JSON
def boundaries(file: Path, as_json: bool) -> None:
    """Import regions' outlines from the GeoJSON FILE (property kode), for maps."""
    _run(file, as_json, import_boundaries, _boundaries)


@import_group.command("serving")
@FILE
@JSON
def serving(file: Path, as_json: bool) -> None:
    """Import which warehouse serves which subdistrict or village from FILE (columns site, area).

    For districts with more than one warehouse. For the districts it names, FILE is the whole truth; of two areas that
    hold the same station the nearer one counts. Seasons that are open keep their needs until they are opened again.
    """
    _run(file, as_json, import_serving, _serving)


@import_group.command("sites")
@FILE
@JSON
def sites(file: Path, as_json: bool) -> None:
    """Import warehouses and offices from FILE (columns code, region, kind, name, address, latitude, longitude).

    Without a code the register gives the next one. A site that is there already takes name, address and position of
    the file; none is ever deleted.
    """
    _run(file, as_json, import_sites, _sites)


@import_group.command("banten")
@JSON
def shipped_sites(as_json: bool) -> None:
    """Take in the sites that are shipped: Banten, its eight districts and their main warehouses."""
    added = load_banten()
    told = f"{added.regions_new} regions and {added.sites_new} sites new"
    click.echo(msgspec.json.encode(added) if as_json else told)


def voters_command(norms: Callable[[], Norms]) -> click.Command:
    """`awas import voters`. What a station may hold is the election's to say, which this room does not know."""

    @click.command("voters")
    @FILE
    @click.option("--map", "id_map", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="Ids to codes.")
    @click.option("--add-stations", is_flag=True, help="Add stations that the register lacks, instead of naming them.")
    @JSON
    def voters(file: Path, id_map: Path | None, add_stations: bool, as_json: bool) -> None:
        """Import voters per station from FILE, plain or gzip.

        Columns: station_code,voters or village_code,number,voters; or KawalPemilu's file of 2019 with --map.
        Rows that can't be applied are named and counted; -1 or nothing is unknown, never 0.
        """

        def work(path: Path, progress: Progress) -> VotersReport:
            return import_voters(path, norms(), id_map, add_stations, progress)

        _run(file, as_json, work, _voters)

    return voters


def constituencies_command(kinds: Callable[[], Iterable[str]]) -> click.Command:
    """`awas import constituencies`. Which kinds of ballots there are is the election's to say."""

    @click.command("constituencies")
    @FILE
    @JSON
    def constituencies(file: Path, as_json: bool) -> None:
        """Import electoral districts (dapil) from FILE (columns wilayah, surat_suara, dapil).

        A row holds for all below its region. For the districts it names, FILE is the whole truth of each kind.
        """

        def work(path: Path, progress: Progress) -> ConstituenciesReport:
            return import_constituencies(path, kinds(), progress)

        _run(file, as_json, work, _constituencies)

    return constituencies
