"""`backstop.md`: which part of a US backstop is enough for whom, and for what."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from itertools import combinations

from allocator.inputs.conditions import holds, preconditions_in
from allocator.inputs.conditions import show as condition_text
from allocator.inputs.problem import Caveat, World
from casebook import case
from casebook.finding import SMALL
from casebook.findings_of_report import US_TASKS
from casebook.pages import link, page, table

PARTS = (
    "us_involvement",
    "us_commitment",
    "us_isr",
    "us_missile_defence",
    "us_airlift",
    "us_deep_strike",
    "us_assurance",
)
"""The word that it takes part at all, then the parts; all of them are the backstop."""

INTRO = """# Which part of a backstop is enough for whom

The report names what a backstop would be made of (*Key Results 2*, *United States 2*): missile
defence, intelligence, deep strike, airlift, assurance in an escalation; London and Warsaw ask for a
word in public as well. Each is an act of its own here, and whoever asks for a part asks for that
one. Below, with everything else met, the least US parts with which the row of a nation that names
any lets it go, by itself and without the company of others. Who is not listed names no US part:
France goes *with or without* (*France 2*), Britain also in its company."""

TASKS = """## What only the United States has

With a ceasefire, and this part besides."""


def backstop_page() -> str:
    return page(
        INTRO,
        table(("nation", "row", "enough", "unless", "what it says", "place"), _rows()),
        TASKS,
        table(
            ("task", "this part will do", "verdict with it"),
            ((f"`{task}`", f"`{part}`", _with(task, part)) for task, part in US_TASKS.items()),
        ),
    )


def _with(task: str, part: str) -> str:
    asked = case.problem(SMALL)
    return case.verdict_in(asked, case.world(SMALL, "ceasefire", (part,)), task)


def _rows() -> Iterator[tuple[object, ...]]:
    for caveat in _asking():
        enough = [_named(parts) for parts in _enough(caveat)]
        yield (
            case.problem(SMALL).names[caveat.nation],
            f"`{caveat.id}`",
            " or ".join(enough) or "none is",
            f"`{condition_text(caveat.requires)}`",
            caveat.note,
            link(caveat.place),
        )


@cache
def _asking() -> tuple[Caveat, ...]:
    """Caveats of others than the United States that name a US part."""
    named = {*PARTS, "us_backstop"}
    found = (c for c in case.problem(SMALL).caveats if c.nation != "USA")
    return tuple(c for c in found if preconditions_in(c.requires) & named)


def _enough(caveat: Caveat) -> list[tuple[str, ...]]:
    """The smallest sets of parts with which the condition can hold, all else met, the company of
    other nations left out; the backstop where only all together do."""
    found: list[tuple[str, ...]] = []
    for size in range(len(PARTS) + 1):
        for parts in combinations(PARTS, size):
            inside = any(set(one) <= _implied(parts) for one in found)
            if not inside and _holds(caveat, _with_parts(parts)):
                found.append(parts)
    return found or ([("us_backstop",)] if _holds(caveat, case.met_but(SMALL)) else [])


def _implied(parts: Iterable[str]) -> frozenset[str]:
    return frozenset(n for part in parts for n in case.problem(SMALL).implied_by(part))


def _with_parts(parts: Iterable[str]) -> World:
    problem = case.problem(SMALL)
    bare = case.met_but(SMALL, "us_involvement")
    return problem.meeting(bare, [*parts])


def _holds(caveat: Caveat, where: World) -> bool:
    return holds(caveat.requires, where.holding(1))


def _named(parts: tuple[str, ...]) -> str:
    return " with ".join(f"`{one}`" for one in parts) or "none needed"
