"""What the rules of the roster rest on, and incidents that really happened. Only what was read in a source. Pure."""

from awas.warnings.rule import Incident, Words

ROUND_THE_CLOCK = Words(
    "SOP pengawasan: patroli 24 jam di semua tingkat, termasuk pengawas ad hoc (Bawaslu RI 2024).",
    "Supervision SOP: patrols around the clock at every tier, ad hoc supervisors included (Bawaslu RI 2024).",
)
HANDOVER = Words(
    "SOP piket: serah terima dengan catatan, keadaan stok, segel, dan CCTV, ditandatangani keduanya.",
    "Watch SOP: the hand-over notes stock, seals and cameras, and both officers sign.",
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
MALANG_TIRED = Incident(
    what=Words(
        "Petugas gudang lelah menghitung; beberapa TPS kurang 119, 75, dan 99 surat suara presiden.",
        "Tired counting in the warehouse: stations were short of 119, 75 and 99 presidential ballots.",
    ),
    where="Kota Malang",
    on="2024-02",
    source="liputan6.com/amp/5528141",
)
