"""Part of a program: some variables free, all others as they stand in a solution."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from allocator.model.objectives import Objective
from allocator.model.program import FREE, Program, Row, Term
from allocator.model.rows import RowTable


@dataclass(frozen=True)
class Part:
    """A small program of its own; its variable i is `variables[i]` of the whole."""

    program: Program
    variables: tuple[int, ...]
    number: Mapping[int, int]
    start: tuple[int, ...]

    def objective(self, whole: Objective, values: Sequence[int]) -> Objective:
        """The objective in the part's variables; what the others add is in the offset."""
        terms = self.terms(whole)
        rest = sum(c * values[v] for c, v in whole.terms if v not in self.number)
        return Objective(whole.name, whole.maximise, terms, whole.offset + rest)

    def terms(self, whole: Objective) -> tuple[Term, ...]:
        """Those of the objective that the part decides, in its variables."""
        return tuple((c, self.number[v]) for c, v in whole.terms if v in self.number)

    def back(self, found: Sequence[int], whole: Sequence[int]) -> list[int]:
        """The whole solution with the part's values in it."""
        changed = list(whole)
        for variable, value in zip(self.variables, found, strict=True):
            changed[variable] = value
        return changed


class Parts:
    """Cuts parts out of a program, in time that grows with the part alone.

    follows: of each variable, whether others decide it; it is then freed together with them.
    rows: how many there were at first (None: all). Those that came later hold for every part, but
        tie no variables together.
    """

    def __init__(self, program: Program, follows: Sequence[bool], rows: int | None = None) -> None:
        self._program = program
        self._tied = [[v for _, v in row.terms if follows[v]] for row in program.rows[:rows]]
        self._tying: dict[int, list[int]] = {}
        """The rows in which something follows, by variable."""
        for index, tied in enumerate(self._tied):
            if tied:
                for _, variable in program.rows[index].terms:
                    self._tying.setdefault(variable, []).append(index)
        self._columns = _ByVariable.of(program)
        self._base = np.zeros(0, np.int64)
        """The solution that `_sums`, what each row comes to, are of."""
        self._sums = self._base

    def cut(self, values: Sequence[int], free: Iterable[int], *, later: bool = True) -> Part:
        """The part in which these variables are free; `values` is a solution of the whole. Rows
        that the bounds of what is free keep anyway are not in it.

        later: with the rows that were added later; without them `values` need not keep them.
        """
        self._move(values)
        variables = np.unique(np.fromiter(free, np.int64))
        low, high = self._program.low, self._program.high
        numbers = tuple(variables.tolist())
        bounds = [(low[v], high[v]) for v in numbers]
        start = tuple(values[v] for v in numbers)
        entries = self._columns.entries(variables, None if later else len(self._tied))
        # As the whole rows were checked against overflow, so is what is left of them.
        program = Program.of(bounds, self._rows(entries, bounds, start))
        return Part(program, numbers, {v: i for i, v in enumerate(numbers)}, start)

    def with_followers(self, variables: Iterable[int]) -> set[int]:
        """The variables, and those that follow and share a row with one of them or with one found
        so."""
        found = set(variables)
        waiting = list(found)
        while waiting:
            for index in self._tying.get(waiting.pop(), ()):
                new = [other for other in self._tied[index] if other not in found]
                found.update(new)
                waiting += new
        return found

    def beside(self, variable: int) -> Iterable[int]:
        """The variables that share a row with this one."""
        self._take_over()
        for index in self._columns.rows_of(variable):
            if index < len(self._tied):
                yield from (other for _, other in self._program.rows[index].terms)

    def _move(self, values: Sequence[int]) -> None:
        """The rows' sums follow the solution."""
        self._take_over()
        base = np.array(values, np.int64)
        if not np.array_equal(base, self._base):
            self._base, self._sums = base, self._columns.table.sums(base)

    def _take_over(self) -> None:
        """What the program has beyond the columns; sums are made anew then."""
        if not self._columns.are_of(self._program):
            self._columns, self._base = _ByVariable.of(self._program), np.zeros(0, np.int64)

    def _rows(
        self, entries: _Entries, bounds: Sequence[tuple[int, int]], start: Sequence[int]
    ) -> Iterator[Row]:
        if not len(entries.rows):
            return
        first = np.flatnonzero(np.diff(entries.rows, prepend=-1))
        index = entries.rows[first]
        terms = entries.coefficients
        inside = np.add.reduceat(terms * np.array(start, np.int64)[entries.variables], first)
        fixed = self._sums[index] - inside
        sides = self._columns.table
        low = np.where(sides.low[index] == -FREE, -FREE, sides.low[index] - fixed)
        high = np.where(sides.high[index] == FREE, FREE, sides.high[index] - fixed)
        ends = terms[:, None] * np.array(bounds, np.int64)[entries.variables]
        least = np.add.reduceat(ends.min(axis=1), first)
        most = np.add.reduceat(ends.max(axis=1), first)
        pairs = list(zip(terms.tolist(), entries.variables.tolist(), strict=True))
        last = np.append(first[1:], len(pairs))
        needed = np.flatnonzero((least < low) | (high < most))
        picked = zip(*(column[needed].tolist() for column in (first, last, low, high)), strict=True)
        for begin, end, at_least, at_most in picked:
            yield Row(tuple(pairs[begin:end]), at_least, at_most)


@dataclass(frozen=True)
class _Entries:
    """The terms of some variables, row after row; `variables` are their places among these."""

    rows: NDArray[np.int64]
    coefficients: NDArray[np.int64]
    variables: NDArray[np.int64]


@dataclass(frozen=True)
class _ByVariable:
    """The terms of a program's rows in the order of their variables: those of variable v are from
    `starts[v]` up to `starts[v + 1]`."""

    table: RowTable
    starts: NDArray[np.int64]
    rows: NDArray[np.int64]
    coefficients: NDArray[np.int64]

    @classmethod
    def of(cls, program: Program) -> _ByVariable:
        table = program.table()
        order = np.argsort(table.variables, kind="stable")
        numbers = np.arange(len(table.low)).repeat(table.ends - table.starts)
        each = np.bincount(table.variables, minlength=len(program.low))
        starts = np.concatenate((np.zeros(1, np.int64), np.cumsum(each)))
        return cls(table, starts, numbers[order], table.coefficients[order])

    def are_of(self, program: Program) -> bool:
        """Whether the program has not grown since."""
        known = len(self.starts) - 1, len(self.table.low)
        return known == (len(program.low), len(program.rows))

    def rows_of(self, variable: int) -> Sequence[int]:
        found: list[int] = self.rows[self.starts[variable] : self.starts[variable + 1]].tolist()
        return found

    def entries(self, variables: NDArray[np.int64], below: int | None) -> _Entries:
        """The terms of these variables. below: of the rows before this one alone."""
        begin = self.starts[variables]
        each = self.starts[variables + 1] - begin
        which = np.arange(len(variables)).repeat(each)
        at = np.arange(len(which)) + (begin - np.cumsum(each) + each).repeat(each)
        rows = self.rows[at]
        order = np.argsort(rows, kind="stable")
        if below is not None:
            order = order[rows[order] < below]
        return _Entries(rows[order], self.coefficients[at][order], which[order])
