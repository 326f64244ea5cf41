"""Fragility as a page on the terminal."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from rich.console import Console

from allocator.report.sentences.fragility import summary
from allocator.report.terminal import console as page
from allocator.results.fragility import Flip, Fragility
from allocator.shell import Options, offer

SHOWN = 20
"""Flips that are listed; the kept table and `--json` have them all."""


def show(found: Fragility, console: Console, again: Options = (), kept: Path | None = None) -> None:
    """Print the verdict, the nearest changes that turn it, and what was left open. again: the
    options that ask about the same world; kept: its folder.

    found: the answer. console: what it is printed on.
    """
    console.print(page.plain(f"{found.task} in {found.world} ({found.model})"))
    console.print(page.verdict(found.verdict, console))
    console.print(page.plain(summary(found)))
    if found.flips:
        console.print()
        console.print(_listed(found.flips[:SHOWN], found.task))
    if len(found.flips) > SHOWN:
        console.print(page.plain(f"  and {len(found.flips) - SHOWN} more"))
    rows = [("All ranges at once", offer("ranges", found.task, options=again)), *page.where(kept)]
    console.print(page.titled("Next", page.Steps(rows)))


def _listed(flips: tuple[Flip, ...], task: str) -> Any:
    header = ("kind", "figure", "now", "turns at", "change", "then", "place")
    rows = [
        (
            flip.figure.kind,
            flip.figure.row.removeprefix(f"{task}."),
            f"{flip.figure.value:,}",
            f"{flip.at:,}" if flip.exact else f"{flip.at:,} or nearer",
            "" if flip.percent is None else f"{flip.percent:+,} %{' !' if flip.fragile else ''}",
            flip.verdict,
            flip.figure.place,
        )
        for flip in flips
    ]
    return page.ruled(header, rows, right="now,turns at,change", whole="kind,place")
