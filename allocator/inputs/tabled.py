"""What a planner can do with its tables in memory."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self

from allocator.inputs.schema import TABLES
from allocator.near import or_all

if TYPE_CHECKING:
    from allocator.inputs.frames import Models, Rows, Tables
    from allocator.inputs.workspace import Workspace


class WithTables:
    """A workspace whose tables can be looked at, and others put in their place."""

    workspace: Workspace

    def __init__(self, workspace: Workspace) -> None:
        raise NotImplementedError

    @property
    def tables(self) -> Tables:
        """The tables of the workspace by name, each a pandas DataFrame of its own."""
        from allocator.inputs.frames import Tables

        return Tables(self.workspace)

    def with_tables(self, *, models: Models | None = None, **tables: Rows) -> Self:
        """Make a planner with other tables in place of those that are named; this one stays.

        models: other operation models, as `from_tables` takes them. tables: DataFrames or rows.
        Raises WorkspaceError with all that is wrong, TypeError for a table there is not.
        """
        for name in tables:
            if name not in TABLES:
                raise TypeError(f"no table '{name}'{or_all(name, TABLES)}")
        return self._remade(tables, models)

    def change(self, table: str, *, row: object = None, **cells: Any) -> Self:
        """Make a planner with other cells in one row of a table; this one stays.

        row: the row's label in `tables[table]`; where left out, the row's own key among the cells
        names it: its id, or nation and capability of availability, world and precondition of
        worlds. cells: by column; None makes one blank. Raises UsageError where no row is meant or
        several are, TypeError for a column there is not, WorkspaceError with all that is wrong.
        """
        from allocator.inputs.frames import changed

        return self._remade({table: changed(self.workspace, table, row, cells)})

    def _remade(self, tables: Mapping[str, Rows], models: Models | None = None) -> Self:
        from allocator.inputs.files.write import plain
        from allocator.inputs.frames import workspace_of

        if models is None:
            models = [plain(model) for model in self.workspace.models.values()]
        return type(self)(workspace_of({**self.tables, **tables}, models))

    def __repr__(self) -> str:
        where = self.workspace.path or "tables in memory"
        rows = (f"{len(getattr(self.workspace, name)):,} {name}" for name in TABLES)
        return f"<Planner of {where}: models {', '.join(self.workspace.models)}; {', '.join(rows)}>"
