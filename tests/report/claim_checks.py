"""Whether a run's JSON says what a text of a report claims: a check for each kind of claim.

Each is given the run, the record of the task that the text is about, and the match of the text.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from allocator.report.sentences import overview, situation, steps
from allocator.report.sentences.reading_order import in_reading_order
from allocator.report.tables.pools import pool_rows
from allocator.results.front import Front
from allocator.results.result import Family, TaskRecord
from allocator.results.run import RunRecord
from tests.report.titles import with_ids

Check = Callable[[RunRecord, TaskRecord, "re.Match[str]"], bool]


def verdict(word: str) -> Check:
    return lambda run, record, match: record.verdict == word


def number(match: re.Match[str]) -> int:
    return int(match["number"].replace(",", ""))


def packages(run: RunRecord, record: TaskRecord, match: re.Match[str]) -> bool:
    found = record.packages
    told = match.groupdict()
    sizes = [len(package.nations) for package in found.sets]
    whole_to = int(told["to"]) if told["to"] else None
    largest = max(sizes[:5], default=0)
    counted = "all counted" in match[0]
    listed = int((told["listed"] or "0").replace(",", "")) if counted else number(match)
    return (
        listed == len(sizes)
        and (found.in_all == number(match) if counted else found.in_all is None)
        and (bool(told["atleast"]) is not (found.complete or counted))
        and (whole_to is None or whole_to == found.whole_to)
        and (
            told["which"] != "the smallest"
            or found.complete
            or (found.whole_to or 0) >= largest - 1
        )
    )


def none(run: RunRecord, record: TaskRecord, match: re.Match[str]) -> bool:
    cut = "cut off" in match[0]
    families: list[tuple[bool, int]] = [
        (record.packages.complete, len(record.packages.sets)),
        (record.unlocking.complete, len(record.unlocking.sets)),
    ]
    return (not cut, 0) in families


def ways(run: RunRecord, record: TaskRecord, match: re.Match[str]) -> bool:
    found: Family = record.unlocking
    bounded = "at least" in match[0] or "known" in match[0]
    return number(match) == len(found.sets) and (found.complete or bounded)


def all_ways(run: RunRecord, record: TaskRecord, match: re.Match[str]) -> bool:
    return record.unlocking.complete


def needed(run: RunRecord, record: TaskRecord, match: re.Match[str]) -> bool:
    """A way that goes without a needed one has it by implication, and the text says so."""
    return bool(record.necessary) and all(
        f"{name} (itself, or with " in match[0]
        if any(name not in way for way in record.unlocking.sets)
        else name in match[0]
        for name in record.necessary
    )


def blocking(run: RunRecord, record: TaskRecord, match: re.Match[str]) -> bool:
    named = set(re.findall(r"\w+", match["names"]))
    return any(set(members) <= named for members in record.blocking.sets)


def gap(status: str) -> Check:
    return lambda run, record, match: record.gaps.units_status == status


def lifts(run: RunRecord, record: TaskRecord, match: re.Match[str]) -> bool:
    return bool(record.gaps.lifts)


def sums(run: RunRecord, record: TaskRecord, match: re.Match[str]) -> bool:
    return bool(run.notes[record.task].sums)


def by_steps(run: RunRecord, record: TaskRecord, match: re.Match[str]) -> bool:
    """A clause of the proof by steps that the certificate holds, in the world with all met."""
    proof = run.certificate.task(record.task).short
    if proof is None or proof.by != "steps" or record.verdict != "short":
        return False
    problem = run.problem
    world = problem.meeting(run.world, problem.open_preconditions(run.world))
    told = steps.told(problem, world, record.task, problem.nations, proof.steps)
    return bool(told) and set(match[0].split("; ")) <= set(told)


def cheapest(run: RunRecord, record: TaskRecord, match: re.Match[str]) -> bool:
    best = run.notes[record.task].cheapest
    return best is not None and best.proved is ("proved" in match[0])


def relaxed(run: RunRecord, record: TaskRecord, match: re.Match[str]) -> bool:
    found = run.notes[record.task].relaxed
    if found is None:
        return "not worked out" in match[0]
    return found.hopeless if "Proved" in match[0] else not found.complete


def plan(run: RunRecord, record: TaskRecord, match: re.Match[str]) -> bool:
    status = run.result.plan.status
    staffed = f"{len(run.result.plan.staffed)} of"
    if "none was found" in match[0]:
        return status == "unknown"
    proved = "every objective is proved" in match[0]
    return staffed in match[0] and status == ("optimal" if proved else "feasible")


def no_plan(run: RunRecord, record: TaskRecord, match: re.Match[str]) -> bool:
    return run.result.plan.status == "unknown"


def release(run: RunRecord, record: TaskRecord, match: re.Match[str]) -> bool:
    return run.result.plan.status != "unknown" and not run.result.plan.released


def most_needed(run: RunRecord, record: TaskRecord, match: re.Match[str]) -> bool:
    said = overview.most_asked_for(run.problem, run.world, run.result.tasks)
    return match[0] == with_ids(run, said)


def fronts(run: RunRecord) -> list[Front]:
    found = [run.plan_notes.front, *(notes.front for notes in run.notes.values())]
    return [front for front in found if front is not None]


def front(run: RunRecord, record: TaskRecord, match: re.Match[str]) -> bool:
    whole = "all" in match[0]
    return any(
        (front.complete or not whole) and len(front.points) == number(match)
        for front in fronts(run)
    )


def verdicts(run: RunRecord, record: TaskRecord, match: re.Match[str]) -> bool:
    said = overview.verdicts(run.problem, in_reading_order(run).result.tasks)
    return match[0] in [with_ids(run, text) for text in said]


def departures(run: RunRecord, record: TaskRecord, match: re.Match[str]) -> bool:
    """A row of the terminal: nation, what falls, what is worse."""
    one = next((d for d in run.plan_notes.departures if d.nation == match["nation"]), None)
    if one is None:
        return False
    before = {level.status for level in run.result.plan.levels}
    proved = {level.status for level in one.levels} | before == {"optimal"}
    return {
        "not known": one.status == "unknown",
        "no task": one.status != "unknown" and not one.falls,
    }.get(match["falls"], bool(one.falls)) and ("not proved" in match[0] or proved or sure(match))


def sure(match: re.Match[str]) -> bool:
    """What needs no proof, or has it from the levels up to it alone."""
    return any(word in match[0] for word in ("as good", "is better", "no plan found", " to "))


def weight(run: RunRecord, record: TaskRecord, match: re.Match[str]) -> bool:
    """A row of who matters, by what is said of the nation."""
    notes = run.notes[record.task]
    weights = notes.power.weights if notes.power else ()
    prices = notes.replacement.nations if notes.replacement else ()
    weight = next((one for one in weights if one.nation == match["nation"]), None)
    price = next((one for one in prices if one.nation == match["nation"]), None)
    told = {
        "in every package": weight is not None and weight.veto is True,
        "in none": weight is not None and weight.never_needed is True,
        "cannot be done": price is not None and price.possible == "no",
        "no plan found in time": price is not None and not price.levels and price.possible != "no",
    }
    return all(right for text, right in told.items() if text in match[0])


def planned(run: RunRecord) -> bool:
    return run.result.plan.status != "unknown"


def level(run: RunRecord, record: TaskRecord, match: re.Match[str]) -> bool:
    """A row of the terminal's levels."""
    status = "optimal" if match["status"] == "proved best" else "feasible"
    return any(
        match[0].startswith(situation.shown_objective(one.objective))
        and one.status == status
        and (match["value"] == match["bound"]) is (one.value == one.bound)
        and all(
            _shows(match[name], getattr(one, name), one.objective) for name in ("value", "bound")
        )
        for one in run.result.plan.levels
    )


def reached(run: RunRecord, record: TaskRecord, match: re.Match[str]) -> bool:
    """A line of the cover: one that is proved has no other bound, and there is a plan."""
    status = "optimal" if match["status"] == "proved best" else "feasible"
    return planned(run) and any(
        match[0].startswith(f"{situation.shown_objective(one.objective)}: ")
        and one.status == status
        and _shows(match["value"], one.value, one.objective)
        and (match["bound"] is None) is (status == "optimal")
        and (match["bound"] is None or _shows(match["bound"], one.bound, one.objective))
        for one in run.result.plan.levels
    )


def _shows(text: str, value: int, objective: str) -> bool:
    """The figure, rounded to the digits that are shown; of millionths of a target in targets."""
    per = 10**6 if objective == "meet_targets" else 1
    digits = len(text.partition(".")[2])
    rounded = per / 2 / 10**digits if digits else 0
    return abs(float(text.replace(",", "")) * per - value) <= rounded


def asked(run: RunRecord, record: TaskRecord, match: re.Match[str]) -> bool:
    """A row of what blocked tasks wait for: a number is exact, or a lower bound."""
    name = match["name"]
    whole = all(
        one.unlocking.complete or one.verdict in ("ready", "short") for one in run.result.tasks
    )
    needing = sum(name in one.necessary for one in run.result.tasks)
    number = re.match(r"(at least )?(\d+) tasks?", match["needed"])
    if number is None:
        return match["needed"] == "not known" and not whole and not needing
    return int(number[2]) == needing and bool(number[1]) is not whole


def relaxed_ways(run: RunRecord, record: TaskRecord, match: re.Match[str]) -> bool:
    found = run.notes[record.task].relaxed
    return (
        found is not None
        and len(found.sets) == number(match)
        and found.complete is not bool(match["more"])
    )


def influence(run: RunRecord, record: TaskRecord, match: re.Match[str]) -> bool:
    found = run.notes[record.task].world_map
    return found is not None and any(
        one.necessary and match[0].startswith(one.precondition) for one in found.influence
    )


def least_effort(run: RunRecord, record: TaskRecord, match: re.Match[str]) -> bool:
    """What is proved is the least of all sets of all tasks, none of which may open otherwise."""
    efforts = {p.id: p.effort for p in run.problem.preconditions.values()}
    said = int(match["number"])
    blocked = [one for one in run.result.tasks if one.verdict == "blocked"]
    known = [sum(map(efforts.__getitem__, way)) for one in blocked for way in one.unlocking.sets]
    notes = [run.notes[one.task].cheapest for one in run.result.tasks if one.task in run.notes]
    known += [one.effort for one in notes if one is not None and one.effort is not None]
    if said != min(known):
        return False
    return "proved" not in match["how"] or all(
        one.verdict in ("ready", "short")
        or one.unlocking.complete
        or ((best := run.notes[one.task].cheapest) is not None and best.bound >= said)
        for one in run.result.tasks
    )


def asked_first(run: RunRecord, record: TaskRecord, match: re.Match[str]) -> bool:
    """Each is in every way of as many tasks, of those whose ways are all known."""
    blocked = [one for one in run.result.tasks if one.verdict == "blocked"]
    whole = [one for one in blocked if one.unlocking.complete]
    named = re.findall(r"([^,(]+?) \((\d+) tasks?\)", match["who"].replace(" and ", ", "))
    held = run.problem.preconditions
    return (len(whole) == len(blocked)) is (match["of"] is None) and all(
        int(number)
        == sum(
            all(
                any(who.strip() in held[name].holders for name in way) for way in one.unlocking.sets
            )
            for one in whole
        )
        for who, number in named
    )


def no_act_opens(run: RunRecord, record: TaskRecord, match: re.Match[str]) -> bool:
    named = [re.split(r" \(", part)[0] for part in match["tasks"].split("; ")]
    return all(run.result.task(task).verdict == "short" for task in named)


def how_sure(run: RunRecord, record: TaskRecord, match: re.Match[str]) -> bool:
    named = match["tasks"].split(", ")
    return all(run.result.task(task).verdict == "unknown" for task in named)


def certain(run: RunRecord, record: TaskRecord, match: re.Match[str]) -> bool:
    """No verdict is open, and of ranges none that could turn."""
    records = run.result.tasks
    decided = all(one.verdict != "unknown" for one in records)
    surely = all(one.over_ranges in ("surely ready", "surely not") for one in records)
    return decided and (surely if "ranges" in match["ranges"] else not run.problem.ranges)


def pool(run: RunRecord, record: TaskRecord, match: re.Match[str]) -> bool:
    """The figures of a pool; an exact one is the sum of the minimums of lines without a scale."""
    named = ("asked", "open", "all")
    told = tuple(int(match[name].replace(",", "")) for name in named)
    return any(
        (row.asked, row.open, row.kept_up) == told and row.exact is (match["least"] is None)
        for row in pool_rows(run)
    )


def undecided(run: RunRecord, record: TaskRecord, match: re.Match[str]) -> bool:
    return bool(run.notes[record.task].undecided)


def always(run: RunRecord, record: TaskRecord, match: re.Match[str]) -> bool:
    """Words of the inputs, of a heading, or of what is asked: no claim of a search."""
    return True
