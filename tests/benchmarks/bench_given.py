"""What review and repair of a given plan cost, as whole commands.

    python tests/benchmarks/bench_given.py --docs

A plan of some 3,000 rows on a NATO-sized workspace is reviewed as it was found, and with a third of
its quantities one off; a plan of NATO size is repaired of which 20 rows are broken. The plan of the
reference case is repaired without one nation, and its tasks' ladder of offers made. Beside each
stands what starting Python and importing pandas and CP-SAT costs in the same run.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from bench_facts import facts, write_section
from plan_workspaces import Case, write

CASE = Case(tasks=200, periods=4)
IMPORT = "import pandas; from ortools.sat.python import cp_model"
MODEL = "reassurance_20k"
WORLDS = "ceasefire", "ceasefire_us_backstop"
DISTANCE = ("keep_", "new_", "changed_")
LEAVING = ("POL", "GBR", "FRA")
COLUMNS = ("nation", "task", "line", "capability", "periods", "quantity")


@dataclass(frozen=True)
class Timed:
    """A command: CPU of it and its children, wall time, both in seconds, and what it printed."""

    cpu: float
    wall: float
    printed: str


def timed(*command: str, folder: Path) -> Timed:
    """Runs a command to its end; any exit but 0 and 3 is an error."""
    began, before = time.perf_counter(), os.times()
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    after = os.times()
    if done.returncode not in (0, 3):
        raise SystemExit(f"{' '.join(command)}: {done.stderr}")
    cpu = after.children_user + after.children_system
    cpu -= before.children_user + before.children_system
    return Timed(cpu, time.perf_counter() - began, done.stdout)


def allocator(*words: str, folder: Path) -> Timed:
    return timed(sys.executable, "-m", "allocator", *words, "--json", folder=folder)


def drawn_plan(solved: Path) -> list[dict[str, str | int]]:
    """The rows of a plan that was found, units shared between several rows."""
    found: list[dict[str, str | int]] = []
    for row in csv.DictReader((solved / "tables/allocation.csv").open(encoding="utf-8")):
        units = int(row["quantity"])
        parts = min(units, 4)
        for part in range(parts):
            share = units // parts + (part < units % parts)
            cell = {column: row[column] for column in COLUMNS[:4]}
            found.append({**cell, "periods": row["period"], "quantity": share})
    return found


def put(rows: list[dict[str, str | int]], path: Path) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS)
        writer.writeheader()
        writer.writerows(rows)


def spoiled(rows: list[dict[str, str | int]]) -> list[dict[str, str | int]]:
    """A third of the quantities one more or one fewer."""
    rng = random.Random(1)
    change = (0, 0, 0, 0, 1, -1)
    return [{**row, "quantity": max(0, int(row["quantity"]) + rng.choice(change))} for row in rows]


def reviews(place: Path) -> Iterator[str]:
    folder = place / "nato"
    write(CASE, folder)
    solve = ("solve", "--time-limit", "60", "--out", "solved")
    allocator(*solve, folder=folder)
    rows = drawn_plan(folder / "solved")
    for name, plan in (("as found", rows), ("a third of the rows one off", spoiled(rows))):
        put(plan, folder / "plan.csv")
        done = allocator("review", "plan.csv", folder=folder)
        broken = len(json.loads(done.printed)["violations"])
        yield line(f"review of {len(plan):,} rows, {name}: {broken:,} breaches", done, folder)


def broken(place: Path) -> Iterator[str]:
    """A plan as it was found, 20 of its rows with ten times the units."""
    folder = place / "broken"
    write(Case(), folder)
    allocator("solve", "--time-limit", "120", "--out", "solved", folder=folder)
    with (folder / "solved" / "tables/allocation.csv").open(encoding="utf-8") as file:
        found = [{**row, "periods": row["period"]} for row in csv.DictReader(file)]
    plan: list[dict[str, str | int]] = [{c: row[c] for c in COLUMNS} for row in found]
    for row in random.Random(1).sample(plan, 20):
        row["quantity"] = 10 * int(row["quantity"])
    put(plan, folder / "plan.csv")
    done = allocator("repair", "plan.csv", "--time-limit", "120", folder=folder)
    yield line(f"repair of {len(plan):,} rows, 20 broken: {proved(done)}", done, folder)


def ladders(place: Path) -> Iterator[str]:
    done = allocator("offers", MODEL, "--time-limit", "60", folder=place / "reference")
    cut = ", cut off" if json.loads(done.printed)["timed_out"] else ""
    yield line(f"offers of the reference case, the ladder of every task{cut}", done, place)


def repairs(place: Path) -> Iterator[str]:
    folder = place / "reference"
    timed(sys.executable, "-m", "allocator", "init", "reference", folder=place)
    for world in WORLDS:
        where = (MODEL, "--world", world, "--time-limit")
        allocator("solve", *where, "60", "--out", world, folder=folder)
        rows = (folder / world / "tables/allocation.csv").read_text(encoding="utf-8").count(
            "\n"
        ) - 1
        for nation in LEAVING:
            done = allocator("repair", world, *where, "20", "--without", nation, folder=folder)
            what = f"repair of {rows} rows of `{world}` without {nation}"
            yield line(f"{what}: {proved(done)}", done, folder)


def proved(repair: Timed) -> str:
    levels = json.loads(repair.printed)["levels"]
    near = [level for level in levels if level["objective"].startswith(DISTANCE)]
    of_near = [level["objective"] for level in near if level["status"] == "optimal"]
    of_all = sum(level["status"] == "optimal" for level in levels)
    told = f"{len(of_near)} of {len(near)} levels of the distance proved"
    if len(of_near) < len(near):
        told += f" ({', '.join(of_near)})"
    return f"{told}, {of_all} of {len(levels)} in all"


def line(what: str, done: Timed, folder: Path) -> str:
    start = timed(sys.executable, "-c", IMPORT, folder=folder)
    return f"| {what} | {done.cpu:.1f} | {done.wall:.1f} | {done.cpu / start.cpu:.1f} |"


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--docs", action="store_true", help="write docs/benchmarks.md")
    asked = parser.parse_args()
    head = [
        "| command | CPU, s | wall, s | CPU beside the imports |",
        "| --- | ---: | ---: | ---: |",
    ]
    with tempfile.TemporaryDirectory() as made:
        rows, room = [], Path(made)
        for row in (*reviews(room), *repairs(room), *ladders(room), *broken(room)):
            print(row, flush=True)
            rows.append(row)
    if asked.docs:
        command = "tests/benchmarks/bench_given.py --docs"
        write_section("given", [*head, *rows, "", *facts(command, "ortools", "pandas")])


if __name__ == "__main__":
    main()
