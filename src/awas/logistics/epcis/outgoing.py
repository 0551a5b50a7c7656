"""From entries of the record to a document of EPCIS 2.0. Pure.

Field names map one to one; what EPCIS has no field for stands under `awas:` and is listed in docs/epcis.md. Never a
name, a note or a person's code: people appear as movements with a role and a salted commitment.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import tzinfo
from typing import Any

from awas.ledger.area import Instant
from awas.logistics import events as happened
from awas.logistics.epcis import names
from awas.logistics.epcis.gate_sent import GATE
from awas.logistics.epcis.produced import Json, Source, taken_back, time_text
from awas.logistics.epcis.stages_sent import STAGES
from awas.warehouse import events as gate

CONTEXT = ("https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld", {names.PREFIX: names.OURS})

SENT: Mapping[type, Callable[[Source], list[Json]]] = {**STAGES, **GATE}
"""What goes out, and how. Plans, approvals and what another place answered are no events of goods, and stay."""

CORRECTIONS: tuple[type, ...] = (happened.TallyVoided, gate.EntryVoided, gate.CountCorrected)

KINDS: tuple[str, ...] = tuple(
    dict.fromkeys(str(one.__struct_config__.tag) for one in (*SENT, *CORRECTIONS))  # type: ignore[attr-defined]
)
"""Kinds of entries that make events."""

Earlier = Callable[[Source], Source | None]
"""The entry that a correction takes back, as it stood; None where there is none."""


def events_of(source: Source, earlier: Earlier) -> list[Json]:
    """The events of one entry: those it takes back, declared wrong, then its own."""
    told = source.event
    before = earlier(source) if isinstance(told, CORRECTIONS) else None
    own = SENT[type(told)](source) if type(told) in SENT else []
    if before is None or type(before.event) not in SENT:
        return own
    mistaken = SENT[type(before.event)](before)
    reason = "did_not_occur" if not own else "incorrect_data"
    corrective = {"correctiveEventIDs": [one["eventID"] for one in own]} if own else {}
    declared = [taken_back(one, source, reason) for one in mistaken]
    return [one | {"errorDeclaration": one["errorDeclaration"] | corrective} for one in declared] + own


def document(
    events: Sequence[Json], *, origin: str, now: Instant, zone: tzinfo, following: int | None = None
) -> dict[str, Any]:
    """An EPCISDocument of a log's events. `following` is the index from which the next one goes on."""
    made: dict[str, Any] = {
        "@context": list(CONTEXT),
        "type": "EPCISDocument",
        "schemaVersion": "2.0",
        "creationDate": time_text(now, zone),
        "epcisBody": {"eventList": list(events)},
    }
    return made if following is None else made | {"awas:log": origin, "awas:next": following}
