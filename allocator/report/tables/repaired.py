"""A repair as the door hands it out: its tables are pandas DataFrames."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Self

from allocator.near import near
from allocator.report.tables.repair import TABLES, made_table
from allocator.results.repair import Repair

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Repaired(Repair):
    """The nearest valid plan to a given one: `plan`, `edits`, `clashes`.

    Tables are methods of their own name: `table("edits")`, `table("corrected")`, `table("levels")`,
    `table("clashes")`, `table("released")`, each a pandas DataFrame; `corrected` is the second.
    """

    @classmethod
    def of(cls, found: Repair) -> Self:
        """Return the same repair with its tables."""
        return cls(**{field.name: getattr(found, field.name) for field in fields(found)})

    def table(self, name: str) -> pd.DataFrame:
        """One table. Raises KeyError for one that there is not."""
        from allocator.report.tables.frames import frame_of

        if name not in TABLES:
            meant = near(name, TABLES)
            hint = f"did you mean {meant}?" if meant else f"it has {', '.join(TABLES)}"
            raise KeyError(f"a repair has no table '{name}'; {hint}")
        return frame_of(made_table(self, name))

    @property
    def corrected(self) -> pd.DataFrame:
        """The given plan with its new quantities, as it can be reviewed and repaired again."""
        return self.table("corrected")
