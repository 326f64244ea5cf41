"""Which tasks of a plan endure which losses. Data and look-ups only.

Meanings are those of `docs/endure.md`; what was not decided in time is `unknown`, never a no.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from allocator.inputs.problem import Problem, World
from allocator.inputs.problem.losses import Loss
from allocator.results.certificate import Proof, Witness
from allocator.results.found import Found
from allocator.results.repair import DISTANCE, Edit
from allocator.results.result import Family, Level, Plan

State = Literal["holds", "repaired", "gives way", "falls", "unknown"]
STATES: tuple[State, ...] = ("holds", "repaired", "gives way", "falls", "unknown")
"""In the order in which they are tried: the first that is true counts."""


@dataclass(frozen=True)
class TaskUnder:
    """One task of the plan under an event.

    edits: where the plan after the event sends it other units than planned. broken: the rules that
    break where the lost nation's rows are struck out and nothing else is done. proof: of one that
    falls. witness: of one that gives way, a plan from the event's period on that staffs it.
    unlocking: of one that falls, the minimal sets of open preconditions that would let it stand if
    they held from the event's period on; None where that was not looked at.
    """

    task: str
    state: State
    edits: tuple[Edit, ...] = ()
    broken: tuple[str, ...] = ()
    proof: Proof | None = None
    witness: Witness | None = None
    unlocking: Family | None = None


@dataclass(frozen=True)
class Outcome:
    """One event. touches: whether it takes anything from the plan at all.

    levels: of the nearest plan that is known, whose units and releases from the event's period on
    are `after`; none where no plan is known.
    """

    loss: Loss
    touches: bool
    tasks: tuple[TaskUnder, ...]
    levels: tuple[Level, ...] = ()
    after: Witness | None = None

    @property
    def worst(self) -> State:
        """The worst state of any task; `unknown` is no state of a task and comes before `holds`."""
        order: tuple[State, ...] = ("falls", "gives way", "repaired", "unknown", "holds")
        found = {one.state for one in self.tasks}
        return next((state for state in order if state in found), "holds")

    @property
    def decided(self) -> bool:
        """Whether the state of every task is known."""
        return all(one.state != "unknown" for one in self.tasks)

    @property
    def nearest(self) -> bool:
        """Whether it is proved that no plan is nearer, the model's objectives apart."""
        apart = [level for level in self.levels if level.objective.startswith(DISTANCE)]
        return self.after is not None and all(level.status == "optimal" for level in apart)


@dataclass(frozen=True)
class HowLong:
    """How long tasks can be kept up together, where every period after the horizon is as the last.

    periods: so many are certain; None where not even the model's own are. impossible: the fewest
    of which it is proved that they cannot be; proved_by: what shows it, where it is the next one.
    for_ever: whether the plan can go on and on; repeats: the first period of what repeats, and how
    many there are. ended: whether no window of theirs holds the last period, so that there is
    nothing to keep up. plan: that shows it, until the end of the first repetition, or of the last
    period.
    """

    tasks: tuple[str, ...]
    periods: int | None
    impossible: int | None
    proved_by: str | None
    for_ever: bool
    repeats: tuple[int, int] | None = None
    plan: Witness | None = None
    ended: bool = False

    @property
    def decided(self) -> bool:
        """Whether nothing is open."""
        return self.for_ever or self.ended or self.proved_by is not None


@dataclass(frozen=True)
class Endurance(Found):
    """The answer: the plan, and the events in order. how_long: where it was asked, how long all
    tasks of the plan can be kept up together, then each alone."""

    problem: Problem = field(repr=False)
    world: World
    plan: Plan
    events: tuple[Outcome, ...] = ()
    how_long: tuple[HowLong, ...] = ()

    @property
    def left_open(self) -> bool:
        """Whether anything that was asked is not known."""
        return self.plan.status != "optimal" or not all(
            event.decided and event.nearest for event in self.events
        )

    @property
    def answered(self) -> bool:
        """Whether the state of any task is known, or there is nothing to ask."""
        states = [one.state for event in self.events for one in event.tasks]
        if not states:
            return self.plan.status != "unknown"
        return any(state != "unknown" for state in states)

    def counts(self) -> Counter[State]:
        """How many tasks are in each state, over all events."""
        return Counter(one.state for event in self.events for one in event.tasks)

    def harmful(self) -> tuple[tuple[Outcome, ...], ...]:
        """The events of each loss under which not every task always holds."""
        found: dict[tuple[str, str], list[Outcome]] = {}
        for event in self.events:
            found.setdefault((event.loss.kind, event.loss.lost), []).append(event)
        every = (tuple(events) for events in found.values())
        return tuple(some for some in every if any(event.worst != "holds" for event in some))

    def states(self) -> Iterator[tuple[Loss, str, State]]:
        """Yield every event and task with its state."""
        for event in self.events:
            for one in event.tasks:
                yield event.loss, one.task, one.state
