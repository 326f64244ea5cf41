"""What an offer waits for may be staffed beside the task that it is for."""

from __future__ import annotations

import pytest

from allocator.inputs.problem import Problem
from allocator.search.offers.wall import wall
from tests.handmade import line, problem


def offered(count: str) -> Problem:
    """The hub has what it needs where the guard stands, of which its own condition says nothing."""
    tasks = [{"task": "guard", "lines": [line(1)]}, {"task": "hub", "lines": [line(2, "log")]}]
    offer = {
        "nation": "FRA",
        "capability": "log",
        "quantity": 2,
        "task": "hub",
        "status": "firm",
        "requires": "staffed(guard)",
    }
    held = {("FRA", "log"): 2, ("GBR", "bn"): 1}
    return problem(tasks, held, offers=[offer], count=count)


@pytest.mark.parametrize("count", ["inventory", "firm"])
def test_it_stands_in_the_wall(count: str) -> None:
    asked = offered(count)
    hub = next(one for one in wall(asked, asked.world()) if one.task == "hub")
    assert (hub.offered["firm"], hub.waiting, hub.gap) == (2, 0, 0)
