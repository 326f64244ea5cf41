"""The objectives of a plan, one function each, in the words of `docs/rules.md`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from allocator.model.program import FREE, Program, Term
from allocator.model.variables import Measure, Variables


@dataclass(frozen=True)
class Objective:
    """`offset` + sum of terms, as high as possible where `maximise`, else as low as possible."""

    name: str
    maximise: bool
    terms: tuple[Term, ...]
    offset: int = 0

    def value(self, values: Sequence[int]) -> int:
        return self.offset + sum(c * values[variable] for c, variable in self.terms)

    def better(self, one: int, other: int) -> bool:
        return one > other if self.maximise else one < other

    def trivial_bound(self, program: Program) -> int:
        """What the terms come to at best by the bounds of the variables alone."""
        terms = self.terms
        return self.offset + (program.most(terms) if self.maximise else program.least(terms))

    def keep(self, program: Program, value: int) -> None:
        """Adds the row that no solution may be worse than this value."""
        reached = value - self.offset
        if self.maximise:
            program.keep(self.terms, reached, FREE)
        else:
            program.keep(self.terms, -FREE, reached)

    def demand_better(self, program: Program, value: int) -> None:
        """Adds the row that every solution is better than this value."""
        self.keep(program, value + 1 if self.maximise else value - 1)


def levels(v: Variables) -> list[Objective]:
    """The model's objectives in their order, `staff_tasks` one level a priority.

    Adds the variables that they need to the program.
    """
    return [level for name in v.problem.objectives for level in _OBJECTIVES[name](v)]


def shortage_weight(target: int) -> int:
    """Millionths of the target that one unit short of it counts; halves to even."""
    return round(Fraction(1_000_000, target))


def _staff_tasks(v: Variables) -> Iterator[Objective]:
    for priority in sorted({task.priority for task in v.problem.tasks}):
        staffed = [(1, v.staffed[task.id]) for task in v.tasks if task.priority == priority]
        yield Objective(f"staff_tasks[{priority}]", True, tuple(staffed))


def _meet_targets(v: Variables) -> Iterator[Objective]:
    terms: list[Term] = []
    offset = 0
    for task in v.problem.tasks:
        for line in task.lines:
            if line.scaled or not line.target:
                continue
            weight = shortage_weight(line.target)
            for period in task.periods:
                if task.id not in v.staffed:
                    offset += weight * line.target
                    continue
                short = v.program.variable(0, line.target)
                filled = v.filled(task, line, period)
                v.program.at_least([(1, short), *filled], line.target)
                missing = tuple((-c, x) for c, x in filled)
                v.measures[short] = Measure(((line.target, missing, 1),))
                terms.append((weight, short))
    yield Objective("meet_targets", False, tuple(terms), offset)


def _protect_commitments(v: Variables) -> Iterator[Objective]:
    risk = {commitment.id: commitment.release_risk for commitment in v.problem.commitments}
    terms = tuple((risk[key[0]], variable) for key, variable in v.released.items())
    yield Objective("protect_commitments", False, terms)


def _economy(v: Variables) -> Iterator[Objective]:
    terms = tuple((sent.personnel, sent.variable) for sent in v.sent if sent.personnel)
    yield Objective("economy", False, terms)


def _fewer_contingents(v: Variables) -> Iterator[Objective]:
    pairs = sorted({(sent.nation, sent.task) for sent in v.sent})
    terms = tuple((1, v.contribution(nation, task)) for nation, task in pairs)
    yield Objective("fewer_contingents", False, terms)


def _share_burden(v: Variables) -> Iterator[Objective]:
    """The largest of the nations' ceil(1000 * personnel-periods / active personnel)."""
    burdens: list[tuple[int, list[Term]]] = []
    for nation, active in sorted(v.problem.active_personnel.items()):
        people = [(1000 * s.personnel, s.variable) for s in v.sent if s.nation == nation]
        if people:
            burdens.append((active, people))
    most = max((-(-v.program.most(people) // active) for active, people in burdens), default=0)
    largest = v.program.variable(0, most)
    v.measures[largest] = Measure(tuple((0, tuple(p), active) for active, p in burdens))
    for active, people in burdens:
        v.program.at_most([*people, (-active, largest)], 0)
    yield Objective("share_burden", False, ((1, largest),))


_OBJECTIVES: dict[str, Callable[[Variables], Iterator[Objective]]] = {
    "staff_tasks": _staff_tasks,
    "meet_targets": _meet_targets,
    "protect_commitments": _protect_commitments,
    "economy": _economy,
    "fewer_contingents": _fewer_contingents,
    "share_burden": _share_burden,
}
