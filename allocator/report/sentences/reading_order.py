"""The order in which people read of tasks: by priority, then by id."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TypeVar

from allocator.inputs.problem import Problem
from allocator.results.result import TaskRecord
from allocator.results.run import RunRecord

Record = TypeVar("Record", bound=RunRecord)


def by_priority(problem: Problem, records: Iterable[TaskRecord]) -> tuple[TaskRecord, ...]:
    """Return the records in that order. problem: the model that is asked about."""
    return tuple(sorted(records, key=lambda r: (problem.task(r.task).priority, r.task)))


def in_reading_order(run: Record) -> Record:
    """Return the same run with its tasks in that order; tables for programs keep theirs, by id."""
    tasks = by_priority(run.problem, run.result.tasks)
    return replace(run, result=run.result.model_copy(update={"tasks": tasks}))
