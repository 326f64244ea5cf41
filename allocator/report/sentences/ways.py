"""The ways to unlock a task, with their price: effort, likelihood, and who must act."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import prod

from allocator.inputs.problem import Problem


@dataclass(frozen=True, slots=True)
class Way:
    """One unlocking set. effort: summed; likelihood: of all coming about, taken as independent,
    None where one has none; holders: who must bring something about."""

    preconditions: tuple[str, ...]
    effort: int
    likelihood: float | None
    holders: tuple[str, ...]


def ways(problem: Problem, sets: Iterable[Sequence[str]]) -> tuple[Way, ...]:
    """The sets as ways, least effort first, then likeliest, then smallest."""
    listed = [tuple(members) for members in sets]
    named = {name for members in listed for name in members}
    holders = {name: holders_of(problem, name) for name in named}
    return tuple(sorted((_way(problem, members, holders) for members in listed), key=_rank))


def least(problem: Problem, sets: Iterable[Sequence[str]]) -> Way:
    """Return the first of the sets as ways, without pricing the dearer ones.

    problem: the model that is asked about. sets: one at least.
    """
    listed = [tuple(members) for members in sets]
    effort = {name: known.effort for name, known in problem.preconditions.items()}
    costs = [sum(effort[name] for name in members) for members in listed]
    cheapest = min(costs)
    first = (one for one, cost in zip(listed, costs, strict=True) if cost == cheapest)
    return ways(problem, first)[0]


def without(found: Iterable[Way], holders: Iterable[str]) -> tuple[Way, ...]:
    """The ways that need no act of any of these holders; letter case does not count."""
    barred = {holder.casefold() for holder in holders}
    return tuple(way for way in found if not barred & {holder.casefold() for holder in way.holders})


def vetoes(problem: Problem, sets: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """Return the holders who must act in every way, as the first way names them: each alone can
    keep the task from being staffed. Letter case does not count.

    problem: the model that is asked about. sets: the ways, in any order.
    """
    folded = {
        name: frozenset(holder.casefold() for holder in known.holders)
        for name, known in problem.preconditions.items()
    }
    shared = frozenset().union(*folded.values())
    for members in sets:
        shared &= frozenset().union(*(folded[name] for name in members))
        if not shared:
            return ()
    first = least(problem, sets).holders if sets else ()
    return tuple(sorted({holder for holder in first if holder.casefold() in shared}))


def holders_of(problem: Problem, precondition: str) -> tuple[str, ...]:
    """The names in the precondition's `holder` cell."""
    return problem.preconditions[precondition].holders


def _way(
    problem: Problem, members: tuple[str, ...], holders_by_name: Mapping[str, tuple[str, ...]]
) -> Way:
    known = [problem.preconditions[name] for name in members]
    chances = [p.likelihood for p in known]
    given = [chance for chance in chances if chance is not None]
    holders = {holder for name in members for holder in holders_by_name[name]}
    return Way(
        members,
        sum(p.effort for p in known),
        prod(given) if len(given) == len(chances) else None,
        tuple(sorted(holders)),
    )


def _rank(way: Way) -> tuple[int, float, int, tuple[str, ...]]:
    likelihood = -1.0 if way.likelihood is None else way.likelihood
    return (way.effort, -likelihood, len(way.preconditions), way.preconditions)
