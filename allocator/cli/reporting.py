"""`allocator report`: a kept run's workbook and page, written again."""

from __future__ import annotations

from pathlib import Path

import click

from allocator import errors
from allocator.cli.options import declared


@click.command(short_help="Write a kept run's workbook and page again.")
@click.argument("run", type=click.Path(path_type=Path))
@click.option("--brief", is_flag=True, help="Write page 1 alone, which prints on one sheet.")
@declared("handling_mark")
@click.pass_context
def report(ctx: click.Context, run: Path, brief: bool, handling_mark: str) -> None:
    """Write a kept run's workbook and page again, from the run's own folder.

    Nothing is solved; the inputs are those that the run was made from. A workbook or page that
    was edited is kept beside them under another name. With --brief only page 1 is written, as a
    page of its own, brief.html: who can, what blocks, what to do next.

    \b
    Examples:
      allocator report reports/reassurance_20k-today-20260301T210405Z
      allocator report reports/mine --handling-mark "For exercise only"
      allocator report reports/mine --brief
    """
    from allocator.report.folder.rewriting import write_brief, write_reports
    from allocator.results.store.reading import read_run
    from allocator.results.store.restored import restored

    kept = read_run(run)
    write = write_brief if brief else write_reports
    paths = write(restored(kept), kept.folder, handling_mark)
    made = paths[: 1 if brief else 2]
    for path in made:
        click.echo(f"Written: {path}")
    for path in paths[len(made) :]:
        click.echo(f"Kept: {path}, as it was changed after the run, or may have been", err=True)
    ctx.exit(errors.ANSWERED)
