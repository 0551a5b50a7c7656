"""Our notes, proofs and tiles before the Go team's packages, and theirs before ours: two programs, one format."""

import base64
import json
import os
import shutil
import subprocess
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from awas.ledger import merkle, tiles
from awas.ledger.checkpoint import open_checkpoint
from awas.ledger.note import Verifier
from awas.ledger.tiles import Subtrees
from tests.ledger.sample import ORIGIN, LogInMemory
from tests.ledger.test_note import signer

SOURCES = Path("/usr/share/gocode")  # where Debian puts golang-golang-x-mod-dev
COUNT = 700
PLACES = [(0, 1), (0, 2), (1, 2), (255, 256), (256, 257), (3, 600), (599, 600), (511, 700), (640, 700), (699, 700)]


@pytest.fixture(scope="module")
def go(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Go program, built without network from Debian's packages."""
    if shutil.which("go") is None or not (SOURCES / "src/golang.org/x/mod/sumdb/tlog").is_dir():
        pytest.skip("needs Debian's golang-go and golang-golang-x-mod-dev")
    folder = tmp_path_factory.mktemp("go")
    program = folder / "crosscheck"
    environment = {
        **os.environ,
        "GO111MODULE": "off",
        "GOPATH": str(SOURCES),
        "GOCACHE": str(folder / "cache"),
        "GOPROXY": "off",
        "CGO_ENABLED": "0",
    }
    source = Path(__file__).parent / "crosscheck" / "main.go"
    subprocess.run(["go", "build", "-o", program, source], env=environment, check=True, capture_output=True)
    return program


def encoded(path: list[bytes]) -> list[str]:
    return [base64.b64encode(one).decode() for one in path]


def question(log: LogInMemory) -> dict[str, Any]:
    subtrees = Subtrees(log.stored)
    ours = tiles.complete_tiles(100, COUNT, log.stored)
    return {
        "VerifierKey": signer(ORIGIN).verifier.to_text(),
        "Note": log.sign(COUNT),
        "Entries": encoded(list(log.bodies.values())),
        "Inclusion": [
            {"Index": index, "Size": size, "Path": encoded(merkle.inclusion_proof(index, size, subtrees))}
            for index, size in PLACES
        ],
        "Consistency": [
            {"Old": old, "New": new, "Path": encoded(merkle.consistency_proof(old, new, subtrees))}
            for old, new in pairwise([1, 2, 3, 255, 256, 257, 512, 513, 640, 699, 700])
        ],
        "TileSizes": [100, COUNT],
        "TilePaths": [tiles.tile_path(level, n) for level, n, _ in ours],
    }


def ask(go: Path, asked: dict[str, Any]) -> subprocess.CompletedProcess[str]:
    return subprocess.run([go], input=json.dumps(asked), capture_output=True, text=True, check=False)


def test_go_and_we_agree(go: Path) -> None:
    log = LogInMemory.of(COUNT)
    asked = question(log)
    found = ask(go, asked)
    assert found.stderr == ""
    told = json.loads(found.stdout)
    empty: list[str] = []
    for kind in ("Inclusion", "Consistency"):
        assert [one["Path"] or empty for one in told[kind]] == [one["Path"] for one in asked[kind]]
    # Their note, with their key, before our eyes.
    opened = open_checkpoint(told["Note"], [Verifier.from_text(told["VerifierKey"])], origin=ORIGIN)
    assert opened.checkpoint.root == log.stated[1]


@pytest.mark.parametrize("part", ["Note", "Inclusion", "Consistency", "TilePaths"])
def test_go_would_have_told(go: Path, part: str) -> None:
    """The cross-check itself can fail."""
    asked = question(LogInMemory.of(COUNT))
    match part:
        case "Note":
            asked["Note"] = asked["Note"].replace("\n700\n", "\n699\n")
        case "TilePaths":
            asked["TilePaths"].pop()
        case _:
            asked[part][3]["Path"][0] = base64.b64encode(bytes(32)).decode()
    assert ask(go, asked).returncode == 1
