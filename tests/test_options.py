"""Every option is declared once: the command line, Python and what a run keeps follow that."""

from __future__ import annotations

import inspect

import click
import pytest

from allocator import compare
from allocator.analysis.options import Options
from allocator.cli import main
from allocator.inputs.options import COMMANDS, EVERY, OPTIONS
from allocator.planner import Planner

NEVER_TYPED = {"deadline", "progress", "knowledge"}
"""Keywords of every question in Python that no command line has."""

ON_THE_COMMAND_LINE = {"watch": "desk"}
"""What the command line calls otherwise."""

OF_FILES = {
    *("workspace", "json", "out", "quiet", "no_keep", "table", "parquet", "handling_mark"),
    *("copy", "corrected", "port", "no_browser", "runs", "models", "worlds", "help"),
}
"""What the command line has of its own: where it reads, writes and shows."""


def method(command: str):
    return compare if command == "compare" else getattr(Planner, command)


@pytest.mark.parametrize("command", COMMANDS)
def test_python_takes_what_is_declared(command: str) -> None:
    """Its own by name, with the declared default, and those of every question."""
    taken = inspect.signature(method(command)).parameters
    own = {name: taken[name].default for name in COMMANDS[command]}
    for name, default in own.items():
        if default is not inspect.Parameter.empty:
            assert (default or None) == (OPTIONS[name].default or None), name
    more = set(taken) - {*own, "self", "callback", "stop", "options", "runs"}
    assert more <= {*EVERY, *NEVER_TYPED}
    if "options" in taken:
        assert not more


def test_every_question_has_these() -> None:
    assert set(Options.__annotations__) == {*EVERY, *NEVER_TYPED}


@pytest.mark.parametrize("command", COMMANDS)
def test_the_command_line_takes_what_is_declared(command: str) -> None:
    found = main.commands[ON_THE_COMMAND_LINE.get(command, command)]
    names = {param.name for param in found.params} - OF_FILES
    if "task" in names:  # One where Python takes several.
        names = {name for name in names if name != "task" or "task" in COMMANDS[command]}
        names |= {"tasks"} & {*COMMANDS[command]}
    assert names == {*EVERY, *COMMANDS[command]}
    for param in found.params:
        if isinstance(param, click.Option) and param.name in OPTIONS:
            assert param.help == OPTIONS[param.name].help(command)
