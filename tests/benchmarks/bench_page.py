"""How large a run's page is, and how fast a switch answers on it.

    python tests/benchmarks/bench_page.py --docs

Needs Chromium and Playwright. Each precondition is switched on and off again in the browser, from
different worlds; the clock runs from the change of a switch until the page is laid out anew. CPU is
that of the page's own thread: on a busy machine it alone says what the page costs.
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

from bench_facts import ROOT, facts, write_section
from blocker_workspaces import MODEL, Case, Tables, plain_line

import allocator
from allocator.results.result import Family, Plan, Result, TaskRecord, WorldRecord, by_size
from allocator.results.run import RunRecord

SIZE = 24
TASKS = 15
LINES = 8
PART = 0.6
SETS = 15_000
"""Unlocking sets of a task."""
SECONDS = 900.0

_FLIP = """() => {
  const times = [];
  const toggles = [...document.querySelectorAll(".toggle")];
  for (const round of [0, 1, 2, 3]) {
    for (const toggle of toggles) {
      const began = performance.now();
      toggle.click();
      document.body.getBoundingClientRect();
      times.push(performance.now() - began);
    }
  }
  return times;
}"""


def large(folder: Path) -> RunRecord:
    """Tasks of eight lines, whose nations wait for preconditions. The sets are drawn, not
    searched for: as many for each task as the largest families of the blockers' benchmarks have,
    all of one size, so that none contains another."""
    from allocator.inputs.files.write import write_tables

    tables, tasks = Tables(Case("plain", SIZE)), []
    for number in range(1, TASKS + 1):
        rng = random.Random(f"task {number}")
        tables.lines = []
        for line in range(1, LINES + 1):
            plain_line(rng, tables, f"t{number}c{line}", PART)
        tasks.append({"task": f"task_{number}", "axis": "presence", "lines": tables.lines})
    write_tables(tables.rows, [{"name": MODEL, "default": True, "tasks": tasks}], folder)
    planner = allocator.load(folder)
    problem = planner.problem()
    drawn = {task.id: _drawn(task.id, tables.preconditions) for task in problem.tasks}
    records = tuple(
        TaskRecord(task=task, verdict="blocked", unlocking=Family(complete=True, sets=sets))
        for task, sets in drawn.items()
    )
    world = problem.world()
    where = WorldRecord(name=world.name, holds=world.starts)
    result = Result(model=MODEL, world=where, plan=Plan(), tasks=records)
    return RunRecord("blockers", problem, world, result, workspace=planner.workspace)


def _drawn(task: str, names: list[str]) -> tuple[tuple[str, ...], ...]:
    rng, found = random.Random(task), set[tuple[str, ...]]()
    while len(found) < SETS:
        found.add(tuple(sorted(rng.sample(names, SIZE // 2))))
    return by_size(found)


def reference(folder: Path) -> RunRecord:
    return allocator.load(ROOT).blockers(time_limit=SECONDS)


CASES = {"reference case": reference, f"{SIZE} preconditions, {TASKS} tasks": large}


def measured(name: str, browser: Any) -> tuple[str, ...]:
    from allocator.report.page import page

    with tempfile.TemporaryDirectory() as folder:
        run = CASES[name](Path(folder) / "plan")
        began = time.perf_counter()
        html = page(run)
        seconds = time.perf_counter() - began
        path = Path(folder) / "report.html"
        path.write_text(html, encoding="utf-8")
        opened = browser.new_page()
        clock = opened.context.new_cdp_session(opened)
        clock.send("Performance.setTimeDomain", {"timeDomain": "threadTicks"})
        clock.send("Performance.enable")
        opened.goto(path.as_uri())
        before = busy(clock)
        times = [float(t) for t in opened.evaluate(_FLIP)]
        cpu = 1000 * (busy(clock) - before) / len(times)
    sets = sum(len(record.unlocking.sets) for record in run.result.tasks)
    return (
        name,
        f"{sets:,}",
        f"{seconds:.2f}",
        f"{len(html.encode()) / 1e6:.2f}",
        f"{cpu:.1f}",
        f"{statistics.median(times):.1f}",
        f"{statistics.quantiles(times, n=20)[-1]:.1f}",
        f"{max(times):.1f}",
    )


def busy(clock: Any) -> float:
    """CPU seconds that the page's thread has been at work."""
    found = clock.send("Performance.getMetrics")["metrics"]
    return float(next(one["value"] for one in found if one["name"] == "TaskDuration"))


HEADER = (
    "case",
    "unlocking sets",
    "written in, s",
    "page, MB",
    "a switch: CPU, ms",
    "median, ms",
    "95 %, ms",
    "slowest, ms",
)


def table(rows: list[tuple[str, ...]]) -> str:
    lines = [HEADER, tuple("---" if i == 0 else "---:" for i in range(len(HEADER))), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--docs", action="store_true", help="write the table into the docs")
    parser.add_argument("--chromium", default="/usr/bin/chromium")
    asked = parser.parse_args()
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=asked.chromium, args=["--no-sandbox"])
        rows = [measured(name, browser) for name in CASES]
        version = browser.version
        browser.close()
    command = "tests/benchmarks/bench_page.py --docs"
    lines = [table(rows), "", *facts(command, more=[f"Chromium {version}, headless"])]
    print("\n".join(lines))
    if asked.docs:
        write_section("page", lines)


if __name__ == "__main__":
    main()
