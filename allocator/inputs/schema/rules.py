"""What the fields of one part of an operation model say to each other."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from typing import Any, NamedTuple

from pydantic_core import PydanticCustomError

from allocator.inputs.schema.base import Row
from allocator.inputs.schema.types import misfit


class Rule(NamedTuple):
    """`fault` gives what is wrong with a row, or None; it reads these fields and no others."""

    fields: frozenset[str]
    fault: Callable[[Any], PydanticCustomError | None]


def faults(
    row: Row, rules: tuple[Rule, ...], unread: Collection[str] = ()
) -> Iterator[PydanticCustomError]:
    """Yield what the rules say against the row, but for those that need a field that was not read.

    unread: fields that could not be read.
    """
    for rule in rules:
        fault = rule.fault(row) if rule.fields.isdisjoint(unread) else None
        if fault:
            yield fault


def require(row: Row, rules: tuple[Rule, ...]) -> None:
    """Raises the first fault. A row with holes has been asked already."""
    fault = None if row.has_holes else next(faults(row, rules), None)
    if fault:
        raise fault


def _filled_twice(line: Any) -> PydanticCustomError | None:
    if line.any_of and line.capability:
        return misfit("line_both", "either any_of or capability", found=line.capability)
    return None


def _filled(line: Any) -> PydanticCustomError | None:
    named = line.capability or (line.any_of and line.line)
    return None if named else misfit("line_unfilled", "line with any_of, or capability")


def _amount(line: Any) -> PydanticCustomError | None:
    said = line.minimum is not None or line.one_per is not None
    return None if said else misfit("line_amount", "minimum or one_per")


def _target(line: Any) -> PydanticCustomError | None:
    least = line.minimum or 0
    if line.target is None or line.target >= least:
        return None
    expected = f"at least the minimum, {least}"
    return misfit("target_below", expected, found=line.target, field="target")


def _lead_says_something(lead: Any) -> PydanticCustomError | None:
    if any(getattr(lead, name) is not None for name in type(lead).model_fields):
        return None
    return misfit("lead_empty", "any_of, all_of, provides or min_share")


def _lead_in_one_way(lead: Any) -> PydanticCustomError | None:
    if lead.any_of is None or lead.all_of is None:
        return None
    return misfit("lead_both", "either any_of or all_of")


def _numbers_of_nations(task: Any) -> PydanticCustomError | None:
    least, most = task.min_nations, task.max_nations
    if least is None or most is None or least <= most:
        return None
    return misfit(
        "nations_range", f"at least min_nations, {least}", found=most, field="max_nations"
    )


LINE_RULES = (
    Rule(frozenset({"any_of", "capability"}), _filled_twice),
    Rule(frozenset({"line", "any_of", "capability"}), _filled),
    Rule(frozenset({"minimum", "one_per"}), _amount),
    Rule(frozenset({"minimum", "target"}), _target),
)
LEAD_RULES = (
    Rule(frozenset({"any_of", "all_of", "provides", "min_share"}), _lead_says_something),
    Rule(frozenset({"any_of", "all_of"}), _lead_in_one_way),
)
TASK_RULES = (Rule(frozenset({"min_nations", "max_nations"}), _numbers_of_nations),)
