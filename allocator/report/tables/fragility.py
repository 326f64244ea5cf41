"""Fragility as a table, as JSON data, and as a page on the terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from rich.console import Console

from allocator.report.tables.table import Table, Value, make_table, yes_no
from allocator.report.terminal import console as page
from allocator.results.fragility import FRAGILE, KINDS, Figure, Flip, Fragility
from allocator.words import count, listing

SHOWN = 20
"""Flips that the terminal lists; the kept table and `--json` have them all."""

COLUMNS = {
    "model": "operation model",
    "world": "world of the verdict",
    "task": "id of the task",
    "verdict": "its verdict as the figures stand",
    "kind": "availability, commitment, minimum (of a line), rotation or offer",
    "row": "nation and capability, commitment, task.line, or capability",
    "figure": "what the figure is",
    "basis": "of the row; requirement for a minimum, convention for a rotation",
    "unit": "what one of it is",
    "value": "the figure as it stands",
    "turns_at": "the nearest value that turns the verdict, all other figures as they stand",
    "change": "turns_at less value",
    "percent": "change in per cent of value, to the nearest whole, at least 1",
    "verdict_then": "the verdict at that value",
    "fragile": (
        f"yes where the change is within {FRAGILE} per cent; blank where a smaller one may be"
    ),
    "exact": "no where the time limit came first: a smaller change may do",
    "place": "file and row of the figure",
    "source": "where the figure is from",
}


def table(found: Iterable[Fragility]) -> Table:
    """One row a figure and direction that turns a verdict, nearest first."""
    rows = (_row(one, flip) for one in found for flip in one.flips)
    return make_table(
        "fragility", "One row a figure that alone turns a task's verdict.", COLUMNS, rows
    )


def _row(one: Fragility, flip: Flip) -> tuple[Value, ...]:
    figure = flip.figure
    return (
        one.model,
        one.world,
        one.task,
        one.verdict,
        figure.kind,
        figure.row,
        figure.name,
        figure.basis,
        figure.unit,
        figure.value,
        flip.at,
        flip.change,
        flip.percent,
        flip.verdict,
        yes_no(flip.fragile) if flip.fragile or flip.exact else None,
        yes_no(flip.exact),
        figure.place,
        figure.source,
    )


def data(found: Fragility) -> dict[str, Any]:
    """What `--json` prints."""
    whole = table([found])
    left_out = ("model", "world", "task", "verdict")
    flips = [dict(zip(whole.header, row, strict=True)) for row in whole.rows]
    return {
        "schema": 1,
        "model": found.model,
        "world": found.world,
        "task": found.task,
        "verdict": found.verdict,
        "flips": [{k: v for k, v in flip.items() if k not in left_out} for flip in flips],
        "steady": [_short(figure) for figure in found.steady],
        "undecided": [_short(figure) for figure in found.undecided],
    }


def _short(figure: Figure) -> dict[str, Any]:
    return {
        "kind": figure.kind,
        "row": figure.row,
        "value": figure.value,
        "place": figure.place,
    }


def summary(found: Fragility) -> str:
    """A sentence on how far the verdict can be trusted."""
    if not found.answered:
        return "The time limit came before the verdict: try a longer --time-limit."
    fragile = len(found.fragile)
    # A change that is not the nearest, or of a figure left open, may lie within.
    known = "" if all(flip.exact for flip in found.flips) else "known to be "
    said = (
        f"{'At least ' if found.undecided else ''}{count(len(found.flips), 'change')} of a single "
        f"figure would turn it, {fragile or 'none'} of them {known}within {FRAGILE} %."
    )
    if found.steady:
        said += f" {count(len(found.steady), 'figure')} alone never would ({_kinds(found.steady)})."
    if found.undecided:
        said += f" {count(len(found.undecided), 'figure')} undecided in the time."
    return said


def _kinds(figures: tuple[Figure, ...]) -> str:
    """`3 rotations, 12 minimums`, in the order of the kinds."""
    counts = Counter(figure.kind for figure in figures)
    words = {"availability": "row of availability"}
    return listing(_many(counts[kind], words.get(kind, kind)) for kind in KINDS if counts[kind])


def _many(number: int, word: str) -> str:
    if word == "row of availability":
        return f"{number:,} {'row' if number == 1 else 'rows'} of availability"
    return count(number, word)


def show(found: Fragility, console: Console) -> None:
    """The verdict, the nearest changes that turn it, and what was left open."""
    console.print(page.plain(f"{found.task} in {found.world} ({found.model})"))
    console.print(page.verdict(found.verdict, console))
    console.print(page.plain(summary(found)))
    if found.flips:
        console.print()
        console.print(_listed(found.flips[:SHOWN], found.task))
    if len(found.flips) > SHOWN:
        console.print(page.plain(f"  and {len(found.flips) - SHOWN} more"))


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
