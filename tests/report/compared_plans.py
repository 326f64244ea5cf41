"""Whether what the terminal says of unchanged verdicts and changed plans is what the JSON says."""

from __future__ import annotations

import re
from typing import Any

from allocator.analysis.comparison.comparison import ComparisonRecord
from allocator.analysis.comparison.side import Side
from allocator.report.comparing.jsons import data

SECTIONS = ("What did not change", "What the plan sends otherwise", "nation ")
"""Headings, and the header of the table of cells."""


def in_section(
    comparison: ComparisonRecord, line: str, section: str, side: Side
) -> tuple[str, Side]:
    """The section in which the line stands, blank where it is none of these, and its side."""
    if line.startswith("nation ") and section:
        return line, side
    if line.startswith(SECTIONS[:2]):
        named = (s for s in comparison.others if f" in {s.name}" in line)
        return line, max(named, key=lambda s: len(s.name), default=comparison.others[0])
    return ("" if not line else section), side


def in_targets(row: tuple[Any, ...]) -> tuple[Any, ...]:
    """A shortfall is counted in millionths of a target, and read in targets."""
    if row[0] != "meet_targets":
        return row
    words = "shortfall against targets, in target-periods"
    return tuple(
        value / 10**6 if isinstance(value, int) else words if number == 1 else value
        for number, value in enumerate(row)
    )


def section_says(comparison: ComparisonRecord, side: Side, rows: str, line: str) -> bool:
    """Whether the line of one of the sections is true of the side."""
    told, line = data(comparison), line.strip()
    if not line or line.startswith((*SECTIONS, "─", "and ")):
        return True
    if rows.startswith("What did not change"):
        return _keeps(told, side, line)
    if rows.startswith("nation "):
        return _cell(told, side, line)
    return _summary(told, side, line) or _turned(told, side, line)


def _keeps(told: dict[str, Any], side: Side, line: str) -> bool:
    """A task with the reason that the JSON has, which hides no way that may be missing."""
    tasks, _, reason = line.partition(": ")
    for task in re.findall(r"\w+", tasks.replace(" and ", ", ")):
        found = [r for r in told["why"] if (r["run"], r["task"]) == (side.name, task)]
        record = side.records[task]
        if not found or found[0]["reason"] != reason.strip() or found[0]["stands"] != "same":
            return False
        if not reason.strip().startswith(f"still {record.verdict}: "):
            return False
        ways_open = record.verdict == "blocked" and not record.unlocking.complete
        if ways_open and not re.search(r"known|cut off", reason):
            return False
    return True


def _of_run(told: dict[str, Any], side: Side) -> list[dict[str, Any]]:
    return [row for row in told["plan_changes"] if row["run"] == side.name]


def _summary(told: dict[str, Any], side: Side, line: str) -> bool:
    cells = _of_run(told, side)
    known = sum(row["because"] != "not known which" for row in cells)
    number = re.match(r"(\d+) cells? with other units; (.*)", line)
    if number is None or int(number[1]) != len(cells):
        return False
    for_some = re.search(r"shown for (\d+)", number[2])
    if "shown for all" in line:
        return known == len(cells)
    return int(for_some[1]) == known if for_some else known == 0


def _turned(told: dict[str, Any], side: Side, line: str) -> bool:
    """`west: 12 cells go (FRA, GBR): it is short, not ready, because of …`"""
    found = re.match(
        r"(\w+): (\d+) cells? (comes?|goe?s?) \(.*?\): it is (\w+), not (\w+), (.*)", line
    )
    if found is None:
        return False
    cells = [r for r in _of_run(told, side) if r["task"] == found[1] and r["shown"] == "verdict"]
    change = [c for c in told["changes"] if (c["run"], c["task"]) == (side.name, found[1])]
    coming = all((row["difference"] > 0) is found[3].startswith("come") for row in cells)
    known = {row["because"] for row in cells} != {"not known which"}
    return (
        len(cells) == int(found[2])
        and coming
        and [(c["after"], c["before"]) for c in change] == [(found[4], found[5])]
        and found[6].startswith("because of ") is known
    )


def _cell(told: dict[str, Any], side: Side, line: str) -> bool:
    nation, task, what, _, base, now, why = re.split(r" {2,}", line, maxsplit=6)
    alike = [
        row
        for row in _of_run(told, side)
        if (row["nation"], row["task"]) == (nation, task)
        and what in (row["line"], f"{row['line']}: {row['capability']}")
        and (f"{row['base_units']:,}", f"{row['units']:,}") == (base, now)
        and row["shown"] != "verdict"
    ]
    if why == "not known which":
        return any(row["shown"] == "no" for row in alike)
    return any(row["rule"] and f" {row['rule']}: " in f" {why}" for row in alike)
