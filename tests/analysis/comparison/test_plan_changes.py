"""What is said to have made a cell of the plan change holds: the checker's list of violations is
asked again of every claim, on random pairs; nothing is said where nothing shows it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import pytest

import allocator
from allocator.analysis.comparison.compare import compare
from allocator.analysis.comparison.counterfactual_inputs import CounterfactualInputs
from allocator.analysis.comparison.difference import Difference, differences
from allocator.analysis.comparison.plan_changes import PlanChange, Turned, plan_changes
from allocator.analysis.comparison.side import Side
from allocator.checker import violations
from allocator.checker.releases import all_releases, pools_of
from allocator.deadline import Deadline
from allocator.engines import Settings
from allocator.inputs.problem import Problem, World
from allocator.results.result import Allocation, Cell, Plan
from allocator.search.blockers.verdict import judge
from tests.analysis.comparison.pairs import pair
from tests.inputs.workspace_files import write_small

SEEDS = range(40)


def planned(side: Side) -> Side:
    """The side with a plan that staffs the first of its tasks that can be."""
    assert side.inputs is not None
    for task in side.inputs.problem.tasks:
        found = judge(side.inputs.problem, side.world, task.id, Settings(), Deadline(60))
        witness = found.questions.witness
        if found.verdict == "ready" and witness is not None and witness.units:
            cells = tuple(
                Cell(nation=n, task=t, line=line, capability=c, period=p, quantity=units)
                for (n, t, line, c, p), units in sorted(witness.units.items())
            )
            plan = Plan(status="feasible", staffed=tuple(sorted(witness.staffed)), allocation=cells)
            return replace(side, result=side.result.model_copy(update={"plan": plan}))
    return replace(side, result=side.result.model_copy(update={"plan": Plan(status="feasible")}))


def breaks(held: Side, problem: Problem, world: World, rule: str) -> list[dict[str, str | int]]:
    """Where the side's plan breaks the rule, with all released that may be."""
    units = {
        (c.nation, c.task, c.line, c.capability, c.period): c.quantity
        for c in held.result.plan.allocation
    }
    plan = Allocation(frozenset(held.result.plan.staffed), units)
    plan = replace(plan, released=all_releases(problem, world, pools_of(plan)))
    return [dict(v.places) for v in violations(problem, world, plan) if v.rule == rule]


def concerned(place: dict[str, str | int], one: PlanChange) -> bool:
    names = ("nation", "task", "line", "capability")
    return all(place.get(name, value) == value for name, value in zip(names, one.key, strict=False))


def holds_true(one: PlanChange, a: Side, b: Side) -> None:
    """The plan of one side is in order with its own inputs, breaks the rule with those of the
    other, and with each difference alone."""
    held, at = (a, b) if one.of_base else (b, a)
    assert held.inputs is not None
    assert at.inputs is not None
    all_of_them = breaks(held, at.inputs.problem, at.world, one.rule)
    assert any(concerned(place, one) for place in all_of_them)
    mixture = CounterfactualInputs(held, at)
    for key in one.because:
        alone = breaks(held, *mixture.with_((key,)), one.rule)
        assert any(concerned(place, one) and place in all_of_them for place in alone)


def test_every_claim_on_random_pairs_holds() -> None:
    seen: Counter[str] = Counter()
    for seed in SEEDS:
        a, b = map(planned, pair(seed))
        for one in plan_changes(a, b, differences(a, b), {}, Deadline(60)) or ():
            assert one.before != one.after
            seen[one.rule if one.because else "none" if not one.rule else "together"] += 1
            if one.rule:
                holds_true(one, a, b)
    assert {"R1", "R3", "R5", "none"} <= seen.keys(), seen
    assert seen.total() - seen["none"] >= 20, seen


def _of(found: Sequence[PlanChange], nation: str) -> list[PlanChange]:
    return [one for one in found if one.key[0] == nation]


def _small(old: str, new: str, tmp_path, name: str):
    folder = tmp_path / name
    folder.mkdir()
    write_small(folder)
    for path in (folder / "inputs/availability.csv", folder / "models/small.yaml"):
        path.write_text(path.read_text().replace(old, new))
    return allocator.load(folder).solve(world="truce", workers=1)


def test_a_nation_with_fewer_units_sends_fewer_because_of_them(tmp_path) -> None:
    runs = [_small("-", "-", tmp_path, "a"), _small("FRA,mech,6", "FRA,mech,3", tmp_path, "b")]
    found = allocator.compare(*runs)
    (moved,) = found.moved.values()
    french = _of(moved, "FRA")
    assert french
    assert {(one.rule, one.of_base) for one in french} == {("R3", True)}
    assert {key.id for one in french for key in one.because} == {"FRA mech"}
    assert {one.shown for one in _of(moved, "GBR")} == {""}  # What it sends more, nothing forces.


def test_a_difference_that_no_rule_reads_is_never_named(tmp_path) -> None:
    """A target moves the plan and is no difference: nothing is known, and nothing is guessed."""
    runs = [_small("-", "-", tmp_path, "a"), _small("target: 4", "target: 2", tmp_path, "b")]
    found = allocator.compare(*runs)
    (moved,) = found.moved.values()
    assert moved
    assert {(one.shown, one.rule, one.because) for one in moved} == {("", "", ())}
    assert set(found.plan_changes["because"]) == {"not known which"}


def test_a_task_that_cannot_be_staffed_takes_its_cells_with_it() -> None:
    a, b = map(planned, pair(next(s for s in SEEDS if planned(pair(s)[0]).result.plan.allocation)))
    task = a.result.plan.allocation[0].task
    key = differences(a, b)[0].key
    gone = replace(b, result=b.result.model_copy(update={"plan": Plan(status="feasible")}))
    turned = {task: Turned("ready", "short", (key,))}
    found = plan_changes(a, gone, differences(a, b), turned, Deadline(60)) or ()
    of_task = [one for one in found if one.key[1] == task]
    assert of_task
    assert {(one.shown, one.because) for one in of_task} == {("verdict", (key,))}
    # A task that has become ready does not explain cells that go.
    turned = {task: Turned("short", "ready", (key,))}
    found = plan_changes(a, gone, differences(a, b), turned, Deadline(60)) or ()
    assert all(one.shown != "verdict" for one in found)


@pytest.mark.parametrize("which", ["no time", "inputs not known", "too many"])
def test_what_was_not_looked_at_is_not_known(which: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for seed in SEEDS[:10]:
        a, b = map(planned, pair(seed))
        found: tuple[Difference, ...] | None = differences(a, b)
        deadline = Deadline(60)
        if which == "too many":
            monkeypatch.setattr("allocator.analysis.comparison.plan_changes.MOST_DIFFERENCES", 0)
        elif which == "no time":
            deadline = Deadline(0)
        else:
            found = None
        assert all(not one.because for one in plan_changes(a, b, found, {}, deadline) or ())


def test_an_unknown_plan_has_no_changes() -> None:
    a, b = map(planned, pair(1))
    without = replace(b, result=b.result.model_copy(update={"plan": Plan()}))
    assert plan_changes(a, without, differences(a, b), {}, Deadline(60)) is None
    found = compare([a, replace(without, name="b")], Settings(), Deadline(60))
    assert found.moved == {"b": None}
