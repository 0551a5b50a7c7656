"""The sheets of a place: templates as files, and one page that takes them filled in.

What is sent is written through `sheets.services` alone, all of a file or nothing of it.
"""

from functools import partial

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from awas.access.desks import desk_of
from awas.access.policy import Permission
from awas.access.require import needs, require_permission
from awas.logistics.forms.sheets import SheetForm
from awas.logistics.pages import sheet_answers as answers
from awas.logistics.pages import sheets as pages
from awas.logistics.pages.doors import sheet_permission
from awas.logistics.pages.frame import Context
from awas.logistics.sheets import services
from awas.logistics.sheets.column import Kind
from awas.logistics.sheets.faults import BadSheet
from awas.logistics.sheets.held import Held, held, hold
from awas.logistics.sheets.kinds import file_name, kinds_of, require_kind
from awas.logistics.sheets.layout import SHEETS
from awas.logistics.sheets.opening import MOST_BYTES, open_file
from awas.logistics.sheets.services import RecordedOtherwise
from awas.places.rows import shown
from awas.ui.files import file_answer

MOST_NAME = 80
"""Letters of a file's name that are kept."""


@needs(Permission.VIEW_SITE, place="place")
def sheet_file(request: HttpRequest, place: str, kind: str, form: str) -> HttpResponse:
    """A template to fill in."""
    pages.require_kinds(request, place)
    if kind not in SHEETS:
        raise Http404
    require_permission(request, sheet_permission(kind), place)
    content, media_type = pages.template_file(place, kind, form, settings.AWAS_NOW())
    return file_answer(content, media_type, file_name(place, kind, form))


@needs(Permission.VIEW_SITE, place="place")
def sheets(request: HttpRequest, place: str) -> HttpResponse:
    """Templates of every kind of sheet, and the form to send one; a file that was sent is answered on the same page."""
    kinds = pages.require_kinds(request, place)
    form, status = pages.empty_form(kinds), 200
    answer: Context = {}
    if request.method == "POST":
        form = SheetForm(pages.kind_words(kinds), data=request.POST, files=request.FILES)
        file = _file_of(request, place, form)
        status = 422
        if file is not None:
            answer, status = _answered(request, place, kinds, file, form.cleaned_data)
            form = pages.empty_form(kinds, form.cleaned_data["kind"])
    page = pages.sheets_page(request, place, kinds, form)
    return render(request, "logistics/sheets.html", page | answer, status=status)


def _file_of(request: HttpRequest, place: str, form: SheetForm) -> Held | None:
    """The file that was sent, now or before the question; None where the form says what is wrong."""
    if not form.is_valid():
        return None
    if (sent := form.cleaned_data["file"]) is not None:
        return Held(content=sent.read(MOST_BYTES + 1), name=shown(sent.name, MOST_NAME))
    kept = held(form.cleaned_data["held"], _person(request), place, settings.AWAS_NOW())
    if kept is None:
        form.add_error("file", _("The file is no longer kept here. Choose it again."))
    return kept


def _answered(request: HttpRequest, place: str, kinds: list[Kind], file: Held, asked: Context) -> tuple[Context, int]:
    """What became of a file, and the status of the answer."""
    now, kind = settings.AWAS_NOW(), asked["kind"]
    try:
        grids = open_file(file.content, file.name)
        if not kind:
            fitting = kinds_of(grids, file.name, services.ground_of(place, now, ""))
            if len(fitting) != 1:
                token = hold(file, _person(request), place, now)
                return answers.unclear_page(file.name, fitting, kinds, token), 422
            kind = fitting[0]
        require_permission(request, sheet_permission(kind), place)
        require_kind(kind, grids, file.name)
        desk = partial(desk_of, request, place)
        taken = services.take_grids(grids, file.name, kind, desk, document=file.sha256, on_top=asked["on_top"])
    except RecordedOtherwise as other:
        return answers.otherwise_page(other, kind, place, hold(file, _person(request), place, now)), 422
    except BadSheet as bad:
        return answers.faults_page(bad), 422
    return answers.taken_page(taken, place), 200


def _person(request: HttpRequest) -> str:
    return str(request.user.code)  # type: ignore[union-attr]
