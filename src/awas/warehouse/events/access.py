"""Who may enter, who must not, and the settings of a site that change a verdict."""

from awas.ledger.area import Instant, Sealed
from awas.ledger.message import Event
from awas.warehouse.codes import Role, TwoPersonActivity


class AccessGranted(Event, frozen=True, kw_only=True, tag="access.granted@1"):
    """A person, or everybody of a role, may enter this place from `from_at` until `until_at` (0: no end)."""

    access_id: str
    person: str = ""
    role: Role | None = None
    name: Sealed | None = None
    institution: str = ""
    from_at: Instant = 0
    until_at: Instant = 0
    letter_number: str = ""
    again: bool = False


class AccessRevoked(Event, frozen=True, kw_only=True, tag="access.revoked@1"):
    """The permission ended early. `visit_inside` is the visit of the person if inside at that moment."""

    access_id: str
    person: str = ""
    role: str = ""
    why: Sealed | None = None
    visit_inside: str = ""


class PersonWatchlisted(Event, frozen=True, kw_only=True, tag="access.person_watchlisted@1"):
    """Look out for this person at every place of the district, until `until_at` (0: no end)."""

    person: str
    name: Sealed
    reason: str
    why: Sealed | None = None
    from_at: Instant = 0
    until_at: Instant = 0
    inside_at: str = ""


class PersonUnlisted(Event, frozen=True, kw_only=True, tag="access.person_unlisted@1"):
    """No longer looked out for."""

    person: str
    why: Sealed | None = None


class SiteRulesSet(Event, frozen=True, kw_only=True, tag="access.site_rules_set@1"):
    """The settings of a site, all of them each time; earlier ones are replaced.

    Hours are minutes of the local day; equal hours mean no limit. `checkpoints` are the planned round.
    """

    access_list_in_force: bool = False
    two_persons: tuple[TwoPersonActivity, ...] = ()
    letter_required: bool = False
    checkpoints: tuple[str, ...] = ()
    gates: tuple[str, ...] = ()
    opens_minute: int = 0
    closes_minute: int = 0
    guards_wanted: int = 0
    cameras_wanted: int = 0
    people_limit: int = 0
    document_number: str = ""


EVENTS: tuple[type[Event], ...] = (AccessGranted, AccessRevoked, PersonWatchlisted, PersonUnlisted, SiteRulesSet)
