"""A sound result passes, and every kind of planted fault is found."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from allocator.checker import check_result, objective_values
from allocator.inputs.problem import Problem, World
from allocator.results.result import (
    AddedUnits,
    Allocation,
    Cell,
    Contest,
    Family,
    Gaps,
    Level,
    Lift,
    Package,
    Packages,
    Plan,
    Release,
    Result,
    Shortfall,
    WorldRecord,
)
from tests.brute.parts import NotTinyError
from tests.brute.result import brute_result
from tests.generator import question
from tests.handmade import line, problem

Change = Callable[[Result], Result]


def _asked() -> tuple[Problem, World]:
    """Task r is ready with any two of three nations, b is blocked, s is short, x loses to r."""
    tasks = [
        {"task": "b", "requires": "(peace or talks) and vote", "lines": [line(1, "hq")]},
        {"task": "r", "lines": [line(2, target=3)]},
        {"task": "s", "requires": "ceasefire or talks", "lines": [line(1, "air")]},
        {"task": "x", "priority": 2, "lines": [line(3, "bn")]},
        {"task": "z", "priority": 2, "requires": "staffed(zz)", "lines": [line(1, "med")]},
        {"task": "zz", "priority": 2, "lines": [line(0, "med")]},
    ]
    asked = problem(
        tasks,
        {
            ("FRA", "bn"): 1,
            ("GBR", "bn"): 1,
            ("POL", "bn"): 1,
            ("FRA", "hq"): 1,
            ("FRA", "air"): 1,
            ("FRA", "med"): 1,
        },
        preconditions={
            "ceasefire": {},
            "peace": {"implies": "ceasefire"},
            "talks": {"implies": "ceasefire"},
            "vote": {},
            "mandate": {"status": "met"},
        },
        commitments=[
            {
                "nation": "POL",
                "capability": "bn",
                "quantity": 1,
                "release_requires": "mandate",
                "release_risk": 2,
            },
            {"nation": "FRA", "capability": "hq", "quantity": 0},
        ],
        caveats=[
            {"nation": "FRA", "requires": "never", "task": "s"},
            {"nation": "FRA", "requires": "vote", "task": "b"},
        ],
    )
    return asked, asked.world()


@pytest.fixture(scope="module")
def sound() -> Result:
    return brute_result(*_asked())


def test_the_sound_result_is_what_it_is_meant_to_be(sound: Result) -> None:
    assert check_result(*_asked(), sound) == ()
    verdicts = {record.task: record.verdict for record in sound.tasks}
    assert verdicts == {
        "b": "blocked",
        "r": "ready",
        "s": "short",
        "x": "ready",
        "z": "ready",
        "zz": "ready",
    }
    assert sound.task("b").unlocking.sets == (("peace", "vote"), ("talks", "vote"))
    assert sound.task("b").necessary == ("ceasefire", "vote")
    assert len(sound.task("r").packages.sets) == 3
    assert sound.task("s").gaps.lifts == (Lift(caveats=("v0",), commitments=()),)
    assert sound.plan.staffed == ("r", "z", "zz")


def test_brute_force_results_are_sound() -> None:
    checked = 0
    for seed in range(150):
        asked = question(seed)
        try:
            result = brute_result(asked.problem, asked.world)
        except NotTinyError:
            continue
        assert check_result(asked.problem, asked.world, result) == (), seed
        checked += 1
    assert checked >= 120


def _plan(**changes: Any) -> Change:
    return lambda result: result.model_copy(update={"plan": result.plan.model_copy(update=changes)})


def _level(name: str, **changes: Any) -> Change:
    def change(result: Result) -> Result:
        levels = tuple(
            level.model_copy(update=changes) if level.objective == name else level
            for level in result.plan.levels
        )
        return _plan(levels=levels)(result)

    return change


def _task(name: str, **changes: Any) -> Change:
    def change(result: Result) -> Result:
        tasks = tuple(
            record.model_copy(update=changes) if record.task == name else record
            for record in result.tasks
        )
        return result.model_copy(update={"tasks": tasks})

    return change


def _family(*sets: str, complete: bool = True) -> Family:
    return Family(complete=complete, sets=tuple(tuple(one.split()) for one in sets))


def _cell(nation: str, task: str = "r", capability: str = "bn", quantity: int = 1) -> Cell:
    return Cell(
        nation=nation, task=task, line="l", capability=capability, period=1, quantity=quantity
    )


def _packages(*packages: tuple[str, str], complete: bool = True) -> Packages:
    """Each the nations it names and the nations that send a unit; POL's is released."""
    sets = tuple(
        Package(
            nations=tuple(named.split()),
            allocation=tuple(_cell(nation) for nation in sending.split()),
            released=tuple(
                Release(commitment="c0", period=1, quantity=1) for _ in range("POL" in sending)
            ),
        )
        for named, sending in packages
    )
    return Packages(complete=complete, sets=sets)


FULL = (("FRA GBR", "FRA GBR"), ("FRA POL", "FRA POL"), ("GBR POL", "GBR POL"))
UNITS = (AddedUnits(line="l", period=1, capability="air", quantity=1),)
SHORTFALL = Shortfall(task="r", line="l", period=1, minimum=2, target=3, filled=2)


def _half_listed(result: Result) -> Result:
    cells = tuple(cell for cell in result.plan.allocation if cell.nation != "FRA")
    return _plan(allocation=cells)(result)


def _last_level_dropped(result: Result) -> Result:
    return _plan(levels=result.plan.levels[:-1])(result)


PLAN_FAULTS: dict[str, tuple[Change, str]] = {
    "units missing": (_half_listed, "breaks R1"),
    "a row twice": (lambda r: _plan(allocation=r.plan.allocation * 2)(r), "twice"),
    "rows out of order": (
        lambda r: _plan(allocation=r.plan.allocation[::-1])(r),
        "allocation are not sorted",
    ),
    "nothing released": (_plan(released=()), "breaks R3"),
    "wrong value": (_level("economy", value=1), "economy is 40 in the plan, not 1"),
    "bound too high": (_level("economy", bound=50, status="feasible"), "better than its proved"),
    "bound too low": (_level("staff_tasks[1]", bound=0, status="feasible"), "better than its"),
    "optimal unproved": (_level("staff_tasks[1]", bound=2), "called optimal with value 1"),
    "optimal unproved below": (_level("economy", bound=3), "called optimal with value 40"),
    "level missing": (_last_level_dropped, "the plan's levels are"),
    "levels out of order": (
        lambda r: _plan(levels=r.plan.levels[::-1])(r),
        "the plan's levels are",
    ),
    "status worse": (_plan(status="feasible"), "the plan's status is feasible"),
    "status better": (
        _level("economy", bound=1, status="feasible"),
        "the plan's status is optimal",
    ),
    "unknown with a plan": (_plan(status="unknown"), "says something all the same"),
    "staffed out of order": (_plan(staffed=("z", "r", "zz")), "not sorted, each once"),
    "staffed missing": (_plan(staffed=("r", "z")), "breaks R10"),
    "staffed unknown": (_plan(staffed=("nowhere", "r", "z", "zz")), "no task nowhere"),
    "shortfall missing": (
        lambda r: _plan(shortfalls=r.plan.shortfalls[1:])(r),
        "a shortfall is missing",
    ),
    "shortfall wrong": (
        lambda r: _plan(shortfalls=(*r.plan.shortfalls, SHORTFALL))(r),
        "a shortfall is wrong",
    ),
    "shortfalls out of order": (
        lambda r: _plan(shortfalls=r.plan.shortfalls[::-1])(r),
        "shortfalls are not sorted",
    ),
    "contested though staffed": (
        _plan(contested=(Contest(task="r", rivals=("z",), lines=("l",)),)),
        "the plan staffs it",
    ),
    "contested by none": (_plan(contested=(Contest(task="x", rivals=(), lines=()),)), "no rival"),
    "contested by an absent one": (
        _plan(contested=(Contest(task="x", rivals=("b",), lines=("l",)),)),
        "rival b is not staffed",
    ),
    "contested by a worse one": (
        _plan(contested=(Contest(task="s", rivals=("z",), lines=("l",)),)),
        "worse than 1",
    ),
    "contested for no line": (
        _plan(contested=(Contest(task="x", rivals=("r",), lines=("q",)),)),
        "has no line q",
    ),
    "contested by name only": (
        _plan(contested=(Contest(task="q", rivals=("r",), lines=()),)),
        "no such task",
    ),
    "contested though short": (
        _plan(contested=(Contest(task="s", rivals=("r",), lines=("l",)),)),
        "its verdict is short",
    ),
}
HEADER_FAULTS: dict[str, tuple[Change, str]] = {
    "another model": (lambda r: r.model_copy(update={"model": "n"}), "about model n"),
    "another world": (
        lambda r: r.model_copy(update={"world": WorldRecord(name="today", holds={"vote": 1})}),
        "about world today",
    ),
    "a task twice": (lambda r: r.model_copy(update={"tasks": r.tasks * 2}), "stands 2 times"),
    "a task that is none": (_task("x", task="q"), "no task q"),
    "staffed though short": (_task("r", verdict="short", packages=Packages()), "the plan staffs"),
}
BLOCKER_FAULTS: dict[str, tuple[Change, str]] = {
    "blocking set missing": (_task("b", blocking=_family("vote")), "['peace', 'talks'] is missing"),
    "unlocking set missing": (
        _task("b", unlocking=_family("peace vote")),
        "['talks', 'vote'] is missing",
    ),
    "unlocking set not minimal": (
        _task("b", unlocking=_family("peace vote", "peace talks vote")),
        "contains another",
    ),
    "unlocking set too small": (
        _task("b", unlocking=_family("vote")),
        "does not meet blocking ('peace', 'talks')",
    ),
    "unlocking set too large": (
        _task("b", unlocking=_family("ceasefire peace vote", complete=False)),
        "no minimal transversal, so no unlocking set",
    ),
    "blocking set too large": (
        _task("b", blocking=_family("vote", "ceasefire peace talks", complete=False)),
        "no minimal transversal, so no blocking set",
    ),
    "member that holds": (
        _task("b", unlocking=_family("mandate peace vote", complete=False)),
        "mandate is not open",
    ),
    "member that is none": (_task("b", blocking=_family("q", complete=False)), "q is not open"),
    "empty unlocking set": (_task("b", unlocking=_family("")), "would contradict the verdict"),
    "complete and empty": (_task("b", unlocking=_family()), "and there is none"),
    "sets out of order": (
        _task("b", unlocking=_family("talks vote", "peace vote")),
        "not sorted by size",
    ),
    "members out of order": (
        _task("b", unlocking=_family("vote peace", "talks vote")),
        "not sorted by size",
    ),
    "necessary missing": (_task("b", necessary=("vote",)), "ceasefire is necessary and missing"),
    "necessary too many": (
        _task("b", necessary=("ceasefire", "talks", "vote")),
        "talks is not necessary",
    ),
    "necessary out of order": (_task("b", necessary=("vote", "ceasefire")), "not sorted"),
    "unlocking for a ready one": (_task("r", unlocking=_family("vote")), "has unlocking sets"),
    "blocking for a short one": (_task("s", blocking=_family("vote")), "has blocking sets"),
    "necessary for a ready one": (_task("r", necessary=("vote",)), "has necessary"),
    "answers to the unknown": (_task("b", verdict="unknown"), "b is unknown, and has"),
}
PACKAGE_FAULTS: dict[str, tuple[Change, str]] = {
    "superfluous nation": (
        _task("r", packages=_packages(("FRA GBR POL", "FRA GBR"))),
        "FRA, GBR contribute",
    ),
    "superfluous nation that sends": (
        _task("r", packages=_packages(FULL[0], ("FRA GBR POL", "FRA GBR POL"))),
        "contains another",
    ),
    "nation missing": (_task("r", packages=_packages(("FRA", "FRA"))), "breaks R1"),
    "package twice": (_task("r", packages=_packages(FULL[0], FULL[0])), "contains another"),
    "packages out of order": (
        _task("r", packages=_packages(FULL[1], FULL[0], FULL[2])),
        "not sorted by size",
    ),
    "complete and empty": (_task("r", packages=Packages(complete=True)), "and there is none"),
    "rows out of order": (
        _task("r", packages=_packages(("FRA GBR", "GBR FRA"))),
        "rows of its allocation are not sorted",
    ),
    "a row twice": (_task("r", packages=_packages(("FRA", "FRA FRA"))), "twice"),
    "a task that is not beside it": (
        _task(
            "r",
            packages=Packages(
                sets=(
                    Package(
                        nations=("FRA", "GBR"),
                        allocation=(_cell("FRA"), _cell("FRA", "z", "med"), _cell("GBR")),
                        released=(),
                    ),
                )
            ),
        ),
        "z is staffed, only these may be: r",
    ),
    "the plan's nations contain none": (
        _task("z", packages=_packages(("GBR", "GBR"))),
        "lies within",
    ),
    "packages for a short one": (_task("s", packages=_packages(FULL[0])), "has packages"),
}


def _gaps(**changes: Any) -> Change:
    return lambda result: _task("s", gaps=result.task("s").gaps.model_copy(update=changes))(result)


GAP_FAULTS: dict[str, tuple[Change, str]] = {
    "no such line": (
        _gaps(units=(UNITS[0].model_copy(update={"line": "q"}),)),
        "adds where nothing fits",
    ),
    "no such capability": (
        _gaps(units=(UNITS[0].model_copy(update={"capability": "bn"}),)),
        "adds where nothing fits",
    ),
    "outside the window": (
        _gaps(units=(UNITS[0].model_copy(update={"period": 2}),)),
        "adds where nothing fits",
    ),
    "nothing added": (_gaps(units=(UNITS[0].model_copy(update={"quantity": 0}),)), "adds 0 units"),
    "a row twice": (_gaps(units=UNITS * 2), "not sorted by line"),
    "no status": (_gaps(units=UNITS, units_status="none"), "adds 1 rows and is none"),
    "a status for nothing": (_gaps(units=(), units_status="optimal"), "adds 0 rows"),
    "rules though units help": (_gaps(units=UNITS, rules=("R6",)), "names rules"),
    "lift of what may be lifted": (
        _gaps(lifts=(Lift(caveats=("v1",), commitments=()),)),
        "v1 may be lifted already",
    ),
    "lift of what is released": (
        _gaps(lifts=(Lift(caveats=(), commitments=("c0",)),)),
        "c0 may be lifted already",
    ),
    "lift of nothing": (_gaps(lifts=(Lift(caveats=(), commitments=()),)), "lifting nothing"),
    "lift twice": (_gaps(lifts=(Lift(caveats=("v0",), commitments=()),) * 2), "contains another"),
    "lift out of order": (
        _gaps(lifts=(Lift(caveats=("v0", "v0"), commitments=()),)),
        "members of a lift",
    ),
    "gaps of a ready one": (_task("r", gaps=Gaps(rules=("R6",))), "has gaps"),
}


@pytest.mark.parametrize(
    ("change", "part"),
    [
        pytest.param(*fault, id=name)
        for faults in (PLAN_FAULTS, HEADER_FAULTS, BLOCKER_FAULTS, PACKAGE_FAULTS, GAP_FAULTS)
        for name, fault in faults.items()
    ],
)
def test_a_planted_fault_is_found(sound: Result, change: Change, part: str) -> None:
    found = check_result(*_asked(), change(sound))
    assert any(part in fault for fault in found), found


def test_what_is_not_complete_may_lack_sets(sound: Result) -> None:
    fewer = _task(
        "b",
        unlocking=_family("peace vote", complete=False),
        blocking=_family("vote", complete=False),
        necessary=(),
    )
    assert check_result(*_asked(), fewer(sound)) == ()
    assert (
        check_result(*_asked(), _task("r", packages=_packages(FULL[1], complete=False))(sound))
        == ()
    )


def test_a_bound_short_of_proof_is_no_fault(sound: Result) -> None:
    loose = _plan(status="feasible")(_level("economy", bound=10, status="feasible")(sound))
    assert check_result(*_asked(), loose) == ()


def test_a_plan_that_was_not_found_claims_nothing(sound: Result) -> None:
    assert check_result(*_asked(), sound.model_copy(update={"plan": Plan()})) == ()


def test_the_levels_of_no_plan_are_those_of_doing_nothing(sound: Result) -> None:
    problem, world = _asked()
    levels = tuple(
        Level(objective=name, value=value, bound=0 if "[" not in name else 9, status="feasible")
        for name, value in objective_values(problem, Allocation()).items()
    )
    found_none = sound.model_copy(update={"plan": Plan(levels=levels)})
    assert check_result(problem, world, found_none) == ()
    found = check_result(problem, world, _level("economy", value=7)(found_none))
    assert found == ("economy is 0 in the plan, not 7",)
