"""Acts of a round and of the building: seals, checkpoints, cameras, guards, keys, stock, troubles, fitness."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from awas.ledger.desk import Desk
from awas.places.fitness import ITEMS as FITNESS_ITEMS
from awas.ui.acts import Act, Values
from awas.ui.asks import choice, count, photo, photos, sealed, several, text, thing, things, yes, yes_or_no
from awas.warehouse import commands as ask_for
from awas.warehouse import models
from awas.warehouse.events import Answer
from awas.warehouse.forms.lines import stock_counts
from awas.warehouse.forms.officers import checkpoints_here, officers_here
from awas.warehouse.forms.things import seals_on
from awas.warehouse.keys import key_at, seal_key
from awas.warehouse.words import (
    CONDITIONS,
    FINDINGS,
    INCIDENT_OUTCOMES,
    INCIDENTS,
    OTHER_USES,
    SEAL_KINDS,
    SEAL_REMOVALS,
    SEAL_RESULTS,
    SEALED_OBJECTS,
    SEVERITIES,
    VERDICTS,
    WITNESSES,
)

_NUMBER = text("number", _("Seal number"), required=True, most=32, capitals=True)
CHECKLIST = "awas-20"
"""The checklist of fitness in `places.fitness`."""


def _seal_of(subject: str) -> Mapping[str, Any]:
    seal = models.Seal.objects.filter(key=subject).first() if subject else None
    if seal is None:
        return {}
    return {"number": seal.number, "sealed_object": seal.sealed_object, "object_name": seal.object_name}


def _apply_seal(values: Values, desk: Desk, subject: str) -> Any:
    return ask_for.ApplySeal(seal=seal_key(desk.place, values["number"]), **values)


def _check_seal(values: Values, desk: Desk, subject: str) -> Any:
    values["found_number"] = values["found_number"].upper()
    return ask_for.CheckSeal(seal=seal_key(desk.place, values["number"]), **values)


def _remove_seal(values: Values, desk: Desk, subject: str) -> Any:
    return ask_for.RemoveSeal(seal=seal_key(desk.place, values["number"]), **values)


def _take_key(values: Values, desk: Desk, subject: str) -> Any:
    door = values["door"]
    name = "".join(char if char.isascii() and char.isalnum() else "-" for char in door.lower())[:40] or "door"
    return ask_for.TakeKey(key_id=key_at(desk.place, f"k-{name}"), **values)


def _fitness(values: Values, desk: Desk, subject: str) -> Any:
    evidence = values.pop("photos")
    answers = tuple(
        Answer(item=item.removeprefix("item_"), verdict=verdict) for item, verdict in values.items() if verdict
    )
    return ask_for.CheckFitness(
        check_id=desk.key(), checklist=CHECKLIST, answers=answers, item_count=len(FITNESS_ITEMS), photos=evidence
    )


SEALS = (
    Act(
        slug="segel-periksa",
        title=_("Check a seal"),
        icon="seal",
        send=_("Record check"),
        initial=lambda asked, subject: _seal_of(subject),
        asks=(
            _NUMBER,
            choice("result", _("How it was found"), SEAL_RESULTS, initial="intact"),
            text("found_number", _("Number found instead"), most=32, capitals=True),
            choice("sealed_object", _("On what"), SEALED_OBJECTS, initial="door"),
            text("object_name", _("Which one"), hint=_("Door 2, box 0113 …")),
            sealed("details", _("Note"), "note", long=True),
            photo(),
        ),
        build=_check_seal,
    ),
    Act(
        slug="segel-pasang",
        title=_("Put a seal on"),
        icon="seal",
        send=_("Record seal"),
        asks=(
            _NUMBER,
            choice("seal_kind", _("Kind of seal"), SEAL_KINDS, initial="cable_tie"),
            choice("sealed_object", _("On what"), SEALED_OBJECTS, initial="door"),
            text("object_name", _("Which one"), hint=_("Door 2, box 0113 …")),
            thing("replaces", _("Replaces"), seals_on, required=False),
            things("applied_by", _("Put on by"), officers_here),
            several("witnesses", _("Witnesses"), WITNESSES),
            text("document_number", _("Document, number")),
            photo(),
        ),
        build=_apply_seal,
    ),
    Act(
        slug="segel-lepas",
        title=_("Take a seal off"),
        icon="seal",
        send=_("Record removal"),
        initial=lambda asked, subject: _seal_of(subject),
        asks=(
            _NUMBER,
            choice("reason", _("Why"), SEAL_REMOVALS),
            text("authority", _("On whose authority"), hint=_("Letter or order, number.")),
            things("removed_by", _("Taken off by"), officers_here),
            several("witnesses", _("Witnesses"), WITNESSES),
            sealed("details", _("Note"), "note", long=True),
            photo(),
        ),
        build=_remove_seal,
    ),
)

ROUNDS = (
    Act(
        slug="ronde",
        title=_("Round"),
        icon="round",
        about="round",
        or_new=True,
        send=_("Record the round"),
        hint=_("Scan the QR code at each checkpoint, or tick where you stood."),
        asks=(
            things("ticked", _("Checkpoints"), checkpoints_here),
            several("findings", _("Found"), FINDINGS),
            sealed("note", _("Note"), "note", long=True),
            photos(),
        ),
        build=lambda values, desk, subject: ask_for.CompleteRound(round_id=subject or desk.key(), **values),
    ),
    Act(
        slug="cctv",
        title=_("CCTV"),
        icon="camera",
        send=_("Record"),
        asks=(
            count("total", _("Cameras in all"), required=True, most=500),
            count("working", _("Working"), required=True, most=500),
            yes("recording", _("Recording"), initial=True),
            sealed("cause", _("If not: why"), "note"),
        ),
        build=lambda values, desk, subject: ask_for.ReportCctv(**values),
    ),
    Act(
        slug="penjaga",
        title=_("Guards at their posts"),
        icon="user",
        send=_("Record"),
        asks=(
            count("kpu", _("KPU"), most=200),
            count("police", _("Police"), most=200),
            count("army", _("Army (TNI)"), most=200),
            count("satpol_pp", _("Satpol PP"), most=200),
            count("asleep", _("Asleep"), most=200),
        ),
        build=lambda values, desk, subject: ask_for.ReportGuards(**values),
    ),
    Act(
        slug="kunci-ambil",
        title=_("Key handed out"),
        icon="key",
        send=_("Record"),
        asks=(
            text("door", _("Door"), required=True, most=60),
            sealed("holder", _("To whom"), "person", required=True),
        ),
        build=_take_key,
    ),
    Act(
        slug="kunci-kembali",
        title=_("Key returned"),
        icon="key",
        about="key_holding",
        send=_("Record return"),
        asks=(),
        build=lambda values, desk, subject: ask_for.ReturnKey(key_id=subject),
    ),
    Act(
        slug="stok",
        title=_("Stock at a glance"),
        icon="list",
        send=_("Record"),
        asks=(
            yes("unchanged", _("Nothing has changed since the last look"), initial=True),
            yes_or_no("ballots_inside", _("Ballots inside")),
            stock_counts("counts", _("Counted")),
            things("counted_by", _("Counted by"), officers_here),
            sealed("note", _("Note"), "note", long=True),
            photos(),
        ),
        build=lambda values, desk, subject: ask_for.GlanceAtStock(**values),
    ),
)

TROUBLES = (
    Act(
        slug="kondisi",
        title=_("Leak, flood, fire, power …"),
        icon="water",
        send=_("Report"),
        asks=(
            choice("condition", _("What"), {code: word for code, word in CONDITIONS.items() if code != "use"}),
            choice("severity", _("How bad"), SEVERITIES, initial="high"),
            text("spot", _("Where exactly")),
            yes_or_no("ballots_inside", _("Ballots inside")),
            sealed("details", _("What is seen"), "note", long=True),
            photos(),
        ),
        build=lambda values, desk, subject: ask_for.ReportCondition(condition_id=subject or desk.key(), **values),
    ),
    Act(
        slug="kondisi-selesai",
        title=_("It is over"),
        icon="check",
        about="condition",
        send=_("Record"),
        asks=(
            count("units_harmed", _("Units harmed")),
            sealed("details", _("Note"), "note", long=True),
            photos(),
        ),
        build=lambda values, desk, subject: ask_for.EndCondition(condition_id=subject, **values),
    ),
    Act(
        slug="pemakaian",
        title=_("Used for something else"),
        icon="alert",
        send=_("Report"),
        asks=(
            choice("use", _("For what"), OTHER_USES),
            count("people_count", _("People, about")),
            sealed("details", _("What is seen"), "note", long=True),
            photos(),
        ),
        build=lambda values, desk, subject: ask_for.ReportUse(use_id=subject or desk.key(), **values),
    ),
    Act(
        slug="pemakaian-selesai",
        title=_("The other use has ended"),
        icon="check",
        about="condition",
        send=_("Record"),
        asks=(),
        build=lambda values, desk, subject: ask_for.EndUse(use_id=subject),
    ),
    Act(
        slug="kejadian",
        title=_("Incident"),
        icon="alert",
        send=_("Report incident"),
        asks=(
            choice("incident", _("What"), INCIDENTS),
            choice("severity", _("How bad"), SEVERITIES, initial="high"),
            text("spot", _("Where exactly")),
            sealed("details", _("What happened"), "note", long=True, required=True),
            yes("police_told", _("The police have been told")),
            photos(),
        ),
        build=lambda values, desk, subject: ask_for.ReportIncident(incident_id=subject or desk.key(), **values),
    ),
    Act(
        slug="kejadian-tutup",
        title=_("Close the incident"),
        icon="check",
        about="incident",
        send=_("Close"),
        asks=(
            choice("outcome", _("How it ended"), INCIDENT_OUTCOMES),
            text("document_number", _("Document, number")),
            sealed("details", _("Note"), "note", long=True),
            photos(),
        ),
        build=lambda values, desk, subject: ask_for.CloseIncident(incident_id=subject, **values),
    ),
    Act(
        slug="kelayakan",
        title=_("Fitness of the warehouse"),
        icon="list",
        send=_("Record checklist"),
        asks=(
            *(choice(f"item_{item.id}", item.question, VERDICTS, required=False) for item in FITNESS_ITEMS),
            photos(),
        ),
        build=_fitness,
    ),
)
