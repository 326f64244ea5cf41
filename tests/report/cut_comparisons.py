"""Comparisons of runs that were cut off, and comparisons that were cut off themselves."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import pytest
from cut_runs import cut_after, varied

from allocator import compare
from allocator.analysis.comparison.comparison import ComparisonRecord
from allocator.planner import Planner
from allocator.results.run import RunRecord
from allocator.search.feasibility.oracle import StaffingOracle

RUNS = (0, 4, 9, 22, 40, 10**6)
REASONS = (0, 1, 4, 6, 8, 10**6)
"""Questions before the time is up: to the engines of a run, about tasks of a comparison."""

WHOLE = 10**6


@cache
def run(edited: bool, questions: int) -> RunRecord:
    """Of the workspace as it is, or of one in which tasks stand otherwise for several reasons."""

    def solve(planner: Planner) -> RunRecord:
        return planner.solve("m", world="talks" if edited else "today", workers=1)

    with pytest.MonkeyPatch.context() as patch:
        return cut_after(questions, solve, varied(edited=edited), patch)


def _compared(questions: int, *runs: RunRecord) -> ComparisonRecord:
    with pytest.MonkeyPatch.context() as patch:
        found: ComparisonRecord = cut_after(
            questions, lambda _: compare(*runs, workers=1), varied(), patch, [StaffingOracle]
        )
        return found


@cache
def cases() -> tuple[tuple[str, ComparisonRecord, tuple[RunRecord, ...]], ...]:
    """Either side cut off, then the comparison of both whole ones; three side by side."""
    return tuple((name, _compared(questions, *runs), runs) for name, questions, runs in _asked())


def _asked() -> Iterator[tuple[str, int, tuple[RunRecord, ...]]]:
    whole, other = run(False, WHOLE), run(True, WHOLE)
    for questions in RUNS:
        yield f"the base cut off after {questions}", WHOLE, (run(False, questions), other)
        yield f"the other cut off after {questions}", WHOLE, (whole, run(True, questions))
    for questions in REASONS:
        yield f"the reasons cut off after {questions}", questions, (whole, other)
        yield f"and those of going back after {questions}", questions, (other, whole)
    yield "three", 3, (whole, run(True, 9), other)
