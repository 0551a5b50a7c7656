"""A district with something of everything, so that no page is looked at only while it is empty."""

from collections.abc import Callable, Mapping
from typing import Any

from awas.ledger import checkpoints
from awas.ledger.desk import Desk
from awas.ledger.naming import key_in_log
from awas.roster import drafting, monthly
from awas.roster.commands import AnnounceAbsence, OfferHandover, RequestSwap
from awas.roster.models import Shift
from awas.roster.planning.apart import Answered
from awas.roster.planning.problem import Placed, Plan, lacking_in
from awas.roster.planning.remedies import Remedy
from awas.roster.services import duty_of
from awas.warehouse import commands as ask_for
from awas.warehouse import models, services
from awas.warehouse.events import CountedLine, Line
from awas.warehouse.keys import access_key_of_role, seal_key
from awas.warnings.asked import SetOwnRule
from awas.warnings.own_pages import EXAMPLE as OWN_RULE
from tests.browser.people import DAY, DISTRICT, HERE, HOUR, MINUTE, District
from tests.browser.told import furnish_telling

ANNOUNCED = (Line(item="ballot", ballot="dpr", units=1000, packages=2), Line(item="ink", units=40))
COUNTED = (CountedLine(item="ballot", ballot="dpr", units=940, packages=2, wet=10), CountedLine(item="ink", units=40))


def furnish(district: District) -> Mapping[str, str]:
    """A morning's worth of everything. Returns the keys of what was made, by the kind of thing."""
    keys = {
        kind: district.desk("wati").key()
        for kind in ("vehicle", "consignment", "goods", "key_holding", "condition", "use", "incident", "round")
    }
    keys["access_rule"] = access_key_of_role(HERE, "kpu_staff")
    keys["watchlisted"] = key_in_log(HERE, "w1")
    district.plans_shifts("wati", "bayu", "wati")
    district.begins_duty("wati")
    district.lets_in("Joko Contoh", digits="4417")
    gone = models.Visit.objects.get(place=HERE, state="inside")
    keys["visit"] = district.desk("wati").key()
    for who, act in (*_gate(keys, gone), *_goods(keys, district), *_building(keys), *_list(keys)):
        district.records(who, act)
    district.clock.moves(20 * MINUTE)
    keys["shift"] = Shift.objects.filter(place=HERE).order_by("-from_at").values_list("key", flat=True)[0]
    keys["absence"], keys["swap"] = _asked(district, keys["shift"])
    _drafted(district)
    keys["duty"], keys["handover"] = _offered(district)
    keys["entry"] = "3"
    furnish_telling(district)
    own = SetOwnRule(rule="OWN-KANTOR-01", text=OWN_RULE)
    district.records("putra", lambda desk: own, DISTRICT)
    checkpoints.sign("awas/36.02", district.clock())
    return keys


Acts = tuple[tuple[str, Callable[[Desk], Any]], ...]


def _gate(keys: Mapping[str, str], gone: models.Visit) -> Acts:
    def stays(desk: Desk) -> Any:
        person, name, number = services.somebody(desk, "Siti Contoh", "ktp", "9021")
        return ask_for.EnterPerson(
            visit_id=keys["visit"], person=person, name=name, identity=number, identity_kind="ktp", role="guest",
            purpose="visit", institution="Dinas Contoh", until_at=desk.now + MINUTE, pass_number="T-4",
        )  # fmt: skip

    return (
        ("wati", lambda desk: ask_for.LeavePerson(visit_id=gone.key, person=gone.person)),
        ("wati", stays),
        ("wati", lambda desk: ask_for.RefuseEntry(subject="person", reason="no_letter", name=desk.seal("X", "person"))),
        (
            "wati",
            lambda desk: ask_for.ArriveVehicle(
                vehicle_id=keys["vehicle"], plate="A 8213 KX", vehicle="truck", purpose="deliver"
            ),
        ),
        ("wati", lambda desk: ask_for.ReportVehicleUnattended(vehicle_id=keys["vehicle"], loaded=True)),
    )


def _goods(keys: Mapping[str, str], district: District) -> Acts:
    now = district.clock()

    def announces(kind: str, letter: str) -> Callable[[Desk], Any]:
        return lambda desk: ask_for.AnnounceConsignment(
            consignment_id=keys[kind], direction="in", to_place=HERE, supplier="Percetakan Contoh", lines=ANNOUNCED,
            delivery_letter=letter, seals=("KL-1001", "KL-1002"), expected_from_at=now, expected_until_at=now + HOUR,
        )  # fmt: skip

    def receives(desk: Desk) -> Any:
        seen = ask_for.SealSeen(seal=seal_key(HERE, "KL-1002"), number="KL-1002", result="broken")
        return ask_for.ReceiveGoods(
            receipt_id=desk.key(), consignment_id=keys["goods"], lines=COUNTED, final=True, seals=(seen,),
            counted_by=(desk.actor,), document_number="BTTB/88",
        )  # fmt: skip

    return (
        ("dewi", announces("consignment", "SJ/0417")),
        ("dewi", announces("goods", "SJ/0418")),
        ("wati", receives),
    )


def _building(keys: Mapping[str, str]) -> Acts:
    """Seals, keys, cameras, guards, troubles, an incident, a round."""
    seal = seal_key(HERE, "PG-7")
    return tuple(
        ("wati", act)
        for act in (
            lambda desk: ask_for.ApplySeal(seal=seal, number="PG-7", seal_kind="cable_tie", sealed_object="door"),
            lambda desk: ask_for.TakeKey(
                key_id=keys["key_holding"], door="Pintu timur", holder=desk.seal("Joko Contoh", "person")
            ),
            lambda desk: ask_for.ReportCctv(total=8, working=7, recording=True),
            lambda desk: ask_for.ReportGuards(kpu=1, police=2),
            lambda desk: ask_for.ReportCondition(
                condition_id=keys["condition"], condition="leak", severity="high", spot="Lorong 2"
            ),
            lambda desk: ask_for.NoteWeatherAlert(
                alert_id=desk.key(), sender="cuaca@bmkg.example", source="BMKG", identifier="uji.1",
                event="Hujan Lebat dan Petir", hazard="rain", severity="severe", urgency="expected",
                certainty="likely", sent_at=desk.now, onset_at=desk.now + HOUR, expires_at=desk.now + 6 * HOUR,
                basis="name",
            ),
            lambda desk: ask_for.ReportUse(use_id=keys["use"], use="meeting", people_count=20),
            lambda desk: ask_for.ReportIncident(
                incident_id=keys["incident"], incident="protest", severity="critical", spot="Gerbang",
                details=desk.seal("Massa berkumpul di depan gerbang", "note"),
            ),
            lambda desk: ask_for.ScanCheckpoint(round_id=keys["round"], checkpoint="A1", by_token=True),
            lambda desk: ask_for.CompleteRound(round_id=desk.key(), ticked=("A1",), findings=("door_open",)),
        )
    )  # fmt: skip


def _list(keys: Mapping[str, str]) -> Acts:
    """The access list, the watchlist, the site's own rules."""
    return (
        ("dewi", lambda desk: ask_for.SetSiteRules(checkpoints=("A1", "B2"), two_persons=("receiving",))),
        ("dewi", lambda desk: ask_for.GrantAccess(access_id=keys["access_rule"], role="kpu_staff")),
        (
            "dewi",
            lambda desk: ask_for.WatchlistPerson(
                person=keys["watchlisted"], name=desk.seal("Orang Dipantau", "person"), reason="barred"
            ),
        ),
    )


def _asked(district: District, shift: str) -> tuple[str, str]:
    """An officer who can't serve next week, and one who wants to swap: the keys of both."""
    absence, swap = district.desk("bayu").key(), district.desk("wati").key()
    away = district.clock() + 7 * DAY
    bayu = district.people["bayu"].code
    district.records(
        "bayu",
        lambda desk: AnnounceAbsence(
            absence_id=absence, person=desk.actor, from_at=away, until_at=away + DAY, reason="leave"
        ),
    )
    district.records("wati", lambda desk: RequestSwap(swap_id=swap, shift_id=shift, with_person=bayu))
    return absence, swap


def _drafted(district: District) -> None:
    """A draft of the month, made without the solver: one watcher alone, every other day."""
    now, dewi = district.clock(), district.people["dewi"].code
    month = monthly.month_named(DISTRICT, monthly.month_name_at(DISTRICT, now), now)
    problem = monthly.question(DISTRICT, month, now)
    wati = district.people["wati"].code
    placed = tuple(Placed(person=wati, day=day, kind="pagi", site=HERE) for day in range(0, month.days, 2))
    plan = Plan(placed=placed, lacking=lacking_in(problem, placed), rejected=placed[:1])
    remedy = Remedy(change="one_more", left=3, skill="female", site=HERE)
    drafting.keep_draft(DISTRICT, month, problem, Answered(plan=plan, remedies=[remedy]), now, dewi)


def _offered(district: District) -> tuple[str, str]:
    """The watch, offered and not yet accepted: the keys of the duty and of the offer."""
    desk = district.desk("wati")
    running, key = duty_of(HERE, desk.actor), desk.key()
    assert running is not None
    summary = services.handover_summary(HERE)
    district.records("wati", lambda desk: OfferHandover(handover_id=key, duty_id=running.key, summary=summary))
    return running.key, key
