"""What comes first, and what becomes of a plan if something is lost: whole commands.

    python tests/benchmarks/bench_order.py --docs

`order` is asked of every model of the reference case, and for the best order of 20 acts of a
workspace made from a seed; `endure` of every event on the plan of 20,000 under a ceasefire; and of
every ready task which packages survive one loss, and two, beyond what `packages` takes. Beside each
command stands what starting Python with pandas and CP-SAT costs in the same run.
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent))

from bench_blockers import COMMAND, Ran, run
from bench_facts import ROOT, facts, write_section
from bench_solve import IMPORTS, measured
from blocker_workspaces import Case, write

MODEL, WORLD = "reassurance_20k", "ceasefire"
TASKS = 5
ACTS = 20


def asked(*words: str, limit: float, room: Path, workspace: Path = ROOT) -> tuple[Ran, Any]:
    """The command and its JSON; any exit but 0 and 3 is an error."""
    command = [*COMMAND, *words, "-w", str(workspace), "--time-limit", str(limit)]
    ran = run([*command, "--json", "--no-keep"], limit, room)
    if ran.code not in (0, 3):
        raise SystemExit(f"{' '.join(words)}: {ran.errors}")
    return ran, json.loads(ran.output)


def orders(room: Path) -> Iterator[tuple[str, Ran, str]]:
    for model in sorted(path.stem for path in (ROOT / "models").glob("*.yaml")):
        ran, found = asked("order", "--model", model, limit=60, room=room)
        named = len(found["acts"])
        whole = "whole" if found["circles_complete"] and not found["timed_out"] else "cut off"
        yield f"`order` of `{model}`", ran, f"{named} acts, {whole}"


def best_order(room: Path) -> Iterator[tuple[str, Ran, str]]:
    """Each task waits for some of the acts; each act for those whose number divides its own."""
    write(Case.named(f"plain-{ACTS}"), room)
    _wait_for_divisors(room / "inputs" / "preconditions.csv")
    _several_tasks(room / "models" / "benchmark.yaml")
    for by in ("benefit", "date", "effort"):
        ran, found = asked("order", "--by", by, limit=60, room=room, workspace=room)
        plan = found["road_map"]
        proved = "proved" if plan["value"] == plan["bound"] else f"bound {plan['bound']}"
        yield f"best order of {ACTS} acts, by {by}", ran, f"value {plan['value']}, {proved}"


def _wait_for_divisors(path: Path) -> None:
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for number, row in enumerate(rows, 1):
        waits = [rows[n - 1]["precondition"] for n in range(2, number) if number % n == 0]
        row |= {"after": " and ".join(waits), "lead_months": str(1 + number % 4)}
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def _several_tasks(path: Path) -> None:
    """Instead of one task with all lines, each has some of them."""
    head, _, lines = path.read_text(encoding="utf-8").partition("- task: mission")
    between, _, lines = lines.partition("  - line: ")
    each = [f"  - line: {line}" for line in lines.split("  - line: ")]
    tasks = [
        f"- task: mission_{number}\n  priority: {number + 1}{between.rstrip(' ')}"
        + "".join(line if line.endswith("\n") else f"{line}\n" for line in each[number::TASKS])
        for number in range(TASKS)
    ]
    path.write_text(head + "".join(tasks), encoding="utf-8")


def losses(room: Path) -> Iterator[tuple[str, Ran, str]]:
    ran, found = asked("endure", MODEL, "--world", WORLD, limit=120, room=room)
    states = Counter(task["state"] for event in found["events"] for task in event["tasks"])
    told = ", ".join(f"{states[state]:,} {state}" for state in sorted(states))
    yield f"`endure` of every event, {len(found['events'])} of them", ran, told


def survivors(room: Path) -> Iterator[tuple[str, Ran, str]]:
    """What `--survive` takes is a phase of its own in what the run keeps."""
    _, found = asked("blockers", "--model", MODEL, "--world", WORLD, limit=60, room=room)
    ready = [task["task"] for task in found["tasks"] if task["verdict"] == "ready"]
    for lost in ("1", "2"):
        seconds, several = 0.0, 0
        for task in ready:
            out = room / f"{task}-{lost}"
            words = ["packages", task, "--model", MODEL, "--world", WORLD, "--survive", lost]
            command = [*COMMAND, *words, "-w", str(ROOT), "--time-limit", "60", "--out", str(out)]
            ran = measured(command, 60, room)
            took = json.loads((out / "machine/run.json").read_text(encoding="utf-8"))["seconds"]
            seconds, several = max(seconds, took["survive"]), several + 1
        told = f"{seconds:.1f} s beyond `packages` at the most, of {several} ready tasks"
        yield f"survive {lost}: the last task's command", ran, told


def table(room: Path) -> Iterator[str]:
    start = measured(IMPORTS, 60, room)
    yield "| command | CPU, s | wall, s | CPU beside the imports | what came of it |"
    yield "| --- | ---: | ---: | ---: | --- |"
    for part in (orders, best_order, losses, survivors):
        folder = room / part.__name__
        folder.mkdir()
        for what, ran, told in part(folder):
            cost = f"{ran.cpu:.1f} | {ran.seconds:.1f} | {ran.cpu / start.cpu:.1f}"
            line = f"| {what} | {cost} | {told} |"
            print(line, flush=True)
            yield line


def main(words: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--docs", action="store_true", help="write docs/benchmarks.md")
    options = parser.parse_args(words)
    with tempfile.TemporaryDirectory() as made:
        lines = [*table(Path(made))]
    if options.docs:
        command = "tests/benchmarks/bench_order.py --docs"
        write_section("order", [*lines, "", *facts(command, "ortools", "pandas")])


if __name__ == "__main__":
    main()
