"""A small language for checks of printed figures: numbers, names, + - * /, comparisons, sum() and a few more. Pure.

    used_dpt+used_dptb+used_dpk==used_total        names, dotted for what lies deeper
    a <= b <= c                                    chains
    177/514==34.4%                                 a printed percentage is equal when it rounds to what is printed
    ink==boxes/5*2 (2 per TPS)                     a remark in brackets at the end is left out

Arithmetic is exact (fractions). Whatever doesn't fit raises NotUnderstood: nothing is ever guessed to be true.
"""

import math
import re
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction

from msgspec import Struct

LONGEST = 400
DEEPEST = 40
"""Limits on what strangers wrote: a check is a line of text, not a program."""


class NotUnderstood(ValueError):  # noqa: N818 - an answer, not a fault of the program
    """The text is no check of this language, or names what isn't known. The message says which part."""


class Term(Struct, frozen=True, kw_only=True):
    """A value, and the figures it is made of: value = constant + sum of factor x figure while `linear`.

    `half` is half a unit of the last printed digit where the value was printed as a percentage.
    """

    value: Fraction
    factors: Mapping[str, Fraction]
    linear: bool = True
    half: Fraction | None = None


class Verdict(Struct, frozen=True, kw_only=True):
    """Whether a check holds, by how much it fails (left - right of the first part that fails), and its equations.

    An equation is (factors, sum): the figures, each with its factor, and what they come to; it ought to be 0.
    """

    holds: bool
    by: Fraction
    equations: Sequence[tuple[Mapping[str, Fraction], Fraction]]


class Figures:
    """Where names get their values: by path, and `sum_of` for what sum() is asked of."""

    def value_of(self, name: str) -> Fraction:
        """The figure of that path. Raises NotUnderstood."""
        raise NotUnderstood(name)

    def terms_of(self, text: str) -> Mapping[str, Fraction]:
        """The figures, by path, that `sum(text)` adds up. Raises NotUnderstood."""
        raise NotUnderstood(text)

    def name_of(self, value: Fraction) -> str:
        """The one figure of that value, to which a bare number in a check belongs; '' where none or several have it."""
        return ""


_TOKEN = re.compile(
    r"\s*(?:((?:\d{1,3}(?:\.\d{3}){2,}|\d+(?:\.\d+)?)(?![\w.])%?)|([A-Za-z_][\w.]*)|(==|<=|>=|!=|<|>|=|[-+*/()]))"
)
_REMARK = re.compile(r"(?<=[\w%)])\s+\((?:[^()]*)\)\s*$")
_COMPARES: Mapping[str, Callable[[Fraction], bool]] = {
    "==": lambda gap: gap == 0,
    "=": lambda gap: gap == 0,
    "!=": lambda gap: gap != 0,
    "<=": lambda gap: gap <= 0,
    ">=": lambda gap: gap >= 0,
    "<": lambda gap: gap < 0,
    ">": lambda gap: gap > 0,
}
_ROUNDS: Mapping[str, Callable[[Fraction], int]] = {"ceil": math.ceil, "floor": math.floor, "round": round}


def judge(text: str, figures: Figures) -> Verdict:
    """Whether the check holds for those figures. Raises NotUnderstood."""
    if len(text) > LONGEST:
        raise NotUnderstood(f"longer than {LONGEST} characters")
    try:
        return _Reader(_REMARK.sub("", text), figures).comparison()
    except ZeroDivisionError as error:
        raise NotUnderstood("a division by nothing") from error


class _Reader:
    """Reads one check from left to right; one method a level of the grammar."""

    def __init__(self, text: str, figures: Figures) -> None:
        self._text, self._figures, self._at, self._depth = text, figures, 0, 0

    def comparison(self) -> Verdict:
        terms, signs = [self._sum()], []
        while (sign := self._peek()) in _COMPARES:
            self._take()
            signs.append(sign)
            terms.append(self._sum())
        if self._text[self._at :].strip():
            raise NotUnderstood(self._text[self._at :].strip())
        if not signs:
            raise NotUnderstood("nothing is compared")
        equations, failed = [], None
        for left, sign, right in zip(terms, signs, terms[1:], strict=False):
            gap = left.value - right.value
            half = left.half or right.half
            holds = abs(gap) <= half if half is not None and sign in {"==", "="} else _COMPARES[sign](gap)
            if not holds and failed is None:
                failed = gap
            if sign in {"==", "="} and half is None and left.linear and right.linear:
                equations.append((_joined(left, right, -1).factors, gap))
        return Verdict(holds=failed is None, by=failed or Fraction(0), equations=equations)

    def _peek(self) -> str:
        match = _TOKEN.match(self._text, self._at)
        return "" if match is None else match.group().strip()

    def _take(self) -> tuple[str, str, str]:
        match = _TOKEN.match(self._text, self._at)
        if match is None:
            raise NotUnderstood(self._text[self._at :].strip() or "the check ends too early")
        self._at = match.end()
        number, name, sign = match.groups(default="")
        return number, name, sign

    def _sum(self) -> Term:
        term = self._product()
        while (sign := self._peek()) in {"+", "-"}:
            self._take()
            term = _joined(term, self._product(), 1 if sign == "+" else -1)
        return term

    def _product(self) -> Term:
        term = self._factor()
        while (sign := self._peek()) in {"*", "/"}:
            self._take()
            term = _scaled(term, self._factor(), divides=sign == "/")
        return term

    def _factor(self) -> Term:
        number, name, sign = self._take()
        if number:
            return self._number(number)
        if name:
            return self._named(name)
        if sign == "-":
            return _joined(Term(value=Fraction(0), factors={}), self._nested(self._factor), -1)
        if sign == "(":
            term = self._nested(self._sum)
            self._close()
            return term
        raise NotUnderstood(sign)

    def _number(self, text: str) -> Term:
        digits = text.removesuffix("%")
        if digits.count(".") > 1:
            digits = digits.replace(".", "")
        value = Fraction(digits)
        if not text.endswith("%"):
            name = self._figures.name_of(value)
            return Term(value=value, factors={name: Fraction(1)} if name else {})
        places = len(digits.partition(".")[2])
        return Term(value=value / 100, factors={}, half=Fraction(1, 200 * 10**places))

    def _nested(self, read: Callable[[], Term]) -> Term:
        self._depth += 1
        if self._depth > DEEPEST:
            raise NotUnderstood("too deeply nested")
        term = read()
        self._depth -= 1
        return term

    def _close(self) -> None:
        if self._take()[2] != ")":
            raise NotUnderstood("a bracket is not closed")

    def _named(self, name: str) -> Term:
        if name == "sum":
            return self._total()
        if self._peek() != "(":
            return Term(value=self._figures.value_of(name), factors={name: Fraction(1)})
        if name not in _ROUNDS and name != "abs":
            raise NotUnderstood(f"{name}(…)")
        self._take()
        inner = self._nested(self._sum)
        self._close()
        value = abs(inner.value) if name == "abs" else Fraction(_ROUNDS[name](inner.value))
        return Term(value=value, factors=inner.factors, linear=not inner.factors)

    def _total(self) -> Term:
        """`sum(kec)`, `sum(a+b)`, or `sum` alone: the words are for the figures to understand."""
        asked = ""
        if self._peek() == "(":
            end = self._text.find(")", self._at)
            start = self._text.index("(", self._at) + 1
            if end < 0:
                raise NotUnderstood("a bracket is not closed")
            asked, self._at = self._text[start:end].strip(), end + 1
        terms = self._figures.terms_of(asked)
        return Term(value=sum(terms.values(), Fraction(0)), factors=dict.fromkeys(terms, Fraction(1)))


def _joined(left: Term, right: Term, sign: int) -> Term:
    factors = dict(left.factors)
    for name, factor in right.factors.items():
        factors[name] = factors.get(name, Fraction(0)) + sign * factor
    return Term(value=left.value + sign * right.value, factors=factors, linear=left.linear and right.linear)


def _scaled(left: Term, right: Term, *, divides: bool) -> Term:
    value = left.value / right.value if divides else left.value * right.value
    if not right.factors:
        by = 1 / right.value if divides else right.value
        return Term(
            value=value, factors={name: factor * by for name, factor in left.factors.items()}, linear=left.linear
        )
    if not left.factors and not divides:
        return Term(
            value=value,
            factors={name: factor * left.value for name, factor in right.factors.items()},
            linear=right.linear,
        )
    return Term(value=value, factors={**left.factors, **right.factors}, linear=False)
