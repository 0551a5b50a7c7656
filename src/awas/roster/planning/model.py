"""The question as constraints of CP-SAT: what is hard, and what a plan pays. Loads OR-Tools; only `solve` uses it.

Where a constraint has a name of the nurse-rostering literature (Curtois & Qu 2014), it stands in the comment.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from ortools.sat.python.cp_model import BoolVarT, CpModel, IntVar, LinearExpr, LinearExprT

from awas.roster.planning.problem import (
    WEEK,
    Candidate,
    Demand,
    Placed,
    Problem,
    ShiftKind,
    clashes,
    is_weekend,
)

Cell = tuple[str, int, str, str]
"""(person, day, kind, site)."""


Values = dict[int, int]
"""Values of variables by their index."""


def _total(values: Values, variables: Iterable[IntVar | BoolVarT]) -> int:
    return sum(values[one.index] for one in variables)


class Model:
    """The variables and constraints of one problem, whose fixed places hold together."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.cp = CpModel()
        self.kinds = {kind.id: kind for kind in problem.kinds}
        self.people = {person.id: person for person in problem.people}
        self.cells: dict[Cell, IntVar] = {}
        self._at: dict[tuple[str, int, str], list[IntVar]] = defaultdict(list)
        self._of: dict[tuple[str, int], list[tuple[ShiftKind, IntVar]]] = defaultdict(list)
        self._costs: list[LinearExprT] = []
        self._derived: list[tuple[IntVar, Callable[[Values], int]]] = []
        self._on: dict[tuple[str, int], BoolVarT] = {}
        self._make_cells()
        for person in problem.people:
            self._limit(person)
        for demand in problem.demands:
            self._cover(demand)
        for person in problem.people:
            self._wishes(person)
        self._fairness()
        self._stay_near_present()
        self.cp.minimize(LinearExpr.sum(self._costs))

    def placed(self, cell: Cell) -> Placed:
        person, day, kind, site = cell
        return Placed(person=person, day=day, kind=kind, site=site)

    def hint(self, placed: Sequence[Placed]) -> None:
        """Where the search begins: every variable has its value, so that the first plan is there at once."""
        begun = {(one.person, one.day, one.kind, one.site) for one in placed}
        values = {variable.index: int(cell in begun) for cell, variable in self.cells.items()}
        for variable, value_of in self._derived:
            values[variable.index] = value_of(values)
        for variable in (*self.cells.values(), *(one for one, _value in self._derived)):
            self.cp.add_hint(variable, values[variable.index])

    def _follows(self, variable: IntVar, value_of: Callable[[Values], int]) -> None:
        """Says what a variable is where the cells are known."""
        self._derived.append((variable, value_of))

    # -- who, where, when -----------------------------------------------------------------------------------------

    def _make_cells(self) -> None:
        wanted: dict[tuple[int, str], list[str]] = defaultdict(list)
        for demand in self.problem.demands:
            if demand.most != 0:
                wanted[demand.day, demand.kind].append(demand.site)
        held = {(one.person, one.day, one.kind, one.site) for one in self.problem.fixed}
        for person in self.problem.people:
            barred, costs = set(person.barred), dict(person.sites)
            never = {kind for kind, most in person.most_of_kind if most == 0}
            for (day, kind), sites in wanted.items():
                if (day, "") in barred or (day, kind) in barred or kind in never:
                    continue
                for site in sites:
                    if site in costs:
                        self._make_cell((person.id, day, kind, site), costs[site])
        for cell in held:
            self.cp.add(self.cells[cell] == 1)

    def _make_cell(self, cell: Cell, way: int) -> None:
        person, day, kind, site = cell
        variable = self.cp.new_bool_var(f"{person} {day} {kind} {site}")
        self.cells[cell] = variable
        self._at[site, day, kind].append(variable)
        self._of[person, day].append((self.kinds[kind], variable))
        if way:
            self._costs.append(way * variable)

    def _working(self, person: str, day: int) -> BoolVarT:
        """Whether somebody works on a day: one variable, so that each rule over days is short."""
        if (person, day) not in self._on:
            variables = [variable for _kind, variable in self._of[person, day]]
            if len(variables) == 1:
                self._on[person, day] = variables[0]
            else:
                on = self.cp.new_bool_var(f"{person} {day}")
                self.cp.add(LinearExpr.sum(variables) == on)
                self._follows(on, lambda values: _total(values, variables))
                self._on[person, day] = on
        return self._on[person, day]

    def _variables(self, person: str, day: int, kind: str) -> list[IntVar]:
        return [variable for one, variable in self._of[person, day] if one.id == kind]

    # -- hard limits of a person ----------------------------------------------------------------------------------

    def _limit(self, person: Candidate) -> None:
        for day in range(self.problem.days):
            if self._of[person.id, day]:
                self._working(person.id, day)
        self._rest(person)
        self._totals(person)
        self._weeks(person)
        worked = {day for day, _kind in person.worked}
        at_work = {day: [self._working(person.id, day)] for day in self._days(person)}
        self._longest_run(at_work, worked, person.most_run)
        at_night = {
            day: [variable for kind, variable in self._of[person.id, day] if kind.night] for day in self._days(person)
        }
        nights = {day for day, kind in person.worked if self.kinds[kind].night}
        self._longest_run(at_night, nights, person.most_night_run)
        self._least_run(person)
        self._least_off_run(person)

    def _days(self, person: Candidate) -> list[int]:
        return [day for day in range(self.problem.days) if self._of[person.id, day]]

    def _rest(self, person: Candidate) -> None:
        """Shifts which cannot follow."""
        kinds = self.problem.kinds
        for apart in (1, 2):
            for first in kinds:
                after = [second for second in kinds if clashes(self.problem, first, second, apart)]
                for day in range(self.problem.days - apart) if after else ():
                    before = self._variables(person.id, day, first.id)
                    later = [one for second in after for one in self._variables(person.id, day + apart, second.id)]
                    if before and later:
                        self.cp.add_at_most_one([*before, *later])
        for day, kind in person.worked:
            for later_day in range(max(0, day + 1), day + 3):
                for later_kind, variable in self._of.get((person.id, later_day), ()):
                    if clashes(self.problem, self.kinds[kind], later_kind, later_day - day):
                        self.cp.add(variable == 0)

    def _totals(self, person: Candidate) -> None:
        """MaxShifts, MaxTotalMinutes, MinTotalMinutes, MaxWeekends."""
        every = [pair for day in range(self.problem.days) for pair in self._of[person.id, day]]
        for kind, most in person.most_of_kind:
            some = [variable for one, variable in every if one.id == kind]
            if some:
                self.cp.add(LinearExpr.sum(some) <= most)
        minutes = LinearExpr.weighted_sum([one for _, one in every], [kind.minutes for kind, _ in every])
        if person.most_minutes is not None:
            self.cp.add(minutes <= person.most_minutes)
        if person.least_minutes:
            self.cp.add(minutes >= person.least_minutes)
        if person.most_weekends is not None:
            self.cp.add(LinearExpr.sum(list(self._weekends(person))) <= person.most_weekends)

    def _weekends(self, person: Candidate) -> Iterator[BoolVarT]:
        """One variable for each weekend with any work."""
        days: dict[int, list[BoolVarT]] = defaultdict(list)
        for day in self._days(person):
            if is_weekend(self.problem, day):
                days[(self.problem.first_weekday + day) // WEEK].append(self._working(person.id, day))
        for week, some in days.items():
            worked = self.cp.new_bool_var(f"{person.id} weekend {week}")
            for one in some:
                self.cp.add_implication(one, worked)
            self._any(worked, some)
            yield worked

    def _weeks(self, person: Candidate) -> None:
        """Any seven days in a row, those before the month included."""
        if person.most_in_week is None and person.most_minutes_in_week is None:
            return
        for first in range(1 - WEEK, self.problem.days):
            span = range(first, first + WEEK)
            inside = [pair for day in span if 0 <= day < self.problem.days for pair in self._of[person.id, day]]
            before = [self.kinds[kind] for day, kind in person.worked if day in span]
            if not inside:
                continue
            if person.most_in_week is not None and person.most_in_week < WEEK:
                some = [variable for _, variable in inside]
                self.cp.add(LinearExpr.sum(some) <= max(person.most_in_week - len(before), 0))
            if person.most_minutes_in_week is not None:
                minutes = LinearExpr.weighted_sum([one for _, one in inside], [kind.minutes for kind, _ in inside])
                left = person.most_minutes_in_week - sum(kind.minutes for kind in before)
                self.cp.add(minutes <= max(left, 0))

    def _longest_run(self, at: Mapping[int, Sequence[IntVar | BoolVarT]], before: set[int], most: int | None) -> None:
        """MaxConsecutiveShifts: of `most` + 1 days in a row, one is free."""
        if most is None:
            return
        for first in range(-most, self.problem.days - most):
            span = range(first, first + most + 1)
            if not all(day in before if day < 0 else at.get(day) for day in span):
                continue
            some = [one for day in span if day >= 0 for one in at[day]]
            if some:
                length = sum(day >= 0 for day in span)
                self.cp.add(LinearExpr.sum(some) <= length - 1)

    def _least_run(self, person: Candidate) -> None:
        """MinConsecutiveShifts: no shorter row of working days between two free ones."""
        for length in range(1, person.least_run):
            for first in range(1, self.problem.days - length):
                span = range(first, first + length)
                if not all(self._of[person.id, day] for day in span):
                    continue
                beside = [day for day in (first - 1, first + length) if self._of[person.id, day]]
                around = [self._working(person.id, day) for day in beside]
                self.cp.add_bool_or([*around, *(~self._working(person.id, day) for day in span)])

    def _least_off_run(self, person: Candidate) -> None:
        """MinConsecutiveDaysOff: no shorter row of free days between two working ones."""
        for length in range(1, person.least_off_run):
            for first in range(1, self.problem.days - length):
                if not (self._of[person.id, first - 1] and self._of[person.id, first + length]):
                    continue
                span = [day for day in range(first, first + length) if self._of[person.id, day]]
                ends = [~self._working(person.id, day) for day in (first - 1, first + length)]
                self.cp.add_bool_or([*ends, *(self._working(person.id, day) for day in span)])

    # -- what a plan pays -----------------------------------------------------------------------------------------

    def _cover(self, demand: Demand) -> None:
        there = self._at[demand.site, demand.day, demand.kind]
        name = f"{demand.site} {demand.day} {demand.kind}"
        if demand.most is not None:
            self.cp.add(LinearExpr.sum(there) <= demand.most)
        under = self.cp.new_int_var(0, demand.wanted, f"{name} under")
        over = self.cp.new_int_var(0, max(len(there) - demand.wanted, 0), f"{name} over")
        self.cp.add(LinearExpr.sum(there) - over + under == demand.wanted)
        self._costs += [demand.under * under, demand.over * over]
        self._follows(under, lambda values: max(demand.wanted - _total(values, there), 0))
        self._follows(over, lambda values: max(_total(values, there) - demand.wanted, 0))
        for quality in demand.qualities:
            having = [
                variable
                for person in self.problem.people
                if quality.skill in person.skills
                and (variable := self.cells.get((person.id, demand.day, demand.kind, demand.site))) is not None
            ]
            lack = self.cp.new_int_var(0, quality.wanted, f"{name} {quality.skill}")
            self.cp.add(LinearExpr.sum(having) + lack >= quality.wanted)
            self._costs.append(quality.under * lack)
            self._lacks(lack, quality.wanted, having)

    def _any(self, worked: IntVar, some: Sequence[BoolVarT]) -> None:
        self._follows(worked, lambda values: int(_total(values, some) > 0))

    def _lacks(self, lack: IntVar, wanted: int, having: Sequence[IntVar]) -> None:
        self._follows(lack, lambda values: max(wanted - _total(values, having), 0))

    def _wishes(self, person: Candidate) -> None:
        for wish in person.wishes:
            if not 0 <= wish.day < self.problem.days:
                continue
            pairs = self._of[person.id, wish.day]
            some = [variable for kind, variable in pairs if wish.kind in ("", kind.id)]
            if wish.on:
                self._costs.append(wish.weight * (1 - LinearExpr.sum(some)))
            else:
                self._costs.append(wish.weight * LinearExpr.sum(some))

    def _fairness(self) -> None:
        """Everybody near their fair share: of all shifts, of nights, of weekends."""
        weights = self.problem.weights
        for part, weight, counts in (
            (0, weights.total, lambda day, kind: True),
            (1, weights.night, lambda day, kind: kind.night),
            (2, weights.weekend, lambda day, kind: is_weekend(self.problem, day)),
        ):
            for person in self.problem.people if weight else ():
                own = [
                    variable
                    for day in range(self.problem.days)
                    for kind, variable in self._of[person.id, day]
                    if counts(day, kind)
                ]
                self._near(own, person.fair[part] if person.fair else 0, weight)

    def _near(self, own: Sequence[IntVar], share: int, weight: int) -> None:
        """Pays for each shift away from the two whole numbers around a share, and three times for each beyond one."""
        least, most = share // 1000, -(-share // 1000)
        length = max(len(own), most)
        away = self.cp.new_int_var(0, length, "")
        far = self.cp.new_int_var(0, length, "")
        self.cp.add(away >= LinearExpr.sum(own) - most)
        self.cp.add(away >= least - LinearExpr.sum(own))
        self.cp.add(far >= away - 1)
        self._costs += [weight * away, 2 * weight * far]
        self._follows(away, lambda values: max(_total(values, own) - most, least - _total(values, own), 0))
        self._follows(far, lambda values: max(values[away.index] - 1, 0))

    def _stay_near_present(self) -> None:
        """Each place of now that is given up costs once, also one that can't stay."""
        for one in self.problem.present if self.problem.weights.change else ():
            variable = self.cells.get((one.person, one.day, one.kind, one.site), 0)
            self._costs.append(self.problem.weights.change * (1 - variable))
