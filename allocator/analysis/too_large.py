"""Figures that are too large for the engines, told with their cell."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from allocator.errors import UsageError

if TYPE_CHECKING:
    from allocator.inputs.workspace import Workspace


@contextmanager
def refusing_large(*workspaces: Workspace) -> Iterator[None]:
    """Figures too large for the engines are the planner's to mend: a UsageError. It names the
    largest of those concerned in the workspaces, and its cell."""
    from allocator.inputs.largest import largest_figure
    from allocator.model.program import TooLargeError

    try:
        yield
    except TooLargeError as error:
        found = [largest_figure(workspace, *error.about) for workspace in workspaces]
        known = [figure for figure in found if figure is not None]
        largest = max(known, key=lambda figure: figure[0], default=None)
        where = f"; the largest is {largest[0]:,} in {largest[1]}" if largest else ""
        raise UsageError(f"{error}{where}; use larger units") from error
