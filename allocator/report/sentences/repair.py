"""What a repair of a given plan says, in sentences that terminal and page share."""

from __future__ import annotations

from collections.abc import Mapping

from allocator.report.sentences import names
from allocator.report.sentences.situation import shown_objective
from allocator.results.repair import Pairs, Repair
from allocator.words import count, listing, some

MEANINGS: Mapping[str, str] = {
    "keep_tasks": "tasks of the plan that are not staffed",
    "add_tasks": "tasks asked for that are not staffed",
    "keep_contingents": "contributions that fall away",
    "new_contingents": "contributions that come anew",
    "changed_rows": "cells with other units",
    "changed_units": "units more or fewer, all together",
}


def summary(found: Repair) -> str:
    """A sentence on what came of it."""
    if found.clashes.clashes:
        return "The rows that have to stand cannot all stand, so there is no plan."
    if found.plan.status == "unknown":
        return "The time limit came before any plan: try a longer --time-limit."
    lost = sorted(found.given.tasks - set(found.plan.staffed))
    if not found.edits and not lost:
        return "The plan is valid: nothing changes."
    kept = f"{len(found.given.tasks) - len(lost)} of {count(len(found.given.tasks), 'task')} kept"
    without = f" (without {some([*map(names.of_tasks(found.problem), lost)], 5)})" if lost else ""
    near = "" if _nearest(found) else " It is not proved that no plan is nearer."
    return f"{kept}{without}; {count(len(found.edits), 'cell')} changed.{near}"


def _nearest(found: Repair) -> bool:
    """Whether every level of the distance is proved."""
    return all(
        level.status == "optimal"
        for level in found.plan.levels
        if level.objective.partition("[")[0] in MEANINGS
    )


def meaning(name: str) -> str:
    """A level of the distance, or an objective of the model, in words."""
    return MEANINGS.get(name.partition("[")[0]) or shown_objective(name)


def clashing(found: Repair) -> list[str]:
    """The sets that cannot all stand, each with the rules that they clash over."""
    return [
        f"{named(found, one.pairs)}{f': {listing(one.rules)}' if one.rules else ''}"
        for one in found.clashes.clashes
    ]


def named(found: Repair, pairs: Pairs) -> str:
    """The pairs of a set: `GBR at “Presence in the west” and FRA at “Reserve”`."""
    task = names.of_tasks(found.problem)
    return listing(f"{nation} at {task(one)}" for nation, one in pairs)
