"""What a package's allocation is worth, figure by figure, and the order of a task's packages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from allocator.inputs.problem import Problem, Task
from allocator.model.objectives import shortage_weight
from allocator.results.result import Cell, Package

FULL = 1000
"""Shares are in thousandths."""


@dataclass(frozen=True)
class Values:
    """The figures of one package. The largest share counts the task alone, the others the tasks
    beside it as well.

    release_risk: of the commitments released, summed over periods. shortfall: against the
    targets, in millionths of a target, summed over `targets` lines and periods. people: deployed,
    summed over periods. largest_share: of one nation in the people of the task, in the worst
    period, in thousandths rounded up; None where the task deploys nobody. largest: which nation
    that is. leads: the nations that fulfil what the task asks of its framework nation.
    """

    release_risk: int
    shortfall: int
    targets: int
    people: int
    largest_share: int | None
    largest: str
    leads: tuple[str, ...]


def values(problem: Problem, task: str, package: Package) -> Values:
    """Return the figures of the package's allocation.

    problem: the model that is asked about, with its tables. task: its id.
    """
    asked = problem.task(task)
    share, largest = _largest_share(problem, asked, package)
    short = _shortfalls(problem, asked, package)
    return Values(
        release_risk=sum(
            row.quantity * problem.commitment(row.commitment).release_risk
            for row in package.released
        ),
        shortfall=sum(short),
        targets=len(short),
        people=sum(_people(problem, cell) for cell in package.allocation),
        largest_share=share,
        largest=largest,
        leads=tuple(
            nation
            for nation in _may_lead(asked, package)
            if _leads(problem, asked, package, nation)
        ),
    )


def ranking(packages: Sequence[Package], figures: Sequence[Values]) -> list[int]:
    """The packages' places in the list, best first: the least risk to commitments, then nearest
    to the targets, then fewest people, then fewest nations, then by the nations' ids."""

    def key(place: int) -> tuple[object, ...]:
        found, nations = figures[place], packages[place].nations
        return (found.release_risk, found.shortfall, found.people, len(nations), nations)

    return sorted(range(len(packages)), key=key)


def _shortfalls(problem: Problem, task: Task, package: Package) -> list[int]:
    """As the objective `meet_targets` counts it, of the tasks that the package staffs."""
    staffed = {cell.task for cell in package.allocation} | {task.id}
    filled: dict[tuple[str, str, int], int] = {}
    for cell in package.allocation:
        key = (cell.task, cell.line, cell.period)
        weight = problem.task(cell.task).line(cell.line).weights[cell.capability]
        filled[key] = filled.get(key, 0) + weight * cell.quantity
    return [
        shortage_weight(line.target) * max(0, line.target - filled.get((name, line.id, period), 0))
        for name in staffed
        for line in problem.task(name).lines
        if line.target and not line.scaled
        for period in problem.task(name).periods
    ]


def _people(problem: Problem, cell: Cell) -> int:
    return problem.capabilities[cell.capability].personnel * cell.quantity


def _by_nation(problem: Problem, cells: Iterable[Cell]) -> dict[str, int]:
    found: dict[str, int] = {}
    for cell in cells:
        found[cell.nation] = found.get(cell.nation, 0) + _people(problem, cell)
    return found


def _at(task: Task, package: Package, period: int) -> list[Cell]:
    return [cell for cell in package.allocation if (cell.task, cell.period) == (task.id, period)]


def _largest_share(problem: Problem, task: Task, package: Package) -> tuple[int | None, str]:
    """Of all nations and periods; of equal shares, the nation that is first by id."""
    shares: dict[str, int] = {}
    for period in task.periods:
        people = _by_nation(problem, _at(task, package, period))
        if total := sum(people.values()):
            for nation, number in people.items():
                shares[nation] = max(shares.get(nation, 0), -(-FULL * number // total))
    largest = min(shares, key=lambda nation: (-shares[nation], nation), default="")
    return shares.get(largest), largest


def _may_lead(task: Task, package: Package) -> tuple[str, ...]:
    if task.lead is None:
        return ()
    named = task.lead.all_of if task.lead.any_of is None else task.lead.any_of
    return tuple(n for n in package.nations if named is None or n in named)


def _leads(problem: Problem, task: Task, package: Package, nation: str) -> bool:
    """Whether the nation provides what is asked, and its share, in every period (R8)."""
    assert task.lead is not None
    for period in task.periods:
        cells = _at(task, package, period)
        own = [cell for cell in cells if cell.nation == nation]
        provides = task.lead.provides
        if not any(provides in (None, cell.capability) for cell in own):
            return False
        people, total = (
            _by_nation(problem, own).get(nation, 0),
            sum(_by_nation(problem, cells).values()),
        )
        if FULL * people < task.lead.min_share * total:
            return False
    return True
