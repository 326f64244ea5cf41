"""Which figures a verdict hangs on, against brute force on the changed tables."""

from __future__ import annotations

import pytest

from allocator.inputs.inspection import from_tables
from allocator.inputs.problem import Problem
from allocator.planner import Planner
from allocator.results.fragility import Figure
from allocator.search.fragility import changed, figures
from allocator.search.fragility.figures import farthest
from tests import oracle
from tests.brute.parts import NotTinyError
from tests.generator import tables_and_models

NEAR = 2
"""Changes of so much are tried one by one; larger forces are soon too many to list."""


@pytest.mark.parametrize("seed", [102, 110, 114])
def test_what_turns_a_verdict_is_what_trying_every_value_finds(seed: int) -> None:
    workspace, _ = from_tables(*tables_and_models(seed))
    assert workspace is not None
    planner = Planner(workspace)
    asked = planner.problem("m")
    compared = 0
    for task in asked.tasks:
        found = planner.fragility(task.id, "m")
        assert (found.faults, found.undecided) == ((), ())
        for figure in figures(workspace, asked, task.id):
            near = {flip.at: flip.verdict for flip in found.flips if flip.figure == figure
                    and abs(flip.change) <= NEAR}  # fmt: skip
            try:
                assert near == _turns(asked, task.id, figure), f"{task.id}: {figure.row}"
            except NotTinyError:
                continue
            compared += 1
    assert compared > 3


def _turns(asked: Problem, task: str, figure: Figure) -> dict[int, str]:
    """The nearest values on either side at which the verdict is another one, and which."""
    now = oracle.verdict(asked, asked.world(), task)
    found = {}
    for step in (1, -1):
        far = farthest(asked, figure, up=step > 0)
        for change in range(1, min(NEAR, abs(far - figure.value)) + 1):
            value = figure.value + step * change
            with_value = changed(asked, figure, value)
            verdict = oracle.verdict(with_value, asked.world(), task)
            if verdict != now:
                found[value] = verdict
                break
    return found
