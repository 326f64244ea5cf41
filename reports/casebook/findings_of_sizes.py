"""What our figures add: which size of force needs what. The report does not say."""

from __future__ import annotations

from collections.abc import Iterator

from casebook import case
from casebook.case import LAND, WORLDS
from casebook.finding import (
    LARGE,
    LARGEST,
    MIDDLE,
    SMALL,
    UNLOCKED_40K,
    UNLOCKED_100K,
    Check,
    Finding,
    caveats,
    sets,
    task_row,
)

TURNS = "Over the ranges of our figures it is open: some of what they may be turns it."


def of_20k() -> Finding:
    return Finding(
        "20k",
        "ours",
        "20,000, led by France or Britain, stand with an accepted ceasefire and no US part",
        _of_20k,
        remark=TURNS + " With the report's own actors alone it does not stand.",
        in_part=True,
        rests_on=((SMALL, "ceasefire", LAND, "all"), (SMALL, "ceasefire", LAND, "own")),
    )


def _of_20k() -> Iterator[Check]:
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
        "Every package has France or Britain to lead it, and most have both",
        all(n & {"FRA", "GBR"} for n in nations)
        and 2 * min(with_france, with_britain) > len(nations),
        f"France in {with_france}, Britain in {with_britain} of {len(nations)}",
        caveats("fra_ceasefire", "gbr_with_france_or_backstop"),
    )
    for nation in ("FRA", "GBR"):
        left = case.problem(SMALL).without((nation,))
        where = case.world(SMALL, "ceasefire")
        words = {t: case.verdict_in(left, where, t) for t in (LAND, "theatre_command")}
        yield Check(
            f"If {nation} leaves, no command can be staffed; beside it, the land force then",
            words["theatre_command"] != "ready",
            "; ".join(f"{task}: {word}" for task, word in words.items()),
            (task_row(SMALL, "theatre_command"),),
        )
    yield over_the_ranges(SMALL, "ceasefire", "ready")


def over_the_ranges(model: str, world: str, word: str) -> Check:
    """Whether the verdict is the stated one, and what it is wherever figures lie, in both
    scopes."""
    found = {scope: case.over_ranges(model, world, LAND, scope) for scope in case.SCOPES}
    return Check(
        f"In `{world}` it is {word} as the figures stand; over their ranges as told here",
        found["all"][0] == word,
        "; ".join(
            f"{case.SCOPES[scope]}: {stated}, over the ranges {over}"
            for scope, (stated, over) in found.items()
        ),
    )


def of_40k() -> Finding:
    return Finding(
        "40k",
        "ours",
        "40,000 need revised NATO plans, or the US backstop and Berlin",
        _of_40k,
        remark=TURNS,
        in_part=True,
        rests_on=((MIDDLE, "ceasefire", LAND, "all"), (MIDDLE, "ceasefire", LAND, "own")),
    )


def _of_40k() -> Iterator[Check]:
    record = case.blockers(MIDDLE, "ceasefire", LAND)
    found = record.unlocking.sets
    yield Check(
        "The land force of 40,000 is not ready with a ceasefire alone, and revised plans by "
        "themselves make it so",
        record.verdict == "blocked" and ("nato_plans_revised",) in found,
        f"unlocking sets: {sets(found)}",
        (task_row(MIDDLE, LAND),),
    )
    yield Check(
        "The US backstop does so with a German decision, not by itself",
        UNLOCKED_40K in found and ("us_backstop",) not in found,
        _released_text(MIDDLE, "ceasefire", UNLOCKED_40K),
        caveats("deu_presence", "gbr_ten_thousand", "nld_soil", "swe_soil"),
    )
    at_30k = case.verdict_in(case.of_30k(), case.world(MIDDLE, "ceasefire"), LAND)
    yield Check(
        "At the lower end of the option, 30,000, a ceasefire alone is not enough either",
        at_30k == "blocked",
        "three brigade sets instead of four",
    )
    yield over_the_ranges(MIDDLE, "ceasefire", "blocked")


def _released_text(model: str, world: str, with_: tuple[str, ...]) -> str:
    taken = case.unlocked(model, world, with_)
    if taken is None:
        return "not ready"
    total = sum(release.quantity for release in taken.released)
    return f"releases {total} unit-periods at the least, risk {taken.risk}"


def of_100k() -> Finding:
    return Finding(
        "100k",
        "ours",
        "60,000 to 100,000 need revised NATO plans, and a US part",
        _of_100k,
        remark=TURNS,
        in_part=True,
        rests_on=((LARGE, "all_met", LAND, "all"), (LARGE, "all_met", LAND, "own")),
    )


def _of_100k() -> Iterator[Check]:
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
    yield over_the_ranges(LARGE, "all_met", "ready")


def of_150k() -> Finding:
    return Finding(
        "150k",
        "ours",
        "100,000 to 150,000 are out of reach",
        _of_150k,
        remark=TURNS,
        in_part=True,
        rests_on=((LARGEST, "all_met", LAND, "all"), (LARGEST, "all_met", LAND, "own")),
    )


def _of_150k() -> Iterator[Check]:
    verdicts = {name: case.verdict(LARGEST, name, LAND) for name in WORLDS}
    yield Check(
        "The land force of 100,000 and more is short in every world, even with all met",
        set(verdicts.values()) == {"short"},
        ", ".join(f"{name}: {word}" for name, word in verdicts.items()),
        (task_row(LARGEST, LAND),),
    )
    yield over_the_ranges(LARGEST, "all_met", "short")
