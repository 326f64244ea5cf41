"""Which nations can staff which task of an operation, and what stands in the way.

import allocator
planner = allocator.load(".")
run = planner.solve("reassurance_20k", world="ceasefire", with_=["us_backstop"])
run.allocation                        # a pandas DataFrame
run["western_presence"].unlocking
allocator.compare(run, other).changes # which verdicts are others, and why
"""

from __future__ import annotations

# Imports nothing: until the command has said what Ctrl-C does, it would end in a traceback.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path
    from typing import Any

    from allocator.comparing import compare
    from allocator.errors import UsageError
    from allocator.frames import Comparison, Run
    from allocator.inputs.frames import Models, Rows
    from allocator.inputs.issues import WorkspaceError
    from allocator.planner import Planner

__all__ = [
    "Comparison",
    "Planner",
    "Run",
    "UsageError",
    "WorkspaceError",
    "compare",
    "from_tables",
    "load",
]

_HOMES = {
    "Comparison": "allocator.frames",
    "compare": "allocator.comparing",
    "Planner": "allocator.planner",
    "UsageError": "allocator.errors",
    "Run": "allocator.frames",
    "WorkspaceError": "allocator.inputs.issues",
}


def load(path: str | Path = ".") -> Planner:
    """The workspace at `path`. Raises WorkspaceError with all its problems."""
    from pathlib import Path

    from allocator.inputs.inspection import load as load_workspace
    from allocator.planner import Planner

    return Planner(load_workspace(Path(path)))


def from_tables(tables: Mapping[str, Rows], models: Models) -> Planner:
    """Make a planner of tables and models in memory; nothing is read from files, or written.

    tables: by name, a DataFrame or a list of rows each; nations, capabilities and availability
    are needed. models: by name, what a model's file holds, as mappings and lists. Raises
    WorkspaceError with all that is wrong, UsageError for a table there is not.
    """
    from allocator.inputs.frames import workspace_of
    from allocator.planner import Planner

    return Planner(workspace_of(tables, models))


def __getattr__(name: str) -> Any:
    """Nothing heavy is imported before it is needed (PEP 562)."""
    if name not in _HOMES:
        raise AttributeError(f"module 'allocator' has no attribute '{name}'")
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)
