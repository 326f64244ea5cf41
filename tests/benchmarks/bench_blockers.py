"""Times the whole command `allocator blockers` and its peers on the same workspaces.

    python tests/benchmarks/bench_blockers.py plain-12 choices-12
    python tests/benchmarks/bench_blockers.py plain --peers ENV/bin/python --docs

Arguments are groups (all their cases) or cases, FAMILY-SIZE with options after colons, as in
`plain-20:seed=2:nations=12`. Every process is a new one; ours and the peers take turns. Where ours
and a peer are both complete, their sets must be the same, or the run ends with an error.
`--docs` writes a section for each group to docs/benchmarks.md, as it came out.
"""

from __future__ import annotations

import argparse
import csv
import json
import shlex
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

import bench_facts
from bench_blocker_tables import cheapest_table, families_table, seconds_of
from bench_facts import PAGE, ROOT, write_section
from bench_processes import Ran, needed, run
from blocker_workspaces import TASK, Case

DEFAULT_PEERS = HERE / "peers" / ".venv" / "bin" / "python"
COMMAND = [sys.executable, "-m", "allocator"]


@dataclass(frozen=True)
class Group:
    """Cases that belong into one table. `cost`: only the cheapest set is asked for."""

    title: str
    cases: tuple[str, ...]
    peers: tuple[str, ...] = ("exact", "ortools")
    cost: bool = False


GROUPS = {
    "plain": Group(
        "30 nations, no choices between lines",
        ("plain-20", "plain-20:seed=2", "plain-20:seed=3", "plain-22", "plain-24"),
    ),
    "choices": Group(
        "Shared pools, substitutes, partner conditions, two lines on one pool",
        ("choices-20", "choices-20:seed=2", "choices-20:seed=3", "choices-22"),
    ),
    "many": Group("24 open preconditions, about 15,000 sets", ("crowded-24", "dense-24")),
    "cheapest": Group(
        "The cheapest set among 60 and 200 open preconditions",
        tuple(f"wide-{size}:seed={seed}" for size in (60, 200) for seed in (1, 2, 3)),
        cost=True,
    ),
    "known": Group(
        "Families whose size a formula gives",
        ("matching-20", "dual_matching-16", "threshold-30", "choose-10"),
    ),
    "counted": Group(
        "Families too many to list",
        ("plain-28", "plain-32", "plain-36", "choices-25", "choices-28", "choices-32"),
        peers=(),
    ),
    "growth": Group(
        "Cost as the family grows",
        tuple(f"{family}-{size}" for family in ("plain", "choices") for size in (8, 12, 16, 20))
        + tuple(f"matching-{size}" for size in (8, 12, 16, 20, 24)),
        peers=(),
    ),
}
GROUP_OF = {
    "plain": "plain",
    "choices": "choices",
    "crowded": "many",
    "dense": "many",
    "wide": "cheapest",
}
REFERENCE = "reference"


# --- one case -----------------------------------------------------------------------------


@dataclass
class Side:
    """What ours or a peer did, over the repeats."""

    name: str
    runs: list[Ran] = field(default_factory=list)
    search: list[float] = field(default_factory=list)
    complete: bool = False
    counts: tuple[int, int] = (0, 0)
    cost: int | None = None
    bound: int | None = None

    @property
    def seconds(self) -> float:
        return statistics.median(ran.seconds for ran in self.runs)

    @property
    def cpu(self) -> float:
        return statistics.median(ran.cpu for ran in self.runs)

    @property
    def search_seconds(self) -> float:
        return statistics.median(self.search) if self.search else 0.0

    @property
    def mib(self) -> float:
        return max(ran.mib for ran in self.runs)

    @property
    def total(self) -> int:
        return sum(self.counts)


Families = dict[str, list[list[str]]]


class Measured:
    """One case: the workspace and its program are made first, outside the clock."""

    def __init__(self, case: Case, asked: argparse.Namespace, group: Group, room: Path) -> None:
        self.case = case
        self._asked = asked
        self._group = group
        self._room = room
        self._efforts: dict[str, int] = {}
        self._families: dict[str, Families] = {}
        self.sides: dict[str, Side] = {}
        self._make()

    def _make(self) -> None:
        python = sys.executable
        workspace, program = str(self._room / "workspace"), str(self._room / "program.json")
        maker, dumper = str(HERE / "blocker_workspaces.py"), str(HERE / "dump_program.py")
        needed([python, maker, self.case.name, workspace], self._room)
        needed([python, dumper, workspace, TASK, program], self._room)
        self._efforts = json.loads(Path(program).read_text())["effort"]

    def measure(self) -> None:
        peers = [name for name in self._asked.peer or self._group.peers if self._asked.peers]
        for repeat in range(self._asked.repeats):
            self._turn("ours", repeat)
            for peer in peers:
                if repeat == 0 or self.sides[peer].complete:
                    self._turn(peer, repeat)
        self._compare()

    def _turn(self, name: str, repeat: int) -> None:
        side = self.sides.setdefault(name, Side(name))
        ran = self._ours(side, repeat) if name == "ours" else self._peer(side)
        side.runs.append(ran)
        if ran.code:
            print(f"  {name} ended with {ran.code}: {ran.errors.strip()[-300:]}", file=sys.stderr)

    def _ours(self, side: Side, repeat: int) -> Ran:
        kept = self._room / f"kept-{repeat}"
        limit = str(self._limit)
        command = [*COMMAND, "blockers", TASK, "-w", str(self._room / "workspace"), "--json"]
        command += ["--time-limit", limit, "--out", str(kept), *self._asked.ours]
        ran = run(command, self._limit, self._room)
        record = next(iter(ran.answer.get("tasks", ())), {})
        families = {
            name: sorted(sorted(members) for members in record.get(name, {}).get("sets", ()))
            for name in ("unlocking", "blocking")
        }
        self._families["ours"] = families
        told = {name: record.get(name, {}) for name in families}
        in_all = {name: told[name].get("in_all") for name in families}
        side.counts = (
            in_all["unlocking"] or len(families["unlocking"]),
            in_all["blocking"] or len(families["blocking"]),
        )
        side.complete = all(told[name].get("complete", False) or in_all[name] for name in families)
        if (kept / "machine/run.json").exists():
            seconds = json.loads((kept / "machine/run.json").read_text())["seconds"]
            side.search.append(sum(seconds.values()))
        if self._group.cost:
            self._cheapest_of(side, kept)
        return ran

    def _cheapest_of(self, side: Side, kept: Path) -> None:
        """What the run's table of world maps says of the cheapest way."""
        with (kept / "tables/world_maps.csv").open(encoding="utf-8", newline="") as file:
            row = next(csv.DictReader(file), {})
        side.cost, side.bound = (
            int(row[name]) if row.get(name) else None
            for name in ("cheapest_effort", "effort_bound")
        )
        side.complete = side.cost is not None and side.cost == side.bound

    def _peer(self, side: Side) -> Ran:
        script = "run_cheapest.py" if self._group.cost else "run_marco.py"
        sets = self._room / f"{side.name}.json"
        command = [str(self._asked.peers), str(HERE / "peers" / script)]
        command += [str(self._room / "program.json"), "--solver", side.name]
        command += ["--timeout", str(self._limit)]
        ran = run(
            command + ([] if self._group.cost else ["--sets", str(sets)]), self._limit, self._room
        )
        answer = ran.answer
        side.complete = answer.get("complete", False)
        side.search.append(answer.get("search_seconds", ran.seconds))
        side.cost, side.bound = answer.get("cost"), answer.get("bound")
        if not self._group.cost:
            side.counts = (answer.get("unlocking", 0), answer.get("blocking", 0))
            if side.complete:
                self._families[side.name] = json.loads(sets.read_text())
        return ran

    @property
    def _limit(self) -> float:
        return self._asked.timeout or (60.0 if self._group.cost else 300.0)

    def _compare(self) -> None:
        """Peers and formulas must agree with ours wherever both are complete."""
        ours = self.sides["ours"]
        whole = [side for side in self.sides.values() if side.complete]
        if self._group.cost:
            costs = {side.name: side.cost for side in whole}
            if len(set(costs.values())) > 1:
                raise SystemExit(f"{self.case.name}: proven costs differ: {costs}")
            best = min((side.cost for side in whole if side.cost is not None), default=None)
            if best is not None and (ours.bound or 0) > best:
                raise SystemExit(f"{self.case.name}: our bound {ours.bound} is above {best}")
            return
        for side in whole:
            if not self._agree(self._families["ours"], self._families[side.name], ours.complete):
                raise SystemExit(f"{self.case.name}: the sets of {side.name} are not ours")
            known = self.case.known_counts()
            if known is not None and side.counts != known:
                raise SystemExit(f"{self.case.name}: {side.name} has {side.counts}, not {known}")

    @staticmethod
    def _agree(ours: Families, whole: Families, complete: bool) -> bool:
        """The same sets; where ours were cut off, none that is not among the others."""
        if complete:
            return ours == whole
        return all(members in whole[name] for name, sets in ours.items() for members in sets)


# --- tables -------------------------------------------------------------------------------


def reference_table(asked: argparse.Namespace, room: Path) -> list[str]:
    """Every model and world of the repository's own workspace, all tasks in one command."""
    with (ROOT / "inputs" / "worlds.csv").open(encoding="utf-8", newline="") as file:
        worlds = ["today", *dict.fromkeys(row["world"] for row in csv.DictReader(file))]
    lines = [
        "| model | world | tasks | seconds | a task | peak, MiB |",
        "| --- | --- | ---: | ---: | ---: | ---: |",
    ]
    limit = asked.timeout or 300.0
    for model in sorted(path.stem for path in (ROOT / "models").glob("*.yaml")):
        for world in worlds:
            command = [*COMMAND, "blockers", "--model", model, "--world", world, "--json"]
            command += ["-w", str(ROOT), "--out", str(room / f"{model}-{world}")]
            ran = run([*command, "--time-limit", str(limit), *asked.ours], limit, room)
            if ran.code:
                raise SystemExit(f"{shlex.join(command)} failed:\n{ran.errors}")
            tasks = len(ran.answer["tasks"])
            lines.append(
                f"| {model} | {world} | {tasks} | {ran.seconds:.2f} | {ran.seconds / tasks:.2f} "
                f"| {ran.mib:.0f} |"
            )
            print(lines[-1], flush=True)
    return lines


# --- the page -----------------------------------------------------------------------------


def facts(asked: argparse.Namespace) -> list[str]:
    """When and where it was measured, and how to repeat it."""
    again = [sys.argv[0] if not Path(sys.argv[0]).is_absolute() else "bench_blockers.py"]
    for before, word in zip(["", *sys.argv[1:]], sys.argv[1:], strict=False):
        again.append("ENV/bin/python" if before == "--peers" else shlex.quote(word))
    peers = [f"peers: {_versions(asked.peers)}"] if asked.peers else []
    more = [*peers, f"median of {asked.repeats}"]
    return bench_facts.facts(" ".join(again), "ortools", more=more)


def _versions(python: Path) -> str:
    """Of the peers, as installed in their own environment."""
    code = "import sys; from importlib.metadata import version as v; "
    code += "print(', '.join(n + ' ' + v(n) for n in sys.argv[1:]))"
    asked = [str(python), "-c", code, "cpmpy", "exact", "ortools"]
    return subprocess.run(asked, capture_output=True, text=True).stdout.strip() or "not found"


# --- the command --------------------------------------------------------------------------


def grouped(words: Sequence[str]) -> dict[str, list[Case]]:
    """The cases asked for, by the group whose table they belong into."""
    found: dict[str, list[Case]] = {}
    for word in words:
        if word == REFERENCE:
            found[REFERENCE] = []
        elif word in GROUPS:
            found.setdefault(word, []).extend(map(Case.named, GROUPS[word].cases))
        else:
            case = Case.named(word)
            found.setdefault(GROUP_OF.get(case.family, "known"), []).append(case)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "cases",
        nargs="+",
        metavar="GROUP|CASE",
        help=f"{', '.join([*GROUPS, REFERENCE])}, or cases",
    )
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument(
        "--timeout", type=float, metavar="SECONDS", help="of every process [300; cheapest: 60]"
    )
    parser.add_argument(
        "--peers", type=Path, metavar="PYTHON", help="Python of the peers' environment"
    )
    parser.add_argument(
        "--peer", action="append", choices=("exact", "ortools"), help="only these; repeatable"
    )
    parser.add_argument("--ours", type=shlex.split, default=[], help="options for our command")
    parser.add_argument("--docs", action="store_true", help=f"write to docs/{PAGE.name}")
    asked = parser.parse_args()
    if asked.peers is None and DEFAULT_PEERS.exists():
        asked.peers = DEFAULT_PEERS
    if asked.peers:
        # Not resolved: an environment's interpreter is a link.
        asked.peers = asked.peers.absolute()
    else:
        print("no environment for the peers; ours alone", file=sys.stderr)

    for name, cases in grouped(asked.cases).items():
        table = _table(name, cases, asked)
        lines = [*table, "", *facts(asked)]
        print("\n".join(lines), flush=True)
        if asked.docs:
            write_section(name, lines)


def _table(name: str, cases: Sequence[Case], asked: argparse.Namespace) -> list[str]:
    if name == REFERENCE:
        with tempfile.TemporaryDirectory() as room:
            return reference_table(asked, Path(room))
    group = GROUPS[name]
    measured = []
    for case in cases:
        with tempfile.TemporaryDirectory() as room:
            one = Measured(case, asked, group, Path(room))
            one.measure()
        measured.append(one)
        said = ", ".join(f"{s.name} {seconds_of(s)} s" for s in one.sides.values())
        print(f"{case.name}: {said}", file=sys.stderr, flush=True)
    return (cheapest_table if group.cost else families_table)(measured)


if __name__ == "__main__":
    main()
