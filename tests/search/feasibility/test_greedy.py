"""The first allocation found without a search: what it claims holds, and a wrong one is no yes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from allocator.checker import violations
from allocator.engines import Settings
from allocator.inputs.problem import Problem, Task
from allocator.model.scope import alone
from allocator.results.result import Allocation
from allocator.search.blockers.verdict import relevant_preconditions
from allocator.search.feasibility.greedy import fill
from allocator.search.feasibility.oracle import StaffingOracle
from allocator.search.feasibility.pool import Assumptions
from allocator.search.feasibility.sums import Sums
from allocator.search.feasibility.supply_bound import SupplyBound
from allocator.search.minimal_sets.families import Answer, Mask
from allocator.search.packages.search import candidates
from tests import oracle
from tests.brute.parts import NotTinyError
from tests.generator import question
from tests.handmade import line, problem
from tests.plenty import plenty


@pytest.mark.parametrize("first", range(2200, 2300, 50))
def test_what_it_fills_is_filled(first: int) -> None:
    """Every minimum in every period, by contributions that are large enough and that nations
    have; no capacity is overdrawn. Often it finds something."""
    found = 0
    for seed in range(first, first + 50):
        made = question(seed)
        asked = made.problem
        for task in asked.tasks:
            reach = SupplyBound(asked, task)
            around = Assumptions(made.world, released=False)

            def steady(nation: str, capability: str) -> int:
                return reach.steady(nation, capability, around)  # noqa: B023

            allocation = fill(asked, task, asked.nations, steady)
            if allocation is None:
                continue
            found += 1
            assert allocation.staffed == {task.id}
            assert not allocation.released
            _assert_filled(asked, task, allocation, steady)
            only = asked.companions(task.id)
            broken = violations(asked, made.world, allocation, only=only)
            assert not {v.rule for v in broken} & {"R1", "R2", "R3", "R4", "R9"}, f"seed {seed}"
    assert found > 20


def _assert_filled(
    asked: Problem, task: Task, allocation: Allocation, steady: Callable[[str, str], int]
) -> None:
    sent: dict[tuple[str, str, int], int] = {}
    for (nation, of, _, capability, period), units in allocation.units.items():
        assert of == task.id
        assert units > 0
        assert period in task.periods
        key = (nation, capability, period)
        sent[key] = sent.get(key, 0) + units
    for (nation, capability, _), units in sent.items():
        assert (nation, capability) in asked.availability
        assert units <= steady(nation, capability)
    for one in task.lines:
        for period in task.periods:
            rows = {k: u for k, u in allocation.units.items() if (k[2], k[4]) == (one.id, period)}
            assert sum(one.weights[k[3]] * u for k, u in rows.items()) >= one.minimum
            assert all(u >= one.min_contribution for u in rows.values())


def _filled(*lines: dict[str, object], **pools: int) -> dict[tuple[str, str, str], int] | None:
    """Units by nation, line and capability; pools are NATION_capability."""
    units = {(name[:3], name[4:]): number for name, number in pools.items()}
    asked = problem([{"task": "t", "lines": list(lines)}], units)
    found = fill(asked, asked.task("t"), asked.nations, lambda n, c: units[n, c])
    return found and {(k[0], k[2], k[3]): u for k, u in found.units.items()}


def test_lines_with_the_fewest_substitutes_choose_first() -> None:
    """Else the battalion would go where a headquarters would do."""
    assert _filled(line(1, "bn", "hq", line="a"), line(1, "bn", line="b"), FRA_bn=1, GBR_hq=1) == {
        ("FRA", "b", "bn"): 1,
        ("GBR", "a", "hq"): 1,
    }


def test_units_count_by_their_weight() -> None:
    """Two of weight two for a minimum of three; the small one is not needed."""
    needs = {"line": "l", "any_of": {"bn": 2, "hq": 1}, "minimum": 3}
    assert _filled(needs, FRA_bn=5, GBR_hq=5) == {("FRA", "l", "bn"): 2}


def test_too_little_is_nothing() -> None:
    """None where it finds nothing, and where lines are beyond it."""
    assert _filled(line(3), FRA_bn=1, GBR_bn=1) is None
    assert _filled(line(2, min_contribution=2), FRA_bn=1, GBR_bn=1) is None
    assert _filled(line(1, one_per=1000), FRA_bn=5) is None
    assert _filled(line(0, target=2), FRA_bn=5) == {}


# --- a guess that lies ------------------------------------------------------------------------


def _nothing(asked: Problem, task: Task) -> Allocation:
    """A plan that breaks no rule and leaves the task out."""
    return Allocation()


def _unfilled(asked: Problem, task: Task) -> Allocation:
    return Allocation(frozenset({task.id}))


def _everything(asked: Problem, task: Task) -> Allocation:
    """All that nations have, whatever holds it back."""
    units = {
        (nation, task.id, one.id, capability, period): asked.available(nation, capability, period)
        for one in task.lines
        for nation, capability in asked.availability
        if capability in one.weights
        for period in task.periods
    }
    return Allocation(frozenset({task.id}), {key: u for key, u in units.items() if u})


def _released(asked: Problem, task: Task) -> Allocation:
    """The same, with all commitments released, and one unit more than there is."""
    released = {
        (c.id, period): units + 1
        for c in asked.commitments
        for period, units in enumerate(c.quantity, 1)
    }
    return replace(_everything(asked, task), released=released)


LIES = [_nothing, _unfilled, _everything, _released]


@pytest.mark.parametrize("lie", LIES)
def test_what_the_checker_refuses_is_never_a_yes(
    lie: Callable[[Problem, Task], Allocation], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every answer is that of brute force, before a search and within one, and every witness
    passes; no lie is told as a fault of the engines."""
    monkeypatch.setattr(Sums, "guess", lambda self, on: lie(self._problem, self._task))
    compared = blocked = 0
    for seed in range(2300, 2310):
        made = question(seed)
        asked, world = made.problem, made.world
        for task in asked.tasks:
            names = relevant_preconditions(asked, world, task.id)
            scope = replace(alone(asked, world, task.id), preconditions=names)
            questions = StaffingOracle(asked, scope, Settings(), plenty())
            try:
                truth = {
                    on: oracle.ready(asked, asked.meeting(world, questions.names(on)), task.id)
                    for on in range(questions.everything + 1)
                }
            except NotTinyError:
                continue
            for on, ready in truth.items():
                assert questions.ask(on) is _answer(ready), f"seed {seed}: {task.id}"
            assert (questions.witness is not None) == any(truth.values())
            searched = StaffingOracle(asked, scope, Settings(), plenty())
            found = searched.search(plenty())
            assert found.complete
            assert set(found.minimal) == _least({on for on, ready in truth.items() if ready})
            assert not questions.faults + searched.faults
            compared += len(truth)
            blocked += truth[questions.everything] and not truth[0]
    assert compared > 30
    assert blocked


@pytest.mark.parametrize("lie", LIES)
def test_a_lie_about_nations_is_never_a_yes(
    lie: Callable[[Problem, Task], Allocation], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A plan may pass, but not with these nations."""
    monkeypatch.setattr(Sums, "guess", lambda self, on: lie(self._problem, self._task))
    for seed in range(2320, 2328):
        made = question(seed)
        asked, world = made.problem, made.world
        for task in asked.tasks:
            scope = replace(alone(asked, world, task.id), nations=candidates(asked, world, task.id))
            questions = StaffingOracle(asked, scope, Settings(), plenty())
            for on in range(questions.everything + 1):
                coalition = (task.id, frozenset(questions.names(on)))
                try:
                    ready = oracle.ready(asked, world, task.id, coalition)
                except NotTinyError:
                    break
                assert questions.ask(on) is _answer(ready), f"seed {seed}: {coalition}"
            assert not questions.faults


def _answer(ready: bool) -> Answer:
    return Answer.YES if ready else Answer.NO


def _least(masks: set[Mask]) -> set[Mask]:
    return {one for one in masks if not any(o != one and o & one == o for o in masks)}
