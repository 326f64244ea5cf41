"""Ranges as tables and as JSON data."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from allocator.inputs.problem.ranges import Unit
from allocator.inputs.schema.calendar import Calendar
from allocator.report.sentences import ranges as say
from allocator.report.tables.table import (
    Columns,
    Table,
    Value,
    make_table,
    number,
    whole,
    yes_no,
)
from allocator.results.certificate import Proof
from allocator.results.ranges import Chance, Corner, First, RangesFound, TaskRanges, Together

SHARE = "share of draws, 0 to 1"


def tables(found: RangesFound) -> tuple[Table, ...]:
    """All of them, in reading order."""
    return tasks(found), together(found), failing(found), first(found), figures(found)


def tasks(found: RangesFound) -> Table:
    columns: Columns = {
        "task": "id of the task",
        "stated": "its verdict as the figures stand: ready, blocked, short or unknown",
        "over_ranges": "surely ready, surely not, open or unknown",
        "worst_corner": "whether it is ready with every figure at its harmful end",
        "worst_proof": "what shows it",
        "best_corner": "whether it is ready with every figure at its helpful end",
        "best_proof": "what shows it",
        "together": whole("the fewest figures off together that are known to turn it", "figures"),
        "together_bound": whole("proved: fewer never turn it", "figures"),
        "chance": number("draws in which it is ready", SHARE),
        "chance_low": number("lower end of its 95 % interval", SHARE),
        "chance_high": number("upper end of its 95 % interval", SHARE),
        "draws": whole("that were made", "draws"),
        "undecided": whole("that were not decided; counted as either", "draws"),
    }
    rows = (_task_row(record, found.calendar) for record in found.tasks)
    return make_table("ranges", "One row a task.", columns, rows)


def _task_row(record: TaskRanges, calendar: Calendar) -> tuple[Value, ...]:
    (_, worst), (_, best) = say.corners(record, calendar)
    both, chance = record.together, record.chance
    return (
        record.task,
        record.stated,
        record.over_ranges,
        record.worst.ready,
        worst,
        record.best.ready,
        best,
        both.number if both else None,
        both.bound if both else None,
        *((chance.share, chance.low, chance.high) if chance else (None, None, None)),
        *((chance.draws, chance.undecided) if chance else (None, None)),
    )


def together(found: RangesFound) -> Table:
    columns: Columns = {
        "task": "id of the task",
        **_FIGURE,
        "to": whole("its value at the end that counts", "units"),
    }
    rows = (
        (record.task, *_figure_of(unit, i), one.harmful if both.harmful else one.helpful)
        for record in found.tasks
        if (both := record.together)
        for unit in both.units
        for i, one in enumerate(unit.ranges)
    )
    return make_table(
        "together", "One row a figure of the set that turns a task together.", columns, rows
    )


def failing(found: RangesFound) -> Table:
    columns: Columns = {
        "task": "id of the task",
        "proof": "what shows that it is not ready",
        "draws": whole("draws that it was shown in", "draws"),
        "share": number("of the draws in which it is not ready", SHARE),
    }
    rows = (
        (record.task, say.place_of_proof(one.proof, found.calendar), one.draws, one.draws / noes)
        for record in found.tasks
        if (chance := record.chance)
        for one in chance.failing
        if (noes := chance.draws - chance.ready - chance.undecided)
    )
    return make_table("failing", "One row a reason why draws fail.", columns, rows)


def first(found: RangesFound) -> Table:
    columns: Columns = {
        "task": "id of the task",
        "figure": "place of the figure, or name of the group",
        "id": "kind and row of the figure, or the group",
        "from": number(
            "chance in the draws with the figure in its low third, where all are decided", SHARE
        ),
        "to": number(
            "chance in the draws with the figure in its high third, where all are decided", SHARE
        ),
        "flip": whole("the nearest value in its range that alone turns the verdict", "units"),
        "flip_open": "yes where it was looked for and is not decided",
        "from_least": number("what `from` is at the least, undecided draws as not ready", SHARE),
        "from_most": number("what `from` is at the most, undecided draws as ready", SHARE),
        "to_least": number("what `to` is at the least, undecided draws as not ready", SHARE),
        "to_most": number("what `to` is at the most, undecided draws as ready", SHARE),
    }
    rows = (
        (record.task, *(_first(one) | {"flip_open": yes_no(one.flip_open)}).values())
        for record in found.tasks
        for one in record.first
    )
    return make_table(
        "first", "One row a figure or group: what to settle first, on top.", columns, rows
    )


_FIGURE: Columns = {
    "group": "its group, if any",
    "kind": "availability, commitment, offer or minimum (of a line)",
    "row": "nation and capability, commitment, offer, or task.line",
    "name": "what the figure is",
    "place": "file and row of the figure",
    "stated": whole("the figure as it stands", "units"),
    "low": whole("the least that it may be", "units"),
    "high": whole("the most that it may be", "units"),
}


def figures(found: RangesFound) -> Table:
    rows = (_figure_of(unit, i) for unit in found.units for i in range(len(unit.ranges)))
    return make_table("figures", "One row a figure that has a range.", _FIGURE, rows)


def _figure_of(unit: Unit, number: int) -> tuple[Value, ...]:
    one = unit.ranges[number]
    f = one.figure
    return unit.group, f.kind, f.row, f.name, f.place, f.value, one.low, one.high


def data(found: RangesFound) -> dict[str, Any]:
    """What `--json` prints."""
    return {
        "schema": 1,
        "model": found.model,
        "world": found.world,
        "spread": dict(found.spread),
        "draws": found.draws,
        "seed": found.seed,
        "uniform": found.uniform,
        "figures": len(found.units),
        **_likelihoods(found),
        "tasks": [_task(record) for record in found.tasks],
    }


def _likelihoods(found: RangesFound) -> dict[str, Any]:
    """The preconditions that were drawn, only where that was asked for."""
    if found.preconditions is None:
        return {}
    drawn = found.preconditions.items()
    told = [{"precondition": name, "likelihood": chance} for name, chance in drawn]
    return {"preconditions": told}


def _task(record: TaskRanges) -> dict[str, Any]:
    return {
        "task": record.task,
        "stated": record.stated,
        "over_ranges": record.over_ranges,
        "worst": _corner(record.worst),
        "best": _corner(record.best),
        "together": record.together and _together(record.together),
        "chance": record.chance and _chance(record.chance),
        "first": [_first(one) for one in record.first],
    }


def _corner(corner: Corner) -> dict[str, Any]:
    proof = None if corner.stated else corner.proof
    by = proof.by if proof else "plan" if corner.ready == "yes" else None
    is_sum = proof is not None and proof.by == "sum"
    return {
        "ready": corner.ready,
        "by": "stated" if corner.stated else by,
        "lines": list(proof.lines) if proof else [],
        "periods": list(proof.periods) if proof else [],
        "need": proof.need if proof and is_sum else None,
        "supply": proof.supply if proof and is_sum else None,
    }


def _together(found: Together) -> dict[str, Any]:
    return {
        "figures": [unit.place for unit in found.units],
        "number": found.number,
        "bound": found.bound,
        "changes": [dict(change) for unit in found.units for change in _changes(unit, found)],
    }


def _changes(unit: Unit, found: Together) -> Iterable[dict[str, Any]]:
    for one in unit.ranges:
        yield {
            "group": unit.group,
            "kind": one.figure.kind,
            "row": one.figure.row,
            "place": one.figure.place,
            "from": one.figure.value,
            "to": one.harmful if found.harmful else one.helpful,
        }


def _chance(found: Chance) -> dict[str, Any]:
    return {
        "share": found.share,
        "low": found.low,
        "high": found.high,
        "draws": found.draws,
        "undecided": found.undecided,
        "failing": [{"draws": one.draws, **_proof_place(one.proof)} for one in found.failing],
    }


def _proof_place(proof: Proof) -> dict[str, Any]:
    return {"by": proof.by, "lines": list(proof.lines), "periods": list(proof.periods)}


def _first(one: First) -> dict[str, Any]:
    return {
        "figure": one.unit.place,
        "id": one.unit.id,
        "from": one.low and one.low.exact,
        "to": one.high and one.high.exact,
        "flip": one.flip,
        "flip_open": one.flip_open,
        "from_least": one.low and one.low.least,
        "from_most": one.low and one.low.most,
        "to_least": one.high and one.high.least,
        "to_most": one.high and one.high.most,
    }
