"""The pools of forces: substitutes together, and where their units are."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from report_cases import small_run

from allocator.analysis.dilemma import layers, pools
from allocator.inputs.problem import Line
from allocator.report.page import page
from allocator.report.tables.pools import groups, pool_rows
from allocator.report.terminal import run as terminal
from allocator.report.terminal.console import rendered
from allocator.results.result import Plan
from allocator.results.run import PlanNotes
from tests.generator import question
from tests.handmade import line, problem
from tests.plenty import analyse
from tests.report.page.reading import Read


def manoeuvre():
    """Light and heavy companies stand in for each other, and a truck carries what three vans do."""
    return problem(
        [
            {
                "task": "west",
                "lines": [line(6, "heavy", "light"), line(4, "heavy", line="armour")],
            },
            {
                "task": "reserve",
                "requires": "ceasefire",
                "lines": [
                    {"line": "move", "any_of": {"van": 1, "truck": 3}, "minimum": 9},
                    {"line": "haul", "any_of": {"truck": 1}, "minimum": 2},
                    {"line": "tow", "any_of": {"crane": 1}, "minimum": 1, "one_per": 1000},
                ],
            },
        ],
        {
            ("FRA", "heavy"): 8, ("GBR", "light"): 8, ("ITA", "light"): 4, ("POL", "light"): 2,
            ("DEU", "van"): 5, ("DEU", "truck"): 2, ("DEU", "crane"): 3,
        },
        capabilities={"light": {"rotation": 2}},
        preconditions={"ceasefire": {}},
        caveats=[
            {"nation": "ITA", "requires": "never"},
            {"nation": "POL", "requires": "ceasefire"},
        ],
        commitments=[
            {"nation": "FRA", "capability": "heavy", "quantity": 3},
            {"nation": "FRA", "capability": "heavy", "quantity": 1,
             "release_requires": "ceasefire"},
        ],
        horizon=2,
    )  # fmt: skip


def test_substitutes_are_one_pool_in_weighted_units() -> None:
    asked = manoeuvre()
    assert groups(asked) == [("crane",), ("heavy", "light"), ("truck", "van")]
    found = {row.weights: row for row in pool_rows(analyse(asked, asked.world()))}
    # 8 heavy; of the light one in two: 4, 2, 1. FRA keeps 3 for good and 1 until a ceasefire.
    force = found[("heavy", 1), ("light", 1)]
    assert (force.held, force.kept_up, force.committed, force.never) == (22, 15, 3, 2)
    assert (force.waits, force.open, force.asked, force.exact) == (2, 8, 10, True)
    lift = found[("truck", 3), ("van", 1)]
    # Two trucks of the other line count for three vans each.
    assert (lift.held, lift.kept_up, lift.asked, lift.exact) == (11, 11, 15, True)
    # What keeps pace with people is known at the least.
    assert (found[("crane", 1),].asked, found[("crane", 1),].exact) == (1, False)


@pytest.mark.parametrize("seed", range(30))
def test_layers_lie_on_each_other_and_agree_with_the_pools(seed: int) -> None:
    asked = question(seed)
    found = {one.capability: one for one in layers(asked.problem, asked.world)}
    for pool in pools(asked.problem, asked.world):
        one = found[pool.capability]
        assert one.kept_up >= one.uncommitted >= one.reachable >= one.open >= 0
        assert (one.held, one.open) == (pool.held, pool.open)
        assert one.kept_up >= pool.net


def test_page_terminal_and_workbook_have_the_same_rows() -> None:
    run = small_run()
    rows = pool_rows(run)
    mech = next(row for row in rows if row.weights == (("mech", 1),))
    assert mech.kept_up == mech.committed + mech.never + mech.waits + mech.open
    shown = rendered(
        lambda console: terminal.show_solve(run, console, terminal.Follow()), io.StringIO(), 120
    )
    told = [line.split() for line in shown.splitlines()]
    figures = (
        mech.kept_up,
        mech.committed,
        mech.never,
        mech.waits,
        mech.open,
        mech.sent,
        mech.asked,
    )
    assert ["mech", *(f"{figure:,}" for figure in figures)] in told
    assert f"Mechanised company {mech.held} {' '.join(map(str, figures))}" in Read(page(run)).text


def test_without_a_plan_nothing_is_said_to_be_sent() -> None:
    run = small_run(plan_notes=PlanNotes())
    run = replace(run, result=run.result.model_copy(update={"plan": Plan()}))
    assert {row.sent for row in pool_rows(run)} == {None}


def test_a_line_in_two_ratios_is_asked_for_at_the_least() -> None:
    asked = manoeuvre()
    odd = Line("odd", {"truck": 1, "van": 1}, 4, 4, None, None, 0)
    tasks = tuple(replace(t, lines=(*t.lines, odd)) for t in asked.tasks)
    run = analyse(asked, asked.world())
    run = replace(run, problem=replace(asked, tasks=tasks))
    lift = next(row for row in pool_rows(run) if row.weights[0][0] == "truck")
    # Four vans would do for each of the two tasks.
    assert (lift.asked, lift.exact) == (23, False)
