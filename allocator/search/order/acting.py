"""Who can act once what is met: least and greatest sets of acts, and which could move together.

`possibly` reads what is not known of a task as a yes, and else as a no: what both readings agree
on is certain, since more met never harms.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

from allocator.inputs.conditions import holds, preconditions_in, tasks_in
from allocator.inputs.problem import Problem, World
from allocator.search.minimal_sets.families import Answer
from allocator.search.order.readiness import Facts, Readiness, bearing, closed


@dataclass(frozen=True)
class _Staffed:
    """The tasks that can be staffed alone with these met, as a container of their ids."""

    readiness: Readiness
    met: Facts
    possibly: bool

    def __contains__(self, task: object) -> bool:
        answer = self.readiness.ready(str(task), self.met)
        return answer is Answer.YES or (self.possibly and answer is Answer.UNKNOWN)


class Acting:
    """The acts of one world and what their holders wait for."""

    def __init__(self, problem: Problem, world: World, readiness: Readiness) -> None:
        self.problem = problem
        self.world = world
        self.readiness = readiness
        self.acts = problem.open_preconditions(world)
        self._given = frozenset(world.starts)

    def may_act(self, act: str, met: Facts, *, possibly: bool) -> bool:
        """Tell whether what its holder waits for holds. What the world gives in some period counts.

        act: its precondition. met: what is met already. possibly: whether an open verdict counts as
        a yes.
        """
        after = self.problem.preconditions[act].after
        staffed = _Staffed(self.readiness, met, possibly)
        return holds(after, self._given | met, (), staffed)

    def in_turn(
        self, acts: Iterable[str], pushed: Iterable[str] = (), *, possibly: bool = False
    ) -> Facts:
        """Return all that is met once each of the acts has come whose holder need not wait any
        more; the pushed ones do not wait.

        possibly: whether an open verdict counts as a yes.
        """
        met = closed(self.problem, pushed)
        waiting = [act for act in acts if act not in met]
        while moved := [act for act in waiting if self.may_act(act, met, possibly=possibly)]:
            met |= closed(self.problem, moved)
            waiting = [act for act in waiting if act not in met]
        return met

    def together(self, acts: Iterable[str], *, possibly: bool = False) -> Facts:
        """The greatest set of the acts in which each may act, or is implied by one that may."""
        kept = frozenset(acts)
        while True:
            met = closed(self.problem, kept)
            acting = [act for act in kept if self.may_act(act, met, possibly=possibly)]
            left = kept & closed(self.problem, acting)
            if left == kept:
                return kept
            kept = left

    def supported(self, acts: Iterable[str], reached: Facts, *, possibly: bool) -> Facts:
        """Return the greatest set of the acts in which each may act, once all of it and what is
        reached are met.

        possibly: whether an open verdict counts as a yes.
        """
        kept = frozenset(acts)
        while True:
            met = reached | closed(self.problem, kept)
            left = frozenset(a for a in kept if self.may_act(a, met, possibly=possibly))
            if left == kept:
                return kept
            kept = left

    def ready(self, tasks: Iterable[str], met: Facts, *, possibly: bool) -> bool:
        """Tell whether each of the tasks can be staffed alone.

        met: what is met already. possibly: whether an open verdict counts as a yes.
        """
        staffed = _Staffed(self.readiness, met, possibly)
        return all(task in staffed for task in tasks)

    def answer(self, asked: Callable[[bool], bool]) -> Answer:
        """One question in both readings."""
        if asked(False):
            return Answer.YES
        if not self.readiness.undecided or not asked(True):
            return Answer.NO
        return Answer.UNKNOWN

    def bearing_on(self, tasks: Collection[str]) -> tuple[str, ...]:
        """The acts that can make a difference to the tasks, or to who may act that can."""
        facts = set(bearing(self.readiness, tasks))
        found: set[str] = set()
        while more := {a for a in self.acts if a not in found and self._brings(a, facts)}:
            found |= more
            for act in more:
                after = self.problem.preconditions[act].after
                facts |= preconditions_in(after)
                facts |= set(bearing(self.readiness, tasks_in(after)))
        return tuple(sorted(found))

    def waited_for(self) -> tuple[str, ...]:
        """The tasks that some act waits for."""
        afters = (self.problem.preconditions[act].after for act in self.acts)
        named = {task for after in afters for task in tasks_in(after)}
        return tuple(sorted(task for task in named if self.problem.has_task(task)))

    def _brings(self, act: str, facts: set[str]) -> bool:
        return not facts.isdisjoint(self.problem.implied_by(act))
