"""A district's logistics with something of everything: stock, a difference, kits, boxes, a lorry, leave asked."""

from collections.abc import Mapping
from typing import Any

from awas.logistics import commands as ask_for
from awas.logistics import services as logistics
from awas.logistics.keys import kit_key, unit_key
from awas.logistics.lines import Damage, Line, TallyLine
from tests.browser.people import DAY, HERE, HOUR, KECAMATAN, MINUTE, VILLAGE, District

FIRST, SECOND = f"{VILLAGE}-001", f"{VILLAGE}-002"
KINDS = ("ppwp", "dpr", "dpd", "dprd_prov", "dprd_kab")
LIES: tuple[tuple[str, str], ...] = (*((one, "") for one in KINDS), ("dprd_kab", "36.02-2"))
"""Kinds of ballots, and the constituency where it is on record."""

COUNTS = ("contract", "unprinted", "print", "short", "sorted", "folded", "count", "kit", "other_kit")
NAMED = (*COUNTS, "transfer", "leave", "carton", "given", "lost", "store", "unpacking")


def sheets(ballot: str, taken: int, damaged: int = 0, lost: int = 0, **more: Any) -> TallyLine:
    """A line of ballots: what is neither damaged nor lost is passed on."""
    kinds = (Damage(criterion="colour", units=damaged),) if damaged else ()
    passed = taken - damaged - lost
    return TallyLine(
        item="ballot", ballot=ballot, taken=taken, passed=passed, damaged=damaged, damage=kinds, **more
    )  # fmt: skip


def furnish_stages(district: District) -> Mapping[str, str]:
    """Records it all. Returns the keys of what the acts and pages are about."""
    keys = {name: district.desk("wati").key() for name in NAMED}
    keys["unit"] = unit_key(HERE, "K1")
    for who, command in (*_stock(district, keys), *_kits(district, keys)):
        logistics.record(district.desk(who, KECAMATAN if who == "eka" else HERE), command)
        district.clock.moves(MINUTE)
    return keys


def _stock(district: District, keys: Mapping[str, str]) -> list[tuple[str, Any]]:
    vote = district.clock() + DAY
    ordered = Line(item="ballot", ballot="dpr", units=5000)
    return [
        ("dewi", ask_for.OpenSeason(
            election="pemilu-2024", voting_at=vote, station_count=2,
            needs=tuple(Line(item="ballot", ballot=one, units=510) for one in KINDS),
            packed_by_at=vote - 12 * HOUR, supplied_by_at=vote - 19 * HOUR,
        )),
        ("dewi", ask_for.RecordContract(
            contract_id=keys["contract"], supplier="Percetakan Contoh", document_number="SPK/1", lines=(ordered,),
        )),
        ("dewi", ask_for.RecordContract(
            contract_id=keys["unprinted"], supplier="Percetakan Lain", document_number="SPK/2",
            lines=(Line(item="ballot", ballot="dpd", units=500),),
        )),
        ("wati", ask_for.VerifyPrint(
            tally_id=keys["print"], contract_id=keys["contract"], lines=(sheets("dpr", 5000),), document_number="BA/1",
        )),
        ("wati", ask_for.Tally(
            tally_id=keys["short"], step="receive", document_number="BTTB/1", reason="not_known",
            lines=(*(sheets(one, 600, lost=20 if one == "dpr" else 0, dapil=dapil) for one, dapil in LIES),
                   TallyLine(item="box", taken=10, passed=10)),
        )),
        ("wati", ask_for.Tally(
            tally_id=keys["sorted"], step="sort", table="M1", workers=12,
            lines=tuple(sheets(one, 580, damaged=3, dapil=dapil) for one, dapil in LIES),
        )),
        ("wati", ask_for.Tally(
            tally_id=keys["folded"], step="fold", workers=12,
            lines=tuple(sheets(one, 577, dapil=dapil) for one, dapil in LIES),
        )),
        ("wati", ask_for.RecordCount(
            count_id=keys["count"], shelf="folded", counted_by="kpu", reason="not_known",
            lines=(Line(item="ballot", ballot="dpr", units=570),),
        )),
    ]  # fmt: skip


def _kits(district: District, keys: Mapping[str, str]) -> list[tuple[str, Any]]:
    units = tuple(unit_key(HERE, f"K{number}") for number in (1, 2, 3, 4, 5))
    lost = (unit_key(HERE, "DUS2"), unit_key(HERE, "DUS3"))
    first = (
        *(logistics.packed_line(FIRST, one, 255) for one in KINDS),
        TallyLine(item="box", station=FIRST, taken=5, passed=5),
    )
    return [
        ("wati", ask_for.Tally(tally_id=keys["kit"], step="pack", lines=first)),
        ("wati", ask_for.Tally(
            tally_id=keys["other_kit"], step="pack",
            lines=(logistics.packed_line(SECOND, "dprd_kab", 255, "36.02-2", "36.02-1"),),
        )),
        ("wati", ask_for.LabelUnits(unit_kind="box", units=units, station=FIRST)),
        ("wati", ask_for.LabelUnits(unit_kind="carton", units=(unit_key(HERE, "DUS1"),), ballot="dpr")),
        *(("wati", ask_for.SealUnit(unit=one, seals=(f"S-{number}",))) for number, one in enumerate(units)),
        ("wati", ask_for.CheckUnit(unit=units[0], result="broken", seals=("S-0",))),
        ("wati", ask_for.OfferTransfer(
            transfer_id=keys["transfer"], leg="to_kecamatan", to_place=KECAMATAN, stations=(FIRST,), units=units[1:3],
            plate="A 8213 KX", escort="police", due_at=district.clock() + HOUR, seals=("TR-1",),
        )),
        ("wati", ask_for.OfferTransfer(
            transfer_id=keys["carton"], leg="to_kecamatan", to_place=KECAMATAN, units=(unit_key(HERE, "DUS1"),),
        )),
        ("wati", ask_for.AskApproval(approval_id=keys["given"], action="recall", subject=keys["carton"])),
        ("bayu", ask_for.AnswerApproval(approval_id=keys["given"], granted=True)),
        ("wati", ask_for.LabelUnits(unit_kind="carton", units=lost, ballot="dpr")),
        ("wati", ask_for.OfferTransfer(
            transfer_id=keys["lost"], leg="to_kecamatan", to_place=KECAMATAN, units=lost,
        )),
        ("eka", ask_for.AcceptTransfer(transfer_id=keys["lost"], units=lost[:1], reason="not_known")),
        ("wati", ask_for.ReportUnofficialStore(report_id=keys["store"], where="Aula Kecamatan Contoh")),
        ("wati", ask_for.AskApproval(approval_id=keys["leave"], action="recall", subject=keys["transfer"])),
        ("wati", ask_for.AskApproval(approval_id=keys["unpacking"], action="unpack", subject=kit_key(SECOND))),
        ("bayu", ask_for.AnswerApproval(approval_id=keys["unpacking"], granted=True)),
    ]  # fmt: skip
