"""Matrices on the page of a run: worlds against tasks, and nations that leave against tasks."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from report_cases import small_run

from allocator.report.page import page
from allocator.report.page.rows import Rows
from allocator.report.page.what_if import what_if
from allocator.report.page.world_map import world_map
from allocator.report.page.worlds import side_by_side
from allocator.report.pictures.departures import departures_picture
from allocator.report.pictures.matrix import LEFT, TOP
from allocator.report.pictures.worlds import worlds_picture
from allocator.results.departures import Departure
from allocator.results.run import PlanNotes, RunRecord
from allocator.search.blockers.verdict_map import base_world
from tests.generator import question
from tests.handmade import line, problem
from tests.plenty import analyse

LETTERS = {"ready": "R", "blocked": "B", "short": "S", "unknown": "?"}


def cells(drawn: str) -> list[str]:
    """The letters of each row, from left to right; the legend left out."""
    looks = dict(re.findall(r'<g id="([\w-]+)">.*?>([^<]*)</text></g>', drawn))
    rows: dict[int, dict[int, str]] = {}
    used = re.findall(r'<use href="#([\w-]+)" x="(\d+)" y="(\d+)"/>', drawn)
    for look, x, y in used:
        if int(x) >= LEFT and int(y) >= TOP:
            rows.setdefault(int(y), {})[int(x)] = looks[look] or " "
    last = max(int(y) for _, _, y in used)  # the legend
    return ["".join(row[x] for x in sorted(row)) for y, row in sorted(rows.items()) if y < last]


def left(departures: tuple[Departure, ...], run: RunRecord) -> list[str]:
    return cells(departures_picture(replace(run, plan_notes=PlanNotes(departures=departures))))


def test_what_falls_if_a_nation_leaves_is_drawn_as_far_as_it_is_known() -> None:
    run = small_run()
    (found,) = (one for one in run.plan_notes.departures if one.nation == "FRA")
    proved = replace(found, rises=())
    assert (proved.falls, proved.staffing_proved) == (("training",), True)
    plan = run.result.plan.model_copy(update={"staffed": ("reserve", "training")})
    run = replace(run, result=run.result.model_copy(update={"plan": plan}))
    loose = replace(proved, nation="GBR", levels=())
    unknown = replace(proved, nation="ITA", status="unknown", falls=(), levels=())
    comes = replace(proved, nation="POL", falls=(), rises=("air_watch",))
    # Columns as in the run: air_watch, reserve, training; most that falls comes first.
    assert left((proved, loose, unknown, comes), run) == [" SF", " SF", "???", "CSS"]
    drawn = departures_picture(
        replace(run, plan_notes=PlanNotes(departures=(proved, loose, unknown, comes)))
    )
    for word in ("stays", "falls", "falls, not proved", "comes in", "not in the plan", "not known"):
        assert f">{word}</text>" in drawn
    assert departures_picture(replace(run, plan_notes=PlanNotes())) == ""


@pytest.mark.parametrize("seed", [0, 8, 16, 24])
def test_the_map_of_worlds_says_of_each_what_a_run_in_it_finds(seed: int) -> None:
    asked = question(seed)
    run = analyse(asked.problem, asked.world)
    found = what_if(run, Rows(run))
    drawn = world_map(run, found, side_by_side(run, found))
    rows = cells(str(drawn.picture))
    assert len(rows) == len(drawn.rows)
    ground = base_world(run.problem, run.world)
    tasks = [record.task for record in run.result.tasks]
    for row, told in zip(rows, drawn.rows, strict=True):
        met = told.met
        there = analyse(run.problem, run.problem.meeting(ground, met))
        verdicts = [there.result.task(task).verdict for task in tasks]
        # What is open on the ground decides between blocked and short.
        right = "".join(LETTERS[v] for v in verdicts)
        assert [a == "R" for a in row[-len(tasks) :]] == [a == "R" for a in right], told.name
        assert told.effort == sum(run.problem.preconditions[name].effort for name in met)
        assert told.ready.startswith(f"{verdicts.count('ready')} in all")


def test_two_pictures_on_a_page_have_patterns_of_their_own() -> None:
    html = page(small_run())
    ids = re.findall(r'\bid="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    assert {"worlds-lines", "leaving-lines"} <= set(ids)


def test_a_world_alone_is_no_map() -> None:
    asked = problem([{"task": "t", "lines": [line(1)]}], {("FRA", "bn"): 1})
    assert worlds_picture(asked, ["t"], [("today", (), ["ready"])]) == ""
    run = analyse(asked, asked.world())
    found = what_if(run, Rows(run))
    assert world_map(run, found, side_by_side(run, found)).rows == ()
