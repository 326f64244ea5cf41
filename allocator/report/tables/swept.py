"""A sweep as the door hands it out: its tables are pandas DataFrames."""

from __future__ import annotations

import os
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, Self

from allocator.near import or_all
from allocator.report.tables.sweep import TABLES
from allocator.results.sweep import SweepFound

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Swept(SweepFound):
    """All cases of a sweep: `cases`, `states`, `by_task()`.

    Tables are attributes: `sweep`, `sweep_verdicts`, `sweep_levels`, `sweep_shares`, each a pandas
    DataFrame.
    """

    @classmethod
    def of(cls, found: SweepFound) -> Self:
        """Return the same sweep with its tables."""
        return cls(**{field.name: getattr(found, field.name) for field in fields(found)})

    def __getattr__(self, name: str) -> pd.DataFrame:
        from allocator.report.tables.frames import frame_of

        if name in TABLES:
            return frame_of(TABLES[name](self))
        raise AttributeError(f"a sweep has no table '{name}'{or_all(name, TABLES)}")

    def save(self, path: str | os.PathLike[str]) -> Path:
        """Write the folder of the sweep, as the command line keeps it, and return its path.

        path: a new folder, or one with an earlier sweep, which is replaced. Raises RunFolderError
        for a folder with anything else in it, OSError where it cannot be written.
        """
        from allocator.report.folder.answers import write_answer
        from allocator.report.folder.sweep import sweep_answer

        return write_answer(sweep_answer(self), Path(path))
