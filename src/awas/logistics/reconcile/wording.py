"""The reconciliation in plain words, in both languages. Pure."""

from collections.abc import Mapping

from awas.logistics.reconcile.report import Difference
from awas.logistics.stages import BY_ID
from awas.ui.formats import number
from awas.warnings.rule import Words

REASONS: Mapping[str, Words] = {
    "unbalanced": Words("jumlah baris tidak cocok", "the row does not add up"),
    "gap_less": Words(
        "diterima kurang dari yang dikirim tahap sebelumnya", "took less than the stage before passed on"
    ),
    "gap_more": Words("diterima lebih dari yang dikirim tahap sebelumnya", "took more than the stage before passed on"),
    "need_short": Words("kurang dari kebutuhan TPS", "less than the station needs"),
    "need_over": Words("lebih dari kebutuhan TPS", "more than the station needs"),
    "missing": Words("tidak ada padahal seharusnya ada", "not there, and should be"),
    "found_over": Words("ditemukan lebih", "found beyond what was said"),
    "absent": Words("belum ada catatan untuk TPS ini", "nothing recorded for this station"),
    "stock_more": Words("dipakai lebih dari yang tersedia", "took more than was there"),
}
ITEMS: Mapping[str, Words] = {
    "ballot": Words("surat suara", "ballots"),
    "box": Words("kotak suara", "boxes"),
    "booth": Words("bilik", "booths"),
    "ink": Words("tinta", "ink"),
    "paper_seal": Words("segel kertas", "paper seals"),
    "cable_tie": Words("segel plastik", "cable ties"),
    "envelope": Words("sampul", "envelopes"),
    "form": Words("formulir", "forms"),
}

TEXTS: Mapping[str, Words] = {
    "nothing": Words("Belum ada catatan logistik untuk {region}.", "No logistics recorded yet for {region}."),
    "nation": Words("seluruh Indonesia", "all of Indonesia"),
    "head": Words(
        "kab/kota  barang                       tahap                         diteruskan      rusak"
        "   kurang    lebih  kebutuhan TPS pas/kurang/lebih/?",
        "district  thing                        stage                             passed    damaged"
        "    short     over       need stations met/short/over/?",
    ),
    "gaps": Words(
        "          {less_count} TPS menerima kurang ({less_units}), {more_count} TPS lebih ({more_units}) dari tahap"
        " sebelumnya",
        "          {less_count} stations took less ({less_units}), {more_count} more ({more_units}) than the stage"
        " before",
    ),
    "unbalanced": Words(
        "          {rows} baris tidak cocok, sebesar {units}", "          {rows} rows do not add up, by {units}"
    ),
    "absent": Words(
        "{district}  {ballot}: {count} TPS tanpa catatan pada tahap {stage}, kebutuhan {need}",
        "{district}  {ballot}: {count} stations without a record at {stage}, needing {need}",
    ),
    "waiting": Words(
        "{district}  {thing}: {units} menunggu antara {before} dan {stage}",
        "{district}  {thing}: {units} wait between {before} and {stage}",
    ),
    "mixed": Words(
        "{village}  {ballot}: surat suara dari {count} dapil ({first} … {last})",
        "{village}  {ballot}: ballots of {count} constituencies ({first} … {last})",
    ),
    "worst": Words("Selisih, terbesar dahulu:", "Differences, the largest first:"),
    "counts": Words("Dua hitungan, {first} dan {second}:", "Two counts, {first} and {second}:"),
    "one_sided": Words("hanya satu yang menghitung", "only one has counted"),
    "equal": Words("sama", "equal"),
    "balanced": Words("Cocok: tidak ada selisih.", "Balanced: no differences."),
    "differs": Words("Ada selisih.", "There are differences."),
    "no_engine": Words(
        "Paket duckdb belum terpasang; rekonsiliasi memerlukannya.",
        "The package duckdb is not installed; it is needed here.",
    ),
}


def stage_title(stage: str) -> Words:
    """The stage's name; its code for one that is not ours."""
    row = BY_ID.get(stage)
    return row.title if row is not None else Words(stage, stage)


def thing(item: str, ballot: str, dapil: str) -> Words:
    """What it is about: `surat suara dpr 36.03-4`."""
    name = ITEMS.get(item, Words(item, item))
    more = "".join(f" {part}" for part in (ballot, dapil) if part)
    return Words(name.id + more, name.en + more)


def told(difference: Difference) -> Words:
    """One difference as a sentence, with its place and stage."""
    name, stage = thing(difference.item, difference.ballot, difference.dapil), stage_title(difference.stage)
    why = REASONS[difference.reason]
    return Words(
        f"{difference.place}, {stage.id}, {name.id}: {signed(difference.units, 'id')} ({why.id})",
        f"{difference.place}, {stage.en}, {name.en}: {signed(difference.units, 'en')} ({why.en})",
    )


def signed(units: int, language: str) -> str:
    """+1.234 in Indonesian, +1,234 in English; 0 without a sign."""
    return ("+" if units > 0 else "") + number(units, language)
