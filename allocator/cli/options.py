"""The options of commands: those that are declared for every door, and the command line's own."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import click

from allocator.inputs.firmness import COUNTS
from allocator.inputs.options import COMMANDS, EVERY, OPTIONS, Option, kinds
from allocator.near import or_all
from allocator.shell import Options, Word, offer

F = TypeVar("F", bound=Callable[..., Any])


def seconds(ctx: click.Context, param: click.Parameter, value: float | None) -> float | None:
    """Take a number of seconds, or none. Raises click.BadParameter for any other.

    ctx, param: the option's. value: as it was given.
    """
    if value is not None and not (math.isfinite(value) and value >= 0):
        raise click.BadParameter(f"{value} is no number of seconds; write 0 or more, such as 90")
    return value


@dataclass(frozen=True, slots=True)
class CommandOptions:
    """What was said on the command line of a command that searches. question: the keywords that
    the planner's method takes."""

    workspace: Path
    question: Mapping[str, Any]
    json: bool
    out: Path | None
    quiet: bool
    keep: bool
    mark: str = ""
    table: str | None = None
    parquet: bool = False

    @property
    def model(self) -> str | None:
        return self.question.get("model")

    @property
    def offers(self) -> dict[str, Any]:
        """Those of the keywords that say which offers count, as far as they were given."""
        given = {name: self.question[name] for name in ("count", "on")}
        return {name: said for name, said in given.items() if said != OPTIONS[name].default}

    def again(self, *, with_model: bool = True) -> Options:
        """The options that ask about the same workspace and world again, and about the model."""
        said = [*self.where]
        for name in _AGAIN if with_model else _AGAIN[1:]:
            option, given = OPTIONS[name], self.question.get(name)
            if given is not None and given != option.default:
                each = given if isinstance(given, tuple) else (given,)
                said += [(flag(option), word) for word in each]
        return said

    @property
    def where(self) -> Options:
        """The option that names the workspace, where it is not this folder."""
        return named_workspace(self.workspace, "--workspace")


_AGAIN = ("model", "world", "with_", "without", "count", "on")
"""Options that make it a question about another problem or world."""


def named_workspace(workspace: Path, option: str = "-w") -> list[tuple[str, Word]]:
    """The option that names the workspace, where it is not this folder."""
    return [] if workspace == Path() else [(option, workspace)]


def next_for(workspace: Path) -> str:
    """What to do with a new workspace, as a line."""
    named = named_workspace(workspace)
    check, solve = (offer(verb, options=named) for verb in ("check", "solve"))
    return f"Next: {check}; then {solve}"


def workspace_option(command: F) -> F:
    return click.option(
        "-w",
        "--workspace",
        type=click.Path(exists=True, path_type=Path),
        default=Path("."),
        help="Folder or .xlsx workbook.  [default: this folder]",
    )(command)


def json_option(command: F) -> F:
    return click.option(
        "--json", is_flag=True, help="JSON on standard output, and nothing else there."
    )(command)


def flag(option: Option) -> str:
    """As the option stands on the command line."""
    return f"--{(option.flag or option.name).replace('_', '-')}"


def declared(*names: str, command: str = "") -> Callable[[F], F]:
    """The click options of declared ones, in this order, as a command has them."""

    def given(function: F) -> F:
        for name in reversed(names):
            option = OPTIONS[name]
            how = _taken(option)
            if option.metavar:
                how["metavar"] = option.metavar
            if isinstance(option.default, str | int | float) and "is_flag" not in how:
                how |= {"default": option.default, "show_default": option.default != ""}
            how["help"] = option.help(command)
            function = click.option(flag(option), option.name, **how)(function)
        return function

    return given


def _taken(option: Option) -> dict[str, Any]:
    """How click takes values of the option's kind."""
    match option.kind:
        case kinds.Whole(least, most):
            return {"type": click.IntRange(least, most)}
        case kinds.OneOf(words):
            return {"type": click.Choice(words)}
        case kinds.Count():
            return {"type": click.Choice(COUNTS)}
        case kinds.YesNo():
            return {"is_flag": True}
        case kinds.Names() | kinds.Periods():
            return {"multiple": True}
        case kinds.Seconds():
            return {"type": float, "callback": seconds}
        case kinds.Day():
            return {"callback": _day}
        case kinds.Objectives():
            return {"callback": lambda ctx, param, value: value.split(",") if value else ()}
        case kinds.Spread():
            return {"multiple": True, "callback": spread}
    return {}


def _day(ctx: click.Context, param: click.Parameter, value: str | None) -> str | None:
    """Refuses what is no date before anything is read."""
    from datetime import date

    try:
        return value if value is None else date.fromisoformat(value).isoformat()
    except ValueError:
        raise click.BadParameter(f"'{value}' is no date; write it like 2026-01-31") from None


def spread(ctx: click.Context, param: click.Parameter, given: tuple[str, ...]) -> dict[str, float]:
    """Read `estimate=30,assumption=30`. Raises click.BadParameter.

    ctx, param: the option's. given: each time that it was written.
    """
    found: dict[str, float] = {}
    for entry in (part.strip() for text in given for part in text.split(",")):
        basis, equals, percent = (part.strip() for part in entry.partition("="))
        try:
            number = float(percent)
        except ValueError:
            number = -1.0
        if not equals or not basis or not 0 < number < math.inf:
            raise click.BadParameter(
                f"'{entry}' is no spread; write BASIS=PER_CENT, as estimate=30"
            )
        if basis in found:
            raise click.BadParameter(f"'{basis}' stands there twice; name it once")
        found[basis] = int(number) if number == int(number) else number
    return found


def quiet_option(command: F) -> F:
    return click.option(
        "--quiet", is_flag=True, help="Show nothing but the folder where it is kept."
    )(command)


_KEPT: tuple[Callable[[Any], Any], ...] = (
    json_option,
    click.option(
        "--out",
        type=click.Path(path_type=Path),
        help="Folder for the run.  [default: a new one under reports/]",
    ),
    quiet_option,
    click.option("--no-keep", "no_keep", is_flag=True, help="Write nothing to reports/."),
)


def refuse_contradictions(
    *,
    quiet: bool,
    json: bool,
    no_keep: bool = False,
    out: Path | None = None,
    table: str | None = None,
) -> None:
    """Raise click.UsageError where options ask for two things of which only one can be.

    quiet, json, no_keep, out, table: what was given.
    """
    if no_keep and out is not None:
        raise click.UsageError("--no-keep and --out ask for two things; leave one out")
    if quiet and json:
        raise click.UsageError("--quiet and --json ask for two things; leave one out")
    if table is not None and json:
        raise click.UsageError("--table and --json both want the standard output; leave one out")
    if table is not None and quiet:
        raise click.UsageError("--table and --quiet ask for two things; leave one out")


def mark_cells_option(command: F) -> F:
    return click.option(
        "--mark",
        "copy",
        type=click.Path(path_type=Path),
        is_flag=False,
        flag_value="",
        metavar="[OUT]",
        help="Of a workbook: write a copy with the wrong cells marked.  [default: beside it]",
    )(command)


def _table(ctx: click.Context, param: click.Parameter, name: str | None) -> str | None:
    """Refuses a table that no run has before anything is searched."""
    if name is None:
        return None
    from allocator.report.tables.run import MAKERS

    if name in MAKERS:
        return name
    raise click.BadParameter(f"no table '{name}'{or_all(name, MAKERS)}")


_TABLES: tuple[Callable[[Any], Any], ...] = (
    click.option(
        "--table",
        metavar="NAME",
        callback=_table,
        help="One table as CSV on standard output, and nothing else there; see docs/tables.md.",
    ),
    click.option("--parquet", is_flag=True, help="Keep the tables as Parquet too; needs pyarrow."),
)


def asks(command: str, *, keeps_run: bool = False) -> Callable[[F], F]:
    """Give a function the options that a question takes, as one `CommandOptions`; what it has
    already stays its own, unless it is an argument of the question.

    command: the question. keeps_run: whether its answer is a run, whose tables can be asked for.
    """

    def given(function: F) -> F:
        there = list(getattr(function, "__click_params__", ()))
        known = {param.name for param in there}
        own = [name for name in COMMANDS[command] if name not in known and OPTIONS[name].meaning]
        gone = [name for name in own if name == "without"]
        ends = [declared(*gone, "handling_mark")]
        search = [workspace_option, declared(*EVERY), *_KEPT]
        rest = [*search, *_TABLES, *ends] if keeps_run else [*ends, *search]
        mine = declared(*(name for name in own if name not in gone), command=command)
        gathered: Any = _gathered(function, command)
        gathered.__click_params__ = [*_params(*rest), *there, *_params(mine)]
        found: F = gathered
        return found

    return given


def _params(*options: Callable[[Any], Any]) -> list[click.Parameter]:
    """The parameters that options come to, the last first, as click gathers them."""

    def taken() -> None:
        """What the options are of."""

    for option in reversed(options):
        option(taken)
    found: list[click.Parameter] = getattr(taken, "__click_params__", [])
    return found


def _gathered(function: Callable[..., Any], command: str) -> Callable[..., Any]:
    """The function, called with the options of its question as one."""
    from functools import wraps

    @wraps(function)
    def gathered(
        workspace: Path,
        json: bool,
        out: Path | None,
        quiet: bool,
        no_keep: bool,
        handling_mark: str,
        table: str | None = None,
        parquet: bool = False,
        **others: Any,
    ) -> Any:
        refuse_contradictions(quiet=quiet, no_keep=no_keep, json=json, out=out, table=table)
        question = {name: others.pop(name) for name in EVERY}
        own = {name: others.pop(name) for name in COMMANDS[command] if name in others}
        question |= {name: said for name, said in own.items() if said != ()}
        asked = CommandOptions(
            workspace, question, json, out, quiet, not no_keep, handling_mark, table, parquet
        )
        return function(asked=asked, **others)

    return gathered
