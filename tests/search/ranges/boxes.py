"""A task at every point of a box, by brute force, and what the definitions say of the box.

Cases of the generator with every figure of availability and commitments from 0 to twice what it is.
A point is ready where a plan passes the checker there: one known from another point, or else any
that brute force lists; it is not where brute force has listed all.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import combinations, product
from math import prod

from allocator.checker import is_valid
from allocator.deadline import Deadline
from allocator.engines import Settings
from allocator.inputs.inspection import from_tables
from allocator.inputs.problem import Problem, World
from allocator.inputs.problem.figures import at
from allocator.inputs.problem.ranges import Range, Unit, relevant, units, with_ranges
from allocator.results.result import Allocation
from allocator.search.feasibility.question import Question
from allocator.search.ranges.corners import Corners, corners_of
from allocator.search.ranges.draws import of_task
from tests.brute.capacity import Capacity
from tests.brute.enumeration import Enumeration
from tests.generated_tables import BASES
from tests.generator import question
from tests.search.ranges.exact import exact

Point = tuple[int, ...]

MOST_TRIED = 4
"""Plans of other points that are tried before all are listed."""


@dataclass(frozen=True)
class Box:
    """One task, its units, and whether it is ready at each point of the box."""

    problem: Problem
    world: World
    task: str
    units: tuple[Unit, ...]
    ready: dict[Point, bool]

    @property
    def ranges(self) -> list[Range]:
        return [one for unit in self.units for one in unit.ranges]

    @property
    def stated(self) -> Point:
        return tuple(one.figure.value for one in self.ranges)

    def question(self) -> Question:
        return Question(self.world, self.task, Settings())

    def corners(self) -> Corners:
        return corners_of(self.problem, self.question(), "unknown", Deadline(60))

    def at(self, point: Point) -> Problem:
        figures = (one.figure for one in self.ranges)
        return at(self.problem, dict(zip(figures, point, strict=True)))

    def points(self) -> Iterable[Point]:
        return product(*(range(one.low, one.high + 1) for one in self.ranges))

    @property
    def size(self) -> int:
        return prod(one.high - one.low + 1 for one in self.ranges)

    def listed(self) -> Box:
        """The box with every point of it. Raises NotTinyError where there are too many plans."""
        known: list[Allocation] = []
        ready: dict[Point, bool] = {}
        for point in self.points():
            plan = _plan(self.at(point), self.world, self.task, known[:MOST_TRIED])
            ready[point] = plan is not None
            if plan is not None:
                known = [plan, *(other for other in known if other is not plan)]
        return replace(self, ready=ready)


def _plan(
    problem: Problem, world: World, task: str, known: Iterable[Allocation]
) -> Allocation | None:
    """One that staffs the task alone, with all released that may be; None where there is none."""
    beside, released = problem.companions(task), Capacity(problem).releasable(world)
    for plan in known:
        if is_valid(problem, world, replace(plan, released=released), only=beside):
            return plan
    found = next(Enumeration(problem).allocations(world, beside, task), None)
    return None if found is None else found[0]


def unlisted(seed: int) -> list[Box]:
    """The boxes of all tasks of a seed, without any point."""
    asked = question(seed)
    workspace, _ = from_tables(asked.tables, asked.models)
    assert workspace is not None
    problem = with_ranges(workspace, asked.problem, dict.fromkeys(BASES, 100))
    return [
        Box(
            problem,
            asked.world,
            task.id,
            of_task(units(problem.ranges), relevant(problem, task.id)),
            {},
        )
        for task in problem.tasks
    ]


# --- from all points ---------------------------------------------------------------------------


def expected(ready: dict[Point, bool], ends: list[tuple[int, int]]) -> str:
    """The verdict over a box within the box, from all its points."""
    spans = [range(low, high + 1) for low, high in ends]
    found = {
        is_ready
        for point, is_ready in ready.items()
        if all(v in span for v, span in zip(point, spans, strict=True))
    }
    return "open" if len(found) == 2 else "surely ready" if True in found else "surely not"


def ended(here: Box, moved: Iterable[Unit], harmful: bool) -> Point:
    """These units at their ends, the others as stated."""
    off = {one for unit in moved for one in unit.ranges}
    return tuple(
        (one.harmful if harmful else one.helpful) if one in off else one.figure.value
        for one in here.ranges
    )


def fewest(here: Box, is_ready: bool) -> int:
    """Of all sets of units the size of the smallest that turns the verdict."""
    return min(
        size
        for size in range(1, len(here.units) + 1)
        for chosen in combinations(here.units, size)
        if here.ready[ended(here, chosen, is_ready)] is not is_ready
    )


def chance(here: Box) -> Fraction:
    """The exact one, over all points."""
    total = Fraction(0)
    weights = [exact(one) for one in here.ranges]
    for point, is_ready in here.ready.items():
        if is_ready:
            part = Fraction(1)
            for value, by_value in zip(point, weights, strict=True):
                part *= by_value[value]
            total += part
    return total
