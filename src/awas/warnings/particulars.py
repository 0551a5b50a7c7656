"""One warning from its first sign to its end: what stands behind it, what was done, and what can be done now."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from msgspec import Struct

from awas.access.addresses import place_url
from awas.access.narration import NamesOf, language
from awas.access.policy import Permission
from awas.access.require import allows
from awas.ledger import services as ledger
from awas.ledger import vault
from awas.ledger.entry import kind_of
from awas.ledger.services import Line
from awas.places.codes import zone_of
from awas.places.models import Site
from awas.places.services import names_of, place_name
from awas.ui.acts import ActForm
from awas.ui.formats import moment as written
from awas.warnings import events as happened
from awas.warnings import reasons, services
from awas.warnings.acts import ACTS
from awas.warnings.models import Warning
from awas.warnings.narration import codes_in, message_of, reason_of, said, title_of
from awas.warnings.pages import Context
from awas.warnings.rule import Rule, Words
from awas.warnings.state import ACKNOWLEDGED, CLEARED, PENDING, RESOLVED, SILENCED

STEPS_SHOWN = 2_000

EntryRows = Callable[..., list[dict[str, Any]]]
Told = Callable[[str], list[dict[str, Any]]]


def _nobody(warning: str) -> list[dict[str, Any]]:
    return []


def _unwired(lines: Sequence[Line], **_named: Any) -> list[dict[str, Any]]:
    raise RuntimeError("the entries' words aren't wired: awas.config.wiring.install() has not run")


_entry_rows: EntryRows = _unwired
_told: Told = _nobody


def _no_page(place: str, warning: str) -> str:
    return ""


Calls = Callable[[str, str], str]
_calls: Calls = _no_page


def use(*, entry_rows: EntryRows, told: Told = _nobody, calls: Calls = _no_page) -> None:
    """Start-up only: how the entries behind a warning are told, and who was told of it (rooms above know that).

    `entry_rows` is `awas.warehouse.narration.entry_rows`; `told(warning)` gives rows {channel, to, at, result};
    `calls(place, warning)` the page that says whom to ring.
    """
    global _entry_rows, _told, _calls
    _entry_rows, _told, _calls = entry_rows, told, calls


def warning_or_404(place: str, warning: str) -> Warning:
    """The warning of that id at that place. Raises Http404."""
    found = Warning.objects.filter(pk=warning, place=place).first()
    if found is None:
        raise Http404
    return found


def warning_page(request: HttpRequest, one: Warning, forms: Sequence[Context]) -> Context:
    """Context of warnings/warning.html."""
    rule = services.catalogue().get(one.rule)
    site = Site.objects.filter(code=one.place).first()
    zone = site.time_zone if site else zone_of(one.place)
    may_look = allows(request, Permission.VIEW_SITE, one.place)
    steps = _steps(one)
    names = NamesOf(steps, may_see_names=False)
    return {
        "place": {
            "code": one.place,
            "name": site.name if site else place_name(one.place) or one.place,
            "tz": zone,
            "url": place_url(one.place) if may_look else "",
        },
        "now": settings.AWAS_NOW(),
        "warning": _about(one, rule, zone),
        "answer": _answer(one, steps, names),
        "silence": _silence(one, steps, names),
        "hidden_behind": None,
        "evidence": _evidence(request, one, zone) if may_look else [],
        "steps": [said(step) for step in rule.runbook] if rule else [],
        "history": _history(request, one, steps, names, zone),
        "forms": forms,
        "told": _told(one.id),
        "calls_url": _calls(one.place, one.id) if allows(request, Permission.VIEW_PERSONAL, one.place) else "",
        "back_url": f"{reverse('warnings:list')}?place={one.place}",
    }


def _about(one: Warning, rule: Rule | None, zone: str) -> Context:
    title = title_of(one.rule)
    message = message_of(rule, one.fact_pairs, "", names_of(codes_in(rule, one.fact_pairs)))
    return {
        "number": one.id,
        "title": title,
        "level": one.level,
        "state": one.state,
        "summary": message,
        "subject": "",
        "why": _why(one, zone),
        "since_at": one.since,
        "fired_at": one.fired_at,
        "resolved_at": one.resolved_at,
        "rule_id": one.rule,
        "rule_url": reverse("warnings:rule", args=[one.rule]) if rule else "",
        "question": said(rule.question) if rule else "",
        "legal": said(rule.basis) if rule else "",
        "tier": "",
    }


def _why(one: Warning, zone: str) -> str:
    """Why it stands as it does, in whole sentences one after the other."""
    at = written(one.since, zone, language())
    sentences = [_("It was found on %(at)s.") % {"at": at}]
    if one.recurrence:
        before = ngettext(
            "The same has been found %(n)s time before.", "The same has been found %(n)s times before.", one.recurrence
        )
        sentences.append(before % {"n": one.recurrence})
    if one.flapping:
        sentences.append(_("It comes and goes."))
    if one.state == CLEARED or (one.state == SILENCED and not one.holds):
        why = reason_of(reasons.CLEARED, one.why) if one.state == CLEARED else ""
        sentences += [_("Its condition no longer holds."), why]
    if one.state == RESOLVED:
        sentences.append(reason_of(reasons.RESOLVED, one.why))
    if one.judgement:
        sentences.append(_("Judged: %(judgement)s.") % {"judgement": reason_of(reasons.JUDGEMENTS, one.judgement)})
    return " ".join(filter(None, sentences))


def _evidence(request: HttpRequest, one: Warning, zone: str) -> list[Context]:
    """The entries that speak for it, as far as whoever looks may see the sites they were made at."""
    lines = ledger.lines_numbered(one.log, one.evidence_indexes)
    seen = [line for line in lines if allows(request, Permission.VIEW_SITE, line.entry.place)]
    return _entry_rows(
        seen,
        viewer_may_see_names=allows(request, Permission.VIEW_PERSONAL, one.place),
        tz=zone,
        url_of=_entry_url,
        corrections={},
    )


def _entry_url(line: Line) -> str:
    return reverse("warehouse:entry", args=[line.entry.place, line.index])


def _steps(one: Warning) -> list[Line]:
    """Every step of its life, oldest first."""
    kinds = {kind_of(event) for event in happened.EVENTS}
    # What speaks for it was recorded before its first step.
    since = min(one.evidence_indexes, default=None)
    if since is None:
        since = ledger.index_at(one.log, one.since)
    lines = ledger.lines_of_kinds(one.place, one.log, kinds, since=since, limit=STEPS_SHOWN)
    return [line for line in lines if getattr(line.event, "warning", "") == one.id]


def _last(steps: Sequence[Line], kind: type[Struct]) -> Line | None:
    return next((line for line in reversed(steps) if isinstance(line.event, kind)), None)


def _answer(one: Warning, steps: Sequence[Line], names: NamesOf) -> Context | None:
    step = _last(steps, happened.WarningAcknowledged)
    if one.state != ACKNOWLEDGED or step is None:
        return None
    return {
        "by": names.actor(step.entry.actor),
        "at": step.entry.recorded_at,
        "until_at": one.acknowledged_until,
        "reason": reason_of(reasons.ACKNOWLEDGED, one.why),
    }


def _silence(one: Warning, steps: Sequence[Line], names: NamesOf) -> Context | None:
    step = _last(steps, happened.WarningSilenced)
    if one.state != SILENCED or step is None:
        return None
    return {
        "by": names.actor(step.entry.actor),
        "until_at": one.silenced_until,
        "reason": reason_of(reasons.SILENCED, step.event.reason),  # type: ignore[attr-defined]
    }


# ---------------------------------------------------------------- history


def _history(request: HttpRequest, one: Warning, steps: Sequence[Line], names: NamesOf, zone: str) -> list[Context]:
    """Every step with who took it, newest last. Notes only for those who may read what people wrote."""
    notes = [note for line in steps if (note := _note_of(line)) is not None]
    may_read = allows(request, Permission.VIEW_PERSONAL, one.place)
    written_notes = vault.values([note.ref for note in notes]) if may_read and notes else {}
    may_look = allows(request, Permission.VIEW_SITE, one.place)
    shown = []
    for line in steps:
        note = _note_of(line)
        shown.append(
            {
                "at": line.entry.recorded_at,
                "text": step_text(line.event, zone),
                "by": names.actor(line.entry.actor),
                "note": "" if note is None else written_notes.get(note.ref, _("(note hidden)")),
                "level": getattr(line.event, "level", ""),
                "url": _entry_url(line) if may_look else "",
            }
        )
    return shown


def _note_of(line: Line) -> Any:
    return getattr(line.event, "note", None) or getattr(line.event, "text", None)


def step_text(event: Any, zone: str) -> str:
    """One step of a warning's own history: what it is about needn't be said again."""
    text, words, code = _STEPS[type(event)]
    until = getattr(event, "until", None)
    return str(text) % {
        "until": "" if until is None else written(until, zone, language()),
        "why": reason_of(words, getattr(event, code)) if code else "",
    }


_STEPS: Mapping[type[Struct], tuple[Promise, Mapping[str, Words], str]] = {
    happened.WarningPended: (gettext_lazy("Noticed, not yet a warning"), {}, ""),
    happened.WarningFired: (gettext_lazy("The warning spoke"), {}, ""),
    happened.WarningEvidenceAdded: (gettext_lazy("Found again"), {}, ""),
    happened.WarningAcknowledged: (
        gettext_lazy("Taken on until %(until)s. %(why)s"),
        reasons.ACKNOWLEDGED,
        "reason",
    ),
    happened.WarningAcknowledgementExpired: (gettext_lazy("Unanswered again. %(why)s"), reasons.EXPIRED, "why"),
    happened.WarningCleared: (gettext_lazy("No longer holds. %(why)s"), reasons.CLEARED, "why"),
    happened.WarningResolved: (gettext_lazy("Resolved. %(why)s"), reasons.RESOLVED, "how"),
    happened.WarningSilenced: (gettext_lazy("Silenced until %(until)s. %(why)s"), reasons.SILENCED, "reason"),
    happened.WarningSilenceEnded: (gettext_lazy("The silence is over"), {}, ""),
    happened.WarningCommented: (gettext_lazy("Note"), {}, ""),
}
"""Each step in words: the text, the closed list of its reason, and the field that holds it."""


# ---------------------------------------------------------------- what can be done


def verbs_of(one: Warning) -> tuple[str, ...]:
    """What can be done with a warning in its state, the suggested answer first."""
    if one.state == RESOLVED:
        return ("comment",)
    if one.state == PENDING:
        return ("resolve", "comment")
    if one.state == CLEARED:
        return ("resolve", "comment")
    return ("acknowledge", "resolve", "silence", "comment")


def form_rows(one: Warning, forms: dict[str, ActForm]) -> list[Context]:
    """The forms of a warning's page, in the order given."""
    return [
        {
            "key": verb,
            "title": ACTS[verb].title,
            "hint": ACTS[verb].hint,
            "icon": ACTS[verb].icon,
            "url": reverse("warnings:act", args=[one.place, one.id, verb]),
            "form": form,
            "send": ACTS[verb].send,
            "main": number == 0 and one.state not in (RESOLVED, ACKNOWLEDGED, SILENCED),
        }
        for number, (verb, form) in enumerate(forms.items())
    ]
