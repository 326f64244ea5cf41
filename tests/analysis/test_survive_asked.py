"""`--survive` through the planner: coalitions, ways, what they cost, and what the checker sees."""

from __future__ import annotations

import json
import sys
from dataclasses import replace

import pytest

from allocator.checker.surviving import survive_faults
from allocator.errors import UsageError
from allocator.frames import Run
from allocator.inputs.inspection import from_tables
from allocator.planner import Planner
from allocator.report.page import page
from allocator.report.terminal.console import rendered
from allocator.report.terminal.run import Follow, show_packages
from allocator.results.coalitions import Survive
from allocator.results.jsons import answers_bytes, notes_bytes, read_notes
from tests.handmade import Row, line

NATIONS = ("DEU", "FRA", "GBR", "POL")


def planner() -> Planner:
    """Any two of four nations can do `guard`; only FRA has what `lead` takes; `vote` blocks one."""
    tables: dict[str, list[Row]] = {
        "nations": [{"nation": n, "name": n} for n in NATIONS],
        "capabilities": [
            {"capability": c, "name": c, "domain": "land", "unit": "unit", "personnel": p}
            for c, p in (("bn", 10), ("hq", 5))
        ],
        "availability": [
            {"nation": n, "capability": "bn", "quantity": 1, "basis": "estimate"} for n in NATIONS
        ]
        + [{"nation": "FRA", "capability": "hq", "quantity": 1, "basis": "estimate"}],
        "preconditions": [
            {"precondition": p, "name": p, "kind": "legal", "status": "open"}
            for p in ("vote", "talks", "truce")
        ],
    }
    tasks = [
        {"task": "guard", "lines": [line(2)]},
        {"task": "led", "lines": [line(1), {"capability": "hq", "minimum": 1}]},
        {"task": "late", "lines": [line(1)], "requires": "at_least(1, vote, talks, truce)"},
        {"task": "huge", "lines": [line(9)]},
    ]
    workspace, issues = from_tables(tables, [{"name": "m", "tasks": tasks}])
    assert workspace is not None, issues
    return Planner(workspace)


@pytest.fixture(scope="module")
def asked() -> Run:
    return planner().packages(["guard", "led", "late", "huge"], survive=1)


def note(run: Run, task: str) -> Survive:
    found = run.notes[task].survive
    assert found is not None
    return found


def test_any_three_of_four_survive_one(asked: Run) -> None:
    found = note(asked, "guard")
    assert found.complete
    assert len(found.sets) == 4
    assert all(len(one) == 3 for one in found.sets)
    assert not found.reasons
    assert found.cheapest is not None
    assert found.cheapest.proved
    assert found.cheapest.levels == found.cheapest.best_of_all


def test_who_cannot_be_spared_is_the_reason(asked: Run) -> None:
    found = note(asked, "led")
    assert (found.sets, found.reasons, found.complete) == ((), (("FRA",),), True)


def test_of_a_task_that_is_not_ready_the_empty_set_is(asked: Run) -> None:
    for task in ("late", "huge"):
        assert note(asked, task).reasons == ((),)
        assert note(asked, task).complete


def test_ways_survive_the_failure_of_a_precondition() -> None:
    run = planner().blockers(survive=1)
    assert note(run, "late").sets == (("talks", "truce"), ("talks", "vote"), ("truce", "vote"))
    assert note(run, "guard").sets == ((),)
    assert note(run, "huge").reasons == ((),)


def test_json_has_it_where_it_was_asked_for(asked: Run) -> None:
    data = json.loads(answers_bytes(asked))
    assert [one["survive"]["k"] for one in data["tasks"]] == [1, 1, 1, 1]
    assert "survive" not in data
    alone = json.loads(answers_bytes(planner().packages("guard", survive=2)))
    assert alone["survive"] == alone["tasks"][0]["survive"]
    assert alone["survive"]["sets"] == [["DEU", "FRA", "GBR", "POL"]]
    assert "survive" not in answers_bytes(planner().packages("guard")).decode()
    assert read_notes(notes_bytes(asked.notes)) == dict(asked.notes)
    assert b"survive" not in notes_bytes(planner().packages("guard").notes)


def test_a_table_a_row_a_set(asked: Run) -> None:
    frame = asked.surviving
    assert list(frame["kind"]).count("stands") == 4
    assert list(frame["kind"]).count("reason") == 3


def test_the_checker_sees_what_does_not_survive(asked: Run) -> None:
    record, said = asked["guard"], note(asked, "guard")
    assert list(survive_faults(record, said)) == []
    wrong = {
        "does not survive": replace(said, sets=(("DEU", "FRA"),)),
        "with fewer nations": replace(said, sets=(NATIONS,)),
        "is no reason": replace(said, sets=(), reasons=(("FRA",),)),
        "neither": replace(said, sets=(), reasons=()),
    }
    for text, forged in wrong.items():
        assert any(text in fault for fault in survive_faults(record, forged)), text
    short = replace(said, sets=(("FRA",),))
    assert any("short" in fault for fault in survive_faults(asked["huge"], short))


def test_a_number_that_is_none() -> None:
    with pytest.raises(UsageError, match="survive is -1"):
        planner().packages("guard", survive=-1)


def test_the_page_and_the_terminal_say_it(asked: Run) -> None:
    whole = " ".join(page(asked).split())
    assert "4 sets of nations stand if any one nation is lost" in whole
    assert "Nothing stands if any one nation is lost: it cannot be done without FRA." in whole
    shown = rendered(lambda console: show_packages(asked, console, Follow()), sys.stdout)
    assert "If some are lost" in shown
    assert "The cheapest of them:" in " ".join(shown.split())
    plain = planner().packages("guard")
    assert "are lost" not in page(plain)
