"""Workspaces to measure the search for unlocking and blocking sets on, each made from a seed.

A case is written FAMILY-SIZE, with options after colons: `plain-20`, `choices-24:seed=2`,
`plain-12:nations=8`. SIZE is the number of open preconditions.

    python tests/benchmarks/blocker_workspaces.py plain-20 /tmp/plain-20
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, cycle, product
from math import comb
from pathlib import Path
from typing import Any

Row = dict[str, Any]
Edge = tuple[int, ...]
TASK = "mission"
MODEL = "benchmark"


@dataclass(frozen=True)
class Case:
    """A family of workspaces and what fixes one of them. `k`: of the family `choose`."""

    family: str
    size: int
    seed: int = 1
    nations: int = 30
    k: int = 0

    @classmethod
    def named(cls, text: str) -> Case:
        name, *options = text.split(":")
        family, _, size = name.rpartition("-")
        if family not in FAMILIES or not size.isdigit():
            raise SystemExit(f"no case '{text}'; FAMILY-SIZE with one of {', '.join(FAMILIES)}")
        given = dict(option.split("=") for option in options)
        if not given.keys() <= {"seed", "nations", "k"}:
            raise SystemExit(f"'{text}': the options are seed, nations and k")
        return cls(family, int(size), **{key: int(value) for key, value in given.items()})

    @property
    def name(self) -> str:
        default = Case(self.family, self.size)
        options = (
            f":{key}={getattr(self, key)}"
            for key in ("seed", "nations", "k")
            if getattr(self, key) != getattr(default, key)
        )
        return f"{self.family}-{self.size}" + "".join(options)

    @property
    def random(self) -> random.Random:
        return random.Random(f"{self.family} {self.size} {self.seed} {self.nations}")

    @property
    def edge_size(self) -> int:
        """Of `choose`: how many preconditions each line could wait for."""
        return self.k or self.size // 2

    def known_counts(self) -> tuple[int, int] | None:
        """The numbers of unlocking and blocking sets, where a formula gives them."""
        n, k = self.size, self.edge_size
        match self.family:
            case "matching":
                return 2 ** (n // 2), n // 2
            case "dual_matching":
                return n // 2, 2 ** (n // 2)
            case "threshold":
                return n // 2 + 1, n * n // 4
            case "choose":
                return comb(n, n - k + 1), comb(n, k)
        return None


class Tables:
    """The tables of a workspace and its one task, row by row."""

    def __init__(self, case: Case) -> None:
        rng = random.Random(f"{case.size} preconditions {case.seed}")
        self.nations = [f"N{number:02}" for number in range(1, case.nations + 1)]
        self.preconditions = [f"p{number:03}" for number in range(1, case.size + 1)]
        self.lines: list[Row] = []
        self._rows: dict[str, list[Row]] = {
            "nations": [{"nation": n, "name": n} for n in self.nations],
            "capabilities": [],
            "availability": [],
            "caveats": [],
            "preconditions": [
                {
                    "precondition": name,
                    "name": name,
                    "kind": rng.choice(("political", "legal", "military")),
                    "status": "open",
                    "holder": rng.choice(self.nations),
                    "effort": rng.randint(1, 10),
                    "likelihood": rng.randint(1, 19) / 20,
                }
                for name in self.preconditions
            ],
        }

    @property
    def rows(self) -> dict[str, list[Row]]:
        """By table."""
        return self._rows

    def capability(self, name: str) -> str:
        row = {"capability": name, "name": name, "domain": "land", "unit": "unit", "personnel": 100}
        self._rows["capabilities"].append(row)
        return name

    def available(self, nation: str, capability: str, quantity: int) -> None:
        self._rows["availability"].append(
            {
                "nation": nation,
                "capability": capability,
                "quantity": quantity,
                "basis": "assumption",
            }
        )

    def caveat(self, nation: str, capabilities: str, requires: str) -> None:
        self._rows["caveats"].append(
            {
                "caveat": f"v{len(self._rows['caveats']) + 1}",
                "nation": nation,
                "capability": capabilities,
                "requires": requires,
                "basis": "assumption",
            }
        )

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
        write_tables(self._rows, [model], folder)


def condition(rng: random.Random, names: Sequence[str], turn: Iterator[str] | None = None) -> str:
    """A condition with `and`, `or` and `at_least` over two to five of the preconditions; the
    first two are those whose turn it is, if any."""
    a, b, c, d, e = rng.sample(names, 5)
    if turn is not None:
        a, b = next(turn), next(turn)
    return rng.choice(
        (
            f"{a} and {b}",
            f"{a} and {b}",
            f"{a} or {b}",
            f"{a} and ({b} or {c})",
            f"{a} or ({b} and {c})",
            f"({a} or {b}) and ({c} or {d})",
            f"at_least(2, {a}, {b}, {c})",
            f"at_least(2, {a}, {b}, {c}, {d})",
            f"at_least(3, {a}, {b}, {c}, {d}, {e})",
        )
    )


def plain(case: Case, part: float = 0.6) -> Tables:
    """Lines with a capability each: nobody has to choose between two of them.

    part: what part of all that nations have a line needs.
    """
    rng, tables = case.random, Tables(case)
    for number in range(1, 9):
        plain_line(rng, tables, f"c{number}", part)
    return tables


def plain_line(rng: random.Random, tables: Tables, capability: str, part: float) -> None:
    """A line with a capability of its own, which eight nations have behind a caveat each."""
    tables.capability(capability)
    total = 0
    for nation in sorted(rng.sample(tables.nations, min(8, len(tables.nations)))):
        units = rng.randint(1, 3)
        tables.available(nation, capability, units)
        tables.caveat(nation, capability, condition(rng, tables.preconditions))
        total += units
    tables.line({capability: 1}, round(part * total))


def dense(case: Case) -> Tables:
    """As `plain`, with needs that leave more ways open: about 15,000 sets at size 24."""
    return plain(case, part=0.45)


def choices(case: Case, part: float = 0.9) -> Tables:
    """Substitutes at a ratio, lines that draw on one pool, nations that go only with others."""
    return _choosing(case, case.random, part, held=2)


def crowded(case: Case) -> Tables:
    """As `choices`, with needs that leave about 15,000 sets at size 24."""
    return _choosing(case, case.random, part=0.95, held=2)


def wide(case: Case) -> Tables:
    """As `choices`, with so many preconditions that all sets cannot be listed, and needs that a
    few nations meet."""
    return _choosing(case, case.random, part=0.25, held=3, in_turn=True)


def _choosing(
    case: Case, rng: random.Random, part: float, held: int, in_turn: bool = False
) -> Tables:
    """Six lines on five capabilities. Every nation holds `held` of them, each behind a caveat.

    part: how much of what there is the lines need. in_turn: conditions take the preconditions in
    turn, so that most of a large number are named.
    """
    tables = Tables(case)
    turn = cycle(rng.sample(tables.preconditions, case.size)) if in_turn else None
    capabilities = [tables.capability(f"c{number}") for number in range(1, 6)]
    supply = dict.fromkeys(capabilities, 0)
    for nation in tables.nations:
        for capability in sorted(rng.sample(capabilities, held)):
            units = rng.randint(1, 3)
            supply[capability] += units
            tables.available(nation, capability, units)
            tables.caveat(nation, capability, _partnered(rng, tables, nation, turn))
    c1, c2, c3, c4, c5 = capabilities
    for weights, share, of in (
        ({c1: 1, c2: 1}, 0.75, supply[c1] + supply[c2]),
        ({c2: 1}, 0.3, supply[c2]),
        ({c3: 1, c1: 2}, 0.9, supply[c3]),
        ({c4: 1}, 0.5, supply[c4]),
        ({c4: 1}, 0.4, supply[c4]),
        ({c5: 1, c4: 1}, 0.9, supply[c5]),
    ):
        tables.line(weights, round(part * share * of))
    return tables


def _partnered(rng: random.Random, tables: Tables, nation: str, turn: Iterator[str] | None) -> str:
    """A condition that sometimes asks for another nation at the task, or takes one instead."""
    own = condition(rng, tables.preconditions, turn)
    partner = f"joins({rng.choice([other for other in tables.nations if other != nation])})"
    likely = rng.random()
    if likely < 0.2:
        return f"({own}) and {partner}"
    if likely < 0.4:
        return f"({own}) or ({rng.choice(tables.preconditions)} and {partner})"
    return own


def waiting(case: Case, edges: Iterable[Edge]) -> Tables:
    """A line an edge: it waits for any one of the edge's preconditions."""
    tables = Tables(case)
    for number, edge in enumerate(edges):
        nation = tables.nations[number % len(tables.nations)]
        capability = tables.capability(f"c{number + 1}")
        tables.available(nation, capability, 1)
        names = [tables.preconditions[i] for i in edge]
        tables.caveat(nation, capability, " or ".join(names))
        tables.line({capability: 1}, 1)
    return tables


def pairs(size: int) -> list[Edge]:
    return [(i, i + 1) for i in range(0, size - 1, 2)]


FAMILIES: dict[str, Callable[[Case], Tables]] = {
    "plain": plain,
    "choices": choices,
    "dense": dense,
    "crowded": crowded,
    "wide": wide,
    "matching": lambda case: waiting(case, pairs(case.size)),
    "dual_matching": lambda case: waiting(case, product(*pairs(case.size))),
    "threshold": lambda case: waiting(
        case, ((i, j) for j in range(1, case.size, 2) for i in range(j))
    ),
    "choose": lambda case: waiting(case, combinations(range(case.size), case.edge_size)),
}


def write(case: Case, folder: Path) -> None:
    FAMILIES[case.family](case).write(folder)


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
