"""Find, read, check and write a workspace; every problem is reported with its place.

`inspect` gives all issues at once, `load` a workspace or a WorkspaceError.
"""

from __future__ import annotations

from allocator.workspace.inspection import from_tables, inspect, load
from allocator.workspace.issues import Issue, Place, WorkspaceError
from allocator.workspace.reference import copy_reference
from allocator.workspace.workspace import Workspace
from allocator.workspace.write import write_tables

__all__ = [
    "Issue",
    "Place",
    "Workspace",
    "WorkspaceError",
    "copy_reference",
    "from_tables",
    "inspect",
    "load",
    "write_tables",
]
