"""The command that makes a workspace to start from."""

from __future__ import annotations

from pathlib import Path

import click

from allocator.cli.options import next_for


@click.command()
@click.argument("folder", metavar="[DIR]", required=False, type=click.Path(path_type=Path))
@click.option(
    "--example",
    type=click.Choice(["reference", "small"]),
    help="Which example: the reference case, or three tasks and six nations.  [default: reference]",
)
@click.option("--empty", is_flag=True, help="Headers alone, each with an example commented out.")
def init(folder: Path | None, example: str | None, empty: bool) -> None:
    """Make a new workspace in DIR: with the reference case, a small example, or empty.

    With --example or --empty DIR may be left out, and is this folder.

    \b
    Examples:
      allocator init plan
      allocator init --example small plan
      allocator init --empty plan
    """
    if empty and example:
        raise click.UsageError("--empty and --example exclude each other; leave one of them out.")
    if folder is None and not (empty or example):
        raise click.UsageError("Missing argument 'DIR': name the folder of the new workspace.")
    target = folder or Path()
    click.echo(_made(target, example, empty))
    if empty:
        click.echo("Next: take the '#' off the rows that help, add your own, and check", err=True)
    else:
        click.echo(next_for(target), err=True)


def _made(folder: Path, example: str | None, empty: bool) -> str:
    """Makes it, and says what is where."""
    from allocator.inputs.files.reference import copy_reference
    from allocator.inputs.files.starters import copy_small, write_empty

    if empty:
        write_empty(folder)
        return f"An empty workspace is in {folder}; rows that begin with '#' are examples."
    if example == "small":
        copy_small(folder)
        return f"A small example is in {folder}."
    copy_reference(folder)
    return f"The reference case is in {folder}."
