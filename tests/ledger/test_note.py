"""Signed notes: the published examples of C2SP and of Go's note package, and every way a note can be wrong."""

import base64

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA44PrivateKey, MLDSA44PublicKey
from hypothesis import given
from hypothesis import strategies as st

from awas.ledger import note
from awas.ledger.note import Algorithm, NoteInvalid, Signer, Verifier

TEXT = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
NEUMANN = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
SIGNATURE_64 = "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM="
SIGNATURE = f"— PeterNeumann {SIGNATURE_64}\n"
NEUMANN_NOTE = f"{TEXT}\n{SIGNATURE}"
HEAD = "awas/36.02\n7\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n"


def signer(name: str = "awas/36.02", algorithm: Algorithm = Algorithm.ED25519, seed: int = 1) -> Signer:
    if algorithm is Algorithm.ML_DSA_44:
        return Signer(name, algorithm, MLDSA44PrivateKey.from_seed_bytes(bytes([seed]) * 32))
    return Signer(name, algorithm, Ed25519PrivateKey.from_private_bytes(bytes([seed]) * 32))


def test_the_note_of_the_go_package_opens() -> None:
    verifier = Verifier.from_text(NEUMANN)
    text, signed = note.open_note(NEUMANN_NOTE.encode(), [verifier])
    assert text == TEXT
    assert [one.by for one in signed] == [verifier]


def test_the_verifier_key_of_the_specification_reads() -> None:
    published = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
    assert Verifier.from_text(published).to_text() == published


@pytest.mark.parametrize("algorithm", Algorithm)
def test_sign_and_open(algorithm: Algorithm) -> None:
    by = signer(algorithm=algorithm)
    time = 1_707_868_800 if algorithm.timestamped else None
    whole = note.compose(HEAD, by.sign(HEAD, time))
    verifier = Verifier.from_text(by.verifier.to_text())
    text, signed = note.open_note(whole, [verifier])
    assert text == HEAD
    assert signed == (note.Signed(verifier, time),)


def test_one_private_key_has_another_id_for_each_algorithm_and_name() -> None:
    """So that a plain signature never passes for a cosignature of the same key."""
    plain, witness = signer(), signer(algorithm=Algorithm.COSIGNATURE_V1)
    assert plain.verifier.key == witness.verifier.key
    assert len({plain.verifier.key_id, witness.verifier.key_id, signer("awas/36.03").verifier.key_id}) == 3


def test_what_a_cosignature_signs() -> None:
    witness = signer("saksi.example/w1", Algorithm.COSIGNATURE_V1)
    assert (
        note.signed_message(witness.verifier, HEAD, 1679315147) == f"cosignature/v1\ntime 1679315147\n{HEAD}".encode()
    )


def test_what_ml_dsa_44_signs() -> None:
    """The `cosigned_message` of tlog-cosignature, put together by hand: label, name, time, origin, start, end, root."""
    by = signer("saksi.example/w1", Algorithm.ML_DSA_44)
    root = base64.b64decode(HEAD.split("\n")[2])
    message = (
        bytes.fromhex("737562747265652f76310a00")
        + b"\x10saksi.example/w1"
        + (1679315147).to_bytes(8, "big")
        + b"\x0aawas/36.02"
        + bytes(8)
        + (7).to_bytes(8, "big")
        + root
    )
    assert note.signed_message(by.verifier, HEAD + "an extension line\n", 1679315147) == message
    line = by.sign(HEAD, 1679315147)
    body = base64.b64decode(line.split(" ")[2])
    assert body[:4] == by.verifier.key_id
    MLDSA44PublicKey.from_public_bytes(by.verifier.key).verify(body[12:], message)


@pytest.mark.parametrize(
    "text", ["free text\n", "a\nb\nc\n", "awas/36.02\n07\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n"]
)
def test_ml_dsa_44_signs_checkpoints_only(text: str) -> None:
    with pytest.raises(NoteInvalid):
        signer(algorithm=Algorithm.ML_DSA_44).sign(text, 1)


@pytest.mark.parametrize(("algorithm", "time"), [(Algorithm.ED25519, 5), (Algorithm.COSIGNATURE_V1, None)])
def test_a_time_where_one_belongs(algorithm: Algorithm, time: int | None) -> None:
    with pytest.raises(NoteInvalid):
        signer(algorithm=algorithm).sign(HEAD, time)


@pytest.mark.parametrize("time", [0, -1, 2**63])
def test_times_that_are_none(time: int) -> None:
    with pytest.raises(NoteInvalid):
        signer(algorithm=Algorithm.COSIGNATURE_V1).sign(HEAD, time)


def test_lines_of_unknown_keys_are_passed_over() -> None:
    mine, other = signer(), signer("awas/36.03", seed=2)
    impostor = signer(seed=3)  # my name, another key
    whole = note.compose(HEAD, other.sign(HEAD), impostor.sign(HEAD), mine.sign(HEAD), mine.sign(HEAD))
    assert note.open_note(whole, [mine.verifier])[1] == (note.Signed(mine.verifier, None),)
    with pytest.raises(NoteInvalid, match="no key"):
        note.open_note(whole, [signer("awas/36.04").verifier])
    with pytest.raises(NoteInvalid, match="no key"):
        note.open_note(whole, [])


def test_a_wrong_line_under_a_known_key_spoils_the_note() -> None:
    mine, other = signer(), signer("awas/36.03", seed=2)
    whole = note.compose(HEAD, mine.sign(HEAD), other.sign("other text\n"))
    assert note.open_note(whole, [mine.verifier])
    with pytest.raises(NoteInvalid, match=r"awas/36\.03"):
        note.open_note(whole, [mine.verifier, other.verifier])


def test_a_cosignature_with_another_time_is_wrong() -> None:
    witness = signer("saksi.example/w1", Algorithm.COSIGNATURE_V1)
    line = witness.sign(HEAD, 1679315147)
    body = bytearray(base64.b64decode(line.split(" ")[2]))
    body[11] ^= 1
    moved = line.replace(line.split(" ")[2].strip(), base64.b64encode(bytes(body)).decode())
    with pytest.raises(NoteInvalid, match="doesn't fit"):
        note.open_note(note.compose(HEAD, moved), [witness.verifier])


@given(st.integers(0, len(NEUMANN_NOTE.encode()) - 1), st.integers(1, 255))
def test_no_byte_of_a_note_can_be_changed(at: int, flip: int) -> None:
    body = bytearray(NEUMANN_NOTE.encode())
    body[at] ^= flip
    with pytest.raises(NoteInvalid):
        note.open_note(bytes(body), [Verifier.from_text(NEUMANN)])


@pytest.mark.parametrize(
    "body",
    [
        b"",
        TEXT.encode(),
        (TEXT + "\n").encode(),
        (TEXT + SIGNATURE).encode(),
        (TEXT + "\n" + SIGNATURE[:-1]).encode(),
        (TEXT + "\n" + SIGNATURE + "\n").encode(),
        (TEXT + "\n" + SIGNATURE + "more\n").encode(),
        (TEXT + "\n" + SIGNATURE.replace("— ", "- ")).encode(),
        (TEXT + "\n— PeterNeumann\n").encode(),
        (TEXT + "\n—  x08g\n").encode(),
        (TEXT + "\n— Peter+Neumann x08goAAA\n").encode(),
        (TEXT + "\n— Peter\u00a0Neumann x08goAAA\n").encode(),
        (TEXT + "\n— PeterNeumann x08goA==\n").encode(),
        (TEXT + "\n— PeterNeumann x08go/ZJ!\n").encode(),
        (TEXT + "\n" + SIGNATURE.replace("JnAM=", "JnAN=")).encode(),
        (TEXT.replace("then", "\tthen") + "\n" + SIGNATURE).encode(),
        (TEXT.replace("then", "\rthen") + "\n" + SIGNATURE).encode(),
        TEXT.encode() + b"\xff\n\n" + SIGNATURE.encode(),
        (TEXT + "\n" + SIGNATURE * 65).encode(),
        (TEXT * 6000 + "\n" + SIGNATURE).encode(),
    ],
)
def test_malformed_notes(body: bytes) -> None:
    with pytest.raises(NoteInvalid) as caught:
        note.open_note(body, [Verifier.from_text(NEUMANN)])
    assert caught.value.reason


def test_a_text_may_hold_empty_lines() -> None:
    text = "one\n\ntwo\n\n\nthree\n"
    assert note.open_note(note.compose(text, signer().sign(text)), [signer().verifier])[0] == text


@pytest.mark.parametrize("text", ["", "no newline", "tab\there\n", "nul\0\n"])
def test_texts_that_can_not_be_signed(text: str) -> None:
    with pytest.raises(NoteInvalid):
        note.compose(text, signer().sign(text))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "PeterNeumann",
        "PeterNeumann+c74f20a3",
        "PeterNeumann+c74f20a4+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "PeterNeuman+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10T",
        "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy",
        "PeterNeumann+c74f20a3+AhpcAAAA",
        "PeterNeumann+c74f20a3+BRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "PeterNeumann+c74f20a3+",
        "Peter Neumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
    ],
)
def test_malformed_verifier_keys(text: str) -> None:
    with pytest.raises(NoteInvalid):
        Verifier.from_text(text)


def test_two_keys_with_one_name_and_id_are_refused() -> None:
    """Such a pair can be made on purpose; here the id is simply the same because the key is given twice, altered."""

    class Colliding(Verifier, frozen=True):
        @property
        def key_id(self) -> bytes:
            return b"same"

    mine = [Colliding("awas/36.02", Algorithm.ED25519, signer(seed=seed).verifier.key) for seed in (1, 2)]
    with pytest.raises(NoteInvalid, match="two keys"):
        note.open_note(NEUMANN_NOTE, mine)


def test_a_signer_keeps_to_the_kind_of_its_key() -> None:
    with pytest.raises(NoteInvalid):
        Signer("awas/36.02", Algorithm.ML_DSA_44, Ed25519PrivateKey.generate())
    with pytest.raises(NoteInvalid):
        Signer("awas/36.02", Algorithm.ED25519, MLDSA44PrivateKey.generate())
    with pytest.raises(NoteInvalid):
        Signer("two words", Algorithm.ED25519, Ed25519PrivateKey.generate())
