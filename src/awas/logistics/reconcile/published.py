"""Printed figures of supervision, with the arithmetic done again: which of them don't add up, and by how much. Pure.

A line of the file is a JSON object: `id`, `topic`, `region`, `figures` (any JSON) and `checks`, a list of objects with
an `expr`. Other keys are left alone. What can't be read or understood is said to be so, and is never taken for right.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any, Literal

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from awas.logistics.reconcile import printed_rules
from awas.logistics.reconcile.corrections import Correction, corrections, required
from awas.logistics.reconcile.expression import NotUnderstood, Verdict, judge
from awas.logistics.reconcile.figures import PRINTED, Case, about, is_slip, plain
from awas.logistics.reconcile.printed_rules import Equation

Outcome = Literal["adds_up", "differs", "impossible", "incomplete", "not_understood", "unreadable"]


class Finding(Struct, frozen=True, kw_only=True):
    """One check of one case. `given` tells a check that came with the figures from one of our own.

    `by` is left side less right side, as digits. `said_ok` is what the file itself says of the check.
    """

    id: str
    topic: str
    region: str
    check: str
    outcome: Outcome
    given: bool = False
    by: str = ""
    corrections: tuple[Correction, ...] = ()
    note: str = ""
    said_ok: bool | None = None


class Head(Struct, frozen=True, kw_only=True):
    """Which case a finding is of."""

    id: str
    topic: str
    region: str

    def finding(self, check: str, outcome: Outcome, **more: Any) -> Finding:
        """A finding of this case."""
        return Finding(id=self.id, topic=self.topic, region=self.region, check=check, outcome=outcome, **more)


class Published(Struct, frozen=True, kw_only=True):
    """All findings of a file, in its order, and how many of each kind."""

    cases: int
    outcomes: dict[str, int]
    findings: tuple[Finding, ...]

    @property
    def sound(self) -> bool:
        """Whether all was understood and adds up; an incomplete list is no fault."""
        return all(finding.outcome in {"adds_up", "incomplete"} for finding in self.findings)


def read_published(lines: Iterable[str]) -> Published:
    """Every check of every line. Never raises for what stands in a line."""
    findings: list[Finding] = []
    cases = 0
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        cases += 1
        findings += _line(number, line)
    outcomes: dict[str, int] = {}
    for finding in findings:
        outcomes[finding.outcome] = outcomes.get(finding.outcome, 0) + 1
    return Published(cases=cases, outcomes=outcomes, findings=tuple(findings))


def _line(number: int, line: str) -> list[Finding]:
    try:
        record = msgspec.json.decode(line)
    except (msgspec.DecodeError, RecursionError, UnicodeError) as error:
        return [_unreadable(number, str(error))]
    if not isinstance(record, dict):
        return [_unreadable(number, "no object")]
    names = {key: str(record.get(key) or "") for key in ("id", "topic", "region")}
    head = Head(id=names["id"] or f"#{number}", topic=names["topic"], region=names["region"])
    figures = record.get("figures")
    if figures is not None and not isinstance(figures, dict):
        return [head.finding("figures", "unreadable", note="no object")]
    checks = record.get("checks")
    return _Examination(head, figures or {}, checks if isinstance(checks, list) else []).findings()


def _unreadable(number: int, why: str) -> Finding:
    return Finding(id=f"#{number}", topic="", region="", check="line", outcome="unreadable", note=why)


class _Examination:
    """One case: the checks that came with it, then our own, then the numbers that nobody can have meant."""

    def __init__(self, head: Head, figures: Mapping[str, Any], checks: Sequence[Any]) -> None:
        self.head, self.checks = head, checks
        self.case = Case(figures)
        self.given = [self._given(check) for check in checks]
        own = printed_rules.equations(self.case, self.head.topic)
        self.equations = _distinct([*(one for _, found in self.given for one in found), *own])

    def findings(self) -> list[Finding]:
        found = [self._repaired(finding, equations) for finding, equations in self.given]
        known = {_shape(one) for _, equations in self.given for one in equations}
        found += [self._own(one) for one in self.equations if _shape(one) not in known]
        return [*found, *self._bounds(), *self._shares(), *self._impossible()]

    def _given(self, check: Any) -> tuple[Finding, list[Equation]]:
        text = check.get("expr") if isinstance(check, dict) else check
        said = check.get("ok") if isinstance(check, dict) else None
        said_ok = said if isinstance(said, bool) else None
        if not isinstance(text, str):
            why = "no text"
            return self.head.finding(str(text), "not_understood", given=True, note=why, said_ok=said_ok), []
        try:
            verdict = judge(text, self.case)
        except (NotUnderstood, RecursionError) as error:
            return self.head.finding(text, "not_understood", given=True, note=str(error), said_ok=said_ok), []
        outcome: Outcome = "adds_up" if verdict.holds else "differs"
        by = "" if verdict.holds else plain(verdict.by)
        return self.head.finding(text, outcome, given=True, by=by, said_ok=said_ok), _equations(text, verdict)

    def _repaired(self, finding: Finding, equations: list[Equation]) -> Finding:
        wrong = next((one for one in equations if one.residual), None)
        return finding if wrong is None else replace(finding, corrections=self._corrections(wrong))

    def _corrections(self, wrong: Equation) -> tuple[Correction, ...]:
        return tuple(corrections(wrong, self.equations, self.case.values))

    def _own(self, one: Equation) -> Finding:
        if not one.residual:
            return self.head.finding(one.check, "adds_up")
        total = max(one.factors, key=lambda path: one.factors[path])
        # Parts that leave much of their total open, by no slip of a digit, were never meant to be all of them.
        parts = [self.case.values[path] for path, factor in one.factors.items() if factor < 0]
        if one.partial and one.residual > 0 and not about(self.case.values[total], parts):
            return self.head.finding(one.check, "incomplete", by=plain(one.residual))
        return self.head.finding(one.check, "differs", by=plain(one.residual), corrections=self._corrections(one))

    def _bounds(self) -> Iterator[Finding]:
        for bound in printed_rules.bounds(self.case, self.head.topic):
            value = self.case.values[bound.figure]
            past = value - bound.least if value < bound.least else max(value - bound.most, Fraction(0))
            note = f"{plain(bound.least)} … {plain(bound.most)}"
            yield self.head.finding(
                bound.check, "differs" if past else "adds_up", by=plain(past) if past else "", note=note
            )

    def _shares(self) -> Iterator[Finding]:
        for path, printed, least, most in printed_rules.shares(self.case, self.head.region):
            half = Fraction(1, 2 * 10 ** _places(printed))
            low, high = least - half, most + half
            if low <= printed <= high:
                yield self.head.finding(f"{path} = {plain(printed)} %", "adds_up")
                continue
            would = plain(Fraction(round(least * 10 ** _places(printed)), 10 ** _places(printed)))
            right = Correction(
                figure=path,
                printed=plain(printed),
                would_balance=would,
                slip=is_slip(plain(printed), would),
                likely=True,
            )
            by = plain(printed - least)
            yield self.head.finding(f"{path} = {plain(printed)} %", "differs", by=by, corrections=(right,))

    def _impossible(self) -> Iterator[Finding]:
        for path, printed in self.case.impossible.items():
            meant = self._meant(path)
            digits = "".join(filter(str.isdigit, printed))
            found: tuple[Correction, ...] = ()
            if meant is not None:
                would = plain(meant)
                found = (
                    Correction(
                        figure=path,
                        printed=printed,
                        would_balance=would,
                        slip=digits == would or is_slip(digits, would),
                        likely=True,
                    ),
                )
            yield self.head.finding(path, "impossible", corrections=found, note=printed)

    def _meant(self, path: str) -> Fraction | None:
        """The value that the sums around an impossible number ask for."""
        base = PRINTED.sub("", path)
        if base in self.case.values:
            return required(base, self.equations, self.case.values)
        tried = self.case.with_figure(base, Fraction(0))
        equations = list(printed_rules.equations(tried, self.head.topic))
        for check in self.checks:
            try:
                verdict = judge(check["expr"], tried)
            except (NotUnderstood, TypeError, KeyError, RecursionError):
                continue
            equations += _equations(check["expr"], verdict)
        return required(base, equations, tried.values)


def _equations(text: str, verdict: Verdict) -> list[Equation]:
    return [Equation(check=text, factors=factors, residual=rest) for factors, rest in verdict.equations if factors]


def _shape(one: Equation) -> frozenset[tuple[str, Fraction]]:
    """The same for equations that say the same, whichever side they were written on."""
    factors = sorted((path, factor) for path, factor in one.factors.items() if factor)
    first = factors[0][1] if factors else Fraction(1)
    return frozenset((path, factor / first) for path, factor in factors)


def _distinct(found: Iterable[Equation]) -> list[Equation]:
    return list({_shape(one): one for one in reversed([*found])}.values())[::-1]


def _places(number: Fraction) -> int:
    return len(plain(number).partition(".")[2])
