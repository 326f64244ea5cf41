"""A program as a model of OR-Tools' MathOpt, for HiGHS."""

from __future__ import annotations

from typing import Any

from allocator.model.program import FREE, Check, Program, go_on

CHUNK = 1000
"""Rows between two looks at the clock."""


def mathopt_model(program: Program, *, integer: bool, check: Check = go_on) -> Any:
    """Return all variables and rows, numbered as in the program; no objective. Handed over as
    columns of numbers: ten times faster than row by row. `check` may raise to give it up on the
    way.

    integer: whether variables are whole numbers.
    """
    from ortools.math_opt import model_pb2
    from ortools.math_opt.python import mathopt

    proto = model_pb2.ModelProto()
    size = len(program.low)
    proto.variables.ids.extend(range(size))
    proto.variables.lower_bounds.extend(map(float, program.low))
    proto.variables.upper_bounds.extend(map(float, program.high))
    proto.variables.integers.extend([integer] * size)
    sides = [bounds(row.low, row.high) for row in program.rows]
    proto.linear_constraints.ids.extend(range(len(sides)))
    proto.linear_constraints.lower_bounds.extend(low for low, _ in sides)
    proto.linear_constraints.upper_bounds.extend(high for _, high in sides)
    matrix = proto.linear_constraint_matrix
    for index, row in enumerate(program.rows):
        if index % CHUNK == 0:
            check()
        # MathOpt wants the columns of a row in ascending order.
        terms = sorted((variable, coefficient) for coefficient, variable in row.terms)
        matrix.row_ids.extend([index] * len(terms))
        matrix.column_ids.extend(variable for variable, _ in terms)
        matrix.coefficients.extend(float(coefficient) for _, coefficient in terms)
    return mathopt.Model.from_model_proto(proto)


def bounds(low: int, high: int) -> tuple[float, float]:
    """A row's sides; what is free is infinite."""
    return (
        float(low) if low > -FREE else float("-inf"),
        float(high) if high < FREE else float("inf"),
    )
