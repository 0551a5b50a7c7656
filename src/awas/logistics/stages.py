"""The stages of election logistics as a table: what may follow what, where it happens, and which paper goes with it.

Pure. A step moves quantities of one thing between the shelves (kinds of stock) of places; `decide` looks here whether
it may, the stage board and the reconciliation read the same rows, and the EPCIS words stand beside ours. Legal basis:
UU 7/2017 Pasal 341-345, PKPU 14/2023, Kpt KPU 1395/2023 as far as they were read.
"""

from collections.abc import Mapping
from typing import Literal, get_args

from msgspec import Struct

from awas.warnings.rule import Words

Stage = Literal[
    "procurement",  # pengadaan
    "production",  # pencetakan, produksi
    "delivery",  # pengiriman ke kabupaten/kota
    "receiving",  # penerimaan
    "sorting",  # pensortiran
    "folding",  # pelipatan
    "packing",  # pengesetan dan pengepakan per TPS
    "to_kecamatan",  # distribusi ke PPK
    "to_village",  # distribusi ke PPS
    "to_station",  # distribusi ke KPPS
    "return",  # pengembalian kotak
    "recapitulation",  # rekapitulasi
    "destruction",  # pemusnahan
]

Shelf = Literal[
    "transit",  # on its way; whoever sent it answers for it
    "unsorted",  # counted in, carton closed
    "good",  # sorted, usable
    "folded",
    "packed",  # in a station's kit
    "held",  # a kit or box that a committee holds
    "returned",  # come back after the count
    "recapped",  # recapitulated
    "damaged",  # by one of the criteria
    "surplus",  # good, and not needed by any station
    "destroyed",
    "lost",  # missing after all was looked through
    "outside",  # outside the record: where things come from
]

Tier = Literal["supplier", "district", "kecamatan", "village", "station"]


class StageRow(Struct, frozen=True, kw_only=True):
    """One stage. `by_day` counts days before voting (H-1 is 1); `by_gate`: the gate's log tells it, and nobody closes
    it."""

    id: Stage
    title: Words
    where: Tier
    per_station: bool = False
    by_day: int | None = None
    by_gate: bool = False
    basis: str = ""


STAGES: tuple[StageRow, ...] = (
    StageRow(id="procurement", title=Words("Pengadaan", "Procurement"), where="supplier", basis="UU 7/2017 Pasal 339"),
    StageRow(id="production", title=Words("Produksi", "Production"), where="supplier", basis="UU 7/2017 Pasal 344-345"),
    StageRow(
        id="delivery",
        title=Words("Pengiriman", "Delivery"),
        where="district",
        by_gate=True,
        basis="UU 7/2017 Pasal 345(3)",
    ),
    StageRow(id="receiving", title=Words("Penerimaan", "Receiving"), where="district", basis="Kpt KPU 1395/2023"),
    StageRow(id="sorting", title=Words("Penyortiran", "Sorting"), where="district", basis="Kpt KPU 1395/2023"),
    StageRow(id="folding", title=Words("Pelipatan", "Folding"), where="district", basis="Kpt KPU 1395/2023"),
    StageRow(
        id="packing",
        title=Words("Pengepakan", "Packing"),
        where="district",
        per_station=True,
        by_day=3,
        basis="Kpt KPU 1395/2023",
    ),
    StageRow(
        id="to_kecamatan",
        title=Words("Distribusi ke kecamatan", "To the subdistrict"),
        where="kecamatan",
        per_station=True,
        by_day=3,
    ),
    StageRow(
        id="to_village",
        title=Words("Distribusi ke desa/kelurahan", "To the village"),
        where="village",
        per_station=True,
        by_day=2,
    ),
    StageRow(
        id="to_station",
        title=Words("Distribusi ke TPS", "To the polling station"),
        where="station",
        per_station=True,
        by_day=1,
        basis="UU 7/2017 Pasal 341(6)",
    ),
    StageRow(id="return", title=Words("Pengembalian", "Return"), where="kecamatan", per_station=True),
    StageRow(id="recapitulation", title=Words("Rekapitulasi", "Recapitulation"), where="kecamatan", per_station=True),
    StageRow(
        id="destruction",
        title=Words("Pemusnahan", "Destruction"),
        where="district",
        by_day=1,
        basis="Kpt KPU 1395/2023; 13 Februari 2024 (republika s8t0bg366)",
    ),
)

BY_ID: Mapping[str, StageRow] = {row.id: row for row in STAGES}
ORDER: Mapping[str, int] = {row.id: position for position, row in enumerate(STAGES)}
assert tuple(BY_ID) == get_args(Stage)


class Step(Struct, frozen=True, kw_only=True):
    """One legal move: what is `taken` from one shelf and where it may go.

    What is taken is passed on, found damaged, or missing: taken + over = passed + damaged + short. `needs_document`: a
    paper must be named; `approval`: two people. Only ballots are sorted and folded: other things stand under `good` as
    soon as they are here. EPCIS words are those of CBV 2.0.
    """

    id: str
    stage: Stage
    title: Words
    source: Shelf
    target: Shelf
    damages: bool = False
    misses: bool = True
    needs_document: bool = False
    approval: bool = False
    per_station: bool = False
    takes_back: bool = False
    biz_step: str = ""
    disposition: str = ""

    def shelves(self, item: str) -> tuple[str, str]:
        """(from, to) for a kind of thing."""
        if item == "ballot":
            return self.source, self.target
        plain = {"unsorted": "good", "folded": "good"}
        return plain.get(self.source, self.source), plain.get(self.target, self.target)


STEPS: Mapping[str, Step] = {
    step.id: step
    for step in (
        Step(
            id="order",
            stage="procurement",
            title=Words("Kontrak", "Contract"),
            source="outside",
            target="outside",
            misses=False,
            needs_document=True,
            biz_step="commissioning",
            disposition="encoded",
        ),
        Step(
            id="print",
            stage="production",
            title=Words("Verifikasi cetak", "Print verification"),
            source="outside",
            target="outside",
            damages=True,
            misses=False,
            needs_document=True,
            biz_step="creating_class_instance",
            disposition="active",
        ),
        Step(
            id="receive",
            stage="receiving",
            title=Words("Penerimaan", "Receiving"),
            source="outside",
            target="unsorted",
            damages=True,
            needs_document=True,
            biz_step="receiving",
            disposition="in_progress",
        ),
        Step(
            id="sort",
            stage="sorting",
            title=Words("Sortir", "Sorting"),
            source="unsorted",
            target="good",
            damages=True,
            biz_step="inspecting",
            disposition="conformant",
        ),
        Step(
            id="fold",
            stage="folding",
            title=Words("Lipat", "Folding"),
            source="good",
            target="folded",
            damages=True,
            biz_step="assembling",
            disposition="in_progress",
        ),
        Step(
            id="pack",
            stage="packing",
            title=Words("Pengepakan per TPS", "Packing for a station"),
            source="folded",
            target="packed",
            misses=False,
            per_station=True,
            biz_step="packing",
            disposition="container_closed",
        ),
        Step(
            id="unpack",
            stage="packing",
            title=Words("Bongkar paket", "Unpacking"),
            source="packed",
            target="folded",
            misses=True,
            approval=True,
            per_station=True,
            takes_back=True,
            biz_step="unpacking",
            disposition="container_open",
        ),
        Step(
            id="set_aside",
            stage="packing",
            title=Words("Pisahkan surplus", "Set surplus aside"),
            source="folded",
            target="surplus",
            misses=False,
            biz_step="holding",
            disposition="available",
        ),
        Step(
            id="destroy_damaged",
            stage="destruction",
            title=Words("Musnahkan yang rusak", "Destroy the damaged"),
            source="damaged",
            target="destroyed",
            misses=True,
            needs_document=True,
            biz_step="destroying",
            disposition="destroyed",
        ),
        Step(
            id="destroy_surplus",
            stage="destruction",
            title=Words("Musnahkan kelebihan", "Destroy the surplus"),
            source="surplus",
            target="destroyed",
            misses=True,
            needs_document=True,
            biz_step="destroying",
            disposition="destroyed",
        ),
    )
}
