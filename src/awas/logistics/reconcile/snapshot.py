"""Snapshots of the record's balances for the engine: one parquet file a district, written again when its log grew.

    <folder>/stage_rows-v1/36.03.1234-9f2c.parquet       district 36.03 when its log had 1,234 entries and that root
    <folder>/stage_rows-v1/.36.03.1234-9f2c.x7….part     being written, or left by a crash: never read

The folder is a cache: it may be deleted at any time, and nothing but the reconciliation may read it.
"""

import os
import re
import tempfile
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from pathlib import Path

from msgspec import Struct

from awas.logistics.reconcile.engine import STAGE_ROWS, BatchEngine, Row

FOLDER = "stage_rows-v1"
"""Carries the number of the format: files of another one are not found."""
ORDER = "station, item, ballot, dapil, stage"
"""Rows of a station side by side: the engine's dictionaries stay small, and joins by station fast."""

_FILE = re.compile(r"(\d{2}\.\d{2})\.([0-9a-z-]+)\.parquet")


class Kept(Struct, frozen=True, kw_only=True):
    """The districts' files, in their order, and which of them were written just now."""

    files: tuple[Path, ...]
    written: tuple[str, ...]


def refresh(
    engine: BatchEngine,
    folder: Path,
    states: Mapping[str, str],
    rows_of: Callable[[str], Iterable[Row]],
    *,
    fresh: bool = False,
) -> Kept:
    """Brings the files of the districts in `states` up to date: district to its log's size and root, as `1234-9f2c`.

    `rows_of(district)` gives its rows in the order of `STAGE_ROWS`'s columns; it is read as a stream. `fresh` writes
    all again: `awas rebuild` may have repaired balances without a new entry.
    """
    # States were read before the rows: rows of a later entry may be in a file, and then its log's state differs from
    # the name next time. A file is never older than its name. The root tells two logs of equal size apart.
    home = folder / FOLDER
    home.mkdir(parents=True, exist_ok=True)
    files, written = [], []
    for district, state in sorted(states.items()):
        file = home / f"{district}.{state}.parquet"
        if fresh or not file.is_file():
            _write(engine, file, rows_of(district))
            written.append(district)
        _forget_others(home, district, file)
        files.append(file)
    return Kept(files=tuple(files), written=tuple(written))


def kept_in(folder: Path) -> dict[str, str]:
    """Districts with a whole file, and the state of the log that it stands for."""
    found = (_FILE.fullmatch(path.name) for path in (folder / FOLDER).glob("*.parquet"))
    return {match[1]: match[2] for match in found if match}


def _write(engine: BatchEngine, file: Path, rows: Iterable[Row]) -> None:
    # The name appears with the whole file: a crash before the rename leaves a dotted folder that no reader looks into.
    with tempfile.TemporaryDirectory(dir=file.parent, prefix=f".{file.stem}.", suffix=".part") as work:
        part = Path(work) / file.name
        engine.write(part, STAGE_ROWS, rows, ORDER)
        with part.open("rb") as handle:
            os.fsync(handle.fileno())
        part.replace(file)


def _forget_others(home: Path, district: str, keep: Path) -> None:
    for path in home.glob(f"{district}.*.parquet"):
        if path != keep and _FILE.fullmatch(path.name):
            # Another run may have removed it, or (on Windows) still read it: the next one tidies up.
            with suppress(OSError):
                path.unlink()
