"""What printed figures ought to come to by their names alone: parts and totals, good + damaged = sorted. Pure.

Names are those that Indonesian offices and the press use, and their English. A rule only speaks where all its figures
are there; parts that come to much less than their total are an incomplete list and no mistake.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from fractions import Fraction

from msgspec import Struct

from awas.logistics.reconcile.figures import TOTALS, Case, about, whole


class Equation(Struct, frozen=True, kw_only=True):
    """What ought to come to nothing: the sum of factor x figure, over figures by path. `residual` is what it comes to.

    `partial`: the parts may be only some of them, so that a residual above nothing (total - parts) is no mistake.
    """

    check: str
    factors: Mapping[str, Fraction]
    residual: Fraction
    partial: bool = False


class Bound(Struct, frozen=True, kw_only=True):
    """A figure that must lie between two values, both included."""

    check: str
    figure: str
    least: Fraction
    most: Fraction


ROLES: Mapping[str, tuple[str, ...]] = {
    "received": ("received", "diterima", "terima"),
    "good": ("good", "baik", "bagus", "layak"),
    "damaged": ("damaged", "rusak", "cacat"),
    "sorted": ("sorted", "tersortir", "disortir", "sortir"),
    "short": ("short", "kurang", "kekurangan", "shortage"),
    "surplus": ("surplus", "left", "sisa", "lebih"),
    "destroyed": ("destroyed", "dimusnahkan", "musnah"),
    "distributed": ("distributed", "didistribusikan", "terdistribusi"),
    "valid": ("valid", "sah"),
    "invalid": ("invalid", "tidak_sah", "not_valid"),
}
IDENTITIES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("sorted", ("good", "damaged")),
    ("received", ("sorted", "short")),
    ("destroyed", ("damaged", "surplus")),
    ("good", ("distributed", "surplus")),
)
"""A role and the roles that it is the sum of."""
HALVES = (("l", "p"), ("lk", "pr"), ("laki", "perempuan"), ("pria", "wanita"), ("male", "female"))
CANDIDATE = re.compile(r"(?:p|paslon|calon|candidate)_?0*\d+")
ONE = Fraction(1)


def equations(case: Case, topic: str) -> Iterator[Equation]:
    """Every sum that the figures' names promise."""
    for path, figures in case.objects.items():
        maker = _Maker(case, path, figures)
        yield from maker.halves()
        yield from maker.prefixed()
        yield from maker.roles()
        yield from maker.opposites()
        yield from maker.votes()
        yield from maker.ballots()
        if topic == "destruction":
            yield from maker.leftovers()
        if topic == "voter_quality":
            yield from maker.causes()
        if topic == "campaign":
            yield from maker.offices()
    yield from _groups(case)


def bounds(case: Case, topic: str) -> Iterator[Bound]:
    """Limits that figures must keep to: the reserve rounded up per station, and no more used than there were."""
    for path, figures in case.objects.items():
        prefix = f"{path}." if path else ""
        dpt, tps, rate = (figures.get(name) for name in ("dpt", "tps", "reserve_rate"))
        need = next((name for name in ("ballots_per_type", "ballots", "need") if name in figures), "")
        if topic == "ballot_need" and dpt is not None and tps is not None and rate is not None and need:
            rate = rate / 100 if rate >= 1 else rate
            least = dpt * (1 + rate)
            yield Bound(
                check="dpt + reserve rounded up per station", figure=prefix + need, least=least, most=least + tps
            )
        if dpt is not None and "used_dpt" in figures:
            yield Bound(check="used_dpt <= dpt", figure=f"{prefix}used_dpt", least=Fraction(0), most=dpt)


def shares(case: Case, region: str) -> Iterator[tuple[str, Fraction, Fraction, Fraction]]:
    """Printed percentages beside what they are shares of: (path, printed, least, most), in percent.

    A list `pct` belongs to the counts before it in order, of the number that the region's name gives; a single `pct` to
    applicants of need. Round numbers stand for all that round to them.
    """
    figures = case.objects.get("", {})
    counts = [value for _name, value in whole(figures)]
    of = re.search(r"\((\d+)\b", region)
    number = 0
    while of and (printed := case.values.get(f"pct[{number}]")) is not None and number < len(counts) and int(of[1]):
        share = 100 * counts[number] / int(of[1])
        yield f"pct[{number}]", printed, share, share
        number += 1
    pct, applicants, need = (figures.get(name) for name in ("pct", "applicants", "need"))
    if pct is not None and applicants is not None and need:
        slack = _slack(need)
        if need > slack:
            yield "pct", pct, 100 * applicants / (need + slack), 100 * applicants / (need - slack)


def _slack(number: Fraction) -> Fraction:
    """Half a unit of the last digit of a round number: 33,000 may be anything from 32,500 to 33,500."""
    text = str(int(number))
    zeros = len(text) - len(text.rstrip("0"))
    return Fraction(10**zeros, 2) if zeros >= 3 else Fraction(0)


class _Maker:
    """The rules for the figures of one object. Each yields equations."""

    def __init__(self, case: Case, path: str, figures: Mapping[str, Fraction]) -> None:
        self.case, self.path, self.figures = case, path, figures
        self.prefix = f"{path}." if path else ""

    def _equals(
        self, total: str, parts: list[str], *, partial: bool = False, inside: bool = False
    ) -> Iterator[Equation]:
        """total = the parts; `inside`: the parts are given by their paths."""
        paths = parts if inside else [self.prefix + part for part in parts]
        if total in self.figures and all(path in self.case.values for path in paths):
            factors = {self.prefix + total: ONE} | dict.fromkeys(paths, -ONE)
            check = f"{' + '.join(paths)} = {self.prefix}{total}"
            yield equation(self.case, check, factors, partial=partial)

    def halves(self) -> Iterator[Equation]:
        for one, other in HALVES:
            if one in self.figures and other in self.figures:
                yield from self._equals(next((t for t in ("dpt", *TOTALS) if t in self.figures), ""), [one, other])
            for name in list(self.figures):
                if name.endswith(f"_{one}"):
                    base = name.removesuffix(f"_{one}")
                    total = next((t for t in (base, f"{base}_", f"{base}_total") if t in self.figures), "")
                    yield from self._equals(total, [name, f"{base}_{other}"])

    def prefixed(self) -> Iterator[Equation]:
        """used_total = used_dpt + used_dptb + …; damaged_total = the damaged of the objects inside."""
        for name in self.figures:
            base = name.removesuffix("_total").removeprefix("total_")
            if base == name:
                continue
            beside = [other for other, _ in whole(self.figures) if other.startswith(f"{base}_") and other != name]
            halves = {f"{base}_{half}" for pair in HALVES for half in pair}
            inside = [
                f"{child}.{base}"
                for child, figures in self.case.objects.items()
                if child.startswith(self.prefix) and child.count(".") == self.prefix.count(".") and base in figures
            ]
            if len(beside) > 1 and not halves.intersection(beside):
                yield from self._equals(name, beside, partial=True)
            elif len(inside) > 1:
                yield from self._equals(name, inside, partial=True, inside=True)

    def _by_role(self) -> Mapping[str, dict[str, str]]:
        """For each prefix or suffix ("gub_", "_gub") the figures by role."""
        found: dict[str, dict[str, str]] = defaultdict(dict)
        for name in self.figures:
            for role, words in ROLES.items():
                for word in words:
                    if name == word:
                        found[""][role] = name
                    elif name.endswith(f"_{word}") and not (
                        role == "valid" and name.endswith(("tidak_sah", "not_valid"))
                    ):
                        found[name.removesuffix(word)][role] = name
                    elif name.startswith(f"{word}_") and not name.endswith("_total"):
                        found[name.removeprefix(word)][role] = name
        return found

    def roles(self) -> Iterator[Equation]:
        for roles in self._by_role().values():
            for total, parts in IDENTITIES:
                if total in roles and all(part in roles for part in parts):
                    yield from self._equals(roles[total], [roles[part] for part in parts])
            if "sorted" not in roles and {"received", "good", "damaged", "short"} <= roles.keys():
                yield from self._equals(roles["received"], [roles["good"], roles["damaged"], roles["short"]])

    def opposites(self) -> Iterator[Equation]:
        """registered + not_registered is some other figure: the one it equals, or else comes near to."""
        for name in self.figures:
            other = next((o for o in (f"not_{name}", f"tidak_{name}", f"belum_{name}") if o in self.figures), "")
            if not other or name == "sah":
                continue
            halves = [self.figures[name], self.figures[other]]
            others = [(abs(value - sum(halves)), key) for key, value in whole(self.figures) if key not in {name, other}]
            total = next((key for _, key in sorted(others) if about(self.figures[key], halves)), "")
            yield from self._equals(total, [name, other])

    def votes(self) -> Iterator[Equation]:
        roles = self._by_role().get("", {})
        candidates = [name for name in self.figures if CANDIDATE.fullmatch(name)]
        if "valid" in roles and len(candidates) > 1:
            yield from self._equals(roles["valid"], candidates)
        if "valid" in roles and "invalid" in roles:
            total = next((t for t in ("used_total", "total_votes", "suara_total", "used") if t in self.figures), "")
            yield from self._equals(total, [roles["valid"], roles["invalid"]])

    def ballots(self) -> Iterator[Equation]:
        revote = [name for name in ("psu", "psu_extra") if name in self.figures]
        yield from self._equals("received", ["dpt", "reserve", *revote])
        yield from self._equals("total", ["dpt_max", "reserve"])

    def leftovers(self) -> Iterator[Equation]:
        """What was destroyed: the damaged and what was left over, of every kind."""
        roles = self._by_role()
        parts = [found[role] for found in roles.values() for role in ("surplus", "damaged") if role in found]
        if len(parts) > 1:
            yield from self._equals(next((t for t in TOTALS if t in self.figures), ""), sorted(parts))

    def causes(self) -> Iterator[Equation]:
        total = next((t for t in TOTALS if t in self.figures), "")
        parts = [name for name, _ in whole(self.figures) if name != total]
        if total and len(parts) > 1 and about(self.figures[total], [self.figures[part] for part in parts]):
            yield from self._equals(total, parts)

    def offices(self) -> Iterator[Equation]:
        """What the districts' offices and the province's recorded."""
        for district in ("kabkota", "kab_kota"):
            for province in ("prov", "provinsi"):
                yield from self._equals("total", [district, province])


def equation(case: Case, check: str, factors: Mapping[str, Fraction], *, partial: bool = False) -> Equation:
    """The equation with what it comes to for these figures."""
    residual = sum((factor * case.values[path] for path, factor in factors.items()), Fraction(0))
    return Equation(check=check, factors=factors, residual=residual, partial=partial)


def _groups(case: Case) -> Iterator[Equation]:
    """Lists of parts and columns of tables against the total beside them."""
    for group in case.groups:
        figures = dict(whole(case.objects.get(group.parent, {})))
        named = [name for name in (f"{group.name}_total", f"total_{group.name}", *TOTALS) if name in figures]
        if not named or group.column is not None:
            # A column has no head, and a list no total of that name: it is about the figure that it comes nearest to.
            ranked = sorted(figures, key=lambda name: abs(figures[name] - group.sum))
            named = [name for name in ranked if about(figures[name], group.terms.values())] if group.sure else []
        for name in named[:1]:
            if group.sure or about(figures[name], group.terms.values()):
                total = f"{group.parent}.{name}" if group.parent else name
                where = group.path if group.column is None else f"{group.path}[][{group.column}]"
                factors = {total: ONE} | dict.fromkeys(group.terms, -ONE)
                yield equation(case, f"sum({where}) = {total}", factors, partial=True)
