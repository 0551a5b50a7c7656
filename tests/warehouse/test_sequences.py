"""Any sequence of commands, sensible or not: what the record then says must agree with itself.

Three people, three seals and what is on record are all there is to choose from, so that commands meet: people enter
twice, goods come back, seals travel, entries are voided in any order. What is refused changes nothing, and nothing
else may ever be raised.
"""

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from awas.ledger.area import MINUTE, Refused
from awas.warehouse import commands as ask
from awas.warehouse.area import AREA
from awas.warehouse.counting import OPEN, excess_units, expected_units, outstanding_units
from awas.warehouse.events import Carried, Line
from awas.warehouse.keys import key_at, seal_key
from tests.book import KECAMATAN, OTHER, PLACE, Book
from tests.warehouse.making import counted as count
from tests.warehouse.making import person, sealed

PLACES = (PLACE, OTHER, KECAMATAN)
PEOPLE = tuple(person(name) for name in ("p1", "p2", "p3"))
SEALS = ("S1", "S2", "S3")
VOIDABLE = {
    "gate.person_entered@1": "visit",
    "gate.person_left@1": "visit",
    "gate.vehicle_arrived@1": "vehicle",
    "gate.vehicle_left@1": "vehicle",
    "goods.received@1": "tally",
    "goods.released@1": "tally",
    "seal.applied@1": "seal",
    "round.condition_reported@1": "condition",
    "round.use_reported@1": "condition",
    "round.incident_reported@1": "incident",
}
amounts = st.dictionaries(st.sampled_from(("dpr", "dpd")), st.integers(0, 30), min_size=1)


class Hand:
    """Somebody with a phone at one place, who knows what is on record and taps at random."""

    def __init__(self, draw, book, place):
        self.draw, self.book, self.place = draw, book, place

    def one_of(self, *choices):
        return self.draw(st.sampled_from(choices))

    def flag(self):
        return self.draw(st.booleans())

    def fresh(self):
        return key_at(self.place, str(len(self.book.entries)))

    def known(self, kind, anywhere=False):
        """A thing on record, here if there is one; sometimes a key that nobody knows."""
        keys = [item.key for item in of(self.book, kind) if anywhere or item.place == self.place]
        return self.draw(st.sampled_from(keys)) if keys else self.fresh()

    def either(self, kind):
        return self.one_of(self.fresh(), self.known(kind))

    def lines(self):
        found = self.draw(amounts)
        return tuple(Line(item="ballot", ballot=ballot, units=units) for ballot, units in found.items())

    def counts(self):
        return tuple(count(units, ballot) for ballot, units in self.draw(amounts).items())

    def seal(self):
        number = self.one_of(*SEALS)
        return {"seal": seal_key(PLACE, number), "number": number}


def enters(hand):
    return ask.EnterPerson(
        visit_id=hand.fresh(),
        person=hand.one_of(*PEOPLE),
        name=sealed(),
        role=hand.one_of("guard", "sorter"),
        purpose="duty",
        pass_number=hand.one_of("", "7"),
        carried=hand.one_of((), (Carried(item="bag"),)),
    )


def leaves(hand):
    visit = hand.book.item("visit", hand.known("visit"))
    key, who = (visit.key, visit.person) if visit else (hand.fresh(), PEOPLE[0])
    return ask.LeavePerson(visit_id=key, person=who, pass_returned=hand.one_of(None, True, False))


def is_refused(hand):
    return ask.RefuseEntry(subject="person", reason="off_list", person=hand.one_of(*PEOPLE))


def arrives(hand):
    plate = hand.one_of("A 1", "A1", "B 2")
    return ask.ArriveVehicle(vehicle_id=hand.fresh(), plate=plate, vehicle="truck", purpose="deliver")


def about_a_vehicle(hand):
    command = hand.one_of(ask.ReportVehicleUnattended, ask.ReportVehicleAttended, ask.LeaveVehicle)
    return command(vehicle_id=hand.known("vehicle"))


def announces(hand):
    direction, other = hand.one_of("in", "out"), hand.one_of("", *PLACES)
    named = {"to_place": other} if direction == "out" else {"from_place": other}
    return ask.AnnounceConsignment(
        consignment_id=hand.fresh(), direction=direction, lines=hand.lines(), order_number="1", **named
    )


def about_a_consignment(hand):
    key = hand.known("consignment")
    return hand.one_of(
        ask.ChangeConsignment(consignment_id=key, lines=hand.one_of((), hand.lines())),
        ask.CancelConsignment(consignment_id=key),
        ask.DispatchConsignment(consignment_id=key),
        ask.ConfirmDelivery(consignment_id=key, document_number="x", complete=hand.flag()),
        ask.ExplainDifference(consignment_id=key, reason="lost"),
    )


def receives(hand):
    unannounced = hand.draw(st.integers(0, 4)) == 0
    return ask.ReceiveGoods(
        receipt_id=hand.fresh(),
        consignment_id=hand.fresh() if unannounced else hand.known("consignment", anywhere=True),
        lines=hand.counts(),
        unannounced=unannounced,
        final=hand.flag(),
        seals=tuple(
            {(seen := hand.seal())["number"]: ask.SealSeen(**seen, result=hand.one_of("intact", "broken"))}.values()
        ),
    )


def releases(hand):
    unannounced = hand.draw(st.integers(0, 3)) == 0
    return ask.ReleaseGoods(
        release_id=hand.fresh(),
        consignment_id=hand.fresh() if unannounced else hand.known("consignment", anywhere=True),
        lines=hand.counts(),
        unannounced=unannounced,
        final=hand.flag(),
        to_place=hand.one_of("", *PLACES),
    )


def about_a_seal(hand):
    seal = hand.seal()
    return hand.one_of(
        ask.ApplySeal(**seal, seal_kind="paper", sealed_object="door"),
        ask.CheckSeal(**seal, result=hand.one_of("intact", "broken", "different", "missing")),
        ask.RemoveSeal(**seal, reason="opening"),
    )


def about_the_building(hand):
    condition, use, incident = hand.either("condition"), hand.either("condition"), hand.either("incident")
    return hand.one_of(
        ask.ScanCheckpoint(round_id=hand.either("round"), checkpoint="a"),
        ask.CompleteRound(round_id=hand.either("round")),
        ask.TakeKey(key_id=key_at(hand.place, "k"), door="x", holder=sealed()),
        ask.ReturnKey(key_id=key_at(hand.place, "k")),
        ask.ReportCondition(condition_id=condition, condition=hand.one_of("leak", "fire"), severity="low"),
        ask.EndCondition(condition_id=condition),
        ask.ReportUse(use_id=use, use="sport"),
        ask.EndUse(use_id=use),
        ask.ReportIncident(incident_id=incident, incident="theft", severity="low"),
        ask.CloseIncident(incident_id=incident, outcome="resolved"),
    )


def voids(hand):
    kind = hand.one_of(*VOIDABLE)
    subject = hand.known(VOIDABLE[kind])
    return ask.VoidEntry(entry_index=1, entry_kind=kind, subject=subject, reason="duplicate")


def corrects(hand):
    tally = hand.book.item("tally", hand.known("tally"))
    if tally is not None and hand.flag():
        return ask.CorrectCount(
            entry_index=1,
            receipt_id=tally.key,
            consignment_id=tally.consignment_id,
            reason="typing",
            lines=hand.counts(),
        )
    role = ask.FieldGiven(field="role", value=hand.one_of("guard", "sorter"))
    return ask.CorrectEntry(
        entry_index=1,
        entry_kind="gate.person_entered@1",
        subject=hand.known("visit"),
        reason="typing",
        fields=(role,),
    )


ACTS = (
    enters, enters, leaves, is_refused, arrives, about_a_vehicle, announces, about_a_consignment, receives, receives,
    releases, about_a_seal, about_the_building, voids, voids, corrects,
)  # fmt: skip


def of(book, kind):
    return [item for (found, _), item in book.items.items() if found == kind]


def units(lines, field):
    total = Counter()
    for line in lines:
        total[line.item, line.ballot, line.dapil] += getattr(line, field)
    return +total


def people_agree(book):
    inside = [visit for visit in of(book, "visit") if visit.state == "inside"]
    for place in PLACES:
        assert book.state(place).inside == Counter(visit.role for visit in inside if visit.place == place)
    assert len({visit.person for visit in inside}) == len(inside), "a person is in two places"
    present = {one.key: (one.place, one.visit_id) for one in of(book, "presence") if one.visit_id}
    assert present == {visit.person: (visit.place, visit.key) for visit in inside}
    assert all(one.visit_count >= 0 for one in of(book, "presence"))


def vehicles_agree(book):
    here = [vehicle for vehicle in of(book, "vehicle") if vehicle.state == "here"]
    for place in PLACES:
        own = [vehicle for vehicle in here if vehicle.place == place]
        assert book.state(place).vehicles_inside == len(own)
        assert book.state(place).vehicles_unattended == sum(one.unattended_since_at > 0 for one in own)


def goods_agree(book):
    tallies = [tally for tally in of(book, "tally") if tally.state == "stands"]
    consignments = of(book, "consignment")
    for one in consignments:
        own = [tally for tally in tallies if tally.consignment_id == one.key]
        came = [line for tally in own if tally.direction == "in" for line in tally.lines]
        went = [line for tally in own if tally.direction == "out" for line in tally.lines]
        assert units(one.lines, "received") == units(came, "units")
        assert units(one.lines, "released") == units(went, "units")
        assert one.receipt_count == sum(tally.direction == "in" for tally in own)
        expected = sum(expected_units(line) for line in one.lines)
        assert one.received_units + outstanding_units(one.lines) == expected + excess_units(one.lines)
        assert not one.counted_open or one.status in OPEN
        assert len(set(one.counted_open)) == len(one.counted_open)
    for place in PLACES:
        state = book.state(place)
        assert state.open_consignments == sum(place in one.counted_open for one in consignments)
        stock = Counter()
        for tally in tallies:
            for line in tally.lines:
                if tally.place == place:
                    stock[f"ballot:{line.ballot}"] += line.units if tally.direction == "in" else -line.units
        assert state.stock == {kind: total for kind, total in stock.items() if total}


def the_rest_agrees(book):
    for place in PLACES:
        state = book.state(place)
        seals = Counter(seal.state for seal in of(book, "seal") if seal.place == place)
        assert state.seals_on == seals["intact"]
        assert state.seals_bad == seals["broken"] + seals["different"] + seals["missing"]
        assert state.keys_out == sum(key.is_out for key in of(book, "key_holding") if key.place == place)
        troubles = [one for one in of(book, "condition") if one.place == place and one.state == "open"]
        assert state.open_uses == sum(one.condition == "use" for one in troubles)
        assert state.open_conditions == Counter(one.condition for one in troubles if one.condition != "use")
        incidents = [one for one in of(book, "incident") if one.place == place and one.state == "open"]
        assert state.open_incidents == len(incidents)


@settings(max_examples=80, deadline=None)
@given(st.data())
def test_the_record_agrees_with_itself_after_any_sequence(data):
    book = Book(AREA)
    for _ in range(data.draw(st.integers(1, 40))):
        place, act = data.draw(st.sampled_from(PLACES)), data.draw(st.sampled_from(ACTS))
        book.later(data.draw(st.integers(0, 40)))
        occurred_at = book.now + data.draw(st.sampled_from((0, 0, -30, 5))) * MINUTE
        before = len(book.entries)
        try:
            book.do(act(Hand(data.draw, book, place)), place=place, occurred_at=occurred_at)
        except Refused:
            assert len(book.entries) == before
            continue
        people_agree(book)
        vehicles_agree(book)
        goods_agree(book)
        the_rest_agrees(book)
    again = book.rebuilt()
    assert (again.states, dict(again.items)) == (book.states, dict(book.items))
    assert book.unforeseen <= {"visit", "presence", "consignment"}
