"""Splits that show a no, gone through again: what could come at the most of each capability in a
period, and every way to share it out between lines that take several.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from allocator.checker.case import Case
from allocator.checker.sums import most_at_once, with_all_released
from allocator.inputs.conditions import leaders_in, nations_in, preconditions_in
from allocator.inputs.problem import Line, Problem, Task, World
from allocator.results.certificate import Proof

MOST_WAYS = 50_000
"""So many splits are gone through at most; a proof that takes more shows nothing."""

Totals = dict[str, int]
"""Units by capability."""


class Coming:
    """What could come to a task in one period at the most, of the nations that find the partners
    that they ask for. What a nation could send is remembered by what that hangs on.

    Args:
        problem: the problem.
        task_id: the task that is to be staffed.
    """

    def __init__(self, problem: Problem, task_id: str) -> None:
        self._problem = problem
        self._task = problem.task(task_id)
        self._made: Case | None = None
        self._held: dict[str, list[str]] = {}
        for nation, capability in sorted(problem.availability):
            if capability in self._task.capabilities:
                self._held.setdefault(nation, []).append(capability)
        self._asks = {nation: self._conditions_of(nation) for nation in self._held}
        self._known: dict[tuple[str, int, frozenset[str], frozenset[str]], Totals] = {}

    def totals(self, world: World, nations: Collection[str], period: int) -> Totals:
        """Return units by capability, caveats and offers counted: the most nations come of which
        each sends something with the others beside it. Whoever cannot is struck out, until nobody
        else has to be.

        world: which preconditions hold, and from which period. nations: who may contribute.
        period: counted from 1.
        """
        holding = world.holding(period)
        company = frozenset(self._held.keys() & set(nations))
        while True:
            sent = {n: self._sent(n, world, period, holding, company) for n in company}
            left = frozenset(nation for nation, units in sent.items() if any(units.values()))
            if left == company:
                return _added(self._task.capabilities, sent.values())
            company = left

    def _case_in(self, world: World) -> Case:
        """With all released that may be; made once for a world that is asked about again."""
        if self._made is None or self._made.world is not world:
            self._made = with_all_released(self._problem, world)
        return self._made

    def _conditions_of(self, nation: str) -> tuple[frozenset[str], frozenset[str]]:
        """The preconditions and the partners that what the nation sends hangs on."""
        caveats = [c.requires for c in self._problem.caveats_on(nation, self._task.id)]
        held = [k for k in self._problem.commitments if k.nation == nation]
        named = [*caveats, *(k.release_requires for k in held)]
        return (
            frozenset(name for one in named for name in preconditions_in(one)),
            frozenset(n for one in caveats for n in nations_in(one) | leaders_in(one)),
        )

    def _sent(
        self,
        nation: str,
        world: World,
        period: int,
        holding: frozenset[str],
        company: frozenset[str],
    ) -> Totals:
        preconditions, partners = self._asks[nation]
        key = (nation, period, holding & preconditions, company & partners)
        if key not in self._known:
            case = self._case_in(world)
            beside = company | {nation}
            self._known[key] = {
                c: most_at_once(case, self._task.id, nation, c, period, beside)
                for c in self._held[nation]
            }
        return self._known[key]


def _added(capabilities: Collection[str], sent: Iterable[Totals]) -> Totals:
    found = dict.fromkeys(capabilities, 0)
    for units in sent:
        for capability, number in units.items():
            found[capability] += number
    return found


def splits_faults(
    task: Task, coming: Coming, world: World, nations: Collection[str], proof: Proof
) -> Iterator[str]:
    """Yield what is wrong with splits that should show that these nations cannot staff the task.

    coming: what could come to the task. world: which preconditions hold, and from which period.
    proof: its lines, one period, and what could come.
    """
    lines = [line for line in task.lines if line.id in proof.lines]
    if len(lines) < len(proof.lines) or len(proof.periods) != 1:
        yield "the splits are over a line that is not there, or over more than one period"
        return
    if not set(proof.periods) <= set(task.periods):
        yield f"the splits are over period {proof.periods[0]}, which the task does not have"
        return
    totals = coming.totals(world, nations, proof.periods[0])
    taken = {c: totals[c] for line in lines for c in line.weights}
    said = {one.capability: one.units for one in proof.coming}
    if said != taken:
        yield f"the splits say that {said} could come, it is {taken}"
    elif (way := can_be_shared(lines, taken)) is not False:
        yield "the splits are enough for the lines" if way else "there are too many splits"


def can_be_shared(lines: Sequence[Line], totals: Mapping[str, int]) -> bool | None:
    """Tell whether the units can be shared out between the lines so that each has its minimum.

    lines: of one task. totals: units by capability.

    Returns:
        None where there are too many ways to go through.
    """
    if _counted_too_few(lines, totals):
        return False
    try:
        return _Ways().any(lines, totals)
    except _TooManyError:
        return None


def _counted_too_few(lines: Sequence[Line], totals: Mapping[str, int]) -> bool:
    """Whether one line, or all lines together, need more than there is: a unit fills one line,
    and counts for no more there than the line's best substitute does."""
    if any(_filled(line, totals) < line.minimum for line in lines):
        return True
    needed = sum(_units(line.minimum, max(line.weights.values())) for line in lines)
    return needed > sum(totals[c] for c in {c for line in lines for c in line.weights})


def _filled(line: Line, totals: Mapping[str, int]) -> int:
    return sum(weight * totals[capability] for capability, weight in line.weights.items())


def _units(need: int, weight: int) -> int:
    """So many units of the weight are enough."""
    return max(0, -(-need // weight))


class _TooManyError(Exception):
    """There are more ways than are gone through."""


class _Ways:
    """Goes through the ways to fill lines one after another; what is left after some lines is
    looked at once."""

    def __init__(self) -> None:
        self._seen: set[tuple[int, tuple[tuple[str, int], ...]]] = set()
        self._tried = 0

    def any(self, lines: Sequence[Line], totals: Mapping[str, int]) -> bool:
        """Whether these units fill the lines in some way."""
        if not lines:
            return True
        state = (len(lines), tuple(sorted(totals.items())))
        if state in self._seen or _counted_too_few(lines, totals):
            return False
        self._seen.add(state)
        heaviest_first = sorted(lines[0].weights.items(), key=lambda item: (-item[1], item[0]))
        fillings = self._fillings(heaviest_first, lines[0].minimum, totals)
        return any(self.any(lines[1:], {**totals, **left}) for left in fillings)

    def _fillings(
        self, weights: Sequence[tuple[str, int]], need: int, totals: Mapping[str, int]
    ) -> Iterator[Totals]:
        """Yield what is left of the capabilities after each way to meet the need. Ways with a
        unit that they could do without are passed over: who has more left can do all the same."""
        self._tried += 1
        if self._tried > MOST_WAYS:
            raise _TooManyError
        if need <= 0:
            yield {}
            return
        (capability, weight), *rest = weights
        at_least = _units(need - sum(w * totals[c] for c, w in rest), weight)
        at_most = min(totals[capability], _units(need, weight))
        for units in range(at_most, at_least - 1, -1):
            for others in self._fillings(rest, need - units * weight, totals):
                yield {capability: totals[capability] - units, **others}
