"""What is said of a plan under events, asked again: every fall, every bound of the distance, and
which task gives way."""

from __future__ import annotations

from collections.abc import Sequence

from allocator.analysis.second_opinions.levels import check_levels
from allocator.analysis.second_opinions.result import SecondOpinion
from allocator.checker.distance import Aim
from allocator.checker.proofs import proof_faults
from allocator.deadline import Deadline, TimeUpError
from allocator.engines import Settings
from allocator.inputs.problem import Problem, World
from allocator.model.distance import distance
from allocator.model.left import left
from allocator.model.objectives import Objective
from allocator.model.scope import Scope, alone
from allocator.model.variables import Variables
from allocator.results.certificate import Proof, Witness
from allocator.results.endurance import HowLong, Outcome
from allocator.results.repair import DISTANCE
from allocator.results.result import Allocation, Family, Plan, allocation_of
from allocator.search.enduring.event import EventSearch
from allocator.search.enduring.how_long import can_last
from allocator.search.enduring.nearest import Found, Nearest
from allocator.search.feasibility.oracle import StaffingOracle
from allocator.search.feasibility.question import Question
from allocator.search.minimal_sets.families import Answer


def recheck_endurance(
    problem: Problem,
    world: World,
    plan: Plan,
    events: Sequence[Outcome],
    lasts: Sequence[HowLong],
    deadline: Deadline,
) -> SecondOpinion:
    """Ask again what plain Python cannot check: falls first, then bounds.

    problem: the model that is asked about, with its tables. world: which preconditions hold, and
    which of them by themselves. plan: what something is lost of. events: what is said of each.
    lasts: what is said of how long tasks can be kept up. deadline: when to end at the latest.
    """
    found = SecondOpinion()
    allocation = allocation_of(plan.staffed, plan.allocation, plan.released)
    asked = [_Event(problem, world, allocation, event, found) for event in events]
    for one in asked:
        one.falls(deadline)
    for lasting in lasts:
        _no_longer(problem, world, lasting, deadline, found)
    for one in asked:
        one.nearest(deadline)
    for one in asked:
        one.help(deadline)
    return found


def _no_longer(
    problem: Problem, world: World, said: HowLong, deadline: Deadline, found: SecondOpinion
) -> None:
    """That the tasks cannot be kept up for so many periods."""
    if said.impossible is None:
        return
    claim = f"how long {', '.join(said.tasks)}: {said.impossible} periods are impossible"
    answer = can_last(problem, world, said.tasks, said.impossible, deadline.part(0.3))
    if answer is Answer.NO:
        found.proofs["by two engines"] += 1
    elif answer is Answer.YES:
        found.faults.append(f"{claim}: asked again, a plan has as many")
    else:
        found.undecided.append(claim)


class _Event:
    """One event, and what is left under it."""

    def __init__(
        self,
        problem: Problem,
        world: World,
        plan: Allocation,
        event: Outcome,
        found: SecondOpinion,
    ) -> None:
        self._event, self._found = event, found
        self._search = EventSearch(problem, world, plan, event.loss, Settings())
        self._left, self._world = left(problem, world, plan, event.loss)

    def falls(self, deadline: Deadline) -> None:
        for one in self._event.tasks:
            if one.proof is not None:
                self._fall(one.task, one.proof, deadline)

    def _fall(self, task: str, proof: Proof, deadline: Deadline) -> None:
        claim = f"{self._event.loss}: {task} falls"
        if proof.by != "engines":
            nations = self._left.nations
            faults = list(proof_faults(self._left, self._world, task, nations, proof))
            self._found.faults += [f"{claim}: {fault}" for fault in faults]
            self._found.proofs[f"by {proof.by}"] += not faults
            return
        scope = alone(self._left, self._world, task)
        answer, shown = StaffingOracle(self._left, scope, Settings(), deadline).second(0)
        if answer is Answer.NO:
            self._found.proofs[shown] += 1
        elif answer is Answer.YES:
            self._found.faults.append(f"{claim}: asked again, a plan staffs it")
        else:
            self._found.undecided.append(claim)

    def help(self, deadline: Deadline) -> None:
        """What is said to let a task stand that falls: each set does, and none of its members can
        be left out; none at all, where everything together does not."""
        for one in self._event.tasks:
            for members in one.unlocking.sets if one.unlocking else ():
                self._unlocks(one.task, members, Answer.YES, deadline)
                for left_out in members:
                    fewer = tuple(name for name in members if name != left_out)
                    self._unlocks(one.task, fewer, Answer.NO, deadline)
            if one.unlocking == Family(complete=True):
                every = self._left.open_preconditions(self._world)
                self._unlocks(one.task, every, Answer.NO, deadline)

    def _unlocks(self, task: str, met: Sequence[str], right: Answer, deadline: Deadline) -> None:
        world = self._left.meeting(self._world, met)
        claim = f"{self._event.loss}: {task} with {', '.join(met) or 'nothing'}"
        reply = Question(world, task, Settings()).reply(self._left, deadline.part(0.2))
        if reply.answer is right:
            self._found.proofs["what would help"] += 1
        elif reply.answer is Answer.UNKNOWN:
            self._found.undecided.append(claim)
        else:
            self._found.faults.append(f"{claim}: asked again, it is {reply.answer.name.lower()}")

    def nearest(self, deadline: Deadline) -> None:
        """The bounds of the distance, and that no other choice of tasks is as near; nothing where
        every task holds, since only what must changes then."""
        event = self._event
        if event.after is None or self._only_what_must(event.after):
            return
        aim, of = Aim(self._search.given), f"{event.loss}: "

        def stated(variables: Variables) -> Sequence[Objective]:
            return distance(variables, aim.given)

        names = self._names
        said = [level for level in event.levels if level.objective in names]
        scope = Scope(self._world, aim.tasks)
        levels = SecondOpinion()
        check_levels(self._left, scope, said, of, deadline, levels, stated)
        self._in_short(levels)
        if any(one.state == "gives way" for one in event.tasks):
            self._choice(deadline)

    def _only_what_must(self, after: Witness) -> bool:
        """Whether nothing changes but the lost rows and those of tasks that fall: that they do is
        asked by itself, and nothing is nearer then."""
        falls = {one.task for one in self._event.tasks if one.state == "falls"}
        struck = self._search.checked.struck
        kept = {k: n for k, n in struck.units.items() if k[1] not in falls}
        there = allocation_of(after.staffed, after.allocation, after.released)
        return dict(there.units) == kept and there.staffed == struck.staffed - falls

    def _in_short(self, levels: SecondOpinion) -> None:
        """One claim an event: how near its plan is."""
        claim = f"{self._event.loss}: how near the plan after it is"
        self._found.faults += levels.faults
        self._found.proofs.update(levels.proofs)
        if levels.undecided:
            self._found.undecided.append(claim)
        if levels.known_now:
            self._found.left_open(f"{claim}; asked again, more is known")

    @property
    def _names(self) -> set[str]:
        """The levels of the distance that what is left has."""
        priorities = {task.priority for task in self._left.tasks}
        kept = {f"keep_tasks[{priority}]" for priority in priorities}
        apart = {n.objective for n in self._event.levels if n.objective.startswith(DISTANCE)}
        return {name for name in apart if not name.startswith("keep_tasks")} | kept

    def _choice(self, deadline: Deadline) -> None:
        claim = f"{self._event.loss}: which task gives way"
        after = self._event.after
        assert after is not None
        allocation = allocation_of(after.staffed, after.allocation, after.released)
        tasks = frozenset(task.id for task in self._left.tasks)
        there = Allocation(allocation.staffed & tasks, allocation.units, allocation.released)
        named = {level.objective: level for level in self._event.levels}
        try:
            search = Nearest(self._left, self._world, self._search.given, Settings(), deadline)
            only = search.no_other(Found(there), named)
        except TimeUpError:
            only = False
        if only:
            self._found.proofs["no other choice of tasks"] += 1
        else:
            self._found.undecided.append(claim)
