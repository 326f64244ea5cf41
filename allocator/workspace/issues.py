"""What is wrong with a workspace, and where."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, TypeAlias

Severity: TypeAlias = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands: `inputs/caveats.csv:12 requires`.

    `row` is a line of the file, counted from 1; in a table, the line where the record starts.
    `column` is a table's column, or the path within a model file, such as
    `tasks[western_presence].lines[manoeuvre].minimum`. Parts that do not apply are None or empty.
    """

    file: str
    row: int | None = None
    column: str = ""

    def __str__(self) -> str:
        row = "" if self.row is None else f":{self.row}"
        return f"{self.file}{row} {self.column}".strip()

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
            "message": self.message,
            "found": self.found,
            "expected": self.expected,
            "hint": self.hint,
        }


class WorkspaceError(ValueError):
    """A workspace that cannot be used. `issues` holds all that was found, warnings too."""

    def __init__(self, issues: Iterable[Issue]) -> None:
        self.issues = tuple(issues)
        errors = [issue for issue in self.issues if issue.is_error]
        noun = "error" if len(errors) == 1 else "errors"
        super().__init__(f"{len(errors)} {noun} in the workspace; the first: {errors[0]}")

    def __reduce__(self) -> tuple[type[WorkspaceError], tuple[tuple[Issue, ...]]]:
        return type(self), (self.issues,)


class RefusedError(Exception):
    """A file that cannot be read at all, for one reason."""

    def __init__(self, issue: Issue) -> None:
        super().__init__(str(issue))
        self.issue = issue


def in_order(issues: Iterable[Issue]) -> tuple[Issue, ...]:
    """The issues by place, then code; what was said twice is said once."""
    return tuple(sorted(dict.fromkeys(issues), key=lambda i: (i.place.order, i.code, i.message)))
