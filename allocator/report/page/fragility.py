"""The page of how far single figures may be wrong, and all else that its folder keeps."""

from __future__ import annotations

from dataclasses import replace

from allocator.report.folder.answers import Answer, came_about
from allocator.report.page.render import render
from allocator.report.sentences import overview
from allocator.report.sentences.fragility import summary
from allocator.report.tables.fragility import data, table
from allocator.report.tables.table import Table
from allocator.results.fragility import Figure, Fragility

LEFT_OUT = frozenset({"model", "world", "task", "verdict", "row", "unit", "source"})
"""Columns that the page has in its heading, or that would push the figures off the paper: the CSV
file has them."""


def fragility_answer(found: Fragility, mark: str = "") -> Answer:
    """What the folder keeps."""
    page = fragility_page(found, mark)
    return Answer("fragility", data(found), [table([found])], came_about(found), page)


def fragility_page(found: Fragility, mark: str = "") -> str:
    """mark: how it is to be handled, top and bottom. Raises ValueError for an answer without its
    problem."""
    if found.problem is None or found.asked is None:
        raise ValueError("a page names the problem that the figures are of")
    return render(
        "fragility.html",
        mark=mark,
        data=None,
        title=found.problem.task(found.task).title,
        task=found.task,
        verdict=found.verdict,
        operation=overview.operation(found.problem),
        world=overview.world(found.asked, found.problem),
        sentences=(summary(found), *overview.cut_off(found)),
        flips=_narrow(table([found])),
        steady=list(map(_named, found.steady)),
        undecided=list(map(_named, found.undecided)),
    )


def _narrow(whole: Table) -> Table:
    """Without what stands in the heading."""
    at = [n for n, name in enumerate(whole.header) if name not in LEFT_OUT]
    rows = (tuple(row[n] for n in at) for row in whole.rows)
    return replace(whole, columns=tuple(whole.columns[n] for n in at), rows=tuple(rows))


def _named(figure: Figure) -> str:
    return f"{figure.name}: {figure.value:,} ({figure.place})"
