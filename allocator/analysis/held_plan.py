"""The option `plan` of a joint plan: the rows that it holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allocator.errors import UsageError
from allocator.inputs.problem import Problem

if TYPE_CHECKING:
    from allocator.inputs.given import GivenPlan
    from allocator.inputs.given.source import Given


def held(plan: Given | None, problem: Problem, shown: dict[str, object]) -> GivenPlan | None:
    """Return the plan whose rows are to be held, where there is one; what is kept of it goes into
    `shown`."""
    from allocator.inputs.given import read_given
    from allocator.results.held import held_options

    if plan is None:
        return None
    if other := sorted({"departures", "front"} & shown.keys()):
        raise UsageError(f"{other[0]} looks at plans that hold no rows; leave one of the two out")
    given = read_given(plan, problem)
    shown |= held_options(given)
    return given
