"""Acts at a desk: contracts, prints, the season, stages closed and reopened, leave, stores that are none."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from awas.ledger.desk import Desk
from awas.logistics import commands as ask_for
from awas.logistics import services
from awas.logistics.forms.asked import PLAN, WHAT, kits_here, numbers, what_of
from awas.logistics.keys import closure_key, kit_key
from awas.logistics.lines import Line, TallyLine
from awas.logistics.stages import STAGES
from awas.logistics.words import REASONS, in_language
from awas.ui.acts import Act, Values
from awas.ui.asks import Asked, Choices, choice, count, moment, photos, sealed, text, thing, yes, yes_or_no


def _approval(values: Values, desk: Desk, subject: str) -> Any:
    return ask_for.AnswerApproval(approval_id=subject, granted=values.pop("answer") == "yes", **values)


def _contract(values: Values, desk: Desk, subject: str) -> Any:
    line = Line(**what_of(values), units=values.pop("units"))  # type: ignore[arg-type]
    return ask_for.RecordContract(contract_id=desk.key(), lines=(line,), **values)


def _print(values: Values, desk: Desk, subject: str) -> Any:
    what, damaged = what_of(values), values.pop("damaged")
    passed = values.pop("passed")
    line = TallyLine(**what, taken=passed + damaged, passed=passed, damaged=damaged)  # type: ignore[arg-type]
    values["witnesses"] = numbers(values["witnesses"])
    return ask_for.VerifyPrint(tally_id=desk.key(), contract_id=subject, lines=(line,), **values)


_YES_NO = {"yes": _("Yes, I agree"), "no": _("No")}
_STAGE_CHOICES = {row.id: row.title.id for row in STAGES if row.where == "district" and not row.by_gate}


def _stages(asked: Asked) -> Choices:
    return ((row.id, in_language(row.title)) for row in STAGES if row.id in _STAGE_CHOICES)


ACTS: tuple[Act, ...] = (
    Act(
        slug="minta-bongkar",
        title=_("Ask leave to unpack a kit"),
        icon="correction",
        send=_("Ask"),
        asks=(
            thing("station", _("Station"), kits_here),
            sealed("why", _("Why"), "note", required=True, long=True),
        ),
        build=lambda values, desk, subject: ask_for.AskApproval(
            approval_id=desk.key(), action="unpack", subject=kit_key(values.pop("station")), **values
        ),
    ),
    Act(
        slug="minta-buka",
        title=_("Ask leave to reopen a stage"),
        icon="correction",
        send=_("Ask"),
        asks=(thing("stage", _("Stage"), _stages), sealed("why", _("Why"), "note", required=True, long=True)),
        build=lambda values, desk, subject: ask_for.AskApproval(
            approval_id=desk.key(), action="reopen", subject=closure_key(desk.place, values.pop("stage")), **values
        ),
    ),
    Act(
        slug="jawab",
        title=_("Answer a request for leave"),
        icon="check",
        about="approval",
        permission=PLAN,
        send=_("Record the answer"),
        hint=_("Whoever asked can't answer."),
        asks=(choice("answer", _("Your answer"), _YES_NO), sealed("why", _("Note"), "note", long=True)),
        build=_approval,
    ),
    Act(
        slug="tutup-tahap",
        title=_("Close a stage"),
        icon="check",
        send=_("Close it"),
        asks=(thing("stage", _("Stage"), _stages),),
        build=lambda values, desk, subject: ask_for.CloseStage(**values),
    ),
    Act(
        slug="gudang-liar",
        title=_("Logistics at an unofficial place"),
        icon="incident",
        send=_("Report"),
        asks=(
            text("where", _("Where"), required=True),
            sealed("details", _("What was seen"), "note", long=True),
            photos(),
        ),
        build=lambda values, desk, subject: ask_for.ReportUnofficialStore(report_id=desk.key(), **values),
    ),
    Act(
        slug="gudang-liar-kosong",
        title=_("Nothing lies there any more"),
        icon="check",
        about="store",
        send=_("Record it"),
        asks=(),
        build=lambda values, desk, subject: ask_for.ClearUnofficialStore(report_id=subject),
    ),
    Act(
        slug="kontrak",
        title=_("A contract"),
        icon="note",
        permission=PLAN,
        send=_("Record the contract"),
        asks=(
            text("supplier", _("Supplier"), required=True),
            text("document_number", _("Contract, number"), required=True),
            *WHAT,
            count("units", _("Ordered"), required=True),
            moment("deliver_by_at", _("To be delivered by")),
            yes("replacement", _("Replaces damaged or missing ones")),
        ),
        build=_contract,
    ),
    Act(
        slug="batal-kontrak",
        title=_("Take a contract back"),
        icon="x",
        about="contract",
        permission=PLAN,
        send=_("Take it back"),
        hint=_("For a contract entered by mistake; it stays in the log."),
        asks=(choice("reason", _("Why"), REASONS), sealed("why", _("Note"), "note", long=True)),
        build=lambda values, desk, subject: ask_for.VoidContract(contract_id=subject, **values),
    ),
    Act(
        slug="batal-cetak",
        title=_("Take a verification back"),
        icon="x",
        about="tally",
        permission=PLAN,
        send=_("Take it back"),
        hint=_("Nothing is deleted: the count stands in the log, and everything it moved is moved back."),
        asks=(choice("reason", _("Why"), REASONS), sealed("why", _("Note"), "note", long=True)),
        build=lambda values, desk, subject: ask_for.VoidPrint(tally_id=subject, **values),
    ),
    Act(
        slug="cetak",
        title=_("Print verification"),
        icon="check",
        about="contract",
        permission=PLAN,
        send=_("Record the verification"),
        asks=(
            *WHAT,
            count("passed", _("Printed, good"), required=True),
            count("damaged", _("Printed, damaged")),
            text("document_number", _("Minutes, number")),
            text("witnesses", _("Witnesses: institutions"), most=120),
            yes_or_no("plates_sealed", _("Plates sealed and stored")),
        ),
        build=_print,
    ),
    Act(
        slug="buka-musim",
        title=_("Watch against the election's dates"),
        icon="clock",
        permission=PLAN,
        send=_("Begin"),
        hint=_("Dates and needs come from the election's file and the register of stations."),
        asks=(),
        build=lambda values, desk, subject: services.season_of(desk.place),
    ),
)
