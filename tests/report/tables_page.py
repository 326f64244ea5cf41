"""`docs/tables.md`, made from the tables themselves."""

from __future__ import annotations

from pathlib import Path

from allocator.inputs.problem import Problem, World
from allocator.report.tables import endure, levers, offers, order, sweep
from allocator.report.tables.run import ASKED, all_tables
from allocator.report.tables.table import Column, Table
from allocator.results.endurance import Endurance
from allocator.results.levers import Levers
from allocator.results.offers import OffersFound
from allocator.results.order import Order, RoadMap
from allocator.results.result import Family, Plan, Result, WorldRecord
from allocator.results.run import RunRecord
from allocator.results.sweep import SweepFound

PAGE = Path(__file__).parents[2] / "docs" / "tables.md"
BEGIN = "<!-- what follows is made from the code -->\n"


def page() -> str:
    """The whole page: its head as it is written there, the tables as they are in the code."""
    head, _, _ = PAGE.read_text(encoding="utf-8").partition(BEGIN)
    tables = (
        *all_tables(_empty_run()),
        *order.tables(_empty_order()),
        *levers.tables(_empty_levers()),
        *endure.tables(Endurance(_nothing(), World("", {}), Plan())),
        *offers.tables(_empty_offers()),
        *sweep.tables(SweepFound("", ())),
    )
    rows = [f"| [{t.name}](#{t.name}) | {t.description.rstrip('.')} |" for t in tables]
    contents = ["| table | rows |", "| --- | --- |", *rows]
    text = "\n".join([*contents, *(_section(table) for table in tables)])
    return f"{head}{BEGIN}\n{text}\n"


def _section(table: Table) -> str:
    head = ["| column | kind | unit | meaning |", "| --- | --- | --- | --- |"]
    return "\n".join(
        [f"\n## {table.name}\n\n{table.description}\n", *head, *map(_row, table.columns)]
    )


def _row(column: Column) -> str:
    return f"| {column.name} | {column.kind} | {column.unit} | {column.meaning} |"


def _empty_run() -> RunRecord:
    """A run of nothing: its tables are headers alone."""
    result = Result(model="", world=WorldRecord(name="", holds={}), plan=Plan(), tasks=())
    every = dict.fromkeys(ASKED.values(), "")
    return RunRecord("solve", _nothing(), World("", {}), result, options=every)


def _empty_order() -> Order:
    """An order of nothing."""
    none: tuple[str, ...] = ()
    whole = (none, none, none, none, none)
    return Order(_nothing(), World("", {}), (), (), *whole, Family(), (), RoadMap("effort"))


def _empty_levers() -> Levers:
    return Levers(_nothing(), World("", {}), 0, (), (), (), (), ())


def _empty_offers() -> OffersFound:
    """Offers of nothing."""
    none: tuple[str, ...] = ()
    return OffersFound(
        _nothing(), World("", {}), (), "unknown", (), none, (), (), none, none, (), ()
    )


def _nothing() -> Problem:
    return Problem(
        model="",
        title="",
        horizon=1,
        months_per_period=6,
        objectives=(),
        nations=(),
        names={},
        active_personnel={},
        capabilities={},
        availability={},
        commitments=(),
        caveats=(),
        tasks=(),
        preconditions={},
        worlds={},
    )
