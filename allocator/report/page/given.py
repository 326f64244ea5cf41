"""What the pages about a given plan have in common: whose plan it is, and where it would stand."""

from __future__ import annotations

from typing import Any

from allocator.report.sentences import overview
from allocator.results.repair import Repair
from allocator.results.review import Review


def head(found: Review | Repair, summary: str, mark: str) -> dict[str, Any]:
    """Return what stands on top of such a page. Raises ValueError where the problem that the plan
    was held against is not known.

    found: what was found of the plan. summary: in a sentence. mark: how it is to be handled, top
    and bottom.
    """
    if found.problem is None:
        raise ValueError("a page names the problem that the given plan was held against")
    return {
        "mark": mark,
        "data": None,
        "title": found.problem.title,
        "plan": found.given.file,
        "operation": overview.operation(found.problem),
        "world": overview.world(found.world, found.problem),
        "sentences": (summary, *overview.cut_off(found)),
    }
