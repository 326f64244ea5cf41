"""The workspace's worlds side by side: what each brings about, and what that makes ready."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import prod

from allocator.report.page.what_if import WhatIf
from allocator.results.result import Verdict
from allocator.results.run import RunRecord
from allocator.search.blockers.verdict_map import base_world


@dataclass(frozen=True, slots=True)
class Option:
    """A world on the solved world's ground. verdicts: in the order of the run's tasks."""

    name: str
    brought_about: tuple[str, ...]
    verdicts: tuple[Verdict, ...]


@dataclass(frozen=True, slots=True)
class Criterion:
    """A figure for each option, and how far it is from the first one's; None: not known."""

    name: str
    values: tuple[int | float | None, ...]
    unit: str = ""

    @property
    def differences(self) -> tuple[int | float | None, ...]:
        base = self.values[0]
        return tuple(
            None if value is None or base is None else round(value - base, 1)
            for value in self.values
        )


@dataclass(frozen=True, slots=True)
class SideBySide:
    """The solved world first. `elsewhere`: worlds whose ground is another."""

    options: tuple[Option, ...]
    criteria: tuple[Criterion, ...]
    elsewhere: tuple[str, ...]


def side_by_side(run: RunRecord, found: WhatIf) -> SideBySide:
    solved = option(run, found, run.world.name, found.started)
    named = [name for name in ("today", *run.problem.worlds) if name != run.world.name]
    placed = {name: _brought_about(run, found, name) for name in dict.fromkeys(named)}
    options = (
        solved,
        *(option(run, found, name, met) for name, met in placed.items() if met is not None),
    )
    elsewhere = tuple(name for name, met in placed.items() if met is None)
    return SideBySide(options, tuple(_criteria(run, options)), elsewhere)


def _brought_about(run: RunRecord, found: WhatIf, name: str) -> tuple[str, ...] | None:
    """What the named world brings about on the solved world's ground; None where its ground is
    another."""
    starts = run.problem.worlds.get(name, {})
    met = tuple(sorted(n for n, at in starts.items() if at == 1 and n in found.elements))
    again = run.problem.meeting(base_world(run.problem, run.world), met)
    return met if again.starts == run.problem.world(name).starts else None


def option(run: RunRecord, found: WhatIf, name: str, met: tuple[str, ...]) -> Option:
    """A world by name.

    run: what is shown. found: how the tasks stand in other worlds. name: of the world. met: what is
    brought about in it.
    """
    return Option(name, met, tuple(_verdicts(run, found, met)))


def _verdicts(run: RunRecord, found: WhatIf, met: tuple[str, ...]) -> Iterator[Verdict]:
    known = run.problem
    closed = {other for name in met for other in known.implied_by(name)}
    for record in run.result.tasks:
        verdict = found.everywhere[record.task].verdict(closed & {*found.elements} | {*met})
        yield record.verdict if met == found.started and verdict == "unknown" else verdict


def _criteria(run: RunRecord, options: tuple[Option, ...]) -> Iterable[Criterion]:
    known = run.problem.preconditions
    yield Criterion("preconditions brought about", tuple(len(o.brought_about) for o in options))
    yield Criterion(
        "effort to bring them about",
        tuple(sum(known[n].effort for n in o.brought_about) for o in options),
        "points",
    )
    yield Criterion(
        "likelihood that all come about", tuple(_likelihood(run, o) for o in options), "%"
    )
    for priority in sorted({task.priority for task in run.problem.tasks}):
        tasks = [
            i
            for i, record in enumerate(run.result.tasks)
            if run.problem.task(record.task).priority == priority
        ]
        if tasks:
            yield Criterion(
                f"tasks of priority {priority} ready, of {len(tasks)}",
                tuple(_count(option, "ready", tasks) for option in options),
            )
    everything = range(len(run.result.tasks))
    for verdict in ("blocked", "short", "unknown"):
        yield Criterion(
            f"tasks {verdict}", tuple(_count(option, verdict, everything) for option in options)
        )


def _count(option: Option, verdict: str, tasks: Iterable[int]) -> int:
    return sum(option.verdicts[i] == verdict for i in tasks)


def _likelihood(run: RunRecord, option: Option) -> float | None:
    """In per cent, taken as independent; None where one has no figure."""
    chances = [run.problem.preconditions[name].likelihood for name in option.brought_about]
    if any(chance is None for chance in chances):
        return None
    return round(100 * prod(chance for chance in chances if chance is not None), 1)
