"""Small made-up tables for the importers' tests."""

from awas.places.rows import STATION_COLUMNS

REGIONS = """kode,nama
36,Banten
36.01,Kabupaten Pandeglang
36.01.01,Sumur
36.01.01.2001,Sumberjaya
36.01.01.2002,Ujungjaya
36.02,Kabupaten Lebak
36.02.01,Malingping
36.02.01.2001,"Malingping Utara, Selatan"
"""

STATIONS = [
    "36,BANTEN,36.01,PANDEGLANG,36.01.01,SUMUR,36.01.01.2001,SUMBERJAYA,3,,,0,3",
    "36,BANTEN,36.01,PANDEGLANG,36.01.01,SUMUR,36.01.01.2002,UJUNGJAYA,2,901,902,2,4",
    "36,BANTEN,36.02,LEBAK,36.02.01,MALINGPING,36.02.01.2001,MALINGPING UTARA,1,,,0,1",
    "36,BANTEN,36.02,LEBAK,36.02.09,CIJAKU,36.02.09.2001,CIJAKU,1,,,0,1",
    "99,LUAR NEGERI,99.01,BRUNEI DARUSSALAM,99.01.01,KBRI BANDAR SERI BEGAWAN,99.01.01.0001,TPS,2,,,0,2",
    "99,LUAR NEGERI,99.01,BRUNEI DARUSSALAM,99.01.01,KBRI BANDAR SERI BEGAWAN,99.01.01.0002,POS,0,3,3,1,1",
]


def station_file(*lines):
    """The text of a station file with these lines."""
    return "\n".join((",".join(STATION_COLUMNS), *lines)) + "\n"
