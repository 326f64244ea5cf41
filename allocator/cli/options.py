"""Options that several commands share."""

from __future__ import annotations

import difflib
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

import click

from allocator.inputs.firmness import COUNTS, INVENTORY
from allocator.shell import Word, offer

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
    """The options of a command that searches."""

    workspace: Path
    world: str
    with_: tuple[str, ...]
    time_limit: float
    workers: int | None
    seed: int
    json: bool
    out: Path | None
    table: str | None = None
    parquet: bool = False
    mark: str = ""
    without: tuple[str, ...] = ()
    count: str = INVENTORY
    on: str | None = None
    quiet: bool = False
    keep: bool = True

    @property
    def question(self) -> dict[str, Any]:
        """The keywords that the planner's methods take."""
        return {
            "world": self.world,
            "with_": self.with_,
            "time_limit": self.time_limit,
            "workers": self.workers,
            "seed": self.seed,
            **({"without": self.without} if self.without else {}),
            **self.offers,
        }

    @property
    def offers(self) -> dict[str, Any]:
        """Those of the keywords that say which offers count, as far as they were given."""
        given = {"count": self.count, "on": self.on}
        return {name: said for name, said in given.items() if said not in (None, INVENTORY)}

    def again(self, model: str | None) -> Sequence[tuple[str, Word]]:
        """The options that ask about the same workspace, model and world again."""
        given: list[tuple[str, Word]] = [("--model", model)] if model is not None else []
        given += [("--world", self.world)] if self.world != "today" else []
        given += [("--with", name) for name in self.with_]
        given += [("--without", name) for name in self.without]
        given += [(f"--{name}", said) for name, said in self.offers.items()]
        return [*self.where, *given]

    @property
    def where(self) -> Sequence[tuple[str, Word]]:
        """The option that names the workspace, where it is not this folder."""
        return named_workspace(self.workspace, "--workspace")


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


def model_option(command: F) -> F:
    return click.option(
        "--model", help="Operation model; may be left out where one is the default."
    )(command)


def time_limit_option(command: F) -> F:
    return click.option(
        "--time-limit",
        type=float,
        callback=seconds,
        metavar="SECONDS",
        default=120.0,
        show_default=True,
        help="Seconds for the whole command.",
    )(command)


def front_option(command: F) -> F:
    return click.option(
        "--front",
        metavar="OBJECTIVE,OBJECTIVE[,OBJECTIVE]",
        callback=lambda ctx, param, value: value.split(",") if value else (),
        help="Two or three objectives: all values of them that no plan beats.",
    )(command)


def survive_option(members: str) -> Callable[[F], F]:
    """The option of a command about sets of `members`."""
    return click.option(
        "--survive",
        type=click.IntRange(min=0),
        metavar="K",
        help=f"Also the sets that stand even if any K of their {members}.",
    )


def world_option(command: F) -> F:
    return click.option("--world", default="today", show_default=True, help="World to ask about.")(
        command
    )


def with_option(command: F) -> F:
    return click.option(
        "--with",
        "with_",
        metavar="PRECONDITION[@PERIOD]",
        multiple=True,
        help="Holds as well, from the period, or the month such as 2026-07, on; repeatable.",
    )(command)


def _day(ctx: click.Context, param: click.Parameter, value: str | None) -> str | None:
    """Refuses what is no date before anything is read."""
    from datetime import date

    try:
        return value if value is None else date.fromisoformat(value).isoformat()
    except ValueError:
        raise click.BadParameter(f"'{value}' is no date; write it like 2026-01-31") from None


def count_option(command: F) -> F:
    return click.option(
        "--count",
        type=click.Choice(COUNTS),
        default=INVENTORY,
        show_default=True,
        help="Only what is offered, in this status or a firmer one; or all that is held.",
    )(command)


def on_option(command: F) -> F:
    return click.option(
        "--on",
        callback=_day,
        metavar="DATE",
        help="The day on which offers have to be valid.  [default: today]",
    )(command)


def quiet_option(command: F) -> F:
    return click.option(
        "--quiet", is_flag=True, help="Show nothing but the folder where it is kept."
    )(command)


_SEARCH: tuple[Callable[[Any], Any], ...] = (
    world_option,
    with_option,
    count_option,
    on_option,
    time_limit_option,
    click.option("--workers", type=click.IntRange(min=1), help="Questions worked on at once."),
    click.option(
        "--seed", type=click.IntRange(0, 2**31 - 1), default=0, show_default=True, help="Seed."
    ),
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
    *, quiet: bool, json: bool, no_keep: bool = False, out: Path | None = None
) -> None:
    """Raise click.UsageError where options ask for two things of which only one can be.

    quiet, json, no_keep, out: what was given.
    """
    if no_keep and out is not None:
        raise click.UsageError("--no-keep and --out ask for two things; leave one out")
    if quiet and json:
        raise click.UsageError("--quiet and --json ask for two things; leave one out")


def search_options(command: F) -> F:
    """The options of every command that searches; the command gets them as one `CommandOptions`."""
    from functools import wraps

    @wraps(command)
    def gathered(
        workspace: Path,
        world: str,
        with_: tuple[str, ...],
        time_limit: float,
        workers: int | None,
        seed: int,
        json: bool,
        out: Path | None,
        count: str,
        on: str | None,
        quiet: bool,
        no_keep: bool,
        **others: Any,
    ) -> Any:
        refuse_contradictions(quiet=quiet, no_keep=no_keep, json=json, out=out)
        asked = CommandOptions(
            workspace, world, with_, time_limit, workers, seed, json, out,
            count=count, on=on, quiet=quiet, keep=not no_keep,
        )  # fmt: skip
        return command(asked=asked, **others)

    decorated: Any = gathered
    for option in reversed(_SEARCH):
        decorated = option(decorated)
    found: F = workspace_option(decorated)
    return found


def without_option(command: F) -> F:
    return click.option(
        "--without",
        metavar="NATION",
        multiple=True,
        help="This nation sends nothing anywhere; repeatable.",
    )(command)


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


def mark_option(command: F) -> F:
    return click.option(
        "--handling-mark",
        metavar="TEXT",
        default="",
        help="How the page is to be handled; stands at its top and bottom.",
    )(command)


def _table(ctx: click.Context, param: click.Parameter, name: str | None) -> str | None:
    """Refuses a table that no run has before anything is searched."""
    if name is None:
        return None
    from allocator.report.tables.run import MAKERS

    if name in MAKERS:
        return name
    near = difflib.get_close_matches(name.lower(), MAKERS, n=1)
    hint = f"did you mean {near[0]}?" if near else f"there are {', '.join(MAKERS)}"
    raise click.BadParameter(f"no table '{name}'; {hint}")


def run_options(command: F) -> F:
    """The options of every command that searches and keeps a run."""
    from functools import wraps

    @wraps(command)
    def gathered(
        asked: CommandOptions,
        table: str | None,
        parquet: bool,
        handling_mark: str,
        without: tuple[str, ...],
        **others: Any,
    ) -> Any:
        if table is not None and asked.json:
            raise click.UsageError(
                "--table and --json both want the standard output; leave one out"
            )
        if table is not None and asked.quiet:
            raise click.UsageError("--table and --quiet ask for two things; leave one out")
        told = replace(asked, table=table, parquet=parquet, mark=handling_mark, without=without)
        return command(asked=told, **others)

    decorated: Any = mark_option(gathered)
    decorated = without_option(decorated)
    decorated = click.option(
        "--parquet", is_flag=True, help="Keep the tables as Parquet too; needs pyarrow."
    )(decorated)
    decorated = click.option(
        "--table",
        metavar="NAME",
        callback=_table,
        help="One table as CSV on standard output, and nothing else there; see docs/tables.md.",
    )(decorated)
    found: F = search_options(decorated)
    return found
