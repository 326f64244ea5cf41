"""In which order tasks are begun."""

from __future__ import annotations

from pathlib import Path

import allocator
from allocator.analysis.scheduler import TaskScheduler, TurnOutcome, largest_first
from allocator.deadline import Deadline
from allocator.progress import silent
from tests.plenty import plenty

ROOT = Path(__file__).parents[2]


def test_the_largest_tasks_are_begun_first_and_all_are() -> None:
    problem = allocator.load(ROOT).problem("reassurance_20k")
    tasks = [task.id for task in problem.tasks]
    ordered = largest_first(problem, [*reversed(tasks), "of_another_model"])
    assert ordered[:2] == ["western_presence", "reinforcement"]
    assert ordered[-1] == "of_another_model"
    assert sorted(ordered[:-1]) == sorted(tasks)
    assert ordered == largest_first(problem, [*tasks, "of_another_model"])


def test_tasks_are_begun_in_the_order_given_and_once_more_where_unfinished() -> None:
    begun: list[str] = []

    def work(task: str, deadline: Deadline) -> TurnOutcome:
        begun.append(task)
        return TurnOutcome(task, task != "b" or begun.count("b") > 1)

    TaskScheduler(1, silent).each("verdicts", ["c", "a", "b"], work, plenty())
    assert begun == ["c", "a", "b", "b"]
