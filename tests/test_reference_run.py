"""The reference case as it stands, from the tables to the result, within the limit of a command."""

from __future__ import annotations

from pathlib import Path

import allocator
from allocator.checker import check_result
from allocator.results.run import RunRecord

ROOT = Path(__file__).parents[1]


def test_the_reference_run() -> None:
    """One test: the run takes half a minute, and each process of tests would make its own."""
    run = allocator.load(ROOT).solve(workers=2)
    everything_is_answered_and_proved(run)
    help_from_outside_is_ready_and_all_else_waits(run)
    the_checker_finds_nothing(run)
    the_same_bytes_again(run)


def everything_is_answered_and_proved(run: RunRecord) -> None:
    """No time-out, no fault, no open end: the plan optimal, every family whole."""
    assert not run.timed_out
    assert run.faults == ()
    assert run.result.plan.status == "optimal"
    assert {level.status for level in run.result.plan.levels} == {"optimal"}
    for record in run.result.tasks:
        assert record.verdict != "unknown"
        for family in (record.packages, record.unlocking, record.blocking):
            assert family.complete or len(record.packages.sets) == 1000, record.task
        assert record.gaps.units_status != "unknown"


def help_from_outside_is_ready_and_all_else_waits(run: RunRecord) -> None:
    """Today, without a ceasefire: regeneration and industry off Ukrainian soil can be staffed, and
    Ukraine holds its line; the rest is blocked, nothing is short."""
    ready = {record.task for record in run.result.tasks if record.verdict == "ready"}
    outside = {
        task.id
        for task in run.problem.tasks
        if task.axis in ("regeneration", "industry") and task.area == "allied_territory"
    }
    assert ready == outside | {"line_of_contact"}
    assert len(ready) >= 2
    others = {record.verdict for record in run.result.tasks if record.task not in ready}
    assert others == {"blocked"}
    assert "ceasefire" in run["western_presence"].necessary


def the_checker_finds_nothing(run: RunRecord) -> None:
    """Nor does the plan staff what is not ready."""
    assert check_result(run.problem, run.world, run.result) == ()
    ready = {record.task for record in run.result.tasks if record.verdict == "ready"}
    assert set(run.result.plan.staffed) <= ready


def the_same_bytes_again(run: RunRecord) -> None:
    """With one worker instead of two."""
    again = allocator.load(ROOT).solve(workers=1)
    assert again.result.model_dump_json() == run.result.model_dump_json()
