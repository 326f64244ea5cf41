"""The packages of a ready task: minimal sets of nations, each with an allocation; the first of
them, or all, with their best."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial

from allocator.deadline import Deadline, TimeUpError
from allocator.engines import Settings
from allocator.inputs.problem import Problem, World
from allocator.model.scope import alone
from allocator.results.certificate import FamilyCertificate, Refuted, Shown
from allocator.results.result import Package, Packages, by_size
from allocator.search.feasibility.certificates import refuted
from allocator.search.feasibility.oracle import StaffingOracle
from allocator.search.feasibility.pool import Assumptions
from allocator.search.feasibility.supply_bound import SupplyBound
from allocator.search.minimal_sets.families import Families, Mask
from allocator.search.packages.best import BestPackages
from allocator.search.packages.filter import ALL, PackageFilter

SEARCH_SHARE = 0.6
"""Of the time: the rest is for the best allocation of each package."""

PROVING_SHARE = 0.1
"""Of the time, for what shows that nations cannot be done without: before the best allocations,
which may take all there is."""

Told = Callable[[tuple[str, ...]], None]
"""Hears of each package's nations as soon as they are certain."""


class PackageSearch:
    """The search for a task's packages. It may be run again with more time; what is known by
    then is not asked anew.

    `families` are the minimal sets that are certain, as masks over the questions' elements.
    """

    def __init__(
        self,
        problem: Problem,
        world: World,
        task: str,
        settings: Settings,
        deadline: Deadline,
        wanted: PackageFilter = ALL,
        workers: int = 1,
        optimised: int | None = None,
    ) -> None:
        self._problem = problem
        self._world = world
        self._task = task
        self._settings = settings
        self._wanted = wanted
        self._workers = workers
        self._optimised = optimised
        # Of all nations, whichever are wanted: who matters, and what stands if one leaves, is said
        # of all that could come.
        scope = replace(alone(problem, world, task), nations=candidates(problem, world, task))
        self.questions = StaffingOracle(problem, scope, settings, deadline)
        self.families = Families()
        self._refuted: tuple[Refuted, ...] = ()
        self._best: dict[tuple[str, ...], Package] = {}
        self._any: dict[tuple[str, ...], Package] = {}

    def run(self, deadline: Deadline, told: Told = lambda nations: None) -> Packages:
        """The packages that are wanted, smallest first up to the limit."""
        self._search(deadline.part(SEARCH_SHARE), told)
        self.questions.deadline = deadline.part(PROVING_SHARE)
        self._refuted = refuted(self.questions, self.families)
        coalitions = by_size(n for n in self._found() if self._wanted.admits(n))
        coalitions = coalitions[: self._wanted.limit]
        first = coalitions[: self._optimised]
        others = coalitions[len(first) :]
        self._allocate(first, others, deadline)
        best = [self._best[nations] for nations in first if nations in self._best]
        known = self._any | self._best
        kept = (*best, *(known[nations] for nations in others if nations in known))
        complete = self._whole(len(coalitions)) and len(kept) == len(coalitions)
        return Packages(
            complete=complete,
            in_all=None if complete or self._wanted.in_words else self._in_all,
            only=self._wanted.in_words,
            whole_to=self._whole_to(kept),
            sets=kept,
            optimised=None if len(best) == len(kept) else len(best),
        )

    @property
    def _in_all(self) -> int | None:
        """How many there are, where that is known."""
        if self.families.whole is not None:
            return self.families.whole.unlocking
        return len(self.families.minimal) if self.families.complete else None

    def _search(self, deadline: Deadline, told: Told) -> None:
        names, admits = self.questions.names, self._wanted.admits

        def found(mask: Mask) -> None:
            if admits(names(mask)):
                told(names(mask))

        self.families = self.questions.search(
            deadline,
            limit=self._wanted.limit,
            wanted=lambda mask: admits(names(mask)),
            largest=self._wanted.max_nations,
            found=found,
        )

    def _found(self) -> list[tuple[str, ...]]:
        return [self.questions.names(mask) for mask in self.families.minimal]

    def _whole(self, listed: int) -> bool:
        """Whether the sets that are listed are all that are wanted."""
        searched = self.families.complete or self.families.whole_to >= self._largest
        return searched and listed == sum(map(self._wanted.admits, self._found()))

    @property
    def _largest(self) -> int:
        """No package that is wanted has more nations."""
        most = self._wanted.max_nations
        return len(self.questions.elements) if most is None else most

    def _whole_to(self, kept: tuple[Package, ...]) -> int | None:
        """Up to which size nothing is missing, where the list is not whole."""
        listed = {package.nations for package in kept}
        left_out = [n for n in self._found() if self._wanted.admits(n) and n not in listed]
        sizes = [len(nations) - 1 for nations in left_out]
        if not self.families.complete:
            sizes.append(self.families.whole_to)
        whole_to = min(sizes, default=-1)
        return None if whole_to < 0 or whole_to >= self._largest else whole_to

    def certificate(self) -> FamilyCertificate:
        """What proves the packages found so far, where nations are not restricted. Their own
        allocations are the witnesses."""
        return FamilyCertificate(
            complete=self.families.complete,
            sets=tuple(Shown(members=n, witness=None) for n in by_size(self._found())),
            blocking=self._refuted,
        )

    def _allocate(
        self,
        first: Sequence[tuple[str, ...]],
        others: Sequence[tuple[str, ...]],
        deadline: Deadline,
    ) -> None:
        """The best allocation of the first, any of the others; each coalition by itself, several
        at once, each thread with a program of its own."""
        names = [name for _, name in self.questions.elements]
        idle: list[BestPackages] = []

        def allocated(nations: tuple[str, ...], best: bool) -> Package | None:
            if deadline.expired:
                return None
            try:
                program = idle.pop()
            except IndexError:
                try:
                    program = self._program(names, deadline)
                except TimeUpError:
                    return None
            found = program.package(nations, deadline, best=best)
            idle.append(program)
            return found

        with ThreadPoolExecutor(self._workers) as pool:
            for known, coalitions in ((self._best, first), (self._any, others)):
                asked = [n for n in coalitions if n not in known and n not in self._best]
                for found in pool.map(partial(allocated, best=known is self._best), asked):
                    if found is not None:
                        known[found.nations] = found

    def _program(self, nations: Sequence[str], deadline: Deadline) -> BestPackages:
        """One for all coalitions. Raises TimeUpError."""
        problem, world, task = self._problem, self._world, self._task
        return BestPackages(problem, world, task, nations, self._settings, deadline.check)


def candidates(problem: Problem, world: World, task: str) -> tuple[str, ...]:
    """Return the nations that could send the task anything in the world, by id.

    problem: the model that is asked about, with its tables.
    """
    reach, around = SupplyBound(problem, problem.task(task)), Assumptions(world)
    having = sorted({nation for nation, _ in problem.availability})
    return tuple(nation for nation in having if reach.comes(nation, around))
