"""Relations that hold whatever the answer: between a problem and one that is ordered, named or
supplied differently."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from random import Random
from typing import Any

import pytest

from allocator.engines import Settings
from allocator.inputs.inspection import from_tables
from allocator.inputs.problem import Problem, World, build
from allocator.results.result import Gaps, Result
from allocator.search.blockers.verdict import judge
from tests.generator import Question, question
from tests.plenty import analyse, plenty

RANK = {"short": 0, "blocked": 1, "ready": 2}
ID_COLUMNS = {"nation", "capability", "commitment", "caveat", "precondition", "world"}
Row = dict[str, Any]


def _built(tables: dict[str, list[Row]], models: list[Row]) -> Problem:
    workspace, issues = from_tables(tables, models)
    assert workspace is not None, [str(issue) for issue in issues]
    return build(workspace, "m")


# --- the order of rows ------------------------------------------------------------------------


@pytest.mark.parametrize("first", [0, 10, 20])
def test_the_order_of_rows_changes_nothing(first: int) -> None:
    """Not a byte of the result: rows of tables, tasks and lines in any order."""
    for seed in range(first, first + 10):
        asked = question(seed)
        other = _shuffled(asked, Random(seed))
        ours = analyse(asked.problem, asked.world).result
        theirs = analyse(other, asked.world).result
        assert theirs.model_dump_json() == ours.model_dump_json(), f"seed {seed}"


def _shuffled(asked: Question, rng: Random) -> Problem:
    def mixed(rows: list[Any]) -> list[Any]:
        return rng.sample(rows, len(rows))

    models = [
        model
        | {"tasks": [task | {"lines": mixed(task["lines"])} for task in mixed(model["tasks"])]}
        for model in mixed(asked.models)
    ]
    return _built({name: mixed(rows) for name, rows in asked.tables.items()}, models)


# --- names ------------------------------------------------------------------------------------


@pytest.mark.parametrize("first", [0, 10, 20])
def test_names_change_nothing_but_names(first: int) -> None:
    """Every id renamed, so that ids sort the other way round: the same answers, renamed. Which of
    several equally good allocations is shown may differ."""
    for seed in range(first, first + 10):
        asked = question(seed)
        new = _names(asked)
        renamed = _built(*_renamed(asked, new))
        world = World(asked.world.name, {new[p]: s for p, s in asked.world.starts.items()})
        ours = analyse(asked.problem, asked.world).result
        theirs = analyse(renamed, world).result
        same: Callable[[str], str] = lambda name: name  # noqa: E731
        assert _answers(ours, new.__getitem__) == _answers(theirs, same), f"seed {seed}"


def _names(asked: Question) -> dict[str, str]:
    ids = {row[column] for rows in asked.tables.values() for row in rows for column in row
           if column in ID_COLUMNS}  # fmt: skip
    ids |= {task["task"] for model in asked.models for task in model["tasks"]}
    ids = {part for cell in ids for part in cell.split(";")} - set(asked.problem.worlds)
    return {name: f"x{len(ids) - i:02}_{name}" for i, name in enumerate(sorted(ids))}


def _renamed(asked: Question, new: dict[str, str]) -> tuple[dict[str, list[Row]], list[Row]]:
    def change(value: Any) -> Any:
        if isinstance(value, str):
            return re.sub(r"\w+", lambda word: new.get(word[0], word[0]), value)
        if isinstance(value, list):
            return [change(item) for item in value]
        if isinstance(value, dict):
            return {new.get(key, key) if key in CAPABILITIES else key: change(item)
                    for key, item in value.items()}  # fmt: skip
        return value

    tables = {name: [change(row) for row in rows] for name, rows in asked.tables.items()}
    return tables, [change(model) for model in asked.models]


CAPABILITIES = ("bn", "hq", "med")


def _answers(result: Result, new: Callable[[str], str]) -> dict[str, object]:
    def sets(family: Iterable[Iterable[str]]) -> frozenset[frozenset[str]]:
        return frozenset(frozenset(map(new, members)) for members in family)

    answers: dict[str, object] = {
        "levels": [(level.objective, level.value, level.status) for level in result.plan.levels]
    }
    for record in result.tasks:
        answers[new(record.task)] = (
            record.verdict,
            sets(package.nations for package in record.packages.sets),
            sets(record.unlocking.sets),
            sets(record.blocking.sets),
            frozenset(map(new, record.necessary)),
            record.gaps.units_status,
            frozenset(_lifts(record.gaps, new)),
        )
    return answers


def _lifts(gaps: Gaps, new: Callable[[str], str]) -> Iterator[frozenset[str]]:
    for lift in gaps.lifts:
        yield frozenset(map(new, (*lift.caveats, *lift.commitments)))


# --- more of anything good --------------------------------------------------------------------


def _verdict(problem: Problem, world: World, task: str) -> int:
    return RANK[judge(problem, world, task, Settings(), plenty()).verdict]


@pytest.mark.parametrize("first", range(0, 60, 10))
def test_more_of_anything_good_never_makes_a_task_worse(first: int) -> None:
    """A unit more, a caveat or a commitment less, a precondition met: ready stays ready, and what
    was blocked does not become short."""
    for seed in range(first, first + 10):
        asked = question(seed)
        rng = Random(seed)
        for task in asked.problem.tasks:
            before = _verdict(asked.problem, asked.world, task.id)
            for what, problem, world in _better(asked.problem, asked.world, rng):
                after = _verdict(problem, world, task.id)
                assert after >= before, f"seed {seed}: {task.id} with {what}"


def _better(problem: Problem, world: World, rng: Random) -> Iterator[tuple[str, Problem, World]]:
    pair = rng.choice(sorted(problem.availability))
    units = tuple(quantity + 1 for quantity in problem.availability[pair])
    more = {**problem.availability, pair: units}
    yield f"more of {pair}", replace(problem, availability=more), world
    if problem.caveats:
        out = rng.choice(problem.caveats)
        caveats = tuple(caveat for caveat in problem.caveats if caveat != out)
        yield f"no caveat {out.id}", replace(problem, caveats=caveats), world
    if problem.commitments:
        gone = rng.choice(problem.commitments)
        commitments = tuple(one for one in problem.commitments if one != gone)
        yield f"no commitment {gone.id}", replace(problem, commitments=commitments), world
    met = rng.choice(sorted(problem.preconditions))
    yield f"{met} met", problem, problem.meeting(world, [met])
