"""Faults planted in a sound result, each with a part of what is said of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from allocator.results.result import (
    AddedUnits,
    Cell,
    Contest,
    Family,
    Gaps,
    Lift,
    Package,
    Packages,
    Release,
    Result,
    Shortfall,
    WorldRecord,
)

Change = Callable[[Result], Result]


def of_plan(**changes: Any) -> Change:
    return lambda result: result.model_copy(update={"plan": result.plan.model_copy(update=changes)})


def of_level(name: str, **changes: Any) -> Change:
    def change(result: Result) -> Result:
        levels = tuple(
            level.model_copy(update=changes) if level.objective == name else level
            for level in result.plan.levels
        )
        return of_plan(levels=levels)(result)

    return change


def of_task(name: str, **changes: Any) -> Change:
    def change(result: Result) -> Result:
        tasks = tuple(
            record.model_copy(update=changes) if record.task == name else record
            for record in result.tasks
        )
        return result.model_copy(update={"tasks": tasks})

    return change


def family(*sets: str, complete: bool = True) -> Family:
    return Family(complete=complete, sets=tuple(tuple(one.split()) for one in sets))


def cell(nation: str, task: str = "r", capability: str = "bn", quantity: int = 1) -> Cell:
    return Cell(
        nation=nation, task=task, line="l", capability=capability, period=1, quantity=quantity
    )


def packages_of(*packages: tuple[str, str], complete: bool = True) -> Packages:
    """Each the nations it names and the nations that send a unit; POL's is released."""
    sets = tuple(
        Package(
            nations=tuple(named.split()),
            allocation=tuple(cell(nation) for nation in sending.split()),
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
    return of_plan(allocation=cells)(result)


def _last_level_dropped(result: Result) -> Result:
    return of_plan(levels=result.plan.levels[:-1])(result)


PLAN_FAULTS: dict[str, tuple[Change, str]] = {
    "units missing": (_half_listed, "breaks R1"),
    "a row twice": (lambda r: of_plan(allocation=r.plan.allocation * 2)(r), "twice"),
    "rows out of order": (
        lambda r: of_plan(allocation=r.plan.allocation[::-1])(r),
        "allocation are not sorted",
    ),
    "nothing released": (of_plan(released=()), "breaks R3"),
    "wrong value": (of_level("economy", value=1), "economy is 40 in the plan, not 1"),
    "bound too high": (of_level("economy", bound=50, status="feasible"), "better than its proved"),
    "bound too low": (of_level("staff_tasks[1]", bound=0, status="feasible"), "better than its"),
    "optimal unproved": (of_level("staff_tasks[1]", bound=2), "called optimal with value 1"),
    "optimal unproved below": (of_level("economy", bound=3), "called optimal with value 40"),
    "level missing": (_last_level_dropped, "the plan's levels are"),
    "levels out of order": (
        lambda r: of_plan(levels=r.plan.levels[::-1])(r),
        "the plan's levels are",
    ),
    "status worse": (of_plan(status="feasible"), "the plan's status is feasible"),
    "status better": (
        of_level("economy", bound=1, status="feasible"),
        "the plan's status is optimal",
    ),
    "unknown with a plan": (of_plan(status="unknown"), "says something all the same"),
    "staffed out of order": (of_plan(staffed=("z", "r", "zz")), "not sorted, each once"),
    "staffed missing": (of_plan(staffed=("r", "z")), "breaks R10"),
    "staffed unknown": (of_plan(staffed=("nowhere", "r", "z", "zz")), "no task nowhere"),
    "shortfall missing": (
        lambda r: of_plan(shortfalls=r.plan.shortfalls[1:])(r),
        "a shortfall is missing",
    ),
    "shortfall wrong": (
        lambda r: of_plan(shortfalls=(*r.plan.shortfalls, SHORTFALL))(r),
        "a shortfall is wrong",
    ),
    "shortfalls out of order": (
        lambda r: of_plan(shortfalls=r.plan.shortfalls[::-1])(r),
        "shortfalls are not sorted",
    ),
    "contested though staffed": (
        of_plan(contested=(Contest(task="r", rivals=("z",), lines=("l",)),)),
        "the plan staffs it",
    ),
    "contested by none": (of_plan(contested=(Contest(task="x", rivals=(), lines=()),)), "no rival"),
    "contested by an absent one": (
        of_plan(contested=(Contest(task="x", rivals=("b",), lines=("l",)),)),
        "rival b is not staffed",
    ),
    "contested by a worse one": (
        of_plan(contested=(Contest(task="s", rivals=("z",), lines=("l",)),)),
        "worse than 1",
    ),
    "contested for no line": (
        of_plan(contested=(Contest(task="x", rivals=("r",), lines=("q",)),)),
        "has no line q",
    ),
    "contested by name only": (
        of_plan(contested=(Contest(task="q", rivals=("r",), lines=()),)),
        "no such task",
    ),
    "contested though short": (
        of_plan(contested=(Contest(task="s", rivals=("r",), lines=("l",)),)),
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
    "a task that is none": (of_task("x", task="q"), "no task q"),
    "staffed though short": (of_task("r", verdict="short", packages=Packages()), "the plan staffs"),
}
BLOCKER_FAULTS: dict[str, tuple[Change, str]] = {
    "blocking set missing": (
        of_task("b", blocking=family("vote")),
        "['peace', 'talks'] is missing",
    ),
    "unlocking set missing": (
        of_task("b", unlocking=family("peace vote")),
        "['talks', 'vote'] is missing",
    ),
    "unlocking set not minimal": (
        of_task("b", unlocking=family("peace vote", "peace talks vote")),
        "contains another",
    ),
    "unlocking set too small": (
        of_task("b", unlocking=family("vote")),
        "does not meet blocking ('peace', 'talks')",
    ),
    "unlocking set too large": (
        of_task("b", unlocking=family("ceasefire peace vote", complete=False)),
        "no minimal transversal, so no unlocking set",
    ),
    "blocking set too large": (
        of_task("b", blocking=family("vote", "ceasefire peace talks", complete=False)),
        "no minimal transversal, so no blocking set",
    ),
    "counted wrong": (
        of_task("b", unlocking=Family(complete=False, sets=(("peace", "vote"),), in_all=3)),
        "2 unlocking sets are counted, not 3",
    ),
    "counted and whole": (
        of_task("b", unlocking=family("peace vote", "talks vote").model_copy(update={"in_all": 3})),
        "said to be 3 in all, and 2 are listed",
    ),
    "counted, and no more than listed": (
        of_task("b", unlocking=Family(complete=False, sets=(("peace", "vote"),), in_all=1)),
        "said to be 1 in all, and 1 are listed",
    ),
    "too many to count again, and no minimal one": (
        of_task(
            "b",
            unlocking=Family(
                complete=False, sets=(("ceasefire", "peace", "vote"),), in_all=1 << 40
            ),
        ),
        "no minimal transversal, so no unlocking set",
    ),
    "member that holds": (
        of_task("b", unlocking=family("mandate peace vote", complete=False)),
        "mandate is not open",
    ),
    "member that is none": (of_task("b", blocking=family("q", complete=False)), "q is not open"),
    "empty unlocking set": (of_task("b", unlocking=family("")), "would contradict the verdict"),
    "complete and empty": (of_task("b", unlocking=family()), "and there is none"),
    "sets out of order": (
        of_task("b", unlocking=family("talks vote", "peace vote")),
        "not sorted by size",
    ),
    "members out of order": (
        of_task("b", unlocking=family("vote peace", "talks vote")),
        "not sorted by size",
    ),
    "necessary missing": (of_task("b", necessary=("vote",)), "ceasefire is necessary and missing"),
    "necessary too many": (
        of_task("b", necessary=("ceasefire", "talks", "vote")),
        "talks is not necessary",
    ),
    "necessary out of order": (of_task("b", necessary=("vote", "ceasefire")), "not sorted"),
    "unlocking for a ready one": (of_task("r", unlocking=family("vote")), "has unlocking sets"),
    "blocking for a short one": (of_task("s", blocking=family("vote")), "has blocking sets"),
    "necessary for a ready one": (of_task("r", necessary=("vote",)), "has necessary"),
    "answers to the unknown": (of_task("b", verdict="unknown"), "b is unknown, and has"),
}
PACKAGE_FAULTS: dict[str, tuple[Change, str]] = {
    "superfluous nation": (
        of_task("r", packages=packages_of(("FRA GBR POL", "FRA GBR"))),
        "FRA, GBR contribute",
    ),
    "superfluous nation that sends": (
        of_task("r", packages=packages_of(FULL[0], ("FRA GBR POL", "FRA GBR POL"))),
        "contains another",
    ),
    "nation missing": (of_task("r", packages=packages_of(("FRA", "FRA"))), "breaks R1"),
    "package twice": (of_task("r", packages=packages_of(FULL[0], FULL[0])), "contains another"),
    "packages out of order": (
        of_task("r", packages=packages_of(FULL[1], FULL[0], FULL[2])),
        "not sorted by size",
    ),
    "counted and whole": (
        of_task("r", packages=packages_of(*FULL).model_copy(update={"in_all": 5})),
        "said to be 5 in all, and 3 are listed",
    ),
    "counted, and no more than listed": (
        of_task("r", packages=packages_of(*FULL, complete=False).model_copy(update={"in_all": 3})),
        "said to be 3 in all, and 3 are listed",
    ),
    "complete and empty": (of_task("r", packages=Packages(complete=True)), "and there is none"),
    "rows out of order": (
        of_task("r", packages=packages_of(("FRA GBR", "GBR FRA"))),
        "rows of its allocation are not sorted",
    ),
    "a row twice": (of_task("r", packages=packages_of(("FRA", "FRA FRA"))), "twice"),
    "a task that is not beside it": (
        of_task(
            "r",
            packages=Packages(
                sets=(
                    Package(
                        nations=("FRA", "GBR"),
                        allocation=(cell("FRA"), cell("FRA", "z", "med"), cell("GBR")),
                        released=(),
                    ),
                )
            ),
        ),
        "z is staffed, only these may be: r",
    ),
    "the plan's nations contain none": (
        of_task("z", packages=packages_of(("GBR", "GBR"))),
        "lies within",
    ),
    "packages for a short one": (of_task("s", packages=packages_of(FULL[0])), "has packages"),
}


def of_gaps(**changes: Any) -> Change:
    return lambda result: of_task("s", gaps=result.task("s").gaps.model_copy(update=changes))(
        result
    )


GAP_FAULTS: dict[str, tuple[Change, str]] = {
    "no such line": (
        of_gaps(units=(UNITS[0].model_copy(update={"line": "q"}),)),
        "adds where nothing fits",
    ),
    "no such capability": (
        of_gaps(units=(UNITS[0].model_copy(update={"capability": "bn"}),)),
        "adds where nothing fits",
    ),
    "outside the window": (
        of_gaps(units=(UNITS[0].model_copy(update={"period": 2}),)),
        "adds where nothing fits",
    ),
    "nothing added": (
        of_gaps(units=(UNITS[0].model_copy(update={"quantity": 0}),)),
        "adds 0 units",
    ),
    "a row twice": (of_gaps(units=UNITS * 2), "not sorted by line"),
    "no status": (of_gaps(units=UNITS, units_status="none"), "adds 1 rows and is none"),
    "a status for nothing": (of_gaps(units=(), units_status="optimal"), "adds 0 rows"),
    "rules though units help": (of_gaps(units=UNITS, rules=("R6",)), "names rules"),
    "lift of what may be lifted": (
        of_gaps(lifts=(Lift(caveats=("v1",), commitments=()),)),
        "v1 may be lifted already",
    ),
    "lift of what is released": (
        of_gaps(lifts=(Lift(caveats=(), commitments=("c0",)),)),
        "c0 may be lifted already",
    ),
    "lift of nothing": (of_gaps(lifts=(Lift(caveats=(), commitments=()),)), "lifting nothing"),
    "lift twice": (of_gaps(lifts=(Lift(caveats=("v0",), commitments=()),) * 2), "contains another"),
    "lift out of order": (
        of_gaps(lifts=(Lift(caveats=("v0", "v0"), commitments=()),)),
        "members of a lift",
    ),
    "gaps of a ready one": (of_task("r", gaps=Gaps(rules=("R6",))), "has gaps"),
}
