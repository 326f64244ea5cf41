"""Tables of the price of ways, and of how much each precondition matters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allocator.report.sentences.ways import ways as priced
from allocator.report.tables.table import (
    MARGIN,
    PERCENT,
    SHARE,
    Columns,
    Table,
    Value,
    joined,
    make_table,
    number,
    whole,
    yes_no,
)

if TYPE_CHECKING:
    from allocator.results.run import RunRecord


def ways(run: RunRecord) -> Table:
    columns: Columns = {
        "task": "id of the task",
        "rank": whole("1 takes the least effort; then the likeliest, then the smallest"),
        "effort": whole("of its preconditions, summed", "effort points"),
        "likelihood_percent": number(
            "that all come about, taken as independent; blank without figures", PERCENT
        ),
        "size": whole("how many preconditions it has", "preconditions"),
        "holders": "who must bring something about, ';' between",
        "preconditions": "what is brought about, ';' between",
    }
    rows: list[tuple[Value, ...]] = []
    for record in run.result.tasks:
        for rank, way in enumerate(priced(run.problem, record.unlocking.sets), 1):
            rows.append(
                (
                    record.task,
                    rank,
                    way.effort,
                    _percent(way.likelihood),
                    len(way.preconditions),
                    joined(way.holders),
                    joined(way.preconditions),
                )
            )
    return make_table("ways", "One row an unlocking set, with its price.", columns, rows)


def influence(run: RunRecord) -> Table:
    columns: Columns = {
        "task": "id of the blocked task",
        "precondition": "id of the precondition",
        "banzhaf": number("share of the others' worlds in which it decides (Banzhaf index)", SHARE),
        "banzhaf_margin": number(MARGIN, SHARE),
        "shapley": number("Shapley-Shubik index; blank where worlds were sampled", SHARE),
        "necessary": "yes: in every way; blank where not known",
        "never_needed": "yes: in no way; blank where not known",
        "substitutes": (
            "preconditions that may take its place in every way that has it and not them, "
            "';' between"
        ),
        "exact": "no: from a sample of worlds",
    }
    rows: list[tuple[Value, ...]] = []
    for task, notes in run.notes.items():
        for item in notes.world_map.influence if notes.world_map else ():
            rows.append(
                (
                    task,
                    item.precondition,
                    round(item.banzhaf, 6),
                    round(notes.world_map.banzhaf_margin, 6) if notes.world_map else None,
                    None if item.shapley is None else round(item.shapley, 6),
                    None if item.necessary is None else yes_no(item.necessary),
                    None if item.never_needed is None else yes_no(item.never_needed),
                    joined(item.substitutes),
                    yes_no(notes.world_map is not None and notes.world_map.exact),
                )
            )
    text = "One row a precondition that can matter to a blocked task (`blockers` only)."
    return make_table("influence", text, columns, rows)


def world_maps(run: RunRecord) -> Table:
    columns: Columns = {
        "task": "id of the blocked task",
        "worlds": whole("worlds of the open preconditions that can matter", "worlds"),
        "ready_percent": number("share of them in which the task is ready", PERCENT),
        "margin_percent": number(MARGIN, PERCENT),
        "likelihood_percent": number(
            "probability that it is ready, likelihoods taken as independent", PERCENT
        ),
        "likelihood_margin_percent": number(MARGIN, PERCENT),
        "cheapest_effort": whole("least effort known to unlock the task", "effort points"),
        "effort_bound": whole("proved: no way takes less effort", "effort points"),
        "cheapest_way": "its preconditions, ';' between",
    }
    rows = (_map_row(run, task) for task in run.notes)
    kept = (row for row in rows if any(value is not None for value in row[1:]))
    text = "One row a blocked task over all worlds of its preconditions."
    return make_table("world_maps", text, columns, kept)


def _map_row(run: RunRecord, task: str) -> tuple[Value, ...]:
    found, best = run.notes[task].world_map, run.notes[task].cheapest
    shares: tuple[Value, ...] = (None, None, None, None, None)
    if found is not None:
        beside = None if found.likelihood is None else found.likelihood_margin
        percents = map(_percent, (found.ready, found.margin, found.likelihood, beside))
        shares = (found.worlds, *percents)
    price: tuple[Value, ...] = (None, None, None)
    if best is not None:
        price = (best.effort, best.bound, joined(best.preconditions))
    return (task, *shares, *price)


def _percent(share: float | None) -> float | None:
    return None if share is None else round(100 * share, 3)
