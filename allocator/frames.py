"""Runs and comparisons as the door hands them out: their tables are pandas DataFrames.

What was found is data without any report (`RunRecord`, `ComparisonRecord`); here it meets the
tables that reports are made of.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Self

from allocator.analysis.comparison.comparison import ComparisonRecord
from allocator.results.run import RunRecord, meant

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Run(RunRecord):
    """The outcome of one command, frozen and self-describing.

    Tables are attributes: `allocation`, `packages`, `unlocking`, `blocking`, `gaps`,
    `shortfalls`, `released`, `net_availability` and more, each a pandas DataFrame. `run["task"]`
    is the task's record.
    """

    @classmethod
    def of(cls, record: RunRecord) -> Self:
        """Return the same run with its tables."""
        return cls(**{field.name: getattr(record, field.name) for field in fields(record)})

    def __getattr__(self, name: str) -> pd.DataFrame:
        from allocator.report.tables.frames import FRAMES, frame

        if name not in FRAMES:
            raise AttributeError(f"a run has no table '{name}'{meant(name, FRAMES)}")
        return frame(self, name)


@dataclass(frozen=True)
class Comparison(ComparisonRecord):
    """Runs side by side. The first is the base that the others are compared with.

    Tables are attributes: `tasks`, `changes`, `reasons`, `differences`, `criteria`, `levels`,
    `nations`, `contributions`, `released`, `gaps`, `runs`, each a pandas DataFrame.
    """

    @classmethod
    def of(cls, record: ComparisonRecord) -> Self:
        """Return the same comparison with its tables."""
        return cls(**{field.name: getattr(record, field.name) for field in fields(record)})

    def __getattr__(self, name: str) -> pd.DataFrame:
        from allocator.report.comparing.tables import MAKERS
        from allocator.report.tables.frames import frame_of

        if name not in MAKERS:
            raise AttributeError(f"a comparison has no table '{name}'; it has {', '.join(MAKERS)}")
        return frame_of(MAKERS[name](self))
