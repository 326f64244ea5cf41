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
from tests.small_planner import model, planner_of

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


def test_what_a_run_keeps_of_options() -> None:
    """Under the name of the file; nothing of one that says nothing; a task once."""
    problem = planner_of(model("small", default=True)).problem()
    read = {name: OPTIONS[name].read(given, problem) for name, given in GIVEN.items()}
    kept = {
        key: said for name, value in read.items() for key, said in OPTIONS[name].keep(value).items()
    }
    assert kept == {
        "with": ["mandate"],
        "tasks": ["open_door"],
        "without": ["FRA"],
        "max_nations": 0,
        "from": ["1"],
        "uniform": False,
    }


GIVEN = {
    "with_": "mandate",
    "tasks": ["open_door", "open_door"],
    "without": ("FRA",),
    "front": (),
    "limit": None,
    "max_nations": 0,
    "departures": False,
    "from_": 1,
    "uniform": False,
}


@pytest.mark.parametrize("name", ["seed", "draws", "budget"])
def test_a_number_that_has_a_default_cannot_be_none(name: str) -> None:
    with pytest.raises(TypeError, match=f"{name} is None; a whole number is expected"):
        OPTIONS[name].read(None)
