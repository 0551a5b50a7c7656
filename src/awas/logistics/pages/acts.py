"""The form of an act, and the receipt after it."""

from typing import Any

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from awas.access.narration import word
from awas.access.services import actor_names
from awas.ledger import services as ledger
from awas.ledger.area import Instant
from awas.ledger.naming import name_of
from awas.ledger.services import Line
from awas.logistics import models
from awas.logistics.events import TransferAccepted
from awas.logistics.forms import ABOUT
from awas.logistics.keys import station_of
from awas.logistics.pages.frame import Context, place_frame
from awas.logistics.pages.place import transfer_rows
from awas.logistics.words import ACTIONS, SHELVES, stage_title, step_title, thing_name
from awas.places.codes import zone_of
from awas.places.services import names_of
from awas.ui.acts import Act, ActForm
from awas.ui.templatetags.awas import angka, moment
from awas.warehouse.narration import entry_rows
from awas.warnings import services as warnings
from awas.warnings.pages import warning_rows


def subject_key(act: Act, place: str, name: str) -> str:
    """The key of the thing an act at `place` is about, from its part of the address.

    Raises Http404 where there is none, and for what belongs to another place and isn't sent here: what may be said of
    it is said there, and another district's name and way are not for those who only work here.
    """
    if not act.about:
        if name:
            raise Http404
        return ""
    key = name.replace("~", "/")
    found = ABOUT[act.about].objects.filter(key=key).first() if key else None
    if found is None or place not in {found.place, getattr(found, "to_place", "")}:
        raise Http404
    return key


def subject_lines(about: str, key: str) -> list[str]:
    """What people call the thing that an act is about: nobody can judge a request or a count by its key."""
    row = ABOUT[about].objects.get(key=key)
    if about == "transfer":
        (words,) = transfer_rows([row])
        return [f"{words['from']} → {words['to']}", words["leg"]]
    if about == "approval":
        asked = f"{actor_names([row.asked_by]).get(row.asked_by, row.asked_by)} · {_at(row.asked_at, row.place)}"
        return [word(ACTIONS, row.action), *_asked_of(row), asked]
    if about == "tally":
        return [f"{step_title(row.step)} · {_at(row.at, row.place)}", *(_line_words(line) for line in row.lines[:5])]
    if about == "count":
        return [f"{word(SHELVES, row.shelf)} · {_at(row.at, row.place)}"]
    if about == "contract":
        return [f"{row.document_number} · {row.supplier}"]
    return [row.location if about == "store" else name_of(key)]


def _asked_of(approval: models.Approval) -> list[str]:
    """What leave is asked for: a stage, a transfer or a station's kit."""
    if approval.action == "recall":
        return subject_lines("transfer", approval.subject)
    if approval.action == "unpack":
        return [f"TPS {station_of(approval.subject)}"]
    return [stage_title(name_of(approval.subject).partition(":")[2])]


def _line_words(line: dict[str, Any]) -> str:
    what = thing_name(line["item"], line.get("ballot", ""), line.get("dapil", ""))
    station = f" · TPS {line['station']}" if line.get("station") else ""
    return f"{what}: {angka(line['passed'])} / {angka(line['taken'])}{station}"


def _at(at: Instant, place: str) -> str:
    return moment(at, zone_of(place))


def act_page(request: HttpRequest, place: str, act: Act, form: ActForm, subject: str) -> Context:
    """The form of an act."""
    lines = subject_lines(act.about, subject) if subject else []
    return place_frame(request, place) | {
        "act": {"title": act.title, "icon": act.icon, "hint": act.hint, "send": act.send},
        "form": form,
        "subject": lines,
    }


def _apart(event: Any) -> list[Context]:
    """All that was sent and did not come, and all that came and was not sent, by what people call it."""
    if not isinstance(event, TransferAccepted):
        return []
    names = names_of((*event.missing, *event.extra))
    both = ((_("Did not come"), event.missing), (_("Came and was not on the list"), event.extra))
    return [
        {"title": title, "things": [names.get(one) or name_of(one) for one in things]}
        for title, things in both
        if things
    ]


def receipt_page(request: HttpRequest, place: str, line: Line) -> Context:
    """What was recorded, with its number and the short code of its leaf; and what it made at other places."""
    made = ledger.lines_beside(line)
    raised = warnings.open_warnings([place], limit=20)
    indexes = {one.index for one in made}
    rows = entry_rows(made, viewer_may_see_names=False, tz=zone_of(place), url_of=lambda one: "", corrections={})
    return place_frame(request, place) | {
        "receipt": {
            "index": line.index,
            "recorded_at": line.entry.recorded_at,
            "texts": [f"{row['text']}" for row in rows],
            "apart": _apart(line.event),
            "leaf": line.leaf,
            "document": line.document,
            "log": line.log,
        },
        "warnings": warning_rows([one for one in raised if indexes & set(one.evidence_indexes)]),
        "title": _("Logged"),
    }
