"""The rules that rows clash over are a minimal set of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from random import Random

import pytest

from allocator.checker import violations
from allocator.deadline import Deadline
from allocator.engines import Settings
from allocator.inputs.given import GivenPlan, GivenRow
from allocator.inputs.given.row import Kind
from allocator.inputs.problem import Problem, World
from allocator.results.repair import Clashes
from allocator.results.result import Allocation
from allocator.search.given.repair import repair
from tests.brute.given import drawn, subsets
from tests.brute.parts import NotTinyError
from tests.brute.repairs import every_plan, stands
from tests.generator import question
from tests.handmade import line, problem

CHUNK = 30
OFFERS = {"offers": [{"nation": n, "capability": "bn", "quantity": q, "status": "firm"}
                     for n, q in (("FRA", 1), ("GBR", 5))], "count": "firm"}  # fmt: skip


def _clashes(asked: Problem, world: World, given: GivenPlan) -> Clashes:
    deadline = Deadline(60)
    found = repair(asked, world, given, (), Settings(), deadline).clashes
    assert deadline.faults == ()
    return found


def _row(nation: str, units: int, capability: str = "bn", kind: Kind = "exactly") -> GivenRow:
    return GivenRow(nation, "t", "l", capability, (1,), units, kind)


@pytest.mark.parametrize(
    ("minimum", "tables", "rows", "rules"),
    [
        # FRA has five, and offers one.
        (0, OFFERS, [_row("FRA", 2)], ("R11",)),
        # The line needs four; GBR sends one, so that it takes three that FRA does not offer.
        (4, OFFERS, [_row("GBR", 1)], ("R1", "R11")),
        # The same where a caveat leaves two of them.
        (4, {"caveats": [{"nation": "FRA", "max_personnel": 20, "requires": "never"}]},
         [_row("GBR", 1)], ("R1", "R5")),
        # Each of the two rows is too much by itself, one for R3 and one for R5: either will do.
        (0, {"caveats": [{"nation": "FRA", "capability": "art", "requires": "never"}]},
         [_row("FRA", 6), _row("FRA", 1, "art")], ("R3",)),
        # More than a caveat leaves, and less than there is.
        (0, {"caveats": [{"nation": "FRA", "max_personnel": 20, "requires": "never"}]},
         [_row("FRA", 3)], ("R5",)),
    ],
)  # fmt: skip
def test_what_narrows_a_nation_is_named(minimum, tables, rows, rules) -> None:
    asked = problem(
        [{"task": "t", "lines": [line(minimum, "bn", "art")]}],
        {("FRA", "bn"): 5, ("GBR", "bn"): 5, ("FRA", "art"): 5},
        **tables,
    )
    (clash,) = _clashes(asked, asked.world(), GivenPlan(tuple(rows))).clashes
    assert clash.rules == rules


@pytest.mark.parametrize("first", range(0, 120, CHUNK))
def test_no_plan_keeps_them_and_with_one_fewer_some_plan_does(first: int) -> None:
    """Without R1 tasks that are not staffed may get units."""
    met: Counter[str] = Counter()
    for asked, world, given, plans in _cases(first):
        for clash in _clashes(asked, world, given).clashes:
            rows = given.demanded_of(clash.pairs)
            assert clash.rules
            met.update(clash.rules)
            kept = {*clash.rules, "R3", "R4"}
            assert not _some_plan_keeps(asked, world, rows, plans, kept), rows
            for rule in set(clash.rules) - {"R3"}:
                fewer = {*clash.rules, "R4"} - {rule}
                tried = _staffed_or_not(plans) if rule == "R1" else plans
                assert _some_plan_keeps(asked, world, rows, tried, fewer), (rule, rows)
    assert met


def _cases(first: int) -> Iterator[tuple[Problem, World, GivenPlan, list[Allocation]]]:
    for seed in range(first, first + CHUNK):
        asked = question(seed, offered=seed % 2 == 0)
        every = frozenset(task.id for task in asked.problem.tasks)
        try:
            plans = list(every_plan(asked.problem, asked.world, every, at_once=False))
        except NotTinyError:
            continue
        given = drawn(asked.problem, Random(f"rules {seed}"), None, ("exactly", "at_least"))
        allowed = [plan for plan in plans if plan.staffed <= given.tasks]
        yield asked.problem, asked.world, given, allowed


def _staffed_or_not(plans: Iterable[Allocation]) -> Iterator[Allocation]:
    for plan in plans:
        for staffed in subsets(plan.staffed):
            yield replace(plan, staffed=frozenset(staffed))


def _some_plan_keeps(
    asked: Problem,
    world: World,
    given: GivenPlan,
    plans: Iterable[Allocation],
    rules: Collection[str],
) -> bool:
    return any(
        stands(given, plan) and rules.isdisjoint(v.rule for v in violations(asked, world, plan))
        for plan in plans
    )
