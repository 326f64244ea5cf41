"""What all row kinds share: frozen, no unknown field, a blank cell means the column's default."""

from __future__ import annotations

from typing import Any, ClassVar

from pydantic import BaseModel, ConfigDict, model_validator

_HOLES = "has holes"


def is_own(column: object) -> bool:
    """Whether a column is the planner's own: its name begins with `_`; kept, and never read."""
    return isinstance(column, str) and column.startswith("_")


def is_blank(value: object) -> bool:
    """Whether a cell says nothing: absent, or text of spaces only."""
    return value is None or (isinstance(value, str) and not value.strip())


class Row(BaseModel):
    """One row of a table, or one part of an operation model.

    Its fields are the columns, or keys, that a planner writes. Raises pydantic.ValidationError
    with the kinds of `allocator.inputs.schema.types` for values that do not fit.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)

    id_field: ClassVar[str | None] = None
    """The column that identifies the row among those of its table, where there is one."""

    blank_is_wrong: ClassVar[frozenset[str]] = frozenset()
    """Fields that may be left out, but not written and left empty."""

    may_have_own: ClassVar[bool] = True
    """Whether it stands in a table, which may have columns of a planner's own."""

    @property
    def has_holes(self) -> bool:
        """Whether some of its fields could not be read and are None; only while faults are sought.

        Rules between fields are not asked of such a row: what they say would be beside the point.
        """
        return _HOLES in self.__dict__

    @classmethod
    def with_holes(cls, values: dict[str, Any]) -> Row:
        """A row of these values as they are, unchecked, for the search for further faults."""
        row = cls.model_construct(**values)
        # Not a private attribute: those are set up for every row, and take a tenth of reading.
        row.__dict__[_HOLES] = True
        return row

    @model_validator(mode="before")
    @classmethod
    def _without_blanks(cls, cells: Any) -> Any:
        if not isinstance(cells, dict):
            return cells
        fields, kept, own = cls.model_fields, cls.blank_is_wrong, cls.may_have_own
        return {
            key: cell
            for key, cell in cells.items()
            if (not is_blank(cell) or key in kept or key not in fields)
            and not (own and is_own(key))
        }

    @classmethod
    def required(cls) -> tuple[str, ...]:
        """The columns that every row needs, in the order of the table."""
        return tuple(name for name, field in cls.model_fields.items() if field.is_required())
