"""What the record itself adds to commands of the gate, in the transaction that records them.

Who it is (an identity met before keeps its pseudonym), whose visit ends, how many officers are on duty, and whether
another district still has the person inside. The sequencer asks once for a whole group: asked by every request for
itself, these reads would cost more than the entry, and two entries of the same newcomer at the same moment would make
two people of one. Must refuse nothing: what it doesn't find, `decide` refuses.
"""

from collections.abc import Iterable, Mapping, Sequence

from msgspec.structs import replace

from awas.ledger import vault
from awas.ledger.area import Sealed
from awas.ledger.fact import Kept, Submission
from awas.ledger.naming import key_in_log, log_of
from awas.ledger.store import ask_in
from awas.roster import services as roster
from awas.warehouse.commands import EnterPerson, LeavePerson, RefuseEntry


def informed(submissions: Sequence[Submission]) -> Sequence[Submission]:
    """The same commands in the same order, with what only the rest of the record knows."""
    if not any(isinstance(one.command, EnterPerson | LeavePerson | RefuseEntry) for one in submissions):
        return submissions
    settled = [one if known is None else _known(one, known) for one, known in _identities(submissions)]
    visitors = _visitors(settled)
    on_duty = roster.on_duty_counts({one.place for one in settled})
    elsewhere = _inside_elsewhere([one for one in settled if isinstance(one.command, EnterPerson)])
    return [_with(one, visitors, on_duty, elsewhere) for one in settled]


def _with(
    one: Submission,
    visitors: Mapping[tuple[str, str], str],
    on_duty: Mapping[str, int],
    elsewhere: Mapping[str, list[str]],
) -> Submission:
    command = one.command
    if isinstance(command, EnterPerson):
        places = [place for place in elsewhere.get(command.name.ref, ()) if log_of(place) != one.log]
        reported = places[0] if places else ""
        command = replace(command, watch_count=on_duty.get(one.place, 0), reported_elsewhere=reported)
    elif isinstance(command, LeavePerson):
        person = command.person or visitors.get((one.place, command.visit_id), "")
        command = replace(command, person=person, watch_count=on_duty.get(one.place, 0))
    else:
        return one
    return replace(one, command=command)


Known = Mapping[str, Sealed]
"""What stands for rows of the vault that are already there under the same identity: by the new row's reference."""


def _identities(submissions: Sequence[Submission]) -> Iterable[tuple[Submission, Known | None]]:
    """Each submission with the identities of it that its log has met before, in the vault or in this group."""
    wanted = {
        (one.log, kept.match) for one in submissions for kept in one.kept if kept.match is not None and _is_gate(one)
    }
    met = vault.find_all(wanted)
    for one in submissions:
        if not _is_gate(one):
            yield one, None
            continue
        known: dict[str, Sealed] = {}
        for kept in one.kept:
            if kept.match is None:
                continue
            first = met.setdefault((one.log, kept.match), vault.sealed_as(kept))
            if first.ref != kept.ref:
                known[kept.ref] = first
        yield one, known or None


def _is_gate(one: Submission) -> bool:
    return isinstance(one.command, EnterPerson | RefuseEntry)


def _known(one: Submission, known: Known) -> Submission:
    """The same act, of somebody met before: under the pseudonym of then, and nothing new for the vault."""
    command = one.command
    name, identity = (known.get(sealed.ref, sealed) if sealed else None for sealed in (command.name, command.identity))
    person = key_in_log(one.place, name.ref) if command.person and name else command.person
    return replace(
        one,
        command=replace(command, person=person, name=name, identity=identity),
        kept=tuple(kept for kept in one.kept if kept.ref not in known),
    )


def _visitors(submissions: Sequence[Submission]) -> dict[tuple[str, str], str]:
    """By place and visit: whose it is, for exits that name only the visit; entries of the same group count."""
    asked = {
        one.command.visit_id for one in submissions if isinstance(one.command, LeavePerson) and not one.command.person
    }
    found = {
        (one.place, one.command.visit_id): one.command.person
        for one in submissions
        if isinstance(one.command, EnterPerson) and one.command.visit_id in asked
    }
    for visit, place, person in ask_in("SELECT key, place, person FROM warehouse_visit WHERE key IN (%s)", list(asked)):
        found[place, visit] = person
    return found


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
