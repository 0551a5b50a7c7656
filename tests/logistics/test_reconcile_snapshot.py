"""Snapshots: written only where something changed, whole or not at all."""

import itertools
import tracemalloc

import pytest

from awas.logistics.reconcile.engine import STAGE_ROWS, DuckDB
from awas.logistics.reconcile.snapshot import FOLDER, kept_in, refresh

pytest.importorskip("duckdb", reason="duckdb is not installed")


def rows(district, count=1, units=10):
    for number in range(count):
        station = f"{district}.01.2001-{number + 1:03d}"
        yield (district, station, station, "packing", "ballot", "dpr", "", units, units, 0, 0, 0, 0)


@pytest.fixture
def engine():
    with DuckDB(1) as engine:
        yield engine


def total(engine, files):
    engine.attach("stage_rows", STAGE_ROWS, files)
    return engine._connection.execute("SELECT COUNT(*), SUM(taken) FROM stage_rows").fetchall()[0]


def test_only_districts_whose_log_changed_are_written_again(engine, tmp_path):
    asked = []

    def rows_of(district):
        asked.append(district)
        return rows(district, 2)

    first = refresh(engine, tmp_path, {"36.02": "5-aa", "36.03": "7-bb"}, rows_of)
    assert first.written == ("36.02", "36.03")
    second = refresh(engine, tmp_path, {"36.02": "5-aa", "36.03": "8-cc"}, rows_of)
    assert second.written == ("36.03",)
    assert asked == ["36.02", "36.03", "36.03"]
    assert kept_in(tmp_path) == {"36.02": "5-aa", "36.03": "8-cc"}
    assert total(engine, second.files) == (4, 40)
    assert refresh(engine, tmp_path, {"36.02": "5-aa"}, rows_of, fresh=True).written == ("36.02",)


def test_a_write_that_fails_leaves_the_old_file_and_no_half_one(engine, tmp_path):
    refresh(engine, tmp_path, {"36.02": "5-aa"}, rows)

    def broken(district):
        yield from rows(district)
        raise OSError("the disk is full")

    with pytest.raises(OSError, match="full"):
        refresh(engine, tmp_path, {"36.02": "6-bb"}, broken)
    assert kept_in(tmp_path) == {"36.02": "5-aa"}
    assert [path.name for path in (tmp_path / FOLDER).iterdir()] == ["36.02.5-aa.parquet"]


def test_what_a_crash_left_behind_is_not_read(engine, tmp_path):
    home = tmp_path / FOLDER
    (home / ".36.02.6-bb.x.part").mkdir(parents=True)
    (home / ".36.02.6-bb.x.part" / "36.02.6-bb.parquet").write_bytes(b"half")
    (home / "notes.parquet").write_bytes(b"somebody's")
    kept = refresh(engine, tmp_path, {"36.02": "5-aa"}, rows)
    assert kept_in(tmp_path) == {"36.02": "5-aa"}
    assert total(engine, kept.files) == (1, 10)


def test_texts_come_back_as_they_were(engine, tmp_path):
    odd = ("36.02", 'a "b", c', "", "packing", "ballot", "#x", "\\", 1, 2, 3, 4, 5, -6)
    file = tmp_path / "odd.parquet"
    engine.write(file, STAGE_ROWS, [odd])
    engine.attach("stage_rows", STAGE_ROWS, [file])
    assert engine._connection.execute("SELECT * FROM stage_rows").fetchall() == [odd]


def test_memory_does_not_grow_with_the_rows(engine, tmp_path):
    def peak(count):
        tracemalloc.start()
        stream = itertools.islice(itertools.cycle(rows("36.02", 999)), count)
        engine.write(tmp_path / f"{count}.parquet", STAGE_ROWS, stream, "station")
        _now, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    peak(10)
    assert peak(20_000) < peak(2_000) + 500_000
