"""`fragility.md` and `fragility.csv`: how far single figures may be wrong."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from allocator.report.sentences.fragility import summary
from allocator.search.fragility import Flip, Fragility
from casebook import case
from casebook.case import LAND
from casebook.pages import link, page, table

SECONDS = 900.0
"""For one verdict; the slowest took under two minutes."""

SHOWN = 12

ALL_BUT_TWO = "all but a US part and revised plans"

INTRO = """# How much hangs on single figures

For each verdict: every figure that the task depends on, changed by itself, all others as they
stand; the nearest value that turns the verdict, proved. *Fragile* is what turns within ten per
cent; that nothing is does not make a verdict sure: many figures may be wrong at once, and the
verdicts turn within a quarter ([scopes.md](scopes.md)). Everything:
[fragility.csv](fragility.csv). Your own: `allocator fragility TASK`."""

QUESTIONS = (
    ("20,000 with a ceasefire", "reassurance_20k", "ceasefire", ()),
    ("40,000 with the backstop", "reassurance_40k", "ceasefire_us_backstop", ()),
    ("40,000 with revised NATO plans", "reassurance_40k", "ceasefire_plans_revised", ()),
    ("40,000 with all but a US part and these plans", "reassurance_40k", "ceasefire", ("*",)),
    ("60,000 and more with everything met", "reassurance_100k", "all_met", ()),
    ("100,000 and more with everything met", "reassurance_150k", "all_met", ()),
)


def all_but_two(model: str) -> tuple[str, ...]:
    """Every open precondition that brings about neither a US part nor revised plans."""
    known = case.problem(model)
    world = case.world(model, "ceasefire")
    barred = {"us_involvement", "nato_plans_revised"}
    return tuple(
        name for name in known.open_preconditions(world) if not known.implied_by(name) & barred
    )


def held_besides(model: str, with_: tuple[str, ...]) -> tuple[str, ...]:
    """Return the preconditions that a question assumes besides its world."""
    return all_but_two(model) if with_ == ("*",) else with_


@cache
def answers() -> tuple[tuple[str, Fragility], ...]:
    found = []
    for title, model, world, with_ in QUESTIONS:
        held = held_besides(model, with_)
        one = case.planner().fragility(LAND, model, world=world, with_=held, time_limit=SECONDS)
        assert not one.faults
        name = ALL_BUT_TWO if held else world
        found.append((title, replace(one, world=name)))
    return tuple(found)


def fragility_page() -> str:
    found = answers()
    overview = table(
        ("verdict", "model", "world", "is", "fragile", "turn it", "alone never", "undecided"),
        (
            (
                title,
                f"`{one.model}`",
                one.world,
                one.verdict,
                len(one.fragile),
                len(one.flips),
                len(one.steady),
                len(one.undecided),
            )
            for title, one in found
        ),
    )
    return page(INTRO, overview, *(_section(title, one) for title, one in found))


def _section(title: str, one: Fragility) -> str:
    shown = one.flips[:SHOWN]
    more = len(one.flips) - len(shown)
    return page(
        f"## {title}: {one.verdict}",
        summary(one),
        table(
            ("figure", "basis", "now", "turns at", "change", "then", "place"),
            (_row(flip) for flip in shown),
        )
        if shown
        else "",
        f"{more} more in the CSV." if more else "",
    )


def _row(flip: Flip) -> tuple[object, ...]:
    percent = "" if flip.percent is None else f" ({flip.percent:+} %)"
    mark = "**" if flip.fragile else ""
    return (
        f"{flip.figure.kind}: {flip.figure.name}",
        flip.figure.basis.replace("_", " "),
        flip.figure.value,
        flip.at if flip.exact else f"{flip.at} or nearer",
        f"{mark}{flip.change:+}{percent}{mark}",
        flip.verdict,
        link(flip.figure.place),
    )
