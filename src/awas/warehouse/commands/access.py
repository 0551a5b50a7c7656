"""What may be asked of the record about who may enter and how a site is run."""

from typing import Annotated

from msgspec import Meta

from awas.ledger.area import Sealed
from awas.ledger.message import Code, Command, Count, Key, KeyOrNone, Label, When
from awas.warehouse.codes import Role, TwoPersonActivity

Minute = Annotated[int, Meta(ge=0, le=1440)]


class GrantAccess(Command, frozen=True, kw_only=True, tag="access.grant@1"):
    """Put a person or a whole role on the access list of this place.

    `access_id` is `access_key(place, person)` or `access_key_of_role(place, role)`.
    """

    access_id: Key
    person: KeyOrNone = ""
    role: Role | None = None
    name: Sealed | None = None
    institution: Label = ""
    from_at: When = 0
    until_at: When = 0
    letter_number: Label = ""


class RevokeAccess(Command, frozen=True, kw_only=True, tag="access.revoke@1"):
    """Take a line off the access list."""

    access_id: Key
    why: Sealed | None = None


class WatchlistPerson(Command, frozen=True, kw_only=True, tag="access.watchlist_person@1"):
    """Look out for a person at every place of the district. `reason` is a short code."""

    person: Key
    name: Sealed
    reason: Code
    why: Sealed | None = None
    from_at: When = 0
    until_at: When = 0


class UnlistPerson(Command, frozen=True, kw_only=True, tag="access.unlist_person@1"):
    """Stop looking out for a person."""

    person: Key
    why: Sealed | None = None


class SetSiteRules(Command, frozen=True, kw_only=True, tag="access.set_site_rules@1"):
    """Set how a site is run; all settings each time. Hours are minutes of the local day."""

    access_list_in_force: bool = False
    two_persons: Annotated[tuple[TwoPersonActivity, ...], Meta(max_length=8)] = ()
    letter_required: bool = False
    checkpoints: Annotated[tuple[Code, ...], Meta(max_length=60)] = ()
    gates: Annotated[tuple[Code, ...], Meta(max_length=12)] = ()
    opens_minute: Minute = 0
    closes_minute: Minute = 0
    guards_wanted: Count = 0
    cameras_wanted: Count = 0
    people_limit: Count = 0
    document_number: Label = ""


COMMANDS: tuple[type[Command], ...] = (GrantAccess, RevokeAccess, WatchlistPerson, UnlistPerson, SetSiteRules)
