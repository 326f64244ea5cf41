"""Which holders, together, make the most tasks ready by what they bring about in turn."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import combinations

from allocator.deadline import Deadline
from allocator.progress import Event, Progress, silent
from allocator.results.levers import Adds, Lever, Levers
from allocator.search.order.acting import Acting

MOST_EQUAL = 20
"""Sets of holders that do equally well and are listed."""

Group = tuple[str, ...]
Score = tuple[int, ...]
"""Tasks that are ready: of priority 1, then of the next."""


def levers(acting: Acting, budget: int, deadline: Deadline, progress: Progress = silent) -> Levers:
    """Return the best sets of at most so many holders, and one for each smaller number.

    acting: the acts of the world, and what follows from them. budget: how many holders at most.
    deadline: when to end at the latest. progress: told of each step.
    """
    search = _Search(acting, deadline, progress)
    found = [search.best(0)]
    for size in range(1, budget + 1):
        found.append(search.best(size, found[-1]))
    best = found[-1]
    return Levers(
        acting.problem,
        acting.world,
        budget,
        tuple(search.lever(one) for one in best.groups[:MOST_EQUAL]),
        tuple(search.lever(one.groups[0]) for one in found[1:]),
        tuple(one.proved for one in (found[1:] or found)),
        search.names(search.holders),
        tuple(act for act in acting.acts if not acting.problem.preconditions[act].holders),
        faults=(*acting.readiness.faults, *deadline.faults),
    ).timed(deadline)


@dataclass(frozen=True)
class _Best:
    """The smallest groups that are known to do best; proved where no group of the size does
    better."""

    score: Score
    groups: tuple[Group, ...]
    proved: bool


@dataclass
class _Search:
    """Holders go by their names without regard to letter case."""

    acting: Acting
    deadline: Deadline
    progress: Progress
    _shown: dict[str, str] = field(default_factory=dict)
    _held_by: dict[str, frozenset[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        problem = self.acting.problem
        for act in self.acting.acts:
            for name in problem.preconditions[act].holders:
                self._shown.setdefault(name.casefold(), name)
            holders = frozenset(n.casefold() for n in problem.preconditions[act].holders)
            if holders:
                self._held_by[act] = holders
        self._priorities = sorted({task.priority for task in problem.tasks})

    @property
    def holders(self) -> Group:
        return tuple(sorted(self._shown))

    def names(self, group: Iterable[str]) -> Group:
        """The holders as the table writes them first."""
        return tuple(sorted(self._shown[holder] for holder in group))

    def best(self, size: int, smaller: _Best | None = None) -> _Best:
        """The best groups of at most `size`; smaller: those of one holder less. More holders never
        do worse, so that those of just that size are enough to look at."""
        most = self._score(self.holders, possibly=True)
        if smaller is not None and (smaller.score == most or size > len(self.holders)):
            return _Best(smaller.score, smaller.groups, smaller.proved or smaller.score == most)
        best = smaller or _Best((-1,), (), True)
        hoped, looked_at_all = best.score, True
        for group in combinations(self.holders, size):
            if self.deadline.expired and best.groups:
                looked_at_all = False
                break
            score = self._score(group)
            hoped = max(hoped, self._hoped(group, score))
            if score > best.score:
                best = _Best(score, (group,), True)
            elif score == best.score and len(best.groups[0]) == size:
                best = _Best(score, (*best.groups, group), True)
        self.progress(Event("order", size, len(self.holders), f"{size} holders are looked at"))
        return _Best(best.score, best.groups, looked_at_all and hoped <= best.score)

    def lever(self, group: Group) -> Lever:
        """What the group brings about, and what each of it adds."""
        ready = self._ready(group)
        opens, undecided = self._more(ready, ())
        met = self.acting.in_turn(self._acts(group))
        adds = (self._adds(one, group, ready) for one in group)
        return Lever(
            self.names(group),
            tuple(act for act in self._acts(group) if act in met),
            ready,
            opens,
            tuple(sorted(adds, key=lambda one: one.holder)),
            undecided,
        )

    def _adds(self, holder: str, group: Group, ready: Group) -> Adds:
        others = tuple(other for other in group if other != holder)
        return Adds(self._shown[holder], *self._more(ready, others))

    def _more(self, ready: Group, others: Group) -> tuple[Group, Group]:
        """Those of the tasks that are not ready with the others alone, and those that may be."""
        known, hoped = self._ready(others), self._ready(others, possibly=True)
        return (
            tuple(task for task in ready if task not in hoped),
            tuple(task for task in ready if task in hoped and task not in known),
        )

    def _acts(self, group: Iterable[str]) -> Group:
        """The acts all of whose holders are in the group."""
        able = frozenset(group)
        return tuple(act for act, holders in self._held_by.items() if holders <= able)

    def _ready(self, group: Group, *, possibly: bool = False) -> Group:
        met = self.acting.in_turn(self._acts(group), possibly=possibly)
        tasks = (task.id for task in self.acting.problem.tasks)
        return tuple(t for t in tasks if self.acting.ready((t,), met, possibly=possibly))

    def _score(self, group: Group, *, possibly: bool = False) -> Score:
        task = self.acting.problem.task
        ready = [task(one).priority for one in self._ready(group, possibly=possibly)]
        return tuple(ready.count(priority) for priority in self._priorities)

    def _hoped(self, group: Group, score: Score) -> Score:
        """What the group could come to where verdicts are open."""
        return self._score(group, possibly=True) if self.acting.readiness.undecided else score
