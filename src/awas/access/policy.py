"""Who may do what, where: the table of roles, and one pure question over it.

Reads no clock and no database; `now` and the duties are arguments. Must never grant by default: what the table doesn't
name is refused, and nobody stands above the table.

The tiers are those of UU 7/2017 Pasal 89-90: Bawaslu, Bawaslu Provinsi, Bawaslu Kabupaten/Kota, Panwaslu Kecamatan,
Panwaslu Kelurahan/Desa and Pengawas TPS.
"""

import re
from collections.abc import Iterable, Mapping
from enum import Enum, StrEnum
from typing import NamedTuple

Instant = int

NATION = "ID"
"""The area code of the whole country, above the 38 provinces."""

_REGION = r"\d{2}(?:\.\d{2}(?:\.\d{2}(?:\.\d{4})?)?)?"
_AREA = re.compile(rf"{NATION}|{_REGION}(?:-[A-Z]\d{{1,4}})?", re.ASCII)


class Role(StrEnum):
    """A kind of duty. The same person may hold several, each in its own area."""

    WATCHER = "watcher"
    """Petugas piket: one post of the 24-hour watch, at named sites only."""
    FIELD_SUPERVISOR = "field_supervisor"
    """Panwaslu Kecamatan, PKD, PTPS."""
    DISTRICT_OFFICER = "district_officer"
    """Bawaslu kabupaten/kota."""
    PROVINCE_OFFICER = "province_officer"
    """Bawaslu provinsi."""
    NATIONAL_OFFICER = "national_officer"
    """Bawaslu RI."""
    PARTNER = "partner"
    """Regional government, Forkopimda, KPU, police: reads the state of its region."""
    ADMINISTRATOR = "administrator"
    """Keeps accounts and devices; takes no part in casework."""


class Permission(StrEnum):
    """What can be done. A view names exactly one."""

    VIEW_REGION = "view_region"
    """States and counts of a region: the district's day, the province's wall."""
    VIEW_SITE = "view_site"
    """A site's log, who is inside by role, rounds, shifts."""
    VIEW_WARNING = "view_warning"
    """Warnings and their history."""
    VIEW_PERSONAL = "view_personal"
    """Names and identity digits out of the vault (UU 27/2022)."""
    VIEW_LEDGER = "view_ledger"
    """Entries and proofs of a log, without personal data."""
    VIEW_RULES = "view_rules"
    """The catalogue of rules and the thresholds in force."""
    RECORD_AT_SITE = "record_at_site"
    """Every entry of the watch at a site, corrections included."""
    PLAN_SHIFTS = "plan_shifts"
    ANNOUNCE_CONSIGNMENT = "announce_consignment"
    MANAGE_ACCESS_LIST = "manage_access_list"
    """Who is expected at a site, and the watchlist."""
    MANAGE_SITE = "manage_site"
    """A site's own particulars: checkpoints, fitness, hours."""
    ANSWER_WARNING = "answer_warning"
    """Say that it was seen, that somebody goes, and write beside it."""
    HANDLE_WARNING = "handle_warning"
    """Take it on for longer, silence it, give it to somebody, close it: not for those whom it may be about."""
    SET_THRESHOLD = "set_threshold"
    """Changes when a rule speaks. Two tiers above the watched, so that nobody loosens the rule that watches them."""
    ERASE_PERSONAL = "erase_personal"
    """Empties a vault row at the request of the person concerned (UU 27/2022 Pasal 8)."""
    EXPORT = "export"
    MANAGE_PEOPLE = "manage_people"
    MANAGE_DEVICES = "manage_devices"
    MANAGE_CHANNELS = "manage_channels"
    """Webhooks to other systems."""


_P = Permission
_READS = frozenset({_P.VIEW_REGION, _P.VIEW_WARNING, _P.VIEW_RULES})
_WATCHES = frozenset(
    {_P.VIEW_SITE, _P.VIEW_WARNING, _P.VIEW_RULES, _P.VIEW_PERSONAL, _P.RECORD_AT_SITE, _P.ANSWER_WARNING}
)
_SUPERVISES = _WATCHES | _READS | {_P.HANDLE_WARNING, _P.VIEW_LEDGER}
_RUNS = _SUPERVISES | {
    _P.PLAN_SHIFTS,
    _P.ANNOUNCE_CONSIGNMENT,
    _P.MANAGE_ACCESS_LIST,
    _P.MANAGE_SITE,
    _P.EXPORT,
}
# The upper tiers direct; they don't write in a warehouse's log, which belongs to those who stand there.
_DIRECTS = (_RUNS - {_P.RECORD_AT_SITE}) | {_P.SET_THRESHOLD, _P.ERASE_PERSONAL}

GRANTS: Mapping[Role, frozenset[Permission]] = {
    Role.WATCHER: _WATCHES,
    Role.FIELD_SUPERVISOR: _SUPERVISES,
    Role.DISTRICT_OFFICER: _RUNS,
    Role.PROVINCE_OFFICER: _DIRECTS,
    Role.NATIONAL_OFFICER: _DIRECTS,
    Role.PARTNER: _READS,
    Role.ADMINISTRATOR: frozenset({_P.VIEW_RULES, _P.MANAGE_PEOPLE, _P.MANAGE_DEVICES, _P.MANAGE_CHANNELS}),
}


DEVICE_REACH = frozenset(
    {_P.VIEW_REGION, _P.VIEW_SITE, _P.VIEW_WARNING, _P.VIEW_LEDGER, _P.VIEW_RULES, _P.RECORD_AT_SITE}
)
"""What an enrolled device's token is good for. A lost phone must not open the vault, the accounts or the rules."""


class Tier(StrEnum):
    """The level of an area code."""

    NATION = "nation"
    PROVINCE = "province"
    DISTRICT = "district"
    SUBDISTRICT = "subdistrict"
    VILLAGE = "village"
    SITE = "site"


_REGION_TIERS = {2: Tier.PROVINCE, 5: Tier.DISTRICT, 8: Tier.SUBDISTRICT, 13: Tier.VILLAGE}

STATIONED: Mapping[Role, frozenset[Tier]] = {
    Role.WATCHER: frozenset({Tier.SITE}),
    Role.FIELD_SUPERVISOR: frozenset({Tier.SUBDISTRICT, Tier.VILLAGE, Tier.SITE}),
    Role.DISTRICT_OFFICER: frozenset({Tier.DISTRICT}),
    Role.PROVINCE_OFFICER: frozenset({Tier.PROVINCE}),
    Role.NATIONAL_OFFICER: frozenset({Tier.NATION}),
    Role.PARTNER: frozenset({Tier.NATION, Tier.PROVINCE, Tier.DISTRICT, Tier.SUBDISTRICT}),
    Role.ADMINISTRATOR: frozenset({Tier.NATION, Tier.PROVINCE, Tier.DISTRICT}),
}
"""The tiers at which each role can be held."""

SECOND_FACTOR = frozenset({Role.PROVINCE_OFFICER, Role.NATIONAL_OFFICER, Role.ADMINISTRATOR})
"""Roles whose password alone would open many sites; AWAS_REQUIRE_MFA=1 asks them for a one-time code."""


class Held(NamedTuple):
    """A duty as the policy sees it: `area` is a region's or a site's code, `until_at` None while it has no end."""

    role: Role
    area: str
    from_at: Instant
    until_at: Instant | None = None

    def holds(self, now: Instant) -> bool:
        """True from `from_at` up to, and not at, `until_at`."""
        return self.from_at <= now and (self.until_at is None or now < self.until_at)


class Denied(Exception):  # noqa: N818 - the field's word for a door that stays shut
    """Not allowed. `outside` one's areas it is shown as 404, inside them as 403."""

    def __init__(self, permission: "Permission | None", place: str | None, *, outside: bool) -> None:
        super().__init__(permission, place, outside)
        self.permission = permission
        self.place = place
        self.outside = outside


class Verdict(Enum):
    """ALLOWED; OUTSIDE one's areas, where even existence is not told; FORBIDDEN inside them."""

    ALLOWED = "allowed"
    OUTSIDE = "outside"
    FORBIDDEN = "forbidden"


def tier_of(area: str) -> Tier:
    """The tier of an area code. Raises `ValueError` for what is no code."""
    if not _AREA.fullmatch(area):
        raise ValueError(f"not an area code: {area!r}")
    if area == NATION:
        return Tier.NATION
    return Tier.SITE if "-" in area else _REGION_TIERS[len(area)]


def covers(area: str, place: str) -> bool:
    """True if `place` is `area` itself or lies in it: 36.02 covers 36.02.05, 36.02-G1 and 36.02.05-G1, not 36.020."""
    return area in (NATION, place) or place.startswith((area + ".", area + "-"))


def verdict(duties: Iterable[Held], permission: Permission, place: str | None, now: Instant) -> Verdict:
    """Whether these duties allow this at this place at this instant.

    `place` None asks whether any duty grants the permission anywhere: for pages that then show only one's own areas.
    """
    inside = place is None
    for held in duties:
        if not held.holds(now) or not (place is None or covers(held.area, place)):
            continue
        if permission in GRANTS[held.role]:
            return Verdict.ALLOWED
        inside = True
    return Verdict.FORBIDDEN if inside else Verdict.OUTSIDE


def allows(duties: Iterable[Held], permission: Permission, place: str | None, now: Instant) -> bool:
    """`verdict(...)` as a yes or no, for showing or hiding a link. A gate uses `require_allowed`."""
    return verdict(duties, permission, place, now) is Verdict.ALLOWED


def require_allowed(duties: Iterable[Held], permission: Permission, place: str | None, now: Instant) -> None:
    """Raises `Denied` unless these duties allow this at this place at this instant."""
    answer = verdict(duties, permission, place, now)
    if answer is not Verdict.ALLOWED:
        raise Denied(permission, place, outside=answer is Verdict.OUTSIDE)


def areas_with(duties: Iterable[Held], permission: Permission, now: Instant) -> tuple[str, ...]:
    """The areas where a permission is held now, those inside a wider one left out, in order of code."""
    areas = sorted({held.area for held in duties if held.holds(now) and permission in GRANTS[held.role]})
    return tuple(area for area in areas if not any(wider != area and covers(wider, area) for wider in areas))
