"""What comes first, who waits for whom: acts, circles, ways in turn, road maps. Data and look-ups
only.

An act is an open precondition that is brought about. Meanings are those of `docs/order.md`; what
was not decided in time stands apart and is never counted as a no.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from allocator.inputs.problem import Problem, World
from allocator.results.found import Found
from allocator.results.result import Family, Verdict

By = Literal["effort", "date", "benefit"]
"""What a road map is the best in."""

State = Literal["in turn", "deadlocked", "out of reach", "unknown"]
Reached = Literal["yes", "no", "unknown"]


@dataclass(frozen=True)
class Act:
    """One open precondition. after: what its holder waits for; place: where that is written.

    month: the earliest in which it is met; None where never, or where it is not known.
    """

    precondition: str
    name: str
    holder: str
    after: str
    lead_months: int
    place: str
    state: State
    month: int | None


@dataclass(frozen=True)
class TaskOrder:
    """One task. reached: whether the acts that come about in turn make it ready.

    earliest_month: None where it is never ready, or where the month was not decided; it is no
    earlier than earliest_low and no later than earliest_high then, where these are known.
    chain: the acts that the month hangs on, first to last.
    """

    task: str
    verdict: Verdict
    reached: Reached
    earliest_month: int | None
    earliest_low: int | None
    earliest_high: int | None
    ways_in_turn: Family
    pushes: Family
    chain: tuple[str, ...] = ()


@dataclass(frozen=True)
class Push:
    """Acts made without waiting; what else comes about in turn then, and which tasks are ready
    then that are not without the push."""

    acts: tuple[str, ...]
    frees: tuple[str, ...]
    ready: tuple[str, ...]


@dataclass(frozen=True)
class Step:
    """One act of a road map, the month in which it is met, and the tasks that it makes ready."""

    precondition: str
    month: int
    holder: str
    ready: tuple[str, ...]


@dataclass(frozen=True)
class TaskMonth:
    task: str
    month: int


@dataclass(frozen=True)
class RoadMap:
    """The acts in order. value: summed effort, the month of the last task, or the sum of weight
    times month; bound: nothing is below it. None where no road map is known.

    unreached: tasks that no order reaches; undecided: those of which that is not known.
    smallest: of a road map by date, whether no fewer acts are as early; may_be_sooner: its tasks of
    which it is not known that they come no sooner.
    """

    by: By
    steps: tuple[Step, ...] = ()
    value: int | None = None
    bound: int | None = None
    months: tuple[TaskMonth, ...] = ()
    unreached: tuple[str, ...] = ()
    undecided: tuple[str, ...] = ()
    smallest: bool = False
    may_be_sooner: tuple[str, ...] = ()

    @property
    def proved(self) -> bool:
        """Whether nothing better is possible; not where a task might still be led to, or sooner."""
        open_ = self.undecided or self.may_be_sooner
        return self.value is not None and self.value == self.bound and not open_


@dataclass(frozen=True)
class Order(Found):
    """The answer to one question of order. Circles: acts that could be announced together and
    not otherwise; complete where all are listed. undecided: acts whose state is not known. options:
    what was asked; inputs: the files and their hashes."""

    problem: Problem = field(repr=False)
    world: World
    acts: tuple[Act, ...]
    tasks: tuple[TaskOrder, ...]
    in_turn: tuple[str, ...]
    together: tuple[str, ...]
    deadlocked: tuple[str, ...]
    out_of_reach: tuple[str, ...]
    undecided: tuple[str, ...]
    circles: Family
    pushes: tuple[Push, ...]
    road_map: RoadMap

    @property
    def left_open(self) -> bool:
        """Whether anything that was asked is not known."""
        families = (one for t in self.tasks for one in (t.ways_in_turn, t.pushes))
        unknown = any("unknown" in (t.verdict, t.reached) for t in self.tasks)
        whole = self.circles.complete and all(family.complete for family in families)
        return bool(self.undecided) or unknown or not whole

    @property
    def answered(self) -> bool:
        """Whether anything at all is known."""
        known = {one.verdict for one in self.tasks} - {"unknown"}
        return bool(known) or not self.tasks or len(self.undecided) < len(self.acts)

    def act(self, precondition: str) -> Act:
        """Return the act. Raises KeyError for what is none."""
        for one in self.acts:
            if one.precondition == precondition:
                return one
        raise KeyError(precondition)

    def task(self, task: str) -> TaskOrder:
        """Return the task's answer. Raises KeyError for a task that was not asked about."""
        for one in self.tasks:
            if one.task == task:
                return one
        raise KeyError(task)
