"""The rules that every allocation keeps, one short function each, in the order of their numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType

from allocator.checker.case import AddedKey, Case, Row, Violation
from allocator.checker.cover import INVENTORY, cover, sent_to
from allocator.inputs.problem import Caveat, Lead, Line, Problem, Task, World
from allocator.results.result import Allocation
from allocator.words import count

Rule = Callable[[Case], Iterator[Violation]]


def violations(
    problem: Problem,
    world: World,
    allocation: Allocation,
    *,
    only: frozenset[str] | None = None,
    nations: tuple[str, frozenset[str]] | None = None,
    without_caveats: frozenset[str] = frozenset(),
    without_commitments: frozenset[str] = frozenset(),
    added: Mapping[AddedKey, int] | None = None,
) -> tuple[Violation, ...]:
    """Return every rule that the allocation breaks in the world, in the order of the rules.

    `only`: the tasks that may be staffed (None: any). `nations`: a task and the nations that may
    contribute to it. `without_*`: ids whose rows count as taken out of the tables. `added`: units
    that belong to no nation, by (task, line, capability, period); they fill lines and count for
    scaled lines, not for shares, leads or numbers of nations.

    problem: the model that is asked about, with its tables. without_caveats: ids of caveats taken
    as lifted. without_commitments: ids of commitments taken as lifted.
    """
    lifted = _lifted(problem, without_caveats, without_commitments)
    case = Case(lifted, world, allocation, only, nations, added or {})
    return tuple(violation for rule in RULES.values() for violation in rule(case))


def is_valid(
    problem: Problem,
    world: World,
    allocation: Allocation,
    *,
    only: frozenset[str] | None = None,
    nations: tuple[str, frozenset[str]] | None = None,
    without_caveats: frozenset[str] = frozenset(),
    without_commitments: frozenset[str] = frozenset(),
    added: Mapping[AddedKey, int] | None = None,
) -> bool:
    """Tell whether `violations` with the same arguments finds none; stops at the first.

    problem: the model that is asked about, with its tables. world: which preconditions hold, and
    from which period. allocation: the units sent, and what is released for them. only: as for
    `violations`. nations: as for `violations`. without_caveats: ids of caveats taken as lifted.
    without_commitments: ids of commitments taken as lifted. added: as for `violations`.
    """
    lifted = _lifted(problem, without_caveats, without_commitments)
    case = Case(lifted, world, allocation, only, nations, added or {})
    return not any(True for rule in RULES.values() for _ in rule(case))


def _lifted(problem: Problem, caveats: frozenset[str], commitments: frozenset[str]) -> Problem:
    if not caveats and not commitments:
        return problem
    return replace(
        problem,
        caveats=tuple(c for c in problem.caveats if c.id not in caveats),
        commitments=tuple(c for c in problem.commitments if c.id not in commitments),
    )


def staffed(case: Case) -> Iterator[Violation]:
    """R1: lines reach their minimum; an unstaffed task gets nothing."""
    yield from _tasks_asked(case)
    yield from _rows_in_place(case)
    for task in case.staffed_tasks:
        for line in task.lines:
            for period in task.periods:
                filled = case.filled(task, line.id, period)
                if filled < line.minimum:
                    yield Violation(
                        "R1",
                        f"line {line.id} of {task.id} has {filled} in {case.when(period)}, "
                        f"its minimum is {line.minimum}",
                        {"task": task.id, "line": line.id, "period": period},
                        line.minimum - filled,
                    )


def _tasks_asked(case: Case) -> Iterator[Violation]:
    for task in sorted(case.allocation.staffed):
        if not case.problem.has_task(task):
            yield Violation("R1", f"the model has no task {task}", {"task": task})
        elif case.only is not None and task not in case.only:
            asked = ", ".join(sorted(case.only)) or "none"
            yield Violation("R1", f"{task} is staffed, only these may be: {asked}", {"task": task})


def _rows_in_place(case: Case) -> Iterator[Violation]:
    for row in case.claims:
        fault = _misplaced(case, row)
        if fault:
            who = row.nation or "no nation"
            yield Violation(
                "R1",
                f"{row.quantity} {row.capability} of {who} for line {row.line} of {row.task} "
                f"in {case.when(row.period)}: {fault}",
                {key: value for key, value in row._asdict().items() if key != "quantity"},
            )


def _misplaced(case: Case, row: Row) -> str | None:
    """What keeps the row from standing where it does."""
    if type(row.quantity) is not int or row.quantity < 1:
        return "not a whole number of units above 0"
    if row not in case.named:
        return "the problem has no such nation, task, line, capability or period"
    task = case.problem.task(row.task)
    if row.task not in case.staffed:
        return "the task is not staffed"
    if row.period not in task.periods:
        return f"the task's periods are {', '.join(map(case.problem.calendar.named, task.periods))}"
    if row.capability not in task.line(row.line).weights:
        return f"the line takes {', '.join(task.line(row.line).weights)}"
    if row.nation and case.nations is not None and row.task == case.nations[0]:
        asked = case.nations[1]
        return None if row.nation in asked else f"only {', '.join(sorted(asked)) or 'none'} may"
    return None


def scaled(case: Case) -> Iterator[Violation]:
    """R2: a scaled line carries the people that it is there for."""
    for task in case.staffed_tasks:
        for line in task.lines:
            if line.one_per is not None:
                for period in task.periods:
                    yield from _carries(case, task, line, line.one_per, period)


def _carries(case: Case, task: Task, line: Line, one_per: int, period: int) -> Iterator[Violation]:
    people = sum(case.deployed(t, period) for t in ((task.id,) if line.of is None else line.of))
    filled = case.filled(task, line.id, period)
    if one_per * filled < people:
        yield Violation(
            "R2",
            f"line {line.id} of {task.id} carries {one_per} × {filled} = {one_per * filled} "
            f"people in {case.when(period)}, {people} are deployed",
            {"task": task.id, "line": line.id, "period": period},
            people - one_per * filled,
        )


def capacity(case: Case) -> Iterator[Violation]:
    """R3: units that serve recover; a nation does not spend its whole pool in one period."""
    for nation, capability in sorted(case.serving):
        for period in case.problem.periods:
            yield from _window(case, nation, capability, period)
            yield from _no_surge(case, nation, capability, period)


def _window(case: Case, nation: str, capability: str, period: int) -> Iterator[Violation]:
    rotation = case.problem.capabilities[capability].rotation
    window = range(max(1, period - rotation + 1), period + 1)
    serving = case.serving[nation, capability]
    used = sum(serving.get(q, 0) for q in window)
    free = case.window_free(nation, capability, period)
    if used > free:
        yield Violation(
            "R3",
            f"{used} {capability} of {nation} serve or recover in {case.when(period)}, "
            f"{free} are free of commitments",
            {"nation": nation, "capability": capability, "period": period},
            used - free,
        )


def _no_surge(case: Case, nation: str, capability: str, period: int) -> Iterator[Violation]:
    rotation = case.problem.capabilities[capability].rotation
    used = rotation * case.serving[nation, capability].get(period, 0)
    free = case.surge_free(nation, capability, period)
    if used > free:
        spent = f"{nation} spends its pool of {capability} in {case.when(period)}: "
        if (nation, capability, period) in case.problem.uncovered:
            when = case.when(period)
            spent = f"{nation} has no row of {capability}, and no offer covers {when}: "
        yield Violation(
            "R3",
            f"{spent}{used} with relief, {free} are free",
            {"nation": nation, "capability": capability, "period": period},
            -(-(used - free) // rotation),
        )


def release(case: Case) -> Iterator[Violation]:
    """R4: no more is released than is committed, and only where the condition holds."""
    commitments = {c.id: c for c in case.problem.commitments}
    for (name, period), units in sorted(case.allocation.released.items()):
        places: dict[str, str | int] = {"commitment": name, "period": period}
        if name not in commitments or period not in case.problem.periods:
            yield Violation("R4", f"there is no commitment {name} in {case.when(period)}", places)
            continue
        quantity = commitments[name].quantity[period - 1]
        if type(units) is not int or not 0 <= units <= quantity:
            text = (
                f"{units} of commitment {name} released in {case.when(period)}, it has {quantity}"
            )
            yield Violation("R4", text, places)
        elif units and not case.holds(commitments[name].release_requires, "", period):
            text = f"{units} of commitment {name} released in {case.when(period)}, 0 may be: "
            yield Violation("R4", text + "its release condition does not hold", places)


def caveats(case: Case) -> Iterator[Violation]:
    """R5: unless its condition holds, a caveat limits what the nation sends within its scope."""
    for caveat in case.problem.caveats:
        for task, period in case.serves.get(caveat.nation, ()):
            if task in caveat.tasks and period in caveat.periods:
                yield from _limit(case, caveat, task, period)


def _limit(case: Case, caveat: Caveat, task: str, period: int) -> Iterator[Violation]:
    in_scope = [
        row
        for row in case.rows_of.get((task, period, caveat.nation), ())
        if row.capability in caveat.capabilities
    ]
    if not in_scope or case.holds(caveat.requires, task, period, own=caveat.nation):
        return
    units = sum(row.quantity for row in in_scope)
    people = sum(case.people(row) for row in in_scope)
    if caveat.max_personnel is None:
        excess = f"{count(units, 'unit')}, caveat {caveat.id} allows 0" if units else ""
        amount = units
    else:
        allowed = caveat.max_personnel
        excess = f"{people} people, caveat {caveat.id} allows {allowed}" * (people > allowed)
        amount = people - allowed
    if excess:
        yield Violation(
            "R5",
            f"{caveat.nation} sends {task} in {case.when(period)} {excess}{_reserve(caveat, task)}",
            {"nation": caveat.nation, "task": task, "period": period, "caveat": caveat.id},
            amount,
        )


def _reserve(caveat: Caveat, task: str) -> str:
    """For which tasks the caveat binds it, where it is their reserve; blank for its own sake."""
    reinforced = caveat.reserves.get(task)
    return f" as a reserve for {', '.join(reinforced)}" if reinforced else ""


def number_of_nations(case: Case) -> Iterator[Violation]:
    """R6: neither too few nations contribute nor too many, and every member does."""
    for task in case.staffed_tasks:
        contributors = case.contributors(task)
        ever = contributors | case.problem.past.served_at(task.id)
        for nation in task.members:
            if nation not in ever:
                text = (
                    f"{nation} is a member of {task.id} and sends it 0 units, at least 1 is asked"
                )
                yield Violation("R6", text, {"task": task.id, "nation": nation}, 1)
        if len(ever) < task.min_nations:
            text = f"{len(ever)} nations contribute to {task.id}, at least {task.min_nations} must"
            yield Violation("R6", text, {"task": task.id}, task.min_nations - len(ever))
        number = len(contributors)
        if task.max_nations is not None and number > task.max_nations:
            text = f"{number} nations contribute to {task.id}, at most {task.max_nations} may"
            yield Violation("R6", text, {"task": task.id}, number - task.max_nations)


def largest_share(case: Case) -> Iterator[Violation]:
    """R7: no nation sends more than its part of the task's people."""
    for task in case.staffed_tasks:
        if task.max_share is not None:
            for period in task.periods:
                national = case.national(task.id, period)
                total = sum(national.values())
                for nation, people in sorted(national.items()):
                    if 1000 * people > task.max_share * total:
                        yield Violation(
                            "R7",
                            f"{nation} sends {people} of the {total} people of {task.id} in "
                            f"{case.when(period)}, at most {task.max_share} in 1000 are allowed",
                            {"task": task.id, "nation": nation, "period": period},
                            -(-(1000 * people - task.max_share * total) // 1000),
                        )


def framework_nation(case: Case) -> Iterator[Violation]:
    """R8: the same nation leads in every period; where several are named, each of them does."""
    for task in case.staffed_tasks:
        lead = task.lead
        if lead is None:
            continue
        if lead.all_of is not None:
            for nation in lead.all_of:
                if not case.leads(task.id, nation):
                    yield _no_lead(task, lead, nation, {"nation": nation})
        else:
            eligible = case.problem.nations if lead.any_of is None else lead.any_of
            if not any(case.leads(task.id, nation) for nation in eligible):
                yield _no_lead(task, lead, "no nation of " + ", ".join(eligible))


def _no_lead(
    task: Task, lead: Lead, who: str, named: Mapping[str, str] = MappingProxyType({})
) -> Violation:
    does = "does not provide" if not who.startswith("no nation") else "provides"
    return Violation(
        "R8",
        f"{who} {does} 1 unit of {lead.provides or 'any capability'} and {lead.min_share} in 1000 "
        f"people of {task.id} in every one of its {len(task.periods)} periods",
        {"task": task.id, **named},
    )


def least_contribution(case: Case) -> Iterator[Violation]:
    """R9: a nation sends a line at least so many units, or none."""
    for task in case.staffed_tasks:
        for line in task.lines:
            for period in task.periods:
                sent: dict[str, int] = {}
                for row in case.at(task.id, period):
                    if row.nation and row.line == line.id:
                        sent[row.nation] = sent.get(row.nation, 0) + row.quantity
                for nation, units in sorted(sent.items()):
                    if units < line.min_contribution:
                        yield Violation(
                            "R9",
                            f"{nation} sends line {line.id} of {task.id} {units} units in "
                            f"{case.when(period)}, at least {line.min_contribution} or none are "
                            "asked",
                            {
                                "task": task.id,
                                "line": line.id,
                                "nation": nation,
                                "period": period,
                            },
                            line.min_contribution - units,
                        )


def own_condition(case: Case) -> Iterator[Violation]:
    """R10: a staffed task's own condition holds in every period of its window."""
    for task in case.staffed_tasks:
        missing = [p for p in task.periods if not case.holds(task.requires, task.id, p)]
        for period in missing:
            yield Violation(
                "R10",
                f"{task.id} is staffed, its condition does not hold in {case.when(period)}: it "
                f"holds in {len(task.periods) - len(missing)} of {len(task.periods)} periods",
                {"task": task.id, "period": period},
                1,
            )


def offers(case: Case) -> Iterator[Violation]:
    """R11: where offers are counted, a nation sends no more than they cover."""
    count = case.problem.count
    if count == INVENTORY:
        return
    for nation, capability in sorted(case.serving):
        for period in case.problem.periods:
            sent = sent_to(case, nation, capability, period)
            found = cover(case, nation, capability, period, count, sent)
            short = [task for task, units in sent.items() if found.grow(task, units) < units]
            if short:
                units, covered = sum(sent.values()), sum(found.of(task) for task in sent)
                task = {"task": short[0]} if len(short) == 1 else {}
                yield Violation(
                    "R11",
                    f"{nation} sends {units} {capability} in {case.when(period)}, offers of "
                    f"status {count} or firmer cover {covered}: too few for {', '.join(short)}",
                    {"nation": nation, "capability": capability, "period": period, **task},
                    units - covered,
                )


RULES: Mapping[str, Rule] = {
    "R1": staffed,
    "R2": scaled,
    "R3": capacity,
    "R4": release,
    "R5": caveats,
    "R6": number_of_nations,
    "R7": largest_share,
    "R8": framework_nation,
    "R9": least_contribution,
    "R10": own_condition,
    "R11": offers,
}
