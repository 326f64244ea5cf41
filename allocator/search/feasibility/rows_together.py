"""Rows that can each hold and not all together: added up, each so many times, they are one that
cannot (Farkas 1902)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from math import isfinite
from typing import TYPE_CHECKING, NamedTuple

from allocator.checker.constraints import Bounds, Row, Variable
from allocator.checker.rows import Rows
from allocator.checker.steps import sum_of_rows_faults
from allocator.deadline import Deadline
from allocator.engines.linear import Columns
from allocator.engines.relaxation import optimum
from allocator.results.certificate import Addend

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Amounts = NDArray[np.float64]
    Numbers = NDArray[np.int64]
    Sides = NDArray[np.float64]

SCALES = (1, 2, 3, 4, 6, 12, 60, 1000, 10**6)
"""What prices are multiplied with before they are rounded, the ones that people can follow first:
shares of lines are small fractions."""


class Together(NamedTuple):
    """added: rows that add up to one that cannot hold; none where none are found. values: where
    all rows come nearest to holding, in fractions, of the variables that are open."""

    added: tuple[Addend, ...] = ()
    values: Mapping[Variable, float] = {}


class RowColumns:
    """The rows of a question as columns of numbers, so that its relaxation, which is asked for in
    one case after another, is stated in no time.

    rows: of the question.
    """

    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    def together(self, bounds: Bounds, deadline: Deadline) -> Together:
        """Return rows that add up to one that cannot hold within the bounds, where some are found.

        The relaxation with a slack in every row is asked for the least slack; the prices of its
        rows are how often each is taken. The engine computes in fractions: what it says is
        rounded, and believed once the sum itself shows it.
        """
        import numpy as np

        sides = np.array([bounds[variable] for variable in self._variables], dtype=float)
        lacks = self._least - self._fewest(sides)
        kept = self._binding(lacks, bounds)
        open_ = np.flatnonzero(sides[:, 0] < sides[:, 1])
        rows = [self._stated[number] for number in kept]
        found = optimum(*self._with_slack(sides, lacks[kept], kept, open_), deadline)
        if found is None:
            return Together()
        values, prices = found
        if len(prices) != len(rows) or not all(map(isfinite, (*values, *prices))):
            return Together()
        for scale in SCALES:
            added = tuple(_addends(rows, prices, scale))
            if added and not any(sum_of_rows_faults(self._rows, added, bounds)):
                return Together(added)
        variables = (self._variables[number] for number in open_)
        return Together(values=dict(zip(variables, values, strict=False)))

    def _binding(self, lacks: Amounts, bounds: Bounds) -> Numbers:
        """The rows that ask for anything that the bounds do not give by themselves."""
        import numpy as np

        lifted, stated = self._rows.lifted, self._stated
        binding = [n for n in np.flatnonzero(lacks > 0) if not lifted(stated[n], bounds)]
        return np.array(binding, dtype=np.int64)

    def _fewest(self, sides: Sides) -> Amounts:
        """The least that each row can come to."""
        import numpy as np

        worst = np.where(self._coefficient > 0, sides[self._variable, 0], sides[self._variable, 1])
        return self._summed(self._coefficient * worst)

    def _summed(self, amounts: Amounts) -> Amounts:
        """Of each row's terms."""
        import numpy as np

        found = np.bincount(self._row, weights=amounts, minlength=len(self._stated))
        return found.astype(float)

    def _with_slack(
        self, sides: Sides, lacks: Amounts, kept: Numbers, open_: Numbers
    ) -> tuple[Columns, list[tuple[int, int]]]:
        """The kept rows as a program over what is open, each with something of its own, at most
        what it lacks, that may fill it up; and as costs that as little as can be does."""
        import numpy as np

        number = np.full(len(sides), -1)
        number[open_] = np.arange(len(open_))
        place = np.full(len(self._stated), -1)
        place[kept] = np.arange(len(kept))
        fixed = np.where(number[self._variable] < 0, sides[self._variable, 0], 0.0)
        least = self._least - self._summed(self._coefficient * fixed)
        terms = (place[self._row] >= 0) & (number[self._variable] >= 0)
        slack = len(open_) + np.arange(len(kept))
        row = np.concatenate((place[self._row[terms]], np.arange(len(kept))))
        variable = np.concatenate((number[self._variable[terms]], slack))
        coefficient = np.concatenate((self._coefficient[terms], np.ones(len(kept))))
        order = np.lexsort((variable, row))
        columns = Columns(
            np.concatenate((sides[open_, 0], np.zeros(len(kept)))),
            np.concatenate((sides[open_, 1], lacks)),
            least[kept],
            np.full(len(kept), np.inf),
            row[order],
            variable[order],
            coefficient[order],
        )
        return columns, [(1, number) for number in slack.tolist()]

    @cached_property
    def _stated(self) -> list[Row]:
        return [*self._rows.rows.values()]

    @cached_property
    def _variables(self) -> list[Variable]:
        return [*self._rows.bounds]

    @cached_property
    def _least(self) -> Amounts:
        import numpy as np

        return np.array([float(row.least) for row in self._stated])

    @cached_property
    def _row(self) -> Numbers:
        import numpy as np

        return np.repeat(np.arange(len(self._stated)), [len(row.terms) for row in self._stated])

    @cached_property
    def _variable(self) -> Numbers:
        import numpy as np

        number = {variable: place for place, variable in enumerate(self._variables)}
        found = [number[variable] for row in self._stated for variable, _ in row.terms]
        return np.array(found, dtype=np.int64)

    @cached_property
    def _coefficient(self) -> Amounts:
        import numpy as np

        return np.array([float(c) for row in self._stated for _, c in row.terms])


def _addends(rows: Sequence[Row], prices: Sequence[float], scale: int) -> list[Addend]:
    times = [round(scale * price) for price in prices]
    return [
        Addend.model_validate({**row.place._asdict(), "times": number})
        for row, number in zip(rows, times, strict=True)
        if number > 0
    ]
