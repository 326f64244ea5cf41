"""Every model in every world: each gets its turn, and what one leaves goes to the others."""

from __future__ import annotations

from typing import Any

import pytest

from allocator.analysis.comparison.grid import SHARE, solve_grid
from allocator.deadline import Deadline
from allocator.progress import Event


class MadePlanner:
    """Notes what it is asked; knows the world `never` not."""

    def __init__(self) -> None:
        self.solved: list[tuple[str, str, tuple[str, ...]]] = []
        self.left: list[float] = []
        self.knowledge: list[Any] = []

    def problem(self, model: str) -> str:
        return model

    def world(self, problem: str, name: str, with_: tuple[str, ...] = ()) -> None:
        if "never" in (name, *with_):
            raise LookupError(name)

    def solve(self, model: str, *, world: str, with_: tuple[str, ...], **how: Any) -> str:
        self.solved.append((model, world, with_))
        self.left.append(how["deadline"].remaining())
        self.knowledge.append(how["knowledge"])
        assert how["time_limit"] == pytest.approx(self.left[-1], abs=0.2)
        assert how["seed"] == 3
        how["progress"](Event("plan", 1, 2, "known"))
        return f"{model} {world}"


def test_each_model_in_each_world_with_its_share_of_the_time() -> None:
    planner: Any = MadePlanner()
    events: list[Event] = []
    runs = solve_grid(
        planner,
        ["small", "large"],
        ["today", "truce+vote@2", "+ peace"],
        Deadline(600),
        progress=events.append,
        with_=("talks",),
        seed=3,
    )
    assert runs[:3] == ["small today", "small truce", "small today"]
    assert planner.solved == [
        (model, world, with_)
        for model in ("small", "large")
        for world, with_ in (
            ("today", ("talks",)),
            ("truce", ("vote@2", "talks")),
            ("today", ("peace", "talks")),
        )
    ]
    # Nothing was used up, so that the later ones have more and more.
    shares = [600 * SHARE / waiting for waiting in (6, 5, 4, 3, 2, 1)]
    assert planner.left == pytest.approx(shares, abs=1)
    assert [event.known for event in events][:2] == [
        "1 of 6, small in today: known",
        "2 of 6, small in truce+vote@2: known",
    ]


@pytest.mark.parametrize("world", ["never", "today+never"])
def test_names_are_looked_at_before_anything_is_solved(world: str) -> None:
    planner: Any = MadePlanner()
    with pytest.raises(LookupError):
        solve_grid(planner, ["small"], ["today", world], Deadline(60), seed=3)
    assert planner.solved == []


def test_the_worlds_of_a_model_share_what_they_show() -> None:
    """Another model is another problem."""
    planner: Any = MadePlanner()
    solve_grid(planner, ["small", "large"], ["today", "truce"], Deadline(600), seed=3)
    first, second, third, fourth = planner.knowledge
    assert first is second
    assert third is fourth
    assert first is not third
