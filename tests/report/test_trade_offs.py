"""What falls if a nation leaves: what is proved, what was found, and what is not known."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from report_cases import small_run

from allocator.report.page import page
from allocator.report.tables.plan import with_and_without
from allocator.report.tables.run import table
from allocator.report.terminal import run as terminal
from allocator.report.terminal.console import rendered
from allocator.report.terminal.trade_offs import falls, worse
from allocator.results.departures import Departure
from allocator.results.result import Level, Plan
from allocator.results.run import PlanNotes


def level(name: str, value: int, proved: bool = True) -> Level:
    return Level(
        objective=name, value=value, bound=value, status="optimal" if proved else "feasible"
    )


BEFORE = (level("staff_tasks[1]", 2), level("economy", 100), level("fewer_contingents", 3))


def without(*levels: Level, falling: tuple[str, ...] = ()) -> Departure:
    proved = all(one.status == "optimal" for one in levels)
    return Departure("FRA", True, "optimal" if proved else "feasible", falling, (), levels)


@pytest.mark.parametrize(
    ("left", "text"),
    [
        ((level("staff_tasks[1]", 1), *BEFORE[1:]), "tasks of priority 1 staffed: 2 to 1"),
        ((level("staff_tasks[1]", 1, False), *BEFORE[1:]), "2 to 1 (not proved)"),
        # A level is proved for what those before it reached.
        (
            (level("staff_tasks[1]", 2, False), level("economy", 120), BEFORE[2]),
            "100 to 120 (not proved)",
        ),
        (
            (BEFORE[0], level("economy", 90, False), BEFORE[2]),
            "the plan found without it is better",
        ),
        ((level("staff_tasks[1]", 3), *BEFORE[1:]), "the plan found without it is better"),
        (BEFORE, "none: another plan is as good"),
        ((), "no plan found in time"),
    ],
)
def test_the_first_objective_that_is_worse(left: tuple[Level, ...], text: str) -> None:
    run = small_run()
    plan = run.result.plan.model_copy(update={"levels": BEFORE})
    run = replace(run, result=run.result.model_copy(update={"plan": plan}))
    assert worse(run, without(*left)).endswith(text)


def test_what_falls_is_said_as_far_as_it_is_known() -> None:
    unproved = (level("staff_tasks[1]", 1, False),)
    assert falls(small_run(), Departure("FRA", True, "unknown", (), (), ())) == "not known"
    assert falls(small_run(), without(*BEFORE)) == "no task"
    assert falls(small_run(), without(*BEFORE, falling=("t",))) == "t"
    assert falls(small_run(), without(*unproved, falling=("t",))) == "t (not proved)"


def test_a_table_is_proved_no_further_than_the_levels_before() -> None:
    left = (level("staff_tasks[1]", 2), level("economy", 100, False), level("fewer_contingents", 3))
    assert [row[-1] for row in with_and_without(BEFORE, left)] == ["optimal", *["feasible"] * 2]


def test_the_table_tells_none_from_not_known() -> None:
    found = table(small_run(), "departures")
    place = found.header.index("falls")
    assert {(row[0], row[place]) for row in found.rows} == {
        ("DEU", "none"), ("FRA", "training"), ("GBR", None), ("ITA", "none"),
    }  # fmt: skip


def test_what_was_asked_and_not_found_is_said() -> None:
    """No section at all would read as if nothing fell."""
    run = small_run()
    asked = {**run.options, "departures": True, "front": ["economy", "fewer_contingents"]}
    result = run.result.model_copy(update={"plan": Plan()})
    run = replace(run, result=result, plan_notes=PlanNotes(), options=asked)
    shown = rendered(
        lambda console: terminal.show_solve(run, console, terminal.Follow()), io.StringIO()
    )
    for told in (shown, page(run)):
        assert "What falls if one nation leaves is not known" in told
        assert "What can be had for what is not known" in told
