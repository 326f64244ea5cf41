"""What is known of how far single figures may be wrong. Data and look-ups only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from allocator.inputs.problem import Problem, World
from allocator.inputs.problem.figures import KINDS, Figure, moving_either_way
from allocator.results.found import Found
from allocator.results.result import Verdict

__all__ = ["FRAGILE", "KINDS", "Figure", "Flip", "Fragility"]

FRAGILE = 10
"""Per cent: a verdict that a change of a figure within this turns is fragile in it."""


@dataclass(frozen=True, slots=True)
class Flip:
    """The smallest change of one figure alone that turns the verdict.

    at: the value at which it turns, proved. exact: whether every value nearer was decided too;
    if not, a smaller change may do. verdict: the task's verdict then.
    """

    figure: Figure
    at: int
    verdict: str
    exact: bool

    @property
    def change(self) -> int:
        """In the figure's units."""
        return self.at - self.figure.value

    @property
    def percent(self) -> int | None:
        """Of the figure now, to the nearest whole and at least 1; None where it is zero now."""
        now = self.figure.value
        if not now:
            return None
        size = max(1, (200 * abs(self.change) + now) // (2 * now))
        return size if self.change > 0 else -size

    @property
    def fragile(self) -> bool:
        return 100 * abs(self.change) <= FRAGILE * self.figure.value


@dataclass(frozen=True)
class Fragility(Found):
    """flips: nearest first. steady: figures that alone never turn the verdict. undecided: those
    that the time limit, or two engines that did not agree, left open. problem, asked: what the
    figures are of, and the world."""

    model: str
    world: str
    task: str
    verdict: Verdict
    flips: tuple[Flip, ...] = ()
    steady: tuple[Figure, ...] = ()
    undecided: tuple[Figure, ...] = ()
    problem: Problem | None = field(default=None, repr=False, compare=False)
    asked: World | None = field(default=None, repr=False, compare=False)
    options: Mapping[str, object] = field(default_factory=dict, compare=False, kw_only=True)

    @property
    def left_open(self) -> bool:
        """Whether anything that was asked is not known."""
        known = not self.undecided and all(flip.exact for flip in self.flips)
        return self.verdict == "unknown" or not known

    @property
    def not_asked(self) -> tuple[str, ...]:
        """Capabilities of the task, by id, whose rotation is not asked about, since it may help or
        harm: no nearest change can be found by halves."""
        problem = self.problem
        if problem is None:
            return ()
        beside = problem.companions(self.task)
        used = frozenset[str]().union(*(problem.task(task).capabilities for task in beside))
        return tuple(sorted(used & moving_either_way(problem)))

    @property
    def fragile(self) -> tuple[Flip, ...]:
        """The flips within ten per cent."""
        return tuple(flip for flip in self.flips if flip.fragile)

    @property
    def answered(self) -> bool:
        return self.verdict != "unknown"
