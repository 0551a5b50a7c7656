"""The stage board as a file: for a spreadsheet as CSV or Excel, for programs as lines of JSON."""

from collections.abc import Callable, Mapping

import msgspec
from django.utils.translation import gettext as _

from awas.logistics.pages.frame import Context
from awas.logistics.sheets.writing import CSV, XLSX, export_csv, export_xlsx

SUMS = ("taken", "passed", "held", "damaged", "short", "over", "unexplained")
NDJSON = "application/x-ndjson"


def board_csv(board: Context) -> bytes:
    """A row for each stage and kind of ballot of a board page."""
    return export_csv(_headings(), _rows(board))


def board_xlsx(board: Context) -> bytes:
    """The same as a workbook."""
    return export_xlsx(_headings(), _rows(board), title=board["region"]["name"])


def board_ndjson(board: Context) -> bytes:
    """The same by codes, one object a line; `need` is null where it isn't known."""
    rows = (
        {"region": board["region"]["code"], "stage": stage["id"]}
        | {name: kind[name] for name in ("ballot", "dapil", *SUMS, "need")}
        for stage, kind in _kinds(board)
    )
    return b"".join(msgspec.json.encode(row) + b"\n" for row in rows)


FORMS: Mapping[str, tuple[Callable[[Context], bytes], str]] = {
    "csv": (board_csv, CSV),
    "xlsx": (board_xlsx, XLSX),
    "ndjson": (board_ndjson, NDJSON),
}
"""What a board may be, what writes it, and its media type."""


def _headings() -> list[str]:
    heads = [_("Stage"), _("Ballot"), _("In hand"), _("Passed on"), _("On the way"), _("Damaged")]
    return [*heads, _("Short"), _("Over"), _("Unexplained"), _("Need")]


def _kinds(board: Context) -> list[tuple[Context, Context]]:
    return [(stage, kind) for stage in board["stages"] for kind in stage["kinds"]]


def _rows(board: Context) -> list[list[object]]:
    return [
        [stage["title"], kind["name"], *(kind[name] for name in SUMS), kind["need"]] for stage, kind in _kinds(board)
    ]
