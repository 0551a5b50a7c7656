"""The figures of a printed case: values by path, lists of parts among them, numbers that nobody can have meant. Pure.

    wali.good            a figure in a figure
    kab.3603[0]          the first column of a table's row
    kec.Serpong          a part of a list of parts

Any JSON may stand there; what is no number, no list of parts and no table is left alone.
"""

import math
import re
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from typing import Any

from msgspec import Struct

from awas.logistics.reconcile.expression import Figures, NotUnderstood

NEAR = Fraction(1, 5)
"""A sum and a figure that differ by more than this share of the figure are not taken for the same thing."""
PARTS = frozenset(
    {"kab", "kabkota", "kec", "kecamatan", "kel", "kelurahan", "desa", "village", "prov", "provinsi", "dapil", "causes"}
    | {"parts", "rincian", "penyebab", "tps_list"}
)
"""Names of lists of parts; so is whatever begins with by_ or per_, or has names of places as its keys."""
TOTALS = ("total", "jumlah", "sum")
PRINTED = re.compile(r"_?(as_printed|printed|tercetak|raw|text)\Z")
"""How a figure's name ends that keeps the text as it was printed."""

_DIGITS = re.compile(r"\d[\d.,]*\d|\d")
_GROUPED = re.compile(r"\d{1,3}([.,])\d{3}(?:\1\d{3})*")
_DECIMAL = re.compile(r"\d+[.,]\d{1,2}")
_DATE = re.compile(r"\d{4}[.,]\d{1,2}[.,]\d{1,2}|\d{1,2}[.,]\d{1,2}[.,]\d{4}|\d{1,2}[.,]\d{2}")
_PERCENT = re.compile(r"pct|percent|persen|rate|share|ratio")
DEEPEST = 8


class Group(Struct, frozen=True, kw_only=True):
    """Numbers that should come to one total: a list of parts, or one column of a table.

    Not `sure`: a bare list that may be something else, such as years.
    """

    path: str
    parent: str
    name: str
    terms: Mapping[str, Fraction]
    column: int | None = None
    sure: bool = True

    @property
    def sum(self) -> Fraction:
        """What its numbers come to."""
        return sum(self.terms.values(), Fraction(0))


class Case(Figures):
    """All figures of one case."""

    def __init__(self, figures: Mapping[str, Any]) -> None:
        self.values: dict[str, Fraction] = {}
        self.impossible: dict[str, str] = {}
        self.groups: list[Group] = []
        # Objects by path, with the figures that stand directly in each, by their own names.
        self.objects: dict[str, dict[str, Fraction]] = {}
        self._walk("", "", "", figures, 0)

    def _walk(self, parent: str, name: str, path: str, value: Any, depth: int) -> None:
        if depth > DEEPEST:
            return
        if isinstance(value, Mapping):
            self._group(parent, name, path, value)
            self.objects[path] = {}
            for key, inner in value.items():
                self._walk(path, str(key), f"{path}.{key}" if path else str(key), inner, depth + 1)
        elif isinstance(value, list):
            self._group(parent, name, path, {f"[{number}]": inner for number, inner in enumerate(value)})
            for number, inner in enumerate(value):
                self._walk(path, f"[{number}]", f"{path}[{number}]", inner, depth + 1)
        elif (figure := number_of(value)) is not None:
            self.values[path] = figure
            if parent in self.objects:
                self.objects[parent][name] = figure
        elif isinstance(value, str) and is_impossible(value) and "date" not in path:
            self.impossible[path] = value.strip()

    def _group(self, parent: str, name: str, path: str, value: Mapping[str, Any]) -> None:
        if not path or len(value) < 2 or _PERCENT.search(name):
            return
        joint = "" if next(iter(value)).startswith("[") else "."
        numbers = {key: number_of(inner) for key, inner in value.items()}
        sure = _are_parts(name, value)
        if all(_whole(number) for number in numbers.values()) and (sure or not joint):
            terms = {f"{path}{joint}{key}": number for key, number in numbers.items() if number is not None}
            self.groups.append(Group(path=path, parent=parent, name=name, terms=terms, sure=sure))
        rows = list(value.values())
        if not all(isinstance(row, list) and len(row) == len(rows[0]) > 1 for row in rows):
            return
        for column in range(len(rows[0])):
            cells = {f"{path}{joint}{key}[{column}]": number_of(row[column]) for key, row in value.items()}
            if all(_whole(cell) for cell in cells.values()):
                terms = {key: cell for key, cell in cells.items() if cell is not None}
                self.groups.append(Group(path=path, parent=parent, name=name, terms=terms, column=column))

    def with_figure(self, path: str, value: Fraction) -> "Case":
        """The same case with one figure more, in the object that its path names."""
        case = Case({})
        case.values, case.groups = {**self.values, path: value}, self.groups
        case.objects = {up: dict(figures) for up, figures in self.objects.items()}
        parent, _, name = path.rpartition(".")
        case.objects.setdefault(parent, {})[name] = value
        return case

    def value_of(self, name: str) -> Fraction:
        if name in self.values:
            return self.values[name]
        if name in self.impossible:
            raise NotUnderstood(f"{name} is printed as {self.impossible[name]}")
        raise NotUnderstood(f"no figure {name}")

    def name_of(self, value: Fraction) -> str:
        named = [path for path, figure in self.values.items() if figure == value >= 10]
        return named[0] if len(named) == 1 else ""

    def terms_of(self, text: str) -> Mapping[str, Fraction]:
        words = re.findall(r"[A-Za-z_][\w.]*", text)
        sure = [group for group in self.groups if group.sure]
        if not text and len(sure) == 1:
            return sure[0].terms
        for word in words[:1]:
            named = [group for group in self.groups if word in {group.path, group.name}]
            if len(named) == 1:
                return named[0].terms
            if word in self.values and (group := self._column_of(word, words[1:])):
                return group.terms
            if not named and word not in self.values and len(words) == 1 and (others := self._others(word)):
                return others
        if "+" in text and all(word in self.values for word in words):
            return {word: self.values[word] for word in words}
        raise NotUnderstood(f"sum({text})")

    def _column_of(self, word: str, more: Iterable[str]) -> Group | None:
        """The column that is about a figure: tables have no heads, so it is the one whose sum comes nearest."""
        tables = [group for group in self.groups if group.column is not None]
        asked = [group for group in tables if group.name in set(more)] or tables
        return _nearest(self.values[word], asked)

    def _others(self, word: str) -> Mapping[str, Fraction] | None:
        """What a name without a figure adds up, as in sum(causes): all other whole figures beside a total."""
        beside = {name: value for name, value in self.objects[""].items() if _whole(value) and name not in TOTALS}
        total = next((self.values[name] for name in TOTALS if name in self.values), None)
        if total is None or len(beside) < 2 or not about(total, beside.values()):
            return None
        return beside


def number_of(value: Any) -> Fraction | None:
    """The number that stands there, also one printed with its thousands in groups; None for anything else."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return Fraction(str(value)) if math.isfinite(value) else None
    return _number_in(value.strip()) if isinstance(value, str) else None


def _number_in(text: str) -> Fraction | None:
    if text.isascii() and text.isdigit():
        return Fraction(text)
    if _GROUPED.fullmatch(text):
        return Fraction(re.sub("[.,]", "", text))
    return Fraction(text.replace(",", ".")) if _DECIMAL.fullmatch(text) and len(text) < 20 else None


def is_impossible(text: str) -> bool:
    """Whether a text is meant for a number and can't be one, such as 1.073.7171."""
    text = text.strip()
    looks = _DIGITS.fullmatch(text) is not None and ("." in text or "," in text)
    return looks and number_of(text) is None and not _DATE.fullmatch(text)


def _nearest(figure: Fraction, groups: Iterable[Group]) -> Group | None:
    ranked = sorted(groups, key=lambda group: abs(group.sum - figure))
    return next((group for group in ranked if about(figure, group.terms.values())), None)


def about(total: Fraction, parts: Iterable[Fraction]) -> bool:
    """Whether parts and a total may be of the same thing: they come near it, or would but for one slip of a digit."""
    parts = list(parts)
    come_to = sum(parts, Fraction(0))
    if near(come_to, total) or is_slip(plain(total), plain(come_to)):
        return True
    return any(is_slip(plain(part), plain(part + total - come_to)) for part in parts if part + total >= come_to)


def near(total: Fraction, figure: Fraction) -> bool:
    """Whether a sum and a figure may be the same thing, one of them with a mistake."""
    return abs(total - figure) <= NEAR * abs(figure)


def plain(number: Fraction) -> str:
    """Digits without grouping; at most four decimals of what is no whole number."""
    return str(number.numerator) if number.denominator == 1 else f"{float(number):.4f}".rstrip("0")


def is_slip(printed: str, meant: str) -> bool:
    """Whether one text of digits comes of the other by one digit changed, left out, put in or swapped with the next."""
    if printed == meant or abs(len(printed) - len(meant)) > 1:
        return False
    start = 0
    while start < min(len(printed), len(meant)) and printed[start] == meant[start]:
        start += 1
    one, other = printed[start:], meant[start:]
    swapped = len(one) == len(other) >= 2 and one[0] == other[1] and one[1] == other[0] and one[2:] == other[2:]
    return swapped or one[1:] == other[1:] or one[1:] == other or one == other[1:]


def _whole(number: Fraction | None) -> bool:
    return number is not None and number.denominator == 1 and number >= 0


def whole(figures: Mapping[str, Fraction]) -> Iterator[tuple[str, Fraction]]:
    """The figures that count something."""
    return ((name, value) for name, value in figures.items() if _whole(value) and not _PERCENT.search(name))


def _are_parts(name: str, value: Mapping[str, Any]) -> bool:
    if name.lower() in PARTS or name.lower().startswith(("by_", "per_")):
        return True
    return all(not key.startswith("[") and (key[:1].isupper() or key[:1].isdigit()) for key in value)
