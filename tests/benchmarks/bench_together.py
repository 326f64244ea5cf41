"""How many figures must be off together, of every open task of the reference case.

    python tests/benchmarks/bench_together.py --docs

Each task by itself, in every model and world, with 20 s: verdict, corners and the fewest figures,
without draws. By the ranges that the tables have; `--spread 30` gives all others one.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from bench_facts import ROOT, facts, write_section

import allocator
from allocator.planner import Planner
from allocator.results.ranges import Together

LIMIT = 20.0
SHOWN = 1.0
"""Seconds of CPU below which a task has no row of its own."""

BASES = ("general_knowledge", "estimate", "assumption")

Row = tuple[str, str, str, str, Together, float, float]


def rows(planner: Planner, models: Sequence[str], spread: dict[str, float]) -> Iterator[Row]:
    for model in models:
        problem = planner.problem(model)
        for world in ("today", *sorted(problem.worlds)):
            for task in problem.tasks:
                began, used = time.monotonic(), time.process_time()
                found = planner.ranges(
                    task.id, model, world=world, spread=spread, draws=0, time_limit=LIMIT
                ).tasks[0]
                took = time.process_time() - used, time.monotonic() - began
                if found.together is not None:
                    yield model, world, task.id, found.stated, found.together, *took


def table(found: Sequence[Row]) -> Iterator[str]:
    proved = sum(row[4].proved for row in found)
    yield f"{len(found)} open tasks, {proved} proved; of these the longest took " + (
        f"{max((row[5] for row in found if row[4].proved), default=0):.1f} s of CPU. "
        f"Those of over {SHOWN:.0f} s, and those not proved:"
    )
    yield ""
    yield "| model | world | task | as stated | off together | proved bound | CPU, s | wall, s |"
    yield "| --- | --- | --- | --- | ---: | ---: | ---: | ---: |"
    for model, world, task, stated, told, cpu, wall in found:
        if cpu > SHOWN or not told.proved:
            number = told.number or "not known"
            yield (
                f"| `{model}` | `{world}` | `{task}` | {stated} | {number} | {told.bound} "
                f"| {cpu:.1f} | {wall:.1f} |"
            )


def main(words: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--docs", action="store_true", help="write docs/benchmarks.md")
    parser.add_argument("--models", nargs="*", help="all by default")
    parser.add_argument("--spread", type=float, help="per cent, for figures without a range")
    options = parser.parse_args(words)
    planner = allocator.load(ROOT)
    models = options.models or sorted(planner.workspace.models)
    spread = dict.fromkeys(BASES, options.spread) if options.spread else {}
    lines = [*table([*rows(planner, models, spread)])]
    print("\n".join(lines))
    if options.docs:
        command = "tests/benchmarks/bench_together.py --docs"
        write_section("together", [*lines, "", *facts(command, "ortools")])


if __name__ == "__main__":
    main()
