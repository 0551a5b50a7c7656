"""Checkpoints, cosignatures and stand-alone proofs."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from awas.ledger import checkpoint, merkle, proof
from awas.ledger.checkpoint import Checkpoint, cosign, open_checkpoint, sign_checkpoint
from awas.ledger.merkle import ProofInvalid
from awas.ledger.note import Algorithm, NoteInvalid, Signer
from awas.ledger.tiles import Subtrees
from tests.ledger.sample import LETTERS
from tests.ledger.test_note import signer
from tests.ledger.test_tiles import TilesInMemory

ORIGIN = "awas/36.02"
NOW = 1_707_868_800_123
BODIES = [f'{{"n":{n}}}'.encode() for n in range(300)]
LEAVES = [merkle.leaf_hash(body) for body in BODIES]
LOG = TilesInMemory(LEAVES)


def head(size: int = 300) -> Checkpoint:
    return Checkpoint(origin=ORIGIN, size=size, root=merkle.tree_root(LEAVES[:size]))


def log_keys() -> list[Signer]:
    return [signer(ORIGIN), signer(ORIGIN, Algorithm.ML_DSA_44)]


def witness(number: int, algorithm: Algorithm = Algorithm.COSIGNATURE_V1) -> Signer:
    return signer(f"saksi.example/{number}", algorithm, seed=10 + number)


def test_the_text_is_that_of_the_specification() -> None:
    root = base64.b64decode("CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=")
    text = "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n"
    given_head = Checkpoint(origin="example.com/behind-the-sofa", size=20852163, root=root)
    assert given_head.to_text() == text
    assert Checkpoint.from_text(text) == given_head


lines = st.text(LETTERS[0x20:0x7F] + LETTERS[0xA0:], min_size=1, max_size=30)


@given(lines, st.integers(0, 2**63 - 1), st.binary(min_size=32, max_size=32), st.lists(lines, max_size=3))
def test_every_checkpoint_reads_back(origin: str, size: int, root: bytes, extensions: list[str]) -> None:
    given_head = Checkpoint(origin=origin, size=size, root=root, extensions=tuple(extensions))
    assert Checkpoint.from_text(given_head.to_text()) == given_head


ROOT64 = base64.b64encode(bytes(32)).decode()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n",
        f"awas/36.02\n7\n{ROOT64}",
        "awas/36.02\n7\n",
        f"\n7\n{ROOT64}\n",
        f"awas/36.02\n07\n{ROOT64}\n",
        f"awas/36.02\n-7\n{ROOT64}\n",
        f"awas/36.02\n+7\n{ROOT64}\n",
        f"awas/36.02\n7 \n{ROOT64}\n",
        f"awas/36.02\n٧\n{ROOT64}\n",
        f"awas/36.02\n9223372036854775808\n{ROOT64}\n",
        f"awas/36.02\n7\n{ROOT64[:-4]}\n",
        f"awas/36.02\n7\n{ROOT64.replace('A=', 'B=')}\n",
        f"awas/36.02\n7\n {ROOT64}\n",
        f"awas/36.02\n7\n{ROOT64}\n\nextension\n",
        f"awas/36.02\r\n7\r\n{ROOT64}\r\n",
    ],
)
def test_malformed_checkpoints(text: str) -> None:
    with pytest.raises(NoteInvalid):
        Checkpoint.from_text(text)


@pytest.mark.parametrize("origin", ["", "two\nlines"])
def test_an_origin_is_one_line(origin: str) -> None:
    with pytest.raises(NoteInvalid):
        Checkpoint(origin=origin, size=0, root=merkle.EMPTY_ROOT).to_text()


def test_a_log_signs_with_all_its_keys_and_any_one_convinces() -> None:
    keys = log_keys()
    signed = sign_checkpoint(head(), keys, NOW)
    for trusted in ([keys[0]], [keys[1]], keys):
        opened = open_checkpoint(signed, [one.verifier for one in trusted], origin=ORIGIN)
        assert opened.checkpoint == head()
        assert len(opened.signed) == len(trusted)
    assert opened.signed[1].time == NOW // 1000


def test_only_the_logs_own_keys_sign_its_checkpoints() -> None:
    with pytest.raises(NoteInvalid):
        sign_checkpoint(head(), [signer("awas/36.03")], NOW)
    with pytest.raises(NoteInvalid):
        sign_checkpoint(head(), [signer(ORIGIN, Algorithm.COSIGNATURE_V1)], NOW)
    with pytest.raises(NoteInvalid):
        sign_checkpoint(head(), [], NOW)


def test_another_logs_checkpoint_is_refused() -> None:
    signed = sign_checkpoint(head(), log_keys(), NOW)
    with pytest.raises(NoteInvalid, match="not of awas"):
        open_checkpoint(signed, [one.verifier for one in log_keys()], origin="awas/36.03")


def test_witnesses_are_counted_by_name() -> None:
    """Two keys of one party are one witness; a witness alone is no log."""
    party, other = witness(1), witness(2)
    same_party = witness(1, Algorithm.ML_DSA_44)
    note = sign_checkpoint(head(), log_keys()[:1], NOW)
    for one in (party, same_party):
        note = cosign(note, one, NOW)
    log = [log_keys()[0].verifier]
    known = [one.verifier for one in (party, same_party, other)]
    assert len(open_checkpoint(note, log, witnesses=known, quorum=1).signed) == 3
    with pytest.raises(NoteInvalid, match="1 of 2"):
        open_checkpoint(note, log, witnesses=known, quorum=2)
    note = cosign(note, other, NOW)
    assert open_checkpoint(note, log, witnesses=known, quorum=2).checkpoint == head()
    with pytest.raises(NoteInvalid, match="no key of the log"):
        open_checkpoint(note, [], witnesses=known, quorum=2)


def test_a_witness_signs_a_checkpoint_once_and_with_a_time() -> None:
    note = cosign(sign_checkpoint(head(), log_keys(), NOW), witness(1), NOW)
    with pytest.raises(NoteInvalid, match="already"):
        cosign(note, witness(1), NOW + 5000)
    with pytest.raises(NoteInvalid, match="with a time"):
        cosign(note, signer("saksi.example/9"), NOW)


def test_what_a_witness_asks_before_it_signs() -> None:
    old, new = head(100), head(300)
    path = merkle.consistency_proof(100, 300, Subtrees(LOG))
    checkpoint.require_consistent(old, new, path)
    forged = Checkpoint(origin=ORIGIN, size=100, root=bytes(32))
    with pytest.raises(ProofInvalid):
        checkpoint.require_consistent(forged, new, path)
    with pytest.raises(ProofInvalid):
        checkpoint.require_consistent(new, old, path)
    elsewhere = Checkpoint(origin="awas/36.03", size=300, root=new.root)
    with pytest.raises(NoteInvalid):
        checkpoint.require_consistent(old, elsewhere, path)


@pytest.fixture
def receipt() -> proof.EntryProof:
    note = cosign(sign_checkpoint(head(), log_keys()[:1], NOW), witness(1), NOW)
    return proof.prove(BODIES[41], 41, note, Subtrees(LOG))


def test_a_receipt_stands_alone(receipt: proof.EntryProof) -> None:
    text = receipt.to_text()
    assert text.startswith("c2sp.org/tlog-proof@v1\nextra ")
    assert proof.EntryProof.from_text(text) == receipt
    proven = proof.verify_proof(text, [log_keys()[0].verifier], witnesses=[witness(1).verifier], quorum=1)
    assert (proven.entry, proven.index, proven.opened.checkpoint) == (BODIES[41], 41, head())


def test_a_receipt_without_its_entry_needs_the_entry(receipt: proof.EntryProof) -> None:
    bare = proof.EntryProof(index=receipt.index, path=receipt.path, note=receipt.note).to_text()
    log = [log_keys()[0].verifier]
    assert proof.verify_proof(bare, log, entry=BODIES[41]).entry == BODIES[41]
    with pytest.raises(ProofInvalid, match="no entry"):
        proof.verify_proof(bare, log)
    with pytest.raises(ProofInvalid):
        proof.verify_proof(bare, log, entry=BODIES[42])
    with pytest.raises(ProofInvalid, match="another entry"):
        proof.verify_proof(receipt.to_text(), log, entry=BODIES[42])


def test_a_receipt_of_another_entry_or_index_fails(receipt: proof.EntryProof) -> None:
    log = [log_keys()[0].verifier]
    for index, entry in ((42, BODIES[41]), (41, BODIES[42]), (41, b"{}")):
        with pytest.raises(ProofInvalid):
            proof.verify_proof(
                proof.EntryProof(index=index, path=receipt.path, note=receipt.note, entry=entry).to_text(), log
            )


def test_a_receipt_from_another_log_fails(receipt: proof.EntryProof) -> None:
    with pytest.raises(NoteInvalid):
        proof.verify_proof(receipt.to_text(), [signer(ORIGIN, seed=7).verifier])


def test_a_receipt_of_a_log_with_one_entry_has_no_path() -> None:
    note = sign_checkpoint(head(1), log_keys()[:1], NOW)
    text = proof.prove(BODIES[0], 0, note, Subtrees(LOG)).to_text()
    assert proof.verify_proof(text, [log_keys()[0].verifier]).index == 0


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("c2sp.org/tlog-proof@v1", "c2sp.org/tlog-proof@v2"),
        ("index 41", "index 041"),
        ("index 41", "index -41"),
        ("index 41", "41"),
        ("index 41", "index 99999999999999999999"),
        ("index 41\n", ""),
        ("\n\n", "\n"),
        ("extra ", "extra  "),
        ("extra ", "note "),
        ("=\n", "\n"),
        ("index 41\n", "index 41\r\n"),
        ("index 41\n", "index 41\nAAAA\n"),
        ("index 41\n", "index 41\n!\n"),
    ],
)
def test_malformed_receipts(receipt: proof.EntryProof, old: str, new: str) -> None:
    text = receipt.to_text()
    assert old in text
    with pytest.raises(ProofInvalid):
        proof.EntryProof.from_text(text.replace(old, new, 1))
