"""From an alert in CAP to what the log of a site notes of it. Pure.

Which of its languages is taken, what its words warn of, until when it holds; whom it concerns is `weather`'s question.
"""

import hashlib
import re
from collections.abc import Sequence
from typing import Final

from awas.ledger.area import DAY, Instant
from awas.ledger.naming import key_at
from awas.warehouse.codes import AlertBasis, Hazard
from awas.warehouse.commands import NoteWeatherAlert
from awas.warnings.cap.message import SEVERITIES, Alert, Info, Reference, instant_of

HOLDS_FOR: Final = DAY
"""How long an alert holds whose sender names no end: the standard leaves it to the reader."""

AT_MOST: Final = 30 * DAY
"""How long an alert holds whatever its sender says: one that names a year by mistake mustn't keep a warning up."""

_HAZARDS: tuple[tuple[Hazard, str], ...] = (
    ("tsunami", r"tsunami"),
    ("earthquake", r"gempa|earthquake|seismic"),
    ("volcano", r"gunung ?api|erupsi|letusan|volcan|lahar|ash ?fall"),
    ("landslide", r"longsor|landslide|tanah bergerak|debris flow"),
    ("flood", r"banjir|flood|luapan|genangan|inundation"),
    ("wave", r"gelombang|\brob\b|pasang|surge|high wave|coastal|swell"),
    ("rain", r"hujan|rain|precipitation"),
    (
        "storm",
        r"badai|petir|guntur|kilat|siklon|puting beliung|storm|thunder|lightning|cyclone|hurricane|typhoon|tornado",
    ),
    ("wind", r"angin|wind|gale"),
    ("fire", r"kebakaran|karhutla|fire|asap|smoke"),
    ("heat", r"panas|heat"),
)
"""The first that fits: what does more harm to what lies in a warehouse stands first. Indonesian and English."""

_BMKG: Final = "bmkg.go.id"


def hazard_of(info: Info) -> Hazard:
    """What an info warns of, by its event and its headline; "other" for words we don't know.

    The free text of `event` is all that the standard asks for; codes beside it differ from sender to sender.
    """
    for text in (info.event, info.headline):
        for hazard, words in _HAZARDS:
            if re.search(words, text, re.IGNORECASE):
                return hazard
    if "Fire" in info.categories:
        return "fire"
    return "other"


def alert_name(reference: Reference, sender: str) -> str:
    """What names an alert in our keys. The sender is that of the message: nobody changes or cancels another's."""
    parts = "\n".join((sender, reference.identifier, str(instant_of(reference.sent))))
    return hashlib.sha256(parts.encode()).hexdigest()[:24]


def told_best(infos: Sequence[tuple[Info, AlertBasis]]) -> tuple[Info, AlertBasis]:
    """Of what holds at a place: the worst, in Indonesian where there is a choice."""
    return min(infos, key=lambda one: (SEVERITIES.index(one[0].severity), not one[0].language.lower().startswith("id")))


def begins_at(alert: Alert, info: Info) -> Instant:
    """When what is warned of is expected."""
    return instant_of(info.onset or info.effective or alert.sent)


def ends_at(alert: Alert, info: Info) -> Instant:
    """Until when it holds."""
    sent_at = instant_of(alert.sent)
    ends = instant_of(info.expires) if info.expires else max(sent_at, begins_at(alert, info)) + HOLDS_FOR
    return min(ends, sent_at + AT_MOST)


def source_of(alert: Alert, info: Info) -> str:
    """Who warns, as people call them."""
    if alert.sender == _BMKG or alert.sender.endswith(("@" + _BMKG, "." + _BMKG)):
        return "BMKG"
    return one_line(info.sender_name or alert.sender)


def one_line(text: str) -> str:
    """A text of somebody else as a label of ours: what can be seen, on one line, not too long."""
    seen = "".join(char if char.isprintable() else " " for char in text)
    return " ".join(seen.split())[:120].strip()


def noting(alert: Alert, infos: Sequence[tuple[Info, AlertBasis]], place: str, document: str) -> NoteWeatherAlert:
    """What a site notes of an alert."""
    info, basis = told_best(infos)
    begins, ends = begins_at(alert, info), ends_at(alert, info)
    return NoteWeatherAlert(
        alert_id=key_at(place, alert_name(alert.reference, alert.sender)),
        sender=one_line(alert.sender),
        source=source_of(alert, info),
        identifier=one_line(alert.identifier),
        event=one_line(info.event) or "?",
        hazard=hazard_of(info),
        severity=info.severity.lower(),  # type: ignore[arg-type]
        urgency=info.urgency.lower(),  # type: ignore[arg-type]
        certainty=info.certainty.lower(),  # type: ignore[arg-type]
        sent_at=instant_of(alert.sent),
        onset_at=min(begins, ends - 1),
        expires_at=ends,
        basis=basis,
        document=document,
        replaces=tuple(key_at(place, alert_name(one, alert.sender)) for one in alert.references[-60:]),
    )
