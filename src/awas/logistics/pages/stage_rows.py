"""The kinds of ballots on the stage board: one row each across all stages, a table for each stage, and the pace."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from awas.logistics import progress
from awas.logistics.pages.frame import Context
from awas.logistics.stages import STAGES
from awas.logistics.words import in_language, stage_title, thing_name

A_HANDFUL = 20
"""So many damaged sheets are no outlier yet, whatever their share."""
BESIDE_NEED = ("delivery", "receiving", "packing")
"""Stages whose sums stand beside what the stations need."""
ACROSS = {
    "coming": ("delivery", "held"),
    "received": ("receiving", "passed"),
    "sorted": ("sorting", "taken"),
    "folded": ("folding", "passed"),
    "packed": ("packing", "passed"),
    "sent": ("to_kecamatan", "passed"),
    "supplied": ("to_station", "passed"),
}
"""What the row of a kind shows of which stage."""


def usual_share(rows: Iterable[Mapping[str, Any]]) -> float:
    """The damaged share of the row in the middle: what is usual among its like."""
    shares = sorted(one["damaged"] / one["taken"] for one in rows if one["taken"])
    return shares[len(shares) // 2] if shares else 0.0


class Kind(NamedTuple):
    """A kind of ballot, and its constituency where that is told apart."""

    ballot: str
    dapil: str

    @property
    def name(self) -> str:
        """What people call it."""
        return thing_name("ballot", self.ballot, self.dapil)


class StageRows:
    """Sums of every stage and kind (`progress.stage_sums`) of some districts, beside the needs of the districts.

    With `by_constituency` kinds are told apart by constituency, where that is on record.
    """

    def __init__(self, sums: Iterable[Mapping[str, Any]], districts: Iterable[str], *, by_constituency: bool) -> None:
        self._sums: dict[tuple[str, Kind], dict[str, int]] = {}
        for row in sums:
            one = self._of(row["stage"], Kind(row["ballot"], row["dapil"] if by_constituency else ""))
            for name in progress.BALANCE_SUMS:
                one[name] += row[name] or 0
        self._needs: dict[Kind, int] = {}
        for district in districts if self._sums else ():
            for kind, units in self._needs_of(district, by_constituency).items():
                self._needs[kind] = self._needs.get(kind, 0) + units
        sorting = [one for (stage, _), one in self._sums.items() if stage == "sorting"]
        self._usual = usual_share(sorting)

    def _of(self, stage: str, kind: Kind) -> dict[str, int]:
        return self._sums.setdefault((stage, kind), dict.fromkeys(progress.BALANCE_SUMS, 0))

    def _needs_of(self, district: str, by_constituency: bool) -> dict[Kind, int]:
        """What a district needs. A constituency of which nothing came gets a row of zeros."""
        split = {kind.ballot for _, kind in self._sums if kind.dapil}
        # Sheets without a constituency beside others with one are a part of the need that nobody can tell.
        whole = progress.needs_of_district(district)
        needs = {Kind(ballot, ""): units for ballot, units in whole.items() if ballot not in split}
        for (ballot, dapil), units in progress.needs_by_constituency(district).items() if by_constituency else ():
            if ballot in split:
                needs[Kind(ballot, dapil)] = units
                self._of("receiving", Kind(ballot, dapil))
        return needs

    def _outlier(self, kind: Kind, damaged: int) -> bool:
        taken = self._sums.get(("sorting", kind), {}).get("taken", 0)
        return is_outlier(damaged, taken, self._usual)

    def overview(self) -> list[Context]:
        """A row for each kind: need, and how much of it went through which stage."""
        rows = []
        for kind in sorted({kind for _, kind in self._sums}):
            stages = {stage: self._sums.get((stage, kind), {}) for stage, _ in ACROSS.values()}
            figures = {name: stages[stage].get(column, 0) for name, (stage, column) in ACROSS.items()}
            need, sorting = self._needs.get(kind), stages["sorting"]
            # What came damaged is in the receiving already.
            damaged = sum(one.get("damaged", 0) for stage, one in stages.items() if stage != "delivery")
            rows.append(
                {
                    "name": kind.name,
                    **figures,
                    "need": need,
                    "lacking": None if need is None else max(need - figures["received"], 0),
                    "damaged": damaged,
                    "share": per_mille(sorting.get("damaged", 0), sorting.get("taken", 0)),
                    "outlier": self._outlier(kind, sorting.get("damaged", 0)),
                    "unexplained": sum(one.get("unexplained", 0) for one in stages.values()),
                }
            )
        return rows

    def by_stage(self) -> list[Context]:
        """A table for each stage that has anything: in, on, damaged, short and over by kind."""
        found = []
        for stage in STAGES:
            kinds = []
            for (name, kind), one in sorted(self._sums.items()):
                if name != stage.id:
                    continue
                need = self._needs.get(kind) if stage.id in BESIDE_NEED else None
                kinds.append(
                    {
                        "name": kind.name,
                        **kind._asdict(),
                        **one,
                        "need": need,
                        "share": per_mille(one["damaged"], one["taken"]),
                        "outlier": stage.id == "sorting" and self._outlier(kind, one["damaged"]),
                    }
                )
            if kinds:
                told = any(one["need"] is not None for one in kinds)
                named = {"id": stage.id, "title": in_language(stage.title), "basis": stage.basis}
                found.append(named | {"kinds": kinds, "needs": told, "on_the_way": stage.id == "delivery"})
        return found


def is_outlier(damaged: int, taken: int, usual: float) -> bool:
    """Whether a damaged share is three times the usual one of its like, and not of a handful of sheets."""
    return damaged >= A_HANDFUL and damaged > max(3 * usual, 0.005) * taken


def pace_rows(paces: Iterable[progress.StagePace]) -> list[Context]:
    """The rate of each stage beside its deadline."""
    return [
        {
            "stage": stage_title(one.stage),
            "what": thing_name("ballot", one.ballot) if one.ballot else "",
            "left": one.pace.left,
            "per_day": one.pace.per_day,
            "wanted": one.pace.wanted,
            "due_at": one.pace.due_at,
            "ready_at": one.pace.ready_at if one.pace.left else 0,
            "late": one.pace.late,
            "days_late": one.pace.days_late,
        }
        for one in paces
    ]


def percent(part: int, whole: int) -> int | None:
    return None if not whole else min(100 * part // whole, 100)


def per_mille(part: int, whole: int) -> str:
    return "" if not whole else f"{1000 * part / whole:.1f}".replace(".", ",")
