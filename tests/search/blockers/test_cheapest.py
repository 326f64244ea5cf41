"""The cheapest unlocking set against all of them, and bounds that nobody confirms."""

from __future__ import annotations

import pytest

from allocator.checker import check_result
from allocator.deadline import Deadline
from allocator.engines import Outcome, Portfolio, Settings
from allocator.results.blocking import CheapestWay
from allocator.results.result import Family
from allocator.search.blockers.cheapest import cheapest
from allocator.search.blockers.verdict import JudgedTask, families, judge
from allocator.search.minimal_sets.families import Families, positions
from tests.generator import question
from tests.plenty import analyse, plenty


def blocked(seed: int) -> list[JudgedTask]:
    """The blocked tasks of a random workspace."""
    asked = question(seed)
    standings = [
        judge(asked.problem, asked.world, task.id, Settings(), plenty())
        for task in asked.problem.tasks
    ]
    return [standing for standing in standings if standing.verdict == "blocked"]


def first_blocked() -> JudgedTask:
    return next(standing for seed in range(100) for standing in blocked(seed))


def costs_of(standing: JudgedTask) -> list[int]:
    """Prices that differ, so that the cheapest set is often not the smallest."""
    return [1 + 7 * place % 5 for place, _ in enumerate(standing.questions.elements)]


@pytest.mark.parametrize("seed", range(20))
def test_the_cheapest_set_is_the_cheapest_of_all(seed: int) -> None:
    for standing in blocked(seed):
        questions, costs = standing.questions, costs_of(standing)
        told: list[CheapestWay] = []
        found = cheapest(questions, costs, Settings(), plenty(), told.append)
        prices = {
            questions.names(mask): sum(costs[place] for place in positions(mask))
            for mask in families(questions, plenty()).minimal
        }
        assert found.proved
        assert found.preconditions in prices
        assert found.effort == prices[found.preconditions] == min(prices.values())
        assert all(step.bound <= found.effort <= (step.effort or found.effort) for step in told)


def test_a_bound_that_the_other_engine_does_not_confirm_is_none(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """An engine that falsely claims that nothing is cheaper proves nothing by itself."""
    standing = first_blocked()
    lies = lambda self, *given: Outcome("infeasible", "cpsat")  # noqa: E731
    monkeypatch.setattr(Portfolio, "best", lies)
    monkeypatch.setattr(Portfolio, "second_opinion", lambda self, *given: "yes")
    found = cheapest(standing.questions, costs_of(standing), Settings(), plenty())
    assert found.bound == 0
    assert not found.proved


def test_a_set_that_the_checker_refuses_is_not_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    """An engine's plan with nothing switched on, of a blocked task, is no set."""
    standing = first_blocked()
    whole = Portfolio.best

    def nothing(self: Portfolio, *given: object) -> Outcome:
        outcome = whole(self, *given)  # type: ignore[arg-type]
        values = outcome.values and tuple(0 for _ in outcome.values)
        return Outcome(outcome.status, outcome.engine, values, outcome.bound)

    monkeypatch.setattr(Portfolio, "best", nothing)
    found = cheapest(standing.questions, costs_of(standing), Settings(), plenty())
    assert found.preconditions


def test_without_time_there_is_no_bound() -> None:
    standing = first_blocked()
    found = cheapest(standing.questions, costs_of(standing), Settings(), Deadline(0))
    assert found.bound == 0


def test_a_proved_cheapest_way_is_listed_where_no_other_was(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """As many preconditions as no search can list in time: the way that is proved is a set of the
    family all the same, and once only where the search found it too."""
    from allocator.analysis import blocking

    asked = next(
        asked
        for asked in map(question, range(100))
        if any(r.unlocking.sets for r in analyse(asked.problem, asked.world).result.tasks)
    )
    whole = analyse(asked.problem, asked.world, command="blockers")
    monkeypatch.setattr(blocking, "MOST_ELEMENTS", 0)
    both = analyse(asked.problem, asked.world, command="blockers")
    assert [r.unlocking for r in both.result.tasks] == [r.unlocking for r in whole.result.tasks]
    monkeypatch.setattr(blocking, "families", lambda *_, **__: Families())
    cut = analyse(asked.problem, asked.world, command="blockers")
    for record in cut.result.tasks:
        if record.verdict == "blocked":
            way = cut.notes[record.task].cheapest
            assert way is not None
            assert way.proved
            assert record.unlocking == Family(complete=False, sets=(way.preconditions,))
            assert way.preconditions in whole[record.task].unlocking.sets
    assert check_result(asked.problem, asked.world, cut.result) == ()
