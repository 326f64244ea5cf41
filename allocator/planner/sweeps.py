"""Many cases at once."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from allocator.deadline import Deadline
from allocator.inputs.options.values import seconds, whole_number, yes_or_no
from allocator.planner.asking import Asking
from allocator.processors import processors
from allocator.progress import Progress, silent

if TYPE_CHECKING:
    from allocator.inputs.sweeps.reading import GivenSweep
    from allocator.report.tables.swept import Swept

ENDLESS = 10 * 365 * 24 * 3600.0
"""Seconds: a sweep has all the time that its cases take, unless somebody says otherwise."""


class Sweeps(Asking):
    """Every combination of models, worlds, changes and draws."""

    def sweep(
        self,
        spec: GivenSweep,
        *,
        on: str = "threads",
        resume: bool = False,
        journal: str | os.PathLike[str] | None = None,
        workers: int | None = None,
        time_limit: float | None = None,
        deadline: Deadline | None = None,
        progress: Progress = silent,
    ) -> Swept:
        """Ask every combination of the models, worlds, changes and draws that a file states.

        spec: a YAML file, or a mapping of what one states. on: "threads", "processes", "dask", or
        the address of a Dask scheduler, as "tcp://host:8786". journal: a file in which finished
        cases are kept. resume: go on from it, where it is there. workers: how many cases at once on
        this machine, by default one a processor. time_limit: seconds for all of it; as long as it
        takes where left out. deadline: one of the caller's own, in its place. progress: told of
        each case. Raises SweepError with all that is wrong with the file, JournalError where the
        journal cannot be written, ClusterError where the scheduler is lost.
        """
        from allocator.analysis.sweeping.sweep import HowToSweep, checked_place, run_sweep
        from allocator.inputs.sweeps.reading import read_sweep
        from allocator.report.tables.swept import Swept

        limit = ENDLESS if time_limit is None else seconds("time_limit", time_limit)
        how = HowToSweep(
            checked_place(on),
            yes_or_no("resume", resume),
            None if journal is None else Path(journal),
            processors() if workers is None else whole_number("workers", workers, 1),
            deadline or Deadline(limit),
            progress,
        )
        read = read_sweep(spec, self.workspace)
        found = run_sweep(self.workspace, read, how)
        return Swept.of(replace(found, inputs=dict(self.workspace.files)))
