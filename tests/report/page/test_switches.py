"""The page's verdicts, ways and nations equal the solver's in the worlds that it switches to."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import pytest

import allocator
from allocator.deadline import Deadline
from allocator.engines import Settings
from allocator.inputs.problem import Problem, World
from allocator.model.scope import alone
from allocator.report.page import page
from allocator.report.page.rows import Rows
from allocator.report.page.tasks import WAYS_SHOWN
from allocator.report.page.what_if import WhatIf, what_if
from allocator.report.sentences.formulas import value
from allocator.report.sentences.reading_order import in_reading_order
from allocator.report.sentences.ways import ways as priced
from allocator.results.blocking import Sets, VerdictMap
from allocator.results.result import TaskRecord
from allocator.results.run import RunRecord
from allocator.search.blockers.verdict import relevant_preconditions
from allocator.search.blockers.verdict_map import base_world
from allocator.search.feasibility.oracle import StaffingOracle
from allocator.search.minimal_sets.families import Answer
from tests.generator import question
from tests.plenty import analyse
from tests.report.page.browsing import Open
from tests.thorough import some

ROOT = Path(__file__).parents[3]
COMBINATIONS = 200


# --- the reference case ----------------------------------------------------------------------


class _Solver:
    """The solver asked about each task in world after world; it has searched nothing before."""

    def __init__(self, problem: Problem, base: World) -> None:
        self._problem = problem
        self._questions = {task.id: self._asked(base, task.id) for task in problem.tasks}

    def verdict(self, task: str, met: frozenset[str]) -> str:
        """ready, or not: in the reference case nothing is short."""
        questions = self._questions[task]
        closed = {other for name in met for other in self._problem.implied_by(name)}
        on = questions.mask(element for element in questions.elements if element[1] in closed)
        return {Answer.YES: "ready", Answer.NO: "blocked"}[questions.ask(on)]

    def _asked(self, base: World, task: str) -> StaffingOracle:
        names = relevant_preconditions(self._problem, base, task)
        scope = replace(alone(self._problem, base, task), preconditions=names)
        return StaffingOracle(self._problem, scope, Settings(), Deadline(120))


def test_every_switch_and_random_combinations_of_the_reference_case(open_page: Open) -> None:
    """Each switch by itself, then some hundred combinations, in the page and in the solver."""
    run = allocator.load(ROOT).blockers(time_limit=120)
    html = page(run)
    assert len(html.encode()) < 1_000_000
    opened, solver = open_page(html), _Solver(run.problem, base_world(run.problem, run.world))
    names = run.problem.open_preconditions(run.world)
    rng = Random(0)
    worlds = [frozenset({name}) for name in names]
    for share in (0.2, 0.4, 0.6, 0.8):
        for _ in range(COMBINATIONS // 4):
            worlds.append(frozenset(name for name in names if rng.random() < share))
    worlds.sort(key=len)
    shown = opened.worlds(worlds)
    for met, tasks in zip(worlds, shown, strict=True):
        records = in_reading_order(run).result.tasks
        truth = {n: solver.verdict(task.task, met) for n, task in enumerate(records)}
        assert {int(n): found["verdict"] for n, found in tasks.items()} == truth, sorted(met)
    seen = {found["verdict"] for tasks in shown for found in tasks.values()}
    assert seen == {"ready", "blocked"}


# --- random workspaces -----------------------------------------------------------------------


def _left(found: VerdictMap, held: frozenset[str]) -> set[frozenset[str]]:
    """What is left of each set, without those that contain another."""
    sets = {frozenset(members) - held for members in found.ready}
    return {one for one in sets if not any(other < one for other in sets)}


def _worlds(names: tuple[str, ...], rng: Random) -> list[frozenset[str]]:
    several = [frozenset(n for n in names if rng.random() < 0.5) for _ in range(6)]
    return [frozenset(), *(frozenset({name}) for name in names), *several]


def _cut_off(run: RunRecord, rng: Random) -> RunRecord:
    """The run as if some sets had not been found in time."""

    def some(sets: Sets) -> Sets:
        return tuple(one for one in sets if rng.random() < 0.6)

    notes = {
        record.task: replace(
            run.notes[record.task],
            everywhere=VerdictMap(False, some(known.ready), some(record.blocking.sets)),
        )
        for record in run.result.tasks
        if (known := run.notes[record.task].everywhere) is not None
    }
    return replace(run, notes=notes)


def _expected(
    run: RunRecord, found: WhatIf, met: frozenset[str], record: TaskRecord
) -> dict[str, Any]:
    """What the sets and formulas themselves say of a task."""
    problem, known = run.problem, found.everywhere[record.task]
    holding = problem.meeting(base_world(problem, run.world), met).holding(1)
    verdict = known.verdict(holding if known.complete else holding & {*found.elements})
    if verdict != "ready" and not known.complete:
        verdict = known.verdict(met)
    if verdict == "unknown" and met == {*found.started}:
        verdict = record.verdict
    left = priced(problem, _left(known, holding)) if verdict != "ready" else ()
    nations: dict[str, list[str]] = {"may": [], "partly": [], "held": [], "never": []}
    best = problem.meeting(base_world(problem, run.world), found.elements).holding(1)
    for one in found.coming[record.task]:
        always, sometimes = value(one.always, holding), value(one.sometimes, holding)
        ever = "held" if value(one.sometimes, best) else "never"
        nations["may" if always else "partly" if sometimes else ever].append(one.nation)
    ways = [[_chip(problem, name) for name in way.preconditions] for way in left[:WAYS_SHOWN]]
    return {"verdict": verdict, "ways": ways, "nations": nations}


def _chip(problem: Problem, name: str) -> str:
    """A precondition as it is shown: by name, with its id where that is another."""
    known = problem.preconditions[name].name
    return name if known == name else f"{known} {name}"


@pytest.mark.parametrize("whole", [True, False])
def test_random_workspaces(open_page: Open, whole: bool) -> None:
    """Verdicts, ways in their order, and nations, with preconditions that imply others, hold from
    later periods or are ruled out; where sets are missing, some are unknown and none is wrong."""
    seen: set[str] = set()
    for seed in some(range(0, 64, 8)):
        asked, rng = question(seed), Random(seed)
        run = analyse(asked.problem, asked.world)
        run = run if whole else _cut_off(run, rng)
        found = what_if(run, Rows(run))
        worlds = _worlds(found.elements, rng)
        for met, tasks in zip(worlds, open_page(page(run)).worlds(worlds), strict=True):
            for number, record in enumerate(in_reading_order(run).result.tasks):
                expected = _expected(run, found, met, record)
                assert tasks[str(number)] == expected, f"seed {seed}, {sorted(met)}, {record.task}"
                seen.add(expected["verdict"])
    assert seen == {"ready", "blocked", "short"} | ({"unknown"} if not whole else set())
