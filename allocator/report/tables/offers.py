"""Offers as tables and as JSON data."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from allocator.inputs.firmness import COUNTS, STATUSES
from allocator.report.tables.dated import dated
from allocator.report.tables.table import Columns, Table, Value, make_table, whole, yes_no
from allocator.results.offers import OffersFound, WallLine


def data(found: OffersFound) -> dict[str, Any]:
    """What `--json` prints."""
    return {
        "schema": 1,
        "model": found.problem.model,
        "world": {"name": found.world.name, "holds": dict(found.world.starts)},
        "count": found.problem.count,
        "on": None if found.problem.on is None else str(found.problem.on),
        "tasks": [
            {"task": one.task, "ladder": dict(one.verdicts), "firmest": one.firmest}
            for one in found.tasks
        ],
        "plan": {
            "status": found.plan,
            "levels": [level.model_dump(mode="json") for level in found.levels],
            "staffed": list(found.staffed),
            "beyond_offers": found.beyond_offers,
        },
        "askings": [asdict(one) for one in found.askings],
        "unused": [asdict(one) for one in found.unused],
        "stale": list(found.stale),
        "running_out": list(found.running_out),
        "beyond": [asdict(one) for one in found.beyond],
        "wall": [asdict(one) for one in found.wall],
        "timed_out": found.timed_out,
        "interrupted": found.interrupted,
        "faults": list(found.faults),
    }


def tables(found: OffersFound) -> tuple[Table, ...]:
    """All of them, in reading order; with months where the model says in which it starts."""
    return tuple(table(found, name) for name in MAKERS)


def table(found: OffersFound, name: str) -> Table:
    """The table of this name."""
    return dated(MAKERS[name](found), found.problem.calendar)


def ladder(found: OffersFound) -> Table:
    columns: Columns = {
        "task": "task",
        "firmest": "firmest level at which it is ready: in_place, firm, indicated, possible, "
        "inventory (all that is held), or none",
        "certain": "yes where no firmer level was left open",
        **{level: f"its verdict where {_counted(level)} counts" for level in COUNTS},
    }
    rows = (
        (
            one.task,
            one.firmest or "none",
            yes_no(one.certain),
            *(one.verdicts[level] for level in COUNTS),
        )
        for one in found.tasks
    )
    return make_table("ladder", "One row a task: how firm offers have to be.", columns, rows)


def _counted(level: str) -> str:
    if level == COUNTS[-1]:
        return "all that is held"
    return f"what is offered as {level}" + ("" if level == COUNTS[0] else " or firmer")


def wall(found: OffersFound) -> Table:
    columns: Columns = {
        "task": "task",
        "line": "requirement line",
        "period": whole("period, counted from 1"),
        "minimum": whole("units that the line needs", "units"),
        "target": whole("units wanted", "units"),
        **{s: whole(f"offered as {s}, in units of the line", "units") for s in STATUSES},
        "waiting": whole("offered on a condition that does not hold", "units"),
        "gap": whole("what all that is offered lacks to the minimum", "units"),
        **{f"{s}_people": whole(f"people offered as {s}", "people") for s in STATUSES},
        "who": "nations that could still fill it, with units and people beyond what they offer",
    }
    return make_table(
        "wall",
        "One row a requirement line and period; an offer for several lines stands at each.",
        columns,
        map(_wall_row, found.wall),
    )


def _wall_row(one: WallLine) -> tuple[Value, ...]:
    offered = (one.offered[status] for status in STATUSES)
    people = (one.people[status] for status in STATUSES)
    needs = (one.task, one.line, one.period, one.minimum, one.target)
    return (*needs, *offered, one.waiting, one.gap, *people, who(one))


def who(one: WallLine) -> str:
    """Who could still fill the line: nation, units, people."""
    return "; ".join(
        f"{f.nation} {f.units:,} {f.capability} ({f.people:,} people)" for f in one.fillers
    )


def askings(found: OffersFound) -> Table:
    columns: Columns = {
        "nation": "nation that the plan asks",
        "task": "task that it is to serve",
        "capability": "kind of unit",
        "period": whole("period, counted from 1"),
        "quantity": whole("units that the plan sends and no offer covers", "units"),
    }
    rows = ((a.nation, a.task, a.capability, a.period, a.quantity) for a in found.askings)
    return make_table("askings", "One row for units asked beyond offers.", columns, rows)


def unused(found: OffersFound) -> Table:
    columns: Columns = {
        "offer": "id of the offer",
        "nation": "nation whose it is",
        "capability": "kind of unit",
        "status": "how firm it is",
        "period": whole("period, counted from 1"),
        "quantity": whole("units of it that the plan does not use", "units"),
        "reason": "what keeps them out, where that is proved of the plan as it is",
    }
    offers = {offer.id: offer for offer in found.problem.offers}
    rows = (
        (
            one.offer,
            offers[one.offer].nation,
            offers[one.offer].capability,
            offers[one.offer].status,
            one.period,
            one.quantity,
            one.reason,
        )
        for one in found.unused
    )
    return make_table("unused", "One row for units that are offered and not used.", columns, rows)


def overstated(found: OffersFound) -> Table:
    columns: Columns = {
        "nation": "nation",
        "capability": "kind of unit",
        "period": whole("period, counted from 1"),
        "offered": whole("units offered, all offers together", "units"),
        "kept": whole("units that its own forces keep up then, beside other periods", "units"),
    }
    rows = ((o.nation, o.capability, o.period, o.offered, o.kept) for o in found.beyond)
    return make_table(
        "overstated", "One row for offers beyond what a nation's forces keep up.", columns, rows
    )


def dates(found: OffersFound) -> Table:
    columns: Columns = {"offer": "id of the offer", "state": "out of date, or runs out in a month"}
    rows = (
        *((name, "out of date") for name in found.stale),
        *((name, "runs out within a month") for name in found.running_out),
    )
    return make_table(
        "dates", "One row an offer that is out of date or soon will be.", columns, rows
    )


MAKERS = {
    "ladder": ladder,
    "wall": wall,
    "askings": askings,
    "unused": unused,
    "overstated": overstated,
    "dates": dates,
}
"""The tables of an answer by name, in reading order."""
