"""The form of an act, and the receipt after it."""

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from awas.access.days import zone_of
from awas.ledger import services as ledger
from awas.ledger.naming import log_of, name_of
from awas.ledger.services import Line
from awas.logistics import models
from awas.logistics.forms import ABOUT
from awas.logistics.pages.frame import Context, place_frame
from awas.logistics.pages.place import transfer_row
from awas.ui.acts import Act, ActForm
from awas.warehouse.narration import entry_rows
from awas.warnings import services as warnings
from awas.warnings.pages import warning_rows


def subject_key(act: Act, place: str, name: str) -> str:
    """The key of the thing an act at `place` is about, from its part of the address.

    Raises Http404 where there is none, and for what belongs to another district and isn't sent here: its name and way
    are not for those who only work here.
    """
    if not act.about:
        if name:
            raise Http404
        return ""
    key = name.replace("~", "/")
    found = ABOUT[act.about].objects.filter(key=key).first() if key else None
    if found is None or not (getattr(found, "to_place", "") == place or log_of(found.place) == log_of(place)):
        raise Http404
    return key


def act_page(request: HttpRequest, place: str, act: Act, form: ActForm, subject: str) -> Context:
    """The form of an act."""
    lines = []
    if act.about == "transfer" and subject:
        row = transfer_row(models.Transfer.objects.get(key=subject))
        lines = [f"{row['from']} → {row['to']}", row["leg"]]
    elif subject:
        lines = [name_of(subject)]
    return place_frame(request, place) | {
        "act": {"title": act.title, "icon": act.icon, "hint": act.hint, "send": act.send},
        "form": form,
        "subject": lines,
    }


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
            "leaf": line.leaf,
            "log": line.log,
        },
        "warnings": warning_rows([one for one in raised if indexes & set(one.evidence_indexes)]),
        "title": _("Logged"),
    }
