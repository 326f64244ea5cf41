"""What a text of a report claims, and whether the run's JSON claims it.

A closed list: a text with a word of proof that is in none of the patterns is a claim that nobody
checks, and fails too.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from allocator.report.sentences import overview, steps
from allocator.results.front import Front
from allocator.results.result import Family, TaskRecord
from allocator.results.run import RunRecord

WORDS = re.compile(
    r"\b(optimal|proved|complete|all|only|every|needed|minimal|infeasible|cannot|can be|never|none|"
    r"nothing|veto|least|smallest|cheapest|no (task|way|plan|point|part)|whichever|whatever|"
    r"may do|cut off|not known|not worked out|not decided|stands)\b|\d+ (packages?|ways?|points?)",
    re.IGNORECASE,
)

Check = Callable[[RunRecord, TaskRecord, "re.Match[str]"], bool]


def _verdict(word: str) -> Check:
    return lambda run, record, match: record.verdict == word


def _number(match: re.Match[str]) -> int:
    return int(match["number"].replace(",", ""))


def _packages(run: RunRecord, record: TaskRecord, match: re.Match[str]) -> bool:
    found = record.packages
    told = match.groupdict()
    sizes = [len(package.nations) for package in found.sets]
    whole_to = int(told["to"]) if told["to"] else None
    largest = max(sizes[:5], default=0)
    return (
        _number(match) == len(sizes)
        and bool(told["atleast"]) is not found.complete
        and (whole_to is None or whole_to == found.whole_to)
        and (
            told["which"] != "the smallest"
            or found.complete
            or (found.whole_to or 0) >= largest - 1
        )
    )


def _none(run: RunRecord, record: TaskRecord, match: re.Match[str]) -> bool:
    cut = "cut off" in match[0]
    families: list[tuple[bool, int]] = [
        (record.packages.complete, len(record.packages.sets)),
        (record.unlocking.complete, len(record.unlocking.sets)),
    ]
    return (not cut, 0) in families


def _ways(run: RunRecord, record: TaskRecord, match: re.Match[str]) -> bool:
    found: Family = record.unlocking
    bounded = "at least" in match[0] or "known" in match[0]
    return _number(match) == len(found.sets) and (found.complete or bounded)


def _all_ways(run: RunRecord, record: TaskRecord, match: re.Match[str]) -> bool:
    return record.unlocking.complete


def _needed(run: RunRecord, record: TaskRecord, match: re.Match[str]) -> bool:
    """A way that goes without a needed one has it by implication, and the text says so."""
    return bool(record.necessary) and all(
        f"{name} (itself, or with " in match[0]
        if any(name not in way for way in record.unlocking.sets)
        else name in match[0]
        for name in record.necessary
    )


def _blocking(run: RunRecord, record: TaskRecord, match: re.Match[str]) -> bool:
    named = set(re.findall(r"\w+", match["names"]))
    return any(set(members) <= named for members in record.blocking.sets)


def _gap(status: str) -> Check:
    return lambda run, record, match: record.gaps.units_status == status


def _lifts(run: RunRecord, record: TaskRecord, match: re.Match[str]) -> bool:
    return bool(record.gaps.lifts)


def _sums(run: RunRecord, record: TaskRecord, match: re.Match[str]) -> bool:
    return bool(run.notes[record.task].sums)


def _steps(run: RunRecord, record: TaskRecord, match: re.Match[str]) -> bool:
    """A clause of the proof by steps that the certificate holds, in the world with all met."""
    proof = run.certificate.task(record.task).short
    if proof is None or proof.by != "steps" or record.verdict != "short":
        return False
    problem = run.problem
    world = problem.meeting(run.world, problem.open_preconditions(run.world))
    told = steps.told(problem, world, record.task, problem.nations, proof.steps)
    return bool(told) and set(match[0].split("; ")) <= set(told)


def _cheapest(run: RunRecord, record: TaskRecord, match: re.Match[str]) -> bool:
    best = run.notes[record.task].cheapest
    return best is not None and best.proved is ("proved" in match[0])


def _relaxed(run: RunRecord, record: TaskRecord, match: re.Match[str]) -> bool:
    found = run.notes[record.task].relaxed
    if found is None:
        return "not worked out" in match[0]
    return found.hopeless if "Proved" in match[0] else not found.complete


def _plan(run: RunRecord, record: TaskRecord, match: re.Match[str]) -> bool:
    status = run.result.plan.status
    staffed = f"{len(run.result.plan.staffed)} of"
    if "none was found" in match[0]:
        return status == "unknown"
    proved = "every objective is proved" in match[0]
    return staffed in match[0] and status == ("optimal" if proved else "feasible")


def _no_plan(run: RunRecord, record: TaskRecord, match: re.Match[str]) -> bool:
    return run.result.plan.status == "unknown"


def _release(run: RunRecord, record: TaskRecord, match: re.Match[str]) -> bool:
    return run.result.plan.status != "unknown" and not run.result.plan.released


def _most_needed(run: RunRecord, record: TaskRecord, match: re.Match[str]) -> bool:
    return match[0] == overview.most_asked_for(run.problem, run.world, run.result.tasks)


def _fronts(run: RunRecord) -> list[Front]:
    found = [run.plan_notes.front, *(notes.front for notes in run.notes.values())]
    return [front for front in found if front is not None]


def _front(run: RunRecord, record: TaskRecord, match: re.Match[str]) -> bool:
    whole = "all" in match[0]
    return any(
        (front.complete or not whole) and len(front.points) == _number(match)
        for front in _fronts(run)
    )


def _verdicts(run: RunRecord, record: TaskRecord, match: re.Match[str]) -> bool:
    return match[0] in overview.verdicts(run.result.tasks)


def _departures(run: RunRecord, record: TaskRecord, match: re.Match[str]) -> bool:
    """A row of the terminal: nation, what falls, what is worse."""
    one = next((d for d in run.plan_notes.departures if d.nation == match["nation"]), None)
    if one is None:
        return False
    before = {level.status for level in run.result.plan.levels}
    proved = {level.status for level in one.levels} | before == {"optimal"}
    return {
        "not known": one.status == "unknown",
        "no task": one.status != "unknown" and not one.falls,
    }.get(match["falls"], bool(one.falls)) and ("not proved" in match[0] or proved or _sure(match))


def _sure(match: re.Match[str]) -> bool:
    """What needs no proof, or has it from the levels up to it alone."""
    return any(word in match[0] for word in ("as good", "is better", "no plan found", " to "))


def _weight(run: RunRecord, record: TaskRecord, match: re.Match[str]) -> bool:
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


def _row(run: RunRecord, record: TaskRecord, match: re.Match[str]) -> bool:
    """A row of the terminal's overview: what stands last is said of that task."""
    found = run.result.task(match["task"])
    planned = {"staffed": found.task in run.result.plan.staffed, "not known": not _planned(run)}
    right = found.verdict == match["verdict"] and planned.get(match["plan"], _planned(run))
    said = match["said"]
    if found.verdict == "unknown":
        return right and said == "not decided in time"
    if "not worked out" in said or said.startswith("lacks"):
        sure = found.gaps.units_status == "optimal" or "less may do" in said
        return (
            right
            and found.verdict == "short"
            and bool(found.gaps.units) is said.startswith("lacks")
            and (sure or not found.gaps.units)
        )
    return right and not untrue(run, found, said)


def _planned(run: RunRecord) -> bool:
    return run.result.plan.status != "unknown"


def _level(run: RunRecord, record: TaskRecord, match: re.Match[str]) -> bool:
    """A row of the terminal's levels."""
    value, bound = (int(match[name].replace(",", "")) for name in ("value", "bound"))
    status = "optimal" if match["status"] == "proved best" else "feasible"
    return any(
        (one.value, one.bound, one.status) == (value, bound, status)
        for one in run.result.plan.levels
    )


def _asked(run: RunRecord, record: TaskRecord, match: re.Match[str]) -> bool:
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


def _relaxed_ways(run: RunRecord, record: TaskRecord, match: re.Match[str]) -> bool:
    found = run.notes[record.task].relaxed
    return (
        found is not None
        and len(found.sets) == _number(match)
        and found.complete is not bool(match["more"])
    )


def _influence(run: RunRecord, record: TaskRecord, match: re.Match[str]) -> bool:
    found = run.notes[record.task].world_map
    return found is not None and any(
        one.necessary and match[0].startswith(one.precondition) for one in found.influence
    )


def _least_effort(run: RunRecord, record: TaskRecord, match: re.Match[str]) -> bool:
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


def _asked_first(run: RunRecord, record: TaskRecord, match: re.Match[str]) -> bool:
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


def _no_act_opens(run: RunRecord, record: TaskRecord, match: re.Match[str]) -> bool:
    named = [re.split(r" \(", part)[0] for part in match["tasks"].split("; ")]
    return all(run.result.task(task).verdict == "short" for task in named)


def _how_sure(run: RunRecord, record: TaskRecord, match: re.Match[str]) -> bool:
    named = match["tasks"].split(", ")
    return all(run.result.task(task).verdict == "unknown" for task in named)


def _undecided(run: RunRecord, record: TaskRecord, match: re.Match[str]) -> bool:
    return bool(run.notes[record.task].undecided)


def _always(run: RunRecord, record: TaskRecord, match: re.Match[str]) -> bool:
    """Words of the inputs, of a heading, or of what is asked: no claim of a search."""
    return True


PACKAGES = (
    r"(?P<atleast>at least )?(?P<number>[\d,]+) packages?(?P<only> (with|without|of) [^;(]+)?"
    r"( \(cut off\))?(; none of up to (?P<to>\d+) nations? is missing)?"
    r"(; (?P<which>the smallest|the smallest known): .*)?"
    r"(; the first \d+ here, the others in packages\.csv beside this page)?"
)
CLAIMS: list[tuple[str, Check]] = [
    (r"Can be staffed in this world\.", _verdict("ready")),
    (r"Cannot be staffed in this world, but can be once .*", _verdict("blocked")),
    (r"Cannot be staffed even if every open precondition is met\.", _verdict("short")),
    (r"Not decided: .*", _verdict("unknown")),
    (r"\d+ sets? of preconditions not decided in time: .*", _undecided),
    (PACKAGES, _packages),
    (r"none( listed yet \(cut off\))?(; needed .*)?", _none),
    (r"(at least )?(?P<number>[\d,]+) ways?( \(cut off\))?(: .*|; needed .*)?", _ways),
    (r".* \(cut off: there may be further ways\)", lambda *a: not _all_ways(*a)),
    (r"No way goes without .*: each alone has a veto\.", _all_ways),
    (r"(?P<names>.*), whichever way is taken", _needed),
    (r"Needed whichever way is taken, by most tasks: .*", _most_needed),
    (
        r"While (neither|none of)? ?(?P<names>.*) (is|is not) brought about, nothing else .*",
        _blocking,
    ),
    (r"proved to be the least that helps", _gap("optimal")),
    (r"enough, but fewer may do", _gap("feasible")),
    (r"not worked out", lambda *a: _gap("unknown")(*a) or not a[1].gaps.lifts_complete),
    (r"More units do not help.*", lambda *a: _gap("none")(*a) and a[1].verdict == "short"),
    (r"without .* it can be staffed", _lifts),
    (r"the search was cut off: there may be more", lambda *a: not a[1].gaps.lifts_complete),
    (r".* all nations together, every open precondition met, have .*", _sums),
    (
        r"(then |the condition of )?\w+(, which has to lead \w+,)? (of \w+ )?(\w+ )?"
        r"(cannot|must|may|needs|keeps|asks|sends|leads|hold|that may|lets) .*",
        _steps,
    ),
    (
        r"(Least effort +)?.* opens? .*: an effort of (?P<number>\d+), "
        r"(?P<how>proved, no task opens for less|the least that is known)\.",
        _least_effort,
    ),
    (
        r"(Whom to ask +)?(?P<who>.*): no way goes round them"
        r"(?P<of>, of the \d+ tasks? whose ways are all known)?\.",
        _asked_first,
    ),
    (
        r"(No act opens +)?(?P<tasks>.*): not even if every open precondition is met\.",
        _no_act_opens,
    ),
    (r"(How sure +)?Not decided in time: (?P<tasks>[\w, ]+)\.", _how_sure),
    (r"Cheapest: .*", _cheapest),
    (r"Proved: even without any of .*|None is known; .*|Which rows' lifting .*", _relaxed),
    (
        r"(Joint plan:? +)?(\d+ of \d+ tasks? staffed; .*|none was found before the run stopped\.)",
        _plan,
    ),
    (r"No plan was found; what sending nobody comes to|Not known: no plan was found\.", _no_plan),
    (r"What falls if one nation leaves is not known: .*", _no_plan),
    (r"The plan releases nothing: every commitment stands\.", _release),
    (r"(?P<number>\d+) points?(, all of them\.|, all there are|, cut off: .*)?", _front),
    (
        r"What can be had for what is not known: .*",
        lambda run, *_: run.plan_notes.front is None or not run.plan_notes.front.points,
    ),
    (
        r"It has no part for .*, and stands if one of them leaves\.",
        lambda run, *_: any(not one.sends for one in run.plan_notes.departures),
    ),
    (
        r"(?P<nation>[A-Z]+) {2,}"
        r"(?P<falls>not known|no task|[a-z]\w*(, \w+)*( \(not proved\))?) {2,}.*",
        _departures,
    ),
    (r"(?P<nation>[A-Z]+) {2,}.*", _weight),
    (r"\w+ {2,}[\d.]+ {2,}([\d.]+|sampled) {2,}in every way.*", _influence),
    (
        r"(?P<task>\w+) {2,}\d+ {2,}[●◐○?] (?P<verdict>\w+) {2,}"
        r"(?P<plan>staffed|contested|no|not known) {2,}([A-Z ]+ {2,})?(?P<said>.*)",
        _row,
    ),
    (
        r"[a-z].* {2,}(?P<value>[\d,]+) {2,}(?P<bound>[\d,]+) {2,}[\w\- ]+ {2,}"
        r"(?P<status>proved best|best found)",
        _level,
    ),
    (
        r"(?P<name>\w+) {2,}.* {2,}(?P<needed>\d+ tasks?|at least \d+ tasks?|not known)"
        r"(, itself or with .*?)? {2,}(at least \d+ tasks?|\d+ tasks?|not known)",
        _asked,
    ),
    (r"(?P<number>\d+) ways?(?P<more>, and there may be more)?:", _relaxed_ways),
    (
        r"Switch a precondition: .* exact in every world\."
        r"(?P<cut> Where the search was cut off .*)?.*",
        lambda run, record, match: (
            bool(match["cut"])
            is not all(
                notes.everywhere is not None and notes.everywhere.complete
                for notes in run.notes.values()
            )
        ),
    ),
    (
        r".* to the right, .* upwards(?P<cut>; cut off.*)?",
        lambda run, record, match: any(
            front.complete is not bool(match["cut"]) for front in _fronts(run)
        ),
    ),
    (r"(Ready|Blocked|Short|Unknown), .*: \d+ tasks? \(.*\)\.", _verdicts),
    (
        r"Ready alone, but not in the joint plan for want of forces: .*",
        lambda run, *_: bool(run.result.plan.contested),
    ),
    (r"Who matters was not worked out .*", lambda run, *_: run.timed_out),
]
"""Pattern of the whole text, and whether the JSON says so."""

NO_CLAIMS = [
    r"[A-Z]+ \([^)]*\)(, [A-Z]+ \([^)]*\))*( and \d+ more)?, whatever is brought about",
    r".*: requires never.*",
    r"World +.*no precondition holds.*|, in the world .*: no precondition holds\.",
    r"All (packages, units|ways, who waits) +allocator .*|Least effort",
    r"(Who never comes, whatever is brought about|Held back by no row of the tables|.*at least \d+ "
    r"nations.*|.*least of a nation.*|no nation sends .*|Needed whichever way is taken|Needed)",
    r"(By rank: least risk|What can be had for what: no plan is lower|Few that differ most).*",
    r"(All else is|Every row behind|Held: units in the tables|one for every|minimum \d).*",
    r"Hold in every world of this page: .*|likelihood that all come about, %|never|Never|no plan",
    r"Precondition +Banzhaf.*|Nation +.*|Precondition +In the hands of.*|Objective +Value.*",
]
"""Headings, words of the inputs, commands."""


def untrue(run: RunRecord, record: TaskRecord, text: str) -> str:
    """What is wrong with the text; blank where it claims nothing, or what the JSON claims."""
    if not WORDS.search(text) or any(re.fullmatch(one, text) for one in NO_CLAIMS):
        return ""
    for pattern, check in CLAIMS:
        match = re.fullmatch(pattern, text)
        if match is not None:
            return "" if check(run, record, match) else f"{record.task}: not in the JSON: {text}"
    return f"{record.task}: a claim that nobody checks: {text}"
