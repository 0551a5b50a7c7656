"""A log as files that anyone can check with a tool we did not write: docs/ledger-format.md, section "An export".

Three files: the entries as NDJSON, the checkpoint that covers exactly these entries, and the log's verifier keys. What
the vault holds is never part of it.
"""

import os
from collections.abc import Iterable
from pathlib import Path

from awas.ledger.checkpoint import Checkpoint
from awas.ledger.note import Verifier, parse_note
from awas.ledger.tiles import HashesMissing
from awas.ledger.verify import LedgerReader

ENTRIES = "entries.ndjson"
CHECKPOINT = "checkpoint"
VERIFIERS = "verifiers.txt"


def export_log(
    reader: LedgerReader, origin: str, note: str, verifiers: Iterable[Verifier], folder: str | os.PathLike[str]
) -> int:
    """Writes the entries that the checkpoint `note` covers, and it, into `folder`. Returns their number.

    The checkpoint is written last: a folder with one is complete. Raises `HashesMissing` if the log ends before it,
    FileExistsError if the folder holds an export already.
    """
    head = Checkpoint.from_text(parse_note(note).text)
    if head.origin != origin:
        raise ValueError(f"a checkpoint of {head.origin} doesn't cover {origin}")
    target = Path(folder)
    target.mkdir(parents=True, exist_ok=True)
    count = 0
    with (target / ENTRIES).open("xb") as lines:
        for index, body in reader.entries(origin, 0, head.size):
            if index != count:
                break
            # An entry is JSON without spaces: it can't hold a newline.
            lines.write(body + b"\n")
            count += 1
    if count != head.size:
        raise HashesMissing(f"{origin} has {count} entries in a row, the checkpoint covers {head.size}")
    (target / VERIFIERS).write_text("".join(f"{one.to_text()}\n" for one in verifiers), encoding="utf-8")
    (target / CHECKPOINT).write_text(note, encoding="utf-8", newline="\n")
    return count
