"""The dilemma of the reference case in numbers: the pool, what is open, what each size takes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from allocator.analysis.dilemma import Pool, Taken, pools
from casebook import case
from casebook.case import FORCES, HOST, LAND
from casebook.finding import LARGE, MIDDLE, SMALL, UNLOCKED_40K, UNLOCKED_100K
from casebook.positions import ACTORS, STATED

ASKED = (
    (SMALL, "ceasefire", ()),
    (MIDDLE, "ceasefire", UNLOCKED_40K),
    (MIDDLE, "ceasefire_plans_revised", ()),
    (LARGE, "ceasefire", UNLOCKED_100K),
    (LARGE, "all_met", ()),
)
"""The worlds in which the land force of a size stands."""

MANOEUVRE = ("mech_company", "light_company")


@dataclass(frozen=True)
class Row:
    """Manoeuvre companies at any one time, rounded down; what is taken, rounded up."""

    model: str
    world: str
    asked: int
    net: int
    open: int
    taken: int | None
    risk: int

    @property
    def share(self) -> int | None:
        """Per cent of what is open that the land force takes."""
        return None if self.taken is None else round(100 * self.taken / self.open)


def pool_of(model: str, world: str, with_: tuple[str, ...] = ()) -> tuple[Pool, ...]:
    """What the land force of a model draws on, Ukraine's own forces left out."""
    where = case.world(model, world, with_)
    return pools(case.problem(model), where, tasks=[LAND], without=HOST)


def world_name(world: str, with_: tuple[str, ...]) -> str:
    return " + ".join((world, *with_))


@cache
def manoeuvre() -> tuple[Row, ...]:
    """A row for each size in the worlds where its land force is ready."""
    return tuple(row_of(*asked) for asked in ASKED)


def row_of(model: str, world: str, with_: tuple[str, ...] = ()) -> Row:
    horizon = case.problem(model).horizon
    found = [pool for pool in pool_of(model, world, with_) if pool.capability in MANOEUVRE]
    taken = case.unlocked(model, world, with_)
    return Row(
        model,
        world_name(world, with_),
        case.problem(model).task(LAND).line("manoeuvre").minimum,
        sum(pool.net for pool in found) // horizon,
        sum(pool.open for pool in found) // horizon,
        None if taken is None else _companies(taken, horizon),
        0 if taken is None else taken.risk,
    )


def _companies(taken: Taken, horizon: int) -> int:
    return -(-sum(taken.of(capability) for capability in MANOEUVRE) // horizon)


LOWER_ENDS = dict(zip(FORCES, ("20,000", "40,000", "60,000", "100,000"), strict=True))
"""People that each model's minimums stand for: the lower end of the two wide options."""


def asked_for() -> tuple[tuple[str, int], ...]:
    """The least number of manoeuvre companies of each size, for the picture."""
    return tuple(
        (people, case.problem(model).task(LAND).line("manoeuvre").minimum)
        for model, people in LOWER_ENDS.items()
    )


IN_NATO = ("FRA", "GBR", "DEU", "POL", "FIN", "EST", "LVA", "LTU", "CAN", "TUR")
"""The report's actors that are allies."""


def tied() -> tuple[dict[str, int], dict[str, int]]:
    """Manoeuvre companies that allies with a chapter have tied, and those they hold.

    What rotates ties as many as its relief takes; no nation more than it holds.
    """
    asked = case.problem(SMALL)
    held = {nation: _units(asked.availability, nation) for nation in IN_NATO}
    bound = dict.fromkeys(IN_NATO, 0)
    for one in asked.commitments:
        if one.nation in bound and one.capability in MANOEUVRE:
            times = asked.capabilities[one.capability].rotation if one.rotating else 1
            bound[one.nation] += times * max(one.quantity)
    return {nation: min(bound[nation], held[nation]) for nation in IN_NATO}, held


def _units(held: Mapping[tuple[str, str], tuple[int, ...]], nation: str) -> int:
    return sum(max(held.get((nation, capability), (0,))) for capability in MANOEUVRE)


def unstated(model: str, world: str) -> tuple[int, int]:
    """Open manoeuvre companies of nations without a stated position, and of all."""
    horizon = case.problem(model).horizon
    found = [pool for pool in pool_of(model, world) if pool.capability in MANOEUVRE]
    parts = [(nation, free) for pool in found for nation, _, free in pool.parts]
    silent = [free for nation, free in parts if nation not in STATED | set(ACTORS)]
    return sum(silent) // horizon, sum(free for _, free in parts) // horizon
