"""Workspaces between tiny and real: hundreds to thousands of variables, every rule at once."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import Any

from allocator.inputs.problem import Problem, World
from tests.handmade import problem

Row = dict[str, Any]
VOTES = ("ceasefire", "mandate", "vote", "backstop")


@dataclass(frozen=True)
class Size:
    """people: a unit is one person, and forces are counted in thousands."""

    nations: int
    kinds: int
    tasks: int
    periods: int
    people: bool = False


SIZES = {
    "wide": Size(10, 6, 5, 4),
    "long": Size(5, 4, 3, 12),
    "people": Size(8, 5, 4, 3, people=True),
    "small": Size(5, 4, 4, 4),
    "large": Size(20, 10, 8, 6),
}


def workspace(size: Size, seed: int) -> tuple[Problem, World]:
    """The problem of the seed, and its world: what is met today, or, of every other seed, all
    that may be."""
    asked = _Maker(size, Random(seed)).make()
    world = asked.world()
    rich = asked.meeting(world, asked.open_preconditions(world))
    return asked, rich if seed % 2 else world


class _Maker:
    def __init__(self, size: Size, rng: Random) -> None:
        self.size, self.rng = size, rng
        self.scale = 1000 if size.people else 1
        self.nations = [f"N{number:02}" for number in range(size.nations)]
        self.kinds = [f"k{number}" for number in range(size.kinds)]
        self.tasks = [f"t{number}" for number in range(size.tasks)]

    def make(self) -> Problem:
        rng, size = self.rng, self.size
        have = {
            (n, k): self.units(rng.randint(1, 7))
            for n in self.nations for k in self.kinds
            if k == self.kinds[0] or rng.random() < 0.6
        }  # fmt: skip
        one = (1,) if size.people else (40, 100, 400)
        return problem(
            [self.task(name) for name in self.tasks],
            have,
            capabilities={
                k: {"personnel": rng.choice(one), "rotation": rng.choice((1, 2, 3, 4))}
                for k in self.kinds
            },
            preconditions={v: {"status": "met" if v in VOTES[:1] else "open"} for v in VOTES},
            commitments=[self.commitment(*pool) for pool in rng.sample(sorted(have), size.nations)],
            caveats=[self.caveat() for _ in range(2 * size.nations)],
            active_personnel={n: rng.randint(5, 90) * 1000 for n in self.nations[::2]},
            horizon=size.periods,
        )

    def units(self, number: int) -> int:
        """Figures in thousands, none of them round."""
        return number if self.scale == 1 else number * self.scale + self.rng.randint(-99, 99)

    def commitment(self, nation: str, kind: str) -> Row:
        rng = self.rng
        return {
            "nation": nation, "capability": kind, "quantity": self.units(rng.randint(1, 3)),
            "rotating": rng.choice(("yes", "no")), "release_risk": rng.randint(1, 5),
            "release_requires": rng.choice(("never", *VOTES)), "periods": self.window(),
        }  # fmt: skip

    def window(self) -> str:
        return self.rng.choice(("", "", "2-", f"-{self.size.periods - 1}"))

    def caveat(self) -> Row:
        rng = self.rng
        joins = f"joins({rng.choice(self.nations)})"
        condition = rng.choice(
            (*VOTES, "never", joins, f"{joins} and vote", "staffed(t0)",
             f"at_least(2, {joins}, mandate, staffed({rng.choice(self.tasks)}))")
        )  # fmt: skip
        return {
            "nation": rng.choice(self.nations), "task": rng.choice(self.tasks),
            "capability": rng.choice(("", *self.kinds)), "requires": condition,
            "max_personnel": rng.choice(("", 200, 1500)), "periods": self.window(),
        }  # fmt: skip

    def task(self, name: str) -> Row:
        rng = self.rng
        task: Row = {"task": name, "priority": rng.randint(1, 2), "lines": self.lines()}
        if rng.random() < 0.3 and name != self.tasks[0]:
            task["requires"] = rng.choice((*VOTES, f"staffed({self.tasks[0]})"))
        task["min_nations"] = rng.choice((0, 2, 3))
        if rng.random() < 0.2:
            task["max_nations"] = rng.choice((3, 4))
        if rng.random() < 0.3:
            task["max_share"] = rng.choice((0.5, 0.667, 0.8))
        if rng.random() < 0.4:
            task["lead"] = self.lead()
        if rng.random() < 0.3:
            task["periods"] = f"2-{self.size.periods}"
        return task

    def lead(self) -> Row:
        rng = self.rng
        named = rng.sample(self.nations, 3)
        lead: Row = {"any_of": named} if rng.random() < 0.8 else {"all_of": named[:1]}
        return lead | {"min_share": rng.choice((0, 0.2, 0.3))}

    def lines(self) -> list[Row]:
        rng = self.rng
        first, second, third = rng.sample(self.kinds, 3)
        minimum = self.units(rng.randint(1, 4))
        target = minimum + self.units(rng.randint(1, 3))
        together = rng.choice((0, 2)) * self.scale // 2
        line = {"line": "l", "any_of": {first: 1, second: rng.choice((1, 2))}, "minimum": minimum}
        found: list[Row] = [line | {"target": target, "min_contribution": together}]
        if rng.random() < 0.6:
            one_per = 8 if self.size.people else 1500
            scaled = {"line": "m", "any_of": {third: 1}, "one_per": one_per, "minimum": 0}
            if rng.random() < 0.3:
                scaled["of"] = rng.sample(self.tasks, 2)
            found.append(scaled)
        if rng.random() < 0.4:
            found.append({"line": "n", "any_of": {third: 1, first: 2}, "minimum": minimum // 2 + 1})
        return found
