"""What people do with a warning, and with the thresholds of a rule, as forms."""

from collections.abc import Callable, Iterable, Mapping
from typing import cast

from django import forms
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from awas.access.services import people_covering
from awas.ledger.area import DAY, HOUR, MINUTE
from awas.ledger.desk import Desk
from awas.ui.acts import Act, Values
from awas.ui.asks import Ask, Asked, Text, WholeNumberField, choice, sealed, text, thing, things
from awas.ui.asks import Choices as FormChoices
from awas.ui.asks import Words as Choices
from awas.warnings import reasons
from awas.warnings.asked import Acknowledge, Assign, Comment, Link, Resolve, SetThreshold, Silence, Summarise
from awas.warnings.narration import measured, said
from awas.warnings.rule import Rule, Threshold, Words


def _choices(words: Mapping[str, Words]) -> Choices:
    """A closed list of reasons as a form offers it, in the language of the page."""
    return {code: cast(Text, lazy(said, str)(one)) for code, one in words.items()}


def _hours(number: int) -> Text:
    return cast(Text, lazy(_in_hours, str)(number))


def _days(number: int) -> Text:
    return cast(Text, lazy(_in_days, str)(number))


def _in_hours(number: int) -> str:
    return ngettext("%(n)s hour", "%(n)s hours", number) % {"n": number}


def _in_days(number: int) -> str:
    return ngettext("%(n)s day", "%(n)s days", number) % {"n": number}


TAKEN_ON_FOR: Mapping[str, tuple[int, Text]] = {
    "15m": (15 * MINUTE, _("15 minutes")),
    "30m": (30 * MINUTE, _("30 minutes")),
    "1h": (HOUR, _hours(1)),
    "2h": (2 * HOUR, _hours(2)),
    "4h": (4 * HOUR, _hours(4)),
    "12h": (12 * HOUR, _hours(12)),
    "24h": (24 * HOUR, _hours(24)),
}
SILENCED_FOR: Mapping[str, tuple[int, Text]] = {
    "1h": (HOUR, _hours(1)),
    "4h": (4 * HOUR, _hours(4)),
    "12h": (12 * HOUR, _hours(12)),
    "1d": (DAY, _days(1)),
    "3d": (3 * DAY, _days(3)),
    "7d": (7 * DAY, _days(7)),
}


def _labels(times: Mapping[str, tuple[int, Text]]) -> Choices:
    return {code: label for code, (_length, label) in times.items()}


def _acknowledge(values: Values, desk: Desk, subject: str) -> Acknowledge:
    until = desk.now + TAKEN_ON_FOR[values["until"]][0]
    return Acknowledge(warning=subject, until=until, reason=values["reason"], note=values["note"])


def _silence(values: Values, desk: Desk, subject: str) -> Silence:
    until = desk.now + SILENCED_FOR[values["until"]][0]
    return Silence(warning=subject, until=until, reason=values["reason"], note=values["note"])


SEEN_FOR = 10 * MINUTE
GOING_FOR = 30 * MINUTE
"""How long a tap keeps a warning quiet: long enough to walk there, and no longer."""


def _tapped(reason: str, length: int) -> Callable[[Values, Desk, str], Acknowledge]:
    return lambda values, desk, subject: Acknowledge(warning=subject, until=desk.now + length, reason=reason)


def _people(asked: Asked) -> FormChoices:
    """Those whose duty covers the place, by name."""
    found = people_covering(asked.place, asked.now).order_by("display_name")
    return [(person.code, person.display_name) for person in found]


NOTE = sealed("note", _("Note"), "warning note", long=True, hint=_("Who was called, what was seen."))

ACTS: Mapping[str, Act] = {
    act.slug: act
    for act in (
        Act(
            slug="going",
            title=_("I am going there"),
            icon="user",
            asks=(),
            build=_tapped("going", GOING_FOR),
            send=_("I am going there"),
            about="warning",
            permission="answer_warning",
        ),
        Act(
            slug="seen",
            title=_("I have seen it"),
            icon="check",
            asks=(),
            build=_tapped("seen", SEEN_FOR),
            send=_("I have seen it"),
            about="warning",
            permission="answer_warning",
        ),
        Act(
            slug="acknowledge",
            title=_("Take it on"),
            icon="user",
            hint=_("It stays quiet until then; if nothing has changed by that hour, it asks again."),
            asks=(
                choice("reason", _("What is being done"), _choices(reasons.ACKNOWLEDGED), initial="handling"),
                choice("until", _("For how long"), _labels(TAKEN_ON_FOR), initial="30m"),
                NOTE,
            ),
            build=_acknowledge,
            send=_("I take it on"),
            about="warning",
            permission="handle_warning",
        ),
        Act(
            slug="silence",
            title=_("Silence it"),
            icon="bell-off",
            hint=_("Only for something known that will last. It stands in the record who silenced it, and why."),
            asks=(
                choice("reason", _("Why"), _choices(reasons.SILENCED)),
                choice("until", _("For how long"), _labels(SILENCED_FOR), initial="4h"),
                NOTE,
            ),
            build=_silence,
            send=_("Silence"),
            about="warning",
            permission="handle_warning",
        ),
        Act(
            slug="resolve",
            title=_("Resolve it"),
            icon="check",
            hint=_("Say what the warning was worth: the rule is measured by it."),
            asks=(choice("judgement", _("The warning was"), _choices(reasons.JUDGEMENTS)), NOTE),
            build=lambda values, desk, subject: Resolve(warning=subject, **values),
            send=_("Resolve"),
            about="warning",
            permission="handle_warning",
        ),
        Act(
            slug="comment",
            title=_("Write beside it"),
            icon="note",
            asks=(
                sealed("text", _("Note"), "warning note", required=True, long=True),
                things("mentions", _("Tell it to"), _people),
            ),
            build=lambda values, desk, subject: Comment(warning=subject, **values),
            send=_("Put on record"),
            about="warning",
            permission="answer_warning",
        ),
        Act(
            slug="assign",
            title=_("Give it to somebody"),
            icon="user",
            hint=_("They are told at once. Nobody: take it back."),
            asks=(thing("to", _("To whom"), _people, required=False), NOTE),
            build=lambda values, desk, subject: Assign(warning=subject, **values),
            send=_("Give"),
            about="warning",
            permission="handle_warning",
        ),
        Act(
            slug="link",
            title=_("What became of it"),
            icon="link",
            asks=(
                choice("link", _("Kind"), _choices(reasons.LINKS)),
                text("reference", _("Number"), required=True),
            ),
            build=lambda values, desk, subject: Link(warning=subject, **values),
            send=_("Put on record"),
            about="warning",
            permission="handle_warning",
        ),
        Act(
            slug="summarise",
            title=_("Look back on it"),
            icon="note",
            hint=_("What it came from, what helped, what is to change."),
            asks=(
                choice("cause", _("What it came from"), _choices(reasons.CAUSES)),
                sealed("text", _("What happened, and what is to change"), "warning note", required=True, long=True),
            ),
            build=lambda values, desk, subject: Summarise(warning=subject, **values),
            send=_("Put on record"),
            about="warning",
            permission="handle_warning",
        ),
    )
}


def threshold_act(rule: Rule, threshold: Threshold, places: Iterable[tuple[str, str]]) -> Act:
    """The form that moves one threshold at one of some places (code, name); empty brings the default back."""

    def value(asked: Asked) -> forms.Field:
        return WholeNumberField(
            label=said(threshold.label),
            required=False,
            min_value=threshold.least,
            max_value=threshold.most,
            help_text=_("From %(least)s to %(most)s. Empty: back to the default, %(default)s.")
            % {
                "least": measured(threshold.least, threshold.unit),
                "most": measured(threshold.most, threshold.unit),
                "default": measured(threshold.default, threshold.unit),
            },
        )

    def name(asked: Asked) -> forms.Field:
        return forms.CharField(widget=forms.HiddenInput, initial=threshold.name)

    return Act(
        slug=threshold.name,
        title=_("Change"),
        icon="settings",
        asks=(
            Ask(name="name", make=name),
            thing("place", _("Where"), lambda asked: places),
            Ask(name="value", make=value),
            sealed("note", _("Why"), "threshold note", required=True, long=True),
        ),
        build=lambda values, desk, subject: SetThreshold(
            rule=rule.id, name=threshold.name, value=values["value"], note=values["note"]
        ),
        send=_("Change"),
        permission="set_threshold",
    )
