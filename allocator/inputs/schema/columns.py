"""What a planner may write into each field of a row kind, read off the kind itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from types import NoneType
from typing import Any, Literal, TypeAlias, get_args, get_origin

from allocator.inputs.conditions import Condition
from allocator.inputs.schema.base import Row
from allocator.inputs.schema.calendar import Month
from allocator.inputs.schema.objectives import EVERY_OBJECTIVE
from allocator.inputs.schema.periods import Periods
from allocator.inputs.schema.types import Suggested, Text, Unit

Kind: TypeAlias = Literal[
    "text",
    "id",
    "whole",
    "quantity",
    "share",
    "yes_no",
    "choice",
    "condition",
    "periods",
    "weights",
    "part",
    "month",
    "start",
    "date",
]
"""`id` is a word by which things are named; `quantity` a whole number or the word `rest`;
`weights` is a mapping of ids to whole numbers, `part` what has fields of its own."""

REFERS_TO = {
    "nation": "nations",
    "capability": "capabilities",
    "provides": "capabilities",
    "precondition": "preconditions",
    "implies": "preconditions",
    "task": "tasks",
    "of": "tasks",
    "members": "nations",
    "reinforces": "tasks",
}
"""The table whose ids a field holds, by the field's name, wherever it is not the row's own id."""


_KINDS: dict[Any, Kind] = {
    bool: "yes_no",
    int: "whole",
    float: "share",
    Condition: "condition",
    Periods: "periods",
    Month: "month",
    int | Month: "start",
    int | Literal["rest"]: "quantity",
    date: "date",
}


@dataclass(frozen=True, slots=True)
class Column:
    """One field. `several`: a cell holds several values with `;` between. `choices`: the words
    that it takes, or where it is `open` those that are usual; `refers_to`: the table whose ids it
    takes, or ''."""

    name: str
    meaning: str
    kind: Kind
    several: bool = False
    choices: tuple[str, ...] = ()
    open: bool = False
    refers_to: str = ""
    required: bool = False


def columns_of(row_kind: type[Row]) -> tuple[Column, ...]:
    """The fields of a row kind in their order."""
    return tuple(_column(row_kind, name) for name in row_kind.model_fields)


def _column(row_kind: type[Row], name: str) -> Column:
    info = row_kind.model_fields[name]
    annotation, metadata = _plain(info.annotation, list(info.metadata))
    several = get_origin(annotation) is tuple
    if several:
        annotation, metadata = _plain(get_args(annotation)[0], [])
    kind = _kind(annotation, metadata)
    return Column(
        name,
        info.description or "",
        "choice" if name == "objectives" else kind,
        several and kind != "part",
        EVERY_OBJECTIVE if name == "objectives" else _choices(annotation, metadata),
        any(isinstance(said, Suggested) for said in metadata),
        _refers_to(row_kind, name),
        info.is_required(),
    )


def _plain(annotation: Any, metadata: list[Any]) -> tuple[Any, list[Any]]:
    """The type without `None` and annotations, and what the annotations say."""
    if NoneType in get_args(annotation):
        (inner,) = [one for one in get_args(annotation) if one is not NoneType]
        return _plain(inner, metadata)
    if hasattr(annotation, "__metadata__"):
        inner, *said = get_args(annotation)
        return _plain(inner, [*said, *metadata])
    return annotation, metadata


def _kind(annotation: Any, metadata: list[Any]) -> Kind:
    if get_origin(annotation) is Literal:
        return "choice"
    if get_origin(annotation) is dict:
        return "weights"
    if any(isinstance(said, Suggested) for said in metadata):
        return "choice"
    if annotation is str:
        texts = (get_args(Text)[1], get_args(Unit)[1])
        return "text" if any(said in texts for said in metadata) else "id"
    return _KINDS.get(annotation, "part")


def _choices(annotation: Any, metadata: list[Any]) -> tuple[str, ...]:
    suggested = (said.words for said in metadata if isinstance(said, Suggested))
    fixed = get_args(annotation) if get_origin(annotation) is Literal else ()
    return next(suggested, fixed)


def _refers_to(row_kind: type[Row], name: str) -> str:
    if name == row_kind.id_field:
        return ""
    if row_kind.__name__ == "LeadRow" and name in ("any_of", "all_of"):
        return "nations"
    return REFERS_TO.get(name, "")
