"""A plan under an event, by the words of `docs/endure.md`: which tasks hold, and whether what is
said to repair them does. Written apart from the program; the past is read off the plan itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cached_property

from allocator.checker.case import Case, Violation
from allocator.checker.cover import contending
from allocator.checker.distance import Aim
from allocator.checker.objectives import HIGHER_IS_BETTER, objective_values
from allocator.checker.rules import RULES
from allocator.inputs.conditions import holds
from allocator.inputs.given import GivenPlan
from allocator.inputs.problem import Problem, Task, World
from allocator.inputs.problem.losses import Loss
from allocator.results.result import Allocation, UnitKey


class AfterLoss:
    """A valid plan and an event.

    problem: the model that the plan is for. world: in which it was made; what the world states by
    itself is known. plan: units sent and released in all periods.
    """

    def __init__(self, problem: Problem, world: World, plan: Allocation, loss: Loss) -> None:
        self.problem = problem
        self.plan = plan
        self.loss = loss
        self.world = _world_after(problem, world, loss)
        self._world_before = world
        self._changes_world = dict(self.world.starts) != dict(world.starts)

    @cached_property
    def over(self) -> frozenset[str]:
        """Staffed tasks whose window is over."""
        last = {task.id: max(task.periods) for task in self.problem.tasks}
        return frozenset(t for t in self.plan.staffed if last[t] < self.loss.period)

    @cached_property
    def planned(self) -> dict[UnitKey, int]:
        """Units of the plan from the event on, the lost nation's among them."""
        return {k: n for k, n in self.plan.units.items() if k[4] >= self.loss.period}

    @cached_property
    def struck(self) -> Allocation:
        """The plan from the event on without what the lost nation sends, and without releases that
        are no longer allowed."""
        condition = {k.id: k.release_requires for k in self.problem.commitments}
        kept = {
            (name, period): units
            for (name, period), units in self.plan.released.items()
            if period >= self.loss.period and holds(condition[name], self.world.holding(period))
        }
        units = {k: n for k, n in self.planned.items() if k[0] != self.loss.nation}
        return Allocation(self.plan.staffed, units, kept)

    @property
    def touches(self) -> bool:
        """Whether the event takes anything from the plan: units, or what holds."""
        return self._changes_world or any(k[0] == self.loss.nation for k in self.planned)

    @cached_property
    def broken(self) -> dict[str, tuple[Violation, ...]]:
        """The tasks that do not hold, with what breaks of each in the struck plan."""
        found: dict[str, list[Violation]] = {}
        if not self.touches:
            return {}
        for violation in self.violations(self.struck):
            for task in self._tasks_of(violation):
                if task not in self.over:
                    found.setdefault(task, []).append(violation)
        return {task: tuple(found[task]) for task in sorted(found)}

    def _tasks_of(self, violation: Violation) -> Iterable[str]:
        """The task that a violation names; of R3 those that the pool is sent to from the event on,
        of R11 those that the offers are too few for, whoever of them comes first."""
        at = violation.places
        if violation.rule == "R11":
            case = Case(self._problem_left, self.world, self.struck)
            return contending(case, str(at["nation"]), str(at["capability"]), int(at["period"]))
        if "task" in at:
            return (str(at["task"]),)
        pool = at["nation"], at["capability"]
        return sorted({k[1] for k in self.struck.units if (k[0], k[3]) == pool})

    def violations(self, after: Allocation) -> Iterator[Violation]:
        """Yield every rule that the plan breaks from the event on, in place of what was planned.

        after: units and releases from the event's period on, and the tasks that are staffed.
        """
        case = Case(self._problem_left, self.world, after)
        for rule in RULES:
            if rule == "R3":
                yield from self._capacity(after)
            elif rule == "R6":
                yield from self._numbers(after)
            else:
                yield from RULES[rule](case)
        yield from self._lost(after)

    @cached_property
    def _problem_left(self) -> Problem:
        """The model with what is left of every window."""
        return replace(self.problem, tasks=tuple(map(self._cut, self.problem.tasks)))

    def _cut(self, task: Task) -> Task:
        left = tuple(p for p in task.periods if p >= self.loss.period)
        return replace(task, periods=left)

    def _lost(self, after: Allocation) -> Iterator[Violation]:
        for key in sorted(after.units):
            if key[0] == self.loss.nation:
                text = f"{key[0]} is lost, and sends {key[1]} units"
                yield Violation("R3", text, {"task": key[1]})

    def whole(self, after: Allocation) -> Allocation:
        """The plan as it was before the event, and this one from then on.

        after: units and releases from the event's period on.
        """
        first = self.loss.period
        units = {k: n for k, n in self.plan.units.items() if k[4] < first} | dict(after.units)
        released = {k: n for k, n in self.plan.released.items() if k[1] < first}
        return Allocation(after.staffed, units, released | dict(after.released))

    def levels(self, after: Allocation) -> dict[str, int]:
        """Return how far the plan is from the one from the event on, and the model's objectives but
        `staff_tasks` over the whole plan, by name in their order.

        after: units and releases from the event's period on.
        """
        given = GivenPlan.of(self.planned, self.plan.staffed - self.over)
        found = Aim(given).distance(self.problem, after)
        values = objective_values(self.problem, self.whole(after), self.world)
        if "stay_within_offers" in values:  # Its conditions are read as they stand at the time.
            before = self._of_offers(self._before, self._world_before)
            values["stay_within_offers"] = before + self._of_offers(after, self.world)
        return found | {n: v for n, v in values.items() if not n.startswith(HIGHER_IS_BETTER)}

    def _of_offers(self, allocation: Allocation, world: World) -> int:
        return objective_values(self.problem, allocation, world)["stay_within_offers"]

    @cached_property
    def _before(self) -> Allocation:
        units = {k: n for k, n in self.plan.units.items() if k[4] < self.loss.period}
        return Allocation(self.plan.staffed, units)

    def _capacity(self, after: Allocation) -> Iterator[Violation]:
        """R3: what served before recovers, as far as there is room for it."""
        case = Case(self.problem, self.world, self.whole(after))
        first = self.loss.period
        for (nation, capability), serving in sorted(case.serving.items()):
            if not any(period >= first for period in serving):
                continue  # Nobody falls for a debt of the past.
            rotation = self.problem.capabilities[capability].rotation
            for last in range(first, self.problem.horizon + 1):
                window = range(max(1, last - rotation + 1), last + 1)
                debt = sum(serving.get(q, 0) for q in window if q < first)
                sent = sum(serving.get(q, 0) for q in window if q >= first)
                free = max(0, case.window_free(nation, capability, last) - debt)
                now = rotation * serving.get(last, 0)
                at_once = case.surge_free(nation, capability, last)
                if sent > free or now > at_once:
                    text = (
                        f"{sent} {capability} of {nation} serve or recover in {case.when(last)}, "
                        f"{free} are free beside {debt} that served before; "
                        f"{now} with relief, {at_once} are free"
                    )
                    at: dict[str, str | int] = {"nation": nation, "capability": capability}
                    at["period"] = last
                    yield Violation("R3", text, at, max(sent - free, now - at_once))

    def _numbers(self, after: Allocation) -> Iterator[Violation]:
        """R6: those that served before count for the least number and the members."""
        for task in self.problem.tasks:
            if task.id not in after.staffed or task.id in self.over:
                continue
            now = {k[0] for k, n in after.units.items() if k[1] == task.id and n}
            ever = now | {k[0] for k, n in self.whole(after).units.items() if k[1] == task.id and n}
            for nation in task.members:
                if nation not in ever:
                    text = f"{nation} is a member of {task.id} and never sends it anything"
                    yield Violation("R6", text, {"task": task.id, "nation": nation}, 1)
            if len(ever) < task.min_nations:
                text = f"{len(ever)} nations contribute to {task.id}, {task.min_nations} must"
                yield Violation("R6", text, {"task": task.id}, task.min_nations - len(ever))
            if task.max_nations is not None and len(now) > task.max_nations:
                text = f"{len(now)} nations contribute to {task.id}, {task.max_nations} may"
                yield Violation("R6", text, {"task": task.id}, len(now) - task.max_nations)


def _world_after(problem: Problem, world: World, loss: Loss) -> World:
    """What holds once a precondition has ended, and with it all from which it follows: what is
    stated by itself, or follows from what is."""
    if loss.kind == "nation":
        return world
    if world.stated is None:
        raise ValueError("it is not known which preconditions hold by themselves")
    starts: dict[str, int] = {}
    for name, start in world.stated.items():
        follows = _following(problem, name)
        if loss.lost not in follows and start <= problem.horizon:
            for one in follows:
                starts[one] = min(start, starts.get(one, start))
    return World(world.name, starts)


def _following(problem: Problem, name: str) -> frozenset[str]:
    """The precondition and all that follows from it."""
    found: frozenset[str] = frozenset({name})
    while True:
        more = found.union(*(problem.preconditions[one].implies for one in found))
        if more == found:
            return found
        found = more
