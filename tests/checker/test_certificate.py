"""Certificates of sound runs stand; whatever is changed in one is found."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from allocator.analysis.second_opinions.result import recheck
from allocator.checker import Checked, check_certificate
from allocator.deadline import Deadline
from allocator.inputs.problem import Problem, World
from allocator.results.certificate import Certificate, FamilyCertificate, Proof, TaskCertificate
from allocator.results.run import RunRecord
from tests.generator import question
from tests.plenty import analyse

SEEDS = range(25)
Change = Callable[[TaskCertificate], TaskCertificate]


def checked(problem: Problem, world: World, run: RunRecord, certificate: Certificate) -> Checked:
    return check_certificate(problem, world, run.result, certificate)


@pytest.mark.parametrize("seed", SEEDS)
def test_what_a_run_writes_stands(seed: int) -> None:
    """No fault; every unlocking set of these small families has its witness; all that rests on
    sums is shown; and what is asked again with its help leaves nothing undecided."""
    asked = question(seed)
    run = analyse(asked.problem, asked.world)
    found = checked(asked.problem, asked.world, run, run.certificate)
    assert found.faults == []
    again = recheck(asked.problem, asked.world, run.result, Deadline(60), found)
    assert (again.faults, again.undecided) == ([], [])
    for record in run.result.tasks:
        part = run.certificate.task(record.task)
        if part.preconditions is not None:
            witnessed = [one.witness is not None for one in part.preconditions.sets]
            assert all(witnessed), f"{record.task} has a set without a witness"
        proofs = [part.short] if part.short else []
        proofs += [one.proof for one in part.preconditions.blocking] if part.preconditions else []
        by_sums = sum(proof.by != "engines" for proof in proofs)
        shown = [c for c in found.shown if c[0] == record.task and c[1] in ("short", "blocking")]
        assert len(shown) == by_sums


@pytest.mark.parametrize("guard", ["certificates.MOST_WITNESSED", "known_sets.MOST_KEPT"])
@pytest.mark.parametrize("seed", [3, 9, 40])
def test_sets_beyond_those_that_get_a_witness_are_asked_again(
    monkeypatch: pytest.MonkeyPatch, guard: str, seed: int
) -> None:
    """None is shown by the certificate, and all are confirmed all the same."""
    asked = question(seed)
    whole = analyse(asked.problem, asked.world)
    monkeypatch.setattr(f"allocator.search.feasibility.{guard}", 0)
    run = analyse(asked.problem, asked.world)
    assert run.result == whole.result
    families = [part.preconditions for part in run.certificate.tasks if part.preconditions]
    assert any(family.sets for family in families), "the case has no unlocking set"
    assert all(one.witness is None for family in families for one in family.sets)
    assert all(family.witnesses == () for family in families)
    found = checked(asked.problem, asked.world, run, run.certificate)
    assert [claim for claim in found.shown if claim[1] == "unlocking"] == []
    again = recheck(asked.problem, asked.world, run.result, Deadline(60), found)
    assert (found.faults, again.faults, again.undecided) == ([], [], [])
    wanted = sum(len(record.unlocking.sets) for record in run.result.tasks)
    assert again.proofs["allocations that pass the checker"] >= wanted


def the_first(wanted: Callable[[TaskCertificate], bool]) -> tuple[Problem, World, RunRecord, str]:
    """The first generated case with a task whose certificate has what is wanted."""
    for seed in range(300):
        asked = question(seed)
        run = analyse(asked.problem, asked.world)
        for part in run.certificate.tasks:
            if wanted(part):
                return asked.problem, asked.world, run, part.task
    raise AssertionError("no case has such a certificate")


def faults(case: tuple[Problem, World, RunRecord, str], change: Change) -> list[str]:
    """What the checker says of the case's certificate once the task's part is changed."""
    problem, world, run, task = case
    parts = [change(p) if p.task == task else p for p in run.certificate.tasks]
    other = run.certificate.model_copy(update={"tasks": tuple(parts)})
    return checked(problem, world, run, other).faults


def over_preconditions(**changes: object) -> Change:
    def change(part: TaskCertificate) -> TaskCertificate:
        assert part.preconditions is not None
        family = part.preconditions.model_copy(update=changes)
        return part.model_copy(update={"preconditions": family})

    return change


def has_witness(part: TaskCertificate) -> bool:
    family = part.preconditions
    return family is not None and any(w.allocation for w in family.witnesses)


def family_of(case: tuple[Problem, World, RunRecord, str]) -> FamilyCertificate:
    family = case[2].certificate.task(case[3]).preconditions
    assert family is not None
    return family


def test_a_witness_that_breaks_a_rule_is_found() -> None:
    case = the_first(has_witness)
    witness = family_of(case).witnesses[0]
    more = witness.allocation[0].model_copy(update={"quantity": 10**6})
    richer = witness.model_copy(update={"allocation": (more, *witness.allocation[1:])})
    assert any("breaks R3" in f for f in faults(case, over_preconditions(witnesses=(richer,))))


def test_a_witness_that_does_not_staff_the_task_is_found() -> None:
    case = the_first(has_witness)
    witness = family_of(case).witnesses[0]
    idle = witness.model_copy(update={"staffed": (), "allocation": ()})
    assert any("not staff" in f for f in faults(case, over_preconditions(witnesses=(idle,))))


def test_a_witness_that_is_not_there_is_found() -> None:
    case = the_first(has_witness)
    assert any("no witness" in f for f in faults(case, over_preconditions(witnesses=())))


def test_a_witness_with_a_row_twice_is_found() -> None:
    case = the_first(has_witness)
    witness = family_of(case).witnesses[0]
    rows = (*witness.allocation, witness.allocation[0])
    twice = witness.model_copy(update={"allocation": rows})
    assert any("twice" in f for f in faults(case, over_preconditions(witnesses=(twice,))))


def test_a_set_that_is_not_in_the_result_is_found() -> None:
    case = the_first(has_witness)
    sets = family_of(case).sets[1:]
    assert any("unlocking sets are not" in f for f in faults(case, over_preconditions(sets=sets)))


def test_a_blocking_set_that_is_not_in_the_result_is_found() -> None:
    case = the_first(has_witness)
    blocking = family_of(case).blocking[1:]
    assert any("not those" in f for f in faults(case, over_preconditions(blocking=blocking)))


def by_sum(part: TaskCertificate) -> bool:
    family = part.preconditions
    return family is not None and any(one.proof.by == "sum" for one in family.blocking)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"need": 10**6}, "the sum says"),
        ({"supply": -1}, "the sum says"),
        ({"lines": ("nowhere",)}, "not there"),
        ({"periods": (99,)}, "not there"),
        ({"by": "condition"}, "condition could hold"),
    ],
)
def test_a_wrong_sum_is_found(wrong: dict[str, object], said: str) -> None:
    case = the_first(by_sum)
    blocking = list(family_of(case).blocking)
    place = next(i for i, one in enumerate(blocking) if one.proof.by == "sum")
    proof = blocking[place].proof.model_copy(update=wrong)
    blocking[place] = blocking[place].model_copy(update={"proof": proof})
    changed = over_preconditions(blocking=tuple(blocking))
    if wrong.get("by") == "condition" and not faults(case, changed):
        pytest.fail("the task's own condition never holds; the case proves nothing")
    assert any(said in fault for fault in faults(case, changed))


def test_a_sum_that_does_not_refute_is_found() -> None:
    """The short task's sum, claimed of a task that everybody together can staff."""
    case = the_first(has_witness)
    problem, _, _, task = case
    line = problem.task(task).lines[0]
    period = problem.task(task).periods[0]
    proof = Proof(by="sum", lines=(line.id,), periods=(period,), need=line.minimum, supply=0)
    assert faults(case, lambda part: part.model_copy(update={"short": proof}))


def several(part: TaskCertificate) -> bool:
    return part.packages is not None and len(part.packages.blocking) > 1


def test_a_missing_blocking_coalition_is_found() -> None:
    case = the_first(several)

    def change(part: TaskCertificate) -> TaskCertificate:
        assert part.packages is not None
        fewer = part.packages.model_copy(update={"blocking": part.packages.blocking[1:]})
        return part.model_copy(update={"packages": fewer})

    assert any("blocking coalition" in fault for fault in faults(case, change))


def test_a_certificate_of_another_run_is_found() -> None:
    problem, world, run, _ = the_first(has_witness)
    other = run.certificate.model_copy(update={"model": "another"})
    assert checked(problem, world, run, other).faults
