"""Which cells of the joint plan are others than in the base, and what is shown to be behind them.

Two things show it, and nothing is said where neither does. A task that one of the two runs could
not staff at all has no units in its plan: what turned its verdict is behind all its cells. And a
cell whose rule breaks once the one plan is held against the inputs of the other run could not have
stayed: a difference with which alone, all else as it was, the same rule breaks at the same place is
behind that. Plans are held by the checker; no engine is asked.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from allocator.analysis.comparison.counterfactual_inputs import CounterfactualInputs
from allocator.analysis.comparison.difference import Difference
from allocator.analysis.comparison.side import Side
from allocator.analysis.comparison.stated import Key
from allocator.checker import Violation
from allocator.checker.fixed_plan import FixedPlan
from allocator.deadline import Deadline
from allocator.inputs.problem import Problem, World
from allocator.results.result import UnitKey, Verdict

MOST_DIFFERENCES = 400
"""Of more differences none is tried alone: what is behind a cell is then not known."""

Place = tuple[str, tuple[tuple[str, str | int], ...]]
"""A rule, and where it breaks."""

Shown = Literal["verdict", "rule", ""]
"""What shows the reason: the verdict of the task turned, or a rule breaks; blank where nothing
does."""


@dataclass(frozen=True)
class PlanChange:
    """A cell with other units than in the base's plan. side: the run.

    rule: that breaks there; blank where none is known to. of_base: whether the base's plan breaks
    it with the run's inputs, or the run's plan with the base's. because: differences each of which
    alone breaks it there; of a turned verdict those of its first reason.
    """

    side: str
    key: UnitKey
    before: int
    after: int
    shown: Shown = ""
    rule: str = ""
    because: tuple[Key, ...] = ()
    of_base: bool = False


@dataclass(frozen=True)
class Turned:
    """How a task's verdict turned, and the first reason for it, where one is known."""

    before: Verdict
    after: Verdict
    because: tuple[Key, ...] = ()


def plan_changes(
    base: Side,
    other: Side,
    found: Sequence[Difference] | None,
    turned: Mapping[str, Turned],
    deadline: Deadline,
) -> tuple[PlanChange, ...] | None:
    """Return the cells that differ, by nation, task, line, capability and period; None where a plan
    is not known.

    base, other: the two runs. found: how their inputs differ; None where they are not known.
    turned: by task, the verdicts that changed. deadline: when to end at the latest; what was not
    looked at by then is not known.
    """
    if "unknown" in (base.result.plan.status, other.result.plan.status):
        return None
    before, after = _units(base), _units(other)
    cells = {
        key: (before.get(key, 0), after.get(key, 0)) for key in sorted(before.keys() | after.keys())
    }
    cells = {key: pair for key, pair in cells.items() if pair[0] != pair[1]}
    broken: list[_Broken] = []
    if found and cells:
        broken = [
            _Broken.of(base, other, found, deadline),
            _Broken.of(other, base, found, deadline),
        ]
    return tuple(_change(other.name, key, *pair, turned, broken) for key, pair in cells.items())


def _units(side: Side) -> dict[UnitKey, int]:
    cells = side.result.plan.allocation
    return {(c.nation, c.task, c.line, c.capability, c.period): c.quantity for c in cells}


def _change(
    side: str,
    key: UnitKey,
    before: int,
    after: int,
    turned: Mapping[str, Turned],
    broken: Sequence[_Broken],
) -> PlanChange:
    found = turned.get(key[1])
    if found and (found.before if after < before else found.after) == "ready":
        return PlanChange(side, key, before, after, "verdict", "", found.because)
    found_of = [
        (held.behind(key, change), of_base)
        for held, change, of_base in zip(
            broken, (after - before, before - after), (True, False), strict=False
        )
    ]
    # Those whose difference is known first.
    for reason, of_base in sorted(found_of, key=lambda one: not (one[0] and one[0][1])):
        if reason:
            return PlanChange(side, key, before, after, "rule", *reason, of_base)
    return PlanChange(side, key, before, after)


@dataclass(frozen=True)
class _Broken:
    """What breaks once one side's plan is held against the inputs of the other. alone: by place,
    the differences with which alone the same breaks, in their order."""

    problem: Problem
    alone: Mapping[Place, tuple[Key, ...]]

    @classmethod
    def of(cls, held: Side, at: Side, found: Sequence[Difference], deadline: Deadline) -> _Broken:
        """Return what breaks of the plan of the one in the inputs of the other.

        held: whose plan. at: whose inputs and world. found: how the two differ. deadline: when to
        end at the latest.
        """
        assert held.inputs is not None
        assert at.inputs is not None
        problem = at.inputs.problem
        all_of_them = _places(held, problem, at.world)
        alone: dict[Place, list[Key]] = {place: [] for place in all_of_them}
        mixture = CounterfactualInputs(held, at)
        anyhow = _places(held, *mixture.with_(())) if alone else frozenset()
        for difference in found if len(found) <= MOST_DIFFERENCES else ():
            if deadline.expired or not alone.keys() - anyhow:
                break
            breaks = _places(held, *mixture.with_((difference.key,))) - anyhow
            for place in breaks & alone.keys():
                alone[place].append(difference.key)
        return cls(problem, {place: tuple(keys) for place, keys in alone.items()})

    def behind(self, key: UnitKey, change: int) -> tuple[str, tuple[Key, ...]] | None:
        """The rule that the cell of the plan could not keep, and the differences; those that are
        known first."""
        found = [
            (rule, keys)
            for (rule, place), keys in self.alone.items()
            if _concerns(rule, dict(place), key, change, self.problem)
        ]
        return next((one for one in found if one[1]), found[0] if found else None)


def _places(held: Side, problem: Problem, world: World) -> frozenset[Place]:
    """Where the side's plan breaks which rule of the problem in the world."""
    plan = FixedPlan(problem, world, held.result.plan.staffed, _units(held))
    return frozenset(_place(one) for one in plan.violations)


def _place(found: Violation) -> Place:
    return found.rule, tuple(sorted(found.places.items()))


_TOO_MUCH = frozenset({"R3", "R5", "R7", "R10", "R11"})
"""Rules that too many units break."""

_TOO_LITTLE = frozenset({"R2", "R6", "R8"})
"""Rules that too few units break."""


def _concerns(
    rule: str, place: Mapping[str, str | int], key: UnitKey, change: int, problem: Problem
) -> bool:
    """Whether the change of units mends, in its part, what breaks there."""
    nation, task, line, capability, period = key
    named = {"nation": nation, "task": task, "line": line, "capability": capability}
    if any(place.get(name, value) != value for name, value in named.items()):
        return False
    if not _in_time(rule, place, period, problem) or not _in_scope(place, capability, problem):
        return False
    if rule in ("R6", "R8") and "nation" not in place:
        return False  # Of the whole task: which of its cells would have to move is not said.
    if rule == "R1":
        return change > 0 if "line" in place and "nation" not in place else change < 0
    return (rule not in _TOO_MUCH or change < 0) and (rule not in _TOO_LITTLE or change > 0)


def _in_time(rule: str, place: Mapping[str, str | int], period: int, problem: Problem) -> bool:
    """Whether units of the period count for what breaks: of R3 those that have not recovered."""
    if "period" not in place:
        return True
    last, recovery = int(place["period"]), 1
    if rule == "R3" and str(place["capability"]) in problem.capabilities:
        recovery = problem.capabilities[str(place["capability"])].rotation
    return last - recovery < period <= last


def _in_scope(place: Mapping[str, str | int], capability: str, problem: Problem) -> bool:
    if "caveat" not in place:
        return True
    return capability in problem.caveat(str(place["caveat"])).capabilities
