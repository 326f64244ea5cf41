"""What a plan endures, on the terminal."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from rich.console import Console

from allocator.report.sentences import overview
from allocator.report.terminal.console import pairs
from allocator.results.endurance import Endurance
from allocator.shell import Word

Options = Sequence[tuple[str, Word]]


def show(found: Endurance, console: Console, again: Options = (), kept: Path | None = None) -> None:
    """Print the answer. again: the options that ask about the same world; kept: its folder.

    found: the answer. console: what it is printed on.
    """
    head = [("Operation", overview.operation(found.problem))]
    head.append(("World", overview.world(found.world, found.problem)))
    console.print(pairs(head, indent=0))
