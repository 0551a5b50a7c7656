"""The page for strangers says what the code does, and the stranger's sixty lines agree with the audit."""

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from awas.ledger import canonical, export, merkle, verify
from awas.ledger.checkpoint import Checkpoint, open_checkpoint, sign_checkpoint
from awas.ledger.note import Verifier
from awas.ledger.proof import verify_proof
from awas.ledger.tiles import HashesMissing
from tests.ledger import vectors
from tests.ledger.sample import BEGAN_AT, ORIGIN, LogInMemory, envelope
from tests.ledger.test_note import signer

DOCS = Path(__file__).resolve().parents[2] / "docs"
PAGE = (DOCS / "ledger-format.md").read_text(encoding="utf-8")
KEY = signer(ORIGIN).verifier


def test_the_vectors_of_the_page_are_those_of_the_code() -> None:
    begin, end = PAGE.index(vectors.BEGIN), PAGE.index(vectors.END)
    assert PAGE[begin : end + len(vectors.END)] == vectors.section()


def block(title: str) -> str:
    """The text under a title of the page, as a reader would copy it."""
    found = re.search(rf"\*\*{re.escape(title)}.*?\*\*\n\n```text\n(.*?)```", PAGE, re.DOTALL)
    assert found is not None, title
    return found[1]


def test_the_page_is_enough_to_check_itself() -> None:
    """Only what is printed on the page: keys, checkpoint, entries, proof."""
    log, witness = map(Verifier.from_text, block("Verifier keys").splitlines())
    opened = open_checkpoint(block("The checkpoint of the three"), [log], witnesses=[witness], quorum=1)
    bodies = [line.encode() for line in block("Three entries").splitlines()]
    assert opened.checkpoint.root == merkle.tree_root(map(merkle.leaf_hash, bodies))
    assert verify_proof(block("The proof of entry 1"), [log]).entry == bodies[1]
    roots = [bytes.fromhex(line) for line in block("The roots of").splitlines()]
    path = [bytes.fromhex(line) for line in block("Consistency from 1 to 3").splitlines()]
    merkle.verify_consistency(1, roots[1], 3, roots[3], path)
    assert LogInMemory(bodies).stored.leaves == [bytes.fromhex(line) for line in block("Their leaf").splitlines()]
    assert verify.verify_log(LogInMemory(bodies), ORIGIN, [log]).sound
    for body in bodies:
        canonical.require_canonical(body)


def test_the_page_names_every_field_and_every_finding() -> None:
    for field in envelope(0):
        assert f"| `{field}` |" in PAGE
    named = set(re.findall(r"`([a-z_]+)`", (verify.Problem.__doc__ or "").partition("Codes:")[2]))
    assert named == set(re.findall(r"^\| `([a-z_]+)` \| ", PAGE, re.MULTILINE)) - set(envelope(0))


def test_the_key_in_the_example_is_that_of_the_vectors() -> None:
    assert f'checkpoint "{KEY.to_text()}"' in PAGE


def stranger(folder: Path, key: str) -> subprocess.CompletedProcess[str]:
    """Runs the stranger's program on an export, far from our code."""
    return subprocess.run(
        [sys.executable, "-I", DOCS / "verify_log.py", folder / export.ENTRIES, folder / export.CHECKPOINT, key],
        capture_output=True,
        text=True,
        check=False,
        encoding="utf-8",
        env={"PYTHONIOENCODING": "utf-8"},
    )


def test_sixty_lines_without_us() -> None:
    program = (DOCS / "verify_log.py").read_text(encoding="utf-8")
    assert len(program.splitlines()) <= 60
    imported = set(re.findall(r"^(?:import|from) (\w+)", program, re.MULTILINE))
    assert imported == {"base64", "hashlib", "json", "sys", "pathlib", "cryptography"}


@pytest.mark.parametrize("count", [0, 1, 7, 300])
def test_the_stranger_agrees_with_an_export(tmp_path: Path, count: int) -> None:
    log = LogInMemory.of(310, count)
    assert export.export_log(log, ORIGIN, log.sign(count), [KEY], tmp_path) == count
    assert Verifier.from_text((tmp_path / export.VERIFIERS).read_text().strip()) == KEY
    found = stranger(tmp_path, KEY.to_text())
    assert found.stderr == ""
    assert found.stdout == (
        f"{ORIGIN}: these {count} entries are the ones that were signed, "
        f"root {merkle.tree_root(log.stored.leaves[:count]).hex()}\n"
    )
    assert found.returncode == 0


Spoil = Callable[[list[bytes]], list[bytes]]


@pytest.mark.parametrize(
    ("spoil", "why"),
    [
        (lambda lines: lines[:-1], "covers 20"),
        (lambda lines: [*lines, lines[-1]], "gap"),
        (lambda lines: [*lines[:6], *lines[7:]], "entry 8: a gap"),
        (lambda lines: [lines[1], lines[0], *lines[2:]], "entry 1: out of place"),
        (lambda lines: [lines[0].replace(b"k-0", b"k-9"), *lines[1:]], "not the entries that were signed"),
        (lambda lines: [lines[0].replace(b'":1', b'": 1'), *lines[1:]], "entry 0: not canonical"),
        (lambda lines: [lines[0].replace(b'"v":1', b'"v":1.0'), *lines[1:]], "entry 0: not canonical"),
        (lambda lines: [lines[0].replace(b'"v":1', b'"v":2'), *lines[1:]], "entry 0: out of place"),
        (lambda lines: [lines[0].replace(b'"part":0', b'"part":true'), *lines[1:]], "entry 0: other fields"),
        (lambda lines: [lines[0].replace(b'"v":1', b'"v":1,"w":1'), *lines[1:]], "entry 0: other fields"),
        (lambda lines: [line.replace(b"36.02", b"36.03") for line in lines], "entry 0: out of place"),
        (lambda lines: [lines[0].replace(b'"seq":1', b'"seq":2'), *lines[1:]], "entry 0: a gap"),
        (lambda lines: [lines[0].replace(b'"part":0', b'"part":1'), *lines[1:]], "entry 0: a gap"),
    ],
)
def test_the_stranger_finds_what_was_altered(tmp_path: Path, spoil: Spoil, why: str) -> None:
    log = LogInMemory.of(20)
    export.export_log(log, ORIGIN, log.sign(20), [KEY], tmp_path)
    file = tmp_path / export.ENTRIES
    file.write_bytes(b"".join(spoil(file.read_bytes().splitlines(keepends=True))))
    found = stranger(tmp_path, KEY.to_text())
    assert (found.returncode, found.stdout) == (1, "")
    assert found.stderr.startswith("WRONG: ")
    assert why in found.stderr


def test_the_stranger_wants_the_right_key(tmp_path: Path) -> None:
    log = LogInMemory.of(5)
    export.export_log(log, ORIGIN, log.sign(5), [KEY], tmp_path)
    other = signer(ORIGIN, seed=7).verifier.to_text()
    assert "not signed with this key" in stranger(tmp_path, other).stderr
    assert "contradicts itself" in stranger(tmp_path, KEY.to_text().replace("+70", "+71")).stderr
    forged = log.sign(5).replace("\n5\n", "\n4\n")
    (tmp_path / export.CHECKPOINT).write_text(forged, encoding="utf-8")
    assert "not signed with this key" in stranger(tmp_path, KEY.to_text()).stderr


def test_an_export_is_complete_or_has_no_checkpoint(tmp_path: Path) -> None:
    log = LogInMemory.of(20)
    note = log.sign(20)
    del log.bodies[13]
    with pytest.raises(HashesMissing, match="13 entries"):
        export.export_log(log, ORIGIN, note, [KEY], tmp_path)
    assert not (tmp_path / export.CHECKPOINT).exists()
    with pytest.raises(FileExistsError):
        export.export_log(log, ORIGIN, note, [KEY], tmp_path)


def test_an_export_is_of_the_log_that_was_asked_for(tmp_path: Path) -> None:
    other = sign_checkpoint(
        Checkpoint(origin="awas/36.03", size=0, root=merkle.EMPTY_ROOT), [signer("awas/36.03")], BEGAN_AT
    )
    with pytest.raises(ValueError, match=r"36\.03"):
        export.export_log(LogInMemory.of(1), ORIGIN, other, [KEY], tmp_path)
