"""Times reading, checking and writing large workspaces, beside what pandas and openpyxl take.

    python tests/benchmarks/bench_spreadsheets.py --rows 50000 --repeats 3 --docs

The workspace is the reference case with that many rows of availability, as a folder and as a
workbook. Ours are whole commands: they check every row against all tables, and what they write is
read back and compared. The peers only read the one table into memory, or write it. Every process
is a new one; ours and the peers take turns. `--docs` writes the section of docs/benchmarks.md.
"""

from __future__ import annotations

import argparse
import csv
import random
import statistics
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path[:0] = [str(HERE), str(ROOT)]

import bench_facts
from bench_blockers import COMMAND, Ran, needed, run
from bench_facts import write_section

COLUMNS = ("nation", "capability", "quantity", "periods", "basis", "note", "source")


@dataclass
class Side:
    """Who does what, and the runs so far. `ours`: the side that a peer is compared with."""

    case: str
    who: str
    command: list[str]
    ours: Side | None = None
    runs: list[Ran] = field(default_factory=list)

    def median(self, what: str) -> float:
        return statistics.median(getattr(ran, what) for ran in self.runs)


def workspace(folder: Path, rows: int) -> None:
    """The reference case with so many rows of availability, each with a note of its own."""
    from allocator.inputs.files.reference import copy_reference
    from allocator.inputs.inspection import load

    copy_reference(folder)
    known, rng = load(folder), random.Random(1)
    nations = [row.nation for row in known.nations]
    capabilities = [row.capability for row in known.capabilities]
    with (folder / "inputs/availability.csv").open("w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        for number in range(rows):
            what = rng.choice(nations), rng.choice(capabilities), rng.randint(1, 9)
            more = rng.choice(("", "1-4", "2-")), "estimate"
            writer.writerow([*what, *more, f"A note on row {number}", f"Source {number % 700}"])


def sides(where: Path) -> list[Side]:
    """Ours and the peers of each case."""
    table, book = where / "plan/inputs/availability.csv", where / "plan.xlsx"

    def ours(case: str, *arguments: str) -> Side:
        return Side(case, "ours", [*COMMAND, *arguments])

    def peer(own: Side, who: str, program: str) -> Side:
        return Side(own.case, who, [sys.executable, "-c", program], own)

    check_csv = ours("read and check, CSV", "check", "-w", "plan", "--json")
    check_book = ours("read and check, workbook", "check", "-w", "plan.xlsx", "--json")
    to_book = ours("write a workbook", "convert", "plan", "made.xlsx", "--over")
    to_folder = ours("write a folder", "convert", "plan.xlsx", "made", "--over")
    excel = f"import pandas as pd; pd.read_excel({str(book)!r}, sheet_name='availability')"
    formulas = f"import openpyxl; openpyxl.load_workbook({str(book)!r})"
    values = formulas.replace(")", ", data_only=True)")
    read = f"import pandas as pd; table = pd.read_csv({str(table)!r})"
    return [
        check_csv,
        peer(check_csv, "pandas.read_csv", read),
        check_book,
        peer(check_book, "pandas.read_excel", excel),
        peer(check_book, "openpyxl, values", values),
        peer(check_book, "openpyxl, values and formulas", f"{values}\n{formulas}"),
        to_book,
        peer(to_book, "DataFrame.to_excel", f"{read}; table.to_excel('peer.xlsx', index=False)"),
        to_folder,
    ]


def measured(rows: int, repeats: int) -> list[Side]:
    """Every side, so many times, in turn."""
    with tempfile.TemporaryDirectory() as name:
        where = Path(name)
        workspace(where / "plan", rows)
        needed([*COMMAND, "convert", "plan", "plan.xlsx"], where)
        found = sides(where)
        for _ in range(repeats):
            for side in found:
                ran = run(side.command, 600, where)
                if ran.code:
                    raise SystemExit(f"{side.case}, {side.who} failed:\n{ran.errors}")
                side.runs.append(ran)
        return found


def table(found: Sequence[Side]) -> list[str]:
    lines = [
        "| case | who | seconds | CPU, s | peak, MiB | times ours |",
        "| --- | --- | ---: | ---: | ---: | ---: |",
    ]
    for side in found:
        times = f"{side.median('seconds') / side.ours.median('seconds'):.2f}" if side.ours else "–"
        figures = (side.median("seconds"), side.median("cpu"))
        shown = " | ".join(f"{figure:.2f}" for figure in figures)
        lines.append(f"| {side.case} | {side.who} | {shown} | {side.median('mib'):.0f} | {times} |")
    return lines


def facts(asked: argparse.Namespace) -> list[str]:
    """When and where it was measured, and how to repeat it."""
    words = f"--rows {asked.rows} --repeats {asked.repeats} --docs"
    return bench_facts.facts(
        f"tests/benchmarks/bench_spreadsheets.py {words}",
        *("openpyxl", "XlsxWriter", "pandas"),
        about=[f"{asked.rows:,} rows of {len(COLUMNS)} columns"],
        more=[f"median of {asked.repeats}"],
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--rows", type=int, default=50_000)
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--docs", action="store_true", help="write to docs/benchmarks.md")
    asked = parser.parse_args()
    lines = [*table(measured(asked.rows, asked.repeats)), "", *facts(asked)]
    print("\n".join(lines))
    if asked.docs:
        write_section("spreadsheets", lines)


if __name__ == "__main__":
    main()
