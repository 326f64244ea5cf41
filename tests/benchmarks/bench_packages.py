"""Times the search for packages, who matters and what can be counted, and a peer beside it.

    python tests/benchmarks/bench_packages.py security_council nice coalition-30 reference
    python tests/benchmarks/bench_packages.py coalition-30 --peers ENV/bin/python --docs

Councils are checked against published values, or the run ends with an error. Where ours and the
peer are both complete, their sets must be the same. `--docs` writes the sections of the groups
that were run to docs/benchmarks.md, as they came out.
"""

from __future__ import annotations

import argparse
import csv
import json
import shlex
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path.insert(0, str(HERE))

from bench_blockers import COMMAND, Ran, facts, needed, run
from bench_facts import write_section
from package_workspaces import COUNCILS, TASK, Case

PUBLISHED = {
    "security_council": (848, 210, {"P0": (0.1669, 0.1963), "E0": (0.0165, 0.00186)}),
    "nice": (None, 561_820, {"DEU": (0.0778, 0.0871), "MLT": (0.0094, 0.0082)}),
}
"""Winning coalitions, packages, and of some nations the Banzhaf share and the Shapley index."""

REFERENCE = "reference"
WORLDS = (
    "today",
    "ceasefire",
    "ceasefire_us_backstop",
    "ceasefire_plans_revised",
    "peace_agreement",
    "all_met",
)


# --- councils -----------------------------------------------------------------------------


def councils_table(names: Sequence[str], asked: argparse.Namespace) -> list[str]:
    lines = [
        "| council | nations | winning coalitions | packages | by | listed | whole command, s "
        "| CPU, s | peak, MiB |",
        "| --- | ---: | ---: | ---: | --- | ---: | ---: | ---: | ---: |",
    ]
    for name in names:
        with tempfile.TemporaryDirectory() as room:
            ran, kept = _ours(name, Path(room), asked, ["--limit", "5"])
            row = _rows(kept / "tables/coalitions.csv")[0]
            _check(name, row, _rows(kept / "tables/power.csv"))
        listed = len(ran.answer["tasks"][0]["packages"]["sets"])
        lines.append(
            f"| {name} | {row['nations']} | {int(row['winning']):,} | {int(row['packages']):,} "
            f"| {row['basis']} | {listed} | {ran.seconds:.2f} | {ran.cpu:.2f} | {ran.mib:.0f} |"
        )
        print(lines[-1], file=sys.stderr, flush=True)
    return lines


def _check(name: str, row: dict[str, str], power: list[dict[str, str]]) -> None:
    winning, packages, indices = PUBLISHED[name]
    if int(row["packages"]) != packages or (winning and int(row["winning"]) != winning):
        raise SystemExit(f"{name}: {row} is not what is published")
    known = {one["nation"]: one for one in power}
    for nation, (banzhaf, shapley) in indices.items():
        found = known[nation]
        off = abs(float(found["banzhaf_share"]) - banzhaf), abs(float(found["shapley"]) - shapley)
        if off[0] > 5e-5 or off[1] > 5e-5:
            raise SystemExit(f"{name}: {found} is not what is published")


def _ours(
    name: str, room: Path, asked: argparse.Namespace, options: Sequence[str]
) -> tuple[Ran, Path]:
    workspace, kept = room / "workspace", room / "kept"
    maker = [sys.executable, str(HERE / "package_workspaces.py"), name, str(workspace)]
    needed(maker, room)
    command = [*COMMAND, "packages", TASK, "-w", str(workspace), "--json", "--out", str(kept)]
    ran = run([*command, "--time-limit", str(asked.timeout), *options], asked.timeout, room)
    if ran.code:
        raise SystemExit(f"{shlex.join(command)} failed:\n{ran.errors}")
    return ran, kept


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


# --- beside a peer ------------------------------------------------------------------------


def coalitions_table(names: Sequence[str], asked: argparse.Namespace) -> list[str]:
    lines = [
        "| case | who | packages | blocking coalitions | whole process, s | search, s | CPU, s "
        "| peak, MiB | CPU, times ours |",
        "| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    for name in names:
        with tempfile.TemporaryDirectory() as folder:
            room = Path(folder)
            whole, _ = _ours(name, room, asked, [])
            found = whole.answer["tasks"][0]["packages"]
            ours = sorted(sorted(package["nations"]) for package in found["sets"])
            rows = [("ours, whole command", _listed(found), "–", None, whole)]
            alone = _sets_alone(room, asked)
            rows.append(("ours, sets alone", *_numbers(alone), alone))
            if asked.peers:
                peer, sets = _peer(room, asked)
                rows.append(("exact", *_numbers(peer), peer))
                _agree(name, ours, found["complete"], sets, peer.answer["complete"])
            for who, packages, blocking, search, ran in rows:
                figures = f"{ran.seconds:.2f} | {'–' if search is None else f'{search:.2f}'}"
                ratio = "–" if who.startswith("ours") else f"{ran.cpu / alone.cpu:.1f}"
                lines.append(
                    f"| {name} | {who} | {packages} | {blocking} | {figures} | {ran.cpu:.2f} "
                    f"| {ran.mib:.0f} | {ratio} |"
                )
                print(lines[-1], file=sys.stderr, flush=True)
    return lines


def _listed(found: dict[str, Any]) -> str:
    """How many packages the command listed, and of how many."""
    listed = f"{len(found['sets']):,}"
    if found["complete"]:
        return listed
    if "in_all" in found:
        return f"{found['in_all']:,}, {listed} of them listed"
    return f"{listed} + (all of up to {found['whole_to']} nations)"


def _numbers(ran: Ran) -> tuple[str, str, float]:
    """Packages, blocking coalitions, and the seconds of the search."""
    cut = "" if ran.answer["complete"] else " +"
    packages, blocking = (f"{ran.answer[key]:,}{cut}" for key in ("unlocking", "blocking"))
    return packages, blocking, ran.answer["search_seconds"]


def _sets_alone(room: Path, asked: argparse.Namespace) -> Ran:
    """As much as the peer does: the sets, in a process of its own."""
    command = [sys.executable, str(HERE / "bench_packages.py"), "--search"]
    command += [str(room / "workspace"), "--timeout", str(asked.timeout)]
    ran = run(command, asked.timeout, room)
    if ran.code:
        raise SystemExit(f"{shlex.join(command)} failed:\n{ran.errors}")
    return ran


def search_alone(workspace: Path, seconds: float) -> None:
    """Prints how many packages and blocking coalitions the search finds, and its seconds."""
    import allocator
    from allocator.deadline import Deadline
    from allocator.engines import Settings
    from allocator.search.packages.search import PackageSearch

    planner = allocator.load(workspace)
    problem = planner.problem()
    began = time.perf_counter()
    deadline = Deadline(seconds)
    packing = PackageSearch(problem, problem.world(), TASK, Settings(), deadline)
    found = packing.questions.search(deadline)
    whole = found.whole
    report = {
        "complete": found.settled,
        "unlocking": whole.unlocking if whole else len(found.minimal),
        "blocking": whole.blocking if whole else len(found.blocking),
        "search_seconds": time.perf_counter() - began,
    }
    print(json.dumps(report))


def _peer(room: Path, asked: argparse.Namespace) -> tuple[Ran, list[list[str]]]:
    program, sets = room / "program.json", room / "sets.json"
    dumper = [sys.executable, str(HERE / "dump_program.py"), str(room / "workspace"), TASK]
    needed([*dumper, str(program), "--nations"], room)
    command = [str(asked.peers), str(HERE / "peers" / "run_marco.py"), str(program)]
    command += ["--solver", "exact", "--timeout", str(asked.timeout), "--sets", str(sets)]
    return run(command, asked.timeout, room), json.loads(sets.read_text())["unlocking"]


def _agree(
    name: str, ours: list[list[str]], whole: bool, theirs: list[list[str]], peer_whole: bool
) -> None:
    """The same sets where both are complete; none that is not among the others where one is."""
    known = {tuple(one) for one in theirs}
    if peer_whole and any(tuple(one) not in known for one in ours):
        raise SystemExit(f"{name}: a package of ours is not the peer's")
    if whole and (len(known) > len(ours) or known - {tuple(one) for one in ours}):
        raise SystemExit(f"{name}: a package of the peer's is not ours")


# --- the reference case -------------------------------------------------------------------


def reference_table(asked: argparse.Namespace) -> list[str]:
    """Every ready task of the default model: all packages, each with its best allocation."""
    import allocator
    from allocator.deadline import Deadline
    from allocator.engines import Settings
    from allocator.search.packages.search import PackageSearch

    lines = [
        "| world | ready tasks | packages | search, s | with best allocations, s | that is, s a "
        "task | CPU, s a task | slowest task | its packages | s | CPU, s |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: | --- | ---: | ---: | ---: |",
    ]
    planner = allocator.load(ROOT)
    problem = planner.problem()
    for world_name in asked.world or WORLDS:
        verdicts = planner.blockers(world=world_name, time_limit=asked.timeout)
        ready = [record.task for record in verdicts.result.tasks if record.verdict == "ready"]
        world = planner.world(problem, world_name)
        each: dict[str, tuple[float, float, float, int]] = {}
        for task in ready:
            began, cpu = time.perf_counter(), time.process_time()
            packing = PackageSearch(problem, world, task, Settings(), Deadline(asked.timeout))
            packing.questions.search(Deadline(asked.timeout))
            searched = time.perf_counter() - began
            found: Any = packing.run(Deadline(asked.timeout))
            if not found.complete:
                raise SystemExit(f"{world_name}, {task}: not complete in {asked.timeout} s")
            spent = time.perf_counter() - began, time.process_time() - cpu
            each[task] = (searched, *spent, len(found.sets))
        total = [sum(one[k] for one in each.values()) for k in range(4)]
        slowest = max(each, key=lambda task: each[task][2])
        _, seconds, cpu, number = each[slowest]
        lines.append(
            f"| {world_name} | {len(ready)} | {total[3]:,} | {total[0]:.1f} | {total[1]:.1f} "
            f"| {total[1] / len(ready):.2f} | {total[2] / len(ready):.2f} | {slowest} | {number} "
            f"| {seconds:.1f} | {cpu:.1f} |"
        )
        print(lines[-1], file=sys.stderr, flush=True)
    return lines


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("cases", nargs="*", metavar="CASE")
    parser.add_argument("--search", type=Path, metavar="WORKSPACE", help=argparse.SUPPRESS)
    parser.add_argument("--timeout", type=float, default=60.0, metavar="SECONDS")
    parser.add_argument("--peers", type=Path, metavar="PYTHON")
    parser.add_argument("--world", action="append", help="of the reference case; repeatable")
    parser.add_argument("--docs", action="store_true")
    asked = parser.parse_args()
    if asked.search:
        search_alone(asked.search, asked.timeout)
        return
    asked.repeats = 1
    if asked.peers:
        asked.peers = asked.peers.absolute()
    councils = [name for name in asked.cases if name in COUNCILS]
    others = [Case.named(n).name for n in asked.cases if n not in (*COUNCILS, REFERENCE)]
    sections: dict[str, list[str]] = {}
    if councils:
        sections["councils"] = councils_table(councils, asked)
    if others:
        sections["coalitions"] = coalitions_table(others, asked)
    if REFERENCE in asked.cases:
        sections["packages"] = reference_table(asked)
    for name, table in sections.items():
        lines = [*table, "", *facts(asked)]
        print("\n".join(lines), flush=True)
        if asked.docs:
            write_section(name, lines)


if __name__ == "__main__":
    main()
