"""What nations send over time, in words: units that never stand together are never added up."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from allocator.inputs.problem import Problem
from allocator.report.sentences.amounts import amount
from allocator.results.result import Cell, Release


def senders(problem: Problem, cells: Iterable[Cell]) -> str:
    """Return each nation with its units: `FRA 6 mechanised companies; GBR …`.

    problem: the model that is asked about, with its tables. cells: what is sent.
    """
    return "; ".join(f"{nation} {units}" for nation, units in by_nation(problem, cells))


def to_task(problem: Problem, cells: Iterable[Cell], task: str) -> list[tuple[str, str]]:
    """Return each nation and what it sends the task, and apart what it sends tasks beside it:
    `1 company, and for hub 2 companies`.

    problem: the model that is asked about, with its tables. cells: what is sent. task: its id.
    """
    parts: dict[str, list[Cell]] = {task: []}
    for cell in sorted(cells, key=lambda cell: cell.task):
        parts.setdefault(cell.task, []).append(cell)
    told: dict[str, list[str]] = {}
    for name, part in parts.items():
        for nation, units in by_nation(problem, part):
            told.setdefault(nation, []).append(units if name == task else f"for {name} {units}")
    return [(nation, ", and ".join(said)) for nation, said in sorted(told.items())]


def by_nation(problem: Problem, cells: Iterable[Cell]) -> list[tuple[str, str]]:
    """Return each nation and its units over the periods of the tasks that it sends them to.

    problem: the model that is asked about, with its tables. cells: what is sent.
    """
    sent: dict[str, dict[str, dict[int, int]]] = {}
    tasks: dict[str, set[str]] = {}
    for cell in cells:
        periods = sent.setdefault(cell.nation, {}).setdefault(cell.capability, {})
        periods[cell.period] = periods.get(cell.period, 0) + cell.quantity
        tasks.setdefault(cell.nation, set()).add(cell.task)
    return [
        (nation, forces(problem, kinds, _windows(problem, tasks[nation])))
        for nation, kinds in sorted(sent.items())
    ]


def by_commitment(released: Iterable[Release]) -> dict[str, dict[int, int]]:
    """Return by commitment the units that are released of it in each period.

    released: as a plan has them.
    """
    found: dict[str, dict[int, int]] = {}
    for release in released:
        found.setdefault(release.commitment, {})[release.period] = release.quantity
    return found


def forces(problem: Problem, kinds: Mapping[str, Mapping[int, int]], window: Sequence[int]) -> str:
    """Return units by capability in words, each over the window.

    problem: the model that is asked about, with its tables. kinds: by capability, units by period.
    window: the periods in which they could stand.
    """
    return ", ".join(over_time(problem, kind, kinds[kind], window) for kind in sorted(kinds))


def over_time(
    problem: Problem, capability: str, units: Mapping[int, int], window: Sequence[int]
) -> str:
    """Return `6 companies` where they stand throughout, `6 companies in periods 1-2`, or `at most
    6 companies` where their number changes.

    problem: the model that is asked about, with its tables. capability: its id. units: by period.
    window: the periods in which they could stand.
    """
    there = {period: number for period, number in units.items() if number}
    said = amount(problem, capability, max(there.values(), default=0))
    if len(set(there.values())) > 1:
        return f"at most {said}"
    return said if set(window) <= set(there) else f"{said} in {problem.calendar.phrase(there)}"


def _windows(problem: Problem, tasks: Iterable[str]) -> list[int]:
    return sorted({period for task in tasks for period in problem.task(task).periods})
