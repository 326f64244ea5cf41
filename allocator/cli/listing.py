"""`allocator list`: what is kept, newest first."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from allocator import errors
from allocator.cli import output
from allocator.cli.options import json_option, workspace_option
from allocator.cli.searching import reports_of


@click.command("list", short_help="What is kept under reports/, newest first.")
@click.argument(
    "folder", required=False, type=click.Path(exists=True, file_okay=False, path_type=Path)
)
@click.option(
    "--limit",
    type=click.IntRange(min=0),
    default=30,
    show_default=True,
    metavar="N",
    help="The N newest; 0 for all.",
)
@workspace_option
@json_option
@click.pass_context
def kept_list(
    ctx: click.Context, folder: Path | None, limit: int, workspace: Path, json: bool
) -> None:
    """List the answers that are kept: of which command, model, world and switches, what came of
    them, whether they are complete, and where they are.

    FOLDER holds them; the workspace's reports/ where it is left out. Folders that cannot be read
    are named with the reason; no link in it is followed. What the files say is checked with
    `allocator verify`, not here.

    \b
    Examples:
      allocator list
      allocator list --limit 5 -w plan
      allocator list plan --json
    """
    from allocator.report.terminal.console import rendered
    from allocator.report.terminal.kept_list import data, show
    from allocator.results.jsons import data_bytes
    from allocator.results.store.kept_list import kept_answers

    found = kept_answers(folder or reports_of(workspace), limit or None)
    if json:
        output.data(data_bytes(data(found)))
    else:
        output.page(rendered(lambda console: show(found, console), sys.stdout))
    ctx.exit(errors.ANSWERED)
