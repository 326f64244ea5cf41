"""What to do next, held to the families of whole runs and to what runs that were cut off know."""

from __future__ import annotations

import re
from itertools import combinations

import pytest

from allocator.report.sentences.next_acts import next_acts
from allocator.results.run import RunRecord
from tests.report.cut_runs import cut_after, random, solve, varied
from tests.report.titles import with_ids
from tests.thorough import some

PROVED = "proved, no task opens for less"


def least(run: RunRecord) -> dict[str, tuple[int, frozenset[str]]]:
    """By blocked task the least effort of all sets that unlock it, each set tried."""
    problem = run.problem
    names = sorted(problem.open_preconditions(run.world))
    found: dict[str, tuple[int, frozenset[str]]] = {}
    for size in range(len(names) + 1):
        for chosen in combinations(names, size):
            met = frozenset().union(*(problem.implied_by(name) for name in chosen))
            effort = sum(problem.preconditions[name].effort for name in chosen)
            for record in run.result.tasks:
                opened = any(met.issuperset(way) for way in record.unlocking.sets)
                if opened and effort < found.get(record.task, (effort + 1, met))[0]:
                    found[record.task] = effort, met
    return found


def opened_by(run: RunRecord, text: str) -> set[str]:
    """The tasks that the sentence says come free."""
    text = with_ids(run, text)
    return set(re.split(r", | and ", re.split(r" opens? ", text)[1].split(":")[0]))


@pytest.mark.parametrize("seed", some(range(40)))
def test_the_least_effort_is_the_least_and_opens_what_is_said(seed: int) -> None:
    run = solve(random(seed))
    assert all(r.unlocking.complete for r in run.result.tasks if r.verdict == "blocked")
    said = dict(next_acts(run))
    right = least(run)
    assert ("Least effort" in said) == bool(right)
    if right:
        text = said["Least effort"]
        best = min(effort for effort, _ in right.values())
        assert f"an effort of {best} point{'s' if best > 1 else ''}, {PROVED}" in text
        assert {t for t, (effort, _) in right.items() if effort == best} & opened_by(run, text)
    if "Opens more" in said:
        assert len(opened_by(run, said["Opens more"])) > len(opened_by(run, said["Least effort"]))


@pytest.mark.parametrize("seed", some(range(0, 40, 3)))
def test_how_sure_it_is_is_always_said_where_there_is_something_to_do(seed: int) -> None:
    run = solve(random(seed))
    said = dict(next_acts(run))
    sure = said.get("How sure", "")
    waiting = any(record.verdict in ("blocked", "short") for record in run.result.tasks)
    certain = all(
        one.verdict != "unknown" and one.over_ranges in (None, "surely ready", "surely not")
        for one in run.result.tasks
    )
    assert bool(sure) is (waiting or not certain)
    assert sure.startswith("Every verdict is proved") is (certain and waiting)
    assert ("wherever the figures lie" in sure) is (
        certain and waiting and bool(run.problem.ranges)
    )


def test_both_kinds_are_met() -> None:
    """Some runs have a least effort, some more than one task that opens, and some none."""
    said = [dict(next_acts(solve(random(seed)))) for seed in range(40)]
    assert 5 < sum("Least effort" in one for one in said) < 40
    assert sum("No act opens" in one for one in said) > 5


@pytest.mark.parametrize("questions", some(range(0, 60, 4)))
def test_a_run_that_was_cut_off_claims_no_least_effort_that_is_beaten(
    questions: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = {r.task: r for r in solve(varied()).result.tasks}
    run = cut_after(questions, solve, varied(), monkeypatch)
    said = dict(next_acts(run))
    unknown = [r.task for r in run.result.tasks if r.verdict == "unknown"]
    for text in (said.get("Least effort"), said.get("Opens more")):
        if text:
            assert all(whole[task].verdict == "blocked" for task in opened_by(run, text))
    if PROVED in said.get("Least effort", ""):
        assert not unknown
    assert bool(unknown) == said.get("How sure", "").startswith("Not decided in time")


def test_who_has_to_be_asked_is_in_every_way() -> None:
    run = solve(varied())
    text = dict(next_acts(run))["Whom to ask"]
    for holder, number in re.findall(r"(\w+) \((\d+) tasks?\)", text):
        preconditions = run.problem.preconditions
        tasks = [
            record.task
            for record in run.result.tasks
            if record.verdict == "blocked"
            and all(
                any(holder in preconditions[name].holders for name in way)
                for way in record.unlocking.sets
            )
        ]
        assert len(tasks) == int(number)
