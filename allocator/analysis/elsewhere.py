"""How one task stands in other worlds than the one that was asked about."""

from __future__ import annotations

from allocator.analysis.judging import judge_task
from allocator.analysis.request import Request, TaskState
from allocator.analysis.scheduler import TurnOutcome
from allocator.deadline import Deadline
from allocator.results.blocking import VerdictMap
from allocator.search.blockers.verdict import JudgedTask, judge
from allocator.search.blockers.verdict_map import (
    base_world,
    from_questions,
    from_record,
    reversible_preconditions,
    searched,
)


def look_elsewhere(asked: Request, known: TaskState, deadline: Deadline) -> TurnOutcome:
    """Note what is certain of the task in the worlds on the same ground.

    asked: what is to be found out, and of what. known: of the task so far; what is found is added
    to it. deadline: when to end at the latest.
    """
    held = reversible_preconditions(asked.problem, asked.world)
    found = _from_here(asked, known)
    known.note(everywhere=found)  # It stays, should the time be up in the midst of a search.
    if held and not found.complete and not deadline.expired:
        on_ground = _on_ground(asked, known, deadline)
        elsewhere = searched(on_ground, deadline)
        asked.knowledge.learn(on_ground.questions)
        if known.verdict == "unknown":
            # What stands on the ground stands here too, where no less holds.
            judge_task(asked, known, deadline)
        found = elsewhere.beside(_from_here(asked, known))
        if {found.verdict(held), known.verdict} == {"ready", "blocked"}:
            known.contradictions.append(f"{known.task}: other worlds contradict this one")
            found = VerdictMap()
    known.note(everywhere=found)
    whole = "known" if found.complete else "known in part"
    return TurnOutcome(f"{known.task} in other worlds: {whole}", found.complete or not held)


def _from_here(asked: Request, known: TaskState) -> VerdictMap:
    """What the world that was asked about says of the others."""
    found = from_record(asked.problem, asked.world, known.record)
    if found.complete or known.standing is None:
        return found
    return found.beside(from_questions(known.standing.questions))


def _on_ground(asked: Request, known: TaskState, deadline: Deadline) -> JudgedTask:
    if known.on_ground is None or known.on_ground.verdict == "unknown":
        problem, where = asked.problem, base_world(asked.problem, asked.world)
        known.on_ground = judge(
            problem, where, known.task, asked.settings, deadline, asked.knowledge
        )
    return known.on_ground
