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
from typing import Any

from allocator.inputs.firmness import COUNTS
from allocator.inputs.problem import Problem, World, build
from allocator.inputs.schema.objectives import OBJECTIVES
from tests.composing import compose
from tests.offering import offers
from tests.ranging import set_ranges

MOST_ALLOCATIONS = {1: 1500, 2: 400, 3: 120}
"""Of one task in one period, by the number of periods."""

Row = dict[str, Any]
NATIONS = ("FRA", "GBR", "POL", "EU")
CAPABILITIES = ("bn", "hq", "med")
DOMAINS = {"bn": "land", "hq": "enabler", "med": "land"}
PRECONDITIONS = ("ceasefire", "mandate", "backstop", "vote", "consent", "talks")
ON = date(2026, 6, 15)
"""The day on which offers have to be valid."""
BASES = ("reported", "general_knowledge", "estimate", "assumption")


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


class _Maker:
    def __init__(self, rng: Random) -> None:
        self.rng = rng
        self.horizon = rng.choice((1, 1, 2, 2, 3))
        self.nations = NATIONS[: rng.choice((2, 3, 3, 4))]
        self.capabilities = CAPABILITIES[: rng.choice((1, 2, 2, 3))]
        self.rotation = {c: rng.choice((1, 1, 1, 1, 2, 3)) for c in self.capabilities}
        self.personnel = {c: rng.choice((0, 10, 20, 50)) for c in self.capabilities}
        self.preconditions = PRECONDITIONS[: rng.randint(2, 5)]
        self.tasks = ("t1", "t2", "t3")[: rng.choice((1, 2, 2, 3))]
        self.elsewhere = ("far",) if rng.random() < 0.4 else ()
        # How much stands in the way: 0 little, 1 conditions, 2 forces.
        self.strain = rng.choice((0, 1, 1, 1, 1, 2))
        self.open: tuple[str, ...] = ()

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

    def _maybe(self, chance: float) -> bool:
        return self.rng.random() < chance

    def _noted(self, row: Row) -> Row:
        """The row with a note and a source now and then, blank cells left in place or out."""
        for key in ("note", "source"):
            if self._maybe(0.2):
                row[key] = self.rng.choice((f"{key} 1", ""))
        return row

    def _several(self, values: tuple[str, ...]) -> str:
        number = self.rng.choice((1, 1, 2))
        return ";".join(self.rng.sample(values, min(number, len(values))))

    def _periods(self) -> str:
        return self.rng.choice(("", "", "", "1-2", "2-", "-1", "1;3", "1", "-2;3-"))

    def _nations(self) -> list[Row]:
        rows = []
        for nation in self.nations:
            kind = "organisation" if nation == "EU" else self.rng.choice(("nation", ""))
            row = {"nation": nation, "name": f"Name of {nation}", "kind": kind}
            if self._maybe(0.7):
                row["active_personnel"] = str(self.rng.choice((7, 100, 333, 2000)))
            rows.append(self._noted(row))
        return rows

    def _capabilities(self) -> list[Row]:
        rows = []
        for name in self.capabilities:
            row = {"capability": name, "name": name.upper(), "domain": DOMAINS[name], "unit": "u"}
            if self.personnel[name] or self._maybe(0.5):
                row["personnel"] = str(self.personnel[name])
            if self.rotation[name] > 1 or self._maybe(0.5):
                row["rotation"] = str(self.rotation[name])
            rows.append(self._noted(row))
        return rows

    def _availability(self) -> list[Row]:
        rows = []
        for nation in self.nations:
            for capability in self.capabilities:
                left = 3
                while left and self._maybe(0.8 if left == 3 else 0.2):
                    low = 0 if self.strain == 2 else 1
                    if left == 3 and self._maybe(0.6):
                        low = self.rotation[capability]
                    quantity = self.rng.randint(min(low, left), left)
                    left -= quantity or 1
                    rows.append(self._units(nation, capability, quantity))
        return rows or [self._units(self.nations[0], self.capabilities[0], 1)]

    def _units(self, nation: str, capability: str, quantity: int) -> Row:
        row = {"nation": nation, "capability": capability, "quantity": str(quantity)}
        row |= {"basis": self.rng.choice(BASES)}
        if self._maybe(0.25):
            row["periods"] = self._periods()
        return self._noted(row)

    def _commitments(self) -> list[Row]:
        rows = []
        for number in range(self.rng.choice((0, 0, 1, 1, 2, 3))):
            row = self._units(
                self.rng.choice(self.nations),
                self.rng.choice(self.capabilities),
                self.rng.choice((0, 1, 1, 1, 2, 3)),
            )
            row |= {"commitment": f"c{number}", "to": self.rng.choice(("nato", "national"))}
            row |= {"purpose": "defence", "rotating": self.rng.choice(("yes", "no", ""))}
            if self._maybe(0.15):
                row["to"] = self.rng.choice(("eu", "other"))
            if self._maybe(0.7):
                row["release_requires"] = self._condition(1, partners=False)
            if self._maybe(0.6):
                row["release_risk"] = str(self.rng.choice((0, 1, 2, 5)))
            rows.append(row)
        return rows

    def _preconditions(self) -> list[Row]:
        rows = []
        for name in self.preconditions:
            status = self.rng.choice(("open", "open", "open", "open", "met", "ruled_out"))
            if status == "open" and len(self.open) == 4:
                status = "ruled_out"
            if status == "open":
                self.open += (name,)
            row = {"precondition": name, "name": name.title(), "status": status}
            row["kind"] = self.rng.choice(("political", "legal", "military"))
            if self._maybe(0.3):
                others = tuple(other for other in self.preconditions if other != name)
                row["implies"] = self._several(others)
            if self._maybe(0.3):
                row |= {"holder": "someone", "effort": str(self.rng.randint(1, 10))}
            if self._maybe(0.3):
                row["likelihood"] = self.rng.choice(("0.25", "0.5", "1"))
            rows.append(self._noted(row) | self._waiting(len(rows)))
        return rows

    def _waiting(self, number: int) -> Row:
        """What the holder of a precondition waits for. Drawn apart: other columns stay as the seed
        gave them before."""
        rng = Random(f"{self.preconditions} {self.tasks} {self.horizon} {number}")
        if rng.random() < 0.6:
            return {}
        named = (*self.preconditions, *(f"staffed({task})" for task in self.tasks))
        after = rng.choice((" and ", " or ")).join(rng.sample(named, rng.choice((1, 2))))
        return {"after": after, "lead_months": str(rng.randint(0, 7))}

    def _caveats(self) -> list[Row]:
        rows = []
        for number in range(self.rng.choice((0, 1, 2, 2, 3, 4))):
            row = {"caveat": f"v{number}", "nation": self.rng.choice(self.nations)}
            row |= self._scope()
            row["requires"] = "never" if self._maybe(0.1) else self._condition(2)
            row["basis"] = self.rng.choice(BASES)
            if self._maybe(0.4):
                row["max_personnel"] = str(self.rng.choice((0, 10, 20, 60)))
            rows.append(self._noted(row))
        return rows

    def _scope(self) -> Row:
        choices = {
            "task": (*self.tasks, *self.elsewhere),
            "axis": ("regeneration", "industry", "presence"),
            "area": ("west", "east"),
            "domain": ("land", "enabler"),
            "capability": self.capabilities,
        }
        row: Row = {"periods": self._periods()} if self._maybe(0.3) else {}
        for column, values in choices.items():
            if self._maybe(0.2):
                row[column] = self._several(values)
        return row

    def _worlds(self) -> list[Row]:
        rows = []
        for world in ("w1", "w2")[: self.rng.choice((0, 1, 2))]:
            for name in self.rng.sample(self.preconditions, self.rng.choice((1, 1, 2))):
                row = {"world": world, "precondition": name}
                if self._maybe(0.5):
                    row["from_period"] = str(self.rng.randint(1, 3))
                if self._maybe(0.2):
                    row["note"] = "note 1"
                rows.append(row)
        return rows

    def _condition(self, depth: int, partners: bool = True) -> str:
        """Condition text; `partners`: whether it may speak of nations and tasks."""
        if depth and self._maybe(0.45):
            parts = [self._condition(depth - 1, partners) for _ in range(2)]
            form = self.rng.choice(("and", "or", "at_least", "AND", "Or"))
            if form == "at_least":
                parts.append(self.rng.choice(parts))
                return f"at_least({self.rng.choice((1, 2, 2, 3))}, {', '.join(parts)})"
            return f"({parts[0]}) {form} ({parts[1]})" if depth > 1 else f" {form} ".join(parts)
        return self._leaf(partners)

    def _leaf(self, partners: bool) -> str:
        if partners and self._maybe(0.3):
            if self._maybe(0.5):
                return f"joins({self.rng.choice(self.nations)})"
            return f"staffed({self.rng.choice((*self.tasks, *self.elsewhere))})"
        if self._maybe(0.12):
            return self.rng.choice(("always", "never", "Never", "ALWAYS"))
        prefer_open = self.open and self._maybe((0.5, 0.9, 0.5)[self.strain])
        return self.rng.choice(self.open if prefer_open else self.preconditions)

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
