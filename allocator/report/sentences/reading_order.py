"""The order in which people read of tasks: by priority, then by id."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Protocol, TypeVar

from allocator.inputs.problem import Problem
from allocator.results.offers import OffersFound
from allocator.results.order import Order
from allocator.results.ranges import RangesFound
from allocator.results.run import RunRecord


class OfTask(Protocol):
    """What is told of a task."""

    @property
    def task(self) -> str:
        """Its id."""


One = TypeVar("One", bound=OfTask)
Record = TypeVar("Record", bound=RunRecord)
Found = TypeVar("Found", OffersFound, Order, RangesFound)


def by_priority(problem: Problem, records: Iterable[One]) -> tuple[One, ...]:
    """Return the records in that order. problem: the model that is asked about."""
    return tuple(sorted(records, key=lambda r: (problem.task(r.task).priority, r.task)))


def tasks_first(found: Found) -> Found:
    """Return the same answer with its tasks in that order; its JSON and CSV keep theirs."""
    if found.problem is None:
        return found
    return replace(found, tasks=by_priority(found.problem, found.tasks))


def in_reading_order(run: Record) -> Record:
    """Return the same run with its tasks in that order; tables for programs keep theirs, by id."""
    tasks = by_priority(run.problem, run.result.tasks)
    return replace(run, result=run.result.model_copy(update={"tasks": tasks}))
