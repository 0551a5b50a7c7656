"""How the rules of logistics are put together: findings from facts of an event, and thresholds an office may move.

Pure. Most rules here ask one question of one event; the words, the law and the incident stand with each rule.
"""

from awas.ledger.naming import name_of
from awas.logistics import events as happened
from awas.logistics.lines import TallyLine
from awas.logistics.stages import STEPS
from awas.logistics.state import Logistics
from awas.warnings.rule import Cleared, Ends, Fact, Found, Level, Limits, Outcomes, Threshold, Words

BY_OFFICE = "SOP; perlu ditetapkan kantor"

SORTED = ("sort", "fold")
"""Steps in which sheet after sheet goes through hands."""

STAGE_NAMES = {step.id: step.title for step in STEPS.values()}
"""The words for the steps that messages name."""

BALLOT_NAMES = {
    "ppwp": Words("Presiden", "President"),
    "dpr": Words("DPR", "DPR"),
    "dpd": Words("DPD", "DPD"),
    "dprd_prov": Words("DPRD Provinsi", "provincial council"),
    "dprd_kab": Words("DPRD Kabupaten/Kota", "district council"),
    "": Words("barang lain", "other goods"),
}

BY_TALLY: Ends = {
    happened.TallyVoided: ("tally_id", "corrected"),
    happened.DifferenceExplained: ("subject", "explained"),
}
"""A tally taken back, or explained, ends what was found in it."""

NAMES = {"step": STAGE_NAMES, "ballot": BALLOT_NAMES}


def number(
    name: str, unit: str, default: int, bounds: tuple[int, int], label: Words, source: str = BY_OFFICE
) -> Threshold:
    """A threshold whose default no text we read fixes."""
    return Threshold(name=name, unit=unit, default=default, least=bounds[0], most=bounds[1], label=label, source=source)


TOLERANCE = (
    number("units", "units", 1, (1, 10_000), Words("Mulai dari", "From")),
    number(
        "per_mille", "per_mille", 0, (0, 1000),
        Words("dan mulai dari bagian ini dari yang dihitung", "and from this share of what was counted"),
    ),
)  # fmt: skip
"""How large a difference must be, by value and by share, before anybody is told: both must be reached."""


def beyond(limits: Limits, apart: int, of: int) -> bool:
    """Whether a difference of `apart` units among `of` goes beyond both tolerances. No difference never does."""
    return apart >= limits["units"] and apart * 1000 >= limits["per_mille"] * of


def found_if(condition: object, key: str, *facts: Fact, level: Level | None = None) -> Outcomes:
    """One finding, or none."""
    return (Found(key=key, facts=facts, level=level),) if condition else ()


def found_or_cleared(condition: object, key: str, why: str, *facts: Fact, level: Level | None = None) -> Outcomes:
    """A finding while the condition holds, else its end."""
    return (Found(key=key, facts=facts, level=level),) if condition else (Cleared(key=key, why=why),)


def first_of(names: tuple[str, ...]) -> str:
    """The first of some names or keys as people say it, and how many more there are."""
    return name_of(names[0]) + (f" +{len(names) - 1}" if len(names) > 1 else "") if names else ""


def ballots(lines: tuple[TallyLine, ...]) -> tuple[str, ...]:
    """The kinds of ballots in some lines, each once."""
    return tuple(dict.fromkeys(line.ballot for line in lines if line.item == "ballot"))


def needed(state: Logistics, ballot: str) -> int:
    """Units of a ballot kind that all stations need which are served from here."""
    return sum(units for key, units in state.season.needs.items() if key.startswith(f"ballot.{ballot}."))


def ballots_needed(state: Logistics) -> tuple[str, ...]:
    """The kinds of ballots the season has needs for."""
    return tuple(dict.fromkeys(key.split(".")[1] for key in state.season.needs if key.startswith("ballot.")))
