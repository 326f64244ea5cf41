"""The tables of `bench_blockers.py`, as lines of Markdown."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bench_blockers import Measured, Side


def families_table(measured: Sequence[Measured]) -> list[str]:
    lines = [
        "| case | who | unlocking | blocking | whole command, s | search, s | CPU, s | ms a set "
        "| peak, MiB | times ours |",
        "| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    for one in measured:
        for side in one.sides.values():
            each = f"{1000 * side.seconds / side.total:.2f}" if side.total else "–"
            lines.append(
                f"| {one.case.name} | {side.name} | {_count(side, 0)} | {_count(side, 1)} "
                f"| {seconds_of(side)} | {side.search_seconds:.2f} | {side.cpu:.2f} | {each} "
                f"| {side.mib:.0f} | {_ratio(one, side)} |"
            )
    return lines


def cheapest_table(measured: Sequence[Measured]) -> list[str]:
    lines = [
        "| case | who | cheapest known | nothing below | whole command, s | CPU, s | peak, MiB |",
        "| --- | --- | ---: | ---: | ---: | ---: | ---: |",
    ]
    for one in measured:
        for side in one.sides.values():
            cost, bound = ("–" if x is None else str(x) for x in (side.cost, side.bound))
            lines.append(
                f"| {one.case.name} | {side.name} | {cost} | {bound} | {seconds_of(side)} "
                f"| {side.cpu:.2f} | {side.mib:.0f} |"
            )
    return lines


def _count(side: Side, family: int) -> str:
    return f"{side.counts[family]:,}" + ("" if side.complete else " +")


def seconds_of(side: Side) -> str:
    return ("" if side.complete else "stopped at ") + f"{side.seconds:.2f}"


def _ratio(one: Measured, side: Side) -> str:
    """Whole process against whole command; a peer that was stopped took at least so long."""
    ours = one.sides["ours"]
    if side is ours or not ours.complete:
        return "–"
    return ("" if side.complete else "> ") + f"{side.seconds / ours.seconds:.1f}"
