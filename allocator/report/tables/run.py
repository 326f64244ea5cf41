"""The tables of a run, by name and in reading order.

Every kind of output lays these out and computes nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from allocator.report.tables import decisions as decision_tables
from allocator.report.tables import families as set_tables
from allocator.report.tables import findings as findings_table
from allocator.report.tables import forces as force_tables
from allocator.report.tables import fronts as front_tables
from allocator.report.tables import packages as package_tables
from allocator.report.tables import plan as plan_tables
from allocator.report.tables import pools as pool_tables
from allocator.report.tables import timeline as timeline_tables
from allocator.report.tables import ways as way_tables
from allocator.report.tables.dated import dated
from allocator.report.tables.table import Table

if TYPE_CHECKING:
    from allocator.results.run import RunRecord

MAKERS: dict[str, Callable[[RunRecord], Table]] = {
    "tasks": plan_tables.tasks,
    "decision": decision_tables.decision,
    "findings": findings_table.findings,
    "levels": plan_tables.levels,
    "allocation": plan_tables.allocation,
    "filled": timeline_tables.filled,
    "shortfalls": plan_tables.shortfalls,
    "contested": plan_tables.contested,
    "departures": front_tables.departures,
    "released": plan_tables.released,
    "packages": set_tables.packages,
    "packages_released": set_tables.packages_released,
    "package_values": package_tables.package_values,
    "power": package_tables.power,
    "coalitions": package_tables.coalitions,
    "replacement": package_tables.replacement,
    "surviving": package_tables.surviving,
    "front": front_tables.front,
    "front_units": front_tables.front_units,
    "unlocking": set_tables.unlocking,
    "blocking": set_tables.blocking,
    "ways": way_tables.ways,
    "influence": way_tables.influence,
    "world_maps": way_tables.world_maps,
    "necessary": set_tables.necessary,
    "waiting": force_tables.waiting_for,
    "gaps": force_tables.gaps,
    "sums": force_tables.sums,
    "rules": force_tables.rules,
    "lifts": force_tables.lifts,
    "relaxations": force_tables.relaxations,
    "pools": pool_tables.pools,
    "net_availability": force_tables.net_availability,
}


def table(run: RunRecord, name: str) -> Table:
    """One table of the run. Raises KeyError for a table there is not."""
    return dated(MAKERS[name](run), run.problem.calendar)


ASKED = {"surviving": "survive"}
"""Tables that a run has only where an option asks for them."""


def all_tables(run: RunRecord) -> tuple[Table, ...]:
    """Return the tables that the run's folder holds."""
    left_out = {name for name, option in ASKED.items() if option not in run.options}
    return tuple(table(run, name) for name in MAKERS if name not in left_out)
