"""What is known of verdicts over the ranges of figures. Data and look-ups only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from allocator.inputs.problem import Problem, World
from allocator.inputs.problem.ranges import Spread, Unit
from allocator.inputs.schema.calendar import WITHOUT_MONTHS, Calendar
from allocator.results.certificate import Proof
from allocator.results.found import Found
from allocator.results.result import OverRanges, Verdict

__all__ = ["Chance", "Corner", "First", "OverRanges", "RangesFound", "TaskRanges", "Together"]

Ready = Literal["yes", "no", "unknown"]


@dataclass(frozen=True, slots=True)
class Corner:
    """Whether the task is ready with every figure at one end, and what shows it: a plan that
    passes the checker, or the proof of a no. stated: it follows from the verdict as stated."""

    ready: Ready
    proof: Proof | None = None
    stated: bool = False


@dataclass(frozen=True, slots=True)
class Together:
    """How many figures must be off together for the verdict to turn.

    units: the fewest that are known to do; none where none are known yet. bound: proved, fewer
    never do.
    """

    units: tuple[Unit, ...]
    bound: int
    harmful: bool

    @property
    def number(self) -> int | None:
        return len(self.units) or None

    @property
    def proved(self) -> bool:
        return self.number == self.bound


@dataclass(frozen=True, slots=True)
class Failing:
    """In how many draws a proof showed that the task is not ready."""

    proof: Proof
    draws: int


class Share(NamedTuple):
    """Which part of draws is ready: at the least, and with those that are not decided."""

    least: float
    most: float

    @classmethod
    def of(cls, draws: int, ready: int, undecided: int) -> Share:
        """Return the share of so many draws; what is not decided counts as either."""
        return cls(ready / draws, (ready + undecided) / draws)

    @property
    def exact(self) -> float | None:
        """The share, where all of the draws are decided."""
        return self.least if self.least == self.most else None


@dataclass(frozen=True, slots=True)
class First:
    """How the chance moves with one unit: in the draws in its low third and in its high third; None
    where there are none. flip: the nearest value that alone turns the verdict. flip_open: whether
    one was looked for, and not all of it is decided."""

    unit: Unit
    low: Share | None
    high: Share | None
    flip: int | None = None
    flip_open: bool = False

    @property
    def swing(self) -> float:
        """How far the chance moves for certain, whatever the draws are that are not decided."""
        if self.low is None or self.high is None:
            return 0.0
        return max(0.0, self.low.least - self.high.most, self.high.least - self.low.most)


@dataclass(frozen=True, slots=True)
class Chance:
    """Of `draws`, in how many the task is ready, and how many were not decided.

    low, high: the Wilson interval of 95 %, undecided draws taken as either. failing: what shows
    the noes. by: how many draws each way of answering settled.
    """

    draws: int
    ready: int
    undecided: int
    low: float
    high: float
    failing: tuple[Failing, ...] = ()
    by: tuple[tuple[str, int], ...] = ()

    @property
    def share(self) -> float:
        return self.ready / self.draws

    @property
    def between(self) -> Share:
        """The same from the least to the most that it can be."""
        return Share.of(self.draws, self.ready, self.undecided)


@dataclass(frozen=True, slots=True)
class TaskRanges:
    """One task: its verdict as stated, over the ranges, and what is known beside it."""

    task: str
    stated: Verdict
    over_ranges: OverRanges
    worst: Corner
    best: Corner
    together: Together | None = None
    chance: Chance | None = None
    first: tuple[First, ...] = ()

    @property
    def left_open(self) -> bool:
        """Whether anything of it is not known."""
        unknown = "unknown" in (self.stated, self.over_ranges)
        drawn = self.chance is not None and self.chance.undecided > 0
        return unknown or drawn or (self.together is not None and not self.together.proved)


@dataclass(frozen=True)
class RangesFound(Found):
    """What `ranges` found. units: the figures and groups that may be off. preconditions: those
    that were drawn too, with their likelihoods; None where that was not asked for. problem, asked:
    what the figures are of, and the world."""

    model: str
    world: str
    tasks: tuple[TaskRanges, ...]
    units: tuple[Unit, ...] = ()
    spread: Spread = field(default_factory=dict)
    draws: int = 0
    seed: int = 0
    uniform: bool = False
    calendar: Calendar = WITHOUT_MONTHS
    preconditions: Mapping[str, float] | None = None
    problem: Problem | None = field(default=None, repr=False, compare=False)
    asked: World | None = field(default=None, repr=False, compare=False)

    @property
    def left_open(self) -> bool:
        """Whether anything that was asked is not known."""
        return any(one.left_open for one in self.tasks)

    @property
    def answered(self) -> bool:
        """Whether anything at all is known."""
        return any(t.stated != "unknown" or t.over_ranges != "unknown" for t in self.tasks)
