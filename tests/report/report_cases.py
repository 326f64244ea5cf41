"""A small operation and a run of it, made by hand: every verdict, and a contested task."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from allocator.frames import Run
from allocator.inputs.conditions import parse
from allocator.inputs.problem import (
    Capability,
    Caveat,
    Commitment,
    Line,
    Precondition,
    Problem,
    Task,
)
from allocator.results.blocking import CheapestWay, Influence, Relaxed, SumProof, WorldMap
from allocator.results.coalitions import Power, Replacement, Weight, Without
from allocator.results.departures import Departure
from allocator.results.front import Front, Point
from allocator.results.result import (
    AddedUnits,
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
    TaskRecord,
    WorldRecord,
)
from allocator.results.run import PlanNotes, RunRecord, TaskNotes

BEGAN = datetime(2026, 3, 1, 21, 4, 5, tzinfo=UTC)


class MadeRun(Run):
    """A run whose versions are those of no machine."""

    def provenance(self) -> dict[str, object]:
        return super().provenance() | {"versions": {"contribution-allocator": "1", "ortools": "9"}}


def line(name, capability, minimum, target=None):
    weights = {capability: 1}
    return Line(name, weights, minimum, target or minimum, None, None, 0)


def task(name, title, priority, requires, *lines, area="west"):
    place = f"models/small.yaml:{10 * priority}"
    return Task(
        name,
        title,
        "presence",
        area,
        priority,
        parse(requires),
        (1, 2),
        0,
        None,
        None,
        None,
        tuple(lines),
        place=place,
    )


def caveat(number, nation, tasks, capabilities, requires, limit=None, basis="estimate"):
    return Caveat(
        f"c{number:02}",
        nation,
        frozenset(tasks),
        frozenset(capabilities),
        frozenset((1, 2)),
        parse(requires),
        limit,
        "",
        basis,
        "",
        f"inputs/caveats.csv:{number + 1}",
    )


def small_problem() -> Problem:
    capabilities = (
        Capability("mech", "Mechanised company", "land", "company", 180, 2),
        Capability("awacs", "AWACS", "air", "aircraft", 30, 1),
        Capability("mines", "Mine hunter", "naval", "vessel", 40, 1),
    )
    preconditions = (
        Precondition("ceasefire", "A ceasefire holds", "political", "open", "RUS, UKR", (), 8, 0.3),
        Precondition("bundestag", "Vote of the Bundestag", "legal", "open", "DEU", (), 3, 0.6),
        Precondition("sejm", "Vote of the Sejm", "legal", "open", "POL", (), 3, None),
        Precondition("us_backstop", "US backstop", "military", "open", "USA", ("us_role",), 6, 0.1),
        Precondition("us_role", "US involvement", "political", "ruled_out", "USA", (), 2, 0.5),
        Precondition("consent", "Ukraine asks for it", "legal", "met", "UKR", (), 1, 0.97),
    )
    tasks = (
        task("air_watch", "Air surveillance", 2, "", line("orbit", "awacs", 6)),
        task("mine_clearance", "Mine clearance", 2, "", line("hunters", "mines", 2)),
        task("reserve", "Theatre reserve", 3, "", line("manoeuvre", "mech", 4)),
        task("training", "Training", 1, "consent", line("trainers", "mech", 2, 3)),
        task(
            "western_presence",
            "Presence in the west",
            1,
            "ceasefire and consent",
            line("manoeuvre", "mech", 6, 9),
        ),
    )
    caveats = (
        caveat(1, "DEU", ["western_presence"], ["mech"], "bundestag and ceasefire"),
        caveat(2, "POL", ["western_presence"], ["mech"], "sejm"),
        caveat(3, "ITA", ["western_presence", "reserve"], ["mech"], "never", basis="reported"),
        caveat(4, "ESP", ["western_presence"], ["mech"], "joins(FRA)"),
        caveat(5, "NLD", ["western_presence"], ["mech"], "us_role", 50),
    )
    commitments = (
        Commitment(
            "k1",
            "GBR",
            "mech",
            (4, 4),
            False,
            parse("ceasefire"),
            3,
            "nato",
            "NATO plans",
            "inputs/commitments.csv:2",
        ),
        Commitment(
            "k2",
            "FRA",
            "mech",
            (1, 1),
            True,
            parse("never"),
            1,
            "national",
            "home defence",
            "inputs/commitments.csv:3",
        ),
    )
    pools = {"DEU": 8, "ESP": 4, "FRA": 6, "GBR": 8, "ITA": 6, "NLD": 2, "POL": 8}
    availability = {(nation, "mech"): (units, units) for nation, units in pools.items()}
    availability |= {("FRA", "awacs"): (2, 2), ("ITA", "awacs"): (2, 2), ("NLD", "mines"): (3, 2)}
    return Problem(
        model="small",
        title="A small operation",
        horizon=2,
        months_per_period=6,
        objectives=("staff_tasks", "economy"),
        nations=tuple(sorted(pools)),
        names={nation: nation for nation in pools},
        active_personnel={},
        capabilities={c.id: c for c in sorted(capabilities, key=lambda c: c.id)},
        availability=availability,
        commitments=commitments,
        caveats=caveats,
        tasks=tasks,
        preconditions={p.id: p for p in sorted(preconditions, key=lambda p: p.id)},
        worlds={"later": {"ceasefire": 2}},
    )


def cell(nation, task, line, capability, period, quantity):
    return Cell(
        nation=nation, task=task, line=line, capability=capability, period=period, quantity=quantity
    )


TRAINING = tuple(cell("FRA", "training", "trainers", "mech", p, 2) for p in (1, 2))
RESERVE = (*(cell("GBR", "reserve", "manoeuvre", "mech", p, 4) for p in (1, 2)),)
PRESENCE_WAYS = (("bundestag", "ceasefire"), ("ceasefire", "sejm"))


def records() -> tuple[TaskRecord, ...]:
    packages = tuple(
        Package(
            nations=(nation,),
            released=(),
            allocation=tuple(cell(nation, "training", "trainers", "mech", p, 2) for p in (1, 2)),
        )
        for nation in ("DEU", "ESP", "FRA", "GBR", "ITA", "POL")
    )
    reserve = Package(
        nations=("GBR",),
        allocation=RESERVE,
        released=(Release(commitment="k1", period=1, quantity=2),),
    )
    return (
        TaskRecord(
            task="air_watch",
            verdict="short",
            gaps=Gaps(
                units=tuple(
                    AddedUnits(line="orbit", period=p, capability="awacs", quantity=2)
                    for p in (1, 2)
                ),
                units_status="optimal",
                lifts=(Lift(caveats=("c03",), commitments=("k2",)),),
            ),
        ),
        TaskRecord(task="mine_clearance", verdict="unknown"),
        TaskRecord(
            task="reserve", verdict="ready", packages=Packages(complete=False, sets=(reserve,))
        ),
        TaskRecord(
            task="training", verdict="ready", packages=Packages(complete=True, sets=packages)
        ),
        TaskRecord(
            task="western_presence",
            verdict="blocked",
            unlocking=Family(complete=True, sets=PRESENCE_WAYS),
            blocking=Family(complete=True, sets=(("ceasefire",), ("bundestag", "sejm"))),
            necessary=("ceasefire",),
        ),
    )


def small_plan() -> Plan:
    return Plan(
        status="feasible",
        levels=(
            Level(objective="staff_tasks[1]", value=1, bound=1, status="optimal", proved_by="sum"),
            Level(objective="economy", value=1440, bound=720, status="feasible", proved_by="highs"),
        ),
        staffed=("training",),
        allocation=TRAINING,
        released=(Release(commitment="k1", period=1, quantity=2),),
        shortfalls=tuple(
            Shortfall(task="training", line="trainers", period=p, minimum=2, target=3, filled=2)
            for p in (1, 2)
        ),
        contested=(Contest(task="reserve", rivals=("training",), lines=("manoeuvre",)),),
    )


def notes() -> dict[str, TaskNotes]:
    parts = (("FRA", "awacs", 2), ("ITA", "awacs", 2))
    sums = tuple(SumProof(("orbit",), (p,), 6, 4, parts) for p in (1, 2))
    return {
        "air_watch": TaskNotes("sum", sums),
        "mine_clearance": TaskNotes(
            undecided=(("ceasefire", "sejm"),),
            world_map=WorldMap(
                4,
                0.25,
                0.0,
                0.125,
                (
                    Influence("ceasefire", 0.5, 0.5, True, False, ("sejm",)),
                    Influence("sejm", 0.5, 0.5, True, False, ("ceasefire",)),
                ),
            ),
            cheapest=CheapestWay(("ceasefire", "sejm"), 7, 5),
            relaxed=Relaxed(("caveats",), ((("caveat", "pol_boots"),),), True, False),
        ),
        "training": TaskNotes(
            power=small_power(), replacement=small_replacement(), front=small_front()
        ),
    }


def small_front() -> Front:
    sent = cell("DEU", "training", "teams", "mech", 1, 2)
    points = (
        Point((0, 2), ("DEU", "FRA"), ("training",), (sent,), ()),
        Point((5, 1), ("FRA",), ("training",), (), ()),
    )
    return Front(("protect_commitments", "fewer_contingents"), points, True)


def small_departures() -> tuple[Departure, ...]:
    levels = small_plan().levels
    fewer = levels[0].model_copy(update={"value": levels[0].value - 1})
    return (
        Departure("DEU", True, "optimal", (), (), levels),
        Departure("FRA", True, "optimal", ("training",), ("air_watch",), (fewer, *levels[1:])),
        Departure("GBR", True, "unknown", (), (), ()),
        Departure("ITA", False, "optimal", (), (), levels),
    )


def small_power() -> Power:
    nations = ("DEU", "ESP", "FRA", "GBR", "ITA", "POL")
    weights = (
        Weight(n, 1 / 32, 1 / 6, 1 / 6, False, False, tuple(m for m in nations if m != n))
        for n in nations
    )
    return Power("listed", 6, 63, 6, 63 / 64, 0.0, 0.0, tuple(weights))


def small_replacement() -> Replacement:
    short, people = (
        Level(objective="meet_targets", value=666_666, bound=666_666, status="optimal"),
        Level(objective="economy", value=720, bound=720, status="optimal"),
    )
    worse = people.model_copy(update={"value": 900, "bound": 800, "status": "feasible"})
    return Replacement(
        (short, people),
        (
            Without("DEU", "yes", (short, worse)),
            Without("ESP", "yes", (short, people)),
            Without("FRA", "no"),
            Without("GBR", "unknown"),
            Without("ITA", "yes", (short.model_copy(update={"value": 999_999}), people)),
            Without("POL", "yes", (short, people)),
        ),
    )


def small_run(**changes) -> RunRecord:
    """The run of `solve` in the world of today; `changes` replace its fields."""
    problem = small_problem()
    world = problem.world("today")
    result = Result(
        model="small",
        world=WorldRecord(name=world.name, holds=world.starts),
        plan=small_plan(),
        tasks=records(),
    )
    run = MadeRun(
        "solve",
        problem,
        world,
        result,
        notes(),
        plan_notes=PlanNotes(small_departures(), small_front()),
        seconds={"plan": 1.25, "verdicts": 0.5},
        options={"seed": 0, "workers": 2},
        inputs={"inputs/caveats.csv": "0" * 64},
        began=BEGAN,
    )
    return replace(run, **changes)


def asked(command: str, *names: str) -> RunRecord:
    """The run of `packages` or `blockers` on some tasks."""
    run = small_run(command=command)
    tasks = tuple(record for record in run.result.tasks if record.task in names)
    result = run.result.model_copy(update={"plan": Plan(), "tasks": tasks})
    return replace(run, result=result, plan_notes=PlanNotes())
