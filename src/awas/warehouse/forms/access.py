"""Acts of those who run a site: the access list, the watchlist, the site's own rules; and corrections."""

from collections.abc import Mapping
from typing import Any

import msgspec
from django.utils.translation import gettext_lazy as _

from awas.ledger.desk import Desk
from awas.ui.acts import Act, Values
from awas.ui.asks import Asked, choice, count, moment, sealed, several, text, yes
from awas.warehouse import commands as ask_for
from awas.warehouse import services
from awas.warehouse.forms.gate import _DIGITS_HINT, _plain, identity
from awas.warehouse.keys import access_key, access_key_of_role
from awas.warehouse.words import CORRECTION_REASONS, IDENTITY_KINDS, ROLES, TWO_PERSON_ACTIVITIES

WATCHLIST_REASONS = {
    "barred": _("Barred from the warehouse"),
    "suspect": _("Suspected in an earlier incident"),
    "campaign": _("Campaign team member"),
    "other": _("Other reason"),
}


def _grant(values: Values, desk: Desk, subject: str) -> Any:
    person, name, _number = identity(values, desk, named=True)
    values.pop("identity_kind")
    access_id = access_key(desk.place, person) if person else access_key_of_role(desk.place, values["role"] or "other")
    return ask_for.GrantAccess(access_id=access_id, person=person, name=name, **values)


def _watchlist(values: Values, desk: Desk, subject: str) -> Any:
    person, name, _number = identity(values, desk, named=True)
    values.pop("identity_kind")
    return ask_for.WatchlistPerson(person=person, name=name, **values)  # type: ignore[arg-type]


def _rules(values: Values, desk: Desk, subject: str) -> Any:
    values["checkpoints"] = tuple(values["checkpoints"].replace(",", " ").split())
    values["gates"] = tuple(values["gates"].replace(",", " ").split())
    return ask_for.SetSiteRules(**values)


def _rules_now(asked: Asked, subject: str) -> Mapping[str, Any]:
    now = msgspec.structs.asdict(services.site_rules(asked.place))
    return now | {"checkpoints": " ".join(now["checkpoints"]), "gates": " ".join(now["gates"])}


def _void(values: Values, desk: Desk, subject: str) -> Any:
    return services.voiding(desk.place, int(subject), **values)


ACTS = (
    Act(
        slug="izin-masuk",
        title=_("Add to the access list"),
        icon="check",
        permission="manage_access_list",
        send=_("Add"),
        hint=_("A person by name, or everybody of a role when no name is given."),
        asks=(
            _plain("person_name", _("Name"), required=False),
            choice("identity_kind", _("Identity"), IDENTITY_KINDS, initial="ktp"),
            _plain("identity_digits", _("Last digits"), required=False, most=6, hint=_DIGITS_HINT),
            choice("role", _("Role"), ROLES, required=False),
            text("institution", _("Institution")),
            moment("from_at", _("From")),
            moment("until_at", _("Until")),
            text("letter_number", _("Letter, number")),
        ),
        build=_grant,
    ),
    Act(
        slug="izin-cabut",
        title=_("Take off the access list"),
        icon="x",
        about="access_rule",
        permission="manage_access_list",
        send=_("Take off"),
        asks=(sealed("why", _("Why"), "note", long=True),),
        build=lambda values, desk, subject: ask_for.RevokeAccess(access_id=subject, **values),
    ),
    Act(
        slug="waspadai",
        title=_("Put on the watchlist"),
        icon="alert",
        permission="manage_access_list",
        send=_("Put on the watchlist"),
        asks=(
            _plain("person_name", _("Name"), required=True),
            choice("identity_kind", _("Identity"), IDENTITY_KINDS, initial="ktp"),
            _plain("identity_digits", _("Last digits"), required=True, most=6, hint=_DIGITS_HINT),
            choice("reason", _("Why"), WATCHLIST_REASONS),
            sealed("why", _("Note"), "note", long=True),
            moment("until_at", _("Until")),
        ),
        build=_watchlist,
    ),
    Act(
        slug="waspadai-cabut",
        title=_("Take off the watchlist"),
        icon="x",
        about="watchlisted",
        permission="manage_access_list",
        send=_("Take off"),
        asks=(sealed("why", _("Why"), "note", long=True),),
        build=lambda values, desk, subject: ask_for.UnlistPerson(person=subject, **values),
    ),
    Act(
        slug="aturan-gudang",
        title=_("Rules of this site"),
        icon="list",
        permission="manage_site",
        send=_("Put into force"),
        hint=_("All rules are set together; the change stands in the record and verdicts before it keep theirs."),
        initial=_rules_now,
        asks=(
            yes("access_list_in_force", _("Only people on the access list")),
            yes("letter_required", _("A letter of authority is needed")),
            several("two_persons", _("Two people for"), TWO_PERSON_ACTIVITIES),
            text("checkpoints", _("Checkpoints of a round"), hint=_("Short codes with a space between them.")),
            text("gates", _("Gates"), hint=_("Short codes with a space between them.")),
            count("guards_wanted", _("Guards wanted"), most=500),
            count("cameras_wanted", _("Cameras wanted"), most=500),
            count("people_limit", _("At most so many people inside"), most=5000),
            count("opens_minute", _("Opens, minute of the day"), most=1440),
            count("closes_minute", _("Closes, minute of the day"), most=1440),
            text("document_number", _("Document, number")),
        ),
        build=_rules,
    ),
    Act(
        slug="koreksi",
        title=_("Correct an entry"),
        icon="note",
        about="entry",
        send=_("Record the correction"),
        hint=_("Nothing is deleted: a new entry will say that the old one shouldn't stand, and why."),
        asks=(
            choice("reason", _("Why"), CORRECTION_REASONS),
            sealed("why", _("Note"), "note", long=True),
        ),
        build=_void,
    ),
)
