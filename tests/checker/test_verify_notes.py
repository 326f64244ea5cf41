"""Notes beside a result, read in plain Python: sound ones pass, planted faults are told."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import Any

import pytest

from allocator.analysis import Analysis, Request
from allocator.checker.notes import notes_faults
from allocator.progress import silent
from allocator.results.front import Front
from allocator.results.run import PlanNotes, RunRecord, TaskNotes
from tests.handmade import line, problem
from tests.plenty import plenty


@cache
def run() -> RunRecord:
    """One task ready, one blocked (two ways), one short; and who leaves."""
    given = problem(
        [
            {"task": "guard", "lines": [line(2)]},
            {"task": "patrol", "requires": "mandate or treaty", "lines": [line(1)]},
            {"task": "hold", "priority": 2, "lines": [line(9)]},
        ],
        {("FRA", "bn"): 3, ("GBR", "bn"): 2},
        preconditions={"mandate": {"effort": 2}, "treaty": {"effort": 5}},
    )
    how = {"seed": 0, "workers": 1, "departures": True}
    tasks = tuple(task.id for task in given.tasks)
    return Analysis(Request(given, given.world(), "solve", tasks, how, {}, silent), plenty()).run()


def faults(task: str = "guard", plan: dict[str, Any] | None = None, **changes: Any) -> list[str]:
    """What is said once the notes of the task, or of the plan, say something else."""
    found = run()
    notes = {**found.notes, task: replace(found.notes[task], **changes)}
    return told(notes, replace(found.plan_notes, **(plan or {})))


def told(notes: dict[str, TaskNotes], plan_notes: PlanNotes, **result: Any) -> list[str]:
    found = run()
    asked = found.result.model_copy(update=result)
    said: Iterator[str] = notes_faults(found.problem, found.world, asked, notes, plan_notes)
    return list(said)


def test_the_case_has_all_that_notes_are_about() -> None:
    found = run()
    verdicts = {record.task: record.verdict for record in found.result.tasks}
    assert verdicts == {"guard": "ready", "patrol": "blocked", "hold": "short"}
    assert found.notes["patrol"].cheapest
    assert found.notes["hold"].sums
    assert len(found.plan_notes.departures) == 2
    assert faults() == []


def test_a_task_without_notes_is_told() -> None:
    notes = {name: note for name, note in run().notes.items() if name != "guard"}
    assert told(notes, PlanNotes()) == ["guard: notes.json does not speak of it"]


EMPTY = Front(("economy", "fewer_contingents"), (), True)


@pytest.mark.parametrize(
    ("task", "changes", "sentence"),
    [
        ("guard", {"proof": "sum"}, "it is ready, and its proof is sum"),
        ("hold", {"proof": ""}, "it is short, and its proof is blank"),
        ("patrol", {"undecided": (("mandate",),)}, "undecided of a family that is whole"),
        ("guard", {"front": EMPTY}, "the front is said to be whole, and has no point"),
    ],
)
def test_a_planted_fault_of_a_task_is_told(
    task: str, changes: dict[str, Any], sentence: str
) -> None:
    (fault,) = faults(task, **changes)
    assert fault.startswith(f"notes of {task}: ")
    assert sentence in fault


def test_sums_of_a_task_that_is_not_short_are_told() -> None:
    found = faults("guard", sums=run().notes["hold"].sums)
    assert "notes of guard: it is ready, and sums show that it is short" in found


def test_a_sum_whose_parts_come_to_something_else_is_told() -> None:
    (one, *others) = run().notes["hold"].sums
    (nation, capability, units), *rest = one.parts
    more = replace(one, parts=((nation, capability, units + 1), *rest))
    assert any(
        "the parts of a sum come to" in said for said in faults("hold", sums=(more, *others))
    )


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"effort": None}, "no cheapest way is known, and unlocking sets are listed"),
        ({"effort": 3}, "the cheapest way takes 2, not 3"),
        ({"bound": 1}, "no way is said to take less than 1; the least known is 2"),
        ({"bound": 3}, "no way is said to take less than 3; the least known is 2"),
        ({"preconditions": ("treaty",), "effort": 5}, "a listed unlocking set takes 2"),
        ({"preconditions": ("mandate", "treaty"), "effort": 7}, "is no unlocking set"),
    ],
)
def test_a_wrong_cheapest_way_is_told(changes: dict[str, Any], sentence: str) -> None:
    way = run().notes["patrol"].cheapest
    assert way is not None
    assert any(sentence in said for said in faults("patrol", cheapest=replace(way, **changes)))


def test_departures_of_other_nations_or_from_no_plan_are_told() -> None:
    gone = run().plan_notes.departures
    (fault,) = faults(plan={"departures": gone[:1]})
    assert fault == "the departures are of FRA, not of FRA, GBR"
    unknown = run().result.plan.model_copy(update={"status": "unknown"})
    (fault,) = told(dict(run().notes), run().plan_notes, plan=unknown)
    assert fault == "departures from a plan are told, and there is no plan"


def test_a_front_of_the_joint_plan_without_a_point_is_told() -> None:
    (fault,) = faults(plan={"front": EMPTY})
    assert fault == "the front of the joint plan is said to be whole, and has no point"
