"""The same question over other rows: whose word, or which release, would do.

Caveats and commitments that stand in the world are taken as switches, alone or beside open
preconditions; a minimal set is one whose lifting, or meeting, makes the task ready.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from allocator.deadline import Deadline
from allocator.engines import Settings
from allocator.inputs.problem import Problem, World
from allocator.model.scope import Scope
from allocator.results.blocking import Relaxed
from allocator.search.blockers.gaps import MOST_LIFT_QUESTIONS, liftable
from allocator.search.blockers.verdict import relevant_preconditions
from allocator.search.feasibility.oracle import StaffingOracle
from allocator.search.minimal_sets.families import Answer, positions


def relaxed(
    problem: Problem,
    world: World,
    task: str,
    kinds: Collection[str],
    settings: Settings,
    deadline: Deadline,
) -> Relaxed:
    """Return the minimal sets of rows of these kinds that would make the task ready in the world.

    problem: the model that is asked about, with its tables. settings: of the engines, such as their
    seed. deadline: when to end at the latest.
    """
    questions = StaffingOracle(problem, _scope(problem, world, task, kinds), settings, deadline)
    asked = tuple(sorted(set(kinds)))
    if questions.ask(questions.everything) is Answer.NO:
        hopeless = questions.certain(questions.everything)
        return Relaxed(asked, (), hopeless, hopeless)
    found = questions.search(deadline, most_questions=MOST_LIFT_QUESTIONS)
    sets = [tuple(questions.elements[p] for p in positions(mask)) for mask in found.minimal]
    ordered = tuple(sorted(sets, key=lambda s: (len(s), s)))
    return Relaxed(asked, ordered, found.complete, found.complete and not sets)


def _scope(problem: Problem, world: World, task: str, kinds: Collection[str]) -> Scope:
    scope = liftable(problem, world, task)
    return replace(
        scope,
        caveats=scope.caveats if "caveats" in kinds else (),
        commitments=scope.commitments if "commitments" in kinds else (),
        preconditions=(
            relevant_preconditions(problem, world, task) if "preconditions" in kinds else ()
        ),
    )
