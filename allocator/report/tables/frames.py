"""The tables of a run as pandas DataFrames."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allocator.report.tables.run import MAKERS, table
from allocator.report.tables.table import Table

if TYPE_CHECKING:
    import pandas as pd

    from allocator.results.run import RunRecord

FRAMES = tuple(MAKERS)
"""The names of the tables."""

_TYPES = {"whole": "Int64", "number": "Float64"}


def frame(run: RunRecord, name: str) -> pd.DataFrame:
    """One table: numbers as nullable `Int64` and `Float64`, text as `str` or None.

    Raises KeyError for a table there is not.
    """
    return frame_of(table(run, name))


def frame_of(found: Table) -> pd.DataFrame:
    """Any table, with the same kinds of columns."""
    import pandas as pd

    data = pd.DataFrame(list(found.rows), columns=list(found.header), dtype=object)
    return data.astype({c.name: _TYPES[c.kind] for c in found.columns if c.kind in _TYPES})
