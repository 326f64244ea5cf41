"""How long the workbook of a NATO-sized run takes to write, and how much memory.

    python tests/benchmarks/bench_results_workbook.py --docs

32 nations, 150 capabilities, 100 tasks of 8 lines, 6 periods. The run is made, not searched for:
60 tasks are staffed and have 10 packages each, 30 are blocked and have 100 ways, 10 are short. Its
figures are of the right number and kind; nothing says that they are a plan. Peers write the same
cells, without formats, formulas, charts or comments. Each is a process of its own.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from itertools import combinations, islice
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path[:0] = [str(HERE), str(ROOT)]

from allocator.inputs.inspection import from_tables
from allocator.inputs.problem import build
from allocator.report.tables.table import Table
from allocator.results.result import (
    AddedUnits,
    Cell,
    Family,
    Gaps,
    Level,
    Package,
    Packages,
    Plan,
    Result,
    TaskRecord,
    WorldRecord,
    by_size,
)
from allocator.results.run import RunRecord

NATIONS, CAPABILITIES, TASKS, LINES, PERIODS = 32, 150, 100, 8, 6
READY, BLOCKED, PACKAGES, WAYS = 60, 30, 10, 100
PRECONDITIONS = [f"p{number:02}" for number in range(1, 17)]
Row = dict[str, Any]


def tables(rng: random.Random) -> tuple[dict[str, list[Row]], Row]:
    """The tables of the workspace and its model."""
    nations = [f"N{number:02}" for number in range(1, NATIONS + 1)]
    kinds = [f"c{number:03}" for number in range(1, CAPABILITIES + 1)]
    held = [(n, c) for n in nations for c in kinds if rng.random() < 0.45]
    made: dict[str, list[Row]] = {
        "nations": [{"nation": n, "name": f"Nation {n}"} for n in nations],
        "capabilities": [
            {"capability": c, "name": f"Company {c}", "domain": "land", "unit": "company",
             "personnel": rng.choice((80, 120, 200)), "rotation": rng.choice((1, 2, 3))}
            for c in kinds
        ],
        "availability": [
            {"nation": n, "capability": c, "quantity": rng.randint(1, 9), "basis": "estimate",
             "note": f"A note on {n} and {c}", "source": "A source"}
            for n, c in held
        ],
        "preconditions": [
            {"precondition": p, "name": f"Precondition {p}", "kind": "political", "status": "open",
             "holder": rng.choice(nations), "effort": rng.randint(1, 10), "likelihood": 0.5}
            for p in PRECONDITIONS
        ],
        "caveats": [
            {"caveat": f"{n}_{p}", "nation": n, "domain": "land", "requires": p,
             "basis": "estimate", "task": f"t{rng.randint(READY + 1, TASKS):03}"}
            for n in nations
            for p in rng.sample(PRECONDITIONS, 4)
        ],
    }  # fmt: skip
    model = {"name": "nato", "title": "A NATO-sized operation", "horizon": {"periods": PERIODS}}
    return made, model | {"tasks": [_task(number, kinds, rng) for number in range(1, TASKS + 1)]}


def _task(number: int, kinds: Sequence[str], rng: random.Random) -> Row:
    taken = rng.sample(kinds, 2 * LINES)
    lines = [
        {
            "line": f"l{n}",
            "any_of": {taken[2 * n]: 1, taken[2 * n + 1]: 1},
            "minimum": 4,
            "target": 6,
        }
        for n in range(LINES)
    ]
    return {"task": f"t{number:03}", "title": f"Task number {number}", "lines": lines}


def made_run(seed: int = 1) -> RunRecord:
    """The run, with a workspace and a problem that are read as any other."""
    rng = random.Random(seed)
    workspace, issues = from_tables(*(lambda made, model: (made, [model]))(*tables(rng)))
    if workspace is None:
        raise SystemExit(str(issues[0]))
    problem = build(workspace, "nato")
    ids = [task.id for task in problem.tasks]
    cells = tuple(cell for task in ids[:READY] for cell in _cells(problem, task, rng, ()))
    short = tuple(_shortfalls(problem, ids))
    levels = (Level(objective="economy", value=1, bound=1, status="optimal"),)
    plan = Plan(
        status="optimal",
        levels=levels,
        staffed=tuple(ids[:READY]),
        allocation=cells,
        shortfalls=short,
    )
    records = tuple(_record(problem, number, rng) for number in range(TASKS))
    result = Result(
        model="nato", world=WorldRecord(name="today", holds={}), plan=plan, tasks=records
    )
    began = datetime(2026, 1, 1, tzinfo=UTC)
    return RunRecord("solve", problem, problem.world(), result, workspace=workspace, began=began)


def _cells(problem: Any, task: str, rng: random.Random, of: Sequence[str]) -> Iterator[Cell]:
    """Two nations a line and period; of these alone, where they are named."""
    for line in problem.task(task).lines:
        for period in problem.periods:
            for capability in line.weights:
                nation = rng.choice(of or problem.nations)
                yield Cell(
                    nation=nation, task=task, line=line.id, capability=capability,
                    period=period, quantity=rng.randint(1, 3),
                )  # fmt: skip


def _shortfalls(problem: Any, ids: Sequence[str]) -> Iterator[Any]:
    from allocator.results.result import Shortfall

    for task in ids:
        for line in problem.task(task).lines:
            for p in problem.periods:
                yield Shortfall(task=task, line=line.id, period=p, minimum=4, target=6, filled=4)


def _record(problem: Any, number: int, rng: random.Random) -> TaskRecord:
    task = problem.tasks[number].id
    if number < READY:
        groups = [tuple(sorted(rng.sample(problem.nations, 8))) for _ in range(PACKAGES)]
        sets = tuple(
            Package(nations=group, allocation=tuple(_cells(problem, task, rng, group)), released=())
            for group in groups
        )
        return TaskRecord(task=task, verdict="ready", packages=Packages(complete=True, sets=sets))
    if number < READY + BLOCKED:
        ways = by_size(islice(combinations(PRECONDITIONS, 4), WAYS))
        family = Family(complete=True, sets=ways)
        return TaskRecord(task=task, verdict="blocked", unlocking=family, blocking=family)
    line = problem.tasks[number].lines[0]
    units = tuple(
        AddedUnits(line=line.id, period=p, capability=next(iter(line.weights)), quantity=3)
        for p in problem.periods
    )
    return TaskRecord(task=task, verdict="short", gaps=Gaps(units=units, units_status="optimal"))


# --- what is timed ---------------------------------------------------------------------------


def ours(run: RunRecord, tables: Sequence[Table], path: Path) -> None:
    from allocator.report.workbook import write_workbook

    write_workbook(run, tables, path)


def with_openpyxl(run: RunRecord, tables: Sequence[Table], path: Path) -> None:
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    for table in _shown(run, tables):
        sheet = book.create_sheet(table.name)
        for row in (table.header, *table.rows):
            sheet.append(row)
    book.save(path)


def with_pandas(run: RunRecord, tables: Sequence[Table], path: Path) -> None:
    import pandas as pd

    with pd.ExcelWriter(path, engine="xlsxwriter") as writer:
        for table in _shown(run, tables):
            frame = pd.DataFrame(list(table.rows), columns=list(table.header))
            frame.to_excel(writer, sheet_name=table.name, index=False)


def _shown(run: RunRecord, tables: Sequence[Table]) -> Iterator[Table]:
    """The tables and inputs as far as our sheets have them."""
    from dataclasses import replace

    from allocator.report.tables.inputs import input_tables
    from allocator.report.workbook.sheets import MOST_ROWS

    for table in (*tables, *input_tables(run)):
        yield replace(table, rows=table.rows[:MOST_ROWS])


WRITERS: dict[str, Callable[[RunRecord, Sequence[Table], Path], None]] = {
    "ours": ours,
    "openpyxl, write-only": with_openpyxl,
    "DataFrame.to_excel": with_pandas,
}


def timed(who: str) -> dict[str, float]:
    """One writer, in this process."""
    from allocator.report.tables.run import all_tables

    run = made_run()
    began = time.perf_counter()
    made = all_tables(run)
    laid = time.perf_counter()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "results.xlsx"
        cpu = time.process_time()
        WRITERS[who](run, made, path)
        ended, spent = time.perf_counter(), time.process_time() - cpu
        size = path.stat().st_size / 2**20
    return {
        "tables": laid - began,
        "seconds": ended - laid,
        "cpu": spent,
        "before": before,
        "mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "size": size,
        "rows": sum(len(table.rows) for table in made),
        "shown": sum(len(table.rows) for table in _shown(run, made)),
    }


def measured() -> dict[str, dict[str, float]]:
    found = {}
    for who in WRITERS:
        command = [sys.executable, __file__, "--only", who]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        found[who] = json.loads(done.stdout)
    return found


def section(found: dict[str, dict[str, float]]) -> list[str]:
    """The table of docs/benchmarks.md, and how it came about."""
    from bench_facts import facts

    own = found["ours"]
    lines = [
        "| who | seconds | CPU, s | peak, MiB | before, MiB | file, MiB | times ours |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    for who, f in found.items():
        times = f"{f['seconds'] / own['seconds']:.2f}" if f is not own else "–"
        figures = f"{f['seconds']:.1f} | {f['cpu']:.1f} | {f['mib']:.0f} | {f['before']:.0f}"
        lines.append(f"| {who} | {figures} | {f['size']:.1f} | {times} |")
    packages = ("XlsxWriter", "openpyxl", "pandas")
    command = "tests/benchmarks/bench_results_workbook.py --docs"
    return [
        *lines,
        "",
        f"{own['rows']:,.0f} rows in all tables, {own['shown']:,.0f} on sheets; making the tables "
        f"took {own['tables']:.1f} s more. *before*: what the process holds with the run and its "
        f"tables, before it writes.",
        "",
        *facts(command, *packages, more=["one run each"]),
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--only", choices=WRITERS, help="one writer, as JSON")
    parser.add_argument("--docs", action="store_true", help="write to docs/benchmarks.md")
    asked = parser.parse_args()
    if asked.only:
        print(json.dumps(timed(asked.only)))
        return
    lines = section(measured())
    print("\n".join(lines))
    if asked.docs:
        from bench_facts import write_section

        write_section("results_workbook", lines)


if __name__ == "__main__":
    main()
