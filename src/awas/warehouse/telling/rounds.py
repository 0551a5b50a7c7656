"""Rounds, cameras, guards, keys, stock, the building and incidents in sentences."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from awas.access.narration import Names, Tellers, Told, chips, count, listed, span, who, word
from awas.ledger.area import Stamp
from awas.ledger.message import moment as happened_at
from awas.warehouse import events as happened
from awas.warehouse.telling.goods import TWO, goods
from awas.warehouse.words import (
    CONDITIONS,
    FINDINGS,
    INCIDENT_OUTCOMES,
    INCIDENTS,
    ITEMS,
    OTHER_USES,
    SEVERITIES,
)

LEVEL_OF_SEVERITY = {"low": "waspada", "high": "siaga", "critical": "awas"}
LEVEL_OF_FINDING = {
    "none": "",
    "light_out": "",
    "noise": "",
    "other": "",
    "pest": "waspada",
    "leak": "waspada",
    "stack_fallen": "waspada",
    "door_open": "waspada",
    "window_open": "waspada",
    "guard_absent": "waspada",
    "guard_asleep": "waspada",
    "camera_covered": "siaga",
    "lock_broken": "siaga",
    "stranger": "siaga",
    "seal_broken": "siaga",
    "smell_of_smoke": "siaga",
}
RANK = ("", "waspada", "siaga", "awas")


def _worst(levels: list[str]) -> str:
    return max(levels, key=RANK.index, default="")


def _findings(findings: tuple[str, ...]) -> str:
    return listed(*(word(FINDINGS, one) for one in findings if one != "none"))


def scanned(event: happened.CheckpointScanned, stamp: Stamp, names: Names) -> Told:
    said = {"checkpoint": event.checkpoint, "findings": _findings(event.findings)}
    if said["findings"]:
        text = _("At checkpoint %(checkpoint)s: %(findings)s") % said
    else:
        text = _("At checkpoint %(checkpoint)s, nothing found") % said
    return Told(
        text=text,
        icon="round",
        level=_worst([LEVEL_OF_FINDING.get(one, "") for one in event.findings]),
        flags=chips(
            (not event.by_token, _("code not scanned")),
            (not event.planned, _("not planned")),
            (event.again, _("again")),
        ),
        photos=(event.photo,) if event.photo else (),
        subject=event.round_id,
    )


def round_completed(event: happened.RoundCompleted, stamp: Stamp, names: Names) -> Told:
    said = {
        "scanned": count(event.scanned_count),
        "planned": count(event.planned_count),
        "span": span(max(happened_at(stamp) - event.started_at, 0)),
    }
    missed = ngettext("%(n)s checkpoint missed", "%(n)s checkpoints missed", len(event.missed))
    if event.planned_count:
        text = _("Round of %(span)s finished: %(scanned)s of %(planned)s checkpoints") % said
    else:
        text = _("Round of %(span)s finished: %(scanned)s checkpoints") % said
    return Told(
        text=text,
        icon="round",
        flags=chips((event.missed, missed % {"n": count(len(event.missed))})),
        photos=event.photos,
        subject=event.round_id,
    )


def cctv_reported(event: happened.CctvReported, stamp: Stamp, names: Names) -> Told:
    said = {"working": count(event.working), "total": count(event.total)}
    blind = not event.recording or event.working == 0
    if event.recording:
        text = _("CCTV: %(working)s of %(total)s cameras work") % said
    else:
        text = _("CCTV: %(working)s of %(total)s cameras work, nothing is recorded") % said
    back = blind is False and event.recording_before is False
    return Told(
        text=text,
        icon="camera",
        level="siaga" if blind else "waspada" if event.working < event.total else "",
        flags=chips((event.down, _("down: %(cameras)s") % {"cameras": listed(*event.down)}), (back, _("works again"))),
    )


def guards_reported(event: happened.GuardsReported, stamp: Stamp, names: Names) -> Told:
    there = event.kpu + event.police + event.army + event.satpol_pp
    by_institution = listed(
        *(
            text % {"n": count(number)}
            for number, text in (
                (event.kpu, _("KPU %(n)s")),
                (event.police, _("police %(n)s")),
                (event.army, _("army %(n)s")),
                (event.satpol_pp, _("Satpol PP %(n)s")),
            )
            if number
        )
    )
    text = _("Guards at their posts: %(guards)s") % {"guards": by_institution} if there else _("No guard at any post")
    return Told(
        text=text,
        icon="people",
        level="waspada" if event.asleep or there < event.wanted else "",
        flags=chips(
            (event.asleep, _("%(n)s asleep") % {"n": count(event.asleep)}),
            (there < event.wanted, _("%(n)s wanted") % {"n": count(event.wanted)}),
        ),
    )


def key_taken(event: happened.KeyTaken, stamp: Stamp, names: Names) -> Told:
    return Told(
        text=_("The key to %(door)s was handed to %(who)s")
        % {"door": event.door, "who": who(names.person(event.holder), event.purpose)},
        icon="key",
        flags=chips((event.was_out, _("was out already"))),
        subject=event.key_id,
    )


def key_returned(event: happened.KeyReturned, stamp: Stamp, names: Names) -> Told:
    out = span(max(happened_at(stamp) - event.taken_at, 0))
    return Told(
        text=_("The key to %(door)s came back after %(span)s") % {"door": event.door, "span": out},
        icon="key",
        subject=event.key_id,
    )


def stock_glanced(event: happened.StockGlanced, stamp: Stamp, names: Names) -> Told:
    changes = listed(
        *(
            _("%(item)s %(found)s instead of %(known)s")
            % {"item": word(ITEMS, one.item), "found": count(one.found), "known": count(one.known)}
            for one in event.changes
        )
    )
    if changes:
        text = _("The stock differs from the record: %(changes)s") % {"changes": changes}
    elif event.counts:
        text = _("Stock counted: %(goods)s") % {"goods": goods(event.counts)}
    elif event.unchanged:
        text = _("Stock looked at: unchanged")
    else:
        text = _("Stock looked at: not as before")
    alone = event.two_wanted and bool(event.counts) and len(set(event.counted_by)) < TWO
    return Told(
        text=text,
        icon="box",
        level="siaga" if changes else "" if event.unchanged or event.counts else "waspada",
        flags=chips((alone, _("two people wanted"))),
        photos=event.photos,
    )


def condition_reported(event: happened.ConditionReported, stamp: Stamp, names: Names) -> Told:
    said = {
        "condition": word(CONDITIONS, event.condition),
        "severity": word(SEVERITIES, event.severity),
        "spot": event.spot,
    }
    if event.spot:
        text = _("%(condition)s at %(spot)s, severity: %(severity)s") % said
    else:
        text = _("%(condition)s, severity: %(severity)s") % said
    level = LEVEL_OF_SEVERITY[event.severity]
    if event.condition in ("fire", "smoke", "gas"):
        level = _worst([level, "awas" if event.condition == "fire" else "siaga"])
    worse = event.severity_before and RANK.index(LEVEL_OF_SEVERITY[event.severity]) > RANK.index(
        LEVEL_OF_SEVERITY.get(event.severity_before, "")
    )
    return Told(
        text=text,
        icon={"fire": "fire", "smoke": "fire", "leak": "water", "flood": "water", "power_cut": "bolt"}.get(
            event.condition, "alert"
        ),
        level=level,
        flags=chips((event.ballots_inside, _("ballots inside")), (worse, _("worse than before"))),
        photos=event.photos,
        subject=event.condition_id,
    )


def condition_ended(event: happened.ConditionEnded, stamp: Stamp, names: Names) -> Told:
    said = {
        "condition": word(CONDITIONS, event.condition),
        "span": span(max(happened_at(stamp) - event.began_at, 0)),
    }
    return Told(
        text=_("%(condition)s is over after %(span)s") % said,
        icon="check",
        flags=chips((event.units_harmed, _("%(n)s units harmed") % {"n": count(event.units_harmed)})),
        photos=event.photos,
        subject=event.condition_id,
    )


def use_reported(event: happened.UseReported, stamp: Stamp, names: Names) -> Told:
    people = ngettext("%(n)s person", "%(n)s people", event.people_count) % {"n": count(event.people_count)}
    return Told(
        text=_("The warehouse serves for something else: %(use)s") % {"use": word(OTHER_USES, event.use)},
        icon="alert",
        level="siaga" if event.ballots_inside else "waspada",
        flags=chips(
            (event.people_count, people), (event.ballots_inside, _("ballots inside")), (event.again, _("again"))
        ),
        photos=event.photos,
        subject=event.use_id,
    )


def use_ended(event: happened.UseEnded, stamp: Stamp, names: Names) -> Told:
    said = {"use": word(OTHER_USES, event.use), "span": span(max(happened_at(stamp) - event.began_at, 0))}
    return Told(text=_("The other use is over after %(span)s: %(use)s") % said, icon="check", subject=event.use_id)


def incident_reported(event: happened.IncidentReported, stamp: Stamp, names: Names) -> Told:
    said = {
        "incident": word(INCIDENTS, event.incident),
        "severity": word(SEVERITIES, event.severity),
        "spot": event.spot,
    }
    if event.spot:
        text = _("Incident at %(spot)s: %(incident)s, severity: %(severity)s") % said
    else:
        text = _("Incident: %(incident)s, severity: %(severity)s") % said
    return Told(
        text=text,
        icon="incident",
        level=LEVEL_OF_SEVERITY[event.severity],
        flags=chips(
            (event.ballots_inside, _("ballots inside")),
            (event.severity != "low" and not event.police_told, _("police not told")),
        ),
        photos=event.photos,
        subject=event.incident_id,
    )


def incident_closed(event: happened.IncidentClosed, stamp: Stamp, names: Names) -> Told:
    said = {"incident": word(INCIDENTS, event.incident), "outcome": word(INCIDENT_OUTCOMES, event.outcome)}
    return Told(
        text=_("Incident closed, %(incident)s: %(outcome)s") % said,
        icon="check",
        photos=event.photos,
        subject=event.incident_id,
    )


def fitness_checked(event: happened.FitnessChecked, stamp: Stamp, names: Names) -> Told:
    answered = len(event.answers)
    said = {"good": count(sum(one.verdict != "bad" for one in event.answers)), "total": count(answered)}
    new = ngettext("%(n)s point newly bad", "%(n)s points newly bad", len(event.newly_bad))
    left = ngettext("%(n)s point unanswered", "%(n)s points unanswered", event.unanswered)
    evidence = [*event.photos, *(one.photo for one in event.answers if one.photo)]
    return Told(
        text=_("Fitness of the warehouse checked: %(good)s of %(total)s points good") % said,
        icon="list",
        level="waspada" if event.bad else "",
        flags=chips(
            (event.newly_bad, new % {"n": count(len(event.newly_bad))}),
            (event.unanswered, left % {"n": count(event.unanswered)}),
        ),
        photos=tuple(evidence),
        subject=event.check_id,
    )


TELLERS: Tellers = {
    happened.CheckpointScanned: scanned,
    happened.RoundCompleted: round_completed,
    happened.CctvReported: cctv_reported,
    happened.GuardsReported: guards_reported,
    happened.KeyTaken: key_taken,
    happened.KeyReturned: key_returned,
    happened.StockGlanced: stock_glanced,
    happened.ConditionReported: condition_reported,
    happened.ConditionEnded: condition_ended,
    happened.UseReported: use_reported,
    happened.UseEnded: use_ended,
    happened.IncidentReported: incident_reported,
    happened.IncidentClosed: incident_closed,
    happened.FitnessChecked: fitness_checked,
}
