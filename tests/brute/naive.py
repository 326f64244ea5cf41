"""Brute force without a single thought: the twin that `enumeration.py` is compared with."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, product
from math import prod
from typing import Any

from allocator.checker import is_valid, objective_values
from allocator.inputs.problem import Problem, World
from allocator.results.result import Allocation

MOST = 3000
"""The most allocations that it is sensible to list; see `number`."""


def number(problem: Problem) -> int:
    """How many allocations there are, valid or not, at most."""
    return prod(most + 1 for _, most in (*_cells(problem), *_rows(problem))) * 2 ** len(
        problem.tasks
    )


def valid_allocations(
    problem: Problem, world: World, only: frozenset[str], **question: Any
) -> Iterator[Allocation]:
    """All that pass the checker; `question`: its further arguments."""
    cells, rows = _cells(problem), _rows(problem)
    for size in range(len(only) + 1):
        for staffed in map(frozenset, combinations(sorted(only), size)):
            for sent in product(*(range(most + 1) for _, most in cells)):
                units = {key: n for (key, _), n in zip(cells, sent, strict=True) if n}
                for back in product(*(range(most + 1) for _, most in rows)):
                    released = {key: n for (key, _), n in zip(rows, back, strict=True) if n}
                    allocation = Allocation(staffed, units, released)
                    if is_valid(problem, world, allocation, only=only, **question):
                        yield allocation


def best_values(problem: Problem, world: World) -> dict[str, int]:
    every = frozenset(task.id for task in problem.tasks)
    values = [objective_values(problem, a, world) for a in valid_allocations(problem, world, every)]
    return min(
        values,
        key=lambda found: [-v if name.startswith("staff") else v for name, v in found.items()],
    )


def _cells(problem: Problem) -> list[tuple[tuple[str, str, str, str, int], int]]:
    return [
        ((nation, task.id, line.id, capability, period), most)
        for task in problem.tasks
        for line in task.lines
        for capability in line.weights
        for nation in problem.nations
        for period in task.periods
        if (most := problem.available(nation, capability, period))
    ]


def _rows(problem: Problem) -> list[tuple[tuple[str, int], int]]:
    return [
        ((commitment.id, period), most)
        for commitment in problem.commitments
        for period, most in enumerate(commitment.quantity, 1)
        if most
    ]
