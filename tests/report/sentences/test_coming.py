"""Which nations may come, against the rules asked directly in every world of random problems."""

from __future__ import annotations

from itertools import combinations

import pytest

from allocator.inputs.conditions import holds
from allocator.inputs.problem import Problem, Task, World
from allocator.report.sentences.coming import coming
from allocator.report.sentences.formulas import Least, all_of, any_of, least, value
from allocator.report.sentences.supply import supplies
from allocator.search.blockers.verdict_map import base_world
from tests.generator import question


def _may_come(problem: Problem, where: World, nation: str, task: Task, period: int) -> bool:
    """By the rules' own words: room for one unit, all that may be released being released, and
    no caveat in force that leaves no room for it."""
    released = {
        (k.id, p): k.quantity[p - 1]
        for k in problem.commitments
        for p in problem.periods
        if holds(k.release_requires, where.holding(p))
    }
    room = {row.capability: row.net for row in supplies(problem, {}, released)
            if (row.nation, row.period) == (nation, period)}  # fmt: skip
    tasks = [t.id for t in problem.tasks]
    for capability in task.capabilities:
        people = problem.capabilities[capability].personnel
        barred = any(
            capability in caveat.capabilities
            and period in caveat.periods
            and not holds(
                caveat.requires,
                where.holding(period),
                problem.nations,
                tasks,
                _leaders(problem, task),
            )
            and (caveat.max_personnel is None or people > caveat.max_personnel)
            for caveat in problem.caveats_on(nation, task.id)
        )
        if room.get(capability, 0) and not barred:
            return True
    return False


def _leaders(problem: Problem, task: Task) -> set[str]:
    """Whom the lead of the task names; everybody where it names nobody."""
    if task.lead is None:
        return set()
    return {*(task.lead.all_of or task.lead.any_of or problem.nations)}


@pytest.mark.parametrize(("first", "composed"), [(0, False), (40, False), (1000, True)])
def test_in_every_world_of_random_problems(first: int, composed: bool) -> None:
    seen = set()
    for seed in range(first, first + 40):
        asked = question(seed, composed=composed)
        problem, base = asked.problem, base_world(asked.problem, asked.world)
        open_ = problem.open_preconditions(base)
        for task in problem.tasks:
            found = coming(problem, asked.world, task.id)
            for met in (m for size in range(len(open_) + 1) for m in combinations(open_, size)):
                where = problem.meeting(base, met)
                held = where.holding(1)
                for one in found:
                    truth = [_may_come(problem, where, one.nation, task, p) for p in task.periods]
                    said = (value(one.sometimes, held), value(one.always, held))
                    assert said == (any(truth), all(truth)), f"seed {seed}, {task.id}, {met}"
                    seen.add((said, bool(met)))
    assert len(seen) >= 5


def test_what_is_settled_is_not_kept() -> None:
    assert all_of(["a", True, "a"]) == "a"
    assert any_of(["a", False]) == "a"
    assert any_of(["a", True]) is True
    assert all_of(["a", False]) is False
    assert all_of([]) is True
    assert any_of([]) is False
    assert least(3, [(2, "a"), (1, True), (1, "b")]) == Least(2, ((2, "a"), (1, "b")))
    assert least(4, [(2, "a"), (1, "b")]) is False
    assert value(Least(2, ((2, "a"), (1, "b"))), {"b"}) is False
