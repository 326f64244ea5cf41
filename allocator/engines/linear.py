"""A program as a model of OR-Tools' MathOpt, for HiGHS."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from allocator.model.program import FREE, Check, Program, go_on

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

CHUNK = 1000
"""Rows between two looks at the clock."""


@dataclass(frozen=True)
class Columns:
    """A linear program as columns of numbers: ten times faster to hand over than row by row.

    low, high: of each variable. least, most: of each row. row, variable, coefficient: of each term,
    by row and, within it, by variable.
    """

    low: NDArray[np.float64]
    high: NDArray[np.float64]
    least: NDArray[np.float64]
    most: NDArray[np.float64]
    row: NDArray[np.int64]
    variable: NDArray[np.int64]
    coefficient: NDArray[np.float64]


def columns_of(program: Program, check: Check = go_on) -> Columns:
    """Return all variables and rows, numbered as in the program. `check` may raise to give it up
    on the way."""
    import numpy as np

    sides = [bounds(row.low, row.high) for row in program.rows]
    rows: list[int] = []
    terms: list[tuple[int, int]] = []
    for index, row in enumerate(program.rows):
        if index % CHUNK == 0:
            check()
        rows += [index] * len(row.terms)
        terms += sorted((variable, coefficient) for coefficient, variable in row.terms)
    return Columns(
        np.array(program.low, dtype=float),
        np.array(program.high, dtype=float),
        np.array([low for low, _ in sides], dtype=float),
        np.array([high for _, high in sides], dtype=float),
        np.array(rows, dtype=np.int64),
        np.array([variable for variable, _ in terms], dtype=np.int64),
        np.array([float(coefficient) for _, coefficient in terms], dtype=float),
    )


def mathopt_model(columns: Columns, *, integer: bool) -> Any:
    """Return the program as a model, without an objective.

    integer: whether variables are whole numbers.
    """
    from ortools.math_opt import model_pb2
    from ortools.math_opt.python import mathopt

    proto = model_pb2.ModelProto()
    size = len(columns.low)
    proto.variables.ids.extend(range(size))
    proto.variables.lower_bounds.extend(columns.low.tolist())
    proto.variables.upper_bounds.extend(columns.high.tolist())
    proto.variables.integers.extend([integer] * size)
    proto.linear_constraints.ids.extend(range(len(columns.least)))
    proto.linear_constraints.lower_bounds.extend(columns.least.tolist())
    proto.linear_constraints.upper_bounds.extend(columns.most.tolist())
    matrix = proto.linear_constraint_matrix
    matrix.row_ids.extend(columns.row.tolist())
    matrix.column_ids.extend(columns.variable.tolist())
    matrix.coefficients.extend(columns.coefficient.tolist())
    return mathopt.Model.from_model_proto(proto)


def bounds(low: int, high: int) -> tuple[float, float]:
    """A row's sides; what is free is infinite."""
    return (
        float(low) if low > -FREE else float("-inf"),
        float(high) if high < FREE else float("inf"),
    )
