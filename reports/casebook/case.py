"""Questions to the reference case, each answered once and remembered."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

import allocator
from allocator.analysis.dilemma import Pool, Taken, least, pools
from allocator.deadline import Deadline
from allocator.engines import Settings
from allocator.inputs.conditions import preconditions_in
from allocator.inputs.problem import Problem, Task, World
from allocator.inputs.problem.ranges import with_ranges
from allocator.model import build
from allocator.model.scope import alone
from allocator.planner import Planner
from allocator.results.endurance import HowLong
from allocator.results.result import TaskRecord, by_size
from allocator.search.blockers.verdict import judge
from allocator.search.enduring.how_long import how_long
from allocator.search.feasibility.oracle import StaffingOracle
from allocator.search.packages.search import candidates
from allocator.search.plan.levels import optimise
from allocator.search.ranges.corners import corners
from casebook.positions import ACTORS

ROOT = Path(__file__).parents[2]
SECONDS = 300.0
"""For one question; none takes more than a few on an idle machine."""

LAND = "western_presence"
FORCES = ("reassurance_20k", "reassurance_40k", "reassurance_100k", "reassurance_150k")
WORLDS = (
    "today",
    "ceasefire_no_troops",
    "ceasefire",
    "ceasefire_us_backstop",
    "ceasefire_plans_revised",
    "peace_agreement",
    "all_met",
)
SCOPES = {"all": "all nations", "own": "the report's own actors"}
"""Who may come: with nations that the report does not name, or without."""
SOIL = frozenset({"ukraine_west", "demilitarised_zone", "line_of_contact"})
HOST = ("UKR",)


@cache
def planner() -> Planner:
    return allocator.load(ROOT)


@cache
def problem(model: str) -> Problem:
    return planner().problem(model)


def models() -> tuple[str, ...]:
    return tuple(planner().workspace.models)


@cache
def world(model: str, name: str, with_: tuple[str, ...] = ()) -> World:
    return planner().world(problem(model), name, with_)


@cache
def met_but(model: str, *left_out: str) -> World:
    """Every open precondition met, save those that bring about one of `left_out`."""
    known = problem(model)
    met = [
        name
        for name in known.open_preconditions(known.world())
        if not known.implied_by(name) & set(left_out)
    ]
    found = known.meeting(known.world(), met)
    return World("all met but " + ", ".join(left_out), found.starts)


@cache
def verdict(model: str, name: str, task: str) -> str:
    return verdict_in(problem(model), world(model, name), task)


def kept_up(model: str, name: str, task: str, with_: tuple[str, ...] = ()) -> HowLong:
    """How long the task alone can be kept up, every later half-year being as the last."""
    where = world(model, name, with_)
    return how_long(problem(model), where, [task], Settings(), Deadline(SECONDS))


def verdict_in(asked: Problem, where: World, task: str) -> str:
    return judge(asked, where, task, Settings(), Deadline(SECONDS)).verdict


def own_actors(asked: Problem) -> Problem:
    """Only what the report's actors hold: others send nothing."""
    return asked.without(not_named(asked))


def not_named(asked: Problem) -> tuple[str, ...]:
    """Nations and organisations that have no chapter in the report."""
    return tuple(sorted({nation for nation, _ in asked.availability} - set(ACTORS)))


@cache
def ranged(model: str, scope: str = "all") -> Problem:
    """The problem with the ranges of its figures; `own` counts the report's actors alone."""
    asked = with_ranges(planner().workspace, problem(model))
    return own_actors(asked) if scope == "own" else asked


@cache
def over_ranges(
    model: str, name: str, task: str, scope: str = "all", with_: tuple[str, ...] = ()
) -> tuple[str, str]:
    """The verdict as the figures stand, and wherever they lie in their ranges."""
    asked, where = ranged(model, scope), world(model, name, with_)
    stated = judge(asked, where, task, Settings(), Deadline(SECONDS)).verdict
    return stated, corners(asked, where, task, stated, Settings(), Deadline(SECONDS)).verdict


@cache
def blockers(model: str, name: str, task: str, scope: str = "all") -> TaskRecord:
    """Ways to unlock a task; `own` counts the report's actors alone."""
    away = not_named(problem(model)) if scope == "own" else ()
    run = planner().blockers([task], model, world=name, without=away, time_limit=SECONDS)
    assert not run.faults
    return run[task]


@cache
def packages(model: str, name: str, task: str) -> tuple[tuple[str, ...], ...]:
    """All sets of nations that can staff the task, without their allocations."""
    asked = problem(model)
    scope = replace(
        alone(asked, world(model, name), task), nations=candidates(asked, world(model, name), task)
    )
    questions = StaffingOracle(asked, scope, Settings(), Deadline(SECONDS))
    found = questions.search(Deadline(SECONDS))
    assert found.complete
    assert not questions.faults
    return by_size(questions.names(mask) for mask in found.minimal)


@cache
def unlocked(
    model: str, name: str, with_: tuple[str, ...], scope: str = "all", *, task: str = LAND
) -> Taken | None:
    """The least that staffs the land force, or another task, in the world with these as well."""
    asked = own_actors(problem(model)) if scope == "own" else problem(model)
    return least(asked, world(model, name, with_), task, Settings(), Deadline(SECONDS))


@cache
def fewest(model: str, name: str, task: str, with_: tuple[str, ...] = ()) -> int:
    """How many nations can staff the task at the least; it is ready there."""
    asked, where = (
        replace(problem(model), objectives=("fewer_contingents",)),
        world(model, name, with_),
    )
    found = optimise(build(asked, alone(asked, where, task)), Settings(), Deadline(SECONDS))
    assert found.allocation is not None
    assert all(level.status == "optimal" for level in found.levels)
    return len({nation for nation, *_ in found.allocation.units})


def can_send(model: str, where: World, nation: str, task: str) -> dict[str, int]:
    """Units that caveats, commitments and rotation let the nation send, by capability: the most
    at any one time, rounded up, with the company of other nations taken as given."""
    return {
        pool.capability: -(-free // problem(model).horizon)
        for pool in _pools(model, tuple(where.starts.items()), task)
        for name, _, free in pool.parts
        if name == nation and free
    }


@cache
def _pools(model: str, starts: tuple[tuple[str, int], ...], task: str) -> tuple[Pool, ...]:
    return pools(problem(model), World("", dict(starts)), tasks=[task])


def tasks_of(model: str, nation: str, where: World) -> tuple[Task, ...]:
    """The tasks that the nation may serve in."""
    return tuple(t for t in problem(model).tasks if can_send(model, where, nation, t.id))


def needed_by(model: str, task: str) -> frozenset[str]:
    """Preconditions that the task's own condition names."""
    return preconditions_in(problem(model).task(task).requires)


def on_soil(model: str) -> tuple[Task, ...]:
    return tuple(task for task in problem(model).tasks if task.area in SOIL)


def presence(model: str) -> tuple[Task, ...]:
    return tuple(task for task in problem(model).tasks if task.axis == "presence")


@cache
def of_30k() -> Problem:
    """The 30,000 to 40,000 option at its lower end: three brigade sets instead of four."""
    asked = problem("reassurance_40k")
    land = asked.task(LAND)
    lines = tuple(
        replace(line, minimum=line.minimum * 3 // 4, target=line.target * 3 // 4)
        for line in land.lines
    )
    tasks = tuple(replace(t, lines=lines) if t.id == LAND else t for t in asked.tasks)
    return replace(asked, tasks=tasks)
