"""The random workspaces are what the tests that use them count on: mixed, rich and small."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any

import pytest

from allocator.checker import RULES
from allocator.inputs.conditions import (
    Always,
    AtLeast,
    Condition,
    Joins,
    Staffed,
    leaves,
    parse,
    tasks_in,
)
from allocator.inputs.problem import Problem
from allocator.inputs.schema import TABLES, Horizon, LeadRow, LineRow, OperationModel, TaskRow
from tests import oracle
from tests.brute.parts import NotTinyError
from tests.generator import Question, question
from tests.thorough import some

SEEDS = range(400)


@pytest.fixture(scope="module")
def questions() -> list[Question]:
    return [question(seed) for seed in SEEDS]


def test_the_same_seed_gives_the_same_question() -> None:
    first, again = question(7), question(7)
    assert (first.tables, first.models) == (again.tables, again.models)
    assert first.world == again.world


def test_every_verdict_has_a_fair_share_and_few_cases_are_too_large() -> None:
    verdicts: Counter[str] = Counter()
    for seed in some(range(250)):
        asked = question(seed)
        for task in asked.problem.tasks:
            try:
                verdicts[oracle.verdict(asked.problem, asked.world, task.id)] += 1
            except NotTinyError:
                verdicts["too large"] += 1
    total = sum(verdicts.values())
    assert all(verdicts[name] >= 0.15 * total for name in ("ready", "blocked", "short")), verdicts
    assert verdicts["too large"] <= 0.08 * total, verdicts


def test_every_column_is_filled_somewhere(questions: list[Question]) -> None:
    ranged = [question(seed, ranged=True) for seed in range(60)]
    filled = {
        (table, column)
        for asked in (
            *questions,
            *ranged,
            *(question(seed, offered=True) for seed in range(40)),
            *(question(seed, composed=True) for seed in range(40)),
        )
        for table, rows in asked.tables.items()
        for row in rows
        for column, cell in row.items()
        if cell != ""
    }
    for table, kind in TABLES.items():
        for column in kind.model_fields:
            assert (table, column) in filled


PARTS = {
    (): OperationModel,
    ("horizon",): Horizon,
    ("tasks",): TaskRow,
    ("tasks", "lead"): LeadRow,
    ("tasks", "lines"): LineRow,
}


def test_every_key_of_a_model_is_used_somewhere(questions: list[Question]) -> None:
    composed = [question(seed, composed=True) for seed in range(20)]
    ranged = [question(seed, ranged=True) for seed in range(20)]
    every = [*questions, *composed, *ranged]
    used = {path for asked in every for model in asked.models for path in _paths(model)}
    for where, kind in PARTS.items():
        for key in kind.model_fields:
            assert (*where, key) in used


def _paths(part: Mapping[str, Any], where: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    for key, value in part.items():
        yield (*where, key)
        parts = value if isinstance(value, list) else [value]
        for inner in parts:
            if isinstance(inner, dict):
                yield from _paths(inner, (*where, key))


CELLS: dict[tuple[str, str], tuple[str, ...]] = {
    ("nations", "kind"): ("nation", "organisation"),
    ("availability", "periods"): ("", "1-2", "2-", "-1", "1;3", "1"),
    ("commitments", "rotating"): ("yes", "no"),
    ("commitments", "to"): ("nato", "national", "eu", "other"),
    ("preconditions", "status"): ("met", "open", "ruled_out"),
    ("capabilities", "rotation"): ("1", "2", "3"),
    ("worlds", "from_period"): ("1", "2", "3"),
    ("caveats", "task"): ("t1;t2", "far"),
    ("caveats", "axis"): ("presence", "industry;presence"),
    ("caveats", "area"): ("west", "west;east"),
    ("caveats", "domain"): ("land", "land;enabler"),
    ("caveats", "capability"): ("bn", "bn;hq"),
    ("caveats", "max_personnel"): ("0", "20"),
}


@pytest.mark.parametrize(("table", "column"), CELLS)
def test_every_kind_of_cell_occurs(questions: list[Question], table: str, column: str) -> None:
    found = {row.get(column) for asked in questions for row in asked.tables[table]}
    assert found >= set(CELLS[table, column])


def _conditions(asked: Question) -> Iterator[Condition]:
    problem = asked.problem
    yield from (task.requires for task in problem.tasks)
    yield from (caveat.requires for caveat in problem.caveats)
    yield from (commitment.release_requires for commitment in problem.commitments)


def _forms(condition: Condition) -> Iterator[type]:
    yield type(condition)
    for part in getattr(condition, "parts", ()):
        yield from _forms(part)


def test_every_form_of_condition_occurs(questions: list[Question]) -> None:
    every = [*questions, *(question(seed, composed=True) for seed in range(20))]
    found = {form for q in every for condition in _conditions(q) for form in _forms(condition)}
    forms = (
        "a",
        "never",
        "always",
        "joins(A)",
        "led_by(A)",
        "staffed(t)",
        "at_least(1, a)",
        "a and b",
        "a or b",
    )
    assert found == {type(parse(text)) for text in forms}


def _repeats(problem: Problem) -> bool:
    conditions = (task.requires for task in problem.tasks)
    return any(isinstance(c, AtLeast) and len(set(c.parts)) < len(c.parts) for c in conditions)


def _own_nation(problem: Problem) -> bool:
    return any(Joins(c.nation) in leaves(c.requires) for c in problem.caveats)


def _own_task(problem: Problem) -> bool:
    return any(Staffed(task.id) in leaves(task.requires) for task in problem.tasks)


def _other_model(problem: Problem) -> bool:
    return any(
        isinstance(leaf, Staffed) and not problem.has_task(leaf.task)
        for caveat in problem.caveats
        for leaf in leaves(caveat.requires)
    )


def _cycle(problem: Problem) -> bool:
    named = {task.id: tasks_in(task.requires) - {task.id} for task in problem.tasks}
    return any(a in named.get(b, ()) for a, others in named.items() for b in others)


def _mutual(problem: Problem) -> bool:
    known = problem.preconditions
    return any(p.id in known[other].implies for p in known.values() for other in p.implies)


def _ruled_out_implied(problem: Problem) -> bool:
    known = problem.preconditions
    return any(
        p.status == "open" and known[other].status == "ruled_out"
        for p in known.values()
        for other in p.implies
    )


def _overcommitted(problem: Problem) -> bool:
    return any(
        sum(c.quantity[p - 1] for c in problem.commitments_of(n, cap)) > units[p - 1]
        for (n, cap), units in problem.availability.items()
        for p in problem.periods
    )


def _leads(who: str) -> Callable[[Problem], bool]:
    return lambda problem: any(
        task.lead is not None and getattr(task.lead, who) for task in problem.tasks
    )


def _lead_of_any(problem: Problem) -> bool:
    leads = (task.lead for task in problem.tasks if task.lead)
    return any(lead.any_of is None and lead.all_of is None for lead in leads)


def _scaled(with_of: bool) -> Callable[[Problem], bool]:
    return lambda problem: any(
        line.scaled and bool(line.of) == with_of for task in problem.tasks for line in task.lines
    )


@pytest.mark.parametrize(
    "form",
    [
        _repeats,
        _own_nation,
        _own_task,
        _other_model,
        _cycle,
        _mutual,
        _ruled_out_implied,
        _overcommitted,
        _leads("any_of"),
        _leads("all_of"),
        _leads("provides"),
        _leads("min_share"),
        _lead_of_any,
        _scaled(with_of=True),
        _scaled(with_of=False),
        lambda problem: problem.objectives == (),
        lambda problem: 0 < len(problem.objectives) < 6,
        lambda problem: len({task.periods for task in problem.tasks}) > 1,
        lambda problem: len({task.priority for task in problem.tasks}) > 1,
        lambda problem: any(max(line.weights.values()) > 1 for line in problem.tasks[0].lines),
    ],
)
def test_every_rare_form_occurs(questions: list[Question], form: Callable[[Problem], bool]) -> None:
    assert sum(form(asked.problem) for asked in questions) >= 4


def test_worlds_start_late_somewhere(questions: list[Question]) -> None:
    assert any(start > 1 for asked in questions for start in asked.world.starts.values())


def _ready(asked: Question, problem: Problem) -> list[bool] | None:
    try:
        return [oracle.ready(problem, asked.world, task.id) for task in problem.tasks]
    except NotTinyError:
        return None


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule != "R4"])
def test_every_rule_makes_a_difference(
    questions: list[Question], rule: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somewhere a task is not ready because of this rule only."""
    offered = (question(seed, offered=True) for seed in range(60))
    for asked in offered if rule == "R11" else questions:
        before = _ready(asked, replace(asked.problem))
        with monkeypatch.context() as patch:
            patch.setitem(RULES, rule, lambda case: iter(()))
            # A copy, so that nothing listed before is remembered.
            after = _ready(asked, replace(asked.problem))
        if None not in (before, after) and before != after:
            return
    raise AssertionError(f"{rule} never matters")


def test_release_conditions_make_a_difference(questions: list[Question]) -> None:
    """R4, which brute force does not ask because it never releases what it may not."""
    for asked in questions:
        commitments = tuple(
            replace(c, release_requires=Always()) for c in asked.problem.commitments
        )
        freer = replace(asked.problem, commitments=commitments)
        if (before := _ready(asked, asked.problem)) and before != _ready(asked, freer):
            return
    raise AssertionError("R4 never matters")
