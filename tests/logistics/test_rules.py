"""Scenarios of the rules of logistics: what fires each, and what must not. They read like a score."""

from collections.abc import Callable

import pytest

from awas.ledger.area import DAY, HOUR
from awas.logistics import commands as ask
from awas.logistics.area import AREA
from awas.logistics.lines import SealSeen, VotedIn
from awas.logistics.rules import RULES
from awas.warehouse.commands import ReceiveGoods
from awas.warehouse.events import CountedLine
from awas.warnings.catalogue import tuned
from tests.logistics.making import (
    KECAMATAN,
    S1,
    S2,
    S3,
    accept,
    asks_leave,
    ballots,
    gives_leave,
    line,
    offer,
    packs,
    reopening,
    season,
    tally,
    unit,
)
from tests.logistics.making import (
    at as key,
)
from tests.score import MIDNIGHT, PLACE, Score, between, clock, warning

RULE = {rule.id: rule for rule in RULES}
VOTING = MIDNIGHT + 40 * DAY


def play(score: Score, when: str, *commands: object, place: str = PLACE, actor: str = "p1") -> None:
    moment = score.at(when, place=place, actor=actor)
    for command in commands:
        if isinstance(command, ReceiveGoods):
            moment._gate(command)
        else:
            moment.does(AREA, command)


def gate(name: str, units: int, ballot: str = "dpr", **more: object) -> ReceiveGoods:
    counted = CountedLine(item="ballot", ballot=ballot, units=units, **more)
    return ReceiveGoods(receipt_id=key(name), consignment_id=key("c" + name), lines=(counted,), unannounced=True)


def ready(score: Score, units: int = 300) -> None:
    """So many sheets folded by 06.00."""
    for step in ("receive", "sort", "fold"):
        play(score, "06:00", tally(f"{step}-ready", step, ballots(units)))


Script = Callable[[Score], None]


def kits(score: Score, **more: object) -> None:
    ready(score)
    play(score, "07:00", packs("p", S1, S2, **more))


def sent(score: Score, *stations: str, **more: object) -> None:
    kits(score)
    play(score, "08:00", offer("t", *(stations or (S1, S2)), **more))


def boxed(score: Score) -> None:
    play(score, "06:00", ask.LabelUnits(unit_kind="box", units=(unit("B1"),)))
    play(score, "06:05", ask.SealUnit(unit=unit("B1"), seals=("A1",)))


def check(*seals: str, result: str = "intact") -> ask.CheckUnit:
    return ask.CheckUnit(unit=unit("B1"), result=result, seals=seals)


def contract(units: int = 1000, **more: object) -> ask.RecordContract:
    filled = {"supplier": "PT Contoh Cetak", "document_number": "K-1", "lines": (line(units),)} | more
    return ask.RecordContract(contract_id=key("k"), **filled)


def prints(units: int, name: str = "v", **more: object) -> ask.VerifyPrint:
    filled = {"document_number": "BA-1", "witnesses": ("bawaslu",)} | more
    return ask.VerifyPrint(tally_id=key(name), contract_id=key("k"), lines=(ballots(units),), **filled)


SORTING_BY = {"voting_at": VOTING, "sorted_by_at": MIDNIGHT + 3 * DAY}

FIRES: dict[str, tuple[Script, str, str]] = {
    "LOG-01": (lambda s: play(s, "09:00", tally("r", "receive", ballots(100, 90), reason="lost")), "09:00", "09:00"),
    "LOG-02": (lambda s: play(s, "09:00", tally("r", "receive", ballots(100, 110), reason="other")), "09:00", "09:00"),
    "LOG-03": (
        lambda s: play(s, "09:00", tally("r", "receive", ballots(100, 90), reason="not_known")), "+1 09:00", "+1 09:01"
    ),
    "LOG-04": (
        lambda s: play(
            s, "09:00", tally("r", "receive", ballots(100)),
            ask.RecordCount(count_id=key("c"), shelf="unsorted", counted_by="kpu", lines=(line(99),), reason="other"),
        ), "09:00", "09:00",
    ),
    "LOG-05": (lambda s: play(s, "09:00", contract(), prints(1001)), "09:00", "09:00"),
    "LOG-06": (lambda s: play(s, "09:00", contract(), prints(900, witnesses=())), "09:00", "09:00"),
    "LOG-07": (lambda s: play(s, "09:00", contract(deliver_by_at=clock("20:00")), gate("r", 400)), "20:00", "20:00"),
    "LOG-08": (
        lambda s: play(
            s, "09:00", season(voting_at=VOTING, replaced_by_at=clock("20:00")), contract(500, replacement=True),
            gate("r", 100),
        ), "20:00", "20:00",
    ),
    "LOG-09": (
        lambda s: play(
            s, "09:00", tally("r", "receive", ballots(3000)), tally("s", "sort", ballots(3000, damaged=30)),
        ), "09:00", "09:00",
    ),
    "LOG-10": (
        lambda s: play(
            s, "09:00", tally("r", "receive", ballots(500)), tally("s", "sort", ballots(500, damaged=50)),
        ), "09:00", "09:00",
    ),
    "LOG-11": (
        lambda s: [
            play(s, "06:00", season(**SORTING_BY), tally("r", "receive", ballots(100_000))),
            play(s, "07:00", tally("s1", "sort", ballots(1000))),
            play(s, "21:00", tally("s2", "sort", ballots(1000))),
        ], "21:00", "21:00",
    ),
    "LOG-12": (
        lambda s: play(s, "09:00", season(voting_at=VOTING, needs=(line(1000),)), gate("r", 400)),
        "+10 00:00", "+10 00:00",
    ),
    "LOG-13": (
        lambda s: play(s, "09:00", season(voting_at=VOTING, needs=(line(1000),)), gate("r", 1100)), "09:00", "09:00"
    ),
    "LOG-14": (
        lambda s: play(s, "09:00", tally("r", "receive", ballots(50)), tally("s", "sort", ballots(80))),
        "09:00", "09:00",
    ),
    "LOG-15": (lambda s: play(s, "09:00", gate("r", 100, "dprd_kab", dapil="36.03-2")), "09:00", "09:00"),
    "LOG-16": (lambda s: kits(s, dapil="", expected_dapil="") or _wrong_dapil(s), "07:30", "07:30"),
    "LOG-17": (lambda s: kits(s, need=100, units=120), "07:00", "07:00"),
    "LOG-18": (
        lambda s: [
            play(s, "05:00", season(voting_at=clock("+3 05:00"), station_count=2)), kits(s, need=100, units=90)
        ], "+1 05:00", "+1 05:00",
    ),
    "LOG-19": (lambda s: sent(s, S1, to="36.02.06"), "08:00", "08:00"),
    "LOG-20": (lambda s: [kits(s, need=100, units=90), play(s, "08:00", offer("t", S1))], "08:00", "08:00"),
    "LOG-21": (lambda s: sent(s, escort="kpu"), "08:00", "08:00"),
    "LOG-22": (lambda s: sent(s, due_at=clock("10:00")), "11:00", "11:00"),
    "LOG-23": (
        lambda s: [
            sent(s), play(s, "09:00", accept("t", S1, reason="not_known"), place=KECAMATAN, actor="p2")
        ], "09:00", "09:00",
    ),
    "LOG-24": (
        lambda s: [
            boxed(s), sent(s),
            play(s, "09:00", ask.AcceptTransfer(transfer_id=key("t"), stations=(S1, S2), units=(unit("B1"),),
                                                reason="other"), place=KECAMATAN, actor="p2"),
        ], "09:00", "09:00",
    ),
    "LOG-25": (
        lambda s: [
            sent(s, seals=("T1",)),
            play(s, "09:00", accept("t", S1, S2, seals=(SealSeen(number="T1", result="broken"),)),
                 place=KECAMATAN, actor="p2"),
        ], "09:00", "09:00",
    ),
    "LOG-26": (
        lambda s: play(
            s, "06:00", ask.LabelUnits(unit_kind="box", units=(unit("B1"),)),
            ask.OfferTransfer(transfer_id=key("t"), leg="to_kecamatan", to_place=KECAMATAN, units=(unit("B1"),),
                              escort="police"),
        ), "06:00", "06:00",
    ),
    "LOG-27": (lambda s: [boxed(s), play(s, "07:00", check("X9"))], "07:00", "07:00"),
    "LOG-28": (lambda s: [boxed(s), play(s, "07:00", check("A1"), place="36.02-G2")], "07:00", "07:00"),
    "LOG-29": (
        lambda s: [
            play(s, "05:00", season(voting_at=VOTING, supplied_by_at=clock("12:00"))), kits(s),
            play(s, "08:00", offer("t", S1)),
        ], "12:00", "12:00",
    ),
    "LOG-30": (
        lambda s: play(s, "09:00", ask.ReportUnofficialStore(report_id=key("u"), where="Aula kantor")),
        "09:00", "09:00",
    ),
    "LOG-31": (
        lambda s: play(s, "09:00", tally("r", "receive", ballots(10)), ask.CloseStage(stage="sorting")),
        "09:00", "09:00",
    ),
    "LOG-32": (
        lambda s: play(
            s, "09:00", tally("r", "receive", ballots(100, damaged=10)),
            tally("d", "destroy_damaged", ballots(6)), ask.CloseStage(stage="destruction"),
        ), "09:00", "09:00",
    ),
    "LOG-33": (
        lambda s: play(s, "09:00", tally("r", "receive", ballots(100), document_number="")), "09:00", "09:00"
    ),
    "LOG-34": (
        lambda s: play(
            s, "09:00", tally("r", "receive", ballots(100)),
            tally("s", "sort", ballots(100), workers=12, workers_checked=False),
        ), "09:00", "09:00",
    ),
    "LOG-36": (
        lambda s: play(
            s, "09:00", tally("r", "receive", ballots(100)), tally("s", "sort", ballots(100, 90), reason="not_known"),
        ), "21:00", "21:00",
    ),
    "LOG-35": (lambda s: _reopens(s) or None, "10:00", "10:00"),
}  # fmt: skip


def _received_of(dapil: str, ballot: str = "dprd_kab") -> ask.Tally:
    return tally("rk", "receive", ballots(100, ballot=ballot, dapil=dapil))


VOTED_IN = tuple(
    VotedIn(ballot=ballot, dapils=dapils)
    for ballot, dapils in {"dpr": ("Banten-I",), "dpd": ("36",), "dprd_kab": ("36.02-1", "36.02-2")}.items()
)
"""What the table of constituencies knows of the district: nothing of the provincial council's."""


def _wrong_dapil(score: Score) -> None:
    for step in ("receive", "sort", "fold"):
        play(score, "07:10", tally(f"{step}k", step, ballots(100, ballot="dprd_kab", dapil="36.02-4")))
    line = ballots(100, ballot="dprd_kab", dapil="36.02-4", station=S1, need=100, expected_dapil="36.02-1")
    play(score, "07:30", tally("k", "pack", line))


def _reopens(score: Score) -> None:
    play(score, "09:00", ask.CloseStage(stage="sorting"), asks_leave("a", "reopen", reopening("sorting")))
    play(score, "10:00", gives_leave("a"), actor="p2")


def a_good_season(score: Score) -> None:
    """Everything as it should be: ordered, printed, received, sorted in time, packed, sent, accepted, destroyed."""
    dates = {
        "voting_at": clock("+5 07:00"), "sorted_by_at": clock("+2 00:00"), "replaced_by_at": clock("+1 12:00"),
        "supplied_by_at": clock("+4 12:00"), "station_count": 2, "needs": (line(204),),
    }  # fmt: skip
    play(score, "06:00", season(**dates), contract(205, deliver_by_at=clock("12:00")), prints(205))
    play(score, "07:00", gate("g", 205))
    play(score, "08:00", tally("s", "sort", ballots(205, damaged=1), workers=4, workers_checked=True))
    play(score, "10:00", tally("f", "fold", ballots(204)))
    play(score, "12:00", packs("p", S1, S2), tally("a", "set_aside", ballots(4)))
    boxed_at = clock("12:30")
    assert boxed_at
    play(score, "12:30", ask.LabelUnits(unit_kind="box", units=(unit("B1"),), station=S1))
    play(score, "12:31", ask.SealUnit(unit=unit("B1"), seals=("A1",)), check("A1"))
    both = {"units": (unit("B1"),), "seals": ("T1",), "due_at": clock("16:00")}
    play(score, "13:00", offer("t", S1, S2, **both))
    came = accept("t", S1, S2, units=(unit("B1"),), seals=(SealSeen(number="T1"),))
    play(score, "15:00", came, place=KECAMATAN, actor="p2")
    for number, station in enumerate((S1, S2)):
        name = f"v{number}"
        play(score, "+3 08:00", offer(name, station, to=station, leg="to_station", place=KECAMATAN), place=KECAMATAN)
        play(score, "+3 10:00", accept(name, station, place=KECAMATAN), place=station, actor="p3")
    play(score, "+4 09:00", tally("d", "destroy_damaged", ballots(1)), tally("e", "destroy_surplus", ballots(4)))
    play(score, "+4 10:00", ask.CloseStage(stage="destruction"), ask.CloseStage(stage="sorting"))


PLACES = (PLACE, "36.02-G2", KECAMATAN, S1, S2, "36.02.06")


def test_every_rule_has_a_scenario():
    assert set(FIRES) == set(RULE)


@pytest.mark.parametrize("name", sorted(FIRES))
def test_fires(name):
    script, start, end = FIRES[name]
    score = Score(RULE[name], places=PLACES)
    script(score)
    score.want(between(start, end), warning(name))
    score.ends("+15 00:00")


def test_a_good_season_is_quiet():
    score = Score(*RULES, places=PLACES)
    a_good_season(score)
    score.ends("+6 00:00")


@pytest.mark.parametrize(
    ("name", "end"),
    [
        ("LOG-01", ask.ExplainDifference(subject=key("r"), reason="miscounted_at_source")),
        ("LOG-02", ask.VoidTally(tally_id=key("r"), reason="paper_error")),
        ("LOG-26", ask.SealUnit(unit=unit("B1"), seals=("A1",))),
        ("LOG-27", ask.SealUnit(unit=unit("B1"), seals=("X9",))),
        ("LOG-30", ask.ClearUnofficialStore(report_id=key("u"))),
    ],
)
def test_what_ends_it_clears_it(name, end):
    score = Score(RULE[name], places=PLACES)
    FIRES[name][0](score)
    if name == "LOG-26":
        refuse = ask.RefuseTransfer(transfer_id=key("t"), reason="other")
        play(score, "11:00", refuse, place=KECAMATAN, actor="p2")
    play(score, "12:00", end)
    assert len(score.cleared(name)) == 1


@pytest.mark.parametrize(
    ("name", "quiet"),
    [
        ("LOG-07", lambda s: play(s, "09:00", contract(deliver_by_at=clock("20:00")), gate("r", 1000))),
        ("LOG-08", lambda s: play(s, "09:00", season(voting_at=VOTING, replaced_by_at=clock("20:00")),
                                  contract(500, replacement=True), gate("r", 500))),
        ("LOG-09", lambda s: play(s, "09:00", tally("r", "receive", ballots(3000)),
                                  tally("s", "sort", ballots(3000, damaged=10)))),
        ("LOG-11", lambda s: [play(s, "06:00", season(**SORTING_BY), tally("r", "receive", ballots(9000))),
                              play(s, "07:00", tally("s1", "sort", ballots(3000))),
                              play(s, "21:00", tally("s2", "sort", ballots(3000)))]),
        ("LOG-12", lambda s: play(s, "09:00", season(voting_at=VOTING, needs=(line(1000),)), gate("r", 1000))),
        ("LOG-15", lambda s: play(s, "09:00", gate("r", 100, "dprd_kab", dapil="36.02-2"))),
        ("LOG-15", lambda s: play(s, "09:00", _received_of("Banten-II"))),
        ("LOG-22", lambda s: [sent(s, due_at=clock("10:00")),
                              play(s, "10:30", accept("t", S1, S2), place=KECAMATAN, actor="p2")]),
        ("LOG-03", lambda s: [play(s, "09:00", tally("r", "receive", ballots(100, 90), reason="not_known")),
                              play(s, "20:00", ask.ExplainDifference(subject=key("r"), reason="lost"))]),
        ("LOG-19", lambda s: sent(s, S1)),
        ("LOG-20", sent),
    ],
)  # fmt: skip
def test_stays_quiet(name, quiet):
    score = Score(RULE[name], places=PLACES)
    quiet(score)
    score.ends("+15 00:00")


@pytest.mark.parametrize(("units", "per_mille", "fired"), [(1, 0, 2), (10, 0, 1), (1, 10, 1), (30, 10, 0), (1, 30, 0)])
def test_a_difference_within_both_tolerances_is_not_told(units, per_mille, fired):
    """Five of a thousand lack, then twenty: the election's file says from which number and from which share."""
    limits = {("LOG-01", "units"): (units, "s"), ("LOG-01", "per_mille"): (per_mille, "s")}
    (rule,) = tuned([RULE["LOG-01"]], limits)
    score = Score(rule, places=PLACES)
    for name, short in (("a", 5), ("b", 20)):
        play(score, "09:00", tally(name, "receive", ballots(1000, 1000 - short), reason="not_known"))
    assert len(score.fired()) == fired


def test_a_day_that_balances_before_its_end_is_quiet():
    score = Score(RULE["LOG-36"], places=PLACES)
    FIRES["LOG-36"][0](score)
    play(score, "20:00", ask.ExplainDifference(subject=key("s"), reason="lost"))
    score.ends("+3 00:00")


def test_leave_refused_reopens_nothing():
    score = Score(RULE["LOG-31"], places=PLACES)
    FIRES["LOG-31"][0](score)
    play(score, "12:00", asks_leave("a", "reopen", reopening("sorting")))
    play(score, "12:10", gives_leave("a", granted=False), actor="p2")
    assert score.cleared("LOG-31") == []
    play(score, "12:20", asks_leave("b", "reopen", reopening("sorting")))
    play(score, "12:30", gives_leave("b"), actor="p2")
    assert score.cleared("LOG-31") == ["corrected"]


def test_another_districts_ballots_are_found_without_a_gate_too():
    score = Score(RULE["LOG-15"], places=PLACES)
    play(score, "09:00", _received_of("36.03-2"))
    assert [step.event.rule for step in score.fired()] == ["LOG-15"]
    play(score, "10:00", ask.VoidTally(tally_id=key("rk"), reason="other"))
    assert len(score.cleared("LOG-15")) == 1


@pytest.mark.parametrize(
    ("ballot", "dapil", "strange"),
    [
        ("dpr", "Banten-II", True), ("dpr", "Banten-I", False), ("dpd", "32", True), ("dpd", "36", False),
        ("dprd_kab", "36.02-7", True), ("dprd_kab", "36.02-2", False), ("dprd_kab", "", False), ("ppwp", "", False),
        ("dprd_prov", "Banten-II", False), ("dprd_prov", "36.03-2", True),
    ],
)  # fmt: skip
@pytest.mark.parametrize("counted", [lambda *what: gate("r", 100, *what[1:], dapil=what[0]), _received_of])
def test_sheets_are_of_the_districts_own_constituencies(ballot, dapil, strange, counted):
    score = Score(RULE["LOG-15"], places=PLACES)
    play(score, "08:00", season(voting_at=VOTING, constituencies=VOTED_IN))
    play(score, "09:00", counted(dapil, ballot))
    assert bool(score.fired()) is strange


def test_lead_of_the_sorting_forecast():
    """Half a day of work shows that the date will be missed, days before it is."""
    score = Score(RULE["LOG-11"], places=PLACES)
    FIRES["LOG-11"][0](score)
    (fired,) = score.fired()
    assert SORTING_BY["sorted_by_at"] - fired.stamp.occurred_at > 48 * HOUR


def test_stations_far_away_are_not_astray():
    assert S3.startswith("36.02.06")
