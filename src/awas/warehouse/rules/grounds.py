"""What the rules of a warehouse rest on: articles and practice, and incidents that really happened.

Only what was read in a source stands here; where no article could be read, it says SOP and names where the practice
was seen. Figures and places are those of the press of 2023 and 2024. Pure.
"""

from awas.warnings.rule import Incident, Words

ESCORT = Words(
    "UU 7/2017 Pasal 345 ayat (3): KPU meminta Polri mengamankan surat suara selama pencetakan, "
    "penyimpanan, dan "
    "pendistribusian.",
    "Law 7/2017, Article 345(3): KPU asks the police to secure ballots while they are printed, stored and distributed.",
)
VERIFIED_COUNT = Words(
    "UU 7/2017 Pasal 345 ayat (4): jumlah dan mutu surat suara yang dicetak, dikirim, dan "
    "disimpan diverifikasi dengan "
    "berita acara.",
    "Law 7/2017, Article 345(4): the number and quality of ballots printed, sent and stored is "
    "verified on a signed "
    "record.",
)
FIVE_RIGHTS = Words(
    "Perbawaslu 12/2023 (pengawasan pengadaan dan pendistribusian perlengkapan): tepat jumlah, "
    "jenis, kualitas, waktu, "
    "dan tujuan.",
    "Perbawaslu 12/2023 (supervision of procurement and distribution): right number, kind, "
    "quality, time and "
    "destination.",
)
ANNOUNCED_BEFOREHAND = Words(
    "SOP pengawasan: setiap pengiriman diberitahukan lebih dahulu kepada KPU dan Bawaslu "
    "(pencegahan di Banten, "
    "banten.suara.com 4/1/2024).",
    "Supervision SOP: every delivery is announced to KPU and Bawaslu beforehand (prevention in "
    "Banten, "
    "banten.suara.com, 4 January 2024).",
)
RECEIVING = Words(
    "SOP penerimaan KPU (2019): jenis dan jumlah dicocokkan dengan surat jalan, lalu dicatat dan "
    "ditandatangani di BTTB.",
    "KPU's receiving steps (2019): kind and number are matched with the delivery letter, then "
    "recorded and signed in "
    "the BTTB.",
)
GATE_BOOK = Words(
    "SOP pengawasan: siapa yang masuk dan keluar gudang termasuk yang diperiksa Bawaslu (Banyumas, Bandung 2023-2024).",
    "Supervision SOP: who goes in and out of the warehouse is among what Bawaslu checks (Banyumas, Bandung 2023-2024).",
)
SORTER_RULES = Words(
    "SOP sortir-lipat (Kota Depok 2024): pekerja diperiksa saat masuk dan keluar, dan lebih dahulu dicek di SIPOL.",
    "Sorting SOP (Kota Depok 2024): workers are checked going in and out, and looked up in the party register first.",
)
WAREHOUSE_STANDARD = Words(
    "Standar gudang KPU (daftar 12 butir, 2024): bebas banjir, listrik, CCTV, pagar, atap, APAR, "
    "keamanan lokasi, "
    "petugas pengamanan.",
    "KPU's warehouse standard (12 items, 2024): free of floods, electricity, CCTV, fence, roof, "
    "fire extinguishers, "
    "safe site, guards.",
)
ROUND_THE_CLOCK = Words(
    "SOP pengawasan: patroli 24 jam di semua tingkat, termasuk pengawas ad hoc (Bawaslu RI 2024).",
    "Supervision SOP: patrols around the clock at every tier, ad hoc supervisors included (Bawaslu RI 2024).",
)
SEALED = Words(
    "UU 7/2017 Pasal 341 ayat (1) huruf e: segel adalah perlengkapan pemungutan suara; SOP: nomor "
    "dan keutuhan segel "
    "dicatat setiap pemeriksaan.",
    "Law 7/2017, Article 341(1)(e): seals are voting equipment; SOP: number and state of a seal "
    "are noted at every "
    "check.",
)
REPORTED = Words(
    "Perbawaslu 5/2022 Pasal 18 ayat (1): setiap kegiatan pengawasan dituangkan dalam Formulir Model A, dengan bukti.",
    "Perbawaslu 5/2022, Article 18(1): every supervision activity is put in Form A, with its evidence.",
)
KEPT_IN_ONE_PLACE = Words(
    "SOP pengawasan: gudang dipakai hanya sebagai gudang, dan logistik disimpan di gudang yang "
    "ditetapkan (daftar "
    "periksa kelayakan gudang).",
    "Supervision SOP: a warehouse serves as a warehouse only, and goods lie where it was decided (fitness checklist).",
)

LEBAK_TRUCK = Incident(
    what=Words(
        "C.Hasil plano diantar satu pengemudi tanpa pengawalan dan tanpa pemberitahuan; truk ditinggal "
        "saat pengemudi mencari "
        "alamat.",
        "Result forms came with one driver, no escort and no notice; the truck was left while he "
        "looked for the "
        "address.",
    ),
    where="Kabupaten Lebak, Banten",
    on="2023-12",
    source="banten.suara.com 4/1/2024; nasional.kompas.com 28/12/2023",
)
LEBAK_RAIN = Incident(
    what=Words(
        "Hujan lebat membanjiri lorong antara gudang 1 dan 2; 85 surat suara DPR basah, sesudah dua "
        "surat dan empat "
        "imbauan Bawaslu.",
        "Heavy rain flooded the corridor between warehouses 1 and 2; 85 ballots got wet, after two "
        "letters and four "
        "appeals by Bawaslu.",
    ),
    where="Gudang Pasir Ona, Kabupaten Lebak, Banten",
    on="2024-01-28",
    source="banten.suara.com 29/1/2024",
)
CENTRAL_JAVA_AT_RISK = Incident(
    what=Words(
        "Enam dari 35 gudang rawan: banjir, bocor, tanpa listrik, rayap, dan tikus.",
        "Six of 35 warehouses were at risk: floods, leaks, no electricity, termites and rats.",
    ),
    where="Jawa Tengah",
    on="2019-01",
    source="joss.co.id/2019/01",
)
SERANG_PACKING = Incident(
    what=Words(
        "Pengepakan kacau dan dihentikan esoknya: terlalu banyak orang dari PPK, formulir plano sobek.",
        "Packing turned to chaos and was stopped the next day: too many people from the subdistricts, forms torn.",
    ),
    where="Kabupaten Serang, Banten",
    on="2024-01-31",
    source="banten.antaranews.com/berita/273540",
)
BANTEN_DAMAGED = Incident(
    what=Words(
        "61.139 surat suara rusak ditemukan sampai 16 Januari; 60.030 di antaranya DPRD Provinsi (0,68 persen).",
        "61,139 damaged ballots were found by 16 January, 60,030 of them for the provincial council (0.68 per cent).",
    ),
    where="Banten",
    on="2024-01-16",
    source="redaksinasional.id/baca/15462",
)
BANTEN_LATE = Incident(
    what=Words(
        "Surat suara DPR belum tiba di Kota Serang, Cilegon, dan Kabupaten Serang sebulan sebelum pemungutan suara.",
        "Ballots for the national parliament had not come to Kota Serang, Cilegon and Kabupaten Serang a month before.",
    ),
    where="Banten",
    on="2024-01-16",
    source="redaksinasional.id/baca/15462",
)
TANGERANG_SURPLUS = Incident(
    what=Words(
        "Kelebihan surat suara presiden terkirim ke KPPS di hampir semua dari 29 kecamatan, lalu ditarik kembali.",
        "Surplus presidential ballots went out to stations in nearly all 29 subdistricts and were called back.",
    ),
    where="Kabupaten Tangerang, Banten",
    on="2024-02-13",
    source="m.antaranews.com/amp/berita/3962280",
)
PANDEGLANG_SHORT = Incident(
    what=Words(
        "Kurang surat suara pada hari pemungutan: presiden 409, DPD 67, DPR 196, DPRD 50 dan 191; plano tertukar.",
        "Ballots were short on voting day: president 409, senate 67, parliament 196, councils 50 and "
        "191; forms "
        "swapped.",
    ),
    where="Kabupaten Pandeglang, Banten",
    on="2024-02-14",
    source="bingar.id",
)
MALANG_TIRED = Incident(
    what=Words(
        "Petugas gudang lelah menghitung; beberapa TPS kurang 119, 75, dan 99 surat suara presiden.",
        "Tired counting in the warehouse: stations were short of 119, 75 and 99 presidential ballots.",
    ),
    where="Kota Malang",
    on="2024-02",
    source="liputan6.com/amp/5528141",
)
WRONG_DESTINATION = Incident(
    what=Words(
        "Logistik tahap I salah alamat di 10 kabupaten/kota.",
        "First-stage goods reached the wrong place in 10 districts.",
    ),
    where="Indonesia",
    on="2023-12",
    source="metrotvnews KdZCW0zG",
)
WRONG_NUMBER = Incident(
    what=Words(
        "Jumlah surat suara tidak sesuai di 61 kabupaten/kota pada tahap II.",
        "The number of ballots was wrong in 61 districts in the second stage.",
    ),
    where="Indonesia",
    on="2024-01",
    source="metrotvnews KdZCW0zG; pinusi.com 11032",
)
UNOFFICIAL_STORE = Incident(
    what=Words(
        "Logistik dibongkar di gudang tidak resmi, dan di tempat lain surat suara disimpan di aula KPU.",
        "Goods were unloaded in an unofficial warehouse, and elsewhere ballots were kept in a hall of KPU.",
    ),
    where="Gunungsitoli; Ogan Komering Ilir",
    on="2024-01",
    source="bbcindonesia.biz 8/1/2024",
)
UNSEALED_BOXES = Incident(
    what=Words(
        "3.441 kotak suara tidak tersegel sehari sebelum pemungutan suara; Banten termasuk 14 provinsi di atas 100.",
        "3,441 boxes were unsealed a day before voting; Banten was among the 14 provinces above 100.",
    ),
    where="Indonesia",
    on="2024-02-13",
    source="tajukflores.com; nasional.kompas.com 14/2/2024",
)
KARAWANG_BADMINTON = Incident(
    what=Words(
        "Gudang logistik dipakai bermain bulu tangkis, akses tidak dibatasi.",
        "A warehouse was used as a badminton hall; access was not limited.",
    ),
    where="Karawang",
    on="2024",
    source="bacakoran.co 19696",
)
BANDUNG_OUTSIDERS = Incident(
    what=Words(
        "Penjagaan gudang lemah, orang luar lalu lalang.", "The warehouse was weakly guarded; outsiders passed through."
    ),
    where="Bandung",
    on="2024-01",
    source="pasjabar.com 29/1/2024",
)
JAMBI_OBSTRUCTED = Incident(
    what=Words("Pengawas dihalangi saat mengawasi logistik.", "Supervisors were obstructed at the goods."),
    where="Jambi",
    on="2024-01",
    source="metrotvnews KdZCW0zG; pinusi.com 11032",
)
CIREBON_CAMERAS = Incident(
    what=Words(
        "Lima kamera untuk 1.200 meter persegi dan dua ruang dinilai kurang oleh Bawaslu.",
        "Bawaslu found five cameras too few for 1,200 square metres and two rooms.",
    ),
    where="Kota Cirebon",
    on="2023-11",
    source="regional.kompas.com 203145178",
)
MALANG_LEAKS = Incident(
    what=Words(
        "Atap gudang bocor dan tidak ada prosedur kebakaran.", "The roof leaked, and there was no fire procedure."
    ),
    where="Kota Malang",
    on="2023",
    source="malangvoice.com; malang-post.com/?p=50656",
)
THREE_FOR_ALL_HOURS = Incident(
    what=Words(
        "Tiga orang Panwascam harus membagi waktu untuk mengawasi gudang kecamatan 24 jam.",
        "Three subdistrict supervisors had to share out the hours to watch a warehouse day and night.",
    ),
    where="Bandung",
    on="2024-01-29",
    source="pasjabar.com 29/1/2024",
)
FOOTAGE_BY_LETTER = Incident(
    what=Words(
        "Rekaman CCTV gudang hanya dapat dilihat KPU dan polisi; Bawaslu memintanya dengan surat.",
        "Only KPU and the police could see the warehouse's footage; Bawaslu asked for it by letter.",
    ),
    where="Grobogan",
    on="2024",
    source="berita.murianews.com 408077",
)
DEPOK_SORTERS = Incident(
    what=Words(
        "300 pekerja sortir-lipat diperiksa badan masuk dan keluar dan dicek di SIPOL lebih dahulu.",
        "300 sorters were searched going in and out, and looked up in the party register first.",
    ),
    where="Kota Depok",
    on="2024-01",
    source="monitordepok.co",
)
