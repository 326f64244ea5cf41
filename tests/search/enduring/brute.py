"""The states of a plan's tasks under an event, by trying every plan from the event on.

Written from the sentences of *Loss*, with rules, conditions and levels of its own: nothing of the
checker or of the search is used.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations, product

from allocator.inputs.problem import Task
from tests.brute.parts import NotTinyError
from tests.search.enduring.brute_rules import AfterRules, Names, Units

MOST = 15_000
"""Plans that are tried."""


class After(AfterRules):
    """Every plan from the event on, and what becomes of the tasks."""

    def split(self, task: Task, units: Units) -> dict[int, Units]:
        return {
            period: {k: n for k, n in units.items() if (k[1], k[4]) == (task.id, period)}
            for period in self.window(task)
        }

    # --- all plans --------------------------------------------------------------------------

    def plans(self) -> Iterator[tuple[Names, Units, int]]:
        """Every plan from the event on: the tasks staffed, units, least risk of releases."""
        for size in range(len(self.mine) + 1):
            for some in combinations(self.mine, size):
                staffed = self.over | {task.id for task in some}
                yield from self._plans(some, staffed)

    def _plans(self, some: tuple[Task, ...], staffed: Names) -> Iterator[tuple[Names, Units, int]]:
        parts = [self._of_task(task, staffed) for task in some]
        number = 1
        for part in parts:
            number *= len(part)
        if number > MOST:
            raise NotTinyError(f"{number} plans")
        for chosen in product(*parts):
            units = {k: n for part in chosen for k, n in part.items()}
            if not all(self.carries(task, units) for task in some):
                continue
            if self.covered(units, staffed):
                continue
            risks = [self.least_risk(pool, sent) for pool, sent in self.pools(units).items()]
            if None not in risks:
                yield staffed, units, sum(r for r in risks if r is not None)

    def _of_task(self, task: Task, staffed: Names) -> list[Units]:
        by_period = [
            [u for u in self._of_period(task, q) if self.passes_in(task, q, u, staffed, None)]
            for q in self.window(task)
        ]
        number = 1
        for part in by_period:
            number *= len(part)
        if number > MOST:
            raise NotTinyError(f"{number} of {task.id}")
        found = []
        for chosen in product(*by_period):
            units = {k: n for part in chosen for k, n in part.items()}
            pools = self.pools(units).items()
            if any(self.least_risk(pool, sent) is None for pool, sent in pools):
                continue
            if self.passes(task, self.split(task, units), staffed):
                found.append(units)
        return found

    def _of_period(self, task: Task, q: int) -> Iterator[Units]:
        held = self.problem.availability
        cells = [
            (nation, task.id, line.id, kind, q)
            for line in task.lines
            for kind in line.weights
            for nation in self.problem.nations
            if nation != self.gone and (nation, kind) in held
        ]
        ranges = [range(held[k[0], k[3]][q - 1] + 1) for k in cells]
        number = 1
        for one in ranges:
            number *= len(one)
        if number > 1_500:
            raise NotTinyError(f"{number} in a period")
        for chosen in product(*ranges):
            yield {k: n for k, n in zip(cells, chosen, strict=True) if n}

    # --- levels -----------------------------------------------------------------------------

    def levels(self, staffed: Names, units: Units, risk: int) -> dict[str, int]:
        found: dict[str, int] = {}
        for priority in sorted({task.priority for task in self.problem.tasks}):
            found[f"keep_tasks[{priority}]"] = sum(
                t.priority == priority and t.id not in staffed for t in self.mine
            )
        old = {k[:2] for k in self.planned}
        new = {k[:2] for k in units}
        keys = units.keys() | self.planned.keys()
        apart = [abs(units.get(k, 0) - self.planned.get(k, 0)) for k in keys]
        found["keep_contingents"] = len(old - new)
        found["new_contingents"] = len(new - old)
        found["changed_rows"] = sum(1 for n in apart if n)
        found["changed_units"] = sum(apart)
        whole = {**self.before, **units}
        spent = sum(
            n * self.problem.commitment(name).release_risk
            for (name, q), n in self.plan.released.items()
            if q < self.first
        )
        for name in self.problem.objectives:
            if name != "staff_tasks":
                found[name] = self._objective(name, whole, spent + risk)
        return found

    def _burden(self, nation: str, active: int, whole: Units) -> int:
        return -(-1000 * self.people({k: n for k, n in whole.items() if k[0] == nation}) // active)

    def _objective(self, name: str, whole: Units, risk: int) -> int:
        if name == "protect_commitments":
            return risk
        if name == "economy":
            return self.people(whole)
        if name == "fewer_contingents":
            return len({k[:2] for k in whole})
        if name == "share_burden":
            giving = self.problem.active_personnel.items()
            return max((self._burden(*one, whole) for one in giving), default=0)
        assert name == "meet_targets"
        total = 0
        for task in self.problem.tasks:
            for line in task.lines:
                if line.one_per is not None or not line.target:
                    continue
                for q in task.periods:
                    filled = sum(
                        line.weights[k[3]] * n
                        for k, n in whole.items()
                        if (k[1], k[2], k[4]) == (task.id, line.id, q)
                    )
                    total += round(Fraction(1_000_000, line.target)) * max(0, line.target - filled)
        return total

    def answer(self) -> tuple[dict[str, str], dict[str, int], list[Units]]:
        """The state of every staffed task, the levels of the nearest plan, the units of all plans
        that are as near."""
        broken = self.broken()
        best: tuple[object, ...] | None = None
        nearest: list[tuple[Names, Units]] = []
        levels: dict[str, int] = {}
        stand: set[str] = set()
        order = [t for t in self.problem.as_written if t in {m.id for m in self.mine}]
        for staffed, units, risk in self.plans():
            stand |= staffed
            found = self.levels(staffed, units, risk)
            key = (*found.values(), *(t not in staffed for t in order))
            if best is None or key <= best:
                if key != best:
                    nearest, best, levels = [], key, found
                nearest.append((staffed, units))
        assert nearest
        kept = nearest[0][0]
        states = {}
        for task in self.plan.staffed:
            if task in self.over or task not in broken:
                states[task] = "holds"
            elif task in kept:
                states[task] = "repaired"
            else:
                states[task] = "gives way" if task in stand else "falls"
        return states, levels, [units for _, units in nearest]
