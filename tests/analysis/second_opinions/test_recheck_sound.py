"""What a search that had time leaves behind is no fault, whatever is asked of it again."""

import pytest

from allocator.analysis.second_opinions.gaps import recheck_short
from allocator.analysis.second_opinions.result import SecondOpinion, recheck
from allocator.analysis.second_opinions.worlds import recheck_worlds
from allocator.checker import check_certificate, families, left_out
from allocator.checker.notes import notes_faults
from allocator.deadline import Deadline
from allocator.results.certificate import Certificate
from tests.generator import question
from tests.paths.taken import Path, take
from tests.plenty import analyse

SEEDS = range(16)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_sound_run_has_no_fault_though_it_had_time(seed: int) -> None:
    asked = question(seed)
    problem, world = asked.problem, asked.world
    run = analyse(problem, world)
    certificate = Certificate.model_validate_json(run.certificate.model_dump_json(by_alias=True))
    assert [*notes_faults(problem, world, run.result, run.notes, run.plan_notes)] == []
    assert [*left_out(run.result, certificate)] == []
    checked = check_certificate(problem, world, run.result, certificate)
    found = SecondOpinion(hurried=False, command="solve")
    deadline = Deadline(120)
    recheck(problem, world, run.result, deadline, checked, found)
    recheck_short(problem, world, run.result, deadline, found)
    recheck_worlds(problem, world, run.result, run.notes, deadline, found)
    assert (checked.faults, found.faults, found.undecided, found.known_now) == ([], [], [], [])


@pytest.mark.parametrize("small", [True, False])
def test_a_run_whose_sets_are_counted_has_no_fault(
    small: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of a family one set is listed. Where it is small it is counted again; where it is not, that
    there are as many is named as not decided, and of the sets nobody misses others."""
    pytest.importorskip("oxidd")
    if not small:
        monkeypatch.setattr(families, "MOST_PAIRS", 0)
    named = listed = 0
    for seed in SEEDS:
        asked = question(seed)
        problem, world = asked.problem, asked.world
        with monkeypatch.context() as patched:
            take(patched, COUNTED)
            run = analyse(problem, world)
        assert [*notes_faults(problem, world, run.result, run.notes, run.plan_notes)] == []
        certificate = Certificate.model_validate_json(
            run.certificate.model_dump_json(by_alias=True)
        )
        checked = check_certificate(problem, world, run.result, certificate)
        found = SecondOpinion(hurried=False, command="solve")
        recheck(problem, world, run.result, Deadline(120), checked, found)
        counted = [
            f"{record.task}: that there are {family.in_all} {name} sets"
            for record in run.result.tasks
            for name, family in (("unlocking", record.unlocking), ("blocking", record.blocking))
            if family.in_all is not None
        ]
        assert (checked.faults, found.faults, found.known_now) == ([], [], [])
        assert found.undecided == ([] if small else counted)
        listed += len(counted)
        named += len(found.undecided)
    assert listed > 3
    assert bool(named) is not small


ALL_WORLDS = "allocator.search.minimal_sets.diagram_search."
COUNTED = Path(
    {},
    {
        "allocator.search.feasibility.oracle.MOST_ELEMENTS": -1,
        "allocator.analysis.blocking.MOST_ELEMENTS": -1,
        ALL_WORLDS + "MOST_LISTED": 1,
        ALL_WORLDS + "LISTED_OF_MANY": 1,
    },
)
