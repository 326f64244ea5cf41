"""What is said to stand if members are lost, against the sets that the record itself lists."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import TYPE_CHECKING

from allocator.results.result import TaskRecord

if TYPE_CHECKING:
    from allocator.results.coalitions import Survive

MOST_LOSSES = 100_000
"""Ways to lose members that are tried of one set."""


def survive_faults(record: TaskRecord, said: Survive) -> Iterator[str]:
    """What is wrong: a set that falls, one with a member to spare, a reason that is none."""
    if record.verdict != "ready":
        yield from _of_no_package(record, said)
        return
    if not record.packages.complete or record.packages.only:
        return
    packages = [frozenset(one.nations) for one in record.packages.sets]
    for one in map(frozenset, said.sets):
        if _stands(one, packages, said.k) is False:
            yield f"{sorted(one)} does not survive the loss of any {said.k}"
        elif any(_stands(one - {spare}, packages, said.k) for spare in one):
            yield f"{sorted(one)} survives the loss of any {said.k} with fewer nations"
    for reason in map(frozenset, said.reasons):
        if len(reason) > said.k or any(not reason & one for one in packages):
            yield f"{sorted(reason)} is no reason: there is a package without it"
    if said.complete and not said.sets and not said.reasons:
        yield "it says neither what survives nor why nothing does"


def _of_no_package(record: TaskRecord, said: Survive) -> Iterator[str]:
    """Of a task that is not ready nothing survives, unless it is asked of its ways."""
    if record.unlocking.sets or record.verdict != "short":
        return
    if said.sets:
        yield "it is short, and something is said to survive"


def _stands(members: frozenset[str], packages: list[frozenset[str]], k: int) -> bool | None:
    """Whether a package is left whatever k members are lost; None where that is too long to try."""
    lost = min(k, len(members))
    for number, gone in enumerate(combinations(sorted(members), lost)):
        if number >= MOST_LOSSES:
            return None
        left = members.difference(gone)
        if not any(one <= left for one in packages):
            return False
    return True
