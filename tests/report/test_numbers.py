"""Every number that a person reads is in the run's data, and what matters is in every rendering.

The data: the JSON of the run, its tables, the inputs, and sums of the allocation that are written
out here. Figures of the case are odd and large, so that none is right by chance.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from allocator.inputs.schema.calendar import Month
from allocator.report.folder.summary import summary
from allocator.report.page.brief import brief
from allocator.report.sentences.next_acts import next_acts
from allocator.report.sentences.reading_order import in_reading_order
from allocator.report.tables.pools import pool_rows
from allocator.report.tables.timeline import timeline
from allocator.results.run import Command, RunRecord
from tests.handmade import line, problem
from tests.plenty import analyse
from tests.report.numbers_read import (
    SMALL,
    in_workbook,
    known_numbers,
    numbers,
    on_page,
    on_terminal,
    strange,
)
from tests.report.page.reading import Read


@cache
def solved() -> RunRecord:
    """Two nations relieve each other; a task waits, one is short, and one is below its target."""
    asked = problem(
        [
            {
                "task": "presence",
                "title": "Presence in the west",
                "lines": [line(47, "foot", "tracks", target=83), line(2, "depot", line="supply")],
            },
            {
                "task": "reserve",
                "title": "Reserve on allied soil",
                "priority": 2,
                "requires": "truce",
                "lines": [line(53, "foot")],
            },
            {
                "task": "shield",
                "title": "Shield over the towns",
                "priority": 3,
                "lines": [line(131, "battery")],
            },
        ],
        {
            ("FRA", "foot"): 97, ("GBR", "tracks"): 89, ("ITA", "foot"): 67, ("FRA", "depot"): 5,
            ("DEU", "battery"): 61, ("POL", "battery"): 59,
        },
        capabilities={
            "foot": {"personnel": 173, "rotation": 2}, "tracks": {"personnel": 211, "rotation": 2},
            "depot": {"personnel": 0}, "battery": {"personnel": 79},
        },
        preconditions={
            "truce": {"name": "A truce is in force", "effort": 7, "likelihood": 0.43},
            "vote": {"name": "A vote in Rome", "effort": 3, "likelihood": 0.57},
        },
        caveats=[{"nation": "ITA", "requires": "vote"}],
        commitments=[{"nation": "GBR", "capability": "tracks", "quantity": 13}],
        horizon=3,
    )  # fmt: skip
    return analyse(asked, asked.world())


@cache
def offered() -> RunRecord:
    """Offers are counted, figures may be off, acts wait for acts, periods have months, and one unit
    stands in for two."""
    asked = problem(
        [
            {
                "task": "escort",
                "title": "Escort of merchant ships",
                "lines": [
                    {"line": "ships", "any_of": {"frigate": 2, "cutter": 1}, "minimum": 97,
                     "target": 143, "low": 89, "high": 101},
                ],
            },
            {
                "task": "sweep",
                "title": "Clearing of mines",
                "priority": 2,
                "requires": "ports",
                "lines": [line(59, "hunter", target=71)],
            },
            {"task": "patrol", "title": "Patrol", "priority": 3, "lines": [line(83, "hunter")]},
        ],
        {
            ("FRA", "frigate"): 87, ("ITA", "frigate"): 69, ("ESP", "cutter"): 93,
            ("FRA", "hunter"): 123, ("NLD", "hunter"): 117,
        },
        capabilities={
            "frigate": {"personnel": 181, "rotation": 3}, "cutter": {"personnel": 67},
            "hunter": {"personnel": 47, "rotation": 3},
        },
        preconditions={
            "vote": {"name": "A vote in Rome", "effort": 7, "likelihood": 0.63, "holder": "ITA",
                     "after": "ports", "lead_months": 5},
            "ports": {"name": "The coastal states open their ports", "effort": 9,
                      "likelihood": 0.57, "holder": "OMN", "lead_months": 3},
        },
        caveats=[{"nation": "ITA", "requires": "vote"}],
        commitments=[
            {"nation": "FRA", "capability": "frigate", "quantity": 11, "low": 7, "high": 17},
        ],
        offers=[
            {"nation": "FRA", "capability": "frigate", "quantity": 23, "status": "firm"},
            {"nation": "ESP", "capability": "cutter", "quantity": 77, "status": "in_place"},
            {"nation": "NLD", "capability": "hunter", "quantity": 37, "status": "firm"},
            {"nation": "FRA", "capability": "hunter", "quantity": 43, "status": "firm"},
            {"nation": "ITA", "capability": "frigate", "quantity": 19, "status": "possible"},
        ],
        count="firm",
        horizon=4,
    )  # fmt: skip
    asked = replace(asked, starts=Month.parse("2027-01"))
    return analyse(asked, asked.world())


CASES = {"pools": solved, "offers, ranges, order, months": offered}
LEAST = {solved: 12, offered: 9}
"""So many facts have a figure that is not right by chance."""


pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported")


@pytest.mark.parametrize("command", ["solve", "packages", "blockers"])
@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_every_number_that_is_read_is_in_the_data(
    case: Callable[[], RunRecord], command: Command, tmp_path: Path
) -> None:
    run = replace(case(), command=command)
    known = known_numbers(run)
    assert strange(run, on_terminal(run), known) == []
    assert strange(run, on_page(run), known) == []
    assert strange(run, Read(brief(run)).text, known) == []
    assert strange(run, summary(run), known) == []
    assert strange(run, in_workbook(run, tmp_path / "a.xlsx"), known) == []


def test_another_number_would_be_seen(tmp_path: Path) -> None:
    """The data of the run, and renderings of one with four units more."""
    run, known = solved(), known_numbers(solved())
    first, *others = run.result.plan.allocation
    more = first.model_copy(update={"quantity": first.quantity + 4})
    plan = run.result.plan.model_copy(update={"allocation": (more, *others)})
    other = replace(run, result=run.result.model_copy(update={"plan": plan}))
    for text in (on_terminal(other), on_page(other), in_workbook(other, tmp_path / "a.xlsx")):
        assert strange(other, text, known) != []


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_what_matters_is_in_every_rendering(case: Callable[[], RunRecord], tmp_path: Path) -> None:
    """Verdicts, the plan by period, levels, pools and what to do next; nothing is in one alone."""
    run = case()
    texts = {
        "terminal": on_terminal(run),
        "page": on_page(run),
        "workbook": in_workbook(run, tmp_path / "a.xlsx"),
    }
    told = {name: set(numbers(text)) for name, text in texts.items()}
    plain = {name: re.sub(r"\s+", " ", text) for name, text in texts.items()}
    found = timeline(run)
    facts = {
        **{f"people in {s.text}": n for s, n in zip(found.spans, found.people, strict=True)},
        **{
            f"{lane.nation} at {lane.task} in {span.text}": part.people or part.number
            for lane in found.lanes
            for span, part in zip(found.spans, lane.parts, strict=True)
            if part
        },
        **{
            f"{row.line} {n}": p.filled for row in found.lines for n, p in enumerate(row.parts) if p
        },
        **{
            f"{row.weights} {name}": getattr(row, name)
            for row in pool_rows(run)
            for name in ("kept_up", "committed", "never", "waits", "open", "asked")
        },
    }
    for what, number in facts.items():
        for name, numbers_told in told.items():
            assert float(number) in numbers_told or number < SMALL, f"{what}: {number}, {name}"
    for label, text in next_acts(in_reading_order(run)):
        for name, shown in plain.items():
            assert text in shown, f"{label}, {name}"
    for record in run.result.tasks:
        for name, shown in plain.items():
            assert record.task in shown, name
    assert len([number for number in facts.values() if number >= SMALL]) > LEAST[case]
