"""The ladder of a task: its verdict from the firmest level to all that is held.

A looser level allows all that a firmer one does, so verdicts only get better from level to level:
the two ends are asked first, and what they leave open by halves.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from allocator.checker import is_valid
from allocator.deadline import Deadline
from allocator.engines import Settings
from allocator.inputs.firmness import COUNTS
from allocator.inputs.problem import Problem, World
from allocator.results.result import Allocation, Verdict
from allocator.search.blockers.verdict import judge

RANK: Mapping[Verdict, int] = {"short": 0, "blocked": 1, "ready": 2}


@dataclass
class LadderSearch:
    """The ladder of one task; it may be run again with more time, and keeps what is known.

    problems: the same problem at every level, by what is counted.
    """

    problems: Mapping[str, Problem]
    world: World
    task: str
    settings: Settings
    verdicts: dict[str, Verdict] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    _plans: list[Allocation] = field(default_factory=list)

    def run(self, deadline: Deadline) -> None:
        """Asks about the ends, then about what lies between two that differ."""
        self._ask(len(COUNTS) - 1, deadline)
        self._ask(0, deadline)
        self._between(0, len(COUNTS) - 1, deadline)

    @property
    def found(self) -> dict[str, Verdict]:
        """By level; unknown where it was not decided."""
        return {level: self.verdicts.get(level, "unknown") for level in COUNTS}

    @property
    def complete(self) -> bool:
        return "unknown" not in self.found.values()

    def _between(self, firmer: int, looser: int, deadline: Deadline) -> None:
        if looser - firmer < 2:
            return
        middle = (firmer + looser) // 2
        self._ask(middle, deadline)
        self._between(firmer, middle, deadline)
        self._between(middle, looser, deadline)

    def _ask(self, at: int, deadline: Deadline) -> None:
        if COUNTS[at] not in self.verdicts:
            found = self._follows(at) or self._searched(COUNTS[at], deadline)
            if found != "unknown":
                self.verdicts[COUNTS[at]] = found

    def _follows(self, at: int) -> Verdict | None:
        """The verdict where a firmer level is no worse than a looser one is good."""
        known = [(COUNTS.index(level), verdict) for level, verdict in self.verdicts.items()]
        firmer: list[Verdict] = ["short", *(v for place, v in known if place < at)]
        looser: list[Verdict] = ["ready", *(v for place, v in known if place > at)]
        low, high = max(firmer, key=RANK.__getitem__), min(looser, key=RANK.__getitem__)
        return low if low == high else None

    def _searched(self, level: str, deadline: Deadline) -> Verdict:
        problem = self.problems[level]
        only = problem.companions(self.task)
        if any(is_valid(problem, self.world, plan, only=only) for plan in self._plans):
            return "ready"
        found = judge(problem, self.world, self.task, self.settings, deadline)
        self.faults += found.questions.faults
        if found.verdict == "ready" and found.questions.witness is not None:
            self._plans.append(found.questions.witness)
        return found.verdict
