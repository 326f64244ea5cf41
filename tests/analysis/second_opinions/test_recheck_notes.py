"""What stands beside a result asked again: sound notes are confirmed, planted faults found."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from typing import Any

import pytest

from allocator.analysis import Analysis, Request
from allocator.analysis.second_opinions.notes import _below, _boxes, recheck_notes
from allocator.analysis.second_opinions.result import SecondOpinion, recheck
from allocator.checker import Checked, objective_values
from allocator.checker.noted import _measured
from allocator.deadline import Deadline
from allocator.inputs.problem import Problem
from allocator.progress import silent
from allocator.results.coalitions import Replacement, Without
from allocator.results.result import allocation_of
from allocator.results.run import PlanNotes, RunRecord, TaskNotes
from allocator.results.threshold_game import ThresholdGame
from allocator.search.packages.filter import PackageFilter
from tests.generator import question
from tests.handmade import line, problem
from tests.plenty import plenty


def asked(given: Problem, command: Any, **options: Any) -> RunRecord:
    how = {"seed": 0, "workers": 1, **options}
    tasks = tuple(task.id for task in given.tasks)
    return Analysis(Request(given, given.world(), command, tasks, how, {}, silent), plenty()).run()


def checked(run: RunRecord, **changes: Any) -> SecondOpinion:
    found = SecondOpinion()
    run = replace(run, **changes)
    recheck_notes(
        run.problem, run.world, run.result, run.notes, run.plan_notes, Deadline(60), found
    )
    return found


def case() -> Problem:
    """Two of three nations can guard; one of them has to release what it may."""
    return problem(
        [
            {"task": "guard", "lines": [line(3, target=5)]},
            {"task": "watch", "priority": 2, "lines": [line(2)]},
        ],
        {("FRA", "bn"): 3, ("GBR", "bn"): 2, ("DEU", "bn"): 1},
        commitments=[
            {"nation": "FRA", "capability": "bn", "quantity": 1, "release_requires": "always",
             "release_risk": 4}
        ],
        active_personnel={"FRA": 100, "GBR": 50},
    )  # fmt: skip


FRONT = ["protect_commitments", "fewer_contingents", "largest_share"]


@cache
def packages() -> RunRecord:
    return asked(case(), "packages", front=FRONT)


@cache
def joint() -> RunRecord:
    return asked(case(), "solve", front=["meet_targets", "protect_commitments"], departures=True)


def test_sound_notes_are_confirmed_in_full() -> None:
    for run, least in ((packages(), 20), (joint(), 10)):
        found = checked(run)
        assert (found.faults, found.undecided) == ([], [])
        assert sum(found.proofs.values()) > least


@pytest.mark.parametrize("seed", [3, 5, 11])
def test_notes_of_random_workspaces_are_confirmed(seed: int) -> None:
    given = question(seed)
    run = asked(given.problem, "packages", front=["economy", "largest_share"])
    assert (checked(run).faults, checked(run).undecided) == ([], [])
    run = asked(given.problem, "solve", departures=True)
    assert (checked(run).faults, checked(run).undecided) == ([], [])


def test_prices_of_those_who_were_asked_about() -> None:
    """Of a nation whose packages were not asked for, too: it could come all the same."""
    given = case()
    how = {"seed": 0, "workers": 1}
    wanted = PackageFilter(without_nations=("FRA",))
    question = Request(given, given.world(), "packages", ("guard",), how, {}, silent, wanted)
    run = Analysis(question, plenty()).run()
    said = run.notes["guard"].replacement
    assert said is not None
    assert [one.nation for one in said.nations] == ["DEU", "FRA", "GBR"]
    found = checked(run)
    assert found.faults == []
    assert found.undecided == [
        "guard: who matters: packages are not all listed, and no weights are kept"
    ]


def note(**changes: Any) -> dict[str, TaskNotes]:
    """The notes with something else said of the guard."""
    return {**packages().notes, "guard": replace(packages().notes["guard"], **changes)}


def price(nation: str, change: Callable[[Without], Without]) -> dict[str, TaskNotes]:
    said = packages().notes["guard"].replacement
    assert said is not None
    nations = tuple(change(one) if one.nation == nation else one for one in said.nations)
    return note(replacement=Replacement(said.levels, nations, said.plan))


def level(one: Any, number: int, **changes: Any) -> Any:
    other = one.levels[number].model_copy(update=changes)
    return replace(one, levels=(*one.levels[:number], other, *one.levels[number + 1 :]))


def unsent(one: Any) -> Any:
    """Its plan says that the tasks are staffed, and nobody sends anything."""
    assert one.plan is not None
    return replace(one, plan=one.plan.model_copy(update={"allocation": ()}))


def worse(one: Any, given: Problem) -> Any:
    """A plan that lacks a row of the best, with its own values called the best there are."""
    assert one.plan is not None
    plan = one.plan.model_copy(update={"allocation": one.plan.allocation[1:]})
    values = objective_values(given, allocation_of(plan.staffed, plan.allocation, plan.released))
    levels = tuple(
        said.model_copy(update={"value": values[said.objective], "bound": values[said.objective]})
        for said in one.levels
    )
    return replace(one, plan=plan, levels=levels)


def power(**changes: Any) -> dict[str, TaskNotes]:
    said = packages().notes["guard"].power
    assert said is not None
    return note(power=replace(said, **changes))


def front(change: Callable[[Any], Any]) -> dict[str, TaskNotes]:
    return note(front=change(packages().notes["guard"].front))


def point(said: Any, number: int, **changes: Any) -> Any:
    points = list(said.points)
    points[number] = replace(points[number], **changes)
    return replace(said, points=tuple(points))


SPOILT = {
    "guard: who matters: coalitions": lambda: power(winning=1),
    "guard: who matters: FRA is in a package": lambda: power(
        weights=packages().notes["guard"].power.weights[:1]  # type: ignore[union-attr]
    ),
    "guard without GBR; asked again, the answer is yes": lambda: price(
        "GBR", lambda one: Without(one.nation, "no")
    ),
    "guard without GBR: its plan breaks R1": lambda: price("GBR", unsent),
    "guard without GBR: meet_targets: 1200000 beats": lambda: price(
        "GBR", lambda one: worse(one, case())
    ),
    "guard without GBR: meet_targets is": lambda: price(
        "GBR", lambda one: level(one, 2, value=1, bound=1)
    ),
    "guard without GBR: protect_commitments": lambda: price(
        "GBR", lambda one: level(one, 3, bound=one.levels[3].value + 1)
    ),
    "guard: prices: of DEU, FRA": lambda: note(
        replacement=replace(
            packages().notes["guard"].replacement,  # type: ignore[type-var]
            nations=packages().notes["guard"].replacement.nations[:2],  # type: ignore[union-attr]
        )
    ),
    "guard without FRA: its levels are not those": lambda: price(
        "FRA", lambda one: Without(one.nation, "yes", one.levels[::-1])
    ),
    "the front of guard: point 1: protect_commitments is": lambda: front(
        lambda said: point(said, 0, values=(-1, *said.points[0].values[1:]))
    ),
    "the front of guard: point 1: its plan does not staff": lambda: front(
        lambda said: point(said, 0, staffed=(), allocation=())
    ),
    "the front of guard: point 1: its nations are": lambda: front(
        lambda said: point(said, 0, nations=("ITA",))
    ),
    "the front of guard: its points are not sorted": lambda: front(
        lambda said: replace(said, points=said.points[::-1])
    ),
    "the front of guard: no plan with": lambda: front(
        lambda said: replace(said, points=said.points[1:])
    ),
    "the front of guard: staff_tasks is no objective": lambda: front(
        lambda said: replace(said, objectives=("staff_tasks", *said.objectives[1:]))
    ),
    "somewhere: notes.json speaks of it": lambda: {"somewhere": TaskNotes()},
}


@pytest.mark.parametrize("words", SPOILT)
def test_each_planted_fault_is_found(words: str) -> None:
    faults = checked(packages(), notes=SPOILT[words]()).faults
    said = words.replace("; asked", ": asked")
    assert any(said in fault for fault in faults), faults


def test_where_the_front_is_cut_off_a_point_that_a_plan_beats_is_found() -> None:
    said = packages().notes["guard"].front
    assert said is not None
    for points in (said.points, said.points[-1:]):
        cut = note(front=replace(said, points=points, complete=False))
        assert (checked(packages(), notes=cut).faults, checked(packages()).undecided) == ([], [])
    full = asked(case(), "packages", front=["meet_targets", "economy"]).notes["guard"].front
    assert full is not None
    dear = full.points[0]
    plan = allocation_of(dear.staffed, dear.allocation, dear.released)
    values = tuple(_measured(case(), "guard", FRONT, plan)[name] for name in FRONT)
    cut = note(front=replace(said, points=(replace(dear, values=values),), complete=False))
    faults = checked(packages(), notes=cut).faults
    assert any("no plan with" in fault for fault in faults), (values, faults)


def test_the_share_of_what_stands_beside_the_task_hides_no_point() -> None:
    """One nation staffs what stands beside it; the point that is left out is half and half."""
    tasks = [
        {"task": "t", "requires": "staffed(beside)", "lines": [line(3)]},
        {"task": "beside", "lines": [line(1, "hq")]},
    ]
    held = {("FRA", "bn"): 2, ("GBR", "bn"): 2, ("FRA", "hq"): 1}
    run = asked(problem(tasks, held), "packages", front=["economy", "largest_share"])
    said = run.notes["t"].front
    assert said is not None
    assert [point.values for point in said.points] == [(40, 667), (50, 500)]
    assert (checked(run).faults, checked(run).undecided) == ([], [])
    left_out = replace(said, points=said.points[:1])
    faults = checked(run, notes={**run.notes, "t": replace(run.notes["t"], front=left_out)}).faults
    assert any("largest_share at most 666" in fault for fault in faults), faults


DEPARTED = {
    "falls": lambda one: replace(one, falls=("watch", "guard")),
    "said to send nothing": lambda one: replace(one, sends=False),
    "its plan breaks R1": unsent,
    "meet_targets is": lambda one: level(one, 2, value=1, bound=1),
    "beats the proved bound": lambda one: worse(one, case()),
    "its status is": lambda one: replace(one, status="feasible"),
}


@pytest.mark.parametrize("words", DEPARTED)
def test_each_planted_fault_of_a_departure_is_found(words: str) -> None:
    said = joint().plan_notes
    departures = tuple(
        DEPARTED[words](one) if one.nation == "GBR" else one for one in said.departures
    )
    faults = checked(joint(), plan_notes=replace(said, departures=departures)).faults
    assert any("if GBR leaves" in fault and words in fault for fault in faults), faults


def test_a_front_of_the_joint_plan_that_staffs_less_is_found() -> None:
    said = joint().plan_notes.front
    assert said is not None
    less = replace(said, points=tuple(replace(p, staffed=p.staffed[:1]) for p in said.points))
    faults = checked(joint(), plan_notes=PlanNotes(front=less)).faults
    assert any("staffs other numbers" in fault for fault in faults)


def test_what_cannot_be_checked_is_said() -> None:
    """Neither passed over nor called a fault."""
    said = packages().notes["guard"]
    assert said.power is not None
    assert said.replacement is not None
    sampled = replace(said.power, basis="sampled")
    bare = Replacement(said.replacement.levels, said.replacement.nations, None)
    found = checked(packages(), notes=note(power=sampled, replacement=bare, front=None))
    assert found.faults == []
    assert any("drawn at random" in claim for claim in found.undecided)
    assert any("no plan is kept" in claim for claim in found.undecided)
    cut = packages().result.tasks[0].packages.model_copy(update={"complete": False})
    record = packages().result.tasks[0].model_copy(update={"packages": cut})
    result = packages().result.model_copy(update={"tasks": (record,)})
    found = checked(packages(), result=result, notes={"guard": TaskNotes(power=said.power)})
    assert found.undecided == [
        "guard: who matters: packages are not all listed, and no weights are kept"
    ]


def test_packages_are_counted_alike_by_whom_they_are_told() -> None:
    """Nobody counts them again; that the notes say another number is a fault."""
    run, number = packages(), len(packages().result.tasks[0].packages.sets)
    for in_all in (number, number + 7):
        told = {"complete": False, "in_all": in_all}
        cut = run.result.tasks[0].packages.model_copy(update=told)
        record = run.result.tasks[0].model_copy(update={"packages": cut})
        result = run.result.model_copy(update={"tasks": (record,)})
        faults = [one for one in checked(run, result=result).faults if "in all" in one]
        assert len(faults) == (in_all != number), faults
        found = SecondOpinion()
        recheck(run.problem, run.world, result, Deadline(60), Checked(), found)
        assert f"guard: that there are {in_all} packages" in found.undecided


@pytest.mark.parametrize("possible", ["yes", "unknown"])
def test_a_plan_that_was_not_found_in_time_is_no_fault_of_a_hurried_run(possible: Any) -> None:
    nothing = price("FRA", lambda one: Without(one.nation, possible))
    found = checked(packages(), notes=nothing)
    assert found.faults == []
    assert any("guard without FRA" in told for told in found.known_now)
    calm = SecondOpinion(hurried=False)
    run = packages()
    recheck_notes(run.problem, run.world, run.result, nothing, PlanNotes(), Deadline(60), calm)
    assert any("guard without FRA" in fault for fault in calm.faults)


def test_no_time_decides_nothing() -> None:
    found = SecondOpinion()
    run = packages()
    recheck_notes(run.problem, run.world, run.result, run.notes, PlanNotes(), Deadline(0), found)
    assert found.faults == []
    assert any("without" in claim for claim in found.undecided)
    assert any("the front of guard" in claim for claim in found.undecided)


def test_weights_are_put_to_the_engines(monkeypatch: pytest.MonkeyPatch) -> None:
    """A rule by which less is enough is refused, though its figures add up."""
    from allocator.search.packages.power import counted

    cut = packages().result.tasks[0].packages.model_copy(update={"complete": False})
    record = packages().result.tasks[0].model_copy(update={"packages": cut})
    result = packages().result.model_copy(update={"tasks": (record,)})
    nations = ("DEU", "FRA", "GBR")
    for need, faults in ((3, False), (2, True), (4, True)):
        power = counted(ThresholdGame(nations, ((1,), (3,), (2,)), (need,)), plenty())
        found = checked(packages(), result=result, notes={"guard": TaskNotes(power=power)})
        assert bool(found.faults) is faults
        assert found.undecided == []


def test_boxes_hold_all_that_no_point_beats() -> None:
    points = [(0, 3, 2), (1, 1, 4), (2, 2, 0), (4, 0, 0)]
    boxes = _boxes(points, 3)
    for value in ((a, b, c) for a in range(6) for b in range(6) for c in range(6)):
        beaten = any(all(x <= y for x, y in zip(point, value, strict=True)) for point in points)
        inside = any(
            all(most is None or x <= most for x, most in zip(value, box, strict=True))
            for box in boxes
        )
        assert inside is not beaten
    assert list(_below((2, 3))) == [(1, 3), (2, 2)]
