"""From a folder to a workbook, or back."""

from __future__ import annotations

from pathlib import Path

import click

from allocator.cli.options import next_for


@click.command(short_help="A folder as a workbook, or a workbook as a folder.")
@click.argument("source", metavar="FROM", type=click.Path(exists=True, path_type=Path))
@click.argument("target", metavar="TO", type=click.Path(path_type=Path))
@click.option("--over", is_flag=True, help="Write over what is there.")
def convert(source: Path, target: Path, over: bool) -> None:
    """Write the workspace FROM as a workbook where TO ends in .xlsx, else as a folder.

    Nothing is lost but comments in model files. A folder that is written over keeps the files
    whose contents are the same.

    \b
    Examples:
      allocator convert . plan.xlsx
      allocator convert plan.xlsx plan
      allocator convert plan.xlsx . --over
    """
    from allocator.inputs.files.convert import convert as write

    warnings = write(source, target, over=over)
    click.echo(f"The workspace is in {target}.")
    if warnings:
        click.echo(f"It has {len(warnings)} warnings; allocator check lists them.", err=True)
    click.echo(next_for(target), err=True)
