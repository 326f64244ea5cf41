"""What is asked while tables are edited is what a fresh `solve` finds, whatever was kept before."""

from __future__ import annotations

from copy import deepcopy
from random import Random
from typing import Any

import pytest

from allocator.analysis import Analysis, Request
from allocator.analysis.live.kept_answers import KeptAnswers, is_whole
from allocator.analysis.live.live import LiveAnalysis, Step
from allocator.analysis.live.reads import Reads
from allocator.analysis.request import TaskState
from allocator.deadline import Deadline
from allocator.inputs.inspection import from_tables
from allocator.inputs.problem import Problem, World, build
from allocator.progress import silent
from allocator.results.run import RunRecord
from tests.generator import ON, Question, question
from tests.handmade import line, problem
from tests.plenty import plenty

Row = dict[str, Any]
Tables = dict[str, list[Row]]

NUMBERS = ("quantity", "personnel", "rotation", "release_risk", "effort")


def _request(of: Problem, world: World) -> Request:
    options = {"seed": 0, "workers": 1}
    return Request(of, world, "solve", tuple(t.id for t in of.tasks), options, {}, silent)


def _fresh(of: Problem, world: World) -> RunRecord:
    return Analysis(_request(of, world), plenty()).run()


def _live(of: Problem, world: World, kept: KeptAnswers) -> tuple[RunRecord, list[Step]]:
    steps: list[Step] = []
    return LiveAnalysis(_request(of, world), plenty(), kept, steps.append).run(), steps


def _said(run: RunRecord) -> tuple[Any, ...]:
    """All that a run's folder has of it."""
    return run.result, run.notes, sorted(run.certificates, key=lambda c: c.task)


def _edited(asked: Question, rng: Random) -> Problem | None:
    """The same with one number, one condition or one row another; None where that is no
    workspace."""
    tables, models = deepcopy(asked.tables), deepcopy(asked.models)
    rng.choice((_number, _number, _condition, _row_gone))(tables, models[0], rng)
    workspace, _ = from_tables(tables, models)
    return None if workspace is None else build(workspace, "m", asked.problem.count, ON)


def _number(tables: Tables, model: Row, rng: Random) -> None:
    rows = [row for rows in tables.values() for row in rows]
    cells = [(row, c) for row in rows for c in NUMBERS if str(row.get(c) or "").isdigit()]
    cells += [(part, "minimum") for task in model["tasks"] for part in task["lines"]]
    row, column = rng.choice(cells)
    row[column] = max(0, int(row.get(column) or 0) + rng.choice((-1, 1)))


def _condition(tables: Tables, model: Row, rng: Random) -> None:
    places = [(row, "requires") for row in (*tables["caveats"], *model["tasks"])]
    places += [(row, "release_requires") for row in tables["commitments"]]
    row, column = rng.choice(places)
    names = [row["precondition"] for row in tables["preconditions"]]
    row[column] = rng.choice(("always", "never", *names))


def _row_gone(tables: Tables, model: Row, rng: Random) -> None:
    rows = rng.choice([tables[name] for name in ("caveats", "commitments", "availability")])
    if rows:
        rows.pop(rng.randrange(len(rows)))


def _asked(seed: int) -> Question:
    return question(seed, composed=seed % 2 == 0, ranged=seed % 3 == 0, offered=seed % 5 == 0)


@pytest.mark.parametrize("seed", range(6))
def test_after_each_edit_it_is_what_a_fresh_solve_finds(seed: int) -> None:
    """Kept answers of all earlier states are there; equal hashes have equal answers."""
    asked, rng, kept = _asked(seed), Random(f"edits {seed}"), KeptAnswers()
    known: dict[str, Any] = {}
    states = [asked.problem, *(_edited(asked, rng) for _ in range(4)), asked.problem]
    for state in filter(None, states):
        fresh = _fresh(state, asked.world)
        run, _ = _live(state, asked.world, kept)
        assert _said(run) == _said(fresh)
        reads = Reads(_request(state, asked.world))
        for task in fresh:
            said = fresh[task], fresh.notes[task]
            assert known.setdefault(reads.task(task), said) == said


def _two_tasks(far: int = 3, **more: Any) -> Problem:
    return problem(
        [
            {"task": "calm", "lines": [line(1)]},
            {"task": "far", "lines": [line(far, "ship")], "requires": "ceasefire"},
        ],
        {("FRA", "bn"): 2, ("GBR", "bn"): 2, ("GBR", "ship"): 2},
        preconditions=("ceasefire",),
        **more,
    )


def test_one_cell_costs_what_hangs_on_it() -> None:
    kept = KeptAnswers()
    _live(_two_tasks(), _two_tasks().world(), kept)
    run, steps = _live(_two_tasks(2), _two_tasks().world(), kept)
    assert {step.recalled for step in steps} == {frozenset({"calm"})}
    assert (run["calm"].verdict, run["far"].verdict) == ("ready", "blocked")
    again, steps = _live(_two_tasks(), _two_tasks().world(), kept)
    assert steps[-1].recalled == {"calm", "far"}
    assert again["far"].verdict == "short"


def test_a_world_on_the_same_ground_knows_all_others() -> None:
    kept, of = KeptAnswers(), _two_tasks(2)
    _live(of, of.world(), kept)
    there = of.world("today", {"ceasefire": 1})
    run, _ = _live(of, there, kept)
    assert _said(run) == _said(_fresh(of, there))


def test_verdicts_come_before_the_plan_and_the_plan_before_packages() -> None:
    _, steps = _live(_two_tasks(), _two_tasks().world(), KeptAnswers())
    order = list(dict.fromkeys(step.stage for step in steps))
    assert order == [
        "verdicts", "level", "first plan", "plan", "packages", "blockers", "what_if"
    ]  # fmt: skip
    first = next(step.run for step in steps if step.stage == "level")
    assert [record.verdict for record in first.result.tasks] == ["ready", "short"]
    assert first.result.plan.status == "unknown"


def test_what_time_cut_off_is_not_kept() -> None:
    kept, of = KeptAnswers(), _two_tasks()
    asked = _request(of, of.world())
    run = LiveAnalysis(asked, Deadline(0), kept, lambda step: None).run()
    assert {record.verdict for record in run.result.tasks} == {"unknown"}
    assert len(kept) == 0
    assert not is_whole(TaskState("far"))


def test_answers_go_when_there_are_too_many() -> None:
    kept = KeptAnswers(most_bytes=1000, at_hand=10)
    for number in range(100):
        kept.keep(str(number), ("answer", number, "x" * 100))
    assert 0 < len(kept) < 100
    assert kept.recall("99") == ("answer", 99, "x" * 100)
    assert kept.recall("0") is None
