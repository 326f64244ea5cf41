"""A review as the door hands it out: its tables are pandas DataFrames."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Self

from allocator.near import near
from allocator.report.tables.review import TABLES, made_table
from allocator.results.review import Review

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Reviewed(Review):
    """A given plan held against every rule: `valid`, `breaches`, `assumes`, `lifts`, `shortages`.

    Tables are attributes: `violations`, `rows`, `short`, `released`, each a pandas DataFrame.
    """

    @classmethod
    def of(cls, found: Review) -> Self:
        """Return the same review with its tables."""
        return cls(**{field.name: getattr(found, field.name) for field in fields(found)})

    def __getattr__(self, name: str) -> pd.DataFrame:
        from allocator.report.tables.frames import frame_of

        if name in TABLES:
            return frame_of(made_table(self, name))
        meant = near(name, TABLES)
        hint = f"did you mean {meant}?" if meant else f"it has {', '.join(TABLES)}"
        raise AttributeError(f"a review has no table '{name}'; {hint}")
