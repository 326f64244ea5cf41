"""Cases of a sweep against what `change`, `solve` and draws of `ranges` say, and brute force."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest

import allocator
from allocator.inputs.inspection import from_tables
from allocator.inputs.problem.ranges import units, with_ranges
from allocator.planner import Planner
from allocator.results.sweep import Case, CaseRecord
from allocator.search.ranges.draws import Draws
from tests import oracle
from tests.brute.parts import NotTinyError
from tests.generator import question
from tests.inputs.workspace_files import write_small

CHANGED: dict[str, Any] = {
    "worlds": ["today", "truce", {"world": "today", "with": ["peace@2"]}],
    "changes": [
        {"name": "as_stated"},
        {
            "name": "more",
            "change": [
                {"table": "availability",
                 "cells": {"nation": "FRA", "capability": "mech", "quantity": 1}},
                {"table": "capabilities", "row": 0, "cells": {"rotation": 3}},
            ],
        },
        {"name": "no_british", "without": ["GBR"]},
        {"name": "peace", "with": ["peace"]},
    ],
}  # fmt: skip


@pytest.fixture
def planner(tmp_path: Path) -> Planner:
    return allocator.load(write_small(tmp_path / "plan"))


def random_planner(seed: int) -> Planner:
    asked = question(seed, ranged=True)
    workspace, issues = from_tables(asked.tables, asked.models)
    assert workspace is not None, issues
    return Planner(workspace)


def pairs(planner: Planner, spec: dict[str, Any]) -> list[tuple[Case, CaseRecord]]:
    found = planner.sweep(spec, workers=1)
    assert not found.faults
    return [(case, record) for case, record in found.cases if record is not None]


def test_changes_worlds_and_nations_left_out_are_those_of_other_commands(planner: Planner) -> None:
    cell = {"nation": "FRA", "capability": "mech", "quantity": 1}
    more = planner.change("availability", **cell).change("capabilities", row=0, rotation=3)
    expected: list[tuple[str, list[Any]]] = []
    for how in ({}, {"world": "truce"}, {"with_": ["peace@2"]}):
        asked: list[tuple[Planner, dict[str, Any]]] = [
            (planner, how),
            (more, how),
            (planner, {**how, "without": ["GBR"]}),
            (planner, {**how, "with_": [*how.get("with_", ()), "peace"]}),
        ]
        for one, options in asked:
            result = one.solve(**options).result
            verdicts = {record.task: record.verdict for record in result.tasks}
            levels = [(x.objective, x.value, x.bound, x.status) for x in result.plan.levels]
            expected.append((str(verdicts), levels))
    told = [
        (str(dict(record.tasks)), [tuple(level.model_dump().values()) for level in plan.levels])
        for _, record in pairs(planner, CHANGED)
        if (plan := record.plan)
    ]
    assert told == expected
    assert len({verdicts for verdicts, _ in told}) > 1


def test_draws_are_those_of_ranges_and_verdicts_those_of_brute_force() -> None:
    seen: Counter[str] = Counter()
    for seed in range(14):
        planner = random_planner(seed)
        worlds = ["today", *planner.problem("m").worlds]
        spec = {"models": ["m"], "worlds": worlds, "draws": 6, "seed": 5, "plan": "false"}
        problem = with_ranges(planner.workspace, planner.problem("m"))
        draws = Draws(units(problem.ranges), 6, 5)
        for case, record in pairs(planner, spec):
            assert case.draw is not None
            assert record.fault is None
            here = draws.problem(problem, case.draw - 1)
            for task, verdict in record.tasks.items():
                try:
                    ready = oracle.ready(here, here.world(case.world), task)
                except NotTinyError:
                    continue
                assert (verdict == "ready") is ready, (seed, case)
                seen[verdict] += 1
    assert seen["ready"] > 20
    assert seen["blocked"] + seen["short"] > 20


def test_the_order_is_that_of_the_file_and_the_worker_number_does_not_matter() -> None:
    planner = random_planner(8)
    spec = {"models": ["m"], "worlds": ["today"], "draws": 20,
            "changes": [{"name": "b"}, {"name": "a"}]}  # fmt: skip
    found = [planner.sweep(spec, workers=workers) for workers in (1, 3)]
    places = [(case.change, case.draw) for case, _ in found[0].cases]
    assert places == [(name, draw) for name in "ba" for draw in range(1, 21)]
    assert found[0].cases == found[1].cases
    assert found[0].sweep.equals(found[1].sweep)


def keys(planner: Planner, spec: dict[str, Any]) -> list[str]:
    return [case.key for case, _ in planner.sweep({"plan": "false", **spec}).cases]


def test_a_key_hangs_on_what_is_asked_and_not_on_what_it_is_called(planner: Planner) -> None:
    base = keys(planner, {"worlds": ["today"], "changes": [{"name": "a", "with": ["peace"]}]})
    assert keys(planner, {"changes": [{"name": "b", "with": ["peace"]}]}) == base
    assert keys(planner, {"worlds": [{"name": "x", "with": ["peace"]}]}) == base
    others: list[dict[str, Any]] = [
        {},
        {"worlds": ["truce"]},
        {"worlds": [{"with": ["peace@2"]}]},
        {"worlds": [{"with": ["peace"]}], "seed": 1},
        {"worlds": [{"with": ["peace"]}], "time_limit": 61},
        {"worlds": [{"with": ["peace"]}], "plan": "true"},
        {"worlds": [{"with": ["peace"]}], "draws": 1},
        {"worlds": [{"with": ["peace"]}], "draws": {"number": 1, "spread": {"estimate": 20}}},
        {"worlds": [{"with": ["peace"]}], "draws": {"number": 1, "uniform": "true"}},
        {"worlds": [{"with": ["peace"]}], "changes": [{"name": "c", "without": ["FRA"]}]},
    ]
    found = [*base, *(key for spec in others for key in keys(planner, spec))]
    assert len(set(found)) == len(found) == len(others) + 1


def test_another_input_or_version_is_another_key(
    planner: Planner, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = keys(planner, {})
    other = planner.change("nations", nation="FRA", active_personnel=200_001)
    assert keys(other, {}) != before
    monkeypatch.setattr("allocator.analysis.sweeping.sweep.versions", lambda: {"ortools": "0"})
    assert keys(planner, {}) != before


def test_more_draws_keep_the_keys_and_figures_of_the_first() -> None:
    planner = random_planner(8)
    few, many = ({"models": ["m"], "draws": number, "plan": "false"} for number in (5, 300))
    first, longer = planner.sweep(few), planner.sweep(many)
    assert first.cases == longer.cases[:5]


def test_a_case_that_errs_is_a_row_with_its_fault_and_the_rest_goes_on(planner: Planner) -> None:
    wrong = {"table": "commitments", "row": 0, "cells": {"nation": "ITA"}}
    found = planner.sweep(
        {"worlds": ["truce"], "changes": [{"name": "good"}, {"name": "bad", "change": [wrong]},
                                          {"name": "fine"}]}
    )  # fmt: skip
    states = list(found.sweep["state"])
    assert states == ["decided", "fault", "decided"]
    fault = found.sweep["fault"][1]
    assert "commitments:0 nation" in fault
    assert '"ITA"' in fault
    assert list(found.sweep_verdicts["case"]) == [1, 3]
    assert found.states == {"decided": 2, "open": 0, "fault": 1, "waiting": 0}


def test_without_time_nothing_is_no_and_the_row_is_open(
    planner: Planner, monkeypatch: pytest.MonkeyPatch
) -> None:
    from allocator.analysis.sweeping import lanes
    from allocator.deadline import Deadline

    real = lanes.CaseQuestion.read

    def read(text: str) -> Any:
        found = real(text)
        object.__setattr__(found, "seconds", 0)
        return found

    monkeypatch.setattr(lanes.CaseQuestion, "read", staticmethod(read))
    found = planner.sweep({"worlds": ["truce"]}, deadline=Deadline(60))
    (row,) = found.sweep.to_dict("records")
    assert (row["state"], row["unknown"], row["plan"]) == ("open", "west", "unknown")
    assert not row["blocked"]
    assert not row["short"]


def test_two_that_ask_the_same_are_asked_once(planner: Planner) -> None:
    told: list[str] = []
    found = planner.sweep(
        {"worlds": ["truce"], "changes": [{"name": "a"}, {"name": "b"}]},
        progress=lambda event: told.append(event.known),
    )
    assert len(told) == 2  # Before the first, and after it.
    one, other = (record for _, record in found.cases)
    assert one == other


@pytest.mark.parametrize(
    ("how", "said"),
    [
        ({"on": "thread"}, "did you mean threads"),
        ({"on": "http://x"}, "tcp://HOST:8786"),
        ({"workers": 0}, "workers is 0"),
        ({"time_limit": -1}, "time limit of -1"),
    ],
)
def test_what_is_wrong_with_the_options_is_told(
    planner: Planner, how: dict[str, Any], said: str
) -> None:
    with pytest.raises(allocator.UsageError, match=said):
        planner.sweep({}, **how)
