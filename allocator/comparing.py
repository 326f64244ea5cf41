"""The public door to comparisons: runs side by side, and what made the difference."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from allocator.deadline import Deadline
from allocator.planner import TIME_LIMIT, UsageError, deadline_of, refusing_large
from allocator.processors import processors
from allocator.progress import Progress, silent

if TYPE_CHECKING:
    from allocator.comparison.comparison import Comparison
    from allocator.run import Run


def compare(
    *runs: Run | str | Path,
    time_limit: float = TIME_LIMIT,
    workers: int | None = None,
    seed: int = 0,
    deadline: Deadline | None = None,
    progress: Progress = silent,
) -> Comparison:
    """Runs, or folders that hold one, beside the first of them.

    Seconds of `time_limit` are for finding out why verdicts changed. Raises UsageError for fewer
    than two runs or figures too large, RunFolderError and KeptResultError for folders without a
    run that can be read.
    """
    from allocator.comparison.compare import compare as compared
    from allocator.engines import Settings
    from allocator.report.comparing.kept import sides

    if len(runs) < 2:
        raise UsageError(f"{len(runs)} to compare; give two runs or more")
    named = sides([Path(run) if isinstance(run, str) else run for run in runs])
    with refusing_large():
        return compared(
            named,
            Settings(seed=seed),
            deadline_of({"time_limit": time_limit, "deadline": deadline}),
            workers=workers or processors(),
            progress=progress,
        )
