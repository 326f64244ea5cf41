"""How one task stands in other worlds than the one that was asked about."""

from __future__ import annotations

from allocator.analysis.asked import Asked, Known
from allocator.analysis.rounds import Step
from allocator.blockers.everywhere import Everywhere, from_record, ground, on_top, searched
from allocator.blockers.verdict import Standing, judge
from allocator.deadline import Deadline


def look_elsewhere(asked: Asked, known: Known, deadline: Deadline) -> Step:
    """Notes what is certain of the task in the worlds on the same ground."""
    held = on_top(asked.problem, asked.world)
    found = from_record(asked.problem, asked.world, known.record)
    if held and not found.complete and not deadline.expired:
        found = searched(_on_ground(asked, known, deadline), deadline).beside(found)
        if {found.verdict(held), known.verdict} == {"ready", "blocked"}:
            known.contradictions.append(f"{known.task}: other worlds contradict this one")
            found = Everywhere()
    known.note(everywhere=found)
    whole = "known" if found.complete else "known in part"
    return Step(f"{known.task} in other worlds: {whole}", found.complete or not held)


def _on_ground(asked: Asked, known: Known, deadline: Deadline) -> Standing:
    if known.on_ground is None or known.on_ground.verdict == "unknown":
        where = ground(asked.problem, asked.world)
        known.on_ground = judge(asked.problem, where, known.task, asked.settings, deadline)
    return known.on_ground
