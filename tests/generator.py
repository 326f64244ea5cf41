"""Random tiny workspaces, rich in forms and small enough for brute force.

The same seed gives the same tables. Every column, every rule and every form of condition occurs
(`test_generator.py` counts them); availabilities stay at three units, so that all allocations can
be listed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from math import comb
from random import Random

from allocator.inputs.firmness import COUNTS
from allocator.inputs.problem import Problem, World, build
from allocator.inputs.schema.objectives import OBJECTIVES
from tests.composing import compose
from tests.generated_tables import Row, TableMaker
from tests.offering import offers
from tests.ranging import set_ranges

MOST_ALLOCATIONS = {1: 1500, 2: 400, 3: 120}
"""Of one task in one period, by the number of periods."""

ON = date(2026, 6, 15)
"""The day on which offers have to be valid."""


@dataclass(frozen=True)
class Question:
    """A problem, the world that it is asked in, and the tables that state it."""

    tables: dict[str, list[Row]]
    models: list[Row]
    problem: Problem
    world: World


def question(
    seed: int, *, composed: bool = False, ranged: bool = False, offered: bool = False
) -> Question:
    """The problem of model `m` of the seed's workspace, in one of its worlds. `composed`: with
    what `composing.py` puts on top. `ranged`: with ranges, likewise by `ranging.py`. `offered`:
    with offers, by `offering.py`, of which some are counted, on the day `ON`."""
    from allocator.inputs.inspection import from_tables

    tables, models = tables_and_models(seed)
    if composed:
        compose(seed, tables, models)
    count = "inventory"
    if offered:
        rng = Random(f"offered {seed}")
        tables["offers"] = offers(rng, tables, models)
        count = rng.choice(COUNTS)
        if rng.random() < 0.5:
            names = models[0].setdefault("objectives", list(OBJECTIVES))
            names.insert(rng.randint(0, len(names)), "stay_within_offers")
    if ranged:
        set_ranges(seed, tables, models)
    workspace, issues = from_tables(tables, models)
    if workspace is None:
        raise AssertionError(f"seed {seed}: {[str(issue) for issue in issues]}")
    problem = build(workspace, "m", count, ON)
    return Question(tables, models, problem, _world(Random(f"world {seed}"), problem))


def _world(rng: Random, problem: Problem) -> World:
    names = ["today", *sorted(problem.worlds)]
    extra = {}
    if rng.random() < 0.2:
        extra = {rng.choice(sorted(problem.preconditions)): rng.randint(1, problem.horizon)}
    return problem.world(rng.choice(names), extra)


def tables_and_models(seed: int) -> tuple[dict[str, list[Row]], list[Row]]:
    """Tables by name, each a list of rows (column to cell text), and the models."""
    return _Maker(Random(seed)).make()


class _Maker(TableMaker):
    """Makes tables and models."""

    def make(self) -> tuple[dict[str, list[Row]], list[Row]]:
        # Preconditions first: the conditions of the other tables prefer open ones.
        preconditions = self._preconditions()
        tables = {
            "nations": self._nations(),
            "capabilities": self._capabilities(),
            "availability": self._availability(),
            "commitments": self._commitments(),
            "preconditions": preconditions,
            "caveats": self._caveats(),
            "worlds": self._worlds(),
        }
        model = self._model()
        self._keep_small(tables["availability"], model)
        others = [self._other_model()] if self.elsewhere else []
        return tables, [model, *others]

    def _keep_small(self, rows: list[Row], model: Row) -> None:
        """Takes availability away until each task has few allocations in a period."""
        while len(rows) > 1 and any(
            self._number_of_allocations(rows, task) > MOST_ALLOCATIONS[self.horizon]
            for task in model["tasks"]
        ):
            rows.pop(self.rng.randrange(len(rows)))

    def _number_of_allocations(self, rows: list[Row], task: Row) -> int:
        """The ways to send the task no more than nations have, all rows in force."""
        units: dict[tuple[str, str], int] = {}
        for row in rows:
            pair = (row["nation"], row["capability"])
            units[pair] = units.get(pair, 0) + int(row["quantity"])
        number = 1
        for (_, capability), most in units.items():
            lines = sum(
                capability in line.get("any_of", (line.get("capability"),))
                for line in task["lines"]
            )
            number *= comb(most + lines, lines)
        return number

    def _model(self) -> Row:
        model: Row = {"name": "m", "horizon": {"periods": self.horizon, "months_per_period": 6}}
        model["tasks"] = [self._task(name) for name in self.tasks]
        if len(self.tasks) > 1 and self._maybe(0.1):
            self._tie(*model["tasks"][:2])
        if self._maybe(0.3):
            model |= {"title": "Model", "default": "true"}
        if self._maybe(0.4):
            names = self.rng.sample(OBJECTIVES, self.rng.randint(0, len(OBJECTIVES)))
            model["objectives"] = names
        return self._noted(model)

    def _tie(self, one: Row, other: Row) -> None:
        """Two tasks that wait for each other."""
        one["requires"] = f"staffed({other['task']})"
        before = other.get("requires", "always")
        other["requires"] = f"staffed({one['task']}) and ({before})"

    def _other_model(self) -> Row:
        line = {"capability": self.capabilities[0], "minimum": 1}
        return {
            "name": "other",
            "horizon": {"periods": 4, "months_per_period": 6},
            "tasks": [{"task": "far", "axis": "industry", "area": "west", "lines": [line]}],
        }

    def _task(self, name: str) -> Row:
        task: Row = {"task": name}
        if self._maybe(0.7):
            task["axis"] = self.rng.choice(("regeneration", "industry", "presence"))
        if self._maybe(0.7):
            task["area"] = self.rng.choice(("west", "east"))
        if self._maybe(0.5):
            task["priority"] = self.rng.randint(1, 3)
        if self._maybe((0.3, 0.9, 0.3)[self.strain]):
            task["requires"] = self._condition(2)
        if self._maybe(0.3):
            task["periods"] = self._task_window()
        if self._maybe(0.15):
            task["title"] = f"Task {name}"
        task |= self._composition()
        lines = self.rng.choice((1, 1, 2)) if len(self.tasks) == 3 else self.rng.choice((1, 2, 2))
        task["lines"] = [self._line(name, number) for number in range(1, lines + 1)]
        return self._noted(task)

    def _task_window(self) -> str:
        last = self.horizon
        return self.rng.choice(("1", f"-{last}", f"{last}-", f"1-{last}", f"1;{last}"))

    def _composition(self) -> Row:
        found: Row = {}
        if self._maybe(0.25):
            found["min_nations"] = self.rng.choice((1, 2, 2, 2, 3))
        if self._maybe(0.25):
            found["max_nations"] = max(
                found.get("min_nations", 0), self.rng.choice((0, 1, 1, 2, 2, 2))
            )
        if self._maybe(0.2):
            found["max_share"] = self.rng.choice((0, 0.3335, 0.5, 0.5, 0.6665, 0.75, 0.9, 1))
        if self._maybe(0.25):
            found["lead"] = self._lead()
        return found

    def _lead(self) -> Row:
        who = self.rng.choice(("any_of", "any_of", "all_of", "none"))
        number = self.rng.choice((1, 2))
        lead: Row = {who: self.rng.sample(self.nations, number)} if who != "none" else {}
        if self._maybe(0.3):
            lead["provides"] = self.rng.choice(self.capabilities)
        if self._maybe(0.4) or not lead:
            lead["min_share"] = self.rng.choice((0, 0.2, 0.3335, 0.5))
        return lead

    def _line(self, task: str, number: int) -> Row:
        line: Row = {}
        if number == 2 and self._maybe(0.45):
            line = self._scaled_line(task)
        else:
            hard = 4 if self.strain == 2 else 2
            line["minimum"] = self.rng.choice((0, 1, 1, 1, 1, hard))
            if self._maybe(0.5):
                line["target"] = line["minimum"] + self.rng.choice((0, 1, 2))
        if self._maybe(0.3):
            line["min_contribution"] = self.rng.choice((1, 2, 2, 3))
        if self._maybe(0.3) and number == 1:
            return self._noted(line | {"capability": self.rng.choice(self.capabilities)})
        several = self.rng.choice((1, 2))
        taken = self.rng.sample(self.capabilities, min(len(self.capabilities), several))
        weights = {c: self.rng.choice((1, 1, 2, 3)) for c in taken}
        return self._noted(line | {"line": f"l{number}", "any_of": weights})

    def _scaled_line(self, task: str) -> Row:
        line: Row = {"one_per": self.rng.choice((15, 30, 60, 100))}
        if self._maybe(0.3):
            line["minimum"] = self.rng.choice((0, 1))
        if self._maybe(0.4):
            line["of"] = self.rng.sample(self.tasks, self.rng.choice((1, min(2, len(self.tasks)))))
        return line
