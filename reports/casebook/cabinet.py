"""The operation models side by side: what a cabinet asks of each."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from allocator.analysis.dilemma import Taken, pools
from allocator.inputs.problem import Task
from casebook import case
from casebook.case import FORCES, HOST, LAND
from casebook.finding import UNLOCKED_40K, UNLOCKED_100K
from casebook.order import order
from casebook.sizes import MANOEUVRE

SHOWN = ("support_only", "air_and_sea", *FORCES)
"""The models, the smallest first."""

MAIN = {"support_only": "training_outside", "air_and_sea": "air_policing"}
"""The task that a model is about; the land force where it has one."""

ASKED_WORLDS = ("today", "ceasefire", "ceasefire_us_backstop")

STANDS = (
    ("today", ()),
    ("ceasefire", ()),
    ("ceasefire_us_backstop", ()),
    ("ceasefire_plans_revised", ()),
    ("ceasefire", UNLOCKED_40K),
    ("ceasefire", UNLOCKED_100K),
    ("all_met", ()),
)
"""Worlds in turn: a model is described in the first in which its main task stands."""

RESERVE = "reinforcement"


@dataclass(frozen=True)
class Option:
    """One model, in the first world in which its main task stands; None where it never does."""

    model: str
    world: str
    with_: tuple[str, ...]

    @property
    def task(self) -> str:
        return MAIN.get(self.model, LAND)

    @property
    def taken(self) -> Taken:
        """The least that staffs the task, releases counted first, then people."""
        found = case.unlocked(self.model, self.world, self.with_, task=self.task)
        assert found is not None, "the task is ready there"
        return found

    @property
    def people(self) -> int:
        """People that its units hold at any one time, on average over the horizon."""
        problem = case.problem(self.model)
        units = self.taken.units.items()
        total = sum(problem.capabilities[c].personnel * n for (_, c), n in units)
        return round(total / len(problem.task(self.task).periods))

    @property
    def plans(self) -> dict[str, int]:
        """Unit-periods that NATO's plans lose, by nation and plan."""
        found: dict[str, int] = {}
        problem = case.problem(self.model)
        for release in self.taken.released:
            row = problem.commitment(release.commitment)
            name = f"{problem.names[row.nation]}: {row.purpose}"
            found[name] = found.get(name, 0) + release.quantity
        return found

    def without(self, nation: str) -> str:
        """The verdict if the nation sends nothing to anything."""
        left = case.problem(self.model).without((nation,))
        where = case.world(self.model, self.world, self.with_)
        return case.verdict_in(left, where, self.task)


@cache
def option(model: str) -> Option | None:
    """The model where it first stands."""
    task = MAIN.get(model, LAND)
    for world, with_ in STANDS:
        where = case.world(model, world, with_)
        if case.verdict_in(case.problem(model), where, task) == "ready":
            return Option(model, world, with_)
    return None


def tasks_ready(model: str, world: str) -> tuple[int, int]:
    """How many of its tasks are ready in the world, each alone, and how many there are."""
    tasks = case.problem(model).tasks
    return sum(case.verdict(model, world, t.id) == "ready" for t in tasks), len(tasks)


@dataclass(frozen=True)
class Reserve:
    """Manoeuvre companies at any one time: asked for, and what is left of those that may go in
    once the force has taken its own."""

    asked: int
    left: int


def reserve(one: Option) -> Reserve | None:
    """The reserve beside the land force; None where the model has none."""
    problem = case.problem(one.model)
    if not problem.has_task(RESERVE):
        return None
    where, horizon = case.world(one.model, one.world, one.with_), problem.horizon
    found = pools(problem, where, tasks=[RESERVE], without=HOST)
    open_ = sum(pool.open for pool in found if pool.capability in MANOEUVRE)
    gone = sum(one.taken.of(capability) for capability in MANOEUVRE)
    return Reserve(_asked(problem.task(RESERVE), one.people), (open_ - gone) // horizon)


def _asked(task: Task, people: int) -> int:
    """By the line that grows with the people inside."""
    (line,) = (line for line in task.lines if line.one_per is not None)
    return max(line.minimum, -(-people // line.one_per)) if line.one_per else line.minimum


def earliest(model: str) -> int | None:
    """The month, counted from the first, in which its main task can be ready, all acting in turn
    as early as they can; None where it is never reached in turn."""
    return order(model).task(MAIN.get(model, LAND)).earliest_month
