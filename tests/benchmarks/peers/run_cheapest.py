"""The cheapest unlocking set of a dumped program, as one optimisation with CPMpy.

    python run_cheapest.py PROGRAM.json --solver ortools --timeout 60

Runs in the peers' own environment and knows nothing of the allocator.
"""

from __future__ import annotations

import argparse
import json
import time
from pathlib import Path

from run_marco import constraints


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("program", type=Path)
    parser.add_argument("--solver", choices=("exact", "ortools"), default="ortools")
    parser.add_argument("--timeout", type=float, default=60.0, metavar="SECONDS")
    asked = parser.parse_args()

    import cpmpy as cp

    program = json.loads(asked.program.read_text())
    hard, switches = constraints(program, cp)
    model = cp.Model(hard)
    model.minimize(cp.sum([program["effort"][name] * x for name, x in switches.items()]))
    loaded = time.perf_counter()
    solver = cp.SolverLookup.get(asked.solver, model)
    there = solver.solve(time_limit=asked.timeout)
    optimal = solver.status().exitstatus.name == "OPTIMAL"
    cost = int(solver.objective_value()) if there else None
    bound = cost if optimal else None
    if not optimal and asked.solver == "ortools":
        bound = round(solver.ort_solver.best_objective_bound)
    report = {
        "complete": optimal,
        "cost": cost,
        "bound": bound,
        "chosen": sorted(n for n, x in switches.items() if x.value()) if there else [],
        "search_seconds": time.perf_counter() - loaded,
    }
    print(json.dumps(report))


if __name__ == "__main__":
    main()
