"""The commands."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from allocator import errors
from allocator.cli import output
from allocator.cli.options import (
    CommandOptions,
    front_option,
    json_option,
    mark_cells_option,
    model_option,
    named_workspace,
    run_options,
    survive_option,
    time_limit_option,
    with_option,
    workspace_option,
    world_option,
)
from allocator.shell import offer

if TYPE_CHECKING:
    from allocator.inputs.problem import Problem, World
    from allocator.inputs.workspace import Workspace
    from allocator.planner import Planner


@click.command()
@workspace_option
@world_option
@with_option
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
@click.argument("model", required=False)
@click.option("--departures", is_flag=True, help="Also what falls if any one nation leaves.")
@click.option(
    "--plan",
    metavar="FILE",
    help="A plan of your own: its rows are held as their kind says, and the plan starts near it.",
)
@front_option
@run_options
@click.pass_context
def solve(
    ctx: click.Context,
    /,
    model: str | None,
    asked: CommandOptions,
    front: Sequence[str],
    **how_else: Any,
) -> None:
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

    def ask(planner: Planner, **how: object) -> object:
        return planner.solve(
            model,
            front=front,
            **how_else,
            **asked.question,
            **how,  # type: ignore[arg-type]
        )

    ctx.exit(answer(asked, ask, model))


@click.command(short_help="The sets of nations that can staff one task.")
@click.argument("task")
@model_option
@click.option(
    "--limit", type=click.IntRange(min=1), metavar="N", help="No more than the N smallest."
)
@click.option(
    "--with-nation",
    "with_nations",
    metavar="NATION",
    multiple=True,
    help="Only packages that this nation is in; repeatable.",
)
@click.option(
    "--without-nation",
    "without_nations",
    metavar="NATION",
    multiple=True,
    help="Only packages that do without this nation; repeatable.",
)
@click.option(
    "--max-nations",
    type=click.IntRange(min=0),
    metavar="N",
    help="Only packages of at most N nations.",
)
@front_option
@survive_option("nations leave")
@run_options
@click.pass_context
def packages(
    ctx: click.Context, /, task: str, model: str | None, asked: CommandOptions, **wanted: Any
) -> None:
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

    def ask(planner: Planner, **how: object) -> object:
        return planner.packages([task], model, **wanted, **asked.question, **how)  # type: ignore[arg-type]

    ctx.exit(answer(asked, ask, model))


@click.command(short_help="What unlocks and blocks tasks, and who waits for what.")
@click.argument("tasks", nargs=-1)
@model_option
@click.option(
    "--without-holder",
    metavar="HOLDER",
    multiple=True,
    help="Show only ways that need no act of this holder; repeatable.",
)
@click.option(
    "--relax",
    metavar="ROWS",
    multiple=True,
    help="Ask also which rows' lifting would do: caveats, commitments, preconditions; repeatable.",
)
@survive_option("preconditions fail")
@run_options
@click.pass_context
def blockers(
    ctx: click.Context,
    /,
    tasks: tuple[str, ...],
    model: str | None,
    asked: CommandOptions,
    **wanted: Any,
) -> None:
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

    def ask(planner: Planner, **how: object) -> object:
        return planner.blockers(tasks, model, **wanted, **asked.question, **how)  # type: ignore[arg-type]

    ctx.exit(answer(asked, ask, model))


@click.command(short_help="Check a kept run again: plain Python, sums, a second engine.")
@click.argument("run", type=click.Path(path_type=Path))
@workspace_option
@time_limit_option
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
