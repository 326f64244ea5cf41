"""The commands."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from allocator import errors
from allocator.cli import output
from allocator.cli.options import (
    CommandOptions,
    asks,
    declared,
    json_option,
    mark_cells_option,
    named_workspace,
    workspace_option,
)
from allocator.shell import offer

if TYPE_CHECKING:
    from allocator.inputs.problem import Problem, World
    from allocator.inputs.workspace import Workspace


@click.command()
@workspace_option
@declared("world", "with_")
@json_option
@mark_cells_option
@click.pass_context
def check(
    ctx: click.Context,
    workspace: Path,
    world: str,
    with_: tuple[str, ...],
    json: bool,
    copy: Path | None,
) -> None:
    """List every problem of the workspace; with --world or --with also what holds then.

    \b
    Examples:
      allocator check
      allocator check -w plan --json
      allocator check -w plan.xlsx --mark
      allocator check --world ceasefire --with us_backstop@2
    """
    from allocator.inputs.inspection import inspect
    from allocator.report.terminal.issues import issues_bytes, show_issues

    found, issues = inspect(workspace)
    if copy is not None:
        from allocator.cli.marking import marked

        marked(workspace, issues, copy)
    asked = None if found is None else _asked_world(found, world, with_)
    if json:
        output.data(issues_bytes(issues, asked and asked[0]))
    else:
        named = named_workspace(workspace)
        again, then = (offer(verb, options=named) for verb in ("check", "solve"))
        output.page(show_issues(issues, sys.stdout, asked, again, then))
    wrong = any(issue.is_error for issue in issues)
    if wrong and copy is None and workspace.is_file() and not json:
        click.echo("allocator check --mark colours and comments them in a copy.", err=True)
    ctx.exit(errors.INPUTS_WRONG if wrong else errors.ANSWERED)


def _asked_world(
    found: Workspace, name: str, with_: tuple[str, ...]
) -> tuple[World, Problem] | None:
    """The world that was asked for by an option, if any was, and the problem that it is of."""
    return world_in(found, name, with_) if name != "today" or with_ else None


def world_in(found: Workspace, name: str, with_: tuple[str, ...]) -> tuple[World, Problem]:
    """The world as the model that looks farthest sees it. Raises UsageError for unknown names."""
    from allocator.planner import Planner

    planner = Planner(found)
    problems = [planner.problem(model) for model in found.models]
    farthest = max(problems, key=lambda p: p.horizon)
    return planner.world(farthest, name, with_), farthest


@click.command(short_help="The joint plan, and the verdict of every task.")
@asks("solve", keeps_run=True)
@click.argument("model", required=False)
@click.pass_context
def solve(ctx: click.Context, /, asked: CommandOptions) -> None:
    """The joint plan, and for every task its verdict, packages and blockers.

    \b
    Examples:
      allocator solve
      allocator solve reassurance_20k --world ceasefire --with us_backstop@2
      allocator solve --table allocation > allocation.csv
      allocator solve --without FRA
      allocator solve --departures --time-limit 600
      allocator solve --plan plan.csv
    """
    from allocator.cli.searching import answer

    ctx.exit(answer(asked, lambda planner, how: planner.solve(**how)))


@click.command(short_help="The sets of nations that can staff one task.")
@asks("packages", keeps_run=True)
@click.argument("task")
@click.pass_context
def packages(ctx: click.Context, /, asked: CommandOptions, task: str) -> None:
    """The packages of one task: the smallest sets of nations that can staff it.

    \b
    Examples:
      allocator packages western_presence
      allocator packages western_presence --world ceasefire --time-limit 600
      allocator packages western_presence --without-nation FRA --max-nations 5
      allocator packages western_presence --without FRA
      allocator packages western_presence --world ceasefire --survive 1
      allocator packages western_presence --front protect_commitments,fewer_contingents
    """
    from allocator.cli.searching import answer

    ctx.exit(answer(asked, lambda planner, how: planner.packages([task], **how)))


@click.command(short_help="What unlocks and blocks tasks, and who waits for what.")
@asks("blockers", keeps_run=True)
@click.argument("tasks", nargs=-1)
@click.pass_context
def blockers(ctx: click.Context, /, asked: CommandOptions) -> None:
    """What unlocks and blocks tasks, who waits for what, and what is missing; of all by default.

    \b
    Examples:
      allocator blockers
      allocator blockers western_presence air_policing --with ceasefire
      allocator blockers western_presence --without-holder RUS
      allocator blockers western_presence --without FRA
      allocator blockers western_presence --relax commitments --relax preconditions
    """
    from allocator.cli.searching import answer

    ctx.exit(answer(asked, lambda planner, how: planner.blockers(**how)))


@click.command(short_help="Check a kept run again: plain Python, sums, a second engine.")
@click.argument("run", type=click.Path(path_type=Path))
@workspace_option
@declared("time_limit")
@json_option
@click.pass_context
def verify(ctx: click.Context, run: Path, workspace: Path, time_limit: float, json: bool) -> None:
    """Check a kept run again.

    Plans and values in plain Python that shares no code with the solver; every no by a sum or a
    second engine, the bounds of plans by a second engine; who matters by counting every
    coalition. What there was no time for, or no way, is named.

    \b
    Example:
      allocator verify reports/reassurance_20k-today-20260301T210405Z
    """
    from allocator.cli.verifying import verify_kept

    ctx.exit(verify_kept(run, workspace, json, time_limit))
