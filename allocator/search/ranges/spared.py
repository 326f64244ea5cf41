"""The plan that survives as many units as can be at their harmful ends.

What it finds is put to the checker all the same, and what it does not find may be there.
"""

from __future__ import annotations

from collections.abc import Sequence

from allocator.deadline import Deadline
from allocator.engines import Settings
from allocator.engines.cpsat import CpSat
from allocator.inputs.problem import Problem
from allocator.model.objectives import Objective
from allocator.results.result import Allocation
from allocator.search.feasibility.question import Question
from allocator.search.ranges.states import Ends, Off
from allocator.search.ranges.switched import SwitchedProgram


class SparedPlan:
    """The task's program with a switch for each unit; free ones are on where they have to be."""

    def __init__(self, problem: Problem, question: Question, ends: Ends, units: int) -> None:
        self._switched = SwitchedProgram(problem, question, ends, units)
        settings = Settings(seed=question.settings.seed, linear=True)
        self._engine = CpSat(self._switched.program, settings)

    def survives(
        self, off: Off, weights: Sequence[int], deadline: Deadline
    ) -> tuple[Off, Allocation] | None:
        """Return the heaviest set found with these units in it that a plan survives, and the plan;
        None where none is found.

        off: units that are in it. weights: by unit. deadline: when to end at the latest.
        """
        switches = self._switched.switches
        terms = tuple(
            (weight + 1, switch) for weight, switch in zip(weights, switches, strict=True)
        )
        fixed = {switches[position]: int(position in off) for position in off | self._switched.free}
        found = self._engine.ask(deadline, fixed, Objective("survived", True, terms))
        if found.values is None:
            return None
        return self._switched.on(found.values), self._switched.variables.allocation(found.values)
