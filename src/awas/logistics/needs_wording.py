"""Needs and the check of published totals in plain words, in both languages. Pure: the language is an argument."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from awas.logistics.need_bounds import Bounds
from awas.logistics.need_published import Verdict
from awas.logistics.needs import RegionNeed, RevoteStock, Thing
from awas.ui.formats import NOTHING, number
from awas.warnings.rule import Words

UNKNOWN = "?"

TEXTS: Mapping[str, Words] = {
    "nation": Words("seluruh Indonesia", "all of Indonesia"),
    "no_stations": Words("Belum ada TPS di register untuk {region}.", "The register has no station in {region}."),
    "head": Words("wilayah", "region"),
    "stations": Words("TPS", "stations"),
    "unknown": Words("tak diketahui", "unknown"),
    "voters": Words("pemilih", "voters"),
    "total": Words("jumlah", "total"),
    "overseas": Words("luar negeri", "overseas"),
    "per_station": Words("setiap TPS, menurut {election}", "each station, by {election}"),
    "unknown_note": Words(
        "{count} TPS belum diketahui pemilihnya; surat suaranya tidak ikut dijumlah",
        "{count} stations of unknown voters; their ballots are not in the sums",
    ),
    "above_note": Words(
        "{count} TPS melebihi batas pemilih per TPS", "{count} stations hold more voters than the rule allows"
    ),
    "bounds": Words(
        "{region}: seluruh kebutuhan {ballots} antara {least} dan {most}, menurut pemilih yang diumumkan",
        "{region}: the whole need of {ballots} lies between {least} and {most}, by its published voters",
    ),
    "extra": Words(
        "{thing}: {count} di antaranya untuk {kecamatan} kecamatan{doubt}",
        "{thing}: {count} of them for {kecamatan} subdistricts{doubt}",
    ),
    "thing": Words("{id}: {name}; dasar: {basis}{doubt}", "{id}: {name}; basis: {basis}{doubt}"),
    "rule": Words("aturan", "rule"),
    "observed": Words("pengamatan, hanya pembanding", "observed, a yardstick only"),
    "derived": Words("turunan, hanya pembanding", "derived, a yardstick only"),
    "doubt": Words(" (belum pasti)", " (not certain)"),
    "revote": Words(
        "cadangan PSU, terpisah: {ballot}: {each} x {constituencies} = {count}{doubt}",
        "stock for a repeated vote, apart: {ballot}: {each} x {constituencies} = {count}{doubt}",
    ),
    "not_known": Words(
        "cadangan PSU, terpisah: {ballot}: {each} per dapil; jumlah dapil tidak diketahui",
        "stock for a repeated vote, apart: {ballot}: {each} a constituency; how many there are is not known",
    ),
    "reaches_further": Words(
        "cadangan PSU, terpisah: {ballot}: {each} per dapil; dapilnya lebih luas dari wilayah ini",
        "stock for a repeated vote, apart: {ballot}: {each} a constituency, which reaches beyond this region",
    ),
    "nation_stock": Words(
        "cadangan PSU, terpisah: {ballot}: {each} per dapil; dapilnya seluruh negeri, pembagiannya tidak diketahui",
        "stock for a repeated vote, apart: {ballot}: {each} a constituency, the nation; how it is spread is not known",
    ),
    "written": Words("{rows} baris ditulis ke {file}", "{rows} rows written to {file}"),
    "within": Words("sesuai", "holds"),
    "too_few": Words("kurang {by}", "{by} too few"),
    "too_many": Words("lebih {by}", "{by} too many"),
    "impossible": Words("mustahil", "impossible"),
    "incomplete": Words("tidak dapat diperiksa", "can't be checked"),
    "unreadable": Words("tidak terbaca", "can't be read"),
    "figure": Words(
        "  {published} surat suara untuk {voters} pemilih di {stations} TPS ({election}); pembulatan per TPS: "
        "{least} sampai {most}",
        "  {published} ballots for {voters} voters at {stations} stations ({election}); rounding per station: "
        "{least} to {most}",
    ),
    "rounding": Words(
        "  pembulatan rata-rata per TPS {implied}; terukur {measured} pada {stations} TPS ({place})",
        "  mean rounding per station {implied}; measured {measured} on {stations} stations ({place})",
    ),
    "unmeasured": Words(
        "  pembulatan rata-rata per TPS {implied}; belum ada daftar pemilih per TPS sebagai pembanding",
        "  mean rounding per station {implied}; no voters per station are imported to compare with",
    ),
    "at_least": Words("  butuh sedikitnya {stations} TPS", "  takes {stations} stations at least"),
    "sum": Words("  {parts} = {total}: cocok", "  {parts} = {total}: adds up"),
    "sum_off": Words("  {parts} = {total}: selisih {by}", "  {parts} = {total}: off by {by}"),
    "checked": Words("{sound} dari {count} angka sesuai", "{sound} of {count} figures hold"),
    "none": Words("tidak ada angka kebutuhan surat suara di berkas itu", "the file has no figure of ballot need"),
}


class Voice:
    """Speaks one language: `id` or `en`."""

    def __init__(self, language: str) -> None:
        self.language = "en" if language.startswith("en") else "id"

    def says(self, text: str, /, **facts: int | str | None) -> str:
        """A text with its facts; numbers are written as the language writes them."""
        words = TEXTS[text].en if self.language == "en" else TEXTS[text].id
        shown = {key: fact if isinstance(fact, str) else self.figure(fact) for key, fact in facts.items()}
        return words.format_map(shown)

    def figure(self, count: int | None) -> str:
        """A number."""
        return number(count, self.language)

    def name(self, thing: Thing) -> str:
        """What a thing is called."""
        return thing.name_en if self.language == "en" else thing.name_id

    def fraction(self, millionths: int) -> str:
        """Four digits after the point or comma: 0,4098."""
        sign, size = ("-" if millionths < 0 else ""), (abs(millionths) + 50) // 100
        return f"{sign}{size // 10_000}{'.' if self.language == 'en' else ','}{size % 10_000:04}"

    def doubt(self, uncertain: bool) -> str:
        """A remark on what is not certain."""
        return self.says("doubt") if uncertain else ""


def amounts(need: RegionNeed, things: Sequence[Thing]) -> Iterator[int | str]:
    """What stands in a row for each thing, extras included; UNKNOWN or NOTHING where there is no number."""
    for thing in things:
        if thing.item == "equipment":
            yield need.equipment.get(thing.id, 0) + need.extra.get(thing.id, 0)
        elif thing.id not in need.kinds:
            yield NOTHING
        else:
            yield need.ballots.get(thing.id, UNKNOWN)


def columns(voice: Voice, things: Sequence[Thing]) -> str:
    """The head of the table."""
    heads = [voice.says("stations"), voice.says("unknown"), voice.says("voters"), *(thing.id for thing in things)]
    return f"{voice.says('head'):<36}" + "".join(f"{head:>14}" for head in heads)


def row(voice: Voice, label: str, need: RegionNeed, things: Sequence[Thing]) -> str:
    """A line of the table."""
    voters: int | str = need.voters if need.unknown_count < need.stations else UNKNOWN
    cells = [need.stations, need.unknown_count, voters, *amounts(need, things)]
    shown = (cell if isinstance(cell, str) else voice.figure(cell) for cell in cells)
    return f"{label[:35]:<36}" + "".join(f"{cell:>14}" for cell in shown)


def bounds(voice: Voice, label: str, need: RegionNeed) -> Iterator[str]:
    """Between what the whole need lies; kinds of the same bounds together."""
    same: dict[tuple[int, int], list[str]] = {}
    for kind, between in need.bounds.items():
        same.setdefault(_pair(between), []).append(kind)
    for (least, most), kinds in same.items():
        yield voice.says("bounds", region=label, ballots=", ".join(kinds), least=least, most=most)


def _pair(between: Bounds) -> tuple[int, int]:
    return between.least, between.most


def notes(voice: Voice, total: RegionNeed, things: Sequence[Thing], revote: Iterable[RevoteStock]) -> Iterator[str]:
    """What has to be known of the sums: what is not in them, on what each number rests, and what is kept apart."""
    if total.unknown_count:
        yield voice.says("unknown_note", count=total.unknown_count)
    if total.above_count:
        yield voice.says("above_note", count=total.above_count)
    for thing in things:
        basis, doubt = voice.says(thing.basis), voice.doubt(thing.uncertain)
        yield voice.says("thing", id=thing.id, name=voice.name(thing), basis=basis, doubt=doubt)
        if thing.item == "equipment" and (extra := total.extra.get(thing.id)):
            doubt = voice.doubt(thing.extra_uncertain)
            yield voice.says("extra", thing=thing.id, count=extra, kecamatan=total.kecamatan, doubt=doubt)
    for stock in revote:
        yield voice.says(
            "nation_stock" if stock.why == "nation" else stock.why or "revote",
            ballot=stock.ballot,
            each=stock.each,
            constituencies=stock.constituencies,
            count=stock.count,
            doubt=voice.doubt(stock.uncertain),
        )


def verdict_lines(voice: Voice, verdict: Verdict) -> Iterator[str]:
    """A published figure, and what rounding per station says of it."""
    outcome = voice.says(verdict.outcome, by=abs(verdict.by))
    yield f"{verdict.id} ({verdict.region}): {outcome}" + (f"; {verdict.note}" if verdict.note else "")
    if verdict.published is not None and verdict.least is not None:
        yield voice.says(
            "figure",
            published=verdict.published,
            voters=verdict.voters,
            stations=verdict.stations if verdict.stations is not None else UNKNOWN,
            election=verdict.election,
            least=verdict.least,
            most=verdict.most if verdict.most is not None else UNKNOWN,
        )
    if verdict.rounding_e6 is not None:
        implied = voice.fraction(verdict.rounding_e6)
        if verdict.measured_e6 is None:
            yield voice.says("unmeasured", implied=implied)
        else:
            place = voice.says("nation") if verdict.measured_in == "nation" else verdict.measured_in
            yield voice.says(
                "rounding",
                implied=implied,
                measured=voice.fraction(verdict.measured_e6),
                stations=verdict.measured_stations,
                place=place,
            )
    if verdict.stations_at_least is not None and verdict.stations is None:
        yield voice.says("at_least", stations=verdict.stations_at_least)
    for one in verdict.sums:
        yield voice.says("sum_off" if one.by else "sum", parts=" + ".join(one.parts), total=one.total, by=one.by)
