"""Findings 1 to 5: which tasks stand in which world."""

from __future__ import annotations

from collections.abc import Iterator

from casebook import case
from casebook.case import LAND, WORLDS
from casebook.finding import (
    LARGE,
    LARGEST,
    MIDDLE,
    SMALL,
    UNLOCKED_100K,
    Check,
    Finding,
    caveats,
    sets,
    task_row,
)


def first() -> Finding:
    checks = []
    for model in case.models():
        tasks = case.problem(model).tasks
        under_way = [
            t.id
            for t in tasks
            if t.axis in ("regeneration", "industry") and t.area not in case.SOIL
        ]
        waiting = [t.id for t in tasks if t.id not in under_way]
        ready = [t for t in under_way if case.verdict(model, "today", t) == "ready"]
        free = [t for t in waiting if case.verdict(model, "today", t) not in ("blocked", "short")]
        evidence = f"ready: {', '.join(ready)}; not ready: {', '.join(waiting) or 'none'}"
        checks.append(
            Check(
                f"`{model}`: regeneration and industry off Ukrainian soil are ready with nothing "
                "met; every other task waits",
                ready == under_way and not free,
                evidence,
                tuple(task_row(model, t) for t in under_way[:1]),
            )
        )
    return Finding(1, "Today: training, the hub and industry; no presence", tuple(checks))


US_TASKS = ("air_missile_defence", "isr_support", "deep_strike", "strategic_airlift")


def second() -> Finding:
    return Finding(
        2,
        "With a ceasefire and no US part: 20,000, led by France or Britain, without what only "
        "the United States has",
        tuple(_second()),
    )


def _second() -> Iterator[Check]:
    nations = [set(package) for package in case.packages(SMALL, "ceasefire", LAND)]
    with_france = sum("FRA" in n for n in nations)
    with_britain = sum("GBR" in n for n in nations)
    yield Check(
        "The land force of 20,000 is ready",
        case.verdict(SMALL, "ceasefire", LAND) == "ready",
        f"{len(nations)} packages, all there are",
        (task_row(SMALL, LAND),),
    )
    yield Check(
        "Every package has France or Britain to lead it",
        all(n & {"FRA", "GBR"} for n in nations),
        "framework nation in the model",
        (task_row(SMALL, LAND),),
    )
    yield Check(
        "France and Britain are in most packages",
        2 * with_france > len(nations) and 2 * with_britain > len(nations),
        f"France in {with_france}, Britain in {with_britain} of {len(nations)}",
        caveats("fra_ceasefire", "gbr_with_france_or_backstop"),
    )
    for task in US_TASKS:
        record = case.blockers(SMALL, "ceasefire", task)
        yield Check(
            f"`{task}` waits for the US backstop, whatever else is met",
            record.verdict == "blocked" and "us_backstop" in record.necessary,
            f"unlocking sets: {sets(record.unlocking.sets)}",
            (task_row(SMALL, task), *caveats("usa_backstop_only")),
        )


def third() -> Finding:
    checks = []
    for model in case.models():
        tasks = [task.id for task in case.on_soil(model)]
        for needed in ("ceasefire", "ukraine_consent"):
            where = case.met_but(model, needed)
            open_to = [
                t
                for t in tasks
                if case.verdict_in(case.problem(model), where, t) not in ("blocked", "short")
            ]
            if tasks:
                checks.append(
                    Check(
                        f"`{model}`: with everything met but `{needed}`, no task on Ukrainian "
                        "soil is ready",
                        not open_to,
                        ", ".join(tasks),
                        tuple(task_row(model, t) for t in tasks[:1]),
                    )
                )
    return Finding(3, "Consent and a ceasefire are necessary on Ukrainian soil", tuple(checks))


def fourth() -> Finding:
    record = case.blockers(MIDDLE, "ceasefire", LAND)
    found = record.unlocking.sets
    both = case.met_but(MIDDLE, "us_backstop", "nato_plans_revised")
    at_30k = case.verdict_in(case.of_30k(), case.world(MIDDLE, "ceasefire"), LAND)
    checks = (
        Check(
            "The land force of 40,000 is not ready with a ceasefire alone",
            record.verdict == "blocked",
            f"unlocking sets: {sets(found)}",
            (task_row(MIDDLE, LAND),),
        ),
        Check(
            "The US backstop by itself makes it ready",
            ("us_backstop",) in found,
            "opens " + "; ".join(("Britain's limit", "the Netherlands", "Sweden")),
            caveats("gbr_ten_thousand", "nld_soil", "swe_soil"),
        ),
        Check(
            "So do revised NATO plans, with other nations in the place of the United States",
            ("nato_plans_revised",) in found,
            _released_text(MIDDLE, "ceasefire_plans_revised", ()),
        ),
        Check(
            "With everything met but these two it is not",
            case.verdict_in(case.problem(MIDDLE), both, LAND) == "blocked",
            "one company short: see [fragility.md](fragility.md)",
        ),
        Check(
            "At the lower end of the option, 30,000, it is ready with a ceasefire alone",
            at_30k == "ready",
            "three brigade sets instead of four",
        ),
    )
    return Finding(
        4,
        "30,000 to 40,000: only with the backstop, or with released forces in its place",
        checks,
        "It does at 40,000, by one company of 48; at 30,000 a ceasefire is enough.",
        in_part=True,
    )


def _released_text(model: str, world: str, with_: tuple[str, ...]) -> str:
    taken = case.unlocked(model, world, with_)
    if taken is None:
        return "not ready"
    total = sum(release.quantity for release in taken.released)
    return f"releases {total} unit-periods at the least, risk {taken.risk}"


def fifth() -> Finding:
    return Finding(
        5,
        "60,000 to 100,000 needs revised NATO plans; 150,000 is out of reach",
        tuple(_fifth()),
        "Stricter than the report: at 60,000, with revised plans, the backstop is necessary too.",
    )


def _fifth() -> Iterator[Check]:
    record = case.blockers(LARGE, "ceasefire", LAND)
    yield Check(
        "The land force of 60,000 and more is not ready without revised NATO plans",
        record.verdict == "blocked" and "nato_plans_revised" in record.necessary,
        f"unlocking sets: {sets(record.unlocking.sets)}",
        (task_row(LARGE, LAND),),
    )
    taken = case.unlocked(LARGE, "ceasefire", UNLOCKED_100K)
    yield Check(
        "With revised plans, the backstop and Berlin it is, and the case shows what is released",
        taken is not None and bool(taken.released) and taken.risk > 0,
        _released_text(LARGE, "ceasefire", UNLOCKED_100K) + "; by commitment in dilemma.md",
    )
    verdicts = {name: case.verdict(LARGEST, name, LAND) for name in WORLDS}
    yield Check(
        "The land force of 100,000 and more is short in every world, even with all met",
        set(verdicts.values()) == {"short"},
        ", ".join(f"{name}: {word}" for name, word in verdicts.items()),
        (task_row(LARGEST, LAND),),
    )
