"""What the rules of logistics rest on, and incidents that really happened. Only what was read in a source. Pure."""

from awas.warnings.rule import Incident, Words

NOT_BEYOND_ORDER = Words(
    "UU 7/2017 Pasal 345 ayat (1): percetakan tidak boleh mencetak melebihi jumlah yang ditetapkan.",
    "Law 7/2017, Article 345(1): the printer may not print more than the number set.",
)
NEED = Words(
    "UU 7/2017 Pasal 344 ayat (2): jumlah surat suara sama dengan DPT ditambah 2 persen sebagai cadangan.",
    "Law 7/2017, Article 344(2): as many ballots as voters on the list, and 2 per cent in reserve.",
)
DAY_BEFORE = Words(
    "UU 7/2017 Pasal 341 ayat (6): perlengkapan diterima KPPS paling lambat satu hari sebelum pemungutan suara.",
    "Law 7/2017, Article 341(6): stations have everything a day before voting at the latest.",
)
CRITERIA = Words(
    "Kpt KPU 1395/2023: delapan kriteria surat suara rusak; yang rusak dihitung tiap hari dan dimintakan gantinya.",
    "KPU decree 1395/2023: eight criteria of damage; the damaged are counted daily and replacements asked for.",
)
CONFORMITY = Words(
    "Perbawaslu 1/2024 Pasal 18 ayat (2): surat suara di TPS diperiksa segelnya, jumlahnya, dan kesesuaian dapilnya.",
    "Perbawaslu 1/2024, Article 18(2): at the station ballots are checked for seal, number and electoral district.",
)
DESTROYED = Words(
    "Praktik KPU 2024: surat suara rusak dan berlebih dimusnahkan pada H-1 dengan berita acara dan saksi.",
    "KPU's practice in 2024: damaged and surplus ballots are destroyed on H-1, with minutes and witnesses.",
)
MINUTES = Words(
    "Praktik serah terima KPU: BTTB atau BAST pada setiap serah terima; berita acara pada verifikasi dan pemusnahan.",
    "KPU's practice: a receipt (BTTB, BAST) at each hand-over, minutes at verification and destruction.",
)
OWN_RECORD = Words(
    "SOP pengawasan: setiap selisih dicatat dengan alasannya dan dilihat pengirimnya.",
    "Supervision SOP: every difference is recorded with its reason, and its sender sees it.",
)

SWAPPED_BALLOTS = Incident(
    what=Words("Surat suara tertukar di 6.084 TPS.", "Ballots were swapped at 6,084 stations."),
    where="Indonesia",
    on="2024-02-14",
    source="Siwaslu, disway.id/read/762781",
)
INCOMPLETE_STATIONS = Incident(
    what=Words("Logistik tidak lengkap di 10.496 TPS.", "Logistics were incomplete at 10,496 stations."),
    where="Indonesia",
    on="2024-02-14",
    source="Siwaslu, disway.id/read/762781",
)
NOT_SUPPLIED = Incident(
    what=Words(
        "8.061 KPPS belum menerima perlengkapan sehari sebelum pemungutan suara.",
        "8,061 stations had no equipment a day before voting.",
    ),
    where="Indonesia",
    on="2024-02-13",
    source="tajukflores.com; nasional.kompas.com/read/2024/02/14/12384361",
)
LATE_REPLACEMENT = Incident(
    what=Words(
        "Lima hari sebelum pemungutan suara masih kurang 3.934 surat suara.",
        "Five days before voting 3,934 ballots were still lacking.",
    ),
    where="Bulukumba",
    on="2024-02-09",
    source="metrotvnews KRXC5Gvz",
)
TANGSEL_VIOLET = Incident(
    what=Words(
        "16.170 surat suara DPRD Banten rusak: penanda biru tercetak ungu.",
        "16,170 ballots of the provincial council were damaged: the blue mark printed violet.",
    ),
    where="Kota Tangerang Selatan",
    on="2024-01-23",
    source="redaksinasional.id/baca/16363",
)
SERANG_DESTROYED = Incident(
    what=Words(
        "9.752 surat suara dimusnahkan dengan hitungan per jenis: 175, 132, 9.156, 67, dan 222.",
        "9,752 ballots were destroyed, counted by kind: 175, 132, 9,156, 67 and 222.",
    ),
    where="Kota Serang",
    on="2024-02-13",
    source="pemilukita.republika.co.id s8t0bg366",
)
SERANG_REVOTE_SHORT = Incident(
    what=Words(
        "Tiga hari sebelum pemungutan suara ulang masih kurang 10.500 surat suara.",
        "Three days before the re-vote 10,500 ballots were still lacking.",
    ),
    where="Kabupaten Serang",
    on="2025-04-16",
    source="updategratis.com 24056",
)
TANGSEL_COUNTS = Incident(
    what=Words(
        "Hasil sortir 11.356 lembar lebih sedikit daripada yang diterima; satu angka tercetak mustahil (1.073.7171).",
        "Sorting came to 11,356 sheets fewer than received; one printed figure was impossible (1.073.7171).",
    ),
    where="Kota Tangerang Selatan",
    on="2024-11-05",
    source="tangerangnews.com/tangsel/read/51438",
)
DEPOK_SORTERS = Incident(
    what=Words(
        "300 pekerja sortir-lipat dicek di SIPOL lebih dahulu; yang tercatat sebagai anggota partai ditolak.",
        "300 sorters were looked up in the party register first; those found in it were turned away.",
    ),
    where="Kota Depok",
    on="2024-01",
    source="monitordepok.co",
)
