"""Published totals of ballots beside what rounding up at each station allows: within the bounds or not, by how much.

Pure. A line is a JSON object with `id`, `topic` (ballot_need), `region` and `figures`: dpt, tps, reserve_rate and the
total (ballots_per_type, ballots or need), or its parts dpt, reserve, psu and received. A figure that is absent is not
made up: without stations only the number of them that the total implies is told. What can't be read is said to be so.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, Literal

import msgspec
from msgspec import Struct

from awas.elections.schema import Election
from awas.logistics.need_bounds import ballot_bounds, fewest_stations, mean_rounding

TOPIC = "ballot_need"
TOTALS = ("ballots_per_type", "ballots", "need", "total")
Outcome = Literal["within", "too_few", "too_many", "impossible", "incomplete", "unreadable"]

WRONG: frozenset[str] = frozenset({"too_few", "too_many", "impossible", "unreadable"})


class Sum(Struct, frozen=True, kw_only=True):
    """Printed parts beside their printed total. `by` is total less parts: 0 when it adds up."""

    total: str
    parts: tuple[str, ...]
    by: int


class Verdict(Struct, frozen=True, kw_only=True):
    """One published figure. Figures that it doesn't hold, or that can't be known, are None.

    `published` are ballots of one kind without the stock for a repeated vote; `by` how far they lie outside the bounds.
    `rounding_e6`: millionths of a ballot per station above the plain rate; `measured_e6` that of `measured_stations`
    of known size, of the district itself where the register has it (`measured_in`), or of the nation.
    `stations_at_least`: the fewest stations over which the voters can have needed so many.
    """

    id: str
    region: str
    outcome: Outcome
    election: str = ""
    voters: int | None = None
    stations: int | None = None
    published: int | None = None
    least: int | None = None
    most: int | None = None
    by: int = 0
    rounding_e6: int | None = None
    measured_e6: int | None = None
    measured_stations: int = 0
    measured_in: str = ""
    stations_at_least: int | None = None
    sums: tuple[Sum, ...] = ()
    note: str = ""

    @property
    def sound(self) -> bool:
        """Whether nothing speaks against the figure."""
        return self.outcome not in WRONG and not any(one.by for one in self.sums)


class Case(Struct, frozen=True):
    """A line of the file that speaks of needs."""

    id: str
    region: str
    figures: Mapping[str, Any]


def cases(lines: Iterable[str]) -> Iterator[Case | Verdict]:
    """The lines that speak of needs, in order; for one that can't be read, a verdict that says so."""
    decoder = msgspec.json.Decoder(float_hook=Decimal)
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            found = decoder.decode(line)
        except (msgspec.DecodeError, UnicodeError) as error:
            yield Verdict(id=f"line {number}", region="", outcome="unreadable", note=str(error))
            continue
        if not isinstance(found, dict):
            yield Verdict(id=f"line {number}", region="", outcome="unreadable", note="no JSON object")
        elif found.get("topic") == TOPIC:
            figures = found.get("figures")
            known = figures if isinstance(figures, dict) else {}
            yield Case(str(found.get("id", f"line {number}")), str(found.get("region", "")), known)


def judge(case: Case, elections: Sequence[Election]) -> Verdict:
    """What rounding per station says of a figure.

    `elections`: the first whose reserve is the one printed; the first of all where none is printed.
    """
    sums = tuple(_sums(case.figures))
    found = Verdict(id=case.id, region=case.region, outcome="incomplete", sums=sums)
    election = _election(case.figures.get("reserve_rate"), elections)
    if election is None:
        return msgspec.structs.replace(found, note="no election that is known has this reserve rate")
    voters, published = _whole(case.figures, ("dpt", "dpt_max")), _published(case.figures)
    stations = 1 if "dpt_max" in case.figures else _whole(case.figures, ("tps",))
    found = msgspec.structs.replace(
        found, election=election.slug, voters=voters, stations=stations, published=published
    )
    if not voters or published is None or stations == 0:
        return msgspec.structs.replace(found, note="voters or the total of one kind of ballot are not given")
    return _bounded(found, election, voters, stations, published)


def _bounded(found: Verdict, election: Election, voters: int, stations: int | None, published: int) -> Verdict:
    kind = election.ballots[0].id
    room = election.station.voters_max.value
    if stations is not None and voters > stations * room:
        note = f"{stations} stations of at most {room} voters can't hold {voters}"
        return msgspec.structs.replace(found, outcome="impossible", note=note)
    # More stations never lower the most; a voter a station is as many as there can be.
    bounds = ballot_bounds(election, kind, voters, stations or voters)
    outcome: Outcome = "too_few" if published < bounds.least else "too_many" if published > bounds.most else "within"
    by = min(0, published - bounds.least) + max(0, published - bounds.most)
    rounding = mean_rounding(election, voters, stations, published) if stations else None
    return msgspec.structs.replace(
        found,
        outcome=outcome,
        least=bounds.least,
        most=bounds.most if stations else None,
        by=by,
        rounding_e6=None if rounding is None else round(rounding * 1_000_000),
        stations_at_least=fewest_stations(election, kind, voters, published),
    )


def _election(rate: object, elections: Sequence[Election]) -> Election | None:
    if rate is None:
        return elections[0] if elections else None
    if isinstance(rate, bool) or not isinstance(rate, int | Decimal):
        return None
    per_mille = Decimal(rate) * (10 if rate >= 1 else 1000)
    return next((one for one in elections if one.reserve.per_mille.value == per_mille), None)


def _whole(figures: Mapping[str, Any], names: Iterable[str]) -> int | None:
    for name in names:
        value = figures.get(name)
        if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
            return value
    return None


def _published(figures: Mapping[str, Any]) -> int | None:
    """The total of one kind, as printed or out of its printed parts."""
    total = _whole(figures, TOTALS)
    if total is not None:
        return total
    voters, reserve = _whole(figures, ("dpt",)), _whole(figures, ("reserve",))
    return None if voters is None or reserve is None else voters + reserve


def _sums(figures: Mapping[str, Any]) -> Iterator[Sum]:
    """The sums that the figures' names promise, where all of them are there."""
    voters = "dpt" if "dpt" in figures else "dpt_max"
    revote = next((name for name in ("psu", "psu_extra") if figures.get(name)), None)
    need = next((name for name in TOTALS if name in figures), None)
    promised: list[tuple[str, tuple[str, ...]]] = []
    if need:
        promised.append((need, (voters, "reserve")))
        promised.append(("received", (need, revote) if revote else (need,)))
    else:
        promised.append(("received", (voters, "reserve", revote) if revote else (voters, "reserve")))
    for total, parts in promised:
        values = [_whole(figures, (name,)) for name in (total, *parts)]
        if all(value is not None for value in values):
            first, *rest = (value or 0 for value in values)
            yield Sum(total=total, parts=parts, by=first - sum(rest))
