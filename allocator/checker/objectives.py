"""The objectives' values of an allocation, by their definitions."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from allocator.checker.case import Case
from allocator.checker.cover import LOOSEST, cover, sent_to
from allocator.inputs.problem import Problem, World
from allocator.results.result import Allocation

HIGHER_IS_BETTER = "staff_tasks"


def objective_values(
    problem: Problem, allocation: Allocation, world: World | None = None
) -> dict[str, int]:
    """Each level's value by its name, in the order in which the model optimises them.

    allocation: units sent and released. world: on which the conditions of offers hang; nothing
    else does.

    `staff_tasks[1]`, `staff_tasks[2]`, …: one for each priority that a task of the model has.
    Units that name nothing in the problem are not counted.
    """
    case = Case(problem, world or World("", {}), allocation)
    found: dict[str, int] = {}
    for name in problem.objectives:
        if name == HIGHER_IS_BETTER:
            for priority in sorted({task.priority for task in problem.tasks}):
                found[f"{name}[{priority}]"] = _staffed_of(case, priority)
        else:
            found[name] = _VALUES[name](case)
    return found


def _staffed_of(case: Case, priority: int) -> int:
    return sum(task.priority == priority for task in case.staffed_tasks)


def meet_targets(case: Case) -> int:
    total = 0
    for task in case.problem.tasks:
        for line in task.lines:
            if not line.scaled and line.target > 0:
                # round() of a Fraction is exact and takes halves to even.
                penalty = round(Fraction(1_000_000, line.target))
                for period in task.periods:
                    filled = case.filled(task, line.id, period)
                    total += penalty * max(0, line.target - filled)
    return total


def protect_commitments(case: Case) -> int:
    risk = {commitment.id: commitment.release_risk for commitment in case.problem.commitments}
    return sum(risk.get(name, 0) * units for (name, _), units in case.allocation.released.items())


def economy(case: Case) -> int:
    return sum(case.people(row) for rows in case.rows_at.values() for row in rows)


def fewer_contingents(case: Case) -> int:
    return sum(len(case.contributors(task)) for task in case.problem.tasks)


def share_burden(case: Case) -> int:
    people = dict.fromkeys(case.problem.active_personnel, 0)
    for rows in case.rows_at.values():
        for row in rows:
            if row.nation in people:
                people[row.nation] += case.people(row)
    burdens = (-(-1000 * sent // case.problem.active_personnel[n]) for n, sent in people.items())
    return max(burdens, default=0)


def stay_within_offers(case: Case) -> int:
    """Units sent beyond what the offers that are valid on the day cover, whatever their status."""
    beyond = 0
    for nation, capability in case.serving:
        for period in case.problem.periods:
            sent = sent_to(case, nation, capability, period)
            found = cover(case, nation, capability, period, LOOSEST, sent)
            beyond += sum(units - found.grow(task, units) for task, units in sent.items())
    return beyond


_VALUES: dict[str, Callable[[Case], int]] = {
    "meet_targets": meet_targets,
    "protect_commitments": protect_commitments,
    "economy": economy,
    "fewer_contingents": fewer_contingents,
    "share_burden": share_burden,
    "stay_within_offers": stay_within_offers,
}
