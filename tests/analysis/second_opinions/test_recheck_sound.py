"""What a search that had time leaves behind is no fault, whatever is asked of it again."""

import pytest

from allocator.analysis.second_opinions.gaps import recheck_short
from allocator.analysis.second_opinions.result import SecondOpinion, recheck
from allocator.analysis.second_opinions.worlds import recheck_worlds
from allocator.checker import check_certificate, left_out
from allocator.checker.notes import notes_faults
from allocator.deadline import Deadline
from allocator.results.certificate import Certificate
from tests.generator import question
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
