"""Reading an official table: every line is taken, or named."""

import pytest

from awas.places.table import BAD_LINES_SHOWN, LONGEST_LINE, DamagedFile, Table


def pair(code, name):
    if not code.isdecimal():
        raise ValueError(f"{code} is no number")
    return int(code), name


@pytest.fixture
def read(tmp_path):
    """Rows of a file with these bytes, what was bad in it, and the bytes it told of."""

    def reading(content):
        path = tmp_path / "table.csv"
        path.write_bytes(content)
        table = Table(path, ("code", "name"), pair)
        told = []
        rows = list(table.rows(told.append))
        assert table.bad.count or sum(told) == len(content)
        try:
            table.bad.require_none("table.csv")
        except DamagedFile as damage:
            return rows, {bad.line: bad.what for bad in damage.bad}
        return rows, {}

    return reading


@pytest.mark.parametrize(
    "content",
    [
        b"code,name\n1,Satu\n2,Dua\n",
        b"code,name\r\n1,Satu\r\n2,Dua\r\n",
        b"\xef\xbb\xbfcode,name\n1,Satu\n2,Dua",
        b'"code","name"\n"1","Satu"\n2,Dua\n',
        b"name,year,code\nSatu,2024,1\nDua,2024,2\n",
    ],
    ids=["plain", "windows", "byte-order mark", "quoted", "other order"],
)
def test_forms_of_the_same_table(read, content):
    rows, bad = read(content)
    assert not bad
    assert [row for _, row in rows] == [(1, "Satu"), (2, "Dua")]


def test_names_may_hold_commas_and_quotes(read):
    rows, bad = read(b'code,name\n1,"Lambang Sari I, II, III"\n2,"Desa ""Baru"""\n')
    assert not bad
    assert [name for _, (_, name) in rows] == ["Lambang Sari I, II, III", 'Desa "Baru"']


def test_blank_lines_are_nothing_and_lines_are_counted_as_an_editor_counts(read):
    rows, bad = read(b"code,name\n\n1,Satu\n\n\nx,Dua\n")
    assert [number for number, _ in rows] == [3]
    assert bad == {6: "x is no number"}


@pytest.mark.parametrize(
    ("content", "line", "said"),
    [
        (b"", 1, "the file is empty; its header must be code,name"),
        (b"kode,nama\n1,Satu\n", 1, 'wrong header: it must be code,name, and is "kode,nama"'),
        (b"code,name,code\n1,Satu,2\n", 1, "wrong header"),
        (b"code;name\n1;Satu\n", 1, "wrong header"),
        (b"\xff\xfec\x00o\x00d\x00e\x00", 1, "is not UTF-8 text (byte 1 of the line)"),
        (b"\x1f\x8b\x08\x00packed\n" + b"\xff\n" * 50, 1, "is not UTF-8 text (byte 2 of the line)"),
        (b"code,name\n1,Satu\n2\n", 3, "has 1 fields, the header has 2"),
        (b"code,name\n1,Satu,3\n", 2, "has 3 fields, the header has 2"),
        (b"code,name\n1,Satu\n2,D\xe9sa\n", 3, "is not UTF-8 text (byte 4 of the line)"),
        (b'code,name\n1,"Satu\n2,Dua\n', 2, "has a broken quotation"),
        (b"code,name\n1," + b"a" * LONGEST_LINE + b"\n2,Dua\n", 2, "is longer than 65536 bytes"),
        (b"code,name\x1b[2J\n", 1, "code,name\N{REPLACEMENT CHARACTER}[2J"),
    ],
    ids=lambda value: None if isinstance(value, bytes) else str(value)[:30],
)
def test_a_bad_line_is_named(read, content, line, said):
    _, bad = read(content)
    assert list(bad) == [line]
    assert said in bad[line]


def test_all_bad_lines_are_counted_and_the_first_are_named(tmp_path):
    path = tmp_path / "table.csv"
    path.write_text("code,name\n" + "x,Satu\n" * 1000, encoding="utf-8")
    table = Table(path, ("code", "name"), pair)
    assert list(table.rows(lambda read: None)) == []
    table.bad.add(1, "named last, stands first")
    with pytest.raises(DamagedFile) as caught:
        table.bad.require_none(path.name)
    assert caught.value.count == 1001
    assert [bad.line for bad in caught.value.bad] == list(range(1, BAD_LINES_SHOWN + 1))
