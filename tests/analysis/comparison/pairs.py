"""Pairs of tiny workspaces that differ in a few things, and every mixture of the two.

Side b is side a with pieces of a third workspace in it, in a world of its own; ids come from the
same small pools, so that pieces fit. The same seed gives the same pair.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from copy import deepcopy
from datetime import date
from itertools import combinations
from random import Random
from typing import Any

from allocator.analysis.comparison.counterfactual_inputs import CounterfactualInputs
from allocator.analysis.comparison.side import Inputs, Side
from allocator.analysis.comparison.stated import Key
from allocator.deadline import Deadline
from allocator.engines import Settings
from allocator.inputs.firmness import COUNTS
from allocator.inputs.inspection import from_tables
from allocator.inputs.problem import Problem, World, build
from allocator.inputs.workspace import Workspace
from allocator.results.result import Plan, Result, TaskRecord, Verdict, WorldRecord
from allocator.search.blockers.verdict import judge as engine_judge
from tests.composing import compose
from tests.generator import ON, tables_and_models
from tests.offering import offers

IDS = {
    "availability": "",
    "commitments": "commitment",
    "caveats": "caveat",
    "preconditions": "precondition",
    "capabilities": "capability",
}
CELLS = ("requires", "periods", "area", "axis", "min_nations", "max_nations", "max_share", "lead")
COMPOSED_CELLS = ("members", "reinforces", "area", "axis")
LINE_CELLS = (
    ("minimum",),
    ("min_contribution",),
    ("minimum", "any_of", "one_per", "of", "min_contribution", "capability"),
)

Judge = Callable[[Problem, World, str], Verdict]


def judged(problem: Problem, world: World, task: str) -> Verdict:
    """By the engines; whoever wants the definition's own words asks the oracle."""
    return engine_judge(problem, world, task, Settings(), Deadline(60)).verdict


def pair(seed: int, *, composed: bool = False, offered: bool = False) -> tuple[Side, Side]:
    """`composed`: with what `composing.py` puts on top, on both sides. `offered`: with offers, of
    which some are counted, and days of their own."""
    rng = Random(f"pair {seed}")
    tables, models = _tables(seed, composed)
    if offered:
        tables["offers"] = offers(rng, tables, models)
        # Of what is taken from offers there is no rest.
        pairs = {(row["nation"], row["capability"]) for row in tables["offers"]}
        tables["commitments"] = [
            row
            for row in tables["commitments"]
            if row["quantity"] != "rest" or (row["nation"], row["capability"]) not in pairs
        ]
    workspace, _ = from_tables(tables, models)
    assert workspace is not None
    changed = None
    while changed is None:
        changed = _changed(rng, deepcopy(tables), deepcopy(models), composed)
    return _side(rng, "a", workspace, offered), _side(rng, "b", changed, offered)


def _tables(seed: int, composed: bool) -> tuple[Any, Any]:
    tables, models = tables_and_models(seed)
    if composed:
        compose(seed, tables, models)
    return tables, models


def _changed(rng: Random, tables: Any, models: Any, composed: bool) -> Workspace | None:
    """The workspace with some pieces of another; None where they do not fit."""
    other_tables, other_models = _tables(rng.randint(0, 10_000), composed)
    cells = (*CELLS, *COMPOSED_CELLS) if composed else CELLS
    ids = dict(IDS)
    if "offers" in tables:
        ids["offers"] = "offer"
        other_tables["offers"] = offers(rng, other_tables, other_models)
    for _ in range(rng.randint(1, 5)):
        if rng.random() < 0.6:
            name = rng.choice(sorted(ids))
            _swap_row(rng, tables[name], other_tables[name], ids[name])
        else:
            _swap_cell(rng, models[0], other_models[0], cells)
    return from_tables(tables, models)[0]


def _swap_row(rng: Random, rows: list[Any], others: list[Any], id_column: str) -> None:
    """A row less, a row more, or one in the place of another with its id."""
    if rows and rng.random() < 0.4:
        rows.pop(rng.randrange(len(rows)))
    elif others:
        row = rng.choice(others)
        if id_column:
            rows[:] = [r for r in rows if r[id_column] != row[id_column]]
        rows.append(row)


def _swap_cell(rng: Random, model: Any, other: Any, cells: tuple[str, ...]) -> None:
    if rng.random() < 0.1:
        model["horizon"] = other["horizon"]
    task, source = rng.choice(model["tasks"]), rng.choice(other["tasks"])
    if rng.random() < 0.5:
        _copy(source, task, (rng.choice(cells),))
    elif rng.random() < 0.3 and len(task["lines"]) > 1:
        task["lines"].pop(rng.randrange(len(task["lines"])))
    else:
        lines = rng.choice(source["lines"]), rng.choice(task["lines"])
        _copy(*lines, rng.choice(LINE_CELLS))


def _copy(source: Any, target: Any, columns: Iterable[str]) -> None:
    for column in columns:
        target.pop(column, None)
        if column in source:
            target[column] = source[column]


def _side(rng: Random, name: str, workspace: Workspace, offered: bool) -> Side:
    counted = (rng.choice(COUNTS), rng.choice((ON, ON, date(2027, 1, 1)))) if offered else ()
    problem = build(workspace, "m", *counted)
    worlds = ["today", *sorted(problem.worlds)]
    names = sorted(problem.preconditions)
    extra = {n: rng.randint(1, problem.horizon) for n in names if rng.random() < 0.2}
    return side(name, workspace, problem, problem.world(rng.choice(worlds), extra))


def side(
    name: str, workspace: Workspace, problem: Problem, world: World, judge: Judge = judged
) -> Side:
    """A side with the verdicts that `judge` finds, and no plan."""
    records = tuple(
        TaskRecord(task=task.id, verdict=judge(problem, world, task.id)) for task in problem.tasks
    )
    result = Result(
        model=problem.model,
        world=WorldRecord(name=world.name, holds=world.starts),
        plan=Plan(),
        tasks=records,
    )
    return Side(name, result, {}, Inputs(workspace, problem))


Table = dict[frozenset[Key], Verdict]


def table(a: Side, b: Side, task: str, keys: Iterable[Key], judge: Judge = judged) -> Table:
    """The verdict with every subset of the differences taken from b."""
    mixture, keys = CounterfactualInputs(a, b), tuple(keys)
    subsets = (frozenset(c) for size in range(len(keys) + 1) for c in combinations(keys, size))
    return {taken: judge(*mixture.with_(taken), task) for taken in subsets}
