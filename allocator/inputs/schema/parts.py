"""The kinds of value that only operation models have."""

from __future__ import annotations

from typing import Annotated, Any, TypeAlias

from pydantic import AfterValidator, BeforeValidator

from allocator.inputs.schema.objectives import EVERY_OBJECTIVE
from allocator.inputs.schema.types import (
    LONGEST_CELL,
    Id,
    Positive,
    Text,
    misfit,
    refuse_longer,
    several,
)


def _weights(value: Any) -> Any:
    if not isinstance(value, dict) and value is not None:
        raise misfit("mapping", "a mapping such as {mech_battalion: 1, light_battalion: 1}")
    if not value:
        raise misfit("empty", "at least one capability")
    refuse_longer(sum(len(f"{name}: {weight}; ") for name, weight in value.items()), LONGEST_CELL)
    return value


def _lines(value: Any) -> Any:
    if isinstance(value, list | tuple) and not value:
        raise misfit("empty", "at least one line")
    return value


def _lead(value: Any) -> Any:
    if value is None or value == "":
        raise misfit("lead_empty", "any_of, all_of, provides or min_share")
    return value


def _maybe_several(value: Any) -> Any:
    """No objective at all is a choice too: any valid plan will do."""
    return () if isinstance(value, list | tuple) and not value else several(value)


def _objectives(names: tuple[str, ...]) -> tuple[str, ...]:
    for name in names:
        if name not in EVERY_OBJECTIVE:
            options = " or ".join(f"'{option}'" for option in EVERY_OBJECTIVE)
            raise misfit("choice", options, found=name)
        if names.count(name) > 1:
            raise misfit("repeated", "each objective once", found=name)
    return names


Lead = BeforeValidator(_lead)
Lines = BeforeValidator(_lines)
Weights: TypeAlias = Annotated[dict[Id, Positive], BeforeValidator(_weights)]
Objectives: TypeAlias = Annotated[
    tuple[Text, ...], BeforeValidator(_maybe_several), AfterValidator(_objectives)
]
