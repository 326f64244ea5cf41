"""A sweep as tables, as JSON data, and as JSON lines."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

from allocator.report.tables.table import Columns, Table, Value, joined, make_table, records, whole
from allocator.results.result import Verdict
from allocator.results.sweep import Case, CaseRecord, SweepFound, SweptCase, state_of

VERDICTS: tuple[Verdict, ...] = ("ready", "blocked", "short", "unknown")

_PLACE: Columns = {
    "case": whole("its number, in the order of the sweep's file"),
    "model": "the operation model",
    "world": "the world, as the file calls it",
    "change": "the change, as the file calls it; blank where the file has none",
    "draw": whole("the draw of the figures; blank where they stand as stated"),
}


def _place(case: Case) -> tuple[Value, ...]:
    return case.number, case.model, case.world, case.change, case.draw


def sweep(found: SweepFound) -> Table:
    columns: Columns = {
        **_PLACE,
        "state": "decided: all of it is proved, the same on any machine; open: within its "
        "time limit something stayed unknown, or was not proved to be best; fault: no answer; "
        "waiting: its turn has not come",
        "ready": "tasks that can be staffed",
        "blocked": "tasks that can be once open preconditions are met",
        "short": "tasks that not even then can be staffed; proved",
        "unknown": "tasks that were not decided in the time",
        "plan": "of the joint plan: optimal, feasible or unknown; blank where it was not asked for",
        "fault": "why there is no answer",
        "key": "hash of inputs, changes, options and versions",
    }
    rows = ((*_place(case), *_answer(record), case.key) for case, record in found.cases)
    return make_table("sweep", "One row a case.", columns, rows)


def _answer(record: CaseRecord | None) -> tuple[Value, ...]:
    if record is None:
        return (state_of(record), *(None,) * 6)
    verdicts = (joined(t for t, v in record.tasks.items() if v == word) for word in VERDICTS)
    plan = record.plan.status if record.plan is not None else None
    return (state_of(record), *verdicts, plan, record.fault)


def verdicts(found: SweepFound) -> Table:
    columns: Columns = {
        **_PLACE,
        "task": "id of the task",
        "verdict": "ready, blocked, short or unknown",
    }
    rows = (
        (*_place(case), task, verdict)
        for case, record in found.cases
        if record
        for task, verdict in record.tasks.items()
    )
    return make_table("sweep_verdicts", "One row a case and task.", columns, rows)


def levels(found: SweepFound) -> Table:
    columns: Columns = {
        **_PLACE,
        "level": whole("its rank, 1 first"),
        "objective": "what is optimised",
        "value": whole("reached by the joint plan"),
        "bound": whole("proved: no plan that keeps the levels before does better"),
        "status": "optimal where value and bound meet, else feasible",
    }
    rows = (
        (*_place(case), rank, one.objective, one.value, one.bound, one.status)
        for case, record in found.cases
        if record and record.plan
        for rank, one in enumerate(record.plan.levels, 1)
    )
    return make_table("sweep_levels", "One row a case and level of its joint plan.", columns, rows)


def shares(found: SweepFound) -> Table:
    columns: Columns = {
        "model": "the operation model",
        "world": "the world, as the file calls it",
        "change": "the change, as the file calls it; blank where the file has none",
        "task": "id of the task",
        "cases": whole("cases with an answer for it", "cases"),
        **{word: whole(f"cases in which it is {word}", "cases") for word in VERDICTS},
    }
    rows: Iterator[tuple[Value, ...]] = (
        (
            one.model,
            one.world,
            one.change,
            one.task,
            one.cases,
            *(one.verdicts[word] for word in VERDICTS),
        )
        for one in found.by_task()
    )
    return make_table("sweep_shares", "One row a model, world, change and task.", columns, rows)


TABLES: dict[str, Callable[[SweepFound], Table]] = {
    "sweep": sweep,
    "sweep_verdicts": verdicts,
    "sweep_levels": levels,
    "sweep_shares": shares,
}


def tables(found: SweepFound) -> tuple[Table, ...]:
    """All of them, in reading order."""
    return tuple(make(found) for make in TABLES.values())


def data(found: SweepFound) -> dict[str, Any]:
    """What `--json` prints."""
    counted = shares(found)
    return {
        "schema": 1,
        "name": found.name,
        "states": found.states,
        "shares": records(counted),
        "cases": [_case(one) for one in found.cases],
        "timed_out": found.timed_out,
        "interrupted": found.interrupted,
    }


def lines(found: SweepFound) -> bytes:
    """The cases as JSON lines, one each."""
    return "".join(_lines(found)).encode()


def _lines(found: SweepFound) -> Iterator[str]:
    for one in found.cases:
        yield json.dumps(_case(one), ensure_ascii=False, allow_nan=False) + "\n"


def _case(swept: SweptCase) -> dict[str, Any]:
    case, record = swept
    known = record or CaseRecord()
    return {
        "case": case.number,
        "model": case.model,
        "world": case.world,
        "change": case.change or None,
        "draw": case.draw,
        "state": state_of(record),
        "tasks": [{"task": task, "verdict": verdict} for task, verdict in known.tasks.items()],
        "plan": known.plan and known.plan.model_dump(mode="json"),
        "fault": known.fault,
        "key": case.key,
    }
