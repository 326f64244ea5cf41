"""The rows of a program, and whether values keep them all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Term = tuple[int, int]
"""coefficient, variable"""

FREE = 1 << 62
"""No bound on this side of a row."""


@dataclass(frozen=True, slots=True)
class Row:
    """low <= sum of coefficient * variable <= high"""

    terms: tuple[Term, ...]
    low: int
    high: int

    def holds(self, values: Sequence[int]) -> bool:
        """Whether the values keep it."""
        return self.low <= sum(c * values[v] for c, v in self.terms) <= self.high


class RowSums:
    """The rows of one program as columns of whole numbers, so that thousands are summed at once.

    Rows are only ever added to a program: those that are new are taken over at each question.
    """

    def __init__(self) -> None:
        self._rows = 0
        self._table: RowTable | None = None

    def keep(self, rows: Sequence[Row], values: Sequence[int]) -> bool:
        """Whether every row holds. The values are within their variables' bounds, with which no
        sum leaves 64-bit integers."""
        import numpy as np

        table = self.table(rows)
        sums = table.sums(np.asarray(values, dtype=np.int64))
        return bool(((table.low <= sums) & (sums <= table.high)).all())

    def table(self, rows: Sequence[Row]) -> RowTable:
        """All rows, those taken over that are new."""
        if self._table is None or self._rows < len(rows):
            new = _table(rows[self._rows :])
            self._table = new if self._table is None else self._table.with_more(new)
            self._rows = len(rows)
        return self._table


@dataclass(frozen=True)
class RowTable:
    """Rows one after another: the terms of row i are those from `starts[i]` up to `ends[i]`."""

    coefficients: NDArray[np.int64]
    variables: NDArray[np.int64]
    starts: NDArray[np.int64]
    ends: NDArray[np.int64]
    low: NDArray[np.int64]
    high: NDArray[np.int64]

    def sums(self, values: NDArray[np.int64]) -> NDArray[np.int64]:
        """What each row comes to."""
        import numpy as np

        products = self.coefficients * values[self.variables]
        # Running sums may leave 64 bits; their differences are exact all the same.
        running = np.concatenate((np.zeros(1, dtype=np.int64), np.cumsum(products)))
        found: NDArray[np.int64] = running[self.ends] - running[self.starts]
        return found

    def with_more(self, other: RowTable) -> RowTable:
        import numpy as np

        shift = len(self.coefficients)
        return RowTable(
            np.concatenate((self.coefficients, other.coefficients)),
            np.concatenate((self.variables, other.variables)),
            np.concatenate((self.starts, other.starts + shift)),
            np.concatenate((self.ends, other.ends + shift)),
            np.concatenate((self.low, other.low)),
            np.concatenate((self.high, other.high)),
        )


def _table(rows: Sequence[Row]) -> RowTable:
    import numpy as np

    def column(numbers: Sequence[int]) -> NDArray[np.int64]:
        return np.array(numbers, dtype=np.int64)

    lengths = column([len(row.terms) for row in rows])
    ends = np.cumsum(lengths, dtype=np.int64)
    return RowTable(
        column([c for row in rows for c, _ in row.terms]),
        column([v for row in rows for _, v in row.terms]),
        ends - lengths,
        ends,
        column([row.low for row in rows]),
        column([row.high for row in rows]),
    )
