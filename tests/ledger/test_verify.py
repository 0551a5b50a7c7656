"""The audit of a whole log finds every single thing that somebody could alter, and names the entry."""

import json
from collections.abc import Callable
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from awas.ledger import canonical, merkle
from awas.ledger.note import Algorithm
from awas.ledger.verify import MAX_PROBLEMS, Report, verify_log
from tests.ledger.sample import BEGAN_AT, LETTERS, ORIGIN, LogInMemory, envelope
from tests.ledger.test_note import signer

COUNT = 700  # two full tiles and a partial one
ENTRIES = [canonical.encode(envelope(index)) for index in range(COUNT)]
LOG_KEYS = [signer(ORIGIN).verifier, signer(ORIGIN, Algorithm.ML_DSA_44).verifier]


@pytest.fixture
def log() -> LogInMemory:
    return LogInMemory(ENTRIES, (0, 1, 256, 300, 699, 700, 700))


def audit(log: LogInMemory) -> Report:
    return verify_log(log, ORIGIN, LOG_KEYS)


def codes(report: Report) -> list[tuple[int | None, str]]:
    return [(one.index, one.code) for one in report.problems]


def rewritten(index: int, body: bytes) -> LogInMemory:
    """A log that was wrong from the beginning: hashes, tiles, head and checkpoints agree with the wrong entry."""
    return LogInMemory([*ENTRIES[:index], body, *ENTRIES[index + 1 :]], (COUNT,))


def test_a_sound_log(log: LogInMemory) -> None:
    seen: list[tuple[int, int]] = []
    report = verify_log(log, ORIGIN, LOG_KEYS, lambda done, size: seen.append((done, size)))
    assert report == Report(origin=ORIGIN, entry_count=COUNT, root=log.stated[1], checkpoint_count=7, problems=())
    assert report.sound
    assert report.first_wrong is None
    assert seen == [(COUNT, COUNT)]


@pytest.mark.parametrize("count", [0, 1, 255, 256, 257, 4095, 4096, 4097, 8192, 8500])
def test_logs_of_every_shape(count: int) -> None:
    sizes = (0, count // 3, count // 2, count) if count < 4097 else (1000, 4096, 4097, count - 1)
    log = LogInMemory.of(count, *sizes)
    report = audit(log)
    assert report.problems == ()
    assert (report.entry_count, report.root) == log.stated


@pytest.mark.parametrize("index", [0, 255, 256, 511, 512, 699])
def test_one_changed_byte_in_an_entry(log: LogInMemory, index: int) -> None:
    """Whoever changes a number in the database alone meets the leaf, the tile, the head and every later checkpoint."""
    log.bodies[index] = log.bodies[index].replace(b"k-0", b"k-9")
    report = audit(log)
    assert report.first_wrong == index
    assert (index, "leaf_differs") in codes(report)
    assert (None, "root_differs") in codes(report)
    assert ((None, "tile_differs") in codes(report)) == (index < 512)
    signed_after = [size for size in (1, 256, 300, 699, 700, 700) if size > index]
    assert codes(report).count((None, "checkpoint_differs")) == len(signed_after)


def test_the_whole_database_rewritten_meets_the_checkpoints(log: LogInMemory) -> None:
    """Whoever recomputes leaves, tiles and head as well still can't forge what was signed."""
    other = rewritten(260, ENTRIES[260].replace(b"k-0", b"k-9"))
    other.notes = log.notes
    report = audit(other)
    assert codes(report) == [(None, "checkpoint_differs")] * 4
    assert "first 300 entries" in report.problems[0].detail


@pytest.mark.parametrize("index", [0, 300, 699])
def test_an_entry_that_was_removed(log: LogInMemory, index: int) -> None:
    del log.bodies[index]
    report = audit(log)
    assert report.first_wrong == index
    assert codes(report)[0] == (index, "index_gap")
    assert report.entry_count == index


def test_an_entry_beyond_the_head(log: LogInMemory) -> None:
    log.bodies[COUNT] = b"{}"
    assert codes(audit(log)) == [(COUNT, "beyond_head")]


def test_a_tile_beyond_the_head(log: LogInMemory) -> None:
    log.stored.tiles[0, 2] = bytes(8192)
    assert codes(audit(log)) == [(None, "beyond_head")]


def test_a_log_that_grows_while_it_is_read_is_sound(log: LogInMemory) -> None:
    sizes = iter([(600, merkle.tree_root(log.stored.leaves[:600])), log.stated, log.stated])
    log.notes = [log.sign(600)]
    log.head = lambda origin: next(sizes)  # type: ignore[method-assign]
    report = audit(log)
    assert report.problems == ()
    assert report.entry_count == 600


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (lambda body: body + b" ", "not_canonical"),
        (lambda body: body.replace(b'"v":1', b'"v": 1'), "not_canonical"),
        (lambda body: body.replace(b'"expected":', b'"expect\\u0065d":'), "not_canonical"),
        (lambda body: body[:-1], "not_canonical"),
        (lambda body: b"\xff", "not_canonical"),
        (lambda body: b"", "not_canonical"),
        (lambda body: body.replace(b'"v":1', b'"v":1,"v":1'), "not_canonical"),
        (lambda body: body.replace(b'"v":1', b'"v":1,"w":"' + b"x" * 66_000 + b'"'), "not_canonical"),
        (lambda body: b"[1,2]", "envelope"),
        (lambda body: b'"text"', "envelope"),
        (lambda body: b"{}", "envelope"),
    ],
)
def test_bodies_that_are_no_entries(spoil: Callable[[bytes], bytes], code: str) -> None:
    report = audit(rewritten(400, spoil(ENTRIES[400])))
    assert codes(report)[0] == (400, code)
    assert report.first_wrong == 400


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"data": {"weight": 1.5}}, "not_canonical"),
        ({"data": {"a": [{"b": 1.5}]}}, "not_canonical"),
        ({"data": {"é": 1}}, "not_canonical"),
        ({"seq": 1.0}, "not_canonical"),
        ({"extra": 1}, "envelope"),
        ({"actor": None}, "envelope"),
        ({"actor": 5}, "envelope"),
        ({"data": []}, "envelope"),
        ({"seq": True}, "envelope"),
        ({"recorded_at": "now"}, "envelope"),
        ({"v": 2}, "envelope"),
        ({"log": "awas/36.03"}, "envelope"),
        ({"kind": "gate.person_entered"}, "envelope"),
        ({"kind": "Gate.Person@1"}, "envelope"),
        ({"kind": "gate.person_entered@0"}, "envelope"),
        ({"recorded_at": BEGAN_AT}, "recorded_backwards"),
        ({"seq": 133}, "device_sequence"),
        ({"seq": 135}, "device_sequence"),
        ({"part": 2}, "device_sequence"),
        ({"device": "gudang-2", "seq": 133}, "device_sequence"),
        ({"device": "new", "seq": 2, "part": 0}, "device_sequence"),
        ({"device": "new", "seq": 0, "part": 1}, "device_sequence"),
        ({"device": "new", "seq": 1, "part": 1}, "device_sequence"),
    ],
)
def test_entries_that_break_a_rule_of_the_record(changed: dict[str, Any], code: str) -> None:
    """Entry 399 is part 0 of act 134 of device gerbang-1; the log around it is otherwise in order."""
    body = orjson.dumps(envelope(399, **changed), option=orjson.OPT_SORT_KEYS)
    report = audit(rewritten(399, body))
    assert codes(report)[0] == (399, code)


def test_missing_fields_are_named() -> None:
    fields = envelope(399)
    del fields["device"]
    (problem, *_) = audit(rewritten(399, canonical.encode(fields))).problems
    assert problem.code == "envelope"
    assert "missing ['device']" in problem.detail


def test_an_act_without_its_second_part_is_seen_at_the_next_act() -> None:
    """Entry 401 is part 1 of act 134 of gudang-2. Parts may be one or many, so its absence alone is no gap."""
    report = audit(rewritten(400, canonical.encode(envelope(400, device="new", seq=1))))
    assert codes(report) == [(401, "device_sequence")]


def test_the_clock_of_the_record_may_stand_still() -> None:
    before = envelope(398)["recorded_at"]
    assert audit(rewritten(399, canonical.encode(envelope(399, recorded_at=before)))).sound


def test_stored_hashes_that_differ(log: LogInMemory) -> None:
    log.stored.leaves[10] = bytes(32)
    assert codes(audit(log)) == [(10, "leaf_differs")]


def test_stored_hashes_that_are_missing(log: LogInMemory) -> None:
    del log.stored.leaves[698:]
    assert codes(audit(log)) == [(698, "leaf_differs"), (699, "leaf_differs")]


@pytest.mark.parametrize("spoilt", [None, bytes(8192), b""])
def test_a_tile_that_differs(log: LogInMemory, spoilt: bytes | None) -> None:
    log.stored.full_tile = lambda level, n: spoilt if n == 1 else LogInMemory(ENTRIES).stored.tiles.get((level, n))  # type: ignore[method-assign]
    report = audit(log)
    assert codes(report) == [(None, "tile_differs")]
    assert "tile/0/001" in report.problems[0].detail


def test_a_tile_of_level_one() -> None:
    log = LogInMemory.of(65_536 + 10)
    log.stored.tiles[1, 0] = bytes(32) + log.stored.tiles[1, 0][32:]
    report = audit(log)
    assert codes(report) == [(None, "tile_differs")]
    assert "tile/1/000" in report.problems[0].detail


def test_a_head_that_differs(log: LogInMemory) -> None:
    log.stated = COUNT, bytes(32)
    assert codes(audit(log)) == [(None, "root_differs")]


def test_a_log_behind_its_own_checkpoint(log: LogInMemory) -> None:
    """The end cut off, cleanly, as by a restored backup."""
    short = LogInMemory(ENTRIES[:600])
    short.notes = log.notes
    assert codes(audit(short)) == [(None, "checkpoint_ahead")] * 3


def test_checkpoints_that_nobody_signed(log: LogInMemory) -> None:
    stranger = LogInMemory(ENTRIES, keys=[signer(ORIGIN, seed=9)])
    log.notes = [log.sign(300), stranger.sign(300), b"no note", "awas/36.02\n"]
    report = audit(log)
    assert codes(report) == [(None, "checkpoint_signature")] * 3
    assert "number 1" in report.problems[0].detail


def test_the_list_of_problems_is_bounded(log: LogInMemory) -> None:
    log.stored.leaves[:] = [bytes(32)] * COUNT
    report = audit(log)
    assert len(report.problems) == MAX_PROBLEMS
    assert report.first_wrong == 0


strings = st.text(LETTERS, max_size=8)
scalars = st.none() | st.booleans() | st.integers(-(2**53 - 1), 2**53 - 1) | strings
data = st.dictionaries(
    st.text('ab_.@ \x00\x7f"\\', max_size=5),
    scalars | st.lists(scalars | st.lists(st.lists(strings, max_size=2), max_size=2), max_size=3),
    max_size=4,
)


@given(data)
def test_whatever_the_record_can_hold_is_accepted(values: dict[str, Any]) -> None:
    """Deep, wide, with every escape, beyond ASCII: the fast and the slow reading agree with the writer."""
    report = audit(LogInMemory([canonical.encode(envelope(0, data=values))]))
    assert report.problems == ()


@given(st.dictionaries(strings, scalars | st.floats() | st.integers(), max_size=4), st.sampled_from([0, 1, 2]))
def test_nothing_else_is(values: dict[str, Any], spelling: int) -> None:
    """Any JSON with the fields of an entry is accepted exactly when it is the canonical form."""
    fields = envelope(0, data=values)
    body = [
        json.dumps(fields, separators=(",", ":"), sort_keys=True),
        json.dumps(fields, separators=(",", ":"), sort_keys=True, ensure_ascii=False),
        json.dumps(fields, ensure_ascii=False),
    ][spelling].encode(errors="surrogatepass")
    try:
        canonical.require_canonical(body)
    except canonical.NotCanonical:
        assert codes(audit(LogInMemory([body])))[0] == (0, "not_canonical")
    else:
        assert audit(LogInMemory([body])).sound
