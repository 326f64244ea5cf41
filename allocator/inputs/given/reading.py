"""From what somebody wrote to a plan of one model, or to all that is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from allocator.inputs.files.raw import RawTable
from allocator.inputs.given.plan import GivenPlan, GivenRow, Key
from allocator.inputs.given.row import COLUMN_OF_RUNS, AllocationRow
from allocator.inputs.given.source import Given, Source, read_source
from allocator.inputs.issues import GivenPlanError, Issue, Place, RefusedError, in_order
from allocator.inputs.messages import issue
from allocator.inputs.places import Spot
from allocator.inputs.problem import Line, Problem, Task
from allocator.inputs.rows.table_rows import parse_table
from allocator.inputs.schema.periods import Periods
from allocator.inputs.show import quoted
from allocator.near import near


def read_given(given: Given, problem: Problem) -> GivenPlan:
    """The plan for this model. Raises GivenPlanError with all that is wrong with it, as far as it
    can be read, each with file (or sheet), row and column."""
    try:
        source = read_source(given)
    except RefusedError as refused:
        raise GivenPlanError([refused.issue]) from None
    return plan_of(source, problem)


def plan_of(source: Source, problem: Problem) -> GivenPlan:
    """The plan that the table states. Raises GivenPlanError."""
    spots, issues = parse_table(source.table, AllocationRow)
    reader = _Reader(problem, source.table, [*source.issues, *issues])
    reader.check_header()
    rows = [row for row in map(reader.row, spots) if row is not None]
    reader.check_kinds(rows)
    if any(one.is_error for one in reader.issues):
        raise GivenPlanError(in_order(reader.issues))
    return GivenPlan(tuple(rows), source.file, source.hashes)


@dataclass
class _Reader:
    """The rows of one table, each held against the model."""

    problem: Problem
    table: RawTable
    issues: list[Issue] = field(default_factory=list)

    def check_header(self) -> None:
        """One column says when."""
        columns = self.table.columns or ()
        if COLUMN_OF_RUNS in columns and "periods" in columns:
            letter = self.table.letters.get(COLUMN_OF_RUNS, "")
            self.issues.append(issue("W603", Place(self.table.file, 1, "period", letter), "both"))

    def row(self, spot: Spot) -> GivenRow | None:
        """The row as the model has it; None where it cannot be understood, which is said."""
        row = spot.row
        assert isinstance(row, AllocationRow)
        found = [*self._unknown(row, spot)]
        task = self.problem.task(row.task) if row.task and self.problem.has_task(row.task) else None
        line, wrong = self._line(row, task, spot)
        periods, outside = self._periods(row, task, spot)
        self.issues += (*found, *wrong, *outside)
        if row.has_holes or found or wrong or outside or line is None:
            return None
        return GivenRow(
            row.nation, row.task, line.id, row.capability, periods, row.quantity, row.kind,
            row.note, spot.at("quantity"),
        )  # fmt: skip

    def _unknown(self, row: AllocationRow, spot: Spot) -> Iterator[Issue]:
        """Names that the workspace, or the model, does not have."""
        model = f"model {self.problem.model}"
        tasks = [task.id for task in self.problem.tasks]
        known = (
            ("nation", row.nation, "a nation", self.problem.nations, "nations"),
            ("task", row.task, f"a task of {model}", tasks, f"the {model}"),
            ("capability", row.capability, "a capability", self.problem.capabilities,
             "capabilities"),
        )  # fmt: skip
        for column, name, what, names, where in known:
            if name and name not in names:
                meant = near(name, names)
                yield issue("W401", spot.at(column), quoted(name), what, meant, where=where)

    def _line(
        self, row: AllocationRow, task: Task | None, spot: Spot
    ) -> tuple[Line | None, list[Issue]]:
        """The line that is meant, and what is wrong with it; nothing is said where the task or the
        capability is wrong already."""
        if task is None or not row.capability or row.capability not in self.problem.capabilities:
            return None, []
        taking = [line for line in task.lines if row.capability in line.weights]
        lines = [line.id for line in task.lines]
        if row.line is not None and row.line not in lines:
            meant, expected = near(row.line, lines), f"one of {', '.join(lines)}"
            at = spot.at("line")
            return None, [issue("W604", at, quoted(row.line), expected, meant, task=task.id)]
        named = [line for line in taking if row.line in (None, line.id)]
        if not named:
            takes = task.line(row.line).weights if row.line else task.capabilities
            expected = f"one of {', '.join(sorted(takes))}"
            return None, [issue("W605", spot.at("capability"), quoted(row.capability), expected)]
        if len(named) > 1:
            expected = f"one of {', '.join(line.id for line in named)}"
            more = {"task": task.id, "capability": row.capability}
            return None, [issue("W606", spot.at("line"), "blank", expected, **more)]
        return named[0], []

    def _periods(
        self, row: AllocationRow, task: Task | None, spot: Spot
    ) -> tuple[tuple[int, ...], list[Issue]]:
        """The periods of the row: the task's window where it names none."""
        column, periods = self._when(row)
        if task is None or periods is None:
            return (), []
        if not periods.text:
            return task.periods, []
        calendar, at = self.problem.calendar, spot.at(column)
        if periods.months and calendar.starts is None:
            model = f"the model {quoted(self.problem.model)}"
            return (), [issue("W313", at, quoted(periods.text), model=model)]
        touched = tuple(periods.within(calendar))
        if touched and set(touched) <= set(task.periods) and not periods.beyond(calendar):
            return touched, []
        named = ", ".join(map(calendar.named, task.periods))
        expected = f"some of its periods {named}"
        return (), [issue("W607", at, quoted(periods.text), expected, task=task.id)]

    def _when(self, row: AllocationRow) -> tuple[str, Periods | None]:
        """The column that says when, and what it says; None where it could not be read."""
        column = COLUMN_OF_RUNS if COLUMN_OF_RUNS in (self.table.columns or ()) else "periods"
        return column, getattr(row, column)

    def check_kinds(self, rows: list[GivenRow]) -> None:
        """Rows of one cell are of one kind."""
        first: dict[Key, GivenRow] = {}
        said: set[Place] = set()
        for row in rows:
            for key in row.keys:
                before = first.setdefault(key, row)
                if before.kind != row.kind and row.place not in said:
                    said.add(row.place)
                    letter = self.table.letters.get("kind", row.place.letter)
                    place = Place(row.place.file, row.place.row, "kind", letter)
                    self.issues.append(
                        issue("W608", place, row.kind, before.kind, first=before.place.line)
                    )
