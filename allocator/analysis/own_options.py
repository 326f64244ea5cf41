"""Options of single questions, checked against the problem before anything is searched."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from allocator.analysis.options import names, require_known
from allocator.errors import UsageError
from allocator.inputs.problem import Problem
from allocator.search.packages.filter import PackageFilter

if TYPE_CHECKING:
    from allocator.inputs.given import GivenPlan
    from allocator.inputs.given.source import Given


def refuse_wrong(wanted: PackageFilter, problem: Problem, without: tuple[str, ...]) -> None:
    """Raise UsageError for nations that there are not, or that are both wanted and not."""
    for nation in (*wanted.with_nations, *wanted.without_nations):
        require_known("nation", nation, problem.nations)
    if both := set(wanted.with_nations) & {*wanted.without_nations, *without}:
        raise UsageError(f"packages with and without {min(both)}; leave one of the two out")


def sending_nothing(nations: str | Iterable[str], problem: Problem) -> dict[str, object]:
    """Return the option, where any nation is to send nothing."""
    gone = names("without", nations)
    for nation in gone:
        require_known("nation", nation, problem.nations)
    return {"without": list(gone)} if gone else {}


def left_of(problem: Problem, shown: Mapping[str, object]) -> Problem:
    """Return the problem without the nations that send nothing."""
    gone = shown.get("without", ())
    return problem.without(gone) if isinstance(gone, list) and gone else problem


def front_option(objectives: str | Iterable[str]) -> dict[str, object]:
    """Return the option, where a front is asked for."""
    from allocator.search.front import MOST_OBJECTIVES, OBJECTIVES

    given = names("front", objectives)
    if not given:
        return {}
    for name in given:
        require_known("objective of a front", name, OBJECTIVES)
    if not 1 < len(set(given)) == len(given) <= MOST_OBJECTIVES:
        raise UsageError(f"a front has two or three different objectives: {', '.join(OBJECTIVES)}")
    return {"front": list(given)}


def held(plan: Given, problem: Problem, shown: dict[str, object]) -> GivenPlan:
    """Return the plan whose rows are to be held; what is kept of it goes into `shown`."""
    from allocator.inputs.given import read_given
    from allocator.results.held import held_options

    if other := sorted({"departures", "front"} & shown.keys()):
        raise UsageError(f"{other[0]} looks at plans that hold no rows; leave one of the two out")
    given = read_given(plan, problem)
    shown |= held_options(given)
    return given
