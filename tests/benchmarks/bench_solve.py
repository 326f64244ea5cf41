"""CPU of `allocator solve` on the reference case today, page, workbook and tables written, beside
starting Python with pandas and CP-SAT in the same run.

    python tests/benchmarks/bench_solve.py --repeats 3 --docs
"""

from __future__ import annotations

import argparse
import json
import shlex
import statistics
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from bench_blockers import COMMAND, Ran, run
from bench_facts import PAGE, ROOT, facts, write_section

IMPORTS = [sys.executable, "-c", "import pandas; from ortools.sat.python import cp_model"]


def measured(command: Sequence[str], limit: float, room: Path) -> Ran:
    ran = run(command, limit, room)
    if ran.code:
        raise SystemExit(f"{shlex.join(command)} failed:\n{ran.errors}")
    return ran


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--limit", type=float, default=300.0, help="seconds of each command")
    parser.add_argument("--docs", action="store_true", help=f"write to docs/{PAGE.name}")
    asked = parser.parse_args()
    ours, imports, phases = [], [], {}
    for repeat in range(asked.repeats):
        with tempfile.TemporaryDirectory() as name:
            room, kept = Path(name), Path(name) / f"kept-{repeat}"
            imports.append(measured(IMPORTS, 60, room))
            command = [*COMMAND, "solve", "-w", str(ROOT), "--out", str(kept)]
            ours.append(measured([*command, "--time-limit", str(asked.limit)], asked.limit, room))
            record = json.loads((kept / "machine/run.json").read_text())
            if record["left_out"]:
                raise SystemExit(f"left out: {record['left_out']}")
            phases = record["seconds"]
    own, base = (statistics.median(r.cpu for r in runs) for runs in (ours, imports))
    wall = statistics.median(r.seconds for r in ours)
    lines = [
        "| command | CPU, s | wall, s | CPU beside the imports |",
        "| --- | ---: | ---: | ---: |",
        f"| `import pandas`, `cp_model` | {base:.2f} | | 1 |",
        f"| `allocator solve` | {own:.2f} | {wall:.1f} | {own / base:.1f} |",
        "",
        "Wall seconds by phase: "
        + ", ".join(f"{name} {seconds:.1f}" for name, seconds in phases.items())
        + ".",
        "",
        *facts(
            f"tests/benchmarks/bench_solve.py {shlex.join(sys.argv[1:])}",
            "ortools",
            "pandas",
            more=[f"median of {asked.repeats}"],
        ),
    ]
    print("\n".join(lines))
    if asked.docs:
        write_section("solve", lines)


if __name__ == "__main__":
    main()
