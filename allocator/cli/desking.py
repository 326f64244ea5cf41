"""`allocator desk`: the live page of a workspace that is being edited."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import click

from allocator.cli import output
from allocator.cli.interrupts import Interrupts, interrupts
from allocator.cli.options import CommandOptions, asks
from allocator.cli.searching import reports_of
from allocator.errors import CommandWrongError

if TYPE_CHECKING:
    from allocator.desk.serving import OpenDesk


class ExtraMissingError(CommandWrongError):
    """What the desk stands on is not installed."""


@click.command(short_help="The live page of a workspace that is being edited.")
@asks("watch")
@click.argument("model", required=False)
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="[default: a free one]")
@click.option("--no-browser", is_flag=True, help="Only say where the page is; do not open it.")
def desk(port: int, no_browser: bool, asked: CommandOptions) -> None:
    """Follow a workspace while it is edited, and show its page, save by save.

    The page is on this machine alone, at an address with a token. Nothing is written but what a
    button asks for. Ctrl-C ends it.

    \b
    Examples:
      allocator desk
      allocator desk -w plan.xlsx --world ceasefire
      allocator desk reassurance_40k --no-browser
    """
    if asked.out is not None:
        from allocator.report.folder.runs import refuse_foreign

        refuse_foreign(asked.out)
    with interrupts() as heard, heard.searching():
        opened = _opened(asked, port)
        _tell(opened, asked)
        if not no_browser:
            click.launch(opened.door)
        until_closed(opened, heard)
        opened.close()
    click.echo("The desk is closed.", err=True)


def until_closed(opened: OpenDesk, heard: Interrupts) -> None:
    """Wait for Ctrl-C, or for a desk that ends by itself."""
    while opened.alive and not heard.pressed:
        time.sleep(0.1)


def _opened(asked: CommandOptions, port: int) -> OpenDesk:
    try:
        from allocator.desk.serving import open_desk
    except ImportError as error:
        raise ExtraMissingError(
            f"the desk needs {error.name}; pip install 'contribution-allocator[desk]'"
        ) from error
    from allocator.desk.moment import Question
    from allocator.planner.watching import asking

    ask = _marked(asking(**asked.question), asked.mark)
    reports = reports_of(asked.workspace)
    question = Question(asked.question["world"], asked.question["with_"])
    return open_desk(asked.workspace, ask, question, reports, asked.out, port)


def _marked(ask: Any, mark: str) -> Any:
    """The question with a handling mark, where there is one."""

    def asked(workspace: Any, question: Any) -> Any:
        found, how = ask(workspace, question)
        options = {**found.options, "handling_mark": mark} if mark else found.options
        return replace(found, options=options), how

    return asked


def _tell(opened: OpenDesk, asked: CommandOptions) -> None:
    """Says what it listens on."""
    if asked.json:
        from allocator.results.jsons import data_bytes

        output.data(data_bytes({"schema": 1, "url": opened.url, "workspace": str(asked.workspace)}))
        return
    click.echo(f"The desk listens on {opened.url}")
    click.echo("On this machine alone, for whoever has this address. Ctrl-C ends it.")
