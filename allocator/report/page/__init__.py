"""A run, or a comparison of runs, as one HTML file that needs nothing else: no network,
no server, no other file.

Everything that matters is text, tables and pictures in the file; a small script adds switches.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from allocator.results.run import RunRecord

__all__ = ["page"]


def page(run: RunRecord, mark: str = "", check: Callable[[int], None] = lambda cells: None) -> str:
    """Return the run's page, as `allocator.report.page.run` makes it; loaded once it is asked for,
    since pages of other answers need no search.

    run: what is shown. mark: how it is to be handled; the run's own where blank. check: called task
    by task; it may raise to give the page up.
    """
    from allocator.report.page.run import page as made

    return made(run, mark, check)
