"""What the record itself adds to commands of the gate, in the transaction that records them.

Who it is (an identity met before keeps its pseudonym), whose visit ends, how many officers are on duty, and whether
another district still has the person inside. The sequencer asks once for a whole group: asked by every request for
itself, these reads would cost more than the entry, and two entries of the same newcomer at the same moment would make
two people of one. Must refuse nothing: what it doesn't find, `decide` refuses.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from msgspec.structs import replace

from awas.ledger import vault
from awas.ledger.area import Sealed
from awas.ledger.fact import Kept, Submission
from awas.ledger.naming import key_in_log, log_of
from awas.ledger.store import ask_in
from awas.roster import services as roster
from awas.roster.watches import Watches
from awas.warehouse.commands import EnterPerson, LeavePerson, RefuseEntry


def informed(submissions: Sequence[Submission]) -> Sequence[Submission]:
    """The same commands in the same order, with what only the rest of the record knows."""
    if not any(isinstance(one.command, EnterPerson | LeavePerson | RefuseEntry) for one in submissions):
        return submissions
    settled = [one if known is None else _known(one, known) for one, known in _identities(submissions)]
    visitors = _visitors(settled)
    on_duty = roster.on_duty_counts({one.place for one in settled})
    watches = Watches((one.place, one.actor, one.command) for one in settled)
    elsewhere = _inside_elsewhere([one for one in settled if isinstance(one.command, EnterPerson)])
    found = []
    for one in settled:
        changed = watches.after(one.place, one.actor, one.command)
        count = on_duty.get(one.place, 0) if changed is None else changed
        found.append(_with(one, visitors, count, elsewhere))
    return found


def _with(
    one: Submission, visitors: Mapping[tuple[str, str], str], watch_count: int, elsewhere: Mapping[str, list[str]]
) -> Submission:
    command = one.command
    if isinstance(command, EnterPerson):
        places = [place for place in elsewhere.get(command.name.ref, ()) if log_of(place) != one.log]
        reported = places[0] if places else ""
        command = replace(command, watch_count=watch_count, reported_elsewhere=reported)
    elif isinstance(command, LeavePerson):
        person = command.person or visitors.get((one.place, command.visit_id), "")
        command = replace(command, person=person, watch_count=watch_count)
    else:
        return one
    return replace(one, command=command)


class Met(NamedTuple):
    """Under what a log met an identity first; `row` opens it while the vault doesn't have it yet."""

    sealed: Sealed
    row: Kept | None = None


Known = Mapping[str, Met]
"""What stands for rows that came again under an identity met before: by the new row's reference."""


def _identities(submissions: Sequence[Submission]) -> Iterable[tuple[Submission, Known | None]]:
    """Each submission with the identities of it that its log has met before, in the vault or in this group."""
    wanted = {(one.log, kept.match) for one in submissions for kept in one.kept if kept.match is not None}
    met = {key: Met(sealed) for key, sealed in vault.find_all(wanted).items()}
    for one in submissions:
        known: dict[str, Met] = {}
        for kept in one.kept:
            if kept.match is None:
                continue
            first = met.setdefault((one.log, kept.match), Met(vault.sealed_as(kept), kept))
            if first.sealed.ref != kept.ref:
                known[kept.ref] = first
        yield one, known or None


def _known(one: Submission, known: Known) -> Submission:
    """The same act, of somebody met before: under the pseudonym of then.

    Nothing new for the vault, except what another command of the group brings there: that one may yet be refused, or
    be a second tap, and a name without its row would be lost for good.
    """
    command = one.command
    if not isinstance(command, EnterPerson | RefuseEntry):
        return one
    name, identity = (_first(sealed, known) for sealed in (command.name, command.identity))
    person = key_in_log(one.place, name.ref) if command.person and name else command.person
    rows = (known[kept.ref].row if kept.ref in known else kept for kept in one.kept)
    return replace(
        one,
        command=replace(command, person=person, name=name, identity=identity),
        kept=tuple(row for row in rows if row is not None),
    )


def _first(sealed: Sealed | None, known: Known) -> Sealed | None:
    return known[sealed.ref].sealed if sealed is not None and sealed.ref in known else sealed


def _visitors(submissions: Sequence[Submission]) -> dict[tuple[str, str], str]:
    """By place and visit: whose it is, for exits that name only the visit.

    Of a visit that begins in this group nobody knows yet which entry stands, if two bring the same key; `decide` sees.
    """
    asked = {
        one.command.visit_id for one in submissions if isinstance(one.command, LeavePerson) and not one.command.person
    }
    rows = ask_in("SELECT key, place, person FROM warehouse_visit WHERE key IN (%s)", list(asked))
    return {(place, visit): person for visit, place, person in rows}


def _inside_elsewhere(entering: Sequence[Submission]) -> dict[str, list[str]]:
    """By name: the places, of any log, where the same identity is inside."""
    refs = [one.command.name.ref for one in entering]
    met = vault.same_identities(refs, _kept(entering))
    names: dict[str, list[str]] = {}
    for ref, others in met.items():
        for other, place in others:
            names.setdefault(key_in_log(place, other), []).append(ref)
    found: dict[str, list[str]] = {}
    for key, place in ask_in(
        "SELECT key, place FROM warehouse_presence WHERE visit_id <> '' AND key IN (%s) ORDER BY since_at", list(names)
    ):
        for ref in names[key]:
            found.setdefault(ref, []).append(place)
    return found


def _kept(submissions: Iterable[Submission]) -> Iterable[Kept]:
    return (kept for one in submissions for kept in one.kept)
