"""The report's four key results and its dilemma, as far as a solver can bear them out."""

from __future__ import annotations

from collections.abc import Iterator

from casebook import case, sizes
from casebook.case import FORCES, LAND
from casebook.finding import SMALL, Check, Finding, caveats, sets, task_row
from casebook.positions import ACTORS

UNDER_WAY = ("training_outside", "arms_deliveries", "logistics_hub", "industry")
UNDER_WAY_ELSEWHERE = "line_of_contact"
"""Ukraine's own task: under way, and no part of the first two lines of support."""


def first() -> Finding:
    return Finding(
        "1",
        "report",
        "Ukraine's survival is crucial: support is under way, whoever hesitates about troops",
        _first,
        ("key_result_1", "questions_2_axes", "dilemma_1"),
        "That support is seen as crucial is a matter of words; the case shows who gives it.",
        rests_on=tuple((SMALL, "today", task, "all") for task in UNDER_WAY),
    )


def _first() -> Iterator[Check]:
    yield from (_under_way(model) for model in case.models())
    yield _everybody_helps()


def _under_way(model: str) -> Check:
    tasks = case.problem(model).tasks
    helping = [t.id for t in tasks if t.axis in ("regeneration", "industry") and _outside(t.area)]
    waiting = [t.id for t in tasks if t.id not in (*helping, UNDER_WAY_ELSEWHERE)]
    ready = [t for t in helping if case.verdict(model, "today", t) == "ready"]
    free = [t for t in waiting if case.verdict(model, "today", t) not in ("blocked", "short")]
    return Check(
        f"`{model}`: with nothing met, training, arms, the hub and industry off Ukrainian soil are "
        "ready; what Ukraine holds itself goes on, and every task of a presence waits",
        ready == helping and not free,
        f"ready: {', '.join(ready)}; not ready: {', '.join(waiting) or 'none'}",
        tuple(task_row(model, t) for t in helping[:1]),
    )


def _outside(area: str) -> bool:
    return area not in case.SOIL


def _everybody_helps() -> Check:
    today = case.world(SMALL, "today")
    helps = {
        nation: [
            t.id
            for t in case.tasks_of(SMALL, nation, today)
            if t.axis in ("regeneration", "industry")
        ]
        for nation in ACTORS
        if nation not in ("UKR", "USA")
    }
    return Check(
        "Every actor with a chapter, the United States and the host apart, may take part today",
        all(helps.values()),
        "; ".join(f"{nation}: {', '.join(tasks)}" for nation, tasks in helps.items()),
    )


US_TASKS = {
    "air_missile_defence": "us_missile_defence",
    "isr_support": "us_isr",
    "deep_strike": "us_deep_strike",
    "strategic_airlift": "us_airlift",
}
"""Each with the part of the backstop that it waits for."""

PREREQUISITE = {"DEU": "deu_presence", "POL": "pol_no_boots"}
"""Who sends no troops without a US part, and the row that says so."""


def second() -> Finding:
    return Finding(
        "2",
        "report",
        "A US backstop is key: some capabilities are only American, several make it a condition",
        _second,
        ("key_result_2", "key_results_7", "germany_8", "poland_5", "finland_4", "france_2"),
        "What only the United States has comes out whole. In numbers of companies the backstop "
        "frees little by itself: with the report's own actors not even 20,000, for Germany's "
        "forces are tied to NATO first.",
        in_part=True,
        rests_on=(
            *((SMALL, "ceasefire", task, "all") for task in US_TASKS),
            (SMALL, "ceasefire_us_backstop", LAND, "own"),
        ),
    )


def _second() -> Iterator[Check]:
    for task, part in US_TASKS.items():
        record = case.blockers(SMALL, "ceasefire", task)
        yield Check(
            f"`{task}` waits for the United States, whatever else is met, and this part will do",
            record.verdict == "blocked"
            and (part,) in record.unlocking.sets
            and all({part, "us_backstop"} & set(one) for one in record.unlocking.sets),
            f"unlocking sets: {sets(record.unlocking.sets)}",
            (task_row(SMALL, task), case.problem(SMALL).preconditions[part].place),
        )
    where = case.met_but(SMALL, "us_involvement")
    for nation, row in PREREQUISITE.items():
        yield Check(
            f"With everything met but any US part, {nation} sends nothing to the land force",
            not case.can_send(SMALL, where, nation, LAND),
            "",
            caveats(row),
        )
    finnish = {t.id for t in case.tasks_of(SMALL, "FIN", where)}
    yield Check(
        "Nor does Finland by air or sea",
        not finnish & {"air_policing", "black_sea"},
        "elsewhere: " + ", ".join(sorted(finnish)),
        caveats("fin_air_and_sea"),
    )
    yield Check(
        "France goes with a ceasefire alone",
        bool(case.can_send(SMALL, case.world(SMALL, "ceasefire"), "FRA", LAND)),
        "",
        caveats("fra_ceasefire"),
    )
    word = case.blockers(SMALL, "ceasefire_us_backstop", LAND, "own").verdict
    yield Check(
        "With the report's own actors the backstop alone does not make the 20,000 ready",
        word == "blocked",
        word,
        (task_row(SMALL, LAND),),
    )


def third() -> Finding:
    return Finding(
        "3",
        "report",
        "The task stays vague: its mandate, Russia's acceptance and the terms are all open",
        _third,
        ("key_result_3", "questions_1", "intro_1", "ukraine_4"),
        "That vagueness suits some is not for a solver to say; what hangs on it is.",
        rests_on=tuple((model, "ceasefire_no_troops", LAND, "all") for model in FORCES),
    )


NEEDED = ("ceasefire", "ukraine_consent", "russia_accepts_presence")


def _third() -> Iterator[Check]:
    record = case.blockers(SMALL, "today", LAND)
    asked = {"coalition_mandate", *NEEDED}
    yield Check(
        "The land force needs a mandate, a ceasefire, Kyiv's consent and Moscow's acceptance, "
        "whichever way is taken",
        asked <= set(record.necessary),
        f"needed: {', '.join(record.necessary)}",
        (task_row(SMALL, LAND),),
    )
    for model in FORCES:
        tasks = [t.id for t in case.on_soil(model) if t.id != UNDER_WAY_ELSEWHERE]
        for left_out in (*NEEDED, "ceasefire_terms_known"):
            waits = [t for t in tasks if left_out in case.needed_by(model, t)]
            where = case.met_but(model, left_out)
            words = {case.verdict_in(case.problem(model), where, t) for t in waits}
            yield Check(
                f"`{model}`: with everything met but `{left_out}`, none of its tasks is ready",
                bool(waits) and words <= {"blocked", "short"},
                ", ".join(waits),
                tuple(task_row(model, t) for t in waits[:1]),
            )


def fourth() -> Finding:
    return Finding(
        "4",
        "report",
        "National and NATO defence remain priorities: what is assigned would have to be released",
        _fourth,
        ("key_result_4", "key_results_6", "germany_5", "baltic_3", "poland_7", "finland_3"),
        "With the report's own actors the 20,000 fall short by less than one company, and covering "
        "the flank, which lets Lithuania in, would do as well; with the nations that the report "
        "does not name they need no release.",
        in_part=True,
        rests_on=tuple(
            (SMALL, name, LAND, "own") for name in ("ceasefire", "ceasefire_plans_revised")
        ),
    )


def _fourth() -> Iterator[Check]:
    tied, held = sizes.tied()
    yield Check(
        "More than half of the manoeuvre companies of its actors in NATO are tied, relief included",
        2 * sum(tied.values()) > sum(held.values()),
        "; ".join(f"{nation} {tied[nation]} of {held[nation]}" for nation in held),
    )
    record = case.blockers(SMALL, "ceasefire", LAND, "own")
    found = record.unlocking.sets
    yield Check(
        "With the report's own actors the 20,000 are not ready with a ceasefire alone, and "
        "revised NATO plans make them so",
        record.verdict == "blocked" and ("nato_plans_revised",) in found,
        f"unlocking sets: {sets(found)}",
        (task_row(SMALL, LAND),),
    )
    taken = case.unlocked(SMALL, "ceasefire_plans_revised", (), "own")
    yield Check(
        "And these weaken NATO's plans: commitments are released, at a risk",
        taken is not None and taken.risk > 0,
        "not ready" if taken is None else f"risk {taken.risk} at the least",
    )


def dilemma() -> Finding:
    return Finding(
        "dilemma",
        "report",
        "The dilemma: one pool of forces, several jobs; without the US no force is likely",
        _dilemma,
        ("dilemma_1", "dilemma_2", "dilemma_5"),
        "With the nations that the report does not name, 20,000 stand without the United States "
        "and without a release: see [scopes.md](scopes.md).",
        in_part=True,
        rests_on=tuple((model, "ceasefire", LAND, "own") for model in FORCES),
    )


def _dilemma() -> Iterator[Check]:
    words = {model: case.blockers(model, "ceasefire", LAND, "own").verdict for model in FORCES}
    yield Check(
        "With the report's own actors no size of the land force is ready with a ceasefire alone",
        set(words.values()) <= {"blocked", "short"},
        ", ".join(f"{model}: {word}" for model, word in words.items()),
    )
    rows = sizes.manoeuvre()
    yield Check(
        "The land force takes a share of what is left after commitments, at every size",
        all(row.share is not None and row.share > 0 for row in rows),
        "; ".join(
            f"{row.model} in {row.world}: {row.taken} of {row.open} open manoeuvre companies "
            f"({row.share} %)"
            for row in rows
        ),
    )
    yield Check(
        "Beyond 20,000 commitments to NATO, or US and German forces, pay for it; at 60,000 both",
        rows[0].risk == 0 and rows[-1].risk > 0,
        "; ".join(f"{row.model} in {row.world}: risk {row.risk}" for row in rows),
    )
