"""The joint plan: who sends what where, what is released; of the solved world alone."""

from __future__ import annotations

from dataclasses import dataclass

from allocator.report.page.rows import Rows
from allocator.report.sentences import basis_phrase
from allocator.report.sentences.sending import by_commitment, forces, over_time
from allocator.results.run import RunRecord


@dataclass(frozen=True, slots=True)
class Sent:
    """What a nation sends a task. people: of the fullest period."""

    nation: str
    task: str
    forces: str
    people: int
    basis: str
    rows: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Freed:
    """Units of one commitment that the plan releases; risk summed over periods."""

    commitment: str
    nation: str
    forces: str
    when: str
    risk: int
    to: str
    purpose: str
    basis: str
    rows: tuple[int, ...]


def sent(run: RunRecord, rows: Rows) -> tuple[Sent, ...]:
    """A row a nation and task."""
    units: dict[tuple[str, str], dict[str, dict[int, int]]] = {}
    for cell in run.result.plan.allocation:
        kinds = units.setdefault((cell.nation, cell.task), {})
        per_period = kinds.setdefault(cell.capability, {})
        per_period[cell.period] = per_period.get(cell.period, 0) + cell.quantity
    return tuple(_sent(run, rows, *key, kinds) for key, kinds in sorted(units.items()))


def _sent(
    run: RunRecord, rows: Rows, nation: str, task: str, kinds: dict[str, dict[int, int]]
) -> Sent:
    people: dict[int, int] = {}
    for capability, per_period in kinds.items():
        each = run.problem.capabilities[capability].personnel
        for period, quantity in per_period.items():
            people[period] = people.get(period, 0) + each * quantity
    bases = {b for kind in kinds for b in run.problem.basis.get((nation, kind), ())}
    return Sent(
        nation,
        task,
        forces(run.problem, kinds, run.problem.task(task).periods),
        max(people.values(), default=0),
        ", ".join(basis_phrase(basis) for basis in sorted(bases)),
        rows.behind(nation, kinds),
    )


def freed(run: RunRecord, rows: Rows) -> tuple[Freed, ...]:
    """A row a commitment that the plan releases, the largest risk first."""
    when = by_commitment(run.result.plan.released)
    found = [_freed(run, rows, name, units) for name, units in sorted(when.items())]
    return tuple(sorted(found, key=lambda one: -one.risk))


def _freed(run: RunRecord, rows: Rows, name: str, units: dict[int, int]) -> Freed:
    known = run.problem.commitment(name)
    return Freed(
        name,
        known.nation,
        over_time(run.problem, known.capability, units, sorted(units)),
        run.problem.calendar.phrase(units),
        known.release_risk * sum(units.values()),
        known.to,
        known.purpose,
        basis_phrase(known.basis),
        rows.of("commitment", name),
    )
