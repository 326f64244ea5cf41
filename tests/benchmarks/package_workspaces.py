"""Workspaces to measure the search for packages on, each made from a seed or from published
figures.

    python tests/benchmarks/package_workspaces.py coalition-30:seed=2 /tmp/coalition-30

FAMILY-SIZE, SIZE being the number of nations; `large` needs twice as much as `coalition`.
`security_council` and `nice` have sizes of their own.
"""

from __future__ import annotations

import argparse
import random
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.search.packages.councils import NICE, SECURITY_COUNCIL

Row = dict[str, Any]
TASK = "mission"
MODEL = "benchmark"
COUNCILS = {
    "security_council": (SECURITY_COUNCIL, ("units",)),
    "nice": (NICE, ("votes", "members", "people")),
}


@dataclass(frozen=True)
class Case:
    """A family of workspaces and what fixes one of them."""

    family: str
    size: int = 0
    seed: int = 1

    @classmethod
    def named(cls, text: str) -> Case:
        name, *options = text.split(":")
        if name in COUNCILS and not options:
            return cls(name)
        family, _, size = name.rpartition("-")
        given = dict(option.split("=") for option in options)
        if (
            family not in ("coalition", "large")
            or not size.isdigit()
            or not given.keys() <= {"seed"}
        ):
            raise SystemExit(
                f"no case '{text}'; coalition-SIZE[:seed=N], large-SIZE, {', '.join(COUNCILS)}"
            )
        return cls(family, int(size), int(given.get("seed", 1)))

    @property
    def name(self) -> str:
        size = f"-{self.size}" if self.size else ""
        return f"{self.family}{size}" + (f":seed={self.seed}" if self.seed != 1 else "")


class Tables:
    """The tables of a workspace and its one task, row by row."""

    def __init__(self) -> None:
        self.lines: list[Row] = []
        self.rows: dict[str, list[Row]] = {
            name: [] for name in ("nations", "capabilities", "availability", "caveats")
        }

    def capability(self, name: str) -> str:
        row = {"capability": name, "name": name, "domain": "land", "unit": "unit", "personnel": 100}
        self.rows["capabilities"].append(row)
        return name

    def available(self, nation: str, capability: str, quantity: int) -> None:
        row = {"nation": nation, "capability": capability, "quantity": quantity}
        self.rows["availability"].append(row | {"basis": "assumption"})

    def line(self, weights: dict[str, int], minimum: int) -> None:
        name = f"line_{len(self.lines) + 1}"
        self.lines.append({"line": name, "any_of": weights, "minimum": minimum})

    def write(self, folder: Path) -> None:
        from allocator.inputs.files.write import write_tables

        model = {
            "name": MODEL,
            "default": True,
            "tasks": [{"task": TASK, "axis": "presence", "lines": self.lines}],
        }
        write_tables(self.rows, [model], folder)


def coalition(case: Case) -> Tables:
    """Six lines on five capabilities: substitutes at a ratio, shared pools, two lines on one
    pool. Every nation holds two capabilities; a third of them come only with a partner."""
    rng, tables = random.Random(f"coalition {case.size} {case.seed}"), Tables()
    nations = [f"N{number:02}" for number in range(1, case.size + 1)]
    tables.rows["nations"] = [{"nation": n, "name": n} for n in nations]
    c1, c2, c3, c4, c5 = capabilities = [tables.capability(f"c{k}") for k in range(1, 6)]
    for nation in nations:
        for capability in sorted(rng.sample(capabilities, 2)):
            tables.available(nation, capability, rng.randint(1, 4))
        if rng.random() < 1 / 3:
            one, other = rng.sample([n for n in nations if n != nation], 2)
            both = rng.choice((f"joins({one})", f"joins({one}) or joins({other})"))
            row = {"caveat": f"v_{nation}", "nation": nation, "requires": both}
            tables.rows["caveats"].append(row | {"basis": "assumption"})
    times = 2 if case.family == "large" else 1
    for weights, need in (
        ({c1: 1, c2: 1}, 3),
        ({c2: 1}, 1),
        ({c3: 1, c1: 2}, 3),
        ({c4: 1}, 1),
        ({c4: 1}, 1),
        ({c5: 1, c4: 1}, 2),
    ):
        tables.line(weights, times * need)
    return tables


def council(case: Case) -> Tables:
    """A line for each rule of the council, each on a capability of its own."""
    rule, names = COUNCILS[case.family]
    tables = Tables()
    tables.rows["nations"] = [{"nation": n, "name": n} for n in rule.nations]
    for name, need in zip(names, rule.needs, strict=True):
        tables.line({tables.capability(name): 1}, need)
    for nation, weights in zip(rule.nations, rule.weights, strict=True):
        for name, units in zip(names, weights, strict=True):
            tables.available(nation, name, units)
    return tables


def write(case: Case, folder: Path) -> None:
    make = council if case.family in COUNCILS else coalition
    make(case).write(folder)


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
