"""The stage board as a file for a spreadsheet: CSV in UTF-8 with the mark by which Excel knows it."""

import csv
import io

from django.utils.translation import gettext as _

from awas.logistics.pages.frame import Context

SUMS = ("taken", "passed", "damaged", "short", "over", "unexplained")


def board_csv(board: Context) -> str:
    """A row for each stage and kind of ballot of a board page, figures without separators."""
    heads = [_("Stage"), _("Ballot"), _("In hand"), _("Passed on"), _("Damaged"), _("Short"), _("Over")]
    out = io.StringIO("\ufeff", newline="")
    out.seek(0, io.SEEK_END)
    writer = csv.writer(out)
    writer.writerow([*heads, _("Unexplained"), _("Need")])
    for stage in board["stages"]:
        for kind in stage["kinds"]:
            need = "" if kind["need"] is None else kind["need"]
            writer.writerow([_plain(stage["title"]), _plain(kind["name"]), *(kind[name] for name in SUMS), need])
    return out.getvalue()


def _plain(text: object) -> str:
    """A text that no spreadsheet takes for a formula."""
    words = str(text)
    return f"'{words}" if words[:1] in "=+-@\t\r" and words else words
