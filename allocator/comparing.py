"""The public door to comparisons: runs side by side, and what made the difference."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from allocator.analysis.options import how_to_ask
from allocator.analysis.too_large import refusing_large
from allocator.deadline import Deadline
from allocator.errors import UsageError
from allocator.progress import Progress, silent

if TYPE_CHECKING:
    from allocator.frames import Comparison
    from allocator.results.run import RunRecord


def compare(
    *runs: RunRecord | str | Path,
    time_limit: float = 120.0,
    workers: int | None = None,
    seed: int = 0,
    deadline: Deadline | None = None,
    progress: Progress = silent,
) -> Comparison:
    """Return runs, or folders that hold one, beside the first of them.

    Seconds of `time_limit` are for finding out why verdicts changed. Raises UsageError for fewer
    than two runs or figures too large, TypeError for what is neither a run nor a folder,
    RunFolderError and KeptResultError for folders without a run that can be read.

    workers: how many questions are worked on at once; one a processor where it is left out. seed:
    of the engines. deadline: one of the caller's own, instead of `time_limit`. progress: told of
    each step.
    """
    from allocator.analysis.comparison.compare import compare as compared
    from allocator.engines import Settings
    from allocator.frames import Comparison
    from allocator.report.comparing.kept import sides

    how = how_to_ask(
        time_limit=time_limit, workers=workers, seed=seed, deadline=deadline, progress=progress
    )
    if len(runs) < 2:
        raise UsageError(f"{len(runs)} to compare; give two runs or more")
    named = sides([_run_or_folder(run) for run in runs])
    with refusing_large(*(side.inputs.workspace for side in named if side.inputs)):
        found = compared(
            named, Settings(seed=how.seed), how.deadline, workers=how.workers, progress=progress
        )
    return Comparison.of(found)


def _run_or_folder(given: object) -> RunRecord | Path:
    """Return it as one of the two. Raises TypeError for anything else."""
    from allocator.results.run import RunRecord

    if isinstance(given, RunRecord):
        return given
    if isinstance(given, (str, Path)):
        return Path(given)
    raise TypeError(
        f"{given!r:.200} is no run; expected one of solve, packages or blockers, or its folder"
    )
