"""One event: the state of every task of the plan, and the plan that is nearest from then on.

What can be seen without an engine is seen first: tasks that hold as they are, and tasks that no
sum lets stand. Where the plan without those that fall keeps every rule nothing can be nearer, since
only what must change does. All else is a search as for a repair (`allocator.search.given.repair`),
of the problem that is left.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from functools import cached_property
from typing import Literal

from allocator.checker.loss import AfterLoss
from allocator.checker.releases import fewest_releases
from allocator.deadline import Deadline, TimeUpError
from allocator.engines import Settings
from allocator.inputs.given import GivenPlan
from allocator.inputs.problem import Problem, World
from allocator.inputs.problem.losses import Loss
from allocator.model.left import left
from allocator.model.scope import alone
from allocator.results.certificate import Proof, Witness
from allocator.results.endurance import Outcome, State, TaskUnder
from allocator.results.repair import Edit
from allocator.results.result import Allocation, Family, Level
from allocator.search.blockers.verdict import families, judge, named
from allocator.search.enduring.nearest import Found, Nearest
from allocator.search.feasibility.oracle import StaffingOracle
from allocator.search.feasibility.question import Question
from allocator.search.minimal_sets.families import Answer

Aim = Literal["states", "near", "levels"]
"""How far a search goes: to the state of every task, to a plan that is near as far as one quick
search sees, or to the nearest, proved level by level."""

MOST_HELP = 50
"""Sets of preconditions that are listed."""


class EventSearch:
    """One event on one plan. What is found stays known from one call to the next.

    problem: the model of the plan, with its tables. world: in which it was made. plan: a valid one.
    loss: the event. settings: of the engines, such as their seed.
    """

    def __init__(
        self, problem: Problem, world: World, plan: Allocation, loss: Loss, settings: Settings
    ) -> None:
        self.loss = loss
        self.checked = AfterLoss(problem, world, plan, loss)
        self._world = world
        self._settings = settings
        self._falls: dict[str, Proof] = {}
        self._stand: dict[str, Allocation] = {}
        self._unlocking: dict[str, Family] = {}
        self._found: Found | None = None
        self.faults: list[str] = []

    @cached_property
    def _left(self) -> tuple[Problem, World]:
        """The problem and the world that remain."""
        return left(self.checked.problem, self._world, self.checked.plan, self.loss)

    @cached_property
    def given(self) -> GivenPlan:
        """The plan from the event on, the lost nation's rows among it."""
        return GivenPlan.of(self.checked.planned, (task.id for task in self._left[0].tasks))

    @property
    def falling(self) -> bool:
        """Whether any task is known to fall."""
        return bool(self._falls)

    @property
    def weight(self) -> tuple[int, int, int]:
        """How important it seems, the smallest first: the best priority of a task that breaks,
        when, and how many units are lost."""
        broken = self.checked.broken
        problem = self.checked.problem
        first = min((problem.task(task).priority for task in broken), default=0)
        lost = sum(n for k, n in self.checked.planned.items() if k[0] == self.loss.nation)
        return first, -lost, self.loss.period

    def at_once(self) -> bool:
        """Whether everything is known without an engine; call it once before any search."""
        problem, world = self._left
        for task in self.checked.broken:
            asked = StaffingOracle(
                problem, alone(problem, world, task), self._settings, Deadline(0)
            )
            if asked.proved_by_sum(0):
                self._falls[task] = asked.proof(0)
        return self._stands_without()

    def search(self, deadline: Deadline, aim: Aim) -> bool:
        """Look for the nearest plan, as far as it is asked for; tell whether all is proved."""
        with suppress(TimeUpError):
            self._search(deadline, aim)
        return self.ended

    @property
    def ended(self) -> bool:
        """Whether every state is known, and no plan is nearer."""
        return self.states_known and self._found is not None and self._found.ended

    def _search(self, deadline: Deadline, aim: Aim) -> None:
        nearest = Nearest(*self._left, self.given, self._settings, deadline)
        nearest.give_up(self._falls)
        self._keep(nearest.near(self._found) if self._found else nearest.together())
        if not self.states_known:
            self._ask_about_each(nearest, deadline)
        if self._stands_without() or (self.states_known and aim == "states"):
            return
        if self._found is None:
            self._keep(nearest.near(None))
        if self._found is not None:
            self._look_nearer(nearest, self._found, aim)

    def look_for_help(self, deadline: Deadline) -> bool:
        """Look for what would let the tasks stand that fall; tell whether nothing is left open."""
        waiting = [task for task in self._falls if not self._helped(task)]
        for number, task in enumerate(waiting):
            part = deadline.part(1 / (len(waiting) - number))
            if not part.expired:
                with suppress(TimeUpError):
                    self._unlocking[task] = self._unlocks(task, part)
        return all(self._helped(task) for task in self._falls)

    def _helped(self, task: str) -> bool:
        return task in self._unlocking and self._unlocking[task].complete

    def _unlocks(self, task: str, deadline: Deadline) -> Family:
        problem, world = self._left
        standing = judge(problem, world, task, self._settings, deadline)
        self.faults += standing.questions.faults
        if standing.verdict == "short":
            return Family(complete=True)
        if standing.verdict != "blocked":
            return Family()
        found = families(standing.questions, deadline, limit=MOST_HELP)
        return named(standing.questions, found.minimal, found.complete)

    def _look_nearer(self, nearest: Nearest, found: Found, aim: Aim) -> None:
        order = self.checked.problem.as_written
        if not self.states_known and aim != "levels":
            self._keep(nearest.of_tasks(found, order))
        elif aim == "near":
            self._keep(nearest.nearer(found))
        else:
            self._keep(nearest.best(found, order))

    def _ask_about_each(self, nearest: Nearest, deadline: Deadline) -> None:
        """Not all tasks stand together, as far as is known: perhaps without those that fall."""
        before = len(self._falls)
        for task in self._open_tasks():
            self._ask(task, deadline)
        nearest.give_up(self._falls)
        if len(self._falls) > before and not self._open_tasks():
            self._keep(nearest.together())

    @property
    def states_known(self) -> bool:
        """Whether it is known which tasks the nearest plan staffs."""
        return self._all_others_stand or (self._found is not None and self._found.settled)

    def _keep(self, found: Found | None) -> None:
        """Take over a plan that passes the checker, which has not seen the program."""
        if found is None:
            return
        faults = list(self.checked.violations(self._with_over(found.allocation)))
        if faults:
            self.faults += [f"after {self.loss}: {fault.message}" for fault in faults]
            return
        if self._found is not None and self._farther(found):
            return
        if self._found is not None and self._found.settled:
            if self._found.allocation.staffed != found.allocation.staffed:
                return
            found = replace(found, settled=True)
        self._found = found
        for task in found.allocation.staffed & self.checked.broken.keys():
            self._stand.setdefault(task, found.allocation)

    def _farther(self, found: Found) -> bool:
        """Whether the plan that is known is nearer."""
        assert self._found is not None
        plans = (self._with_over(one.allocation) for one in (self._found, found))
        known, new = (list(self.checked.levels(plan).values()) for plan in plans)
        return known < new

    def _with_over(self, allocation: Allocation) -> Allocation:
        staffed = allocation.staffed | self.checked.over
        return Allocation(staffed, allocation.units, allocation.released)

    def _open_tasks(self) -> list[str]:
        """Broken tasks of which it is not known whether any plan staffs them."""
        there = self._found.allocation.staffed if self._found else frozenset()
        known = there | self._falls.keys() | self._stand.keys()
        return [task for task in self.checked.broken if task not in known]

    def _ask(self, task: str, deadline: Deadline) -> None:
        """Whether any plan from the event on staffs the task: its own question."""
        problem, world = self._left
        question = Question(world, task, self._settings)
        reply = question.reply(problem, deadline)
        self.faults += question.faults
        if reply.answer is Answer.NO and reply.proof is not None:
            self._falls[task] = reply.proof
        elif reply.witness is not None:
            faults = list(self.checked.violations(self._with_over(reply.witness)))
            self.faults += [f"{task} after {self.loss}: {fault.message}" for fault in faults]
            if not faults:
                self._stand[task] = reply.witness

    @property
    def _all_others_stand(self) -> bool:
        """Whether the plan found staffs all that do not fall: then no plan staffs more."""
        if self._found is None:
            return False
        every = {task.id for task in self._left[0].tasks}
        return every - self._falls.keys() <= self._found.allocation.staffed

    def _stands_without(self) -> bool:
        """Whether the plan, without the lost rows and the tasks that fall, keeps every rule."""
        if self.checked.broken.keys() - self._falls.keys():
            return False
        without = self._struck_without(self._falls)
        if self._falls:
            if any(self.checked.violations(without)):
                return False
            without = self._with_fewest_releases(without)
        self._found = Found(without, settled=True, forced=True)
        return True

    def _with_fewest_releases(self, after: Allocation) -> Allocation:
        """The same units; nothing is released for those that are given up."""
        fewest = replace(after, released=fewest_releases(*self._left, after))
        return after if any(self.checked.violations(fewest)) else fewest

    def _struck_without(self, tasks: dict[str, Proof]) -> Allocation:
        struck = self.checked.struck
        units = {k: n for k, n in struck.units.items() if k[1] not in tasks}
        return Allocation(struck.staffed - tasks.keys(), units, struck.released)

    # --- the answer -------------------------------------------------------------------------

    def outcome(self) -> Outcome:
        """What is known by now."""
        found = self._found
        after = None if found is None else self._with_over(found.allocation)
        levels = () if found is None or after is None else self._levels(found, after)
        tasks = tuple(self._task(task, after) for task in sorted(self.checked.plan.staffed))
        witness = None if after is None else Witness.of(after)
        return Outcome(self.loss, self.checked.touches, tasks, levels, witness)

    def _task(self, task: str, after: Allocation | None) -> TaskUnder:
        state = self._state(task)
        broken = self.checked.broken.get(task, ())
        stand = self._stand.get(task)
        return TaskUnder(
            task,
            state,
            self._edits(task, state, after),
            tuple(dict.fromkeys(violation.rule for violation in broken)),
            self._falls.get(task),
            Witness.of(self._with_over(stand)) if stand and state == "gives way" else None,
            self._unlocking.get(task),
        )

    def _state(self, task: str) -> State:
        if task not in self.checked.broken:
            return "holds"
        if task in self._falls:
            return "falls"
        if self._found is None or not self.states_known:
            return "unknown"
        if task in self._found.allocation.staffed:
            return "repaired"
        return "gives way" if task in self._stand else "unknown"

    def _edits(self, task: str, state: State, after: Allocation | None) -> tuple[Edit, ...]:
        """Where the plan after the event differs; where none is known, what is lost in any case."""
        if after is None:
            if state == "unknown":
                return ()
            units = self._struck_without(self._falls).units
        else:
            units = dict(after.units)
        planned = self.checked.planned
        keys = sorted(k for k in units.keys() | planned.keys() if k[1] == task)
        pairs = ((key, planned.get(key, 0), units.get(key, 0)) for key in keys)
        return tuple(Edit(*key, a, b) for key, a, b in pairs if a != b)

    def _levels(self, found: Found, after: Allocation) -> tuple[Level, ...]:
        """How near the plan is, by the checker's word; what is proved of it, as far as the search
        went. What lies before the event counts the same for the value and for the bound."""
        known = {level.objective: level for level in found.levels}
        said = []
        for name, value in self.checked.levels(after).items():
            level = known.get(name)
            # Where only what must changes, all units are given; fewer may be released.
            forced = found.forced and name != "protect_commitments"
            bound = value if forced else 0 if level is None else level.bound + value - level.value
            said.append(
                Level(
                    objective=name,
                    value=value,
                    bound=bound,
                    status="optimal" if bound == value else "feasible",
                    proved_by="sum" if level is None else level.proved_by,
                )
            )
        return tuple(said)
