"""Counts by what noes are shown: over the reference case, every model in every named world, and
over families with shared pools.

    python tests/benchmarks/bench_proofs.py reference packages choices-20 crowded-22
    python tests/benchmarks/bench_proofs.py reference --models reassurance_40k --list

A no is a task that is short or a blocking set (`reference`), or a set of nations without which a
task has no package (`packages`, which takes long). Each is checked again by the checker, and what
it refuses ends the run with an error. `--list` names those left to engines. `--docs` writes the
table to docs/benchmarks.md.
"""

from __future__ import annotations

import argparse
import shlex
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parent), str(Path(__file__).resolve().parents[2])]

from bench_facts import PAGE, ROOT, facts, write_section
from blocker_workspaces import TASK, Case, write

import allocator
from allocator.checker import check_certificate
from allocator.frames import Run
from allocator.planner import Planner
from allocator.results.certificate import Certificate, Proof, TaskCertificate

KINDS = ("condition", "sum", "splits", "steps", "engines")
REFERENCE, PACKAGES = "reference", "packages"
No = tuple[str, str, tuple[str, ...], Proof]
"""Which task, what kind of no, without whom or what, and what shows it."""


@dataclass
class Counts:
    """The noes of one row of the table."""

    name: str
    by: Counter[str] = field(default_factory=Counter)
    open: list[str] = field(default_factory=list)
    seconds: float = 0.0
    checking: float = 0.0

    def add(self, planner: Planner, run: Run) -> None:
        """Count the noes of a run, each checked anew."""
        certificate = run.certificate
        assert certificate is not None
        problem = planner.problem(run.result.model)
        world = planner.world(problem, run.result.world.name)
        began = time.process_time()
        checked = check_certificate(problem, world, run.result, certificate)
        self.checking += time.process_time() - began
        if checked.faults:
            raise SystemExit("\n".join(checked.faults))
        for task, kind, members, proof in noes(certificate):
            self.by[proof.by] += 1
            if proof.by == "engines":
                named = ", ".join(members)
                self.open.append(f"{certificate.model} {world.name} {task} {kind} {{{named}}}")


def noes(certificate: Certificate) -> Iterator[No]:
    """Every no of a certificate."""
    for part in certificate.tasks:
        if part.short is not None:
            yield part.task, "short", (), part.short
        yield from _of_families(part)


def _of_families(part: TaskCertificate) -> Iterator[No]:
    for kind, family in (("blocking", part.preconditions), ("coalition", part.packages)):
        for one in family.blocking if family else ():
            yield part.task, kind, one.members, one.proof


def reference(asked: argparse.Namespace, case: str) -> Iterator[Counts]:
    """One row a model: all its tasks in every named world."""
    planner = allocator.load(ROOT)
    for model in asked.models or sorted(planner.workspace.models):
        row = Counts(f"{model}, packages" if case == PACKAGES else model)
        problem = planner.problem(model)
        tasks = [task.id for task in problem.tasks]
        ask = planner.packages if case == PACKAGES else planner.blockers
        for world in asked.worlds or ["today", *problem.worlds]:
            began = time.process_time()
            run = ask(tasks, model=model, world=world, time_limit=asked.limit)
            row.seconds += time.process_time() - began
            row.add(planner, run)
        yield row


def family(name: str, limit: float) -> Counts:
    """The unlocking and blocking sets of one made workspace."""
    row = Counts(name)
    with tempfile.TemporaryDirectory() as room:
        write(Case.named(name), Path(room))
        planner = allocator.load(room)
        began = time.process_time()
        run = planner.blockers(TASK, time_limit=limit)
        row.seconds = time.process_time() - began
        row.add(planner, run)
    return row


def rows_of(case: str, asked: argparse.Namespace) -> Iterator[Counts]:
    """The rows of one case of the command line."""
    if case in (REFERENCE, PACKAGES):
        yield from reference(asked, case)
    else:
        yield family(case, asked.limit)


def table(rows: Sequence[Counts]) -> list[str]:
    head = [*KINDS[:-1], "left to engines", "search, CPU s", "checked in, CPU s"]
    lines = [
        f"| noes of | all | {' | '.join(head)} |",
        "| --- | ---: |" + " ---: |" * len(head),
    ]
    for row in rows:
        cells = [f"{row.by[kind]:,}" for kind in KINDS]
        cells += [f"{row.seconds:.1f}", f"{row.checking:.1f}"]
        lines.append(f"| {row.name} | {row.by.total():,} | {' | '.join(cells)} |")
    return lines


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("cases", nargs="+", metavar="reference|packages|CASE")
    parser.add_argument("--models", nargs="*", help="of the reference case [all]")
    parser.add_argument("--worlds", nargs="*", help="of the reference case [all]")
    parser.add_argument("--limit", type=float, default=300.0, help="seconds of every command")
    parser.add_argument("--list", action="store_true", help="name those left to engines")
    parser.add_argument("--docs", action="store_true", help=f"write to docs/{PAGE.name}")
    asked = parser.parse_args()
    rows: list[Counts] = []
    for case in asked.cases:
        for row in rows_of(case, asked):
            rows.append(row)
            print(table([row])[-1], flush=True)
            for line in row.open if asked.list else ():
                print(f"  {line}", flush=True)
    again = f"tests/benchmarks/bench_proofs.py {shlex.join(sys.argv[1:])}"
    lines = [*table(rows), "", *facts(again, "ortools")]
    print("\n".join(lines))
    if asked.docs:
        write_section("proofs", lines)


if __name__ == "__main__":
    main()
