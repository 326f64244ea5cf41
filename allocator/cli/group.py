"""The group of all commands: its help, its suggestions, and what an error ends with."""

from __future__ import annotations

import difflib
import sys
import threading
import traceback
from typing import Any

import click

from allocator import errors
from allocator.cli import output
from allocator.cli.interrupts import end_at_once, too_late
from allocator.leaving import INTERRUPTED, LEFT, end
from allocator.memory import is_lack

_EXAMPLES = """Which nations can staff which task of an operation, and what stands in the way.

\b
Examples:
  allocator init plan                   a new workspace with the reference case
  allocator check                       every problem of the workspace in this folder
  allocator solve                       the joint plan, and every task's verdict
  allocator blockers western_presence   what would unlock a task, and who waits for what

\b
Exit status: 0 answered, 1 the inputs are wrong, 2 the command line is wrong,
3 time or memory ran out before any answer, 4 an internal fault, 130 interrupted.
"""


class AllocatorGroup(click.Group):
    """Commands in the order they are used, near names for slips, no traceback for what users do."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and not args[0].startswith("-") and args[0] not in self.commands:
            ctx.fail(self._no_such(args[0]))
        return super().resolve_command(ctx, args)

    def _no_such(self, name: str) -> str:
        near = difflib.get_close_matches(name.lower(), self.commands, n=1)
        known = ", ".join(self.commands)
        return f"no command '{name}'; " + (f"did you mean {near[0]}?" if near else f"try {known}")

    def __call__(self, *args: Any, **how: Any) -> Any:
        """As a process of its own, to whose end Ctrl-C is ours."""
        end_at_once()
        heard = output.open_streams()
        try:
            return super().__call__(*args, **how)
        except SystemExit as ended:
            if not heard:
                click.echo("The answer is not shown: standard output is closed.", err=True)
            too_late()
            if threading.active_count() > 1:
                # A search that could not be stopped may still be running; the interpreter, taken
                # down in order, would take down what it uses and abort.
                end(ended)
            raise

    def main(self, *args: Any, **how: Any) -> Any:
        """Also where it is called within a process."""
        with output.visible_streams():
            return super().main(*args, **how)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit):
            raise
        except (Exception, KeyboardInterrupt) as error:
            ctx.exit(_told(error))


def _told(error: BaseException) -> int:
    """Says on standard error what went wrong, and returns the exit status."""
    if isinstance(error, (KeyboardInterrupt, click.Abort)):
        click.echo(LEFT, nl=False, err=True)
        return INTERRUPTED
    if isinstance(error, BrokenPipeError):
        output.leave_quietly(sys.stdout)  # The reader has seen enough.
        return errors.ANSWERED
    if is_lack(error):
        click.echo(f"Error: {_NO_MEMORY}", err=True)
        return errors.NO_ANSWER_IN_TIME
    code = errors.exit_status(error)
    if code == errors.FAULT:
        traceback.print_exception(error, file=sys.stderr)
    elif issues := getattr(error, "issues", ()):
        _tell_issues(issues)
    else:
        click.echo(f"Error: {_said(error)}", err=True)
    return code


_NO_MEMORY = (
    "the memory is used up; every file is whole, or as it was before. Ask about a model of fewer "
    "tasks or periods, or about one task with packages or blockers, or where there is more memory"
)


def _tell_issues(issues: Any) -> None:
    from allocator.report.terminal.issues import show_issues

    output.page(show_issues(issues, sys.stderr), err=True)


def _said(error: BaseException) -> str:
    """Of an error of the system, where and why; of ours, what it says itself."""
    if isinstance(error, OSError) and error.strerror:
        place = error.filename2 or error.filename
        return f"{place}: {error.strerror}" if place else error.strerror
    return str(error)


def _version(ctx: click.Context, param: click.Parameter, asked: bool) -> None:
    if asked:
        click.echo(f"allocator {_installed()}")
        ctx.exit()


def _installed() -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("contribution-allocator")
    except PackageNotFoundError:
        return "(run from its source, not installed)"


@click.group(
    cls=AllocatorGroup,
    help=_EXAMPLES,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_version,
    help="Show the version and exit.",
)
def main() -> None:
    """See `_EXAMPLES`."""
