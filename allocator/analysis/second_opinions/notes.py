"""What a run says beside its result asked again: who matters, what it costs to do without a
nation, fronts and departures.

Its plans and figures are judged in plain Python (`allocator.checker`); that nothing is better is
asked of a second engine.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from random import Random

from allocator.analysis.second_opinions.levels import check_levels
from allocator.analysis.second_opinions.result import PASSING, SecondOpinion
from allocator.checker import noted, power
from allocator.checker.power import Table
from allocator.deadline import Deadline, TimeUpError
from allocator.engines import Outcome, Portfolio, Settings
from allocator.inputs.problem import Problem, World
from allocator.inputs.schema.objectives import KINDS
from allocator.model import build
from allocator.model.objectives import levels
from allocator.model.scope import alone, joint
from allocator.results.coalitions import Power, Replacement, Without
from allocator.results.departures import Departure
from allocator.results.result import Packages, Result
from allocator.results.run import PlanNotes, TaskNotes
from allocator.results.threshold_game import ThresholdGame
from allocator.search.feasibility.oracle import StaffingOracle
from allocator.search.front import Front
from allocator.search.minimal_sets.world_sets import MOST_ELEMENTS
from allocator.search.packages.search import candidates

AUDITED = 10
"""So many coalitions that the weights call just enough are asked again, each with a member less
as well."""

COUNTED = "figures of who matters, every coalition counted again"
PLANS = "plans beside the result that pass the checker with the values said of them"


def recheck_notes(
    problem: Problem,
    world: World,
    result: Result,
    notes: Mapping[str, TaskNotes],
    plan_notes: PlanNotes,
    deadline: Deadline,
    found: SecondOpinion,
) -> None:
    """Add to `found` what comes of it.

    problem: the model that is asked about, with its tables. world: which preconditions hold, and
    from which period. result: what is claimed. notes: what is said beside the result, by task.
    plan_notes: what is said beside the joint plan. deadline: when to end at the latest.
    """
    run = _Notes(problem, world, result, deadline, found)
    known = {record.task: record for record in result.tasks}
    for task, note in notes.items():
        if task not in known:
            found.faults.append(f"{task}: notes.json speaks of it, result.json does not")
            continue
        if note.power is not None:
            run.power(task, note.power, known[task].packages)
        if note.replacement is not None:
            run.replacement(task, note.replacement, known[task].packages)
        if note.front is not None:
            run.front(task, note.front)
    if plan_notes.front is not None:
        run.front("", plan_notes.front)
    run.departures(plan_notes.departures)


def left_out_notes(
    result: Result,
    notes: Mapping[str, TaskNotes],
    options: Mapping[str, object],
    found: SecondOpinion,
) -> None:
    """Add to `found` what `packages` says of a ready task, and these notes do not.

    result: what is claimed. options: of the run, as it kept them.
    """
    few = any(options.get(name) is not None for name in ("limit", "max_nations"))
    for record in result.tasks if found.command == "packages" else ():
        note = notes.get(record.task, TaskNotes())
        there = {
            "who matters": few or note.power is not None,
            "what it costs to do without a nation": note.replacement is not None,
            "the front": not options.get("front") or note.front is not None,
        }
        for what, said in there.items():
            if record.verdict == "ready" and not said:
                found.left_open(f"{record.task}: notes.json does not say {what}")


@dataclass(frozen=True)
class _Notes:
    _problem: Problem
    _world: World
    _result: Result
    _deadline: Deadline
    _found: SecondOpinion

    # --- who matters ----------------------------------------------------------------------

    def power(self, task: str, said: Power, packages: Packages) -> None:
        """From the complete list of packages, else from the weights."""
        claim = f"{task}: who matters"
        if None not in (said.packages, packages.in_all) and said.packages != packages.in_all:
            self._fault(claim, f"{said.packages:,} packages, {packages.in_all:,} in all")
        if said.basis == "sampled":
            self._open(claim, "figures from coalitions drawn at random are not counted again")
            if packages.complete and said.nations <= MOST_ELEMENTS:
                self._found.left_open(f"{claim}: drawn at random, and all packages are known")
        elif packages.complete and not packages.only:
            sets = [package.nations for package in packages.sets]
            names = sorted({nation for nations in sets for nation in nations})
            if strange := set(names) - {weight.nation for weight in said.weights}:
                self._fault(claim, f"{min(strange)} is in a package and is not named")
            elif len(names) <= power.MOST_NATIONS:
                self._counted(claim, said, names, power.from_packages(names, sets))
            else:
                self._open(claim, f"{len(names)} nations are too many to look at each coalition")
        elif said.rule is not None:
            self._by_rule(task, claim, said, said.rule)
        else:
            self._open(claim, "packages are not all listed, and no weights are kept")

    def _by_rule(self, task: str, claim: str, said: Power, rule: ThresholdGame) -> None:
        weights = dict(zip(rule.nations, rule.weights, strict=True))
        names = [nation for nation, weight in weights.items() if any(weight)]
        if set(weights) != {weight.nation for weight in said.weights}:
            self._fault(claim, "the weights are of other nations")
            return
        if len(names) > power.MOST_NATIONS:
            self._open(claim, f"{len(names)} nations are too many to look at each coalition")
            return
        table = power.from_weights([weights[name] for name in names], rule.needs)
        self._counted(claim, said, names, table)
        scope = replace(alone(self._problem, self._world, task), nations=rule.nations)
        self._audit(task, rule, StaffingOracle(self._problem, scope, Settings(), self._deadline))

    def _counted(self, claim: str, said: Power, names: Sequence[str], table: Table) -> None:
        faults = list(power.power_faults(said, names, power.counted(table)))
        self._judged(claim, faults, COUNTED)

    def _audit(self, task: str, rule: ThresholdGame, questions: StaffingOracle) -> None:
        """Whether the weights say what engines say, where it is closest."""
        for members in _edges(rule):
            named = [("nation", rule.nations[i]) for i in members]
            enough = questions.mask(named)
            claim = f"{task}: by their weights enough, {', '.join(name for _, name in named)}"
            self._answer(claim, questions.ask(enough).value, "yes", PASSING)
            answer, proof = questions.second(questions.mask(named[:-1]))
            self._answer(f"{claim}; not without the last", answer.value, "no", proof)

    # --- doing without a nation -----------------------------------------------------------

    def replacement(self, task: str, said: Replacement, packages: Packages) -> None:
        """With everybody, then without each. Who asked for some packages only may have left
        nations out."""
        nations = tuple(one.nation for one in said.nations)
        right = candidates(self._problem, self._world, task)
        if nations != right and not (packages.only and set(nations) <= set(right)):
            self._fault(f"{task}: prices", f"of {', '.join(nations)}, not of {', '.join(right)}")
            return
        scope = replace(alone(self._problem, self._world, task), nations=nations)
        questions = StaffingOracle(self._problem, scope, Settings(), self._deadline)
        everybody = Without("", "yes", said.levels, said.plan)
        for number, one in enumerate((everybody, *said.nations)):
            part = self._deadline.part(2 / (len(said.nations) - number + 2))
            self._without(task, one, said, questions, part)

    def _without(
        self, task: str, one: Without, said: Replacement, questions: StaffingOracle, part: Deadline
    ) -> None:
        claim = f"{task} without {one.nation}" if one.nation else f"{task} with everybody"
        if one.possible == "no":
            answer, proof = self._possible(questions, one.nation)
            self._answer(claim, answer, "no", proof)
            return
        if said.levels and not one.levels:
            self._unpriced(claim, one, questions)
            return
        plan = one.plan or said.plan
        if one.plan is None and one.levels != said.levels:
            self._fault(claim, "its levels are not those with everybody, and no plan is kept")
        elif one.levels and plan is None:
            self._open(claim, "no plan is kept")
        elif one.levels and plan is not None:
            without = one.nation or None
            faults = list(
                noted.price_faults(self._problem, self._world, task, without, plan, one.levels)
            )
            if self._judged(claim, faults, PLANS):
                nations = (n for _, n in questions.elements if n != one.nation)
                scope = replace(questions.scope, nations=tuple(nations))
                check_levels(self._problem, scope, one.levels, f"{claim}: ", part, self._found)

    def _possible(self, questions: StaffingOracle, nation: str) -> tuple[str, str]:
        """Whether the task can do without the nation, and what shows it."""
        others = [element for element in questions.elements if element[1] != nation]
        answer, proof = questions.second(questions.mask(others))
        return answer.value, proof

    def _unpriced(self, claim: str, one: Without, questions: StaffingOracle) -> None:
        """The run found no plan without it in time."""
        said = one.possible
        answer = said if said != "unknown" else self._possible(questions, one.nation)[0]
        if answer == "unknown":
            self._open(claim, "whether it is possible is not known")
        else:
            self._found.left_open(f"{claim}: said to be {said}, without a plan; now {answer}")

    def departures(self, said: Sequence[Departure]) -> None:
        for number, one in enumerate(said):
            claim = f"if {one.nation} leaves"
            faults = list(
                noted.departure_faults(self._problem, self._world, self._result.plan, one)
            )
            if one.sends and one.levels and one.plan is None:
                self._open(claim, "no plan is kept")
            elif one.levels and self._judged(claim, faults, PLANS) and one.sends:
                left = self._problem.without([one.nation])
                part = self._deadline.part(2 / (len(said) - number + 1))
                scope = joint(left, self._world)
                check_levels(left, scope, one.levels, f"{claim}: ", part, self._found)

    # --- fronts ---------------------------------------------------------------------------

    def front(self, task: str, said: Front) -> None:
        """Its plans as they are; then whether any plan lies where it says that none does."""
        claim = f"the front of {task or 'the joint plan'}"
        if strange := set(said.objectives) - {*_LOWERED, noted.SHARE}:
            self._fault(claim, f"{min(strange)} is no objective of a front")
            return
        faults = list(noted.front_faults(self._problem, self._world, task, said))
        if not task:
            faults += noted.staffed_faults(self._problem, self._result.plan, said)
        if not self._judged(claim, faults, PLANS) or not said.points:
            return
        boxes = _boxes([point.values for point in said.points], len(said.objectives))
        if not said.complete:
            boxes = [box for point in said.points for box in _below(point.values)]
        boxes = [box for box in boxes if all(most is None or most >= 0 for most in box)]
        for number, box in enumerate(boxes):
            limits = {
                name: most
                for name, most in zip(said.objectives, box, strict=True)
                if most is not None
            }
            part = self._deadline.part(2 / (len(boxes) - number + 1))
            opinion = self._second(task, said, limits, part)
            words = ", ".join(f"{name} at most {most:,}" for name, most in limits.items())
            self._answer(f"{claim}: no plan with {words}", opinion, "no", "by a second engine")

    def _second(self, task: str, said: Front, limits: Mapping[str, int], part: Deadline) -> str:
        """Whether any plan keeps within the limits."""
        problem = self._problem
        if (share := limits.get(noted.SHARE)) is not None:
            problem = _with_share(problem, task, share)
        scope = alone(problem, self._world, task) if task else joint(problem, self._world)
        names = tuple(name for name in limits if name != noted.SHARE)
        objectives = names if task else ("staff_tasks", *names)
        try:
            variables = build(replace(problem, objectives=objectives), scope, part.check)
        except TimeUpError:
            return "unknown"
        for objective in levels(variables):
            if objective.name in limits:
                most = limits[objective.name] - objective.offset
                variables.program.at_most(objective.terms, most)
            else:
                least = _staffed(self._problem, objective.name, said.points[0].staffed)
                variables.program.at_least(objective.terms, least - objective.offset)
        engines = Portfolio(variables.program, Settings())
        return engines.second_opinion(Outcome("infeasible", "cpsat"), part)

    # --- what came of it ------------------------------------------------------------------

    def _judged(self, claim: str, faults: Sequence[str], proof: str) -> bool:
        """Notes it; whether there is no fault."""
        for fault in faults:
            self._fault(claim, fault)
        if not faults:
            self._found.proofs[proof] += 1
        return not faults

    def _answer(self, claim: str, answer: str, said: str, proof: str) -> None:
        if answer == said:
            self._found.proofs[proof] += 1
        elif answer == "unknown":
            self._found.undecided.append(claim)
        else:
            self._fault(claim, f"asked again, the answer is {answer}")

    def _fault(self, claim: str, fault: str) -> None:
        self._found.faults.append(f"{claim}: {fault}")

    def _open(self, claim: str, why: str) -> None:
        self._found.undecided.append(f"{claim}: {why}")


_LOWERED = tuple(kind.id for kind in KINDS if not kind.maximised)


def _with_share(problem: Problem, asked: str, share: int) -> Problem:
    """No nation sends the task, any where that is blank, more than this share of its people, in
    thousandths."""
    tasks = (
        replace(task, max_share=share if task.max_share is None else min(share, task.max_share))
        if asked in ("", task.id)
        else task
        for task in problem.tasks
    )
    return replace(problem, tasks=tuple(tasks))


def _staffed(problem: Problem, level: str, staffed: Sequence[str]) -> int:
    """How many of these tasks count for a level `staff_tasks[PRIORITY]`."""
    return sum(f"staff_tasks[{problem.task(task).priority}]" == level for task in staffed)


def _edges(rule: ThresholdGame) -> Iterator[list[int]]:
    """Coalitions that just win by the rule, in a random order of all nations each."""
    rng, everybody = Random(1), list(range(len(rule.nations)))
    if not rule.wins(everybody):
        return
    for _ in range(AUDITED):
        members: list[int] = []
        for nation in rng.sample(everybody, len(everybody)):
            if not rule.wins(members):
                members.append(nation)
        for nation in list(members):
            if rule.wins([other for other in members if other != nation]):
                members.remove(nation)
        if members:
            yield members


Box = tuple[int | None, ...]
"""The most that each objective may have; None: any."""


def _boxes(points: Sequence[tuple[int, ...]], size: int) -> list[Box]:
    """All there is that no point beats or equals: what lies outside all of these does not count
    (local upper bounds, Klamroth, Lacour and Vanderpooten 2015)."""
    corners: set[tuple[float, ...]] = {(float("inf"),) * size}
    for point in points:
        inside = {c for c in corners if all(a < b for a, b in zip(point, c, strict=True))}
        cut = {(*c[:k], float(point[k]), *c[k + 1 :]) for c in inside for k in range(size)}
        corners = (corners - inside) | cut
    widest = [
        c
        for c in corners
        if not any(c != o and all(a <= b for a, b in zip(c, o, strict=True)) for o in corners)
    ]
    return [tuple(None if v == float("inf") else int(v) - 1 for v in c) for c in sorted(widest)]


def _below(values: tuple[int, ...]) -> Iterator[Box]:
    """Where whatever beats the values lies: one of them lower, the others no higher."""
    for k, value in enumerate(values):
        yield (*values[:k], value - 1, *values[k + 1 :])
