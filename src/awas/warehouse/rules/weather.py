"""Rules on what others warn of: rain over a leaking roof, a storm over ballots. They speak before the water. Pure."""

from collections.abc import Iterable

from awas.ledger.area import Instant, Stamp
from awas.warehouse import events as happened
from awas.warehouse.fold.building import WATER
from awas.warehouse.rules import grounds, names
from awas.warehouse.site import AlertInForce, Site
from awas.warnings.rule import (
    Arm,
    Armed,
    Cleared,
    Disarm,
    Found,
    Level,
    Limits,
    Outcomes,
    Rule,
    Threshold,
    Watch,
    Words,
)

WET = frozenset({"rain", "flood", "storm", "tsunami", "wave"})
"""What brings water into a building."""
WATER_ITEMS = frozenset({"FIT-03", "FIT-04", "FIT-05"})
"""Points of the fitness checklist about floods, the roof and the floor."""
RANK = {"minor": 1, "moderate": 2, "unknown": 2, "severe": 3, "extreme": 4}
"""CAP's severities; one that its sender couldn't tell counts as moderate."""


def _from(default: int) -> Threshold:
    return Threshold(
        name="severity",
        unit="",
        default=default,
        least=1,
        most=4,
        label=Words(
            "Mulai tingkat keparahan CAP (1 ringan, 2 sedang, 3 parah, 4 ekstrem)",
            "From the severity of CAP (1 minor, 2 moderate, 3 severe, 4 extreme)",
        ),
        source="SOP; perlu ditetapkan kantor; peringatan dini BMKG umumnya Moderate",
    )


def weakness(site: Site) -> str:
    """Why water is to be feared here: "open" (it comes in now), "unfit" by the checklist, "history"; empty if not."""
    if any(site.open_conditions.get(one, 0) > 0 for one in WATER):
        return "open"
    if WATER_ITEMS.intersection(site.fitness_bad):
        return "unfit"
    return "history" if site.water_seen > 0 else ""


def _threatens(one: AlertInForce, limits: Limits, now: Instant) -> bool:
    return one.hazard in WET and RANK[one.severity] >= limits["severity"] and one.expires_at > now


def _before_the_water(watch: Watch, alerts: Iterable[AlertInForce], limits: Limits) -> Outcomes:
    site: Site = watch.warehouse
    weak = weakness(site)
    if not weak:
        return ()
    level = Level.AWAS if weak == "open" and site.ballots_inside else Level.SIAGA
    found: list[Found | Arm] = []
    for one in alerts:
        if _threatens(one, limits, watch.now):
            facts = (("hazard", one.hazard), ("weakness", weak), ("source", one.source))
            found += [
                Found(key=one.thread, facts=facts, level=level),
                Arm(key=one.thread, due_at=one.expires_at, facts=facts),
            ]
    return tuple(found)


def _named(watch: Watch, event: happened.WeatherAlertNoted) -> AlertInForce:
    """The alert of an event: the snapshot keeps only so many."""
    return AlertInForce(
        thread=event.thread,
        hazard=event.hazard,
        severity=event.severity,
        expires_at=event.expires_at,
        source=event.source,
    )


def _eased(watch: Watch, rule: str, thread: str, outcomes: Outcomes) -> Outcomes:
    """An alert that its sender has made weaker no longer holds the warning up."""
    if outcomes or not watch.is_open(rule, thread):
        return outcomes
    return (Disarm(key=thread), Cleared(key=thread, why="alert_eased"))


def _rain_noted(watch: Watch, stamp: Stamp, event: happened.WeatherAlertNoted, limits: Limits) -> Outcomes:
    return _eased(watch, "WAR-42", event.thread, _before_the_water(watch, (_named(watch, event),), limits))


def _leak_reported(watch: Watch, stamp: Stamp, event: happened.ConditionReported, limits: Limits) -> Outcomes:
    """The leak comes to light while it already rains elsewhere."""
    return _before_the_water(watch, watch.warehouse.alerts, limits) if event.condition in WATER else ()


def _unfit(watch: Watch, stamp: Stamp, event: happened.FitnessChecked, limits: Limits) -> Outcomes:
    return _before_the_water(watch, watch.warehouse.alerts, limits) if event.bad else ()


def _ran_out(watch: Watch, key: str, armed: Armed, now: Instant, limits: Limits) -> Outcomes:
    """The alert's own hour has come, and nobody renewed it."""
    return (Cleared(key=key, why="alert_over"),)


def _voided(watch: Watch, stamp: Stamp, event: happened.EntryVoided, limits: Limits) -> Outcomes:
    """The alert was noted by mistake: its thread ends."""
    if event.effect != "weather_void" or not event.was_open:
        return ()
    return (Disarm(key=event.related), Cleared(key=event.related, why="corrected"))


RAIN_OVER_A_LEAK = Rule(
    id="WAR-42",
    title=Words(
        "Hujan atau banjir diperkirakan di gudang yang rawan air", "Rain or flood expected where water comes in"
    ),
    question=Words(
        "Apakah logistik sudah di atas palet dan atap sudah ditutup sebelum hujan?",
        "Do the goods stand on pallets, and is the roof covered, before the rain?",
    ),
    message=Words(
        "{source} memperingatkan {hazard}; gudang ini {weakness}",
        "{source} warns of {hazard}; this warehouse {weakness}",
    ),
    names={"hazard": names.HAZARDS, "weakness": names.WEAKNESSES},
    basis=grounds.WAREHOUSE_STANDARD,
    level=Level.SIAGA,
    thresholds=(_from(2),),
    runbook=(
        Words(
            "Angkat kotak dan bundel dari lantai ke palet di hadapan saksi; jauhkan dari titik bocor.",
            "Lift boxes and bundles from the floor onto pallets before witnesses; away from where it leaks.",
        ),
        Words(
            "Tutup dengan terpal; bersihkan talang dan saluran; siapkan pompa, ember, dan lampu.",
            "Cover them with tarpaulins; clear gutters and drains; have pump, buckets and lamps ready.",
        ),
        Words(
            "Hubungi KPU sekarang: siapa berjaga, ke mana logistik dipindah bila air masuk.",
            "Call KPU now: who stands by, and where the goods go if water comes in.",
        ),
        Words(
            "Foto sebelum hujan; ronde tiap jam selama peringatan berlaku.",
            "Photograph before the rain; a round every hour while the alert holds.",
        ),
        Words(
            "Air masuk: laporkan gangguan bangunan, hitung yang basah per jenis.",
            "If water comes in: report the condition, count what is wet by kind.",
        ),
    ),
    incident=grounds.LEBAK_RAIN,
    categories=("Met", "Infra"),
    on={
        happened.WeatherAlertNoted: _rain_noted,
        happened.ConditionReported: _leak_reported,
        happened.FitnessChecked: _unfit,
        happened.EntryVoided: _voided,
    },
    ends={happened.WeatherAlertEnded: ("thread", "alert_over")},
    due=_ran_out,
)


def _over_ballots(watch: Watch, alerts: Iterable[AlertInForce], limits: Limits) -> Outcomes:
    site: Site = watch.warehouse
    if not site.ballots_inside:
        return ()
    found: list[Found | Arm] = []
    for one in alerts:
        known = one.hazard in WET and weakness(site)  # WAR-42 says it, and says more
        if known or RANK[one.severity] < limits["severity"] or one.expires_at <= watch.now:
            continue
        facts = (("hazard", one.hazard), ("source", one.source))
        found += [Found(key=one.thread, facts=facts), Arm(key=one.thread, due_at=one.expires_at, facts=facts)]
    return tuple(found)


def _storm_noted(watch: Watch, stamp: Stamp, event: happened.WeatherAlertNoted, limits: Limits) -> Outcomes:
    return _eased(watch, "WAR-43", event.thread, _over_ballots(watch, (_named(watch, event),), limits))


def _ballots_came(
    watch: Watch, stamp: Stamp, event: happened.GoodsReceived | happened.StockGlanced, limits: Limits
) -> Outcomes:
    alerts: tuple[AlertInForce, ...] = watch.warehouse.alerts
    return _over_ballots(watch, alerts, limits) if alerts else ()


STORM_OVER_BALLOTS = Rule(
    id="WAR-43",
    title=Words("Cuaca atau bencana parah diperkirakan di gudang surat suara", "Severe weather expected over ballots"),
    question=Words("Siapa yang berjaga bila keadaan memburuk?", "Who stands by if it gets worse?"),
    message=Words(
        "{source} memperingatkan {hazard}; surat suara ada di dalam",
        "{source} warns of {hazard}; there are ballots inside",
    ),
    names={"hazard": names.HAZARDS},
    basis=grounds.WAREHOUSE_STANDARD,
    level=Level.WASPADA,
    thresholds=(_from(3),),
    runbook=(
        Words(
            "Baca peringatannya sampai selesai; catat sampai jam berapa.", "Read the alert to its end; note until when."
        ),
        Words(
            "Periksa atap, pintu, jendela, dan listrik; ikat atau masukkan yang dapat terbang.",
            "Check roof, doors, windows and power; tie down or take in what can fly.",
        ),
        Words(
            "Sepakati dengan KPU dan polisi siapa yang tetap di tempat; keselamatan orang lebih dahulu.",
            "Agree with KPU and the police on who stays; people's safety comes first.",
        ),
    ),
    incident=grounds.CENTRAL_JAVA_AT_RISK,
    categories=("Met", "Safety"),
    on={
        happened.WeatherAlertNoted: _storm_noted,
        happened.GoodsReceived: _ballots_came,
        happened.StockGlanced: _ballots_came,
        happened.EntryVoided: _voided,
    },
    ends={happened.WeatherAlertEnded: ("thread", "alert_over")},
    due=_ran_out,
)

RULES = (RAIN_OVER_A_LEAK, STORM_OVER_BALLOTS)
