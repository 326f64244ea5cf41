"""Why a verdict changed: the smallest sets of differences that turn it.

Side a is asked again with some values of side b in place of its own. Going up (blocked to ready,
say) a set is a reason if with it the task stands at least as well as in b; going down, if it
stands no better than in b. That is one yes/no question, and a monotone one in every difference
that has a direction: what pulls the other way is in no minimal set. Differences without a
direction are tried in all combinations where they are few, each with a monotone search over the
rest; where they are many, a set is found of which no single difference can be left out (by
halves first, so that hundreds of rows take few questions).

Every yes has an allocation that passes the checker, every no a sum or a second engine.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from math import comb
from typing import Literal

from allocator.analysis.comparison.counterfactual import CounterfactualOracle
from allocator.analysis.comparison.counterfactual_inputs import CounterfactualInputs
from allocator.analysis.comparison.difference import Difference
from allocator.analysis.comparison.stated import KINDS, Key
from allocator.analysis.comparison.values import Question
from allocator.deadline import Deadline
from allocator.engines import Settings
from allocator.results.result import Verdict
from allocator.search.minimal_sets.families import Answer, Mask, positions
from allocator.search.minimal_sets.search import Search

MOST_UNCLEAR = 4
"""So many differences without a direction are tried in all combinations."""

MOST_QUESTIONS = 1500
"""Asked about one task; unlike the deadline it cuts every run at the same place."""

MANY = 30
"""Of more differences one set is shrunk before all are searched for."""

MOST_SETS = 50
"""Reasons that are looked for, beside the first."""

MOST_SMALLER = 5000
"""So many smaller sets are asked about, where it is in doubt whether one does it."""

MOST_PARTS = 10
"""A set of so many differences has all its parts asked where its minimality is in doubt."""

RANK: dict[Verdict, int] = {"short": 0, "blocked": 1, "ready": 2}

Proof = Literal["smallest", "minimal", "irreducible", "enough"]
"""Of the first set. smallest: no smaller set turns the verdict. minimal: no part of it does.
irreducible: no single difference can be left out. enough: it turns the verdict; what of it can be
left out is not known."""

Open = Literal["", "time", "not decided", "not repeated"]
"""Why there is no set. time: it was up first. not decided: engines gave no answer, or contradicted
each other. not repeated: a side, asked again, did not stand as its run says."""


@dataclass(frozen=True)
class Reasons:
    """`sets`: the smallest first; each turns the verdict by itself. complete: these are all the
    minimal ones. Without a set `open` says why."""

    sets: tuple[tuple[Key, ...], ...] = ()
    proof: Proof = "enough"
    complete: bool = False
    open: Open = ""
    faults: tuple[str, ...] = ()
    questions: int = field(default=0, compare=False)


def reasons(
    mixture: CounterfactualInputs,
    task: str,
    verdicts: tuple[Verdict, Verdict],
    differences: Iterable[Difference],
    settings: Settings,
    deadline: Deadline,
) -> Reasons:
    """Return what turns the first verdict, side a's, into the second. Both are known and not the
    same.

    `differences` are those that can matter to the task.

    mixture: inputs of either side, row by row as wanted. verdicts: of the sides a and b. settings:
    of the engines, such as their seed. deadline: when to end at the latest.
    """
    return _Search(mixture, task, verdicts, differences, settings, deadline).run()


class _Search:
    def __init__(
        self,
        mixture: CounterfactualInputs,
        task: str,
        verdicts: tuple[Verdict, Verdict],
        differences: Iterable[Difference],
        settings: Settings,
        deadline: Deadline,
    ) -> None:
        before, after = (RANK[verdict] for verdict in verdicts)
        question = _question(verdicts[1], up=after > before)
        wanted = "helps" if after > before else "hinders"
        directions = {d.key: d.direction(question) for d in differences}
        self._clear = _sorted(key for key, found in directions.items() if found == wanted)
        self._unclear = _sorted(key for key, found in directions.items() if found == "unclear")
        self._deadline = deadline
        self._turning = CounterfactualOracle(
            mixture,
            task,
            question,
            settings,
            deadline,
            up=after > before,
            monotone=frozenset(self._clear),
            most=MOST_QUESTIONS,
        )

    def run(self) -> Reasons:
        ends = self._ask(()), self._ask((*self._clear, *self._unclear))
        if Answer.UNKNOWN in ends:
            why: Open = "time" if self._turning.cut_off else "not decided"
            return self._reasons([], "enough", False, why)
        if ends != (Answer.NO, Answer.YES):
            return self._reasons([], "enough", False, "not repeated")
        if len(self._unclear) > MOST_UNCLEAR:
            return self._one()
        return self._all()

    def _all(self) -> Reasons:
        everything = (*self._clear, *self._unclear)
        # One set soon, for the search may not end where there are many.
        first = self._shrunk(everything) if len(everything) > MANY else None
        found: list[tuple[Key, ...]] = []
        complete = True
        for unclear in _parts(self._unclear):
            sets, whole = self._with(unclear)
            found += [s for s in sets if not any(set(known) <= set(s) for known in found)]
            complete &= whole
        found.sort(key=_size_first)
        if complete:
            return self._reasons(_minimal(found), "smallest", True)
        if first is not None and not self._unclear:
            found = sorted({*found, first}, key=_size_first)
        if self._unclear or not found:
            return self._one(found[0] if found else first)
        return self._smallest(found)

    def _with(self, unclear: tuple[Key, ...]) -> tuple[list[tuple[Key, ...]], bool]:
        """All minimal sets of clear differences that, with these unclear ones, do it."""
        search = Search(
            len(self._clear),
            lambda mask: self._ask((*unclear, *self._keys(mask))),
            lambda mask: True,
            self._deadline.part(0.6),
            limit=MOST_SETS,
            most_questions=MOST_QUESTIONS // 2,
        ).run()
        sets = [_sorted((*unclear, *self._keys(mask))) for mask in search.minimal]
        return sets, search.complete

    def _smallest(self, found: list[tuple[Key, ...]]) -> Reasons:
        """The search was cut off: whether a smaller set does it is asked of all of one less. Most
        answers follow from what the search has asked."""
        size = len(found[0]) - 1
        proof = self._proof(found[0])
        if proof != "minimal" or comb(len(self._clear), size) > MOST_SMALLER:
            return self._reasons(found, proof, False)
        answers = {Answer.NO}
        for smaller in combinations(self._clear, size):
            answer = self._ask(smaller)
            if answer is Answer.YES:
                return self._one(smaller)
            answers.add(answer)
        return self._reasons(found, "smallest" if answers == {Answer.NO} else "minimal", False)

    def _one(self, known: tuple[Key, ...] | None = None) -> Reasons:
        """One set that nothing can be left out of."""
        kept = self._shrunk(known or (*self._clear, *self._unclear))
        return self._reasons([kept], self._proof(kept), False)

    def _shrunk(self, kept: tuple[Key, ...]) -> tuple[Key, ...]:
        """What is left when all that can be left out is; until nothing more can, since without a
        direction one thing left out may make another one idle."""
        before = 0
        while len(kept) != before:
            before = len(kept)
            kept = self._quickly((), kept, added=False)
        return _sorted(kept)

    def _quickly(
        self, given: tuple[Key, ...], kept: tuple[Key, ...], *, added: bool
    ) -> tuple[Key, ...]:
        """What of `kept` is needed beside `given`, with which it does it: halves are left out
        whole where they can be (QuickXplain; Junker 2004). Keys of a table stand together, and
        within it those of a capability."""
        if added and self._ask(given) is Answer.YES:
            return ()
        if len(kept) == 1:
            return kept
        ordered = sorted(kept, key=_together)
        half = len(ordered) // 2
        one, other = tuple(ordered[:half]), tuple(ordered[half:])
        of_other = self._quickly((*given, *one), other, added=True)
        of_one = self._quickly((*given, *of_other), one, added=bool(of_other))
        return (*of_one, *of_other)

    def _proof(self, kept: tuple[Key, ...]) -> Proof:
        if len(kept) == 1:
            return "smallest"
        single = {self._ask(tuple(k for k in kept if k != key)) for key in kept}
        if single != {Answer.NO}:
            return "enough"
        if not set(kept) & set(self._unclear):
            return "minimal"
        if len(kept) > MOST_PARTS:
            return "irreducible"
        parts = {self._ask(part) for part in _parts(kept) if len(part) < len(kept)}
        return "minimal" if parts == {Answer.NO} else "irreducible"

    def _ask(self, keys: Sequence[Key]) -> Answer:
        return self._turning.ask(keys)

    def _keys(self, mask: Mask) -> tuple[Key, ...]:
        return tuple(self._clear[position] for position in positions(mask))

    def _reasons(
        self,
        sets: Sequence[tuple[Key, ...]],
        proof: Proof,
        complete: bool,
        why: Open = "",
    ) -> Reasons:
        turning = self._turning
        return Reasons(tuple(sets), proof, complete, why, turning.faults, turning.asked)


def _question(after: Verdict, *, up: bool) -> Question:
    """The one question whose answer turns. A task is at least blocked, or short at the most, by
    what it is with everything open met."""
    decided_by_now = after == "ready" if up else after == "blocked"
    return "now" if decided_by_now else "best"


def _sorted(keys: Iterable[Key]) -> tuple[Key, ...]:
    return tuple(sorted(keys, key=lambda key: key.order))


def _size_first(keys: tuple[Key, ...]) -> tuple[int, list[tuple[int, str, str]]]:
    return len(keys), [key.order for key in keys]


def _parts(keys: Sequence[Key]) -> Iterator[tuple[Key, ...]]:
    """All subsets, the smallest first."""
    for size in range(len(keys) + 1):
        yield from combinations(keys, size)


def _minimal(sets: Sequence[tuple[Key, ...]]) -> list[tuple[Key, ...]]:
    """Those that hold no other, in the order given."""
    return [s for s in sets if not any(set(other) < set(s) for other in sets)]


def _together(key: Key) -> tuple[int, list[str], str]:
    """By table, and in it by the last part of the id: the capability of availability."""
    return KINDS.index(key.kind), key.id.split(" ")[::-1], key.column
