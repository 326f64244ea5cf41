"""All unlocking and blocking sets of a dumped program with CPMpy's MARCO.

    python run_marco.py PROGRAM.json --solver exact --timeout 600

A soft constraint says that one precondition is not met; the rows are hard. Then the minimal
correction sets are the unlocking sets and the minimal unsatisfiable subsets the blocking sets.
Runs in the peers' own environment and knows nothing of the allocator.
"""

from __future__ import annotations

import argparse
import json
import os
import threading
import time
from pathlib import Path
from typing import Any

BEGAN = time.perf_counter()


def constraints(program: dict[str, Any], cp: Any) -> tuple[list[Any], dict[str, Any]]:
    """The rows as constraints, and the precondition switches by name."""
    variables = [
        cp.boolvar() if (low, high) == (0, 1) else cp.intvar(low, high)
        for low, high in program["variables"]
    ]
    rows = []
    for terms, low, high in program["rows"]:
        total = cp.sum([coefficient * variables[v] for coefficient, v in terms])
        if low is not None and low == high:
            rows.append(total == low)
            continue
        if low is not None:
            rows.append(total >= low)
        if high is not None:
            rows.append(total <= high)
    return rows, {name: variables[v] for name, v in program["switches"].items()}


class Found:
    """The sets so far; printed once, at the end or at the timeout."""

    def __init__(self, asked: argparse.Namespace) -> None:
        self._asked = asked
        self._lock = threading.Lock()
        self.sets: dict[str, list[list[str]]] = {"MCS": [], "MUS": []}
        self.loaded = BEGAN

    def tell(self, complete: bool) -> None:
        with self._lock:
            now = time.perf_counter()
            families = {
                "unlocking": sorted(self.sets["MCS"]),
                "blocking": sorted(self.sets["MUS"]),
            }
            if self._asked.sets:
                self._asked.sets.write_text(json.dumps(families))
            report = {
                "complete": complete,
                "unlocking": len(families["unlocking"]),
                "blocking": len(families["blocking"]),
                "search_seconds": now - self.loaded,
            }
            print(json.dumps(report), flush=True)
            os._exit(0)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("program", type=Path)
    parser.add_argument("--solver", choices=("exact", "ortools"), default="exact")
    parser.add_argument("--map-solver", choices=("exact", "ortools"))
    parser.add_argument("--timeout", type=float, default=600.0, metavar="SECONDS")
    parser.add_argument("--sets", type=Path, help="write the sets to this file")
    asked = parser.parse_args()

    found = Found(asked)
    timer = threading.Timer(asked.timeout, found.tell, [False])
    timer.daemon = True
    timer.start()

    import cpmpy as cp
    from cpmpy.tools.explain.marco import marco

    hard, switches = constraints(json.loads(asked.program.read_text()), cp)
    names = {str(~switch): name for name, switch in switches.items()}
    found.loaded = time.perf_counter()
    soft = [~switch for switch in switches.values()]
    map_solver = asked.map_solver or asked.solver
    for kind, members in marco(soft, hard, solver=asked.solver, map_solver=map_solver):
        found.sets[kind].append(sorted(names[str(member)] for member in members))
    found.tell(True)


if __name__ == "__main__":
    main()
