"""The life of a warning in sentences. The words of a rule are the rule's own, in both languages."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from awas.access.narration import Names, Tellers, Told, count, language, moment, word
from awas.ledger.area import Stamp
from awas.warnings import events as happened
from awas.warnings import reasons, services
from awas.warnings.rule import Fact, Rule, Words


def said(words: Words) -> str:
    """A rule's text in the reader's language."""
    return words.id if language().startswith("id") else words.en


def title_of(rule_id: str) -> str:
    """A rule's title; its id when it has been withdrawn since."""
    rule = services.catalogue().get(rule_id)
    return rule_id if rule is None else said(rule.title)


def message_of(
    rule: Rule | None,
    facts: "list[Fact] | tuple[Fact, ...]",
    otherwise: str,
    places: Mapping[str, str],
) -> str:
    """What a warning says of these facts; `places` are names by code (`codes_in` tells which it wants)."""
    if rule is None:
        return otherwise
    try:
        return said(rule.says(facts, places))
    except KeyError:  # an older entry without a fact that the words have since come to name
        return said(rule.title)


def codes_in(rule: Rule | None, facts: "list[Fact] | tuple[Fact, ...]") -> set[str]:
    """The codes of places and stations that a warning's message wants the names of."""
    return set() if rule is None else rule.codes_in(facts)


def reason_of(words: Mapping[str, Words], code: str) -> str:
    """A recorded reason in words."""
    found = words.get(code)
    return code if found is None else said(found)


def _told(event: Any, text: str, icon: str, level: str = "") -> Told:
    return Told(text=text, icon=icon, level=level, subject=event.warning)


def pended(event: happened.WarningPended, stamp: Stamp, names: Names) -> Told:
    return _told(
        event, _("“%(title)s” has been noticed; not yet a warning") % {"title": title_of(event.rule)}, "hourglass"
    )


def fired(event: happened.WarningFired, stamp: Stamp, names: Names) -> Told:
    title, rule = title_of(event.rule), services.catalogue().get(event.rule)
    places = {code: names.site(code) for code in codes_in(rule, event.facts)}
    message = message_of(rule, event.facts, title, places)
    if message == title or not event.facts:
        return _told(event, _("Warning “%(title)s”") % {"title": title}, "alert", event.level)
    text = _("Warning “%(title)s”: %(message)s") % {"title": title, "message": message}
    return _told(event, text, "alert", event.level)


def evidence_added(event: happened.WarningEvidenceAdded, stamp: Stamp, names: Names) -> Told:
    text = _("“%(title)s” was found again") % {"title": title_of(event.rule)}
    return _told(event, text, "alert", event.level)


def acknowledged(event: happened.WarningAcknowledged, stamp: Stamp, names: Names) -> Told:
    text = _("“%(title)s” is being handled until %(until)s. %(reason)s") % {
        "title": title_of(event.rule),
        "until": moment(event.until, stamp),
        "reason": reason_of(reasons.ACKNOWLEDGED, event.reason),
    }
    return _told(event, text, "user")


def acknowledgement_expired(event: happened.WarningAcknowledgementExpired, stamp: Stamp, names: Names) -> Told:
    text = _("“%(title)s” is unanswered again. %(why)s") % {
        "title": title_of(event.rule),
        "why": reason_of(reasons.EXPIRED, event.why),
    }
    return _told(event, text, "alert")


def cleared(event: happened.WarningCleared, stamp: Stamp, names: Names) -> Told:
    text = _("“%(title)s” no longer holds. %(why)s") % {
        "title": title_of(event.rule),
        "why": reason_of(reasons.CLEARED, event.why),
    }
    return _told(event, text, "check")


def resolved(event: happened.WarningResolved, stamp: Stamp, names: Names) -> Told:
    about = {
        "title": title_of(event.rule),
        "how": reason_of(reasons.RESOLVED, event.how),
        "judgement": reason_of(reasons.JUDGEMENTS, event.judgement),
    }
    if event.judgement:
        text = _("“%(title)s” is resolved. %(how)s Judged: %(judgement)s") % about
    else:
        text = _("“%(title)s” is resolved. %(how)s") % about
    flags = (_("still stood"),) if event.held else ()
    return Told(text=text, icon="check", flags=flags, subject=event.warning)


def silenced(event: happened.WarningSilenced, stamp: Stamp, names: Names) -> Told:
    text = _("“%(title)s” is silenced until %(until)s. %(reason)s") % {
        "title": title_of(event.rule),
        "until": moment(event.until, stamp),
        "reason": reason_of(reasons.SILENCED, event.reason),
    }
    return _told(event, text, "bell-off")


def silence_ended(event: happened.WarningSilenceEnded, stamp: Stamp, names: Names) -> Told:
    return _told(event, _("The silence of “%(title)s” is over") % {"title": title_of(event.rule)}, "bell")


def commented(event: happened.WarningCommented, stamp: Stamp, names: Names) -> Told:
    return _told(event, _("A note on “%(title)s”") % {"title": title_of(event.rule)}, "note")


def escalated(event: happened.WarningEscalated, stamp: Stamp, names: Names) -> Told:
    said_of = {"title": title_of(event.rule), "tier": reason_of(reasons.TIERS, event.tier)}
    return _told(event, _("Nobody answered “%(title)s”: now with %(tier)s") % said_of, "bell")


def repeated(event: happened.WarningRepeated, stamp: Stamp, names: Names) -> Told:
    return _told(event, _("Still nobody has answered “%(title)s”") % {"title": title_of(event.rule)}, "bell")


def inhibited(event: happened.WarningInhibited, stamp: Stamp, names: Names) -> Told:
    text = _("“%(title)s” only follows from another warning, and is hidden") % {"title": title_of(event.rule)}
    return _told(event, text, "bell-off")


def inhibition_ended(event: happened.WarningInhibitionEnded, stamp: Stamp, names: Names) -> Told:
    text = _("What hid “%(title)s” is over; it speaks for itself") % {"title": title_of(event.rule)}
    return _told(event, text, "bell")


def assigned(event: happened.WarningAssigned, stamp: Stamp, names: Names) -> Told:
    text = _("“%(title)s” was given to somebody") if event.to else _("“%(title)s” is nobody's any more")
    return _told(event, text % {"title": title_of(event.rule)}, "user")


def linked(event: happened.WarningLinked, stamp: Stamp, names: Names) -> Told:
    told = {"title": title_of(event.rule), "kind": reason_of(reasons.LINKS, event.link), "number": event.reference}
    return _told(event, _("“%(title)s” became: %(kind)s %(number)s") % told, "link")


def summarised(event: happened.WarningSummarised, stamp: Stamp, names: Names) -> Told:
    told = {"title": title_of(event.rule), "cause": reason_of(reasons.CAUSES, event.cause)}
    return _told(event, _("“%(title)s” was looked back on: %(cause)s") % told, "note")


def policy_set(event: happened.PolicySet, stamp: Stamp, names: Names) -> Told:
    text = _("Warnings of level %(level)s climb otherwise from now on") % {"level": event.level.capitalize()}
    return Told(text=text, icon="settings", subject=event.level)


def threshold_set(event: happened.ThresholdSet, stamp: Stamp, names: Names) -> Told:
    rule = services.catalogue().get(event.rule)
    threshold = None if rule is None else rule.threshold(event.name)
    about = {
        "title": title_of(event.rule),
        "threshold": event.name if threshold is None else said(threshold.label),
        "value": measured(event.value or 0, "" if threshold is None else threshold.unit),
    }
    if event.value is None:
        text = _("“%(title)s”: the threshold “%(threshold)s” is back at its default") % about
    else:
        text = _("“%(title)s”: the threshold “%(threshold)s” is now %(value)s") % about
    return Told(text=text, icon="settings", subject=event.rule)


def own_rule_set(event: happened.OwnRuleSet, stamp: Stamp, names: Names) -> Told:
    text = _("The office's own rule “%(title)s” is in force") % {"title": title_of(event.rule)}
    return Told(text=text, icon="settings", subject=event.rule)


def own_rule_stopped(event: happened.OwnRuleStopped, stamp: Stamp, names: Names) -> Told:
    text = _("The office's own rule “%(title)s” was stopped") % {"title": title_of(event.rule)}
    return Told(text=text, icon="settings", subject=event.rule)


def unit_of(unit: str) -> str:
    """A threshold's unit in words."""
    return word(
        {
            "minutes": _("minutes"),
            "hours": _("hours"),
            "days": _("days"),
            "people": _("people"),
            "metres": _("metres"),
            "percent": _("percent"),
            "units": _("units"),
            "attempts": _("attempts"),
            "checkpoints": _("checkpoints"),
        },
        unit,
    )


def measured(value: int, unit: str) -> str:
    """A threshold's value with its unit."""
    return _("%(value)s %(unit)s") % {"value": count(value), "unit": unit_of(unit)} if unit else count(value)


TELLERS: Tellers = {
    happened.WarningPended: pended,
    happened.WarningFired: fired,
    happened.WarningEvidenceAdded: evidence_added,
    happened.WarningAcknowledged: acknowledged,
    happened.WarningAcknowledgementExpired: acknowledgement_expired,
    happened.WarningCleared: cleared,
    happened.WarningResolved: resolved,
    happened.WarningSilenced: silenced,
    happened.WarningSilenceEnded: silence_ended,
    happened.WarningCommented: commented,
    happened.ThresholdSet: threshold_set,
    happened.WarningEscalated: escalated,
    happened.WarningRepeated: repeated,
    happened.WarningInhibited: inhibited,
    happened.WarningInhibitionEnded: inhibition_ended,
    happened.WarningAssigned: assigned,
    happened.WarningLinked: linked,
    happened.WarningSummarised: summarised,
    happened.PolicySet: policy_set,
    happened.OwnRuleSet: own_rule_set,
    happened.OwnRuleStopped: own_rule_stopped,
}
