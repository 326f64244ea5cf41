"""Tasks that lose out: to whom, and over which lines. Answers worked out by hand."""

from __future__ import annotations

from typing import Any

import pytest

from allocator.deadline import Deadline
from allocator.engines import Settings
from allocator.inputs.problem import Problem
from allocator.results.result import Contest
from allocator.search.plan.contested import contested
from tests.handmade import line, problem
from tests.plenty import analyse, plenty


def _contests(asked: Problem, staffed: str, ready: str, deadline: Deadline | None = None) -> Any:
    return contested(
        asked, asked.world(), staffed.split(), ready.split(), Settings(), deadline or plenty()
    )


def _contest(task: str, rivals: str, lines: str) -> Contest:
    return Contest(task=task, rivals=tuple(rivals.split()), lines=tuple(lines.split()))


def _tasks(*rows: tuple[str, int, int]) -> list[dict[str, Any]]:
    """Tasks by id, priority and minimum."""
    return [{"task": t, "priority": p, "lines": [line(m)]} for t, p, m in rows]


def test_two_tasks_and_one_pool() -> None:
    """The better priority gets the three units; the other is named with its line."""
    asked = problem(_tasks(("t", 1, 2), ("u", 2, 2)), {("FRA", "bn"): 3})
    run = analyse(asked)
    assert run.result.plan.staffed == ("t",)
    assert run.result.plan.contested == (_contest("u", "t", "l"),)


def test_only_the_tasks_and_lines_in_the_way_are_named() -> None:
    """`v` has forces of its own, and line `m` of `u` is nobody else's."""
    lines = [line(2), {"line": "m", "any_of": {"hq": 1}, "minimum": 1}]
    asked = problem(
        [
            *_tasks(("t", 1, 2)),
            {"task": "u", "priority": 2, "lines": lines},
            {"task": "v", "lines": [line(1, "med")]},
        ],
        {("FRA", "bn"): 3, ("FRA", "hq"): 1, ("GBR", "med"): 1},
    )
    assert _contests(asked, "t v", "t u v") == (_contest("u", "t", "l"),)


def test_three_ways() -> None:
    """Three units: beside either of the others it would fit, not beside both."""
    asked = problem(_tasks(("t", 1, 1), ("u", 1, 1), ("v", 2, 2)), {("FRA", "bn"): 3})
    run = analyse(asked)
    assert run.result.plan.staffed == ("t", "u")
    assert run.result.plan.contested == (_contest("v", "t u", "l"),)


def test_lines_are_named_together_where_they_only_fail_together() -> None:
    """Two lines of one unit each compete for the one unit that is left."""
    lines = [{"line": name, "any_of": {"bn": 1}, "minimum": 1} for name in ("l", "m")]
    asked = problem(
        [*_tasks(("t", 1, 1)), {"task": "u", "priority": 2, "lines": lines}], {("FRA", "bn"): 2}
    )
    assert _contests(asked, "t", "t u") == (_contest("u", "t", "l m"),)


def test_a_task_of_a_lower_priority_is_no_rival() -> None:
    """It would have had to give way."""
    asked = problem(_tasks(("t", 2, 2), ("u", 1, 2)), {("FRA", "bn"): 3})
    assert _contests(asked, "t", "t u") == ()


def test_a_task_that_would_fit_is_not_contested() -> None:
    """Left out of a plan that has room for it, as where nothing asks for it."""
    asked = problem(_tasks(("t", 1, 1), ("u", 2, 1)), {("FRA", "bn"): 3})
    assert _contests(asked, "t", "t u") == ()


def test_two_tasks_of_one_priority() -> None:
    """Each is a rival of the other."""
    asked = problem(_tasks(("t", 1, 2), ("u", 1, 2)), {("FRA", "bn"): 3})
    assert _contests(asked, "t", "t u") == (_contest("u", "t", "l"),)
    assert _contests(asked, "u", "t u") == (_contest("t", "u", "l"),)


@pytest.mark.parametrize("engines_agree", [True, False])
def test_only_what_is_proved_is_named(engines_agree: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """A conflict takes two engines; where they do not agree in time there is none."""
    from allocator.engines import Portfolio

    asked = problem(_tasks(("t", 1, 2), ("u", 2, 2)), {("FRA", "bn"): 3})
    if not engines_agree:
        monkeypatch.setattr(Portfolio, "second_opinion", lambda *_, **__: "unknown")
    assert bool(_contests(asked, "t", "t u")) is engines_agree


def test_without_time_nothing_is_named() -> None:
    """The deadline is over."""
    asked = problem(_tasks(("t", 1, 2), ("u", 2, 2)), {("FRA", "bn"): 3})
    assert _contests(asked, "t", "t u", Deadline(0)) == ()


def test_without_time_no_plan_is_built(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a large one, each takes longer than whoever pressed Ctrl-C would wait."""

    def fail(*_: Any) -> None:
        raise AssertionError("built")

    monkeypatch.setattr("allocator.search.plan.contested.build", fail)
    asked = problem(_tasks(("t", 1, 2), ("u", 2, 2)), {("FRA", "bn"): 3})
    assert _contests(asked, "t", "t u", Deadline(0)) == ()
    with pytest.raises(AssertionError, match="built"):
        _contests(asked, "t", "t u")
