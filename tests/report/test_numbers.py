"""Every number that a person reads is in the run's data, and what matters is in every rendering.

The data: the JSON of the run, its tables, the inputs, and sums of the allocation that are written
out here. Figures of the case are odd and large, so that none is right by chance.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from allocator.report.page import page
from allocator.report.page.brief import brief
from allocator.report.sentences.next_acts import next_acts
from allocator.report.sentences.reading_order import in_reading_order
from allocator.report.tables.pools import pool_rows
from allocator.report.tables.run import all_tables
from allocator.report.tables.timeline import timeline
from allocator.report.terminal import run as terminal
from allocator.report.terminal.console import rendered
from allocator.report.workbook import write_workbook
from allocator.results import jsons
from allocator.results.run import RunRecord
from tests.handmade import line, problem
from tests.plenty import analyse
from tests.report.page.reading import Read

SMALL = 41
"""Numbers below are ids, periods, priorities and counts, which are everywhere."""

SHOW = {
    "solve": terminal.show_solve,
    "packages": terminal.show_packages,
    "blockers": terminal.show_blockers,
}


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


def asked_again(command: str) -> RunRecord:
    return replace(solved(), command=command)


# --- the data ---------------------------------------------------------------------------------


def known_numbers(run: RunRecord) -> set[float]:
    """All that the run's data holds, and what is added up of it here."""
    result = json.loads(jsons.result_bytes(run.result))
    texts = [
        jsons.result_bytes(run.result), jsons.notes_bytes(run.notes),
        jsons.plan_notes_bytes(run.plan_notes), jsons.certificate_bytes(run.certificate),
        jsons.data_bytes(run.provenance()),
    ]  # fmt: skip
    found = {number for text in texts for number in numbers(text.decode())}
    cells = (" ".join(map(str, row)) for table in all_tables(run) for row in table.rows)
    found |= {number for text in cells for number in numbers(text)}
    found.add(round(sum(run.seconds.values()), 1))
    found |= set(averages(run, result["tasks"]))
    found |= set(numbers(repr(run.problem)))
    found |= set(sums(run, result["plan"]["allocation"]))
    found |= {round(level["value"] / 1e6, 1) for level in result["plan"]["levels"]}
    found |= {round(level["bound"] / 1e6, 1) for level in result["plan"]["levels"]}
    return found


def sums(run: RunRecord, cells: Iterable[dict[str, Any]]) -> Iterator[float]:
    """People, and units of a capability, over any of nation, task and period."""
    totals: dict[tuple[object, ...], int] = {}
    kinds = run.problem.capabilities
    for cell in cells:
        people = kinds[cell["capability"]].personnel * cell["quantity"]
        named = [(name, cell[name]) for name in ("nation", "task", "period")]
        for size in range(4):
            for key in combinations(named, size):
                totals[key] = totals.get(key, 0) + people
                units = (*key, ("capability", cell["capability"]))
                totals[units] = totals.get(units, 0) + cell["quantity"]
    return (float(total) for total in totals.values())


def averages(run: RunRecord, tasks: Iterable[dict[str, Any]]) -> Iterator[float]:
    """People of each package, on average of the periods."""
    kinds = run.problem.capabilities
    for task in tasks:
        for package in task["packages"]["sets"]:
            cells = package["allocation"]
            people = sum(kinds[c["capability"]].personnel * c["quantity"] for c in cells)
            yield float(f"{people / run.problem.horizon:.0f}")


def numbers(text: str) -> Iterator[float]:
    """Those that stand by themselves: none in an id, a hash, a version, a day or a time."""
    text = re.sub(r"\d{4}-\d\d-\d\d\S*|\d\d:\d\d\b|\d+\.\d+\.\d[\w.]*", " ", text)
    for found in re.findall(r"(?<![\w.,#])\d+(?:,\d{3})*(?:\.\d+)?(?![\w])", text):
        yield float(found.replace(",", ""))


# --- the renderings ---------------------------------------------------------------------------


def on_terminal(run: RunRecord) -> str:
    show = SHOW[run.command]
    return rendered(lambda c: show(run, c, terminal.Follow()), io.StringIO(), 300)


def on_page(run: RunRecord) -> str:
    """Without the numbers of rows that references lead to."""
    html = page(run)
    html = re.sub(r'<a class="ref".*?</a>|<span class="ref">.*?</span>', " ", html, flags=re.DOTALL)
    return Read(html).text


def in_workbook(run: RunRecord, path: Path) -> str:
    write_workbook(run, all_tables(run), path)
    book = openpyxl.load_workbook(path, data_only=True)
    lengths = {sheet.max_row - 1 for sheet in book}
    cells = (cell.value for sheet in book for row in sheet.iter_rows() for cell in row)
    # The contents on the cover say how long each sheet is.
    return "\n".join(str(v) for v in cells if v is not None and v not in lengths)


def strange(run: RunRecord, text: str, known: set[float]) -> list[float]:
    """Numbers of the text that are nowhere in the data."""
    percent = {round(100 * p.likelihood, 1) for p in run.problem.preconditions.values()
               if p.likelihood is not None}  # fmt: skip
    return sorted({n for n in numbers(text) if n >= SMALL and n not in known | percent | STANDING})


STANDING = {95.0, 100.0, 255.0}
"""Of texts that are the same of every run, such as the width of an interval."""

pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported")


@pytest.mark.parametrize("command", ["solve", "packages", "blockers"])
def test_every_number_that_is_read_is_in_the_data(command: str, tmp_path: Path) -> None:
    run = asked_again(command)
    known = known_numbers(run)
    assert strange(run, on_terminal(run), known) == []
    assert strange(run, on_page(run), known) == []
    assert strange(run, Read(brief(run)).text, known) == []
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


def test_what_matters_is_in_every_rendering(tmp_path: Path) -> None:
    """Verdicts, the plan by period, levels, pools and what to do next; nothing is in one alone."""
    run = solved()
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
    assert len([number for number in facts.values() if number >= SMALL]) > 12
