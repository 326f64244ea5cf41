"""`allocator report`: a kept run's workbook and page, written again."""

from __future__ import annotations

from pathlib import Path

import click

from allocator import errors
from allocator.cli.options import mark_option


@click.command(short_help="Write a kept run's workbook and page again.")
@click.argument("run", type=click.Path(path_type=Path))
@mark_option
@click.pass_context
def report(ctx: click.Context, run: Path, handling_mark: str) -> None:
    """Write a kept run's workbook and page again, from the run's own folder.

    Nothing is solved; the inputs are those that the run was made from. A workbook or page that
    was edited is kept beside them under another name.

    \b
    Examples:
      allocator report reports/reassurance_20k-today-20260301T210405Z
      allocator report reports/mine --handling-mark "For exercise only"
    """
    from allocator.report.folder.rewriting import write_reports
    from allocator.results.store.reading import read_run
    from allocator.results.store.restored import restored

    kept = read_run(run)
    workbook, page, *edited = write_reports(restored(kept), kept.folder, handling_mark)
    for path in (workbook, page):
        click.echo(f"Written: {path}")
    for path in edited:
        click.echo(f"Kept: {path}, as it was changed after the run, or may have been", err=True)
    ctx.exit(errors.ANSWERED)
