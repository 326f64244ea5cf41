"""The command that makes a workspace to start from."""

from __future__ import annotations

from pathlib import Path

import click

from allocator.cli.options import named_workspace, next_for
from allocator.shell import offer


@click.command()
@click.argument(
    "target", metavar="[DIR|FILE.xlsx]", required=False, type=click.Path(path_type=Path)
)
@click.option(
    "--example",
    type=click.Choice(["reference", "small"]),
    help="Which example: the reference case, or three tasks and six nations.  [default: reference]",
)
@click.option("--empty", is_flag=True, help="Headers alone; in a folder each with an example.")
def init(target: Path | None, example: str | None, empty: bool) -> None:
    """Make a new workspace, a folder or one workbook: with the reference case, a small example,
    or empty.

    With --example or --empty DIR may be left out, and is this folder.

    \b
    Examples:
      allocator init plan
      allocator init plan.xlsx
      allocator init --example small plan
      allocator init --empty plan.xlsx
    """
    from allocator.inputs.files.convert import WORKBOOK
    from allocator.inputs.files.starters import start

    if empty and example:
        raise click.UsageError("--empty and --example exclude each other; leave one of them out.")
    if target is None and not (empty or example):
        raise click.UsageError("Missing argument 'DIR': name the folder of the new workspace.")
    place, what = target or Path(), "empty" if empty else example or "reference"
    start(what, place)
    is_workbook = place.suffix.lower() == WORKBOOK
    click.echo(_made(what, place, is_workbook))
    click.echo(_next(place, is_workbook) if empty else next_for(place), err=True)


def _made(what: str, target: Path, is_workbook: bool) -> str:
    place = "this folder" if target == Path() else target
    if what != "empty":
        return f"{'A small example' if what == 'small' else 'The reference case'} is in {place}."
    if is_workbook:
        return f"An empty workbook is in {place}; each header says what stands below it."
    return f"An empty workspace is in {place}; rows that begin with '#' are examples."


def _next(place: Path, is_workbook: bool) -> str:
    check = offer("check", options=named_workspace(place))
    if is_workbook:
        return f"Next: fill in its sheets, save it, and {check}"
    return f"Next: take the '#' off the rows that help, add your own, and {check}"
