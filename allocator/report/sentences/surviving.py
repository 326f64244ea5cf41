"""What stands if some members are lost, in words."""

from __future__ import annotations

from collections.abc import Iterator

from allocator.report.sentences.names import Name
from allocator.results.coalitions import Cheapest, Survive
from allocator.words import count, listing, plural, some

SHOWN = 5


def surviving(found: Survive, member: str, name: Name = str) -> Iterator[str]:
    """Say what stands.

    found: what survives. member: what the sets are made of, `nation` or `precondition`. name: what
    is read in place of an id.
    """
    lost = _lost(found.k, member)
    if found.reasons:
        yield f"Nothing stands if {lost}: {_reasons(found, name)}."
        return
    if not found.sets:
        whole = "Nothing stands" if found.complete else "Nothing is known to stand"
        yield f"{whole} if {lost}."
        return
    if found.sets == ((),):
        yield f"It stands without any {member}, whichever {plural(member, 2)} are lost."
        return
    at_least = "" if found.complete else "At least "
    stand = "stands" if len(found.sets) == 1 else "stand"
    sets = some([listing(map(name, one)) for one in found.sets], SHOWN, "; or ")
    number = f"{at_least}{count(len(found.sets), 'set')} of {plural(member, 2)}"
    yield f"{number} {stand} if {lost}: {sets}."


def cheapest(found: Cheapest, worse: str) -> str:
    """worse: than the best plan of all, by the first objective that is; blank if not known."""
    proved = "" if found.proved else ", of those that were priced"
    against = f"; against the best plan of all: {worse}" if worse else ""
    return f"The cheapest of them{proved}: {listing(found.members)}{against}."


def _reasons(found: Survive, name: Name) -> str:
    if found.reasons == ((),):
        return "the task is not ready to begin with"
    without = [f"without {listing(map(name, one))}" for one in found.reasons]
    more = "" if found.complete else " (there may be more reasons)"
    return f"it cannot be done {some(without, SHOWN, '; or ')}{more}"


def _lost(k: int, member: str) -> str:
    if k == 1:
        return f"any one {member} is lost"
    return f"any {k} {plural(member, 2)} are lost"
