"""All that is asked of an order of acts: states, circles, ways in turn, pushes, months, a road
map."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from allocator.deadline import Deadline
from allocator.inputs.conditions import show
from allocator.progress import Event, Progress, silent
from allocator.results.order import Act, By, Order, Push, Reached, RoadMap, State, TaskOrder
from allocator.results.result import Family
from allocator.search.minimal_sets.act_sets import ActSets, Names, minimal_sets
from allocator.search.minimal_sets.families import Answer
from allocator.search.order.acting import Acting
from allocator.search.order.months import Timeline, chain, timeline
from allocator.search.order.readiness import Facts
from allocator.search.order.road import by_benefit, by_date, by_effort, reachable

WAYS_SHARE = 0.7
"""Of the time; the rest is for circles and the road map."""

MOST_PUSHES = 100
"""Pushes of which it is said what they free."""

_REACHED: dict[Answer, Reached] = {
    Answer.YES: "yes",
    Answer.NO: "no",
    Answer.UNKNOWN: "unknown",
}


def order(
    acting: Acting,
    tasks: Sequence[str],
    by: By,
    deadline: Deadline,
    progress: Progress = silent,
) -> Order:
    """Return what comes about in turn in the world, what only together, and how the tasks come
    about.

    acting: the acts of the world, and what follows from them. by: effort, date or benefit.
    deadline: when to end at the latest. progress: told of each step.
    """
    return _Search(acting, tuple(tasks), by, deadline, progress).run()


@dataclass(frozen=True)
class _States:
    """The acts by what is certain of them."""

    in_turn: Facts
    together: Facts
    deadlocked: Facts
    out_of_reach: Facts
    undecided: Facts


@dataclass
class _Search:
    acting: Acting
    tasks: tuple[str, ...]
    by: By
    deadline: Deadline
    progress: Progress
    ways: dict[str, ActSets] = field(default_factory=dict)

    def run(self) -> Order:
        acting = self.acting
        states = self._states()
        line = timeline(acting, acting.acts, self.tasks)
        soonest = timeline(acting, acting.acts, self.tasks, possibly=True)
        until = self.deadline.part(WAYS_SHARE)
        tasks = tuple(
            self._task(task, states, line, soonest, until.part(1 / (len(self.tasks) - place)))
            for place, task in enumerate(self.tasks)
        )
        circles = self._circles(states, self.deadline.part(0.4))
        road_map = self._road_map()
        return Order(
            acting.problem,
            acting.world,
            tuple(self._act(act, states, line, soonest) for act in acting.acts),
            tasks,
            in_turn=tuple(sorted(states.in_turn)),
            together=tuple(sorted(states.together)),
            deadlocked=tuple(sorted(states.deadlocked)),
            out_of_reach=tuple(sorted(states.out_of_reach)),
            undecided=tuple(sorted(states.undecided)),
            circles=circles,
            pushes=self._pushes(tasks, states),
            road_map=road_map,
            faults=(*acting.readiness.faults, *self.deadline.faults),
        ).timed(self.deadline)

    def _states(self) -> _States:
        """Certain is what both readings of what is unknown agree on."""
        acting, acts = self.acting, frozenset(self.acting.acts)
        sure, hoped = (acts & acting.in_turn(acts, possibly=p) for p in (False, True))
        together, at_most = (acting.together(acts, possibly=p) for p in (False, True))
        deadlocked, out = together - hoped, acts - at_most
        return _States(sure, together, deadlocked, out, acts - sure - deadlocked - out)

    def _act(self, act: str, states: _States, line: Timeline, soonest: Timeline) -> Act:
        known = self.acting.problem.preconditions[act]
        month = line.facts.get(act)
        return Act(
            act,
            known.name,
            known.holder,
            show(known.after),
            known.lead_months,
            known.place,
            _state(act, states),
            month if month == soonest.facts.get(act) else None,
        )

    def _task(
        self, task: str, states: _States, line: Timeline, soonest: Timeline, deadline: Deadline
    ) -> TaskOrder:
        acting = self.acting
        reached = reachable(acting, (task,))[task]
        self.ways[task] = self._ways(task, deadline.part(0.5))
        pushes = self._pushes_for(task, reached, states, deadline)
        low, high = soonest.tasks.get(task), line.tasks.get(task)
        self.progress(Event("order", len(self.ways), len(self.tasks), f"{task} is done"))
        return TaskOrder(
            task,
            acting.readiness.verdict(task),
            _REACHED[reached],
            high if low == high else None,
            low,
            high,
            self.ways[task].family,
            pushes,
            chain(acting, line, task) if low == high else (),
        )

    def _ways(self, task: str, deadline: Deadline) -> ActSets:
        acting = self.acting
        reached = acting.in_turn(acting.acts, possibly=True)
        elements = [act for act in acting.bearing_on((task,)) if act in reached]

        def ask(acts: Names) -> Answer:
            return acting.answer(
                lambda possibly: acting.ready(
                    (task,), acting.in_turn(acts, possibly=possibly), possibly=possibly
                )
            )

        return minimal_sets(elements, ask, deadline)

    def _pushes_for(
        self, task: str, reached: Answer, states: _States, deadline: Deadline
    ) -> Family:
        acting = self.acting
        if reached is Answer.YES:
            return Family(complete=True, sets=((),))
        elements = [act for act in acting.bearing_on((task,)) if act not in states.in_turn]

        def ask(acts: Names) -> Answer:
            return acting.answer(
                lambda possibly: acting.ready(
                    (task,), acting.in_turn(acting.acts, acts, possibly=possibly), possibly=possibly
                )
            )

        return minimal_sets(elements, ask, deadline).family

    def _circles(self, states: _States, deadline: Deadline) -> Family:
        """The minimal sets that hold a circle: any that answers with yes is one itself."""
        acting = self.acting
        reached = {p: acting.in_turn(acting.acts, possibly=p) for p in (False, True)}

        def ask(acts: Names) -> Answer:
            return acting.answer(
                lambda possibly: bool(acting.supported(acts, reached[possibly], possibly=possibly))
            )

        elements = acting.supported(states.deadlocked, reached[True], possibly=True)
        found = minimal_sets(sorted(elements), ask, deadline).family
        whole = found.complete and not states.undecided
        return Family(complete=whole, sets=found.sets)

    def _pushes(self, tasks: Iterable[TaskOrder], states: _States) -> tuple[Push, ...]:
        """What each push frees, the smallest first."""
        found = {sets for one in tasks for sets in one.pushes.sets if sets}
        order = sorted(found, key=lambda sets: (len(sets), sets))[:MOST_PUSHES]
        waiting = [one.task for one in tasks if one.reached == "no"]
        return tuple(self._push(acts, waiting, states) for acts in order)

    def _push(self, acts: tuple[str, ...], waiting: Sequence[str], states: _States) -> Push:
        acting = self.acting
        met = acting.in_turn(acting.acts, acts)
        frees = met & frozenset(acting.acts) - states.in_turn - frozenset(acts)
        ready = (t for t in waiting if acting.ready((t,), met, possibly=False))
        return Push(acts, tuple(sorted(frees)), tuple(ready))

    def _road_map(self) -> RoadMap:
        if self.by == "benefit":
            return by_benefit(self.acting, self.tasks, self.ways, self.deadline)
        make = by_effort if self.by == "effort" else by_date
        return make(self.acting, self.tasks, self.deadline)


def _state(act: str, states: _States) -> State:
    if act in states.in_turn:
        return "in turn"
    if act in states.deadlocked:
        return "deadlocked"
    return "out of reach" if act in states.out_of_reach else "unknown"
