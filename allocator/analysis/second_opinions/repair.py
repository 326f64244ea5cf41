"""What a repair says, asked again: its bounds by a second engine, its clashes by questions."""

from __future__ import annotations

from collections.abc import Sequence

from allocator.analysis.second_opinions.levels import check_levels
from allocator.analysis.second_opinions.result import PASSING, SecondOpinion
from allocator.checker.distance import Aim
from allocator.deadline import Deadline, TimeUpError
from allocator.engines import Settings
from allocator.inputs.given import Pair
from allocator.inputs.problem import Problem
from allocator.model.given import hold
from allocator.model.objectives import Objective
from allocator.model.scope import Scope
from allocator.model.variables import Variables
from allocator.results.repair import Repair
from allocator.search.given.clash_rules import are_clash_rules
from allocator.search.given.clashes import Question
from allocator.search.given.demands import Demands
from allocator.search.given.repair import repair_levels
from allocator.search.minimal_sets.families import Answer


def recheck_repair(problem: Problem, said: Repair, deadline: Deadline) -> SecondOpinion:
    """Asks every level and every clash again."""
    found, aim = SecondOpinion(), Aim(said.given, frozenset(said.added))

    def stated(variables: Variables) -> Sequence[Objective]:
        hold(variables, said.given)
        return repair_levels(variables, aim)

    if said.plan.status != "unknown":
        scope = Scope(said.world, aim.tasks)
        check_levels(problem, scope, said.plan.levels, "", deadline, found, stated)
    if said.clashes.clashes or said.clashes.frees:
        _clashes(problem, said, aim, deadline, found)
    return found


def _clashes(
    problem: Problem, said: Repair, aim: Aim, deadline: Deadline, found: SecondOpinion
) -> None:
    """That each clash is one, with all other rows freed, over the rules it names, and that freeing
    each of the others does."""
    asked = Demands(problem, said.world, said.given, aim.tasks, Settings(), deadline)
    try:
        asking = Question(asked)
    except TimeUpError:
        found.undecided.append("the clashes")
        return
    for clash in said.clashes.clashes:
        others = set(said.given.demanding) - set(clash.pairs)
        _note(found, asking, others, Answer.NO, f"the clash of {_named(clash.pairs)}")
        if clash.rules:
            right = are_clash_rules(clash.rules, asked.of(clash.pairs))
            claim = f"the clash of {_named(clash.pairs)} over {', '.join(clash.rules)}"
            _hear(found, right, Answer.YES, claim, "second engine")
    for pairs in said.clashes.frees:
        _note(found, asking, pairs, Answer.YES, f"freeing {_named(pairs)}")


def _note(
    found: SecondOpinion,
    asking: Question,
    freed: Sequence[Pair] | set[Pair],
    right: Answer,
    claim: str,
) -> None:
    mask = asking.mask(freed)
    answer = asking.ask(mask)
    if answer is Answer.NO and not asking.certain(mask):
        answer = Answer.UNKNOWN
    shown = PASSING if right is Answer.YES else "second engine"
    _hear(found, answer, right, claim, shown)


def _hear(found: SecondOpinion, answer: Answer, right: Answer, claim: str, proof: str) -> None:
    if answer is right:
        found.proofs[proof] += 1
    elif answer is Answer.UNKNOWN:
        found.undecided.append(claim)
    else:
        found.faults.append(f"{claim}: asked again, it is not so")


def _named(pairs: Sequence[Pair]) -> str:
    return ", ".join(f"{nation} at {task}" for nation, task in pairs)
