"""The problems of a workspace, by file."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING, TextIO

from rich.console import Console

from allocator.report.terminal.console import note, plain, rendered, titled
from allocator.results.jsons import data_bytes
from allocator.words import count

if TYPE_CHECKING:
    from allocator.inputs.issues import Issue
    from allocator.inputs.problem import Problem, World

SHOWN = 50


def issues_bytes(issues: Sequence[Issue], asked: World | None = None) -> bytes:
    """All issues as JSON; with the world that was asked about, where one was."""
    errors = sum(issue.is_error for issue in issues)
    world = {} if asked is None else {"world": {"name": asked.name, "holds": dict(asked.starts)}}
    return data_bytes(
        {
            "schema": 1,
            "errors": errors,
            "warnings": len(issues) - errors,
            "issues": [issue.as_dict() for issue in issues],
            **world,
        }
    )


def show_issues(
    issues: Sequence[Issue],
    file: TextIO,
    asked: tuple[World, Problem] | None = None,
    again: str = "the same command",
    then: str = "allocator solve",
) -> str:
    """The first fifty issues grouped by file, errors first, and how many there are; then what
    holds in the world that was asked about. again: what to run once they are mended; then: what
    to run where there are none."""
    return rendered(lambda console: _show(issues, console, asked, again, then), file)


def _show(
    issues: Sequence[Issue],
    console: Console,
    asked: tuple[World, Problem] | None,
    again: str,
    then: str,
) -> None:
    errors = [issue for issue in issues if issue.is_error]
    warnings = [issue for issue in issues if not issue.is_error]
    shown = sorted([*errors, *warnings][:SHOWN], key=lambda issue: issue.place.file)
    console.print(plain(_summary(len(errors), len(warnings), then)))
    for name, group in groupby(shown, key=lambda issue: issue.place.file):
        found = sorted(group, key=lambda issue: issue.place.order)
        console.print(titled(name, *(note(_line(issue)) for issue in found)))
    if len(issues) > SHOWN:
        console.print()
        console.print(plain(f"and {len(issues) - SHOWN:,} more; allocator check --json lists all"))
    if asked is not None:
        from allocator.report.sentences.overview import world

        console.print(titled("World", note(world(*asked))))
    if errors:
        console.print()
        console.print(plain(f"Next: correct the errors, then {again} again"))


def _summary(errors: int, warnings: int, then: str) -> str:
    if not errors and not warnings:
        return f"No problems found. Next: {then}"
    return f"{count(errors, 'error')}, {count(warnings, 'warning')}"


def _line(issue: Issue) -> str:
    where = "" if issue.place.row is None else issue.place.cell or f"line {issue.place.row}"
    place = ", ".join(part for part in (where, issue.place.column) if part)
    hint = f"; {issue.hint}" if issue.hint else ""
    head = f"{issue.severity} {issue.code}" + (f", {place}" if place else "")
    return f"{head}: {issue.message}{hint}"
