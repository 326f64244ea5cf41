"""Runs with ranges whose time ends between a verdict and what is said of it over the ranges."""

from __future__ import annotations

from typing import Any

import pytest

from allocator.analysis import judging
from allocator.checker import check_result
from allocator.deadline import TimeUpError
from allocator.inputs.inspection import from_tables
from allocator.planner import Planner
from tests.generator import tables_and_models
from tests.ranging import set_ranges
from tests.report.cut_runs import cut_after, solve

SEEDS = (3, 4, 6, 8)


def ranged(seed: int) -> Planner:
    tables, models = tables_and_models(seed)
    set_ranges(seed, tables, models)
    workspace, issues = from_tables(tables, models)
    assert workspace is not None, [str(issue) for issue in issues]
    return Planner(workspace)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("done", [0, 1])
def test_what_the_time_did_not_come_to_is_unknown(
    seed: int, done: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    corners, left = judging.corners, iter(range(done))

    def cut(*given: Any) -> Any:
        if next(left, None) is None:
            raise TimeUpError
        return corners(*given)

    monkeypatch.setattr(judging, "corners", cut)
    run = ranged(seed).solve("m", workers=1)
    said = [record.over_ranges for record in run.result.tasks]
    assert "unknown" in said or done >= len(said)
    assert None not in said
    assert any(record.verdict != "unknown" for record in run.result.tasks)
    assert check_result(run.problem, run.world, run.result) == ()


@pytest.mark.parametrize("questions", range(0, 40, 5))
def test_a_run_that_is_cut_off_anywhere_passes_the_checker(
    questions: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    for seed in SEEDS:
        run = cut_after(questions, solve, ranged(seed), monkeypatch)
        assert check_result(run.problem, run.world, run.result) == ()
        assert run.problem.ranges
