"""Which figure, changed, would make printed sums come out: and which change looks like a slip of the hand. Pure."""

from collections.abc import Iterable, Sequence
from fractions import Fraction

from msgspec import Struct

from awas.logistics.reconcile.figures import is_slip, plain
from awas.logistics.reconcile.printed_rules import Equation

MOST = 6
"""Corrections that are named for one sum; a long list of parts has one for each part, and says little."""


class Correction(Struct, frozen=True, kw_only=True):
    """A figure as printed, and the value with which everything it takes part in would balance.

    `slip`: the two differ by one digit changed, left out, put in or swapped with its neighbour. `likely`: the only
    figure that explains all that fails around it, or the only slip among several.
    """

    figure: str
    printed: str
    would_balance: str
    slip: bool
    likely: bool = False


def corrections(failed: Equation, all_of_them: Sequence[Equation], values: dict[str, Fraction]) -> list[Correction]:
    """Changes of a single figure that repair `failed` and break nothing, those that repair most first.

    A figure of another sum that comes out is above suspicion; one that two failing sums share is the first suspect.
    """
    found: list[tuple[int, Correction]] = []
    for path, factor in failed.factors.items():
        if not factor:
            continue
        needed = values[path] - failed.residual / factor
        others = [one for one in all_of_them if one.factors.get(path)]
        if needed < 0 or (needed.denominator != 1 and values[path].denominator == 1):
            continue
        if all(one.residual + one.factors[path] * (needed - values[path]) == 0 for one in others):
            printed, would = plain(values[path]), plain(needed)
            repaired = len({frozenset(one.factors) for one in others if one.residual})
            found.append(
                (repaired, Correction(figure=path, printed=printed, would_balance=would, slip=is_slip(printed, would)))
            )
    found.sort(key=lambda one: (-one[0], not one[1].slip, one[1].figure))
    best = [one for repaired, one in found if repaired == found[0][0]]
    slips = [one for one in best if one.slip]
    chosen = best[0] if len(best) == 1 else slips[0] if len(slips) == 1 else None
    ranked = [one for _, one in found]
    return [
        Correction(
            figure=one.figure, printed=one.printed, would_balance=one.would_balance, slip=one.slip, likely=one is chosen
        )
        for one in ranked[:MOST]
    ]


def required(path: str, equations: Iterable[Equation], values: dict[str, Fraction]) -> Fraction | None:
    """The value that all sums with this figure ask for; None where there is no sum, or they disagree."""
    asked = {
        values[path] - one.residual / one.factors[path]
        for one in equations
        if one.factors.get(path) and not one.partial
    }
    return asked.pop() if len(asked) == 1 else None
