"""How one task stands in other worlds than the one that was asked about."""

from __future__ import annotations

from allocator.analysis.asked import Asked, Known
from allocator.analysis.judging import judge_task
from allocator.analysis.rounds import Step
from allocator.deadline import Deadline
from allocator.results.blocking import Everywhere
from allocator.search.blockers.everywhere import (
    from_questions,
    from_record,
    ground,
    on_top,
    searched,
)
from allocator.search.blockers.verdict import Standing, judge


def look_elsewhere(asked: Asked, known: Known, deadline: Deadline) -> Step:
    """Notes what is certain of the task in the worlds on the same ground."""
    held = on_top(asked.problem, asked.world)
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
            found = Everywhere()
    known.note(everywhere=found)
    whole = "known" if found.complete else "known in part"
    return Step(f"{known.task} in other worlds: {whole}", found.complete or not held)


def _from_here(asked: Asked, known: Known) -> Everywhere:
    """What the world that was asked about says of the others."""
    found = from_record(asked.problem, asked.world, known.record)
    if found.complete or known.standing is None:
        return found
    return found.beside(from_questions(known.standing.questions))


def _on_ground(asked: Asked, known: Known, deadline: Deadline) -> Standing:
    if known.on_ground is None or known.on_ground.verdict == "unknown":
        problem, where = asked.problem, ground(asked.problem, asked.world)
        known.on_ground = judge(
            problem, where, known.task, asked.settings, deadline, asked.knowledge
        )
    return known.on_ground
