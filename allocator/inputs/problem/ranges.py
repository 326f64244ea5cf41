"""How far figures may be off: each from its helpful to its harmful end, groups together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_EVEN, Decimal
from typing import TYPE_CHECKING, Any

from allocator.inputs.problem.figures import Figure, all_figures, at
from allocator.inputs.problem.problem import Problem

if TYPE_CHECKING:
    from allocator.inputs.workspace import Workspace

Spread = Mapping[str, int | float]
"""Per cent either way, by basis: for figures that have no range of their own."""


@dataclass(frozen=True, slots=True)
class Range:
    """A figure, and the least and the most that it may be."""

    figure: Figure
    low: int
    high: int

    @property
    def helpful(self) -> int:
        return self.high if self.figure.more_helps else self.low

    @property
    def harmful(self) -> int:
        return self.low if self.figure.more_helps else self.high


@dataclass(frozen=True, slots=True)
class Unit:
    """What is off together: one figure, or all of a group.

    id: the group, or else kind and row of the figure; the same in every model of a workspace.
    """

    id: str
    ranges: tuple[Range, ...]
    group: str = ""

    @property
    def place(self) -> str:
        """Where the figure stands; of a group, its name."""
        return self.group or self.ranges[0].figure.place or self.id

    @property
    def name(self) -> str:
        """In a planner's words."""
        return f"group {self.group}" if self.group else self.ranges[0].figure.name

    def harmful(self) -> dict[Figure, int]:
        return {one.figure: one.harmful for one in self.ranges}

    def helpful(self) -> dict[Figure, int]:
        return {one.figure: one.helpful for one in self.ranges}


def ranges(workspace: Workspace, problem: Problem, spread: Spread) -> tuple[Range, ...]:
    """Return the figures that may be anything but what is stated, sorted.

    workspace: the tables and models behind it. problem: the model that is asked about, with its
    tables. spread: per cent either way, by basis.
    """
    if not spread and not _any(workspace, problem):
        return ()
    found = (_range(figure, spread) for figure in all_figures(workspace, problem))
    wide = (one for one in found if one.low < one.high)
    return tuple(sorted(wide, key=lambda one: _order(one.figure)))


def with_ranges(workspace: Workspace, problem: Problem, spread: Spread | None = None) -> Problem:
    """Return the problem with its figures' ranges, those of the spread among them.

    workspace: the tables and models behind it.
    """
    return replace(problem, ranges=ranges(workspace, problem, spread or {}))


def units(of: Iterable[Range]) -> tuple[Unit, ...]:
    """Figures that may be off by themselves, and groups, by id."""
    found: dict[str, list[Range]] = {}
    for one in of:
        found.setdefault(_unit_id(one.figure, found), []).append(one)
    return tuple(
        Unit(name, tuple(members), members[0].figure.group)
        for name, members in sorted(found.items())
    )


def worst(problem: Problem) -> Problem:
    """The problem with every figure at its harmful end."""
    return at(problem, {one.figure: one.harmful for one in problem.ranges})


def best(problem: Problem) -> Problem:
    """The problem with every figure at its helpful end."""
    return at(problem, {one.figure: one.helpful for one in problem.ranges})


def relevant(problem: Problem, task: str) -> tuple[Range, ...]:
    """Those of the problem's ranges that can matter to the task alone."""
    used = uses(problem, task)
    return tuple(one for one in problem.ranges if used.depends_on(one.figure))


@dataclass(frozen=True, slots=True)
class Uses:
    """What a task, and those that may stand beside it, take."""

    tasks: frozenset[str]
    capabilities: frozenset[str]
    pools: frozenset[tuple[str, str]]

    def depends_on(self, figure: Figure) -> bool:
        """A commitment takes nothing from a nation that has none of the capability."""
        if figure.kind == "minimum":
            return figure.row.split(".", 1)[0] in self.tasks
        if figure.capability not in self.capabilities:
            return False
        return figure.kind == "rotation" or (figure.nation, figure.capability) in self.pools


def uses(problem: Problem, task: str) -> Uses:
    """Of a task asked about alone."""
    beside = problem.companions(task)
    used = frozenset(c for name in beside for c in problem.task(name).capabilities)
    return Uses(beside, used, frozenset(problem.availability))


def _any(workspace: Workspace, problem: Problem) -> bool:
    """Whether any row has a range: most workspaces have none, and need no list of figures."""
    lines = (line for task in workspace.models[problem.model].tasks for line in task.lines)
    rows: tuple[Any, ...] = (
        *workspace.availability,
        *workspace.commitments,
        *workspace.offers,
        *lines,
    )
    return any(row.low is not None or row.high is not None for row in rows)


def _range(figure: Figure, spread: Spread) -> Range:
    low, high = figure.low, figure.high
    if low is None and high is None and figure.basis in spread:
        share = Decimal(str(spread[figure.basis])) / 100
        low = max(0, min(_rounded(figure.value * (1 - share)), figure.value - 1))
        high = max(_rounded(figure.value * (1 + share)), figure.value + 1)
    return Range(
        figure, figure.value if low is None else low, figure.value if high is None else high
    )


def _rounded(value: Decimal) -> int:
    return int(value.to_integral_value(rounding=ROUND_HALF_EVEN))


def _order(figure: Figure) -> tuple[str, str, tuple[int, ...], int]:
    """Those that are alike stay as their tables have them, wherever these are read from."""
    return figure.kind, figure.row, figure.periods, figure.value


def _unit_id(figure: Figure, known: Mapping[str, list[Range]]) -> str:
    """Rows of one nation and capability are told apart by their number, as they are sorted."""
    if figure.group:
        return f"group {figure.group}"
    name, number = f"{figure.kind} {figure.row}", 2
    while name in known:
        name, number = f"{figure.kind} {figure.row} {number}", number + 1
    return name
