"""Part of a program: some variables free, all others as they stand in a solution."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from allocator.model.objectives import Objective
from allocator.model.program import FREE, Program, Row, Term


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
        self._columns: list[list[tuple[int, int]]] = []
        self._sums: list[int] = []
        self._base: list[int] = []

    def cut(self, values: Sequence[int], free: Iterable[int], *, later: bool = True) -> Part:
        """The part in which these variables are free; `values` is a solution of the whole.

        later: with the rows that were added later; without them `values` need not keep them.
        """
        self._take_over()
        self._move(values)
        variables = tuple(sorted(set(free)))
        number = {variable: i for i, variable in enumerate(variables)}
        bounds = [(self._program.low[v], self._program.high[v]) for v in variables]
        terms: dict[int, list[Term]] = {}
        inside: dict[int, int] = {}
        for i, variable in enumerate(variables):
            for row, coefficient in self._columns[variable]:
                if not later and row >= len(self._tied):
                    continue
                terms.setdefault(row, []).append((coefficient, i))
                inside[row] = inside.get(row, 0) + coefficient * values[variable]
        rows = []
        for index in sorted(terms):
            row_ = self._program.rows[index]
            fixed = self._sums[index] - inside[index]
            low = row_.low if row_.low == -FREE else row_.low - fixed
            high = row_.high if row_.high == FREE else row_.high - fixed
            rows.append(Row(tuple(terms[index]), low, high))
        # As the whole rows were checked against overflow, so is what is left of them.
        program = Program.of(bounds, rows)
        return Part(program, variables, number, tuple(values[variable] for variable in variables))

    def with_followers(self, variables: Iterable[int]) -> set[int]:
        """The variables, and those that follow and share a row with one of them or with one found
        so."""
        self._take_over()
        found = set(variables)
        waiting = list(found)
        while waiting:
            for index, _ in self._columns[waiting.pop()]:
                if index < len(self._tied):
                    new = [other for other in self._tied[index] if other not in found]
                    found.update(new)
                    waiting += new
        return found

    def beside(self, variable: int) -> Iterable[int]:
        """The variables that share a row with this one."""
        self._take_over()
        for index, _ in self._columns[variable]:
            if index < len(self._tied):
                yield from (other for _, other in self._program.rows[index].terms)

    def _take_over(self) -> None:
        """Columns and sums of the rows that are new."""
        more = len(self._program.low) - len(self._columns)
        self._columns += [[] for _ in range(more)]
        self._base += [0] * more
        for index in range(len(self._sums), len(self._program.rows)):
            terms = self._program.rows[index].terms
            for coefficient, variable in terms:
                self._columns[variable].append((index, coefficient))
            self._sums.append(sum(c * self._base[v] for c, v in terms))

    def _move(self, values: Sequence[int]) -> None:
        """The rows' sums follow the solution."""
        for variable, (old, new) in enumerate(zip(self._base, values, strict=True)):
            if old != new:
                for index, coefficient in self._columns[variable]:
                    self._sums[index] += coefficient * (new - old)
        self._base = list(values)
