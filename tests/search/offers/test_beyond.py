"""What plans of random small workspaces ask beyond offers and leave of them, beside all ways to
share offers out and all that one more unit would break."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import product

import pytest

from allocator.checker import violations
from allocator.checker.case import Case
from allocator.deadline import Deadline
from allocator.engines import Settings
from allocator.inputs.conditions import holds
from allocator.results.result import Allocation, allocation_of
from allocator.search.offers.beyond import Beyond, overstated
from allocator.search.plan.joint import joint_plan
from tests.generator import Question, question
from tests.handmade import line, problem


def _planned(seed: int) -> tuple[Question, Allocation]:
    """The plan of all that is held, in most of the cases."""
    asked = question(seed, offered=True)
    if seed % 3:
        asked = replace(asked, problem=replace(asked.problem, count="inventory"))
    plan = joint_plan(asked.problem, asked.world, Settings(), Deadline(60))
    assert plan.status != "unknown"
    return asked, allocation_of(plan.staffed, plan.allocation, plan.released)


def _most_covered(asked: Question, plan: Allocation, pool: tuple[str, str], period: int) -> int:
    """Over every way to share the pool's offers out, whatever their status."""
    sent: dict[str, int] = {}
    for (nation, task, _, capability, p), units in plan.units.items():
        if (nation, capability, p) == (*pool, period):
            sent[task] = sent.get(task, 0) + units
    tasks = sorted(sent)
    case = Case(asked.problem, asked.world, plan)
    shares = []
    for offer in asked.problem.offers:
        if (offer.nation, offer.capability) == pool and period in offer.periods:
            may = [
                t in offer.tasks and case.holds(offer.requires, t, period, own=pool[0])
                for t in tasks
            ]
            every = product(*(range(offer.quantity * ok + 1) for ok in may))
            shares.append([use for use in every if sum(use) <= offer.quantity])
    return max(
        sum(min(sent[t], sum(use[at] for use in way)) for at, t in enumerate(tasks))
        for way in product(*shares)
    )


@pytest.mark.parametrize("first", [0, 25, 50])
def test_askings_are_what_no_sharing_out_covers(first: int) -> None:
    """Pool by pool, period by period."""
    some = 0
    for seed in range(first, first + 25):
        asked, plan = _planned(seed)
        missing: Counter[tuple[str, str, int]] = Counter()
        for asking in Beyond(asked.problem, asked.world, plan).askings():
            assert asking.quantity > 0
            missing[asking.nation, asking.capability, asking.period] += asking.quantity
        sent: Counter[tuple[str, str, int]] = Counter()
        for (nation, _, _, capability, period), units in plan.units.items():
            sent[nation, capability, period] += units
        for (*pool, period), units in sent.items():
            covered = _most_covered(asked, plan, tuple(pool), period)
            assert missing[(*pool, period)] == units - covered, seed
        some += bool(missing)
    assert some >= 3


@pytest.mark.parametrize("first", [0, 25, 50])
def test_a_reason_is_true_of_every_number_of_units(first: int) -> None:
    """Where a reason names rules, more units break one of them wherever they could go; the line is
    full only where it has its target; what is given and what is left are the offer."""
    reasons: Counter[str] = Counter()
    for seed in range(first, first + 25):
        asked, plan = _planned(seed)
        world, full = asked.world, asked.problem
        released = {
            (c.id, p): c.quantity[p - 1]
            for c in full.commitments
            for p in full.periods
            if c.quantity[p - 1] and holds(c.release_requires, world.holding(p))
        }
        case = Case(full, world, plan)
        offers = {offer.id: offer for offer in full.offers}
        for one in Beyond(full, world, plan).unused():
            offer = offers[one.offer]
            assert 0 < one.quantity <= offer.quantity
            assert one.period in offer.periods
            reasons[one.reason[:3]] += 1
            if not one.reason or "condition" in one.reason or "no line" in one.reason:
                continue
            for task in full.tasks:
                for row in task.lines:
                    fits = task.id in offer.tasks and one.period in task.periods
                    if not fits or offer.capability not in row.weights:
                        continue
                    filled = case.filled(task, row.id, one.period)
                    if not row.scaled and task.id in plan.staffed and filled >= row.target:
                        assert "the line is full" in one.reason
                        continue
                    key = (offer.nation, task.id, row.id, offer.capability, one.period)
                    for more in range(1, one.quantity + 1):
                        units = {**plan.units, key: plan.units.get(key, 0) + more}
                        tried = replace(plan, units=units, released=released)
                        broken = {v.rule for v in violations(full, world, tried)}
                        assert broken, (seed, one)
                        assert any(rule in one.reason for rule in broken), (seed, one)
    assert len(reasons) >= 3, reasons


def _offer(quantity: int, **more: object) -> dict[str, object]:
    row = {"nation": "FRA", "capability": "bn", "quantity": quantity, "status": "firm"}
    return {**row, **more}


def test_cover_goes_to_the_better_priority_then_to_the_models_order() -> None:
    """One unit offered for three tasks that get one each."""
    tasks = [
        {"task": name, "priority": priority, "lines": [line(1)]}
        for name, priority in (("z", 2), ("b", 1), ("a", 1))
    ]
    asked = problem(tasks, {("FRA", "bn"): 3}, offers=[_offer(1)])
    units = {("FRA", name, "l", "bn", 1): 1 for name in "abz"}
    plan = Allocation(frozenset("abz"), units)
    found = list(Beyond(asked, asked.world(), plan).askings())
    assert [one.task for one in found] == ["a", "z"]


def test_the_firmest_offers_are_used_first() -> None:
    offers = [_offer(1, status="possible"), _offer(1, status="in_place"), _offer(1)]
    asked = problem([{"task": "t", "lines": [line(1)]}], {("FRA", "bn"): 3}, offers=offers)
    plan = Allocation(frozenset("t"), {("FRA", "t", "l", "bn", 1): 1})
    found = list(Beyond(asked, asked.world(), plan).unused())
    assert [(one.offer, one.reason) for one in found] == [
        ("o0", "the line is full"),
        ("o2", "the line is full"),
    ]


def test_more_than_forces_keep_up_is_named() -> None:
    """Four units at rotation 2 keep two in place; three are offered from period 2 on."""
    asked = problem(
        [{"task": "t", "lines": [line(1)]}],
        {("FRA", "bn"): 4},
        capabilities={"bn": {"rotation": 2}},
        horizon=3,
        offers=[_offer(2), _offer(1, periods="2-")],
    )
    found = [(o.period, o.offered, o.kept) for o in overstated(asked, asked.world())]
    assert found == [(2, 3, 2), (3, 3, 1)]
    enough = problem(
        [{"task": "t", "lines": [line(1)]}], {("FRA", "bn"): 4}, horizon=3, offers=[_offer(4)]
    )
    assert list(overstated(enough, enough.world())) == []
