"""The integer program of one task alone as neutral JSON, for the peers to read.

python tests/benchmarks/dump_program.py WORKSPACE TASK PROGRAM.json

variables   [low, high] of each; one that is fixed has both equal
rows        [[[coefficient, variable], …], low, high]; null: no bound on that side
switches    variable of each open precondition, or with `--nations` of each nation, by name
effort      effort of each open precondition, by name; 1 for a nation
"""

from __future__ import annotations

import argparse
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import allocator
from allocator.model import build
from allocator.model.program import FREE
from allocator.model.scope import alone
from allocator.search.blockers.verdict import relevant_preconditions
from allocator.search.packages.search import candidates


def dumped(
    folder: Path, task: str, world_name: str, model: str | None, of_nations: bool
) -> dict[str, Any]:
    planner = allocator.load(folder)
    problem = planner.problem(model)
    world = planner.world(problem, world_name)
    scope = alone(problem, world, task)
    if of_nations:
        scope = replace(scope, nations=candidates(problem, world, task))
    else:
        preconditions = relevant_preconditions(problem, world, task)
        scope = replace(scope, preconditions=preconditions)
    variables = build(problem, scope)
    program = variables.program
    return {
        "variables": [list(bounds) for bounds in zip(program.low, program.high, strict=True)],
        "rows": [
            [
                [list(term) for term in row.terms],
                None if row.low <= -FREE else row.low,
                None if row.high >= FREE else row.high,
            ]
            for row in program.rows
        ],
        "switches": {name: v for (_, name), v in sorted(variables.switches.items())},
        "effort": {
            name: 1 if of_nations else problem.preconditions[name].effort
            for _, name in sorted(variables.switches)
        },
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("workspace", type=Path)
    parser.add_argument("task")
    parser.add_argument("program", type=Path)
    parser.add_argument("--world", default="today")
    parser.add_argument("--model")
    parser.add_argument("--nations", action="store_true", help="switches are nations")
    asked = parser.parse_args()
    program = dumped(asked.workspace, asked.task, asked.world, asked.model, asked.nations)
    asked.program.write_text(json.dumps(program))


if __name__ == "__main__":
    main()
