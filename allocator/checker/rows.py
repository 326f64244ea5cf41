"""The rules as rows of whole numbers, stated anew for proofs that push bounds on.

A question is about one task and those that may be staffed beside it. Every allocation that staffs
the task in the world, with these nations, keeps every row and every bound; rows may let through
more than the rules do, never less: all that may be released counts as released.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import cached_property
from typing import NamedTuple

from allocator.checker.sums import with_all_released
from allocator.inputs.conditions import Condition, holds, tasks_in
from allocator.inputs.problem import Caveat, Lead, Line, Problem, Task, World


class Variable(NamedTuple):
    """What a row counts.

    kind: `units` sent of a capability to a line in a period, or one of 0 and 1: whether the task
    is `staffed`, whether the nation `contributes` to it at all, `leads` it, or `sends` the line
    anything in the period.
    """

    kind: str
    task: str
    nation: str = ""
    line: str = ""
    capability: str = ""
    period: int = 0


class Place(NamedTuple):
    """Which row it is: the rule, and what it is about, as far as the rule tells apart. `what`
    tells rows of one rule apart; a caveat by its id, a task that another waits for by its own."""

    rule: str
    what: str
    task: str = ""
    nation: str = ""
    line: str = ""
    capability: str = ""
    period: int = 0


class Unless(NamedTuple):
    """A condition that lifts a row where it could hold: at a task, in a period, without one of
    the tasks."""

    condition: Condition
    task: str
    period: int
    without: str = ""


class Row(NamedTuple):
    """`sum of coefficient * variable >= least`, unless a condition could hold."""

    place: Place
    terms: tuple[tuple[Variable, int], ...]
    least: int
    unless: Unless | None = None


Terms = list[tuple[Variable, int]]
Bounds = dict[Variable, tuple[int, int]]


class Rows:
    """The rows of one question and the first bounds of their variables.

    Args:
        problem: the problem.
        world: the world that is asked about.
        task_id: the task that is to be staffed.
        nations: who may contribute to it; to tasks beside it anybody may.
    """

    def __init__(
        self, problem: Problem, world: World, task_id: str, nations: Collection[str]
    ) -> None:
        self._problem = problem
        self._world = world
        self._asked = task_id
        self._tasks = [problem.task(t) for t in sorted(problem.companions(task_id))]
        self._nations = frozenset(nations)
        self._case = with_all_released(problem, world)
        self._units: dict[tuple[str, int], list[Variable]] = {}
        for variable in self._kept_up:
            self._units.setdefault((variable.task, variable.period), []).append(variable)

    @cached_property
    def rows(self) -> dict[Place, Row]:
        """Every row by its place."""
        found = {row.place: row for row in self._pools()}
        for task in self._tasks:
            found |= {row.place: row for row in _TaskRows(self, task).every()}
        return found

    @cached_property
    def bounds(self) -> Bounds:
        """The least and the most of each variable before any step: units by what the nation keeps
        up in one period (R3)."""
        found = {variable: (0, most) for variable, most in self._kept_up.items()}
        for row in self.rows.values():
            for variable, _ in row.terms:
                found.setdefault(variable, (0, 1))
        found[Variable("staffed", self._asked)] = (1, 1)
        return found

    def lifted(self, row: Row, bounds: Bounds) -> bool:
        """Whether the row's condition could hold, for all that the bounds say: nations that may
        still send the task something in the period join it and lead it, tasks that may still be
        staffed are."""
        if row.unless is None:
            return False
        condition, task, period, without = row.unless
        joining = {v.nation for v in self.units(task, period) if bounds[v][1] > 0}
        if row.place.nation:
            joining.add(row.place.nation)
        staffed = {
            other.id
            for other in self._tasks
            if other.id != without and bounds.get(Variable("staffed", other.id), (0, 1))[1] > 0
        }
        return holds(condition, self._world.holding(period), joining, staffed, joining)

    def watched(self, row: Row) -> Iterator[Variable]:
        """The variables on whose bounds it hangs whether the row's condition could hold."""
        if row.unless is not None:
            yield from self.units(row.unless.task, row.unless.period)
            yield from (Variable("staffed", other) for other in tasks_in(row.unless.condition))

    def units(self, task: str, period: int) -> list[Variable]:
        """All that may be sent to a task in a period."""
        return self._units.get((task, period), [])

    def nations_of(self, task: str) -> list[str]:
        """Who may contribute to the task."""
        asked = task == self._asked
        return [n for n in self._problem.nations if not asked or n in self._nations]

    def most(self, variable: Variable) -> int:
        """Units that the nation keeps up in one period (R3)."""
        return self._kept_up[variable]

    def people(self, variables: Collection[Variable], times: int) -> Terms:
        of = self._problem.capabilities
        return [(v, times * of[v.capability].personnel) for v in variables]

    def caveats(self, nation: str, task: str) -> Iterator[Caveat]:
        yield from self._problem.caveats_on(nation, task)

    @cached_property
    def _kept_up(self) -> dict[Variable, int]:
        """Units that may be sent; those of which there are none left out."""
        found: dict[Variable, int] = {}
        for task in self._tasks:
            for nation in self.nations_of(task.id):
                for capability in task.capabilities:
                    for period in task.periods:
                        most = self._at_once(nation, capability, period)
                        for line in task.lines:
                            if most > 0 and capability in line.weights:
                                at = ("units", task.id, nation, line.id, capability, period)
                                found[Variable(*at)] = most
        return found

    def _at_once(self, nation: str, capability: str, period: int) -> int:
        rotation = self._problem.capabilities[capability].rotation
        return self._case.surge_free(nation, capability, period) // rotation

    def _pools(self) -> Iterator[Row]:
        """R3: what all tasks together may take."""
        pools: dict[tuple[str, str], list[Variable]] = {}
        for variable in self._kept_up:
            pools.setdefault((variable.nation, variable.capability), []).append(variable)
        for (nation, capability), sent in pools.items():
            rotation = self._problem.capabilities[capability].rotation
            for last in self._problem.periods:
                within = [(v, -1) for v in sent if last - rotation < v.period <= last]
                free = self._case.window_free(nation, capability, last)
                place = Place("R3", "window", "", nation, "", capability, last)
                yield _row(place, within, -free)
                now = [(v, -1) for v in sent if v.period == last]
                free = self._at_once(nation, capability, last)
                yield _row(place._replace(what="at once"), now, -free)


class _TaskRows:
    """The rows of one task; of one that is not staffed they ask nothing."""

    def __init__(self, rows: Rows, task: Task) -> None:
        self._all = rows
        self._task = task
        self._staffed = Variable("staffed", task.id)

    def every(self) -> Iterator[Row]:
        """All, those first that read most easily where a proof may begin with one or another."""
        yield from self._conditions()
        yield from self._caveats()
        yield from self._minimums()
        yield from self._scaled()
        yield from self._numbers()
        yield from self._shares()
        yield from self._leads()
        yield from self._least_contributions()

    def _at(self, period: int) -> list[Variable]:
        return self._all.units(self._task.id, period)

    def _by(self, nation: str, period: int) -> list[Variable]:
        return [variable for variable in self._at(period) if variable.nation == nation]

    def _place(
        self,
        rule: str,
        what: str,
        nation: str = "",
        line: str = "",
        capability: str = "",
        period: int = 0,
    ) -> Place:
        return Place(rule, what, self._task.id, nation, line, capability, period)

    def _if_staffed(self, units: int) -> tuple[Variable, int]:
        return self._staffed, -units

    def _filled(self, line: Line, period: int) -> Terms:
        return [(v, line.weights[v.capability]) for v in self._at(period) if v.line == line.id]

    def _minimums(self) -> Iterator[Row]:
        for line in self._task.lines:
            for period in self._task.periods:
                place = self._place("R1", "minimum", line=line.id, period=period)
                terms = [*self._filled(line, period), self._if_staffed(line.minimum)]
                yield _row(place, terms, 0)

    def _scaled(self) -> Iterator[Row]:
        """People of other tasks that the line carries count as none."""
        for line in self._task.lines:
            if line.one_per is None or (line.of is not None and self._task.id not in line.of):
                continue
            for period in self._task.periods:
                carried = [(v, line.one_per * w) for v, w in self._filled(line, period)]
                people = self._all.people(self._at(period), -1)
                place = self._place("R2", "people carried", line=line.id, period=period)
                yield _row(place, carried + people, 0)

    def _caveats(self) -> Iterator[Row]:
        for nation in self._all.nations_of(self._task.id):
            for caveat in self._all.caveats(nation, self._task.id):
                for period in self._task.periods:
                    if period in caveat.periods:
                        yield self._caveat(caveat, period)

    def _caveat(self, caveat: Caveat, period: int) -> Row:
        within = [v for v in self._by(caveat.nation, period) if v.capability in caveat.capabilities]
        if caveat.max_personnel is None:
            terms, least = [(v, -1) for v in within], 0
        else:
            terms, least = self._all.people(within, -1), -caveat.max_personnel
        place = self._place("R5", caveat.id, nation=caveat.nation, period=period)
        return _row(place, terms, least, Unless(caveat.requires, self._task.id, period))

    def _numbers(self) -> Iterator[Row]:
        task = self._task
        nations = self._all.nations_of(task.id)
        for nation in task.members:
            terms = [*self._sent(nation), self._if_staffed(1)]
            yield _row(self._place("R6", "member", nation=nation), terms, 0)
        counted = [Variable("contributes", task.id, nation) for nation in nations]
        if task.min_nations > 1:
            terms = [*((v, 1) for v in counted), self._if_staffed(task.min_nations)]
            yield _row(self._place("R6", "at least"), terms, 0)
            for variable in counted:
                terms = [*self._sent(variable.nation), (variable, -1)]
                yield _row(self._place("R6", "contributes", nation=variable.nation), terms, 0)
        if task.max_nations is not None:
            terms = [(v, -1) for v in counted]
            yield _row(self._place("R6", "at most"), terms, -task.max_nations)
            for variable in counted:
                for v, _ in self._sent(variable.nation):
                    place = self._place("R6", "counts", *v[2:])
                    yield _row(place, [(variable, self._all.most(v)), (v, -1)], 0)

    def _sent(self, nation: str) -> Terms:
        return [(v, 1) for period in self._task.periods for v in self._by(nation, period)]

    def _shares(self) -> Iterator[Row]:
        share = self._task.max_share
        if share is None:
            return
        for period in self._task.periods:
            everybody = self._all.people(self._at(period), share)
            for nation in self._all.nations_of(self._task.id):
                own = self._all.people(self._by(nation, period), -1000)
                place = self._place("R7", "share", nation=nation, period=period)
                yield _row(place, everybody + own, 0)

    def _leads(self) -> Iterator[Row]:
        lead = self._task.lead
        if lead is None:
            return
        if lead.all_of is not None:
            for nation in lead.all_of:
                yield from self._one_leads(lead, nation, self._staffed)
            return
        nations = self._all.nations_of(self._task.id)
        eligible = nations if lead.any_of is None else [n for n in nations if n in lead.any_of]
        leading = [Variable("leads", self._task.id, nation) for nation in eligible]
        terms = [*((v, 1) for v in leading), self._if_staffed(1)]
        yield _row(self._place("R8", "one leads"), terms, 0)
        for variable in leading:
            yield from self._one_leads(lead, variable.nation, variable)

    def _one_leads(self, lead: Lead, nation: str, leads: Variable) -> Iterator[Row]:
        """What it takes that the nation leads, where it does."""
        for period in self._task.periods:
            own = self._by(nation, period)
            provided = [(v, 1) for v in own if lead.provides in (None, v.capability)]
            place = self._place("R8", "provides", nation=nation, period=period)
            yield _row(place, [*provided, (leads, -1)], 0)
            share = self._all.people(own, 1000)
            share += self._all.people(self._at(period), -lead.min_share)
            # Where the nation does not lead, the row is to let everything through.
            let = sum(c * self._all.most(v) for v, c in _added_up(share).items() if c < 0)
            yield _row(place._replace(what="share"), [*share, (leads, let)], let)

    def _least_contributions(self) -> Iterator[Row]:
        for line in self._task.lines:
            for period in self._task.periods:
                for nation in self._all.nations_of(self._task.id):
                    sent = [v for v in self._by(nation, period) if v.line == line.id]
                    if line.min_contribution > 1 and sent:
                        yield from self._least(line, sent)

    def _least(self, line: Line, sent: list[Variable]) -> Iterator[Row]:
        first = sent[0]
        sends = Variable("sends", self._task.id, first.nation, line.id, period=first.period)
        terms = [*((v, 1) for v in sent), (sends, -line.min_contribution)]
        place = self._place("R9", "at least", first.nation, line.id, period=first.period)
        yield _row(place, terms, 0)
        for v in sent:
            place = self._place("R9", "or none", *v[2:])
            yield _row(place, [(sends, self._all.most(v)), (v, -1)], 0)

    def _conditions(self) -> Iterator[Row]:
        """R10: a task whose condition cannot hold is not staffed; nor is one whose condition
        cannot hold without a task that is not."""
        requires = self._task.requires
        for period in self._task.periods:
            place = self._place("R10", "condition", period=period)
            unless = Unless(requires, self._task.id, period)
            yield _row(place, [self._if_staffed(1)], 0, unless)
            for other in sorted(tasks_in(requires)):
                place = self._place("R10", other, period=period)
                unless = Unless(requires, self._task.id, period, other)
                yield _row(place, [(Variable("staffed", other), 1), self._if_staffed(1)], 0, unless)


def _row(place: Place, terms: Terms, least: int, unless: Unless | None = None) -> Row:
    """A row, each variable named once."""
    return Row(place, tuple((v, c) for v, c in _added_up(terms).items() if c), least, unless)


def _added_up(terms: Terms) -> dict[Variable, int]:
    found: dict[Variable, int] = {}
    for variable, coefficient in terms:
        found[variable] = found.get(variable, 0) + coefficient
    return found
