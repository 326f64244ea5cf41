"""Whatever the inputs say stays text: nothing of it runs, asks for anything, or breaks the page."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from functools import cache
from typing import Any

import pytest
from ruamel.yaml import YAML

from allocator.inputs.inspection import from_tables
from allocator.inputs.problem import build
from allocator.inputs.workspace import Workspace
from allocator.report.page import page
from allocator.results.run import RunRecord
from tests.inputs.workspace_files import SMALL
from tests.plenty import analyse
from tests.report.page.browsing import PHONE, Open

Rows = list[dict[str, Any]]

PLANTED = {
    "script": "</script><script>window.hit=1</script><img src=x onerror=window.hit=1>",
    "markup": "<!--<svg onload=window.hit=1>--><b>&ltb&gt</b>{{ 7*7 }}{% x %}<style>*{color:red}",
    "address": 'javascript:window.hit=1//" onmouseover="window.hit=1 | http://evil.example/a"b',
    "formula": '=HYPERLINK("http://evil.example/","here")',
    "long": "x" * 10_000,
    "right to left": "\u202eשלום\u2066 مرحبا بالعالم \u202e end",
}


OFFER = {"offer": "o1", "nation": "FRA", "capability": "mech", "quantity": "1", "status": "firm",
         "basis": "estimate"}  # fmt: skip


def _tables() -> tuple[dict[str, Rows], Rows]:
    tables = {
        name.split("/")[1].removesuffix(".csv"): list(csv.DictReader(io.StringIO(text)))
        for name, text in SMALL.items()
        if name.endswith(".csv")
    }
    tables["offers"] = [dict(OFFER)]
    return tables, [YAML(typ="safe").load(SMALL["models/small.yaml"])]


def _places(models: Rows) -> dict[str, Rows]:
    """The parts of the models, by what they are."""
    tasks = [task for model in models for task in model["tasks"]]
    return {"model": models, "task": tasks, "line": [line for t in tasks for line in t["lines"]]}


@cache
def text_columns() -> tuple[tuple[str, str], ...]:
    """Every column, of tables and models, that takes any text."""
    from allocator.inputs.schema import TABLES
    from allocator.inputs.schema.model import LineRow, OperationModel, TaskRow

    parts = {"model": OperationModel, "task": TaskRow, "line": LineRow}
    known = [(name, column) for name, row in TABLES.items() for column in row.model_fields]
    known += [(name, column) for name, row in parts.items() for column in row.model_fields]
    return tuple(place for place in known if _with(PLANTED["script"], [place]) is not None)


def _with(text: str, places: list[tuple[str, str]]) -> Workspace | None:
    """The small workspace with the text in these columns of every row; None where that is wrong."""
    tables, models = _tables()
    rows = {**tables, **_places(models)}
    for name, column in places:
        for row in rows[name]:
            row[column] = text
    return from_tables(tables, models)[0]


def _solved(text: str) -> RunRecord:
    workspace = _with(text, list(text_columns()))
    assert workspace is not None
    problem = build(workspace, "small")
    return replace(analyse(problem, problem.world("truce")), workspace=workspace)


def test_the_text_columns_are_these() -> None:
    """All that a planner may write freely."""
    assert set(text_columns()) == {
        *((table, "note") for table in ("nations", "capabilities", "availability", "commitments")),
        *((table, "note") for table in ("preconditions", "caveats", "worlds", "offers")),
        *((table, "source") for table in ("nations", "capabilities", "availability")),
        *((table, "source") for table in ("commitments", "preconditions", "caveats", "offers")),
        *((part, name) for part in ("model", "task", "line") for name in ("note", "source")),
        ("nations", "name"),
        ("capabilities", "name"),
        ("capabilities", "unit"),
        ("commitments", "purpose"),
        ("preconditions", "name"),
        ("preconditions", "holder"),
        ("model", "title"),
        ("task", "title"),
        ("task", "area"),
        ("caveats", "area"),
        *((table, "group") for table in ("availability", "commitments", "offers", "line")),
        *((table, "axis") for table in ("task", "caveats")),
        *((table, "domain") for table in ("capabilities", "caveats")),
        ("preconditions", "kind"),
        ("commitments", "to"),
    }


@pytest.mark.parametrize("kind", PLANTED)
def test_planted_text_stays_text(open_page: Open, kind: str) -> None:
    """In every text column at once, on a phone: shown as it is written, and nothing else."""
    text = PLANTED[kind]
    run = _solved(text)
    html = page(run, mark=text)
    assert len(html) < 1_000_000
    opened = open_page(html, viewport=PHONE)
    opened.page.evaluate(
        "() => document.querySelectorAll('details').forEach(part => { part.open = true; })"
    )
    opened.page.mouse.move(200, 300)
    seen = opened.page.evaluate(
        "() => ({text: document.body.textContent, hit: window.hit, "
        "wide: document.documentElement.scrollWidth, scripts: document.scripts.length, "
        "links: [...document.links].map(l => l.href).filter(l => !l.startsWith('file:'))})"
    )
    assert seen["hit"] is None
    assert seen["scripts"] == 2
    assert seen["wide"] <= PHONE["width"]
    assert seen["text"].count(text[:150]) >= len(text_columns()) - 6
    assert all(link.startswith(("http://", "https://")) for link in seen["links"])
    shown = opened.worlds([[], ["ceasefire"], ["peace"]])
    assert [world["0"]["verdict"] for world in shown] == ["blocked", "ready", "ready"]


def test_copied_tables_hold_no_formula(open_page: Open) -> None:
    """A spreadsheet that the text is pasted into computes nothing."""
    rights = ["clipboard-read", "clipboard-write"]
    opened = open_page(page(_solved(PLANTED["formula"])), permissions=rights)
    opened.page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })")
    buttons = opened.page.get_by_role("button", name="Copy as CSV")
    cells: list[str] = []
    for number in range(buttons.count()):
        buttons.nth(number).click()
        text = opened.page.evaluate("() => navigator.clipboard.readText()")
        cells += [cell for row in csv.reader(io.StringIO(text)) for cell in row]
    assert "'" + PLANTED["formula"] in cells
    assert not [cell for cell in cells if cell.startswith(("=", "@"))]
