"""How far an allocation is from a given plan, by the definition of each level."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from allocator.checker.objectives import HIGHER_IS_BETTER, objective_values
from allocator.inputs.given import GivenPlan
from allocator.inputs.problem import Problem, World
from allocator.results.result import Allocation


@dataclass(frozen=True)
class Aim:
    """A given plan that an allocation is to be near to. added: tasks asked for beside its own."""

    given: GivenPlan
    added: frozenset[str] = frozenset()

    @property
    def tasks(self) -> frozenset[str]:
        """Those that may be staffed."""
        return self.given.tasks | self.added

    def values(
        self, problem: Problem, allocation: Allocation, world: World | None = None
    ) -> dict[str, int]:
        """Each level's value by its name, in order: the distance, then the model's objectives but
        `staff_tasks`. problem: with the model's objectives. allocation: units sent and released.
        world: on which the conditions of offers hang."""
        rest = objective_values(problem, allocation, world)
        return self.distance(problem, allocation) | {
            name: value for name, value in rest.items() if not name.startswith(HIGHER_IS_BETTER)
        }

    def distance(self, problem: Problem, allocation: Allocation) -> dict[str, int]:
        """The levels of the distance alone."""
        plan, sent = self.given, {key: n for key, n in allocation.units.items() if n}
        pairs = {(key[0], key[1]) for key in sent}
        apart = [abs(sent.get(k, 0) - plan.units.get(k, 0)) for k in sent.keys() | plan.units]
        return {
            **self._left_out("keep_tasks", problem, plan.tasks, allocation),
            **(self._left_out("add_tasks", problem, self.added, allocation) if self.added else {}),
            "keep_contingents": len(plan.pairs - pairs),
            "new_contingents": len(pairs - plan.pairs),
            "changed_rows": sum(1 for units in apart if units),
            "changed_units": sum(apart),
        }

    def _left_out(
        self, name: str, problem: Problem, tasks: Collection[str], allocation: Allocation
    ) -> dict[str, int]:
        found = {f"{name}[{p}]": 0 for p in sorted({task.priority for task in problem.tasks})}
        for task in tasks:
            if task not in allocation.staffed:
                found[f"{name}[{problem.task(task).priority}]"] += 1
        return found

    def faults(self, allocation: Allocation) -> Iterator[str]:
        """Where rows are not what their kind asks for, and tasks that were to stay out."""
        yield from kind_faults(self.given, allocation)
        for task in sorted(allocation.staffed - self.tasks):
            yield f"{task} is staffed, and neither in the given plan nor asked for"


def kind_faults(given: GivenPlan, allocation: Allocation) -> Iterator[str]:
    """The cells in which an allocation is not what the rows' kinds ask for, a sentence each."""
    for key, cell in given.cells.items():
        units = allocation.units.get(key, 0)
        if not cell.allows(units):
            nation, task, line, capability, period = key
            yield (
                f"{units} {capability} of {nation} for line {line} of {task} in period {period}, "
                f"{cell.kind.replace('_', ' ')} {cell.quantity} are asked"
            )
