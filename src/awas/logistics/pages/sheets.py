"""The page of a place's sheets: templates to take, and the form to send one. What it answers is in `sheet_answers`."""

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from awas.access.addresses import is_site_code
from awas.access.policy import Permission
from awas.access.require import require_permission
from awas.ledger.area import Instant
from awas.logistics.forms.sheets import SheetForm
from awas.logistics.pages.doors import sheet_kinds
from awas.logistics.pages.frame import Context, place_frame
from awas.logistics.sheets import services
from awas.logistics.sheets.column import Kind
from awas.logistics.sheets.layout import SHEETS
from awas.logistics.sheets.writing import CSV, XLSX, csv_template, template
from awas.logistics.words import in_language
from awas.places.codes import PARTS
from awas.ui.formats import number

COMMITTEES_FIRST = ("transfer-accept", "transfer-offer", "labels", "count")
"""What a subdistrict or village is most likely to send: goods are sorted and packed in warehouses."""
FORMS = {"xlsx": (template, XLSX), "csv": (csv_template, CSV)}
"""What a template may be, what writes it, and its media type."""


def require_kinds(request: HttpRequest, place: str) -> list[Kind]:
    """The kinds that whoever asks may send, the likely ones first.

    Raises Http404 where there is no such place or no log for it, and `Denied` for whoever may send none.
    """
    place_frame(request, place)
    if len(place) < PARTS[1]:  # a province: logs are of districts
        raise Http404
    kinds = sheet_kinds(request, place)
    if not kinds:
        require_permission(request, Permission.RECORD_AT_SITE, place)
    likely = () if is_site_code(place) else COMMITTEES_FIRST
    return sorted(kinds, key=lambda kind: likely.index(kind) if kind in likely else len(likely))


def empty_form(kinds: list[Kind], chosen: str = "") -> SheetForm:
    """The form to send a file."""
    return SheetForm(kind_words(kinds), initial={"kind": chosen})


def kind_words(kinds: list[Kind]) -> list[tuple[str, str]]:
    """Kinds and what they are called."""
    return [(kind, in_language(SHEETS[kind].title)) for kind in kinds]


def sheets_page(request: HttpRequest, place: str, kinds: list[Kind], form: SheetForm) -> Context:
    """What stands on the page whether or not something was sent."""
    counts = services.prefilled_counts(place)
    return place_frame(request, place) | {
        "form": form,
        "asks_on_top": form.is_bound and bool(form["on_top"].value()),
        "templates": [_template_row(kind, place, counts) for kind in kinds],
    }


def _template_row(kind: Kind, place: str, counts: dict[str, int]) -> Context:
    sheet = SHEETS[kind]
    return {
        "title": in_language(sheet.title),
        "needed": ", ".join(in_language(one.heading) for one in sheet.columns if one.required),
        "filled": _filled(kind, counts[kind]) if kind in counts else "",
        "xlsx_url": reverse("logistics:sheet-xlsx", args=[place, kind]),
        "csv_url": reverse("logistics:sheet-csv", args=[place, kind]),
    }


def _filled(kind: Kind, count: int) -> str:
    """What a template has in it already."""
    many = {"n": number(count, get_language() or "id")}
    if kind == "pack":
        return ngettext("%(n)s station is filled in.", "%(n)s stations are filled in.", count) % many
    if not count:
        return _("Nothing is on its way here now.")
    return ngettext(
        "%(n)s thing on its way here is filled in.", "%(n)s things on their way here are filled in.", count
    ) % (many)


def template_file(place: str, kind: str, form: str, now: Instant) -> tuple[bytes, str]:
    """(content, media type) of a template, in the language of whoever takes it."""
    write, media_type = FORMS[form]
    ground = services.ground_of(place, now, "")
    rows = services.prefilled(kind, place)
    return write(kind, ground, rows=rows, language=get_language() or "id"), media_type
