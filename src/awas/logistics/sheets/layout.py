"""The sheets as a table: for each kind its columns, with both headings, what they hold and an example. Pure but for
the words of the codes, which come out of the catalogue.

A kind is added by a `Sheet` here and its `Maker` in `rows`; templates, reading and faults follow from the columns.
"""

from collections.abc import Iterator, Mapping

from msgspec.structs import replace

from awas.logistics.sheets.column import Column, Kind, Sheet, codes_of, in_both
from awas.logistics.sheets.ground import Ground
from awas.logistics.stages import STEPS
from awas.warnings.rule import Words as Both

ZERO = Both("kosong = 0", "empty = 0")
TODAY = Both("kosong = saat berkas dikirim", "empty = when the file is sent")
YES_NO: Mapping[str, Both] = {"yes": Both("Ya", "Yes"), "no": Both("Tidak", "No")}

DATE = Column(name="day", id="Tanggal", en="Date", holds="date", asked=False, empty=TODAY, example="12/01/2024")
THING = Column(name="what", id="Barang", en="Item", holds="thing", required=True, example="DPR", width=30)
DAPIL = Column(name="dapil", id="Dapil", en="Constituency", holds="dapil", most=16, example="")
REASON = Column(
    name="reason",
    id="Alasan selisih",
    en="Reason for the difference",
    holds="code",
    codes=codes_of("REASONS"),
    asked=False,
    empty=Both("kosong = tidak ada selisih", "empty = no difference"),
    width=26,
)
DOCUMENT = Column(
    name="document_number", id="Nomor dokumen", en="Document number", holds="text", most=120, asked=False, width=22,
    example="BA-12/2024",
)  # fmt: skip
KECAMATAN = Column(name="kecamatan", id="Kecamatan", en="Subdistrict", holds="kecamatan", asked=False, width=20)
VILLAGE = Column(name="village", id="Desa/Kelurahan", en="Village", holds="village", asked=False, width=22)
STATION = Column(name="station", id="TPS", en="Polling station", holds="station", example="36.02.05.2001-001", width=22)
LABEL = Column(name="label", id="Label", en="Label", holds="label", most=43, example="K0012345")


def _amount(name: str, id_: str, en: str, *, required: bool = True, example: str | int = "") -> Column:
    empty = None if required else ZERO
    return Column(name=name, id=id_, en=en, holds="count", required=required, empty=empty, example=example)


DAMAGES: tuple[Column, ...] = (
    _amount("damaged", "Rusak", "Damaged", required=False, example=15),
    Column(
        name="damage_",
        id="Rusak: {}",
        en="Damaged: {}",
        holds="count",
        per="criterion",
        empty=ZERO,
        example="",
        width=18,
    ),
    _amount("usable", "Tidak sempurna tetapi layak", "Imperfect but usable", required=False),
)
SORTED_AT: tuple[Column, ...] = (
    Column(name="opened_unit", id="Karton dibuka", en="Carton opened", holds="label", most=43, asked=False),
    Column(name="table", id="Meja", en="Table", holds="short", most=24, asked=False),
    Column(name="shift", id="Giliran", en="Shift", holds="code", codes=codes_of("SHIFTS"), asked=False),
    Column(name="workers", id="Jumlah petugas", en="Workers", holds="count", asked=False, empty=ZERO),
    Column(
        name="workers_checked",
        id="Petugas diperiksa SIPOL",
        en="Workers looked up in SIPOL",
        holds="yes_no",
        asked=False,
    ),
)

GATE_NOTE = Both(
    "Jangan ulangi barang yang masuk lewat gerbang: catatan gerbang sudah menghitungnya di sini.",
    "Don't repeat goods that came in through the gate: the gate log has counted them in here.",
)
DAMAGE_NOTE = Both(
    "Jumlah per kriteria boleh dikosongkan semua; bila diisi, harus sama dengan Rusak.",
    "The figures by criterion may all be left empty; once filled in, they must add up to Damaged.",
)
SUM_NOTE = Both(
    "Bila Di tangan tidak sama dengan Baik + Rusak, pilih alasan selisih.",
    "If In hand is not Good + Damaged, choose the reason for the difference.",
)


def _tally(step: Kind, taken: Both, passed: Both, *more: Column) -> Sheet:
    row = STEPS[step]
    columns = [
        DATE,
        THING,
        DAPIL,
        _amount("taken", taken.id, taken.en, example=500),
        _amount("passed", passed.id, passed.en, example=485 if row.damages else 500),
        *(DAMAGES if row.damages else ()),
        *((REASON,) if row.misses else ()),
        DOCUMENT,
        *more,
    ]
    notes = [GATE_NOTE] if step == "receive" else []
    notes += ([DAMAGE_NOTE] if row.damages else []) + ([SUM_NOTE] if row.misses else [])
    return Sheet(
        kind=step,
        title=row.title,
        columns=tuple(columns),
        notes=tuple(notes),
        adds_up=True,
    )


IN_HAND, GOOD = Both("Di tangan", "In hand"), Both("Baik", "Good")
GONE = Both("Dimusnahkan", "Destroyed")

PACK = Sheet(
    kind="pack",
    title=STEPS["pack"].title,
    columns=(
        replace(STATION, required=True, asked=False),
        KECAMATAN,
        VILLAGE,
        Column(name="need_", id="Kebutuhan {}", en="Need: {}", holds="shown", per="ballot", asked=False),
        Column(name="ballot_", id="{}", en="{}", holds="count", per="ballot", empty=ZERO, example=204, width=18),
        Column(name="kit_", id="{}", en="{}", holds="count", per="equipment", empty=ZERO, width=18),
        Column(
            name="dapil", id="Dapil pada surat suara DPRD kab/kota", en="Constituency on the district ballots",
            holds="dapil", most=16, asked=False,
        ),
        Column(
            name="expected_dapil", id="Dapil TPS", en="Constituency of the station", holds="dapil", most=16, asked=False
        ),
        DATE,
        DOCUMENT,
    ),
    notes=(
        Both(
            "Satu baris satu TPS. Isi yang benar-benar dimasukkan; baris yang tidak diisi dilewati.",
            "One row for each station. Fill in what was really put in; rows left empty are passed over.",
        ),
        Both(
            "Kolom Kebutuhan hanya untuk dilihat: yang dipakai selalu daftar pemilih terakhir.",
            "The Need columns are for looking at: what counts is always the latest voter list.",
        ),
        Both(
            "Perlengkapan yang kosong atau kurang membuat paket belum lengkap; boleh disusulkan pada baris lain.",
            "Equipment left empty or too little makes a kit incomplete; it may follow in another row.",
        ),
    ),
    adds_up=True,
)  # fmt: skip

CONTRACT = Sheet(
    kind="contract",
    title=STEPS["order"].title,
    columns=(
        Column(
            name="supplier", id="Penyedia", en="Supplier", holds="text", most=120, required=True, example="PT Contoh",
            width=26,
        ),
        Column(
            name="document_number", id="Nomor kontrak", en="Contract number", holds="text", most=120, required=True,
            example="K-07/2023", width=22,
        ),
        THING,
        DAPIL,
        _amount("units", "Jumlah", "Quantity", example=125_000),
        Column(name="deliver_by", id="Kirim paling lambat", en="Deliver by", holds="deadline", example="15/01/2024"),
        Column(
            name="replacement", id="Pengganti", en="Replacement", holds="yes_no",
            empty=Both("kosong = tidak", "empty = no"),
        ),
    ),
    notes=(Both("Baris dengan kontrak yang sama menjadi satu catatan.", "Rows of one contract become one entry."),),
    adds_up=True,
)  # fmt: skip

COUNT = Sheet(
    kind="count",
    title=Both("Hitung stok", "Stock count"),
    columns=(
        DATE,
        Column(
            name="shelf", id="Keadaan", en="Shelf", holds="code", codes=codes_of("SHELVES"), required=True,
            example="folded", width=22,
        ),
        THING,
        DAPIL,
        _amount("units", "Terhitung", "Counted", example=1_250),
        Column(
            name="counted_by", id="Dihitung oleh", en="Counted by", holds="code", codes=codes_of("COUNTERS"),
            required=True, example="bawaslu",
        ),
        replace(REASON, empty=Both("wajib bila berbeda dari catatan", "needed where it differs from the record")),
    ),
    notes=(
        Both(
            "Hitungan berdiri di samping catatan; tidak ada yang diganti.",
            "A count stands beside the record's number; neither replaces the other.",
        ),
    ),
)  # fmt: skip

LABELS = Sheet(
    kind="labels",
    title=Both("Label kotak", "Box labels"),
    columns=(
        Column(
            name="unit_kind", id="Jenis", en="Kind", holds="code", codes=codes_of("UNIT_KINDS"), required=True,
            example="box",
        ),
        replace(LABEL, required=True),
        STATION,
        KECAMATAN,
        VILLAGE,
        Column(name="ballot", id="Surat suara", en="Ballot", holds="ballot", example="DPR", width=26),
        Column(name="parent", id="Di dalam", en="Lies in", holds="label", most=43),
    ),
)  # fmt: skip

OFFER = Sheet(
    kind="transfer-offer",
    title=Both("Kirim", "Send"),
    columns=(
        Column(
            name="leg", id="Perjalanan", en="Leg", holds="code", codes=codes_of("LEGS"), required=True, asked=False,
            example="to_kecamatan", width=24,
        ),
        Column(
            name="to_place", id="Tujuan", en="Goes to", holds="place", required=True, asked=False, example="36.02.05",
            width=24,
        ),
        STATION,
        KECAMATAN,
        VILLAGE,
        replace(LABEL, example=""),
        Column(name="plate", id="Nomor kendaraan", en="Number plate", holds="text", most=16, asked=False,
               example="A 1234 BC"),
        Column(
            name="escort", id="Pengawalan", en="Escort", holds="code", codes=codes_of("ESCORTS"), asked=False,
            example="police", empty=Both("kosong = tanpa", "empty = none"),
        ),
        Column(name="seals", id="Segel kendaraan", en="Seals of the vehicle", holds="numbers", most=300, asked=False),
        Column(name="due", id="Tiba paling lambat", en="Due by", holds="deadline", asked=False),
        DOCUMENT,
    ),
    notes=(
        Both(
            "Setiap baris satu TPS atau satu label. Baris dengan perjalanan, tujuan, kendaraan dan dokumen yang sama"
            " menjadi satu kiriman (paling banyak 200 baris).",
            "Each row is one station or one label. Rows with the same leg, goal, vehicle and document become one"
            " transfer (of at most 200 rows).",
        ),
    ),
)  # fmt: skip

ACCEPT = Sheet(
    kind="transfer-accept",
    title=Both("Terima kiriman", "Accept a transfer"),
    columns=(
        Column(
            name="transfer", id="Kiriman", en="Transfer", holds="transfer", required=True, asked=False, width=40,
            example="36.02-G1/xl.0.0f1e2d",
        ),
        replace(STATION, asked=False),
        replace(LABEL, asked=False, example=""),
        Column(
            name="came", id="Datang", en="Came", holds="yes_no", required=True, example="yes", width=10,
        ),
        replace(REASON, empty=Both("wajib bila ada yang tidak datang", "needed where something did not come")),
        Column(
            name="bad_seals", id="Segel putus atau berbeda", en="Seals broken or different", holds="numbers", most=300,
            asked=False, width=26,
        ),
        DOCUMENT,
    ),
    notes=(
        Both(
            "Hitung sendiri, lalu isi Ya atau Tidak pada setiap baris. Kiriman yang tidak diisi sama sekali dilewati.",
            "Count for yourself, then put Yes or No in every row. A transfer with no answer at all is passed over.",
        ),
    ),
)  # fmt: skip

SHEETS: Mapping[str, Sheet] = {
    sheet.kind: sheet
    for sheet in (
        _tally("receive", Both("Menurut surat", "By the letter"), GOOD),
        _tally("sort", IN_HAND, GOOD, *SORTED_AT),
        _tally("fold", IN_HAND, GOOD, *SORTED_AT),
        PACK,
        _tally("set_aside", IN_HAND, Both("Dipisahkan", "Set aside")),
        _tally("destroy_damaged", IN_HAND, GONE),
        _tally("destroy_surplus", IN_HAND, GONE),
        CONTRACT,
        COUNT,
        LABELS,
        OFFER,
        ACCEPT,
    )
}


def headings_of(kind: str) -> Mapping[str, Both]:
    """The headings of a kind of sheet by the names of its columns, which are those of a command's fields."""
    return {column.name: column.heading for column in SHEETS[kind].columns if not column.per}


def columns_of(sheet: Sheet, ground: Ground) -> tuple[Column, ...]:
    """The columns of a sheet at a place, those for each ballot or criterion multiplied."""
    return tuple(_multiplied(sheet, ground))


def _multiplied(sheet: Sheet, ground: Ground) -> Iterator[Column]:
    equipment = {one.item: in_both("ITEMS")[one.item] for one in ground.equipment}
    kinds = {"ballot": ground.ballots, "criterion": in_both("CRITERIA"), "equipment": equipment}
    for column in sheet.columns:
        if not column.per:
            yield column
            continue
        for code, word in kinds[column.per].items():
            yield replace(
                column,
                name=column.name + code,
                id=column.id.format(word.id),
                en=column.en.format(word.en),
                per="",
            )


def things_at(ground: Ground) -> Mapping[str, Both]:
    """What a sheet may name at a place, by `ballot:dpr` or `ink:`, in both languages."""
    items = in_both("ITEMS")
    return {
        **{f"ballot:{code}": name for code, name in ground.ballots.items()},
        **{f"{item}:": word for item, word in items.items() if item != "ballot"},
    }


def choices_of(column: Column, ground: Ground) -> Mapping[str, Both]:
    """The codes that a column takes, with their words; nothing for one that takes anything."""
    if column.codes is not None:
        return column.codes()
    if column.holds == "yes_no":
        return YES_NO
    if column.holds == "ballot":
        return ground.ballots
    return things_at(ground) if column.holds == "thing" else {}
