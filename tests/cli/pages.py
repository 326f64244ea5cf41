"""Pages of the docs as a reader follows them: files typed, sheets filled in, commands run."""

from __future__ import annotations

import csv
import re
import shlex
from collections.abc import Callable, Iterator, Mapping
from io import StringIO
from pathlib import Path

from click.testing import CliRunner
from openpyxl import load_workbook

from allocator.cli import main

DOCS = Path(__file__).parents[2] / "docs"
LEFT_OUT = "…"
STEP = re.compile(
    r"^`(?P<file>(?:inputs|models)/[\w.]+)`\n\n```(?:csv|yaml)\n(?P<content>.*?)^```$"
    r"|^Sheet `(?P<sheet>\w+)`\n\n```csv\n(?P<rows>.*?)^```$"
    r"|^```console\n\$ (?P<command>[^\n]+)\n(?P<shown>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)
Do = Callable[[], None]


def steps_of(page: str) -> list[re.Match[str]]:
    """What a reader does, in turn."""
    return list(STEP.finditer(page))


def blocks_of(page: str) -> int:
    """How many blocks the page has: all of them are steps."""
    return len(re.findall(r"^```\w+$", page, re.MULTILINE))


def follow(
    steps: list[re.Match[str]], workbook: str = "", before: Mapping[int, Do] | None = None
) -> Iterator[tuple[str, str, str]]:
    """Types each file and each sheet of the workbook; of each command the line, what the page
    shows, and what it prints. before: what else is done before the command of that number."""
    commands = 0
    for step in steps:
        if step["file"]:
            Path(step["file"]).parent.mkdir(exist_ok=True)
            Path(step["file"]).write_text(step["content"], encoding="utf-8")
        elif step["sheet"]:
            fill_in(Path(workbook), step["sheet"], step["rows"])
        else:
            (before or {}).get(commands, lambda: None)()
            commands += 1
            yield step["command"], step["shown"], printed(step["command"])


def fill_in(book: Path, sheet: str, text: str) -> None:
    """Types rows below the headers of a sheet; a sheet that is not there is made."""
    header, *rows = csv.reader(StringIO(text))
    sheets = load_workbook(book)
    cells = sheets[sheet] if sheet in sheets.sheetnames else sheets.create_sheet(sheet)
    columns = {cell.value: cell.column for cell in cells[1] if cell.value}
    if not columns:
        columns = {name: place for place, name in enumerate(header, 1)}
        for name, place in columns.items():
            cells.cell(1, place, name)
    for number, row in enumerate(rows, 2):
        for name, said in zip(header, row, strict=True):
            if said:
                cells.cell(number, columns[name], int(said) if said.isdigit() else said)
    sheets.save(book)


def printed(command: str) -> str:
    """What the command prints on standard output."""
    name, *arguments = shlex.split(command)
    assert name == "allocator"
    done = CliRunner().invoke(main, arguments, prog_name="allocator")
    assert done.exit_code == 0, f"{command}: {done.output}"
    return done.stdout


def is_shown(shown: str, output: str) -> bool:
    """Whether the output is what is shown, with any lines where some are left out."""
    lines = (".*" if line == LEFT_OUT else re.escape(line) for line in shown.splitlines())
    return re.fullmatch("\n".join(lines), output.rstrip("\n"), re.DOTALL) is not None
