"""Keeping an answer: what cannot be written is no reason to lose it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from traceback import extract_tb

import click

from allocator import errors
from allocator.cli import output
from allocator.memory import is_lack


def kept(
    what: str, place: object, write: Callable[[], Path], *, wanted: bool = True
) -> Path | None:
    """Return where `write` has put it; None, and why on standard error, where it could not, or
    nobody wanted it. Whatever is raised: errors of writing come as classes of several libraries.

    what: is kept, in words. place: where it would be. write: keeps it. wanted: whether it is asked
    for.
    """
    if not wanted:
        click.echo(f"{what} is not kept: --no-keep.", err=True)
        return None
    before = _question_in(place)
    try:
        folder = write()
    except Exception as error:
        click.echo(f"{what} could not be kept in {place}: {reason(error)}", err=True)
        click.echo("Name another folder with --out.", err=True)
        return None
    if before and before != _question_in(folder):
        click.echo(f"Replaced in {place}: {before}.", err=True)
    return folder


def _question_in(place: object) -> str:
    """Which question a folder answers; blank where that cannot be told, which is no reason to lose
    the answer that is to be kept there."""
    from allocator.results.store.kept_list import question_in

    try:
        return question_in(place) if isinstance(place, Path) else ""
    except Exception:
        return ""


def show(
    answer: Callable[[], None], kept_in: Path | None, *, named: bool, quiet: bool = False
) -> None:
    """Show the answer, then where it is kept; or, where it is to be quiet, only that.

    answer: writes it. kept_in: its folder, if it is kept. named: whether the answer itself names
    the folder. quiet: whether nothing but the folder is shown.
    """
    if quiet:
        if kept_in is not None:
            click.echo(str(kept_in))
        return
    with showing(kept_in, named=named):
        answer()


@contextmanager
def showing(kept_in: Path | None, *, named: bool) -> Iterator[None]:
    """Show the answer within the block; afterwards name its folder on standard error, unless the
    answer itself names it, and reached somebody."""
    try:
        yield
    except output.ShownError:
        named = False
        raise
    finally:
        if kept_in is not None and not (named and output.leads_somewhere()):
            click.echo(f"Kept in {kept_in}", err=True)


def reason(error: Exception) -> str:
    """Return why, in words; with its place, where the fault is ours."""
    if is_lack(error):
        return "the memory is used up"
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    if isinstance(error, OSError) or errors.exit_status(error) != errors.FAULT:
        return str(error)
    last = extract_tb(error.__traceback__)[-1]
    where = f"{Path(last.filename).name}:{last.lineno}"
    return f"internal fault, {type(error).__name__}: {error} ({where}); please report it"
