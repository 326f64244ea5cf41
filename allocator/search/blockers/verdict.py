"""The verdict on a task alone, and what unlocks or blocks it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from allocator.deadline import Deadline
from allocator.engines import Settings
from allocator.inputs.conditions import preconditions_in
from allocator.inputs.problem import Problem, World
from allocator.model.scope import alone
from allocator.results.result import Family, Verdict, by_size
from allocator.search.blockers.knowledge import Knowledge
from allocator.search.feasibility.oracle import StaffingOracle
from allocator.search.minimal_sets.families import Answer, Families, Mask


@dataclass
class JudgedTask:
    """A task's verdict in a world, with the questions that can be asked further."""

    verdict: Verdict
    questions: StaffingOracle
    by_sum: bool = False


def judge(
    problem: Problem,
    world: World,
    task: str,
    settings: Settings,
    deadline: Deadline,
    knowledge: Knowledge | None = None,
) -> JudgedTask:
    """Return ready, blocked, short, or unknown where the deadline or an engine left it open.

    knowledge: what other worlds have shown; it is used, and told of this one.

    problem: the model that is asked about, with its tables. world: which preconditions hold, and
    from which period. task: its id. settings: of the engines, such as their seed.
    """
    shared = knowledge or Knowledge()
    preconditions = relevant_preconditions(problem, world, task)
    scope = replace(alone(problem, world, task), preconditions=preconditions)
    questions = StaffingOracle(problem, scope, settings, deadline)
    shared.tell(questions)
    standing = _judged(questions)
    shared.learn(questions, standing.verdict)
    return standing


def _judged(questions: StaffingOracle) -> JudgedTask:
    standing = _as_answered(questions)
    if standing.verdict == "unknown" and questions.corrected:
        return _as_answered(questions)  # A no was taken back on the way.
    return standing


def _as_answered(questions: StaffingOracle) -> JudgedTask:
    nothing, everything = 0, questions.everything
    now = questions.ask(nothing)
    if now is Answer.YES:
        return JudgedTask("ready", questions)
    best = questions.ask(everything)
    if best is Answer.NO and questions.certain(everything):
        return JudgedTask("short", questions, questions.proved_by_sum(everything))
    if best is Answer.YES and now is Answer.NO and questions.certain(nothing):
        return JudgedTask("blocked", questions, questions.proved_by_sum(nothing))
    return JudgedTask("unknown", questions)


def relevant_preconditions(problem: Problem, world: World, task: str) -> tuple[str, ...]:
    """Return the open preconditions that can make a difference to the task alone, by id.

    problem: the model that is asked about, with its tables. world: which preconditions hold, and
    from which period.
    """
    named = named_preconditions(problem, task)
    return tuple(
        name for name in problem.open_preconditions(world) if problem.implied_by(name) & named
    )


def named_preconditions(problem: Problem, task: str) -> frozenset[str]:
    """Those in conditions that the task alone can hang on."""
    companions = problem.companions(task)
    conditions = [problem.task(name).requires for name in companions]
    conditions += [c.requires for c in problem.caveats if c.tasks & companions]
    conditions += [o.requires for name in companions for o in problem.counted_for(name)]
    used = {c for name in companions for c in problem.task(name).capabilities}
    conditions += [c.release_requires for c in problem.commitments if c.capability in used]
    return frozenset(name for condition in conditions for name in preconditions_in(condition))


def families(
    questions: StaffingOracle,
    deadline: Deadline,
    *,
    limit: int | None = None,
    at_once: bool = False,
    found: Callable[[Mask], None] = lambda mask: None,
) -> Families:
    """Return the unlocking and blocking sets of a blocked task, as masks of its questions.

    deadline: when to end at the latest. limit: how many sets are enough; None for all. at_once:
    where there are too many preconditions for a table, only what a diagram says of all sets. found:
    told of each unlocking set.
    """
    return questions.search(deadline, limit=limit, at_once=at_once, found=found)


def named(
    questions: StaffingOracle, masks: Sequence[Mask], complete: bool, in_all: int | None = None
) -> Family:
    """Return sets of names with whether these are all.

    questions: whose elements they are. masks: the sets as numbers. complete: whether none is
    missing. in_all: how many there are, where they were counted.
    """
    sets = by_size(questions.names(mask) for mask in masks)
    whole = complete or len(sets) == in_all
    return Family(complete=whole, sets=sets, in_all=None if whole else in_all)


def necessary(questions: StaffingOracle, found: Families) -> tuple[str, ...]:
    """The open preconditions that hold once any unlocking set is met, brought about or implied.

    One is necessary if and only if everything that does not imply it leaves the task not ready.
    """
    problem, world = questions.problem, questions.scope.world
    result = []
    for name in problem.open_preconditions(world):
        implying = sum(
            1 << position
            for position, (_, element) in enumerate(questions.elements)
            if name in problem.implied_by(element)
        )
        if implying and _needed(questions, found, implying):
            result.append(name)
    return tuple(result)


def _needed(questions: StaffingOracle, found: Families, implying: Mask) -> bool:
    if any(not mask & implying for mask in found.minimal):
        return False
    if found.complete:
        return True
    without = questions.everything & ~implying
    return questions.ask(without) is Answer.NO and questions.certain(without)
