"""What is wrong with a workspace, and where."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar, Literal, TypeAlias

from allocator.errors import AllocatorError, InputsWrongError

Severity: TypeAlias = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands: `inputs/caveats.csv:12 requires`, `caveats!I12 requires`.

    `row` is a line of the file, counted from 1; in a table, the line where the record starts.
    `column` is a table's column, or the path within a model file, such as
    `tasks[western_presence].lines[manoeuvre].minimum`. In a workbook, `file` is a sheet and
    `letter` the sheet's column, for a whole row that of its first cell. Parts that do not apply
    are None or empty.
    """

    file: str
    row: int | None = None
    column: str = ""
    letter: str = ""

    def __str__(self) -> str:
        return f"{self.line} {self.column}".strip()

    @property
    def line(self) -> str:
        """The place without the column's name: `inputs/caveats.csv:12`, `caveats!I12`."""
        if self.cell:
            return f"{self.file}!{self.cell}"
        return self.file if self.row is None else f"{self.file}:{self.row}"

    @property
    def source(self) -> str:
        """The file of a model; in a workbook, where all have one sheet, its row."""
        return self.line if self.cell else self.file

    @property
    def cell(self) -> str:
        """The cell of a sheet, such as `I12`; '' where there is none."""
        return f"{self.letter}{self.row}" if self.letter and self.row else ""

    @property
    def order(self) -> tuple[str, int, str]:
        """Places sort by file, row and column; what concerns a whole file comes first."""
        return self.file, self.row or 0, self.column


@dataclass(frozen=True, slots=True)
class Issue:
    """One problem. `message` says what is wrong, with both values; `hint` what to do next.

    `code` is stable; `found` and `expected` are the two values as text, empty where they do not
    apply. An error stops the work; a warning does not.
    """

    code: str
    severity: Severity
    place: Place
    message: str
    found: str = ""
    expected: str = ""
    hint: str = ""

    def __str__(self) -> str:
        hint = f"; {self.hint}" if self.hint else ""
        return f"{self.place}: {self.severity} {self.code}: {self.message}{hint}"

    @property
    def is_error(self) -> bool:
        return self.severity == "error"

    def as_dict(self) -> dict[str, str | int | None]:
        """The issue as a flat record, for JSON."""
        return {
            "code": self.code,
            "severity": self.severity,
            "file": self.place.file,
            "row": self.place.row,
            "column": self.place.column,
            "cell": self.place.cell,
            "message": self.message,
            "found": self.found,
            "expected": self.expected,
            "hint": self.hint,
        }


class WorkspaceError(InputsWrongError, ValueError):
    """A workspace that cannot be used. `issues` holds all that was found, warnings too."""

    about: ClassVar[str] = "the workspace"

    def __init__(self, issues: Iterable[Issue]) -> None:
        self.issues = tuple(issues)
        errors = [issue for issue in self.issues if issue.is_error]
        noun = "error" if len(errors) == 1 else "errors"
        super().__init__(f"{len(errors)} {noun} in {self.about}; the first: {errors[0]}")

    def __reduce__(self) -> tuple[type[WorkspaceError], tuple[tuple[Issue, ...]]]:
        return type(self), (self.issues,)


class GivenPlanError(WorkspaceError):
    """A plan of one's own that cannot be read, or does not fit the model."""

    about = "the plan"


class SweepError(WorkspaceError):
    """The file of a sweep that cannot be read, or does not fit the workspace."""

    about = "the sweep"


class RefusedError(AllocatorError):
    """A file that cannot be read at all, for one reason."""

    def __init__(self, issue: Issue) -> None:
        super().__init__(str(issue))
        self.issue = issue


def in_order(issues: Iterable[Issue]) -> tuple[Issue, ...]:
    """The issues by place, then code; what was said twice is said once."""
    return tuple(sorted(dict.fromkeys(issues), key=lambda i: (i.place.order, i.code, i.message)))
