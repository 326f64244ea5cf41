"""The file of a sweep: models, worlds, changes and draws, of which every combination is a case."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar, Literal, TypeAlias

from pydantic import BeforeValidator, Field, PlainValidator, model_validator

from allocator.inputs.firmness import INVENTORY
from allocator.inputs.options.declared import MOST_DRAWS
from allocator.inputs.schema.base import Row
from allocator.inputs.schema.types import (
    Date,
    Name,
    Positive,
    Several,
    Text,
    TrueFalse,
    Whole,
    Word,
    misfit,
)

SECONDS = 60
"""Of a case, where the file says nothing else."""

Names: TypeAlias = Annotated[tuple[Text, ...], Several]


def _cells(value: Any) -> Mapping[str, Any]:
    """By column; None is a blank cell."""
    if not isinstance(value, Mapping):
        raise misfit("mapping", "a mapping of columns to cells, as {nation: FRA, quantity: 60}")
    for cell in value.values():
        if isinstance(cell, Mapping | list | tuple):
            raise misfit("text", "one value in a cell", found=cell)
    return {str(column): None if cell is None else _text(cell) for column, cell in value.items()}


def _text(cell: Any) -> str:
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    return str(cell)


def _spread(value: Any) -> dict[str, float]:
    if not isinstance(value, Mapping):
        raise misfit("mapping", "per cent by basis, as {estimate: 30}")
    return {str(basis): _percent(percent) for basis, percent in value.items()}


def _percent(value: Any) -> float:
    try:
        number = float(value)
    except (TypeError, ValueError):
        number = 0.0
    if not 0 < number < float("inf"):
        raise misfit("bounds", "more than 0 per cent, as in estimate: 30", found=value)
    return int(number) if number == int(number) else number


def _draws(value: Any) -> int:
    try:
        number = int(str(value))
    except ValueError:
        number = 0
    if not 1 <= number <= MOST_DRAWS:
        raise misfit("bounds", f"a whole number of draws from 1 to {MOST_DRAWS:,}")
    return number


class SweptWorld(Row):
    """One world of the sweep: a named one, with what holds on top of it."""

    may_have_own: ClassVar[bool] = False

    world: Text = Field(default="today", description="A world of the workspace; today by default.")
    with_: Names = Field(
        default=(), alias="with", description="Preconditions on top, as ceasefire or ceasefire@3."
    )
    name: Name | None = Field(default=None, description="What the table calls it.")

    @model_validator(mode="before")
    @classmethod
    def _by_name(cls, data: Any) -> Any:
        """A name alone is the world of that name."""
        return {"world": data} if isinstance(data, str) else data

    @property
    def label(self) -> str:
        return self.name or " + ".join((self.world, *self.with_))


class SweptCells(Row):
    """Other cells in one row of a table, as `planner.change` takes them."""

    may_have_own: ClassVar[bool] = False

    table: Text = Field(description="The table, such as availability.")
    row: Whole | None = Field(
        default=None, description="Its row from 0, where no cell of its key names it."
    )
    cells: Annotated[dict[str, Any], PlainValidator(_cells)] = Field(
        description="Cells by column; those of the key name the row, the others are its new ones."
    )


class SweptChange(Row):
    """One change of the sweep; one that says nothing leaves the workspace as it is."""

    may_have_own: ClassVar[bool] = False

    name: Name = Field(description="What the table calls it.")
    change: tuple[SweptCells, ...] = Field(default=(), description="Other cells.")
    without: Names = Field(default=(), description="Nations that send nothing.")
    with_: Names = Field(default=(), alias="with", description="Preconditions that hold as well.")


class SweptDraws(Row):
    """Figures drawn from their ranges, as `allocator ranges` draws them."""

    may_have_own: ClassVar[bool] = False

    number: Annotated[int, PlainValidator(_draws)] = Field(description="How many draws.")
    spread: Annotated[dict[str, float], PlainValidator(_spread)] = Field(
        default={}, description="Per cent either way by basis, of figures without a range."
    )
    uniform: TrueFalse = Field(default=False, description="Whether all values are alike.")
    likelihoods: TrueFalse = Field(
        default=False, description="Whether open preconditions are drawn too, as they are likely."
    )

    @model_validator(mode="before")
    @classmethod
    def _by_number(cls, data: Any) -> Any:
        """A number alone is that many draws."""
        return {"number": data} if isinstance(data, str | int) else data


def _some(value: Any) -> Any:
    """A list that is written has entries: of none there would be no case."""
    if value is None or (isinstance(value, list | tuple) and not value):
        raise misfit("empty", "at least one entry")
    return value


class SweepSpec(Row):
    """A sweep: every combination of its models, worlds, changes and draws is a case."""

    may_have_own: ClassVar[bool] = False
    blank_is_wrong: ClassVar[frozenset[str]] = frozenset({"models", "worlds", "changes", "tasks"})

    name: Name | None = Field(default=None, description="Its name; that of its file by default.")
    models: Names = Field(default=(), description="Operation models; the default one if left out.")
    worlds: Annotated[tuple[SweptWorld, ...], BeforeValidator(_some)] = Field(
        default=(SweptWorld(),), description="Worlds, by name or with what holds on top."
    )
    changes: Annotated[tuple[SweptChange, ...], BeforeValidator(_some)] = Field(
        default=(), description="Changes of the workspace; none of them if left out."
    )
    draws: SweptDraws | None = Field(
        default=None, description="Draws of the figures; as stated if left out."
    )
    tasks: Names = Field(default=(), description="Tasks to judge; all of a model if left out.")
    plan: TrueFalse = Field(default=True, description="Whether to look for the joint plan too.")
    count: Annotated[Literal["in_place", "firm", "indicated", "possible", "inventory"], Word] = (
        Field(default=INVENTORY, description="The status from which offers are counted.")
    )
    on: Date | None = Field(
        default=None, description="The day on which offers have to be valid; today if left out."
    )
    seed: Whole = Field(default=0, description="Of the draws and of the engines.")
    time_limit: Positive = Field(default=SECONDS, description="Seconds for a case, at the most.")
    note: Text = Field(default="", description="Anything a reader should know.")
