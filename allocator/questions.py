"""Yes/no questions about one task alone, with switches on or off.

Sums answer most noes, what is already known most of the rest; the engines answer what is left. A
yes passes the checker before it counts; a no stands only with a sum or a second opinion.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from allocator.blockers.minimal_sets import Answer, Mask, bits, positions
from allocator.conditions import preconditions_in
from allocator.deadline import Deadline
from allocator.engines import Outcome, Portfolio, Settings
from allocator.model import Scope, build
from allocator.model.variables import Switch
from allocator.problem import Problem
from allocator.reach import Circumstances, Reach
from allocator.result import Allocation
from allocator.verify import violations


class Questions:
    """The questions of one scope about its task. Elements are the scope's switches, by kind and
    name; a mask says which are on.

    `faults` gathers what should never happen: an allocation that the checker refuses, a no that
    a second engine contradicts. The answers concerned are unknown.
    """

    def __init__(
        self, problem: Problem, scope: Scope, settings: Settings, deadline: Deadline
    ) -> None:
        if scope.task is None:
            raise ValueError("a question is about one task")
        self.problem = problem
        self.scope = scope
        self.deadline = deadline
        self.faults: list[str] = []
        self._task = problem.task(scope.task)
        self._variables = build(problem, scope)
        self.elements: tuple[Switch, ...] = tuple(sorted(self._variables.switches))
        self._switch = [self._variables.switches[element] for element in self.elements]
        self._engines = Portfolio(self._variables.program, settings)
        self._sums = _Sums(problem, scope, self.elements)
        self._yes: list[Mask] = []
        self._no: list[Mask] = []
        self._said_no: dict[Mask, Outcome] = {}
        self._stands: set[Mask] = set()
        self.witnesses: dict[Mask, Allocation] = {}

    @property
    def everything(self) -> Mask:
        return (1 << len(self.elements)) - 1

    def names(self, mask: Mask) -> tuple[str, ...]:
        """The names of the elements of a mask, sorted."""
        return tuple(sorted(self.elements[position][1] for position in positions(mask)))

    def mask(self, elements: Iterable[Switch]) -> Mask:
        return sum(1 << self.elements.index(element) for element in elements)

    def ask(self, on: Mask) -> Answer:
        """Whether the task can be staffed alone with these switches on."""
        if any(known & on == known for known in self._yes):
            return Answer.YES
        if any(known & on == on for known in self._no):
            return Answer.NO
        if self._sums.refute(on):
            return self._record_no(on)
        return self._search(on)

    def certain(self, on: Mask) -> bool:
        """Whether a no stands: a sum proves it, or two engines say so."""
        if on in self._stands or self._sums.refute(on):
            return True
        fixed = self._fixed(on)
        first = self._said_no.get(on) or self._engines.feasible(self.deadline, fixed)
        if first.status != "infeasible":
            return False
        opinion = self._engines.second_opinion(first, self.deadline, fixed)
        if opinion == "yes":
            self.faults.append(f"{self._task.id}: two engines disagree on {self.names(on)}")
        if opinion == "no":
            self._stands.add(on)
        return opinion == "no"

    def second(self, on: Mask) -> tuple[Answer, str]:
        """An answer that owes nothing to CP-SAT's presolve: a sum, HiGHS, or CP-SAT without it;
        and what a no rests on."""
        if self._sums.refute(on):
            return Answer.NO, "by a sum"
        claimed = Outcome("infeasible", "cpsat")
        opinion = self._engines.second_opinion(claimed, self.deadline, self._fixed(on))
        answers = {"no": Answer.NO, "yes": Answer.YES, "unknown": Answer.UNKNOWN}
        return answers[opinion], "by a second engine"

    def proved_by_sum(self, on: Mask) -> bool:
        return self._sums.refute(on)

    def _search(self, on: Mask) -> Answer:
        outcome = self._engines.feasible(self.deadline, self._fixed(on))
        if outcome.status == "infeasible":
            self._said_no[on] = outcome
            return self._record_no(on)
        if outcome.values is None:
            return Answer.UNKNOWN
        allocation = self._variables.allocation(outcome.values)
        if not self._passes(on, allocation):
            return Answer.UNKNOWN
        needed = self._needed(on, allocation)
        self.witnesses[needed] = allocation
        self._yes.append(needed)
        return Answer.YES

    def _needed(self, on: Mask, allocation: Allocation) -> Mask:
        """The switches without which the allocation would not pass: nations that send nothing
        need not be allowed."""
        present = allocation.nations_at(self._task.id)
        idle = (
            1 << position
            for position in positions(on)
            if self.elements[position][0] == "nation" and self.elements[position][1] not in present
        )
        return on & ~sum(idle)

    def _record_no(self, on: Mask) -> Answer:
        self._no = [known for known in self._no if known & on != known]
        self._no.append(on)
        return Answer.NO

    def _fixed(self, on: Mask) -> dict[int, int]:
        return {variable: on >> position & 1 for position, variable in enumerate(self._switch)}

    def _passes(self, on: Mask, allocation: Allocation) -> bool:
        chosen = _chosen(self.elements, on)
        nations = None
        if self.scope.nations is not None:
            nations = (self._task.id, frozenset(chosen("nation")))
        found = violations(
            self.problem,
            self.problem.meeting(self.scope.world, chosen("precondition")),
            allocation,
            only=self.scope.tasks,
            nations=nations,
            without_caveats=frozenset(chosen("caveat")),
            without_commitments=frozenset(chosen("commitment")),
        )
        if self._task.id not in allocation.staffed:
            self.faults.append(f"{self._task.id}: the solver's plan leaves it out")
        self.faults.extend(f"{self._task.id}: {violation}" for violation in found)
        return not found and self._task.id in allocation.staffed


class _Sums:
    """Whether a sum proves a no; supplies are remembered by what they depend on."""

    def __init__(self, problem: Problem, scope: Scope, elements: tuple[Switch, ...]) -> None:
        task = problem.task(scope.task or "")
        self._problem = problem
        self._scope = scope
        self._elements = elements
        self._task = task
        self._reach = Reach(problem, task)
        self._needs = [need.units for need in self._reach.needs]
        capabilities = task.capabilities
        self._nations = sorted(
            {nation for nation, capability in problem.availability if capability in capabilities}
        )
        self._not_nations = sum(
            1 << position for position, (kind, _) in enumerate(elements) if kind != "nation"
        )
        self._nation_bit = {
            name: 1 << position
            for position, (kind, name) in enumerate(elements)
            if kind == "nation"
        }
        self._relevant = {
            nation: _relevant(problem, task.id, nation, elements) for nation in self._nations
        }
        self._supplies: dict[tuple[str, Mask], tuple[int, ...]] = {}
        self._conditions: dict[Mask, bool] = {}

    def refute(self, on: Mask) -> bool:
        """True where a sum, or the task's own condition, shows that the answer is no."""
        around = on & self._not_nations
        if not self._condition(around):
            return True
        short = list(self._needs)
        for nation in self._nations:
            if self._scope.nations is not None and not on & self._nation_bit.get(nation, 0):
                continue
            supply = self._supply(nation, around)
            for index, units in enumerate(supply):
                short[index] -= units
        return any(units > 0 for units in short)

    def _condition(self, around: Mask) -> bool:
        if around not in self._conditions:
            self._conditions[around] = self._reach.condition_holds(self._circumstances(around))
        return self._conditions[around]

    def _supply(self, nation: str, around: Mask) -> tuple[int, ...]:
        key = (nation, around & self._relevant[nation])
        if key not in self._supplies:
            self._supplies[key] = self._reach.supply(nation, self._circumstances(key[1]))
        return self._supplies[key]

    def _circumstances(self, on: Mask) -> Circumstances:
        chosen = _chosen(self._elements, on)
        return Circumstances(
            self._problem.meeting(self._scope.world, chosen("precondition")),
            frozenset(chosen("caveat")),
            frozenset(chosen("commitment")),
        )


def _chosen(elements: tuple[Switch, ...], on: Mask) -> Callable[[str], list[str]]:
    """The names of the switches that are on, by kind."""
    chosen = [elements[element.bit_length() - 1] for element in bits(on)]
    return lambda kind: [name for of, name in chosen if of == kind]


def _relevant(problem: Problem, task: str, nation: str, elements: tuple[Switch, ...]) -> Mask:
    """The switches that can change what the nation could bring to the task."""
    conditions = [caveat.requires for caveat in problem.caveats_on(nation, task)]
    own = {("caveat", caveat.id) for caveat in problem.caveats_on(nation, task)}
    for commitment in problem.commitments:
        if commitment.nation == nation:
            conditions.append(commitment.release_requires)
            own.add(("commitment", commitment.id))
    named = {name for condition in conditions for name in preconditions_in(condition)}
    mask = 0
    for position, (kind, name) in enumerate(elements):
        moves = kind == "precondition" and named & problem.implied_by(name)
        if moves or (kind, name) in own:
            mask |= 1 << position
    return mask
