"""Random tiny problems with more than one period, and valid plans for them to lose something of."""

from __future__ import annotations

from random import Random
from typing import Any

from allocator.inputs.problem import Problem, World
from allocator.inputs.schema.objectives import OBJECTIVES
from tests.handmade import problem

Row = dict[str, Any]
NATIONS = ("FRA", "GBR", "POL")
NAMES = ("a", "b", "c", "d")
TASKS = ("t2", "t1", "t3")
"""The model's order is not that of the ids."""


def case(seed: int, *, offered: bool = False) -> tuple[Problem, World]:
    """A problem of two or three periods, and a world in which something holds."""
    return _Maker(Random(f"enduring {seed} {offered}"), offered).made()


class _Maker:
    def __init__(self, rng: Random, offered: bool) -> None:
        self.rng = rng
        self.offered = offered
        self.horizon = rng.choice((2, 2, 3))
        self.nations = NATIONS[: rng.choice((2, 3, 3))]
        self.kinds = ("bn", "med")[: rng.choice((1, 1, 2))]
        self.tasks = TASKS[: rng.choice((1, 2, 2, 3))]
        if self.horizon == 3:
            self.tasks = self.tasks[:2]

    def made(self) -> tuple[Problem, World]:
        rng = self.rng
        named = rng.sample(list(OBJECTIVES)[1:6], rng.randint(0, 5))
        made = problem(
            [self._task(name) for name in self.tasks],
            {(n, c): rng.choice((1, 2, 2, 3)) for n in self.nations for c in self.kinds},
            capabilities={
                c: {"rotation": rng.choice((1, 1, 2, 2, 3)), "personnel": rng.choice((0, 10, 20))}
                for c in self.kinds
            },
            preconditions={name: self._precondition(name) for name in NAMES},
            commitments=[self._commitment() for _ in range(rng.choice((0, 1, 1, 2, 3)))],
            caveats=[self._caveat() for _ in range(rng.choice((0, 0, 1, 2)))],
            worlds=[
                {"world": "w", "precondition": name, "from_period": str(rng.choice((1, 1, 2)))}
                for name in rng.sample(NAMES, rng.randint(1, 3))
            ],
            active_personnel={n: rng.choice((50, 100, 300)) for n in self.nations},
            horizon=self.horizon,
            objectives=["staff_tasks", *named],
            offers=[self._offer() for _ in range(rng.randint(2, 6))] if self.offered else (),
            count=rng.choice(("firm", "possible")) if self.offered else "inventory",
        )
        extra = {rng.choice(NAMES): rng.randint(1, self.horizon)} if rng.random() < 0.2 else {}
        return made, made.world("w", extra)

    def _precondition(self, name: str) -> Row:
        row: Row = {"status": self.rng.choice(("open",) * 4 + ("met",))}
        if self.rng.random() < 0.45:
            row["implies"] = self.rng.choice([other for other in NAMES if other != name])
        return row

    def _commitment(self) -> Row:
        rng = self.rng
        row = {
            "nation": rng.choice(self.nations),
            "capability": rng.choice(self.kinds),
            "quantity": str(rng.choice((1, 1, 2))),
            "rotating": rng.choice(("yes", "no")),
            "release_requires": rng.choice(("never", "always", *NAMES, *NAMES)),
            "release_risk": str(rng.choice((0, 1, 3))),
        }
        if rng.random() < 0.3:
            row["periods"] = rng.choice(("1", "2-", "-2"))
        return row

    def _caveat(self) -> Row:
        rng = self.rng
        row = {"nation": rng.choice(self.nations), "requires": self._condition()}
        if rng.random() < 0.4:
            row["task"] = rng.choice(self.tasks)
        if rng.random() < 0.3:
            row["max_personnel"] = str(rng.choice((10, 20)))
        return row

    def _offer(self) -> Row:
        rng = self.rng
        row = {
            "nation": rng.choice(self.nations),
            "capability": rng.choice(self.kinds),
            "quantity": str(rng.choice((1, 2))),
            "status": rng.choice(("in_place", "firm", "possible")),
            "requires": rng.choice(("always", *NAMES, f"joins({rng.choice(self.nations)})")),
        }
        if rng.random() < 0.4:
            row["task"] = rng.choice(self.tasks)
        return row

    def _condition(self, *, company: bool = True) -> str:
        rng = self.rng
        leaf = rng.choice(NAMES)
        if company and rng.random() < 0.5:
            form = rng.choice(("joins", "led_by", "staffed"))
            leaf = f"{form}({rng.choice(self.tasks if form == 'staffed' else self.nations)})"
        if rng.random() < 0.4:
            return f"{leaf} {rng.choice(('and', 'or'))} {rng.choice(NAMES)}"
        return leaf

    def _task(self, name: str) -> Row:
        rng = self.rng
        row: Row = {"task": name, "priority": rng.choice((1, 1, 2)), "lines": [self._line("l")]}
        if len(self.kinds) > 1 and rng.random() < 0.4:
            row["lines"].append(self._support())
        if rng.random() < 0.3:
            row["requires"] = rng.choice((*NAMES, f"staffed({rng.choice(self.tasks)})"))
        if rng.random() < 0.5:
            row["periods"] = rng.choice(("1", "1-2", "2-"))
        if rng.random() < 0.3:
            row["min_nations"] = 2
        if rng.random() < 0.15:
            row["max_nations"] = 2
        if rng.random() < 0.3:
            row["members"] = [rng.choice(self.nations)]
        if rng.random() < 0.15:
            row["max_share"] = rng.choice((0.5, 0.7))
        if rng.random() < 0.35:
            row["lead"] = self._lead()
        return row

    def _lead(self) -> Row:
        rng = self.rng
        row: Row = {}
        named = rng.sample(self.nations, rng.choice((1, 2)))
        row[rng.choice(("any_of", "any_of", "all_of"))] = named
        if rng.random() < 0.4:
            row["provides"] = rng.choice(self.kinds)
        if rng.random() < 0.3:
            row["min_share"] = rng.choice((0.3, 0.5))
        return row

    def _line(self, name: str) -> Row:
        rng = self.rng
        taken = rng.sample(self.kinds, rng.randint(1, len(self.kinds)))
        least = rng.choice((1, 1, 2, 2, 3))
        row: Row = {"line": name, "any_of": {c: rng.choice((1, 1, 2)) for c in taken}}
        row |= {"minimum": least, "target": least + rng.choice((0, 0, 1))}
        if rng.random() < 0.15:
            row["min_contribution"] = 2
        return row

    def _support(self) -> Row:
        row: Row = {"line": "s", "any_of": {self.rng.choice(self.kinds): 1}, "one_per": 20}
        if self.rng.random() < 0.6:
            row["of"] = self.rng.sample(self.tasks, self.rng.randint(1, len(self.tasks)))
        return row
