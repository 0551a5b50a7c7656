"""The folder of signing keys."""

import os
import stat
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from awas.ledger.keys import KeyFolder, KeyUnusable
from awas.ledger.note import Algorithm

NAME = "awas/36.02"


@pytest.mark.parametrize("algorithm", Algorithm)
def test_a_key_that_was_made_is_loaded_again(tmp_path: Path, algorithm: Algorithm) -> None:
    made = KeyFolder(tmp_path / "keys").create(NAME, algorithm)
    again = KeyFolder(tmp_path / "keys")
    assert again.load(NAME, algorithm).verifier == made.verifier
    assert again.load_or_create(NAME, algorithm).verifier == made.verifier
    assert again.names(algorithm) == [NAME]
    assert made.verifier.algorithm is algorithm


def test_nobody_else_can_read_it(tmp_path: Path) -> None:
    folder = KeyFolder(tmp_path / "keys")
    folder.create(NAME)
    file = folder.file_of(NAME)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    assert file.read_text().startswith("-----BEGIN PRIVATE KEY-----")
    assert [path.name for path in file.parent.iterdir()] == [file.name], "no draft is left behind"


@pytest.mark.skipif(os.name != "posix", reason="file modes are POSIX's")
def test_a_key_that_others_could_read_is_not_used(tmp_path: Path) -> None:
    folder = KeyFolder(tmp_path)
    folder.create(NAME)
    folder.file_of(NAME).chmod(0o640)
    with pytest.raises(KeyUnusable, match="read by others"):
        folder.load(NAME)


def test_a_key_is_never_overwritten(tmp_path: Path) -> None:
    folder = KeyFolder(tmp_path)
    first = folder.create(NAME)
    with pytest.raises(KeyUnusable, match="already"):
        folder.create(NAME)
    assert folder.load(NAME).verifier == first.verifier


def test_a_missing_key_is_said(tmp_path: Path) -> None:
    with pytest.raises(KeyUnusable, match="No such file"):
        KeyFolder(tmp_path).load(NAME)


@pytest.mark.parametrize("body", [b"", b"nonsense", b"-----BEGIN PRIVATE KEY-----\n"])
def test_a_damaged_key_is_said(tmp_path: Path, body: bytes) -> None:
    folder = KeyFolder(tmp_path)
    folder.create(NAME)
    folder.file_of(NAME).write_bytes(body)
    with pytest.raises(KeyUnusable, match="PKCS #8"):
        folder.load_or_create(NAME)


def test_a_key_of_another_kind_is_said(tmp_path: Path) -> None:
    folder = KeyFolder(tmp_path)
    folder.create(NAME)
    folder.create(NAME, Algorithm.ML_DSA_44)
    folder.file_of(NAME).write_bytes(folder.file_of(NAME, Algorithm.ML_DSA_44).read_bytes())
    with pytest.raises(KeyUnusable, match="ED25519"):
        folder.load(NAME)
    elliptic = generate_private_key(SECP256R1()).private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    folder.file_of(NAME).write_bytes(elliptic)
    with pytest.raises(KeyUnusable, match="another kind"):
        folder.load(NAME)


@pytest.mark.parametrize("name", ["../../etc/passwd", "a/b/../c", "awas/36.02"])
def test_a_name_stays_within_the_folder(tmp_path: Path, name: str) -> None:
    folder = KeyFolder(tmp_path / "keys")
    folder.create(name)
    assert folder.file_of(name).parent == tmp_path / "keys"
    assert folder.names() == [name]
