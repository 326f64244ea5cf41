"""The state of every task, and how near the nearest plan is, equal what trying every plan shows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from random import Random

from allocator.checker.proofs import proof_faults
from allocator.deadline import Deadline
from allocator.engines import Settings
from allocator.inputs.problem import Problem, World
from allocator.inputs.problem.losses import Loss, losses, what_can_be_lost
from allocator.model.left import left
from allocator.results.endurance import Outcome
from allocator.results.result import Allocation, allocation_of
from allocator.search.enduring.event import EventSearch
from tests.brute.parts import NotTinyError
from tests.search.enduring.brute import After
from tests.search.enduring.cases import case
from tests.search.enduring.plans import any_plan, best_plan
from tests.thorough import some

SEEDS = some(range(100))
CLAUSES = {
    "holds", "repaired", "gives way", "falls",
    "implying ended", "implied ends", "implied stays",
    "debt", "debt beyond room", "taken back", "member before", "nations before",
    "a lead passes", "from the start", "later", "offers", "window over", "untouched",
}  # fmt: skip
"""What the sentences tell apart: each is met among the seeds."""


def _cases() -> Iterator[tuple[int, Problem, World, Allocation]]:
    for seed in SEEDS:
        problem, world = case(seed, offered=seed % 4 == 3)
        some = any_plan(problem, world, Random(seed)) if seed % 2 else None
        yield seed, problem, world, some or best_plan(problem, world)


def searched(problem: Problem, world: World, plan: Allocation, loss: Loss) -> EventSearch:
    event = EventSearch(problem, world, plan, loss, Settings())
    if not event.at_once():
        event.search(Deadline(60), "levels")
    assert event.faults == []
    return event


def after(outcome: Outcome) -> Allocation:
    assert outcome.after is not None
    found = outcome.after
    return allocation_of(found.staffed, found.allocation, found.released)


def test_states_and_levels_equal_brute_force() -> None:
    met: Counter[str] = Counter()
    for seed, problem, world, plan in _cases():
        for loss in losses(what_can_be_lost(problem, world), problem.periods):
            brute = After(problem, dict(world.stated or {}), plan, loss)
            try:
                states, levels, nearest = brute.answer()
            except NotTinyError:
                continue
            outcome = searched(problem, world, plan, loss).outcome()
            assert {one.task: one.state for one in outcome.tasks} == states, (seed, loss)
            _same_levels(outcome, levels)
            assert dict(after(outcome).units) in nearest, (seed, loss)
            _proved(problem, world, plan, outcome)
            met += _met(brute, problem, states, after(outcome))
    assert {clause for clause in CLAUSES if not met[clause]} == set(), met


def _same_levels(outcome: Outcome, levels: dict[str, int]) -> None:
    """All proved; where nothing was searched, releases may be more than the plan needs."""
    assert [level.objective for level in outcome.levels] == list(levels)
    for level in outcome.levels:
        right = levels[level.objective]
        if level.status == "optimal" or level.objective != "protect_commitments":
            assert (level.value, level.status) == (right, "optimal")
        assert level.bound <= right <= level.value
    assert outcome.nearest


def _proved(problem: Problem, world: World, plan: Allocation, outcome: Outcome) -> None:
    """Every fall has a proof that stands, every other way out a plan that passes."""
    remaining, then = left(problem, world, plan, outcome.loss)
    for one in outcome.tasks:
        assert (one.proof is not None) == (one.state == "falls")
        assert (one.witness is not None) == (one.state == "gives way")
        assert bool(one.broken) == (one.state != "holds")
        if one.proof is not None:
            nations = remaining.nations
            assert list(proof_faults(remaining, then, one.task, nations, one.proof)) == []


def _met(brute: After, problem: Problem, states: dict[str, str], then: Allocation) -> Counter[str]:
    met = Counter(states.values())
    met.update(clause for clause, times in brute.met.items() if times)
    met["from the start" if brute.first == 1 else "later"] += 1
    met["offers"] += problem.counts_offers and "repaired" in states.values()
    met["window over"] += bool(brute.over)
    met["untouched"] += not brute.touched
    for task in brute.mine:
        if task.lead is not None and task.lead.all_of is None and brute.before:
            led = brute.leaders(task, brute.split(task, brute.planned))
            leads = brute.leaders(task, brute.split(task, dict(then.units)))
            met["a lead passes"] += bool(leads - led) and task.id in then.staffed
    return met
