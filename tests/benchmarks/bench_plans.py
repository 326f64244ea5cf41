"""Joint plans of NATO size: ours beside HiGHS, GSCIP and plain CP-SAT on the same program.

    python tests/benchmarks/bench_plans.py nato:nations=10:capabilities=30:tasks=15 --seconds 5
    python tests/benchmarks/bench_plans.py nato --who ours --who highs --docs plans

Every engine runs in a process of its own, one after another, and takes the levels in turn. A peer
has SECONDS for each level and carries its plan on as a start; ours has the same for all levels
together. Whoever finds a plan, the checker measures it; a value that beats a proved bound ends the
run with an error. `--docs NAME` writes the table to that section of docs/benchmarks.md.
"""

from __future__ import annotations

import argparse
import json
import os
import shlex
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

from bench_blockers import Ran, needed, run
from bench_facts import facts, write_section
from plan_workspaces import Case

WHO = ("ours", "highs", "gscip", "cpsat")
Values = Sequence[int] | None


# --- in the process of one engine ---------------------------------------------------------


def solve(who: str, folder: Path, seconds: float, upto: str) -> Iterator[dict[str, Any]]:
    """A record a level, and one for the making of the program; ours makes it in the same way."""
    import allocator
    from allocator.deadline import Deadline
    from allocator.engines.bounds import Bounds
    from allocator.model import build
    from allocator.model.objectives import levels
    from allocator.model.scope import joint

    planner = allocator.load(folder)
    problem = planner.problem(None)
    world = planner.world(problem, "today")
    began = time.monotonic()
    variables = build(problem, joint(problem, world))
    objectives = levels(variables)
    program = variables.program
    yield {
        "build": time.monotonic() - began,
        "variables": len(program.low),
        "rows": len(program.rows),
        "cells": len(variables.sent),
        "terms": sum(len(row.terms) for row in program.rows),
    }
    if upto:
        names = [objective.name for objective in objectives]
        objectives = objectives[: names.index(upto) + 1]
    if who == "ours":
        yield from _ours(problem, world, seconds, objectives)
        return
    values: Values = None
    for objective in objectives:
        began = time.monotonic()
        found, bound = PEERS[who](program, objective, values, seconds)
        if found is not None:
            found = variables.measured(found)
            if values is None or objective.better(objective.value(found), objective.value(values)):
                values = found
        value = objective.value(values or variables.nothing())
        bounds = Bounds(objective, objective.trivial_bound(program), Deadline(seconds))
        bounds.claim(bound, "cpsat")
        bounds.refute(value)
        objective.keep(program, value)
        yield _record(objective.name, value, bounds.claimed.value, time.monotonic() - began)


def _ours(problem: Any, world: Any, seconds: float, objectives: Sequence[Any]) -> Iterator[Any]:
    from dataclasses import replace

    from allocator.checker.plan import plan_faults
    from allocator.deadline import Deadline
    from allocator.engines import Settings
    from allocator.search.plan.joint import joint_plan

    wanted = {objective.name.partition("[")[0] for objective in objectives}
    problem = replace(problem, objectives=tuple(o for o in problem.objectives if o in wanted))
    times = [time.monotonic()]
    plan = joint_plan(
        problem, world, Settings(), Deadline(seconds * len(objectives)),
        lambda level: times.append(time.monotonic()), os.cpu_count() or 1,
    )  # fmt: skip
    faults = list(plan_faults(problem, world, plan))
    if faults:
        raise SystemExit("\n".join(faults))
    spent = [after - before for before, after in pairwise(times)]
    spent += [0.0] * (len(plan.levels) - len(spent))
    for level, took in zip(plan.levels, spent, strict=True):
        yield _record(level.objective, level.value, level.bound, took)


def _record(name: str, value: int, bound: int | None, seconds: float) -> dict[str, Any]:
    return {"objective": name, "value": value, "bound": bound, "seconds": seconds}


def _cpsat(program: Any, objective: Any, start: Values, seconds: float) -> tuple[Values, Any]:
    from allocator.deadline import Deadline
    from allocator.engines import Settings
    from allocator.engines.cpsat import CpSat

    settings = Settings(workers=os.cpu_count() or 1)
    outcome = CpSat(program, settings).ask(Deadline(seconds), None, objective, start)
    return outcome.values, outcome.bound


def _mathopt(solver: str) -> Callable[[Any, Any, Values, float], tuple[Values, Any]]:
    def ask(program: Any, objective: Any, start: Values, seconds: float) -> tuple[Values, Any]:
        from ortools.math_opt.python import mathopt

        from allocator.engines.highs import _bound
        from allocator.engines.linear import columns_of, mathopt_model

        model = mathopt_model(columns_of(program), integer=True)
        variables = list(model.variables())
        total = mathopt.fast_sum([c * variables[v] for c, v in objective.terms])
        model.set_objective(total, is_maximize=objective.maximise)
        hints = []
        if start is not None:
            at = {variables[v]: float(value) for v, value in enumerate(start)}
            hints.append(mathopt.SolutionHint(variable_values=at))
        result = mathopt.solve(
            model,
            mathopt.SolverType[solver],
            params=mathopt.SolveParameters(time_limit=timedelta(seconds=seconds)),
            model_params=mathopt.ModelSolveParameters(solution_hints=hints),
        )
        bound = _bound(result, objective)
        if not result.has_primal_feasible_solution():
            return None, bound
        values = tuple(round(value) for value in result.variable_values(variables))
        return (values if program.holds(values) else None), bound

    return ask


PEERS = {"cpsat": _cpsat, "highs": _mathopt("HIGHS"), "gscip": _mathopt("GSCIP")}


# --- all of them --------------------------------------------------------------------------


@dataclass(frozen=True)
class Side:
    """What one engine said of one case, level by level."""

    who: str
    ran: Ran
    made: dict[str, Any]
    levels: tuple[dict[str, Any], ...]


def measure(case: Case, asked: argparse.Namespace, room: Path) -> list[Side]:
    folder = room / "workspace"
    needed([sys.executable, str(HERE / "plan_workspaces.py"), case.name, str(folder)], room)
    sides = []
    for who in asked.who or WHO:
        command = [sys.executable, __file__, case.name, "--solve", who, str(folder)]
        command += ["--seconds", str(asked.seconds), "--upto", asked.upto]
        ran = run(command, 20 * asked.seconds + 300, room)
        lines = [json.loads(text) for text in ran.output.splitlines() if text.startswith("{")]
        if ran.code:
            print(f"  {who} ended with {ran.code}: {ran.errors.strip()[-300:]}", file=sys.stderr)
        sides.append(Side(who, ran, lines[0] if lines else {}, tuple(lines[1:])))
        print(f"  {case.name} {who}: {ran.seconds:.0f} s", file=sys.stderr, flush=True)
    _agree(case, sides)
    return sides


def _agree(case: Case, sides: Sequence[Side]) -> None:
    """While all levels so far have the same values, no value may beat anybody's bound."""
    for level in zip(*(side.levels for side in sides), strict=False):
        higher = level[0]["objective"].startswith("staff")
        sign = -1 if higher else 1
        best = min(sign * one["value"] for one in level)
        for side, one in zip(sides, level, strict=True):
            if one["bound"] is not None and sign * one["bound"] > best:
                raise SystemExit(f"{case.name}: {side.who} proves {one}, another has {sign * best}")
        if len({one["value"] for one in level}) > 1:
            return


def table(cases: Sequence[tuple[Case, Sequence[Side]]]) -> list[str]:
    lines = [
        "| case | who | level | value | bound | gap | s |",
        "| --- | --- | --- | ---: | ---: | ---: | ---: |",
    ]
    for case, sides in cases:
        for side in sides:
            for one in side.levels:
                bound = "–" if one["bound"] is None else f"{one['bound']:,}"
                lines.append(
                    f"| {case.name} | {side.who} | {one['objective']} | {one['value']:,} | {bound} "
                    f"| {_gap(one)} | {one['seconds']:.1f} |"
                )
    lines += [
        "",
        "| case | who | cells | variables | rows | building, s | building, % | all, s | CPU, s "
        "| peak, MiB |",
        "| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    for case, sides in cases:
        for side in sides:
            made, ran = side.made, side.ran
            lines.append(
                f"| {case.name} | {side.who} | {made.get('cells', 0):,} "
                f"| {made.get('variables', 0):,} | {made.get('rows', 0):,} "
                f"| {made.get('build', 0):.2f} | {100 * made.get('build', 0) / ran.seconds:.1f} "
                f"| {ran.seconds:.1f} | {ran.cpu:.1f} | {ran.mib:.0f} |"
            )
    return lines


def growth(cases: Sequence[tuple[Case, Sequence[Side]]]) -> list[str]:
    """A row a case and engine: its size, and how long it takes until the last level."""
    lines = [
        "| case | who | cells | variables | terms | building, s | ms a 1000 terms "
        "| until the last level, s | last level | gap | peak, MiB |",
        "| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | --- | ---: | ---: |",
    ]
    for case, sides in cases:
        for side in sides:
            made, last = side.made, side.levels[-1]
            seconds = made["build"] + sum(one["seconds"] for one in side.levels)
            lines.append(
                f"| {case.name} | {side.who} | {made['cells']:,} | {made['variables']:,} "
                f"| {made['terms']:,} | {made['build']:.2f} "
                f"| {1e6 * made['build'] / made['terms']:.2f} | {seconds:.1f} "
                f"| {last['objective']} | {_gap(last)} | {side.ran.mib:.0f} |"
            )
    return lines


def _gap(one: dict[str, Any]) -> str:
    if one["bound"] is None:
        return "–"
    away = abs(one["value"] - one["bound"])
    if not away:
        return "optimal"
    return f"{100 * away / max(abs(one['value']), 1):.2f} %"


def command() -> str:
    """What to repeat."""
    words = " ".join(shlex.quote(word) for word in sys.argv[1:])
    return f"tests/benchmarks/bench_plans.py {words}"


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("cases", nargs="+", type=Case.named, metavar="CASE")
    parser.add_argument("--seconds", type=float, default=60.0, help="a level [60]")
    parser.add_argument("--who", action="append", choices=WHO, help="only these; repeatable")
    parser.add_argument("--upto", default="", metavar="LEVEL", help="no levels after this one")
    parser.add_argument("--growth", action="store_true", help="a row a case")
    parser.add_argument("--docs", default="", metavar="NAME", help="section to write")
    parser.add_argument("--solve", nargs=2, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.solve:
        who, folder = asked.solve
        for record in solve(who, Path(folder), asked.seconds, asked.upto):
            print(json.dumps(record), flush=True)
        return
    measured = []
    for case in asked.cases:
        with tempfile.TemporaryDirectory() as room:
            measured.append((case, measure(case, asked, Path(room))))
    written = growth if asked.growth else table
    lines = [*written(measured), "", *facts(command(), "ortools")]
    print("\n".join(lines))
    if asked.docs:
        write_section(asked.docs, lines)


if __name__ == "__main__":
    main()
