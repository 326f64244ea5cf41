"""What fields of one part of an operation model say to each other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, TypeAlias

from pydantic import AfterValidator, BeforeValidator

from allocator.problem import OBJECTIVES
from allocator.schema.types import Id, Positive, Several, Text, misfit

if TYPE_CHECKING:
    from allocator.schema.model import LeadRow, LineRow, TaskRow


def check_line(line: LineRow) -> None:
    """Raises a misfit unless it is clear what fills the line, and how much is needed."""
    if line.any_of and line.capability:
        raise misfit("line_both", "either any_of or capability", found=line.capability)
    if not line.any_of and not line.capability:
        raise misfit("line_unfilled", "line with any_of, or capability")
    if not line.id:
        raise misfit("line_unnamed", "line with any_of, or capability")
    if line.minimum is None and line.one_per is None:
        raise misfit("line_amount", "minimum or one_per")
    minimum = line.minimum or 0
    if line.target is not None and line.target < minimum:
        raise misfit(
            "target_below", f"at least the minimum, {minimum}", found=line.target, field="target"
        )


def check_lead(lead: LeadRow) -> None:
    """Raises a misfit for a lead that says nothing, or names nations in two ways."""
    if not lead.model_fields_set:
        raise misfit("lead_empty", "any_of, all_of, provides or min_share")
    if lead.any_of is not None and lead.all_of is not None:
        raise misfit("lead_both", "either any_of or all_of")


def check_task(task: TaskRow) -> None:
    """Raises a misfit where fewer nations are allowed than are needed."""
    least, most = task.min_nations, task.max_nations
    if least is not None and most is not None and least > most:
        raise misfit(
            "nations_range", f"at least min_nations, {least}", found=most, field="max_nations"
        )


def _weights(value: Any) -> Any:
    if not isinstance(value, dict) and value is not None:
        raise misfit("mapping", "a mapping such as {mech_battalion: 1, light_battalion: 1}")
    if not value:
        raise misfit("empty", "at least one capability")
    return value


def _lines(value: Any) -> Any:
    if isinstance(value, list | tuple) and not value:
        raise misfit("empty", "at least one line")
    return value


def _objectives(names: tuple[str, ...]) -> tuple[str, ...]:
    for name in names:
        if name not in OBJECTIVES:
            options = " or ".join(f"'{option}'" for option in OBJECTIVES)
            raise misfit("choice", options, found=name)
        if names.count(name) > 1:
            raise misfit("repeated", "each objective once", found=name)
    return names


def _maybe_several(value: Any) -> Any:
    """No objective at all is a choice too: any valid plan will do."""
    return () if isinstance(value, list | tuple) and not value else Several.func(value)  # type: ignore


def _lead(value: Any) -> Any:
    if value is None or value == "":
        raise misfit("lead_empty", "any_of, all_of, provides or min_share")
    return value


Lead = BeforeValidator(_lead)
Lines = BeforeValidator(_lines)
Weights: TypeAlias = Annotated[dict[Id, Positive], BeforeValidator(_weights)]
Objectives: TypeAlias = Annotated[
    tuple[Text, ...], BeforeValidator(_maybe_several), AfterValidator(_objectives)
]
