"""The packages of a task with their figures, in the order in which they are read."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from allocator.inputs.problem import Problem
from allocator.results.result import Package, TaskRecord
from allocator.search.packages.different import different
from allocator.search.packages.values import Values, ranking, values


@dataclass(frozen=True)
class Ranked:
    """A package: its number in the task's list, its figures, and where it is one of the few that
    differ most, which one (1 is the best of all) and how far from the nearest before it."""

    number: int
    package: Package
    values: Values
    pick: int | None
    distance: Fraction | None


def ranked(problem: Problem, record: TaskRecord) -> tuple[Ranked, ...]:
    """Those that have their best allocation, best first: the least risk to commitments, then
    nearest to the targets, and so on."""
    packages = record.packages.best
    figures = [values(problem, record.task, package) for package in packages]
    order = ranking(packages, figures)
    members = [
        (frozenset(package.nations), frozenset(figure.leads))
        for package, figure in zip(packages, figures, strict=True)
    ]
    picks = {pick.place: (n, pick.distance) for n, pick in enumerate(different(members, order), 1)}
    return tuple(
        Ranked(place + 1, packages[place], figures[place], *picks.get(place, (None, None)))
        for place in order
    )
