"""What the parts of a workspace say to each other: one function a check, all of one shape."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeAlias

from allocator.workspace.draft import Draft
from allocator.workspace.issues import Issue

Check: TypeAlias = Callable[[Draft], Iterable[Issue]]

CHECKS: list[Check] = []
"""Errors. They run always, on whatever could be read: a field that could not is None."""

EFFECTS: list[Check] = []
"""Warnings about what has no effect or surprises. They run once there are no errors."""
