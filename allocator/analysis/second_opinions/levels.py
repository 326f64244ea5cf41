"""What a plan says of its levels, asked again with a second engine."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from allocator.deadline import Deadline, TimeUpError
from allocator.engines.highs import Highs
from allocator.inputs.given import GivenPlan
from allocator.inputs.problem import Problem
from allocator.model import build
from allocator.model.given import hold
from allocator.model.objectives import Objective, levels
from allocator.model.scope import Scope
from allocator.model.variables import Variables
from allocator.results.result import Level

if TYPE_CHECKING:
    from allocator.analysis.second_opinions.result import SecondOpinion


def check_levels(
    problem: Problem,
    scope: Scope,
    said: Sequence[Level],
    of: str,
    deadline: Deadline,
    found: SecondOpinion,
    stated: Callable[[Variables], Sequence[Objective]] = levels,
) -> None:
    """Solve each level once more with HiGHS alone, the levels before it kept at their values. of:
    what the claims are about, before their words.

    problem: the model that is asked about, with its tables. scope: which tasks and switches the
    program has. said: the levels as they are claimed. deadline: when to end at the latest. found:
    what comes of it is added here. stated: the levels, once all that is held is in the program.
    """
    try:
        variables = build(problem, scope, deadline.check)
    except TimeUpError:
        open_ = (f"{of}{level.objective}: nothing beyond {level.bound}" for level in said)
        found.undecided += open_
        return
    objectives = stated(variables)
    asked = [objective.name for objective in objectives]
    if asked != [level.objective for level in said]:
        found.faults.append(f"{of}levels: they are {', '.join(asked)} in the inputs, not those")
        return
    engine = Highs(variables.program)
    for objective, level in zip(objectives, said, strict=True):
        outcome = engine.ask(deadline.part(0.5), objective=objective)
        best = None if outcome.values is None else objective.value(outcome.values)
        claim = f"{of}{level.objective}"
        if outcome.status == "infeasible":
            found.faults.append(f"{claim}: no plan keeps the levels before it")
        elif best is not None and objective.better(best, level.bound):
            found.faults.append(f"{claim}: {best} beats the proved bound {level.bound}")
        elif outcome.bound is None or objective.better(outcome.bound, level.bound):
            found.undecided.append(f"{claim}: nothing beyond {level.bound}")
        else:
            found.proofs["bounds by a second engine"] += 1
        if level.status == "feasible" and outcome.bound is not None:
            _better_known(claim, level, objective, best, outcome.bound, found)
        keep = variables.program.at_least if objective.maximise else variables.program.at_most
        keep(objective.terms, level.value - objective.offset)


def holding(given: GivenPlan | None) -> Callable[[Variables], Sequence[Objective]]:
    """The model's objectives, with the rows of a given plan held; the checker has passed a plan
    that holds them."""

    def stated(variables: Variables) -> Sequence[Objective]:
        if given is not None:
            hold(variables, given)
        return levels(variables)

    return stated


def _better_known(
    claim: str,
    level: Level,
    objective: Objective,
    best: int | None,
    bound: int,
    found: SecondOpinion,
) -> None:
    """Whether a bound that the run did not prove to be reached is known to be better now."""
    if objective.better(level.bound, bound):
        told = f"{claim}: said to be {level.value}, nothing beyond {level.bound}"
        found.left_open(f"{told}; asked again, nothing beyond {bound}")
    elif best is not None and objective.better(best, level.value):
        found.left_open(f"{claim}: said to be {level.value}; asked again, {best} is found")
