"""What a text of a report claims, and whether the run's JSON claims it.

A closed list: a text with a word of proof that is in none of the patterns is a claim that nobody
checks, and fails too.
"""

from __future__ import annotations

import re

import claim_checks as that
from claim_checks import Check

from allocator.results.result import TaskRecord
from allocator.results.run import RunRecord
from tests.report.titles import with_ids

WORDS = re.compile(
    r"\b(optimal|proved|complete|all|only|every|needed|minimal|infeasible|cannot|can be|never|none|"
    r"nothing|veto|least|smallest|cheapest|no (task|way|plan|point|part)|whichever|whatever|"
    r"may do|cut off|not known|not worked out|not decided|stands)\b|\d+ (packages?|ways?|points?)",
    re.IGNORECASE,
)


def _row(run: RunRecord, record: TaskRecord, match: re.Match[str]) -> bool:
    """A row of the terminal's overview: what stands last is said of that task."""
    found = run.result.task(match["task"])
    planned = {"staffed": found.task in run.result.plan.staffed, "not known": not that.planned(run)}
    right = found.verdict == match["verdict"] and planned.get(match["plan"], that.planned(run))
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


PACKAGES = (
    r"(?P<atleast>at least )?(?P<number>[\d,]+) packages?(?P<only> (with|without|of) [^;(]+)?"
    r"( \(cut off\)|, all counted, ((?P<listed>[\d,]+) listed|none listed yet))?"
    r"(; none of up to (?P<to>\d+) nations? is missing)?"
    r"(; (?P<which>the smallest|the smallest known): .*)?"
    r"(; the first \d+ here, the others in tables/packages\.csv)?"
)
CLAIMS: list[tuple[str, Check]] = [
    (r"Can be staffed in this world\.", that.verdict("ready")),
    (r"Cannot be staffed in this world, but can be once .*", that.verdict("blocked")),
    (r"Cannot be staffed even if every open precondition is met\.", that.verdict("short")),
    (r"Not decided: .*", that.verdict("unknown")),
    (r"\d+ sets? of preconditions not decided in time: .*", that.undecided),
    (PACKAGES, that.packages),
    (r"none( listed yet \(cut off\))?(; needed .*)?", that.none),
    (r"(at least )?(?P<number>[\d,]+) ways?( \(cut off\))?(: .*|; needed .*)?", that.ways),
    (r".* \(cut off: there may be further ways\)", lambda *a: not that.all_ways(*a)),
    (r"No way goes without .*: each alone has a veto\.", that.all_ways),
    (r"(?P<names>.*), whichever way is taken", that.needed),
    (r"Needed whichever way is taken, by most tasks: .*", that.most_needed),
    (
        r"While (neither|none of)? ?(?P<names>.*) (is|is not) brought about, nothing else .*",
        that.blocking,
    ),
    (r"proved to be the least that helps", that.gap("optimal")),
    (r"enough, but fewer may do", that.gap("feasible")),
    (
        r"(what it lacks was )?not worked out",
        lambda *a: that.gap("unknown")(*a) or not a[1].gaps.lifts_complete,
    ),
    (r"More units do not help.*", lambda *a: that.gap("none")(*a) and a[1].verdict == "short"),
    (r"without .* it can be staffed", that.lifts),
    (r"the search was cut off: there may be more", lambda *a: not a[1].gaps.lifts_complete),
    (r".* all nations together, every open precondition met, have .*", that.sums),
    (
        r"(then |the condition of )?\w+(, which has to lead \w+,)? (of \w+ )?(\w+ )?"
        r"(cannot|must|may|needs|keeps|asks|sends|leads|hold|that may|lets) .*",
        that.by_steps,
    ),
    (
        r"(Least effort +)?.* opens? .*: an effort of (?P<number>\d+) points?, "
        r"(?P<how>proved, no task opens for less|the least that is known)\.",
        that.least_effort,
    ),
    (
        r"(Whom to ask +)?(?P<who>.*): no way goes round them"
        r"(?P<of>, of the \d+ tasks? whose ways are all known)?\.",
        that.asked_first,
    ),
    (
        r"(No act opens +)?(?P<tasks>.*): not even if every open precondition is met\.",
        that.no_act_opens,
    ),
    (r"(How sure +)?Not decided in time: (?P<tasks>[\w, ]+)\.", that.how_sure),
    (
        r"(How sure +)?Every verdict is proved"
        r"(?P<ranges>, and whether a task is ready stands .*|; .*)",
        that.certain,
    ),
    (r"Cheapest( of all, not leaving out .*)?: .*", that.cheapest),
    (r"Proved: even without any of .*|None is known; .*|Which rows' lifting .*", that.relaxed),
    (
        r"(Joint plan:? +)?(\d+ of \d+ tasks? staffed; .*|none was found before the run stopped\.)",
        that.plan,
    ),
    (
        r"No plan was found; what sending nobody comes to|Not known: no plan was found\.",
        that.no_plan,
    ),
    (r"What falls if one nation leaves is not known: .*", that.no_plan),
    (r"The plan releases nothing: every commitment stands\.", that.release),
    (r"(?P<number>\d+) points?(, all of them\.|, all there are|, cut off: .*)?", that.front),
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
        that.departures,
    ),
    (r"(?P<nation>[A-Z]+) {2,}.*", that.weight),
    (r"\w+ {2,}[\d.]+ {2,}([\d.]+|sampled) {2,}in every way.*", that.influence),
    (
        r"(?P<task>\w+) {2,}\d+ {2,}[●◐○?] (?P<verdict>\w+) {2,}"
        r"(?P<plan>staffed|contested|no|not known) {2,}([A-Z ]+ {2,})?(?P<said>.*)",
        _row,
    ),
    (
        r"[a-z].* {2,}(?P<value>[\d,.]+) {2,}(?P<bound>[\d,.]+) {2,}[\w\- ]+ {2,}"
        r"(?P<status>proved best|best found)",
        that.level,
    ),
    (
        r"(?P<name>\w+) {2,}.* {2,}(?P<needed>\d+ tasks?|at least \d+ tasks?|not known)"
        r"(, itself or with .*?)? {2,}(at least \d+ tasks?|\d+ tasks?|not known)",
        that.asked,
    ),
    (
        r"[a-z].*: (?P<value>[\d,.]+), (?P<status>proved best|best found)"
        r"(; nothing beyond (?P<bound>[\d,.]+) is possible)?",
        that.reached,
    ),
    (r"(?P<number>\d+) ways?(?P<more>, and there may be more)?:", that.relaxed_ways),
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
            front.complete is not bool(match["cut"]) for front in that.fronts(run)
        ),
    ),
    (r"(Ready|Blocked|Short|Unknown), .*: \d+ tasks? \(.*\)\.", that.verdicts),
    (
        r"Ready alone, but not in the joint plan for want of forces: .*",
        lambda run, *_: bool(run.result.plan.contested),
    ),
    (r"not known", lambda run, *_: any(not one.known for one in run.plan_notes.departures)),
    (
        r"falls, not proved",
        lambda run, *_: any(d.falls and not d.staffing_proved for d in run.plan_notes.departures),
    ),
    (r"Who matters was not worked out .*", lambda run, *_: run.timed_out),
    (
        r"(?P<least>at least )?(?P<asked>[\d,]+) asked · (?P<open>[\d,]+) open of (?P<all>[\d,]+)",
        that.pool,
    ),
]
"""Pattern of the whole text, and whether the JSON says so."""

NO_CLAIMS = [
    r"(Values are of all periods together|Risk, targets and people count what stands beside).*",
    r"[A-Z]+ \([^)]*\)(, [A-Z]+ \([^)]*\))*( and \d+ more)?, whatever is brought about",
    r".*: requires never.*|Each requires never.*:",
    r"World +.*no precondition holds.*|, in the world .*: no precondition holds\.",
    r"All (packages, units|ways, who waits) +allocator .*|Least effort",
    r"(Held back, whatever is brought about|Held back by no row of the tables|.*at least \d+ "
    r"nations.*|.*least of a nation.*|no nation sends .*|Needed whichever way is taken|Needed)",
    r"(By rank: least risk|What can be had for what: no plan is lower|The joint plan, with as|Few "
    r"that differ most).*",
    r"(All else is|Every row behind|Held: units in the tables|one for every|minimum \d).*",
    r"Hold in every world of this page: .*|likelihood that all come about, %|never|Never|no plan",
    r"Precondition +Banzhaf.*|Nation +.*|Precondition +In the hands of.*|Objective +Value.*",
    r"effort \d+ points?( [·;] .*)?|points? of effort · .*|Effort in points: .*",
    r"Pool +Kept up +Committed +Never +Waits +Open +Sent +Asked|Never comes",
]
"""Headings, words of the inputs, commands."""


def untrue(run: RunRecord, record: TaskRecord, text: str) -> str:
    """What is wrong with the text; blank where it claims nothing, or what the JSON claims."""
    text = with_ids(run, text)
    if not WORDS.search(text) or any(re.fullmatch(one, text) for one in NO_CLAIMS):
        return ""
    for pattern, check in CLAIMS:
        match = re.fullmatch(pattern, text)
        if match is not None:
            return "" if check(run, record, match) else f"{record.task}: not in the JSON: {text}"
    return f"{record.task}: a claim that nobody checks: {text}"
