"""Workspaces to measure joint plans on, each made from a seed.

A case is a family with options after colons, in any order; what is left out is the NATO size.
`nato` draws everything alike; `scarce` has a few enablers that most tasks need, caveats on numbers
of people, long windows and tasks that wait for one another; in `contested` more is asked than there
is, with short windows and caveats on partners.

    python tests/benchmarks/plan_workspaces.py nato /tmp/nato
    python tests/benchmarks/plan_workspaces.py scarce:nations=10:tasks=20:seed=2 /tmp/small
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

Row = dict[str, Any]
MODEL = "benchmark"
AXES = ("presence", "regeneration", "industry")
AREAS = tuple(f"area_{number}" for number in range(1, 9))
PERSONNEL = {
    "land": (80, 120, 150, 200, 250, 300),
    "air": (8, 15, 20, 30, 40),
    "naval": (45, 80, 180, 220),
    "enabler": (5, 10, 50, 80, 120),
}
DOMAINS = ("land", "land", "land", "air", "naval", "enabler")
PRECONDITIONS = 16
HELD = 0.45
"""Of all pairs of a nation and a capability; twice as likely for a large nation as for a small."""


@dataclass(frozen=True)
class Case:
    """What fixes one workspace: its family, its seed and how much of everything it has. `lines`: a
    task."""

    family: str = "nato"
    nations: int = 32
    capabilities: int = 150
    tasks: int = 100
    lines: int = 8
    periods: int = 6
    seed: int = 1

    @classmethod
    def named(cls, text: str) -> Case:
        family, *options = text.split(":")
        given = dict(option.split("=", 1) for option in options)
        known = [field.name for field in fields(cls) if field.name != "family"]
        if family not in FAMILIES or not given.keys() <= set(known):
            families = " or ".join(FAMILIES)
            raise SystemExit(f"no case '{text}'; {families} with options {', '.join(known)}")
        return cls(family, **{key: int(value) for key, value in given.items()})

    @property
    def name(self) -> str:
        default = Case(self.family)
        options = (
            f":{field.name}={getattr(self, field.name)}"
            for field in fields(self)
            if getattr(self, field.name) != getattr(default, field.name)
        )
        return self.family + "".join(options)


class Maker:
    """Draws the tables in an order that never changes; the same case gives the same rows."""

    def __init__(self, case: Case) -> None:
        self._case = case
        self._rng = random.Random(case.name)
        self.nations = [f"N{number:02}" for number in range(1, case.nations + 1)]
        self.capabilities = [f"c{number:03}" for number in range(1, case.capabilities + 1)]
        self.preconditions = [f"p{number:02}" for number in range(1, PRECONDITIONS + 1)]
        # One nation in eight is large, one in four middling.
        self._size = {n: (6, 1, 2, 1, 3, 1, 1, 1)[i % 8] for i, n in enumerate(self.nations)}
        self._rotation = {c: self._rng.choice((1, 2, 2, 3, 4)) for c in self.capabilities}
        self._domain = {c: self._rng.choice(DOMAINS) for c in self.capabilities}
        self._have: dict[tuple[str, str], int] = {}

    def make(self) -> tuple[dict[str, list[Row]], Row]:
        """Tables by name, and the model."""
        availability = self._availability()
        tables = {
            "nations": [self._nation(name) for name in self.nations],
            "capabilities": [self._capability(name) for name in self.capabilities],
            "availability": availability,
            "preconditions": [self._precondition(i) for i in range(PRECONDITIONS)],
            "commitments": self._commitments(),
            "caveats": [self._caveat(n, i) for n in self.nations for i in range(4)],
        }
        return tables, self._model()

    def _maybe(self, chance: float) -> bool:
        return self._rng.random() < chance

    # --- what the world holds -------------------------------------------------------------

    def _nation(self, name: str) -> Row:
        people = 1000 * self._size[name] * self._rng.randint(8, 30)
        return {"nation": name, "name": name, "active_personnel": people}

    def _capability(self, name: str) -> Row:
        domain = self._domain[name]
        return {
            "capability": name,
            "name": name,
            "domain": domain,
            "unit": "unit",
            "personnel": self._rng.choice(PERSONNEL[domain]),
            "rotation": self._rotation[name],
        }

    def _availability(self) -> list[Row]:
        rows = []
        for nation in self.nations:
            likely = HELD * (1.6 if self._size[nation] > 2 else 0.85)
            for capability in self.capabilities:
                if self._maybe(likely):
                    most = 4 * self._size[nation] * self._rotation[capability]
                    units = self._rng.randint(self._rotation[capability], most)
                    self._have[nation, capability] = units
                    rows.append(_units(nation, capability, units))
        return rows

    def _precondition(self, index: int) -> Row:
        """Three in five are met."""
        name = self.preconditions[index]
        status = "met" if index % 5 < 3 else "open"
        return {"precondition": name, "name": name, "kind": "political", "status": status}

    def _commitments(self) -> list[Row]:
        pools = self._rng.sample(sorted(self._have), len(self._have) // 4)
        return [self._commitment(i, *pool) for i, pool in enumerate(sorted(pools), 1)]

    def _commitment(self, number: int, nation: str, capability: str) -> Row:
        rotating = self._maybe(0.5)
        held = self._have[nation, capability]
        most = held // (2 * self._rotation[capability] if rotating else 2)
        return _units(nation, capability, self._rng.randint(1, max(1, most))) | {
            "commitment": f"k{number}",
            "to": self._rng.choice(("nato", "national")),
            "purpose": "defence",
            "rotating": "yes" if rotating else "no",
            "release_requires": "never" if self._maybe(0.3) else self._condition(),
            "release_risk": self._rng.randint(1, 10),
        }

    def _caveat(self, nation: str, index: int) -> Row:
        row: Row = {"caveat": f"v_{nation}_{index}", "nation": nation, "basis": "assumption"}
        row["area"] = ";".join(sorted(self._rng.sample(AREAS, 2)))
        if self._maybe(0.4):
            row["domain"] = self._rng.choice(sorted(PERSONNEL))
        if self._maybe(0.3):
            row["max_personnel"] = self._rng.choice((100, 300, 800))
        partner = self._rng.choice([n for n in self.nations if n != nation])
        row["requires"] = self._rng.choice(
            (self._condition(), self._condition(), f"joins({partner})", "never",
             f"{self._rng.choice(self.preconditions)} and joins({partner})")
        )  # fmt: skip
        return row

    def _condition(self) -> str:
        a, b, c = self._rng.sample(self.preconditions, 3)
        return self._rng.choice(
            (a, a, f"{a} and {b}", f"{a} or {b}", f"at_least(2, {a}, {b}, {c})")
        )

    # --- what the operation asks for ------------------------------------------------------

    def _model(self) -> Row:
        asked = [self._asked() for _ in range(self._case.tasks)]
        uses: dict[str, int] = {}
        for name in (c for lines in asked for capabilities in lines for c in capabilities):
            uses[name] = uses.get(name, 0) + 1
        return {
            "name": MODEL,
            "default": True,
            "horizon": {"periods": self._case.periods, "months_per_period": 6},
            "tasks": [self._task(i, lines, uses) for i, lines in enumerate(asked, 1)],
        }

    def _asked(self) -> list[list[str]]:
        """The capabilities of each line: one, or two or three that substitute for each other."""
        return [
            self._rng.sample(self.capabilities, self._rng.choice((1, 1, 1, 2, 2, 3)))
            for _ in range(self._case.lines)
        ]

    def _task(self, number: int, lines: Sequence[Sequence[str]], uses: dict[str, int]) -> Row:
        row: Row = {
            "task": f"t{number:03}",
            "axis": self._rng.choice(AXES),
            "area": self._rng.choice(AREAS),
            "priority": self._rng.choice((1, 1, 2, 2, 2, 3)),
            "lines": [self._line(i, line, uses) for i, line in enumerate(lines, 1)],
        }
        if self._maybe(0.4):
            begin = self._rng.randint(1, self._case.periods)
            row["periods"] = f"{begin}-{self._rng.randint(begin, self._case.periods)}"
        if self._maybe(0.2):
            row["requires"] = self._condition()
        if self._maybe(0.3):
            row["min_nations"] = self._rng.randint(2, 4)
        if self._maybe(0.2):
            row["max_share"] = self._rng.choice((0.4, 0.5, 0.6))
        if self._maybe(0.25):
            leads = self._rng.sample(self.nations, min(4, len(self.nations)))
            row["lead"] = {"any_of": sorted(leads), "min_share": self._rng.choice((0, 0.1, 0.2))}
        return row

    def _line(self, number: int, capabilities: Sequence[str], uses: dict[str, int]) -> Row:
        row: Row = {"line": f"l{number}", "any_of": {}}
        for capability in capabilities:
            row["any_of"][capability] = self._rng.choice((1, 1, 1, 2))
        if number == self._case.lines and self._maybe(0.4):
            return row | {"one_per": self._rng.choice((2000, 5000))}
        share = sum(self._steady(c) / uses[c] for c in capabilities)
        row["minimum"] = max(1, round(self._rng.uniform(0.2, 0.9) * share))
        row["target"] = row["minimum"] + round(self._rng.uniform(0, 0.5) * share)
        if self._maybe(0.2):
            row["min_contribution"] = 2
        return row

    def _steady(self, capability: str) -> float:
        """Units that all nations could keep in place, commitments apart."""
        units = (held for (_, held_of), held in self._have.items() if held_of == capability)
        return sum(units) / self._rotation[capability]


class ScarceMaker(Maker):
    """The same size, different in kind: where `Maker` spreads demand over all capabilities alike,
    here most tasks draw on a few enablers that few nations hold."""

    def __init__(self, case: Case) -> None:
        super().__init__(case)
        number = max(2, case.capabilities // 6)
        self._enablers = self._rng.sample(self.capabilities, number)
        self._domain |= dict.fromkeys(self._enablers, "enabler")
        self._rotation = {c: self._rng.choice((2, 3, 3, 4, 6)) for c in self.capabilities}
        self._large = [n for n in self.nations if self._size[n] > 1]

    def _availability(self) -> list[Row]:
        rows = []
        for nation in self.nations:
            for capability in self.capabilities:
                rare = capability in self._enablers
                likely = (0.5 if nation in self._large else 0.08) if rare else 0.35
                if self._maybe(likely):
                    most = (2 if rare else 5) * self._size[nation] * self._rotation[capability]
                    units = self._rng.randint(self._rotation[capability], most)
                    self._have[nation, capability] = units
                    rows.append(_units(nation, capability, units))
        return rows

    def _caveat(self, nation: str, index: int) -> Row:
        """Three in four allow some people; half are on a part of a nation's forces."""
        row: Row = {"caveat": f"v_{nation}_{index}", "nation": nation, "basis": "assumption"}
        row["axis" if self._maybe(0.3) else "area"] = self._rng.choice(AXES)
        if "area" in row:
            row["area"] = ";".join(sorted(self._rng.sample(AREAS, 3)))
        if self._maybe(0.5):
            row["domain"] = self._rng.choice(sorted(PERSONNEL))
        if self._maybe(0.75):
            row["max_personnel"] = self._rng.choice((150, 400, 1000, 2500))
        a, b = self._rng.sample([n for n in self.nations if n != nation], 2)
        row["requires"] = self._rng.choice(
            (self._condition(), "never", f"led_by({a})", f"joins({a}) or joins({b})",
             f"{self._condition()} or joins({a})")
        )  # fmt: skip
        return row

    def _asked(self) -> list[list[str]]:
        """Three lines in eight draw on the enablers."""
        rare = 3 * self._case.lines // 8
        others = [c for c in self.capabilities if c not in self._enablers]
        return [
            self._rng.sample(
                self._enablers if line < rare else others, self._rng.choice((1, 2, 2, 3))
            )
            for line in range(self._case.lines)
        ]

    def _task(self, number: int, lines: Sequence[Sequence[str]], uses: dict[str, int]) -> Row:
        row = super()._task(number, lines, uses)
        row.pop("periods", None)
        if self._maybe(0.3):
            row["periods"] = f"{self._rng.randint(1, max(1, self._case.periods // 3))}-"
        if number > 4 and self._maybe(0.15):
            row["requires"] = f"staffed(t{self._rng.randint(1, number - 1):03})"
        return row


class ContestedMaker(Maker):
    """More is asked than there is: of the tasks that can be staffed by themselves not all can be
    staffed together. Few nations have much, most conditions are on who comes along and who leads,
    windows are short and follow one another."""

    def __init__(self, case: Case) -> None:
        super().__init__(case)
        self._size = {n: (8, 1, 1, 4, 1, 1, 2, 1)[i % 8] for i, n in enumerate(self.nations)}
        self._rotation = {c: self._rng.choice((1, 1, 2, 3, 5)) for c in self.capabilities}

    def _caveat(self, nation: str, index: int) -> Row:
        """Mostly on partners; some on people."""
        row = super()._caveat(nation, index)
        a, b = self._rng.sample([n for n in self.nations if n != nation], 2)
        row["requires"] = self._rng.choice(
            (f"joins({a})", f"joins({a}) or joins({b})", f"led_by({a}) or led_by({b})",
             f"joins({a}) or {self._rng.choice(self.preconditions)}")
        )  # fmt: skip
        return row

    def _task(self, number: int, lines: Sequence[Sequence[str]], uses: dict[str, int]) -> Row:
        row = super()._task(number, lines, uses)
        begin = self._rng.randint(1, self._case.periods)
        end = min(self._case.periods, begin + self._rng.randint(0, self._case.periods // 2))
        row["periods"] = f"{begin}-{end}"
        row["priority"] = self._rng.choice((1, 2, 3, 3, 4, 4))
        if self._maybe(0.5):
            leads = self._rng.sample(self.nations, min(3, len(self.nations)))
            row["lead"] = {"any_of": sorted(leads), "min_share": self._rng.choice((0, 0.15, 0.25))}
        return row

    def _line(self, number: int, capabilities: Sequence[str], uses: dict[str, int]) -> Row:
        row = super()._line(number, capabilities, uses)
        if "minimum" in row:
            share = sum(self._steady(c) / uses[c] for c in capabilities)
            row["minimum"] = max(1, round(self._rng.uniform(0.5, 3.0) * share))
            row["target"] = row["minimum"] + round(self._rng.uniform(0, 1.0) * share)
        if self._maybe(0.3):
            row["min_contribution"] = self._rng.choice((2, 3))
        return row


FAMILIES = {"nato": Maker, "scarce": ScarceMaker, "contested": ContestedMaker}


def _units(nation: str, capability: str, quantity: int) -> Row:
    return {
        "nation": nation,
        "capability": capability,
        "quantity": quantity,
        "basis": "assumption",
    }


def write(case: Case, folder: Path) -> None:
    from allocator.inputs.files.write import write_tables

    tables, model = FAMILIES[case.family](case).make()
    write_tables(tables, [model], folder)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("case", type=Case.named)
    parser.add_argument("folder", type=Path)
    asked = parser.parse_args()
    write(asked.case, asked.folder)


if __name__ == "__main__":
    main()
