"""Tables as pandas DataFrames."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allocator.report.table import Table

if TYPE_CHECKING:
    import pandas as pd


def frame(table: Table) -> pd.DataFrame:
    """The table as a DataFrame: whole numbers as nullable `Int64`, text as `str` or None."""
    import pandas as pd

    found = pd.DataFrame(list(table.rows), columns=list(table.header), dtype=object)
    for column in table.header:
        values = [value for value in found[column] if value is not None]
        if values and all(isinstance(value, int) for value in values):
            found[column] = found[column].astype("Int64")
    return found
