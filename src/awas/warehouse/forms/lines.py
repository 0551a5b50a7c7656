"""Lines of goods and of seals on a form: tables that grow without JavaScript, by the spare rows each page brings."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from awas.ledger.desk import Desk
from awas.ui.asks import Ask, Asked, Text
from awas.warehouse.commands import SealSeen
from awas.warehouse.events import CountedLine, Line, StockCount
from awas.warehouse.keys import seal_key
from awas.warehouse.words import BALLOTS, ITEMS, SEAL_RESULTS

SPARE_ROWS = 4
MOST_ROWS = 60

ANNOUNCED = ("item", "ballot", "dapil", "packages", "units")
COUNTED = (*ANNOUNCED, "damaged", "wet")
STOCK = ("item", "ballot", "packages", "units")
NUMBERS = frozenset({"packages", "units", "damaged", "wet"})
HEADINGS = {
    "item": gettext_lazy("Goods"),
    "ballot": gettext_lazy("Ballot"),
    "dapil": gettext_lazy("Electoral district"),
    "packages": gettext_lazy("Packages"),
    "units": gettext_lazy("Units"),
    "damaged": gettext_lazy("Damaged"),
    "wet": gettext_lazy("Wet"),
}

Row = dict[str, str]


class LinesInput(forms.Widget):
    """A table of inputs `NAME-0-item`, `NAME-0-units`, …"""

    template_name = "ui/widgets/lines.html"

    def __init__(self, columns: Sequence[str]) -> None:
        super().__init__()
        self.columns = columns

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[Row]:
        rows = [
            {column: str(data.get(f"{name}-{number}-{column}", "")).strip() for column in self.columns}
            for number in range(MOST_ROWS)
        ]
        while rows and not any(rows[-1].values()):
            rows.pop()
        return rows

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return not any(key.startswith(f"{name}-") for key in data)

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        # A link may bring a text for the whole table; it fills none of its rows.
        given = [] if isinstance(value, str) else list(value or [])
        rows = [*given, *({} for _spare in range(SPARE_ROWS))][:MOST_ROWS]
        context["widget"] |= {
            "headings": [HEADINGS[column] for column in self.columns],
            "rows": [
                [
                    {
                        "name": f"{name}-{number}-{column}",
                        "column": column,
                        "heading": HEADINGS[column],
                        "value": row.get(column, ""),
                        "choices": {"item": ITEMS, "ballot": BALLOTS}.get(column),
                        "number": column in NUMBERS,
                    }
                    for column in self.columns
                ]
                for number, row in enumerate(rows)
            ],
        }
        return context


class LinesField(forms.Field):
    """Rows of goods; empty rows are passed over, half-filled ones named by their number."""

    headings = HEADINGS

    def __init__(self, columns: Sequence[str], **named: Any) -> None:
        self.columns = columns
        super().__init__(widget=LinesInput(columns), **named)

    def clean(self, value: Any) -> list[dict[str, Any]]:
        rows, errors = [], []
        for number, row in enumerate(value or [], start=1):
            if not any(row.values()):
                continue
            try:
                rows.append(self._row(row))
            except forms.ValidationError as wrong:
                errors.append(_("Line %(number)d: %(what)s") % {"number": number, "what": " ".join(wrong.messages)})
        if errors:
            raise forms.ValidationError(errors)
        if self.required and not rows:
            raise forms.ValidationError(_("At least one line is needed."))
        return rows

    def _row(self, row: Row) -> dict[str, Any]:
        made: dict[str, Any] = {}
        if row["item"] not in ITEMS:
            raise forms.ValidationError(_("choose the kind of goods."))
        for column in self.columns:
            text = row[column]
            if column in NUMBERS:
                if text and not (text.isascii() and text.isdigit() and len(text) <= 9):
                    raise forms.ValidationError(_("“%(text)s” is not a whole number.") % {"text": text[:20]})
                made[column] = int(text or 0)
            else:
                made[column] = text
        if row.get("ballot") and row["ballot"] not in BALLOTS:
            raise forms.ValidationError(_("choose the ballot from the list."))
        if not row["units"]:
            raise forms.ValidationError(_("the number of units is missing."))
        if made.get("damaged", 0) + made.get("wet", 0) > made["units"]:
            raise forms.ValidationError(_("more damaged and wet than units."))
        return made


def announced_lines(name: str, label: Text) -> Ask:
    """Lines of a delivery letter."""
    return _lines(name, label, ANNOUNCED, Line, required=True)


def counted_lines(name: str, label: Text) -> Ask:
    """Lines as counted, with what is damaged or wet."""
    return _lines(name, label, COUNTED, CountedLine, required=True)


def stock_counts(name: str, label: Text) -> Ask:
    """What lies in the store, by kind."""
    return _lines(name, label, STOCK, StockCount, required=False)


def _lines(name: str, label: Text, columns: Sequence[str], struct: type, *, required: bool) -> Ask:
    def make(asked: Asked) -> forms.Field:
        return LinesField(columns, label=label, required=required)

    return Ask(name=name, make=make, take=lambda rows, desk: tuple(struct(**row) for row in rows))


class SealsField(forms.CharField):
    """Seal numbers, one a line, each followed by how it was found if it wasn't intact."""

    widget = forms.Textarea(attrs={"rows": 3, "autocapitalize": "characters", "spellcheck": "false"})

    def clean(self, value: Any) -> list[tuple[str, str]]:
        found: list[tuple[str, str]] = []
        spoken = {str(word).casefold(): code for code, word in SEAL_RESULTS.items()} | {c: c for c in SEAL_RESULTS}
        for line in str(super().clean(value) or "").splitlines():
            number, _space, how = line.strip().partition(" ")
            if not number:
                continue
            result = spoken.get(how.strip().casefold() or "intact")
            if result is None:
                raise forms.ValidationError(
                    _("“%(line)s”: write the number, then nothing or one of: %(words)s.")
                    % {"line": line.strip()[:40], "words": ", ".join(str(word) for word in SEAL_RESULTS.values())}
                )
            found.append((number.upper(), result))
        return found


def seals_seen(name: str, label: Text, hint: Text) -> Ask:
    """The seals on what came or went."""

    def take(found: list[tuple[str, str]], desk: Desk) -> tuple[SealSeen, ...]:
        return tuple(
            SealSeen(seal=seal_key(desk.place, number), number=number, result=result)  # type: ignore[arg-type]
            for number, result in found
        )

    return Ask(name=name, make=lambda asked: SealsField(label=label, required=False, help_text=hint), take=take)


def seal_numbers(name: str, label: Text, hint: Text) -> Ask:
    """Numbers alone, as a sender announces them."""
    return Ask(
        name=name,
        make=lambda asked: SealsField(label=label, required=False, help_text=hint),
        take=lambda found, desk: tuple(number for number, _result in found),
    )
