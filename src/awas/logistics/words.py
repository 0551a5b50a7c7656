"""The codes of logistics in words; see `awas.warehouse.words`."""

from collections.abc import Callable, Mapping

from django.utils.translation import get_language, gettext, override
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as _in

from awas.access.narration import word
from awas.elections.services import current_election
from awas.logistics.stages import STAGES, STEPS
from awas.ui.asks import Text, Words
from awas.warehouse.words import ITEMS
from awas.warnings.rule import Words as Both

REASONS: Words = {
    "none": _("No difference"),
    "miscounted_at_source": _("Miscounted by the sender"),
    "miscounted_here": _("Miscounted here"),
    "follows_later": _("Follows later"),
    "lost": _("Lost"),
    "stolen": _("Stolen"),
    "damaged_in_transit": _("Damaged on the way"),
    "wrong_dapil": _("Wrong constituency"),
    "wrong_address": _("Wrong address"),
    "replacement": _("Replacement"),
    "moved_to_other_station": _("Moved to another station"),
    "paper_error": _("Error on paper"),
    "not_known": _("Not known yet"),
    "other": _in("kind", "Other"),
}
CRITERIA: Words = {
    "colour": _("Colour uneven or stained"),
    "torn": _("Creased and torn"),
    "colour_marker": _("Colour mark of another election"),
    "party_name": _("Party name or logo incomplete"),
    "kpu_logo": _("KPU logo unclear"),
    "hole": _("Hole, as if punched"),
    "photo": _("Candidate's photo blurred"),
    "party_symbol": _("Party symbol in a wrong colour"),
    "wet": _("Wet"),
    "other": _in("kind", "Other"),
}
LEGS: Words = {
    "to_kecamatan": _("To the subdistrict"),
    "to_village": _("To the village"),
    "to_station": _("To the polling station"),
    "return": _("Return to the subdistrict"),
    "recapitulation": _("Return to the district"),
}
KIT_STATES: Words = {
    "packing": _("Being packed"),
    "packed": _("Packed"),
    "transit": _("On its way"),
    "held": _("With a committee"),
    "supplied": _("At the station"),
    "returning": _("On its way back"),
    "returned": _("Back at the subdistrict"),
    "recapped": _("Back at the district"),
}
TRANSFER_STATES: Words = {
    "offered": _("On its way"),
    "accepted": _("Accepted"),
    "refused": _("Refused"),
    "recalled": _("Called back"),
}
UNIT_KINDS: Words = {
    "box": _("Ballot box"),
    "package": _("Package"),
    "carton": _("Carton"),
    "bag": _("Bag"),
}
UNIT_STEPS: Words = {
    "labelled": _("Label put on"),
    "nested": _("Put into"),
    "sealed": _("Sealed"),
    "opened": _("Opened"),
    "offered": _("Set out for"),
    "accepted": _("Accepted from"),
    "missing": _("Did not arrive, sent from"),
    "refused": _("Refused, back at"),
    "recalled": _("Called back to"),
    "check_intact": _("Checked: seals intact"),
    "check_broken": _("Checked: seal broken"),
    "check_different": _("Checked: another seal"),
    "check_missing": _("Checked: seal missing"),
}
SHELVES: Words = {
    "transit": _("On the way"),
    "unsorted": _("Received, not sorted"),
    "good": _("Sorted, good"),
    "folded": _("Folded"),
    "packed": _("Packed"),
    "held": _("With a committee"),
    "returned": _("Returned"),
    "recapped": _("Recapitulated"),
    "damaged": _("Damaged"),
    "surplus": _("Surplus"),
    "destroyed": _("Destroyed"),
    "lost": _("Missing"),
}
SEAL_RESULTS: Words = {
    "intact": _("Intact"),
    "broken": _("Broken"),
    "different": _("Different"),
    "missing": _("Missing"),
}
SHIFTS: Words = {"morning": _("Morning"), "afternoon": _("Afternoon"), "night": _("Night")}
"""When sorters work; whoever has one shift a day leaves it empty."""
COUNTERS: Words = {
    "bawaslu": "Bawaslu",
    "kpu": "KPU",
    "police": _("Police"),
    "witness": _("Witness"),
    "other": _in("kind", "Other"),
}
ACTIONS: Words = {
    "reopen": _("Reopen a stage"),
    "recall": _("Call a transfer back"),
    "unpack": _("Unpack a kit"),
}
APPROVAL_STATES: Words = {
    "asked": _("waiting for somebody else"),
    "granted": _("given"),
    "denied": _("not given"),
    "used": _("already used"),
}
OPEN_FOR: Words = {
    "sorting": _("Sorting"),
    "packing": _("Packing"),
    "voting": _("Voting"),
    "counting": _("Counting"),
    "recapitulation": _("Recapitulation"),
    "inspection": _("Inspection"),
    "damage": _("Damage"),
    "other": _in("kind", "Other"),
}


def in_language(words: Both) -> str:
    """Words that stand in both languages beside the code they belong to, in the reader's."""
    return words.id if (get_language() or "id").startswith("id") else words.en


def stage_title(stage: str) -> str:
    """What a stage is called."""
    return next((in_language(row.title) for row in STAGES if row.id == stage), stage)


def step_title(step: str) -> str:
    """What a step is called."""
    return in_language(STEPS[step].title) if step in STEPS else step


def ballot_names() -> Mapping[str, str]:
    """The election's kinds of ballots by name."""
    return {one.id: in_language(one.name) for one in current_election().ballots}  # type: ignore[arg-type]


def thing_name(item: str, ballot: str, dapil: str = "") -> str:
    """What people call a line's thing: the ballot's name, or the item's."""
    what = ballot_names().get(ballot, ballot) if item == "ballot" else word(ITEMS, item)
    return f"{what} {dapil}".strip()


def thing_said(item: str, ballot: str = "", dapil: str = "") -> str:
    """The same within a sentence, where its heading doesn't say that it is a ballot."""
    if not ballot:
        return within(thing_name(item, "", dapil) if item != "ballot" else word(ITEMS, item))
    return gettext("%(kind)s ballots") % {"kind": thing_name("ballot", ballot, dapil)}


def within(text: Text) -> str:
    """Words of a table inside a sentence: a small letter at the beginning, except of a short form such as DPR."""
    said = str(text)
    return said[:1].lower() + said[1:] if said[1:2].islower() else said


def bilingual(say: Callable[[], object]) -> Both:
    """What is said in either language, for what stands in both."""
    said = []
    for language in ("id", "en"):
        with override(language):
            said.append(str(say()))
    return Both(*said)
