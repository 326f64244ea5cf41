"""The rows of a given plan that have to stand, and all that it hangs on whether they can."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from allocator.deadline import Deadline
from allocator.engines import Settings
from allocator.inputs.given import GivenPlan, Pair
from allocator.inputs.problem import Problem, World
from allocator.model import RULES, build
from allocator.model.given import hold_unless_freed
from allocator.model.scope import Scope
from allocator.model.variables import Variables


@dataclass(frozen=True)
class Demands:
    """Whether rows can stand is asked of this.

    problem: the model that is asked about, with its tables. world: which preconditions hold, and
    from which period. given: the plan that somebody drew, row by row. tasks: those that may be
    staffed. settings: of the engines, such as their seed. deadline: when to end at the latest.
    """

    problem: Problem
    world: World
    given: GivenPlan
    tasks: frozenset[str]
    settings: Settings
    deadline: Deadline

    @property
    def scope(self) -> Scope:
        """What the program may vary."""
        return Scope(self.world, self.tasks)

    def of(self, pairs: Iterable[Pair]) -> Demands:
        """The rows of these pairs alone."""
        return replace(self, given=self.given.demanded_of(pairs))

    def within(self, share: float) -> Demands:
        """The same for a part of the time."""
        return replace(self, deadline=self.deadline.part(share))

    def stated(self, rules: Collection[str] = tuple(RULES)) -> tuple[Variables, Mapping[Pair, int]]:
        """The program under these rules, and for each pair the switch that frees its rows. Raises
        TimeUpError."""
        variables = build(self.problem, self.scope, self.deadline.check, rules)
        return variables, hold_unless_freed(variables, self.given)
