"""The reference case over a ladder of time limits: nothing is lost, nothing contradicts itself.

    python tests/benchmarks/ladder.py                        every model and world, all limits
    python tests/benchmarks/ladder.py --models reassurance_20k --limits 1,5,20 --busy

Each step is a command of its own, as a planner types it, with all cores kept busy beside it where
that is asked for. A step passes where the command ends with 0 or 3, its run is kept and `verify`
finds no fault, no level of the plan loses what an earlier level had reached, and levels that are
proved under one limit have the same value under every other. Ends with 1 where a step fails.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
LIMITS = (1, 2, 5, 10, 20, 60, 100, 120)

WATCHED = """
import sys
from allocator.search.plan import levels

lost, level = [], levels._Run.level

def watched(run, objectives):
    bound, objective = level(run, objectives), objectives[0]
    reached = run.__dict__.setdefault("reached", [])  # Packages have levels of their own.
    if run.values is not None:
        for earlier, value in reached:
            if earlier.better(value, now := earlier.value(run.values)):
                lost.append(f"{earlier.name} was {value}, is {now} after {objective.name}")
        reached.append((objective, objective.value(run.values)))
    return bound

levels._Run.level = watched
from allocator.cli import main

try:
    main()
except SystemExit as ended:
    print(*(f"lost: {level}" for level in lost), sep="\\n", file=sys.stderr)
    sys.exit(5 if lost else ended.code)
"""
"""The command, ending with 5 where a level is lost."""


@dataclass(frozen=True)
class Step:
    model: str
    world: str
    limit: int


class Ladder:
    """What the steps of one model and world have proved so far."""

    def __init__(self) -> None:
        self._proved: dict[str, tuple[int, int]] = {}

    def contradictions(self, step: Step, plan: dict[str, Any]) -> Iterator[str]:
        """Proved levels that differ from what another limit proved."""
        for level in plan["levels"]:
            if level["status"] != "optimal":
                return
            name, value = level["objective"], level["value"]
            before, limit = self._proved.setdefault(name, (value, step.limit))
            if before != value:
                yield f"{name} is {value}, under {limit} s it was proved {before}"
                return


def main() -> None:
    options = _options()
    failed = 0
    with _busy(options.busy), tempfile.TemporaryDirectory() as folder:
        for model in options.models:
            for world in options.worlds:
                ladder = Ladder()
                for limit in options.limits:
                    step = Step(model, world, limit)
                    failed += not _climb(step, ladder, Path(folder))
    print(f"{failed} steps failed" if failed else "no step failed")
    sys.exit(bool(failed))


def _climb(step: Step, ladder: Ladder, folder: Path) -> bool:
    out = folder / f"{step.model}-{step.world}-{step.limit}"
    began = time.monotonic()
    command = ["solve", step.model, "--world", step.world, "--time-limit", str(step.limit),
               "-w", str(ROOT), "--out", str(out)]  # fmt: skip
    ended = _run([sys.executable, "-c", WATCHED, *command])
    seconds = time.monotonic() - began
    wrong = [] if ended.returncode in (0, 3) else [f"ended with {ended.returncode}"]
    lines = ended.stderr.splitlines()
    wrong += [line for line in lines if line.startswith(("lost: ", "Traceback", "At fault"))]
    told = ""
    if (out / "machine/result.json").is_file():
        plan = json.loads((out / "machine/result.json").read_bytes())["plan"]
        wrong += ladder.contradictions(step, plan)
        checked = _run([sys.executable, "-m", "allocator", "verify", str(out)])
        wrong += [] if checked.returncode == 0 else [f"verify: {checked.stdout[-300:]}"]
        told = " ".join(f"{le['value']}{'' if le['status'] == 'optimal' else '?'}"
                        for le in plan["levels"])  # fmt: skip
    else:
        wrong.append("no run was kept")
    print(f"{step.model} {step.world} {step.limit} s: {seconds:.1f} s: {told}", flush=True)
    for what in wrong:
        print(f"    FAILED: {what}", flush=True)
    return not wrong


def _run(command: list[str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, capture_output=True, text=True, check=False)


@contextmanager
def _busy(wanted: bool) -> Iterator[None]:
    """Every core is kept busy by a process of its own."""
    number = (os.cpu_count() or 1) if wanted else 0
    spinning = [multiprocessing.Process(target=_spin, daemon=True) for _ in range(number)]
    for process in spinning:
        process.start()
    try:
        yield
    finally:
        for process in spinning:
            process.kill()


def _spin() -> None:
    while True:
        pass


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    models = sorted(path.stem for path in (ROOT / "models").glob("*.yaml"))
    rows = (ROOT / "inputs" / "worlds.csv").read_text(encoding="utf-8").splitlines()[1:]
    worlds = ["today", *sorted({row.split(",")[0] for row in rows})]

    def names(text: str) -> list[str]:
        return text.split(",")

    parser.add_argument("--models", type=names, default=models)
    parser.add_argument("--worlds", type=names, default=worlds)
    parser.add_argument("--limits", type=lambda t: [*map(int, t.split(","))], default=[*LIMITS])
    parser.add_argument("--busy", action="store_true", help="keep every core busy beside it")
    return parser.parse_args()


if __name__ == "__main__":
    main()
