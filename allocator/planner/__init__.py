"""The public door to a workspace: solve it, list packages, list what blocks."""

from __future__ import annotations

from allocator.analysis.options import Options
from allocator.planner.acts import Acts
from allocator.planner.figures import Figures
from allocator.planner.losses import Losses
from allocator.planner.plans import Plans
from allocator.planner.runs import Runs
from allocator.planner.sweeps import Sweeps
from allocator.planner.watching import Watching

__all__ = ["Options", "Planner"]


class Planner(Runs, Plans, Acts, Figures, Losses, Sweeps, Watching):
    """A workspace without errors, ready to be asked.

    Raises UsageError for names that the workspace does not have, and TypeError for an option that
    there is not.
    """
