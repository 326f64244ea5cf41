"""What a run says stands in one list, and all three that show it show that and no more."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from report_cases import asked, small_run

import allocator
from allocator.inputs.conditions import parse
from allocator.report.page import page
from allocator.report.sections import NAMED, PAGE, PARTS, PLACES, SECTIONS, TERMINAL, WORKBOOK
from allocator.report.tables.inputs import input_tables
from allocator.report.tables.run import MAKERS, table
from allocator.report.terminal import (
    coalitions,
    details,
    pools,
    surviving,
    timeline,
    trade_offs,
    ways,
    weights,
)
from allocator.report.terminal import run as terminal
from allocator.report.terminal.console import rendered
from allocator.report.workbook import about, cover
from allocator.results.coalitions import Partners, Survive
from allocator.results.run import PlanNotes, TaskNotes

MODULES = (coalitions, details, pools, surviving, terminal, timeline, trade_offs, ways, weights)
TEMPLATES = Path(allocator.__file__).parent / "report" / "page" / "templates" / "run"
SHOW = {
    "solve": terminal.show_solve,
    "packages": terminal.show_packages,
    "blockers": terminal.show_blockers,
}
LABELS = {"situation", "each_task", "how_made", "missing"}
"""Sections of the terminal without a heading of their own."""


def everything() -> dict[str, Any]:
    """A run of each command, and one that was asked for more than was found."""
    run = small_run()
    together = Partners(("DEU", "FRA"), (), (("DEU", "FRA"),))
    training = replace(run.notes["training"], partners=(together,), survive=LOST)
    options = {"departures": True, "front": ["economy", "risk"]}
    return {
        "solve": run,
        "packages": replace(asked("packages", "training"), notes={"training": training}),
        "blockers": waiting(asked("blockers", "mine_clearance", "western_presence")),
        "cut": small_run(plan_notes=PlanNotes(), options=options),
    }


def waiting(run: Any) -> Any:
    """With a precondition that waits for another, and what is known of other worlds."""
    known = run.problem.preconditions
    ceasefire = replace(known["ceasefire"], after=parse("sejm"))
    problem = replace(run.problem, preconditions={**known, "ceasefire": ceasefire})
    worlds = replace(TaskNotes(), world_map=run.notes["mine_clearance"].world_map)
    return replace(run, problem=problem, notes={**run.notes, "western_presence": worlds})


LOST = Survive(1, True, (("DEU", "FRA"),), ())


@pytest.fixture
def headings(monkeypatch: pytest.MonkeyPatch) -> Callable[[Any], list[str]]:
    """The headings that the terminal prints, but for titles of tasks."""
    heard: list[str] = []
    for module in MODULES:
        titled = module.titled

        def hears(title: Any, *body: Any, titled: Any = titled) -> Any:
            heard.extend([title] if isinstance(title, str) else [])
            return titled(title, *body)

        monkeypatch.setattr(module, "titled", hears)

    def of(run: Any) -> list[str]:
        heard.clear()
        show = SHOW[run.command]
        rendered(lambda console: show(run, console, terminal.Follow()), io.StringIO())
        return list(heard)

    return of


def of_heading(heading: str, command: str) -> set[str]:
    """The sections that it is of."""
    return {
        one.name
        for one in SECTIONS
        if command in one.of and any(heading.startswith(title) for title in one.titles)
    }


def test_every_heading_of_the_terminal_is_of_a_section(headings: Any) -> None:
    said = {name: headings(run) for name, run in everything().items()}
    found = set[str]()
    for name, run in everything().items():
        for heading in said[name]:
            assert of_heading(heading, run.command), heading
            found |= of_heading(heading, run.command)
    titled = {one.name for one in SECTIONS if one.of} - LABELS
    assert titled == found


def test_what_the_terminal_says_stands_on_the_page_and_in_the_workbook(headings: Any) -> None:
    for run in everything().values():
        text = page(run)
        own = {"provenance": about.provenance(run), **{t.name: t for t in input_tables(run)}}
        said = {name for heading in headings(run) for name in of_heading(heading, run.command)}
        for one in (NAMED[name] for name in sorted(said)):
            if one.part:
                assert (one.heading or one.title) in text, one.name
            if one.tables:
                tables = (own.get(name) or table(run, name) for name in one.tables)
                assert any(made.rows for made in tables), one.name


def test_the_cover_says_what_it_is_said_to_say() -> None:
    cut = everything()["cut"]
    labels = [label for label, _ in (*cover._asked(cut), *cover._found(cut))]
    assert {"Operation", "Joint plan", "Each task alone", "Preconditions", "Released"} <= {*labels}
    assert labels.count("Not found") == 2
    assert {one.name for one in SECTIONS if one.cover} == {
        *("situation", "tasks", "next_acts", "preconditions", "levels", "released", "unanswered")
    }


def test_a_section_is_shown_by_all_three_or_says_why_not() -> None:
    for one in SECTIONS:
        assert {*one.places}.isdisjoint(one.without), one.name
        assert {*one.places, *one.without} == {*PLACES}, one.name
        assert all(len(why) > 10 for why in one.without.values())
    assert {TERMINAL, PAGE, WORKBOOK} == {*PLACES}


def test_every_table_and_every_part_of_the_page_is_of_a_section() -> None:
    tables = {name for one in SECTIONS for name in one.tables}
    assert {*MAKERS} <= tables
    assert tables - {*MAKERS} == {"provenance", "input_nations"}
    parts = {part.name for part in PARTS}
    assert {one.part for one in SECTIONS if one.part} == parts
    within = {"over_time"}  # Of the plan.
    assert {path.stem for path in TEMPLATES.glob("*.html")} == parts | within


def test_the_terminal_makes_every_section_that_it_has() -> None:
    from allocator.report.sections import OF_THE_RUN

    assert list(terminal.MAKERS) == [one.name for one in OF_THE_RUN]
