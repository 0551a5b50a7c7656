"""The checklist of warehouse fitness (kelayakan gudang): what a supervisor asks of a building, and who asks it too.

Only the catalogue. Answers are recorded by the watch; a changed question gets a new checklist, never a new meaning
for an old id.
"""

from dataclasses import dataclass
from typing import Any

from django.utils.functional import lazy
from django.utils.translation import get_language

CHECKLIST = "awas-20"
"""The name of this edition of the list."""

AREA_PER_STATION_CM2 = 5_800
"""Floor per polling station, as Tangerang Selatan was asked: 2,200 m² for 3,824 stations, 0.58 m² each."""

_KALTENG = "KPU Kalimantan Tengah, 12 points (prokalteng.jawapos.com 31/10/2024)"
_SEKJEN = "Secretary-general of KPU, 29 September 2023 (kota-palu.kpu.go.id)"
_5R = "SE KPU 1256/2018, 5R (harapanrakyat.com/2018/12)"
_BANYUMAS = "Bawaslu Banyumas (serayunews.com)"
_BANDUNG = "Bawaslu Kota Bandung (pasjabar.com)"
_MALANG = "Bawaslu Kota Malang (malang-post.com, sekarangaja.com)"
_PRACTICE = "this program's own list, drawn from gate-log practice"


@dataclass(frozen=True, kw_only=True)
class FitnessItem:
    """One point of the checklist, put so that "good" and "not good" answer it."""

    id: str
    indonesian: str
    english: str
    source: str

    @property
    def question(self) -> Any:
        """The question in the reader's language, chosen when it is shown."""
        return lazy(self._in_language, str)()

    def _in_language(self) -> str:
        return self.english if (get_language() or "id").startswith("en") else self.indonesian


ITEMS: tuple[FitnessItem, ...] = (
    FitnessItem(
        id="FIT-01",
        indonesian="Alamat, titik GPS, pemilik dan masa sewa jelas dan tertulis",
        english="Address, GPS point, owner and rental term are clear and in writing",
        source=_BANYUMAS,
    ),
    FitnessItem(
        id="FIT-02",
        indonesian="Luas lantai cukup (0,58 m² per TPS)",
        english="Floor area is enough (0.58 m² per polling station)",
        source="Kota Tangerang Selatan (tangerang.tribunnews.com/2023/08/10)",
    ),
    FitnessItem(
        id="FIT-03",
        indonesian="Bebas banjir; riwayat banjir diperiksa",
        english="Free of floods; its flood history was checked",
        source=_KALTENG,
    ),
    FitnessItem(
        id="FIT-04",
        indonesian="Atap tidak bocor; dinding, lantai dan atap baik",
        english="No leaks; walls, floor and roof are sound",
        source=f"{_KALTENG}; {_MALANG}",
    ),
    FitnessItem(
        id="FIT-05",
        indonesian="Lantai kering; barang di atas palet atau ganjal",
        english="Floor dry; goods stand on pallets or blocks",
        source=_KALTENG,
    ),
    FitnessItem(
        id="FIT-06",
        indonesian="Ventilasi baik dan tidak lembap",
        english="Well aired and not damp",
        source=f"{_KALTENG}; {_BANYUMAS}; Bawaslu Lombok Barat (insidelombok.id)",
    ),
    FitnessItem(
        id="FIT-07",
        indonesian="Instalasi listrik memadai dan ada cadangan daya",
        english="Wiring is adequate and there is backup power",
        source=f"{_KALTENG}; {_BANDUNG}",
    ),
    FitnessItem(
        id="FIT-08",
        indonesian="Penerangan di luar gudang menyala pada malam hari",
        english="The outside is lit at night",
        source=_PRACTICE,
    ),
    FitnessItem(
        id="FIT-09",
        indonesian="APAR cukup, jenisnya sesuai, belum kedaluwarsa; ada prosedur kebakaran",
        english="Extinguishers are enough, of the right kind and in date; there is a fire procedure",
        source=f"{_KALTENG}; {_MALANG}; Bawaslu Lombok Barat (insidelombok.id)",
    ),
    FitnessItem(
        id="FIT-10",
        indonesian="Bebas hama; ada anti rayap",
        english="Free of pests; treated against termites",
        source=f"{_KALTENG}; {_5R}",
    ),
    FitnessItem(
        id="FIT-11",
        indonesian="Pagar, gerbang dan kunci aman; pemegang kunci tercatat",
        english="Fence, gate and locks are safe; the holders of keys are on record",
        source=f"{_KALTENG}; {_5R}; {_BANYUMAS}",
    ),
    FitnessItem(
        id="FIT-12",
        indonesian="CCTV merekam 24 jam di dalam dan luar tanpa titik buta; lama simpan dan siapa yang melihat jelas",
        english="CCTV records 24 hours inside and outside without blind spots; retention and who may look are known",
        source=f"{_KALTENG}; {_BANDUNG}; Bawaslu Kota Cirebon (tuntasmedia.com)",
    ),
    FitnessItem(
        id="FIT-13",
        indonesian="Penjaga tiap giliran cukup (KPU/Jagat Saksana, Polri, Satpol PP); jadwal ditempel",
        english="Guards of each shift are enough (KPU, police, Satpol PP); the roster is posted",
        source=f"{_KALTENG}; {_SEKJEN}",
    ),
    FitnessItem(
        id="FIT-14",
        indonesian="Buku tamu ada dan diisi",
        english="The visitor book is there and is kept",
        source=f"{_BANDUNG}; {_BANYUMAS}",
    ),
    FitnessItem(
        id="FIT-15",
        indonesian="Buku barang masuk dan keluar ada dan diisi",
        english="The book of goods in and out is there and is kept",
        source="KPU 2019, receiving and inventory steps (123dok.com zx514ped)",
    ),
    FitnessItem(
        id="FIT-16",
        indonesian="Daftar yang boleh masuk ada; tanda pengenal dipakai",
        english="There is a list of who may enter; passes are worn",
        source=_BANDUNG,
    ),
    FitnessItem(
        id="FIT-17",
        indonesian="Halaman bongkar muat cukup dan mudah dilalui kendaraan",
        english="The loading yard is large enough and easy for vehicles to reach",
        source=_KALTENG,
    ),
    FitnessItem(
        id="FIT-18",
        indonesian="Internet tersedia",
        english="There is internet",
        source=_SEKJEN,
    ),
    FitnessItem(
        id="FIT-19",
        indonesian="Dipakai sebagai gudang saja, tanpa kegiatan lain",
        english="Used as a warehouse only, with no other activity",
        source="Bawaslu RI on the warehouse of Karawang (bacakoran.co 19696)",
    ),
    FitnessItem(
        id="FIT-20",
        indonesian="Tumpukan kotak paling tinggi empat",
        english="Boxes are stacked four high at most",
        source=_SEKJEN,
    ),
)
