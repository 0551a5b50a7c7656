"""Naming somebody by key: a phone may, for people of its own district; never to open another's vault."""

from typing import Any

import pytest
from msgspec.structs import replace

from awas import chance
from awas.ledger import services as ledger
from awas.ledger import vault
from awas.ledger.area import Refused
from awas.ledger.desk import Desk
from awas.ledger.fact import Receipt, Submission
from awas.ledger.models import VaultRow
from awas.warehouse import services
from awas.warehouse.commands import EnterPerson, LeavePerson, RefuseEntry, WatchlistPerson
from awas.warehouse.models import Visit
from tests.access.people import NOW
from tests.api.conftest import FAR, HERE, NEXT_DOOR

NAME = "Bunga Contoh Rahasia"


def kept(place: str, purpose: str = "person") -> str:
    """A personal value in the vault; returns its reference."""
    _, row = vault.seal(NAME, purpose, (chance.salt, chance.reference))
    VaultRow.objects.create(ref=row.ref, purpose=purpose, place=place, salt=row.salt, value=row.value, kept_at=NOW)
    return row.ref


def enters(phone, seq: int, person: str, **more) -> dict:
    return phone(
        seq,
        "gate.enter_person@1",
        visit_id=f"{HERE}/v{seq}",
        person=person,
        role="kpu_staff",
        purpose="meeting",
        **more,
    )


def test_somebody_of_the_district_is_known_again(phone):
    assert "index" in enters(phone, 1, f"36.02/{kept(NEXT_DOOR)}")


@pytest.mark.parametrize(
    ("place", "purpose", "prefix"),
    [(FAR, "person", "36.02"), (FAR, "person", "31.74"), (HERE, "note", "36.02"), (HERE, "person", "31.74")],
)
def test_a_reference_of_another_log_or_of_a_note_opens_nothing(phone, place, purpose, prefix):
    answer = enters(phone, 1, f"{prefix}/{kept(place, purpose)}")
    assert answer["refused"] == "unknown_person"
    assert ledger.size_of("awas/36.02") == 0


KNOWN = {"name": NAME, "identity_kind": "ktp", "identity": "1234", "role": "kpu_staff", "purpose": "meeting"}


def test_who_was_met_before_keeps_the_pseudonym_and_leaves_one_row(phone):
    for seq in (1, 3):
        phone(seq, "gate.enter_person@1", visit_id=f"{HERE}/v{seq}", **KNOWN)
        assert "index" in phone(seq + 1, "gate.leave_person@1", visit_id=f"{HERE}/v{seq}")
    assert len(set(Visit.objects.values_list("person", "name_ref", "identity_ref"))) == 1
    assert VaultRow.objects.filter(purpose="person").count() == 1


def test_other_digits_are_somebody_else(phone):
    phone(1, "gate.enter_person@1", visit_id=f"{HERE}/v1", **KNOWN)
    phone(2, "gate.enter_person@1", visit_id=f"{HERE}/v2", **KNOWN | {"identity": "9999"})
    assert Visit.objects.values("person").distinct().count() == 2


def test_an_exit_of_a_visit_nobody_has_is_refused(phone):
    assert phone(1, "gate.leave_person@1", visit_id=f"{HERE}/v9")["refused"] == "visit_unknown"


def test_a_newcomer_named_by_two_phones_at_once_is_one_person(db):
    """Each desk made a pseudonym of its own; recorded in one group, the second takes the first's."""
    sent = [
        desk.submission(
            EnterPerson(visit_id=desk.key(), person=person, name=name, identity=digits, identity_kind="ktp",
                        role="guest", purpose="visit"),
            nonce=f"000000000000{desk.device}",
        )
        for desk in (at_desk("d1"), at_desk("d2"))
        for person, name, digits in [services.somebody(desk, NAME, "ktp", "1234")]
    ]  # fmt: skip
    assert sent[0].command.person != sent[1].command.person
    ledger.record_all(sent)
    assert set(Visit.objects.values_list("person", flat=True)) == {sent[0].command.person}
    assert VaultRow.objects.filter(purpose="person").count() == 1


def brought(command: Any, device: str, digits: str = "1234", **more: Any) -> Submission:
    """What a desk of its own makes of somebody at the gate."""
    desk = at_desk(device)
    person, name, identity = services.somebody(desk, NAME, "ktp", digits)
    known = command(person=person, name=name, identity=identity, identity_kind="ktp", **more)
    return desk.submission(known, seq=1)


GUEST = {"role": "guest", "purpose": "visit"}


def test_a_name_is_kept_though_the_command_that_brought_it_first_was_refused(db):
    """The second takes the first's pseudonym; the row that opens it must not go with the first."""
    first = brought(EnterPerson, "d1", visit_id=f"{HERE}/v1", **GUEST)
    second = brought(EnterPerson, "d2", visit_id=f"{HERE}/v2", **GUEST)
    outcomes = ledger.record_all([replace(first, seq=7), second])
    assert isinstance(outcomes[0], Refused)
    visit = Visit.objects.get()
    assert set(vault.values([visit.name_ref, visit.identity_ref]).values()) == {NAME, "ktp …1234"}
    assert ledger.sealed_value(visit.name_ref) == ledger.line("awas/36.02", 0).event.name


def test_somebody_turned_away_a_moment_before_is_still_known_to_be_inside_elsewhere(db):
    far = brought(EnterPerson, "d1", visit_id=f"{FAR}/v1", **GUEST)
    ledger.record_all([replace(far, log="awas/31.74", place=FAR, command=replace(far.command, person=far_key(far)))])
    refused = brought(RefuseEntry, "d2", subject="person", reason="no_identity")
    entered = brought(EnterPerson, "d3", visit_id=f"{HERE}/v2", **GUEST)
    ledger.record_all([refused, entered])
    assert ledger.line("awas/36.02", 1).event.elsewhere_place == FAR


def far_key(sent: Submission) -> str:
    return f"31.74/{sent.command.name.ref}"


def test_an_exit_finds_its_visit_among_two_entries_under_one_key(db):
    entered = brought(EnterPerson, "d1", visit_id=f"{HERE}/v1", **GUEST)
    another = brought(EnterPerson, "d2", "9999", visit_id=f"{HERE}/v1", **GUEST)
    leaves = at_desk("d1").submission(LeavePerson(visit_id=f"{HERE}/v1"), seq=2)
    outcomes = ledger.record_all([entered, another, leaves])
    assert [type(outcome) for outcome in outcomes] == [Receipt, Refused, Receipt]


def test_somebody_put_on_the_watchlist_a_moment_before_is_recognised(db):
    """A desk settles who that is before the group is recorded; the gate's command of the same group follows it."""
    desk = at_desk("d1")
    person, name, _ = services.somebody(desk, NAME, "ktp", "1234", named=True)
    listed = WatchlistPerson(person=person, name=name, reason="theft_before", from_at=NOW - 1)
    entered = brought(EnterPerson, "d2", visit_id=f"{HERE}/v1", **GUEST)
    ledger.record_all([desk.submission(listed, seq=1), entered])
    assert ledger.line("awas/36.02", 1).event.on_watchlist


def test_who_is_unknown_is_said_in_words(phone):
    assert enters(phone, 1, "36.02/nobody")["reason"].startswith("Orang ini belum dikenal")


def at_desk(device: str) -> Desk:
    return Desk(place=HERE, actor="p1", device=device, now=NOW, salt=chance.salt, reference=chance.reference)
