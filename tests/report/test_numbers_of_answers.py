"""Every number that a person reads of an answer that is no run is in its JSON, its tables or the
inputs: on the terminal and on the page. Figures of the case are odd and large.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable, Iterable
from functools import cache
from typing import Any, NamedTuple

import pytest

import allocator
from allocator.planner import Planner
from allocator.report.comparing import terminal as comparison_shown
from allocator.report.comparing.jsons import data as comparison_data
from allocator.report.page.comparison import comparison_page
from allocator.report.page.endure import endure_page
from allocator.report.page.levers import levers_page
from allocator.report.page.offers import offers_page
from allocator.report.page.order import order_page
from allocator.report.page.ranges import ranges_page
from allocator.report.page.repair import repair_page
from allocator.report.page.review import review_page
from allocator.report.tables import endure, levers, offers, order, ranges, repair, review
from allocator.report.tables.table import Table
from allocator.report.terminal import endure as endure_shown
from allocator.report.terminal import levers as levers_shown
from allocator.report.terminal import offers as offers_shown
from allocator.report.terminal import order as order_shown
from allocator.report.terminal import ranges as ranges_shown
from allocator.report.terminal import repair as repair_shown
from allocator.report.terminal import review as review_shown
from allocator.report.terminal.console import rendered
from tests.report.numbers_read import SMALL, STANDING, numbers
from tests.report.page.reading import Read

MODEL = {
    "name": "strait",
    "title": "Safe passage through a strait",
    "horizon": {"periods": 3, "months_per_period": 4, "starts": "2027-01"},
    "tasks": [
        {
            "task": "escort",
            "title": "Escort of merchant ships",
            "lines": [
                {"line": "ships", "any_of": {"frigate": 2, "cutter": 1}, "minimum": 97,
                 "target": 143, "low": 89, "high": 127},
            ],
        },
        {
            "task": "sweep",
            "title": "Clearing of mines",
            "priority": 2,
            "requires": "ports",
            "lines": [{"line": "hunters", "capability": "hunter", "minimum": 59, "target": 71}],
        },
    ],
}  # fmt: skip

TABLES: dict[str, list[dict[str, Any]]] = {
    "nations": [{"nation": n, "name": n} for n in ("ESP", "FRA", "ITA", "NLD")],
    "capabilities": [
        {"capability": "frigate", "name": "Frigate", "domain": "naval", "unit": "frigate",
         "personnel": 181, "rotation": 3},
        {"capability": "cutter", "name": "Cutter", "domain": "naval", "unit": "cutter",
         "personnel": 67},
        {"capability": "hunter", "name": "Mine hunter", "domain": "naval", "unit": "vessel",
         "personnel": 47},
    ],
    "availability": [
        {"nation": "FRA", "capability": "frigate", "quantity": 87, "basis": "reported"},
        {"nation": "ITA", "capability": "frigate", "quantity": 69, "low": 51, "high": 78,
         "basis": "estimate"},
        {"nation": "ESP", "capability": "cutter", "quantity": 93, "basis": "reported"},
        {"nation": "FRA", "capability": "hunter", "quantity": 61, "basis": "reported"},
        {"nation": "NLD", "capability": "hunter", "quantity": 43, "basis": "reported"},
    ],
    "preconditions": [
        {"precondition": "vote", "name": "A vote in Rome", "kind": "legal", "status": "open",
         "holder": "ITA", "effort": 7, "likelihood": 0.63, "after": "ports", "lead_months": 5},
        {"precondition": "ports", "name": "The coastal states open their ports",
         "kind": "political", "status": "open", "holder": "OMN", "effort": 9, "likelihood": 0.57,
         "lead_months": 3},
    ],
    "caveats": [{"caveat": "rome", "nation": "ITA", "requires": "vote", "basis": "reported"}],
    "offers": [
        {"offer": "o1", "nation": "FRA", "capability": "frigate", "quantity": 23,
         "status": "firm", "basis": "reported"},
        {"offer": "o2", "nation": "ESP", "capability": "cutter", "quantity": 57,
         "status": "in_place", "basis": "reported"},
        {"offer": "o3", "nation": "ITA", "capability": "frigate", "quantity": 31,
         "status": "possible", "basis": "estimate"},
    ],
}  # fmt: skip

PLAN = [
    {"nation": "FRA", "task": "escort", "capability": "frigate", "quantity": 47},
    {"nation": "ESP", "task": "escort", "capability": "cutter", "quantity": 83},
]
"""More frigates than rotation keeps up."""


class Answer(NamedTuple):
    """How it is asked for, and its renderings and data."""

    ask: Callable[[Planner], Any]
    show: Callable[..., None]
    page: Callable[..., str]
    data: Callable[..., Any]
    tables: Callable[..., Iterable[Table]]


ANSWERS = {
    "offers": Answer(
        lambda p: p.offers(count="firm", on="2026-06-15"),
        offers_shown.show, offers_page, offers.data, offers.tables,
    ),
    "order": Answer(
        lambda p: p.order(), order_shown.show, order_page, order.data, order.tables
    ),
    "levers": Answer(
        lambda p: p.levers(), levers_shown.show, levers_page, levers.data, levers.tables
    ),
    "ranges": Answer(
        lambda p: p.ranges(draws=60), ranges_shown.show, ranges_page, ranges.data, ranges.tables
    ),
    "endure": Answer(
        lambda p: p.endure(lose="ESP", from_=2),
        endure_shown.show, endure_page, endure.data, endure.tables,
    ),
    "review": Answer(
        lambda p: p.review(PLAN), review_shown.show, review_page, review.data, review.all_tables
    ),
    "repair": Answer(
        lambda p: p.repair(PLAN), repair_shown.show, repair_page, repair.data, repair.all_tables
    ),
}  # fmt: skip


@cache
def planner() -> Planner:
    return allocator.from_tables(TABLES, models=[MODEL])


@cache
def answer(name: str) -> Any:
    return ANSWERS[name].ask(planner())


def known(name: str) -> set[float]:
    """All that its JSON, its tables and the inputs hold, and what is added up of a table."""
    found, made = answer(name), ANSWERS[name]
    texts = [json.dumps(made.data(found), default=str), repr(planner().problem())]
    every = set(numbers(" ".join(texts).replace("_", " ")))
    every |= {round(100 * share, 1) for share in every if share <= 1}
    for table in made.tables(found):
        for place, column in enumerate(table.columns):
            cells = [row[place] for row in table.rows]
            every |= {n for cell in cells for n in numbers(str(cell))}
            if column.kind == "whole":
                every.add(float(sum(cell or 0 for cell in cells if not isinstance(cell, str))))
    return every


def read(name: str) -> dict[str, str]:
    """What stands on the terminal and on the page."""
    found, made = answer(name), ANSWERS[name]
    shown = rendered(lambda console: made.show(found, console), io.StringIO(), 300)
    html = re.sub(r"<svg.*?</svg>", _words, made.page(found), flags=re.DOTALL)
    return {"terminal": shown, "page": Read(html).text}


def _words(match: re.Match[str]) -> str:
    """Of a picture what is read, without where it stands."""
    return " ".join(re.findall(r">([^<]+)<", match[0]))


@pytest.mark.parametrize("name", ANSWERS)
def test_every_number_that_is_read_is_in_the_data(name: str) -> None:
    data = known(name) | STANDING
    for where, text in read(name).items():
        strange = sorted({n for n in numbers(text) if n >= SMALL and n not in data})
        assert strange == [], where
        assert len({n for n in numbers(text) if n >= SMALL}) > 0 or name in ("order", "levers")


def test_every_number_of_a_comparison_is_in_its_data() -> None:
    """Objectives are read in the units of people: what is counted in millionths of a target, in
    targets."""
    runs = [planner().solve(with_=met, workers=1) for met in ((), ("ports",), ("ports", "vote"))]
    found = allocator.compare(*runs)
    data = comparison_data(found)
    every = set(numbers(json.dumps(data, default=str).replace("_", " ")))
    every |= set(numbers(repr(planner().problem())))
    every |= {float(text) for n in every for text in (f"{n / 1e6:.1f}", f"{n / 1e6:.2f}")}
    shown = rendered(lambda console: comparison_shown.show(found, console), io.StringIO(), 300)
    for text in (shown, Read(comparison_page(found)).text):
        said = re.sub(r"seed|\d+\.\d+ seconds|workers \d+", " ", text)
        assert sorted({n for n in numbers(said) if n >= SMALL and n not in every}) == []
    assert "millionth" not in shown


@pytest.mark.parametrize("name", ANSWERS)
def test_prose_has_titles(name: str) -> None:
    """No sentence that people read names a task or a precondition by its id alone."""
    shown = read(name)["terminal"]
    for sentence in re.findall(r"^  \S.*\.$", shown, re.MULTILINE):
        assert not re.search(r"\b(escort|sweep|vote|ports)\b", sentence.replace("A vote in", "")), (
            sentence
        )
