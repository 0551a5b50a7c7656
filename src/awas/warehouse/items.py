"""The things of a warehouse that can be many, as decisions read them and pages show them.

Each struct has a table of the same fields in `models.py`, the key first. Personal values stand here only as the name
of their vault row (`*_ref`, empty for none). Codes are those of `codes.py`. An instant of 0 means none.
"""

from msgspec import Struct

from awas.ledger.area import Instant
from awas.warehouse.events import Answer, Carried, CountedLine, Difference


class Visit(Struct, frozen=True, kw_only=True, gc=False):
    """One stay of one person (kunjungan). `state`: inside, left or void. Key: `visit_key`, born at the place."""

    key: str
    log: str
    place: str
    person: str
    state: str
    role: str
    purpose: str
    entered_at: Instant
    left_at: Instant = 0
    until_at: Instant = 0
    leave_reason: str = ""
    forced: bool = False
    name_ref: str = ""
    identity_kind: str = "none"
    identity_ref: str = ""
    institution: str = ""
    purpose_ref: str = ""
    letter_number: str = ""
    escorted_by: str = ""
    escort_ref: str = ""
    carried: tuple[Carried, ...] = ()
    pass_number: str = ""
    pass_returned: bool | None = None
    gate: str = ""
    photo: str = ""
    on_access_list: str = "no_list"
    on_watchlist: bool = False
    entered_by: str = ""
    left_by: str = ""


class Presence(Struct, frozen=True, kw_only=True, gc=False):
    """Where a person of the district is by the record. Key: the person. `place` and `visit_id` are empty when out."""

    key: str
    log: str
    place: str
    visit_id: str
    role: str
    since_at: Instant
    last_place: str = ""
    last_left_at: Instant = 0
    visit_count: int = 0
    refused_count: int = 0


class VisitorPass(Struct, frozen=True, kw_only=True, gc=False):
    """A visitor's pass. Key: place and number. `state`: held, free or missing."""

    key: str
    log: str
    place: str
    number: str
    state: str
    visit_id: str
    since_at: Instant


class Vehicle(Struct, frozen=True, kw_only=True, gc=False):
    """One stay of one vehicle. `state`: here, left or void. Key: born at the place."""

    key: str
    log: str
    place: str
    plate: str
    state: str
    vehicle: str
    purpose: str
    position: str
    arrived_at: Instant
    left_at: Instant = 0
    driver_ref: str = ""
    carrier: str = ""
    escort: str = "none"
    escort_ref: str = ""
    escort_count: int = 0
    consignment_id: str = ""
    unattended_since_at: Instant = 0
    released: bool = False
    loaded_out: bool = False
    announced: bool = False
    gate: str = ""
    photos: tuple[str, ...] = ()


class PlatePresence(Struct, frozen=True, kw_only=True, gc=False):
    """Where a number plate of the district is by the record. Key: district and plate without blanks."""

    key: str
    log: str
    place: str
    vehicle_id: str
    since_at: Instant
    last_left_at: Instant = 0


class ConsignmentLine(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One line with what was announced, let out and counted in, in single units."""

    item: str
    ballot: str = ""
    dapil: str = ""
    packages: int = 0
    announced: int = 0
    released: int = 0
    received: int = 0
    received_packages: int = 0
    damaged: int = 0
    wet: int = 0


class Consignment(Struct, frozen=True, kw_only=True, gc=False):
    """One movement of goods (kiriman). Key: born at the place that announced it, or that received it unannounced.

    `place` announced it; `at_place` is where it is expected or was counted in. `status`: announced, in_transit,
    part_received, received, cancelled, void. `counted_open` lists the places whose snapshot counts it as open.
    """

    key: str
    log: str
    place: str
    at_place: str
    direction: str
    status: str
    lines: tuple[ConsignmentLine, ...]
    announced_at: Instant = 0
    expected_from_at: Instant = 0
    expected_until_at: Instant = 0
    eta_at: Instant = 0
    dispatched_at: Instant = 0
    first_received_at: Instant = 0
    closed_at: Instant = 0
    delivery_letter: str = ""
    order_number: str = ""
    document_number: str = ""
    supplier: str = ""
    carrier: str = ""
    plate: str = ""
    from_place: str = ""
    to_place: str = ""
    from_name: str = ""
    to_name: str = ""
    seals: tuple[str, ...] = ()
    receipt_count: int = 0
    release_count: int = 0
    differences: tuple[Difference, ...] = ()
    difference_reason: str = "none"
    counted_open: tuple[str, ...] = ()
    announced_units: int = 0
    received_units: int = 0
    escort_promised: bool = False


class Tally(Struct, frozen=True, kw_only=True, gc=False):
    """One count of goods in or out (BTTB, BAST). `direction`: in or out; `state`: stands or void."""

    key: str
    log: str
    place: str
    consignment_id: str
    direction: str
    state: str
    counted_at: Instant
    lines: tuple[CountedLine, ...]
    final: bool = False
    document_number: str = ""
    delivery_letter: str = ""
    vehicle_id: str = ""
    counted_by: tuple[str, ...] = ()
    witnesses: tuple[str, ...] = ()
    units: int = 0
    damaged: int = 0
    wet: int = 0
    corrected_count: int = 0
    photos: tuple[str, ...] = ()


class Seal(Struct, frozen=True, kw_only=True, gc=False):
    """One seal. Key: district and number. `state` as last seen; `bad` counts in its place's snapshot."""

    key: str
    log: str
    place: str
    number: str
    state: str
    seal_kind: str = "other"
    sealed_object: str = "other"
    object_name: str = ""
    consignment_id: str = ""
    applied_at: Instant = 0
    checked_at: Instant = 0
    removed_at: Instant = 0
    check_count: int = 0
    use_count: int = 0
    found_number: str = ""
    replaces: str = ""
    applied_by: tuple[str, ...] = ()
    removed_by: tuple[str, ...] = ()
    photo: str = ""


class Round(Struct, frozen=True, kw_only=True, gc=False):
    """One round. `scanned` in the order of walking; `completed_at` 0 while under way."""

    key: str
    log: str
    place: str
    by: str
    started_at: Instant
    completed_at: Instant = 0
    scanned: tuple[str, ...] = ()
    by_token: tuple[str, ...] = ()
    findings: tuple[str, ...] = ()
    missed: tuple[str, ...] = ()
    planned_count: int = 0


class KeyHolding(Struct, frozen=True, kw_only=True, gc=False):
    """One door key of a site and who has it. Key: born at the place."""

    key: str
    log: str
    place: str
    door: str
    is_out: bool
    holder_ref: str
    holder_code: str
    taken_at: Instant
    returned_at: Instant = 0
    taken_count: int = 0


class Condition(Struct, frozen=True, kw_only=True, gc=False):
    """One trouble of the building, or one other use of it (`condition` is then `use`, `use` says which)."""

    key: str
    log: str
    place: str
    condition: str
    state: str
    severity: str
    began_at: Instant
    ended_at: Instant = 0
    use: str = ""
    spot: str = ""
    report_count: int = 1
    ballots_inside: bool = False
    photos: tuple[str, ...] = ()


class Incident(Struct, frozen=True, kw_only=True, gc=False):
    """One incident. `state`: open, closed or void."""

    key: str
    log: str
    place: str
    incident: str
    state: str
    severity: str
    reported_at: Instant
    closed_at: Instant = 0
    outcome: str = ""
    spot: str = ""
    details_ref: str = ""
    police_told: bool = False
    photos: tuple[str, ...] = ()
    visit_id: str = ""
    vehicle_id: str = ""
    consignment_id: str = ""
    seal: str = ""
    document_number: str = ""


class AccessRule(Struct, frozen=True, kw_only=True, gc=False):
    """One line of a site's access list: a person or a role. Key: place and person, or place and `role:…`."""

    key: str
    log: str
    place: str
    person: str
    role: str
    state: str
    from_at: Instant
    until_at: Instant
    name_ref: str = ""
    institution: str = ""
    letter_number: str = ""
    granted_by: str = ""


class Watchlisted(Struct, frozen=True, kw_only=True, gc=False):
    """Somebody to look out for in the whole district. Key: the person. `state`: listed or unlisted."""

    key: str
    log: str
    place: str
    state: str
    reason: str
    from_at: Instant
    until_at: Instant
    name_ref: str = ""
    listed_by: str = ""


class WeatherAlert(Struct, frozen=True, kw_only=True, gc=False):
    """One alert of others over one site. `state`: open (until `expires_at`), replaced, ended or void.

    `thread` is the key of the first of its chain.
    """

    key: str
    log: str
    place: str
    thread: str
    state: str
    sender: str
    source: str
    identifier: str
    event: str
    hazard: str
    severity: str
    urgency: str
    certainty: str
    sent_at: Instant
    onset_at: Instant
    expires_at: Instant
    basis: str
    ended_at: Instant = 0
    document: str = ""


class FitnessCheck(Struct, frozen=True, kw_only=True, gc=False):
    """One filled-in fitness checklist."""

    key: str
    log: str
    place: str
    checked_at: Instant
    checked_by: str
    checklist: str
    answers: tuple[Answer, ...]
    bad: tuple[str, ...] = ()
    photos: tuple[str, ...] = ()


ITEMS: dict[str, type[Struct]] = {
    "visit": Visit,
    "presence": Presence,
    "visitor_pass": VisitorPass,
    "vehicle": Vehicle,
    "plate": PlatePresence,
    "consignment": Consignment,
    "tally": Tally,
    "seal": Seal,
    "round": Round,
    "key_holding": KeyHolding,
    "condition": Condition,
    "incident": Incident,
    "access_rule": AccessRule,
    "watchlisted": Watchlisted,
    "fitness_check": FitnessCheck,
    "weather_alert": WeatherAlert,
}
"""Items by kind. The table of a kind is the model of the struct's name."""
