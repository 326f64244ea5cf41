"""The switches: what the page needs to tell every world on the solved world's ground."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from allocator.report.page.rows import Rows
from allocator.report.page.text import short
from allocator.report.sentences.asked import asked_for
from allocator.report.sentences.coming import Coming, Rooms, coming
from allocator.report.sentences.formulas import Formula, Least
from allocator.report.sentences.likelihood import phrase
from allocator.report.sentences.overview import sending_nothing
from allocator.results.blocking import VerdictMap
from allocator.results.result import TaskRecord
from allocator.results.run import RunRecord
from allocator.search.blockers.verdict_map import base_world, from_record, reversible_preconditions

BITS = 30
"""Elements a word of a set has; a script's bit operations take 32, one for the sign."""


@dataclass(frozen=True, slots=True)
class Switch:
    """An open precondition. number: its place among the elements; on: brought about in the solved
    world; later: the period from which it holds all the same, 0 where it does not."""

    number: int
    id: str
    name: str
    holder: str
    effort: int
    likelihood: str
    rows: tuple[int, ...]
    on: bool
    later: int
    matters: int


@dataclass(frozen=True)
class WhatIf:
    """elements: the open preconditions on the ground, by id; started: those brought about in the
    solved world; fixed: what holds in every world of the page, and from when. complete: every
    task is known in every world."""

    elements: tuple[str, ...]
    started: tuple[str, ...]
    switches: tuple[Switch, ...]
    fixed: tuple[tuple[str, int], ...]
    everywhere: Mapping[str, VerdictMap]
    coming: Mapping[str, tuple[Coming, ...]]

    @property
    def complete(self) -> bool:
        return all(found.complete for found in self.everywhere.values())


def what_if(
    run: RunRecord, rows: Rows, check: Callable[[int], None] = lambda cells: None
) -> WhatIf:
    """Return `check` is called task by task; it may raise to give it up.

    run: what is shown. rows: numbers of the rows of the inputs, for references.
    """
    problem, base = run.problem, base_world(run.problem, run.world)
    rooms = Rooms(problem, run.world)

    def who_comes(task: str) -> tuple[Coming, ...]:
        check(0)
        return coming(problem, run.world, task, rooms)

    elements = problem.open_preconditions(base)
    everywhere = {record.task: _known(run, record) for record in run.result.tasks}
    return WhatIf(
        elements,
        started(run),
        tuple(_switches(run, rows, elements, everywhere)),
        tuple(sorted(base.starts.items())),
        everywhere,
        {record.task: who_comes(record.task) for record in run.result.tasks},
    )


def started(run: RunRecord) -> tuple[str, ...]:
    """What is brought about in the solved world, without what comes with it where that is told
    apart."""
    held = reversible_preconditions(run.problem, run.world)
    named = {name for name, at in run.problem.worlds.get(run.world.name, {}).items() if at == 1}
    given = run.options.get("with", ())
    with_ = run.problem.starts_of(map(str, given) if isinstance(given, (list, tuple)) else ())
    named |= {name for name, at in with_.items() if at == 1}
    found = tuple(name for name in held if name in named)
    again = run.problem.meeting(base_world(run.problem, run.world), found)
    return found if again.starts == run.world.starts else held


def _known(run: RunRecord, record: TaskRecord) -> VerdictMap:
    notes = run.notes.get(record.task)
    known = notes.everywhere if notes else None
    return known or from_record(run.problem, run.world, record)


def _switches(
    run: RunRecord, rows: Rows, elements: Iterable[str], everywhere: Mapping[str, VerdictMap]
) -> Iterable[Switch]:
    """Those that most tasks ask for first."""
    base, held = base_world(run.problem, run.world), set(started(run))
    matters = {
        name: sum(any(name in members for members in found.ready) for found in everywhere.values())
        for name in elements
    }
    asked = [asked.name for asked in asked_for(run.problem, run.world, run.result.tasks)]
    rank = {name: place for place, name in enumerate(asked)}
    numbered = {name: number for number, name in enumerate(elements)}
    for name in sorted(numbered, key=lambda n: (rank.get(n, len(rank)), -matters[n], n)):
        known = run.problem.preconditions[name]
        yield Switch(
            numbered[name],
            name,
            known.name,
            known.holder,
            known.effort,
            phrase(known.likelihood),
            rows.of("precondition", name),
            name in held,
            base.starts.get(name, 0),
            matters[name],
        )


# --- for the script -------------------------------------------------------------------------


def script_data(run: RunRecord, found: WhatIf) -> dict[str, Any]:
    """The same as plain lists and numbers: elements and facts by number, sets as words of bits."""
    reach = {name: run.problem.implied_by(name) for name in found.elements}
    others = sorted({*(), *(n for names in reach.values() for n in names)} - {*found.elements})
    facts = (*found.elements, *others)
    numbered = {name: number for number, name in enumerate(facts)}
    formulas = _Formulas(numbered)
    nations = {nation: number for number, nation in enumerate(run.problem.nations)}
    known = run.problem.preconditions
    return {
        "model": run.problem.model,
        "elements": [
            {
                "id": name,
                "name": known[name].name or name,
                "effort": known[name].effort,
                "likelihood": known[name].likelihood,
                "implies": sorted(numbered[other] for other in reach[name]),
            }
            for name in found.elements
        ],
        "facts": list(others),
        "held": sorted(numbered[n] for n, at in found.fixed if at == 1 and n in numbered),
        "later": [f"{name}@{start}" for name, start in found.fixed if start > 1],
        "asked": _asked(run),
        "barred": [n for n, at in found.fixed if at == 1 and known[n].status == "ruled_out"],
        "on": [numbered[name] for name in found.started],
        "words": _words(len(found.elements)),
        "tasks": [
            {
                "id": record.task,
                "title": short(run.problem.task(record.task).title),
                "verdict": record.verdict,
                "priority": run.problem.task(record.task).priority,
                **_sets(found.everywhere[record.task], found.elements),
                "nations": [
                    [nations[c.nation], formulas.number(c.sometimes), formulas.number(c.always)]
                    for c in found.coming[record.task]
                ],
            }
            for record in run.result.tasks
        ],
        "priorities": sorted({run.problem.task(r.task).priority for r in run.result.tasks}),
        "nations": [short(name, 40) for name in nations],
        "formulas": formulas.listed,
    }


def _asked(run: RunRecord) -> list[str]:
    """The options that a command says again to solve another world of the same problem."""
    problem = run.problem
    said = [word for nation in sending_nothing(run) for word in ("--without", nation)]
    if problem.on is not None:  # Which offers there are is a matter of the day, counted or not.
        said += ["--count", problem.count, "--on", str(problem.on)]
    return said


def _words(size: int) -> int:
    return max(1, -(-size // BITS))


def _sets(found: VerdictMap, elements: tuple[str, ...]) -> dict[str, Any]:
    """Sets one after another in one list, `words` numbers each."""
    numbered = {name: number for number, name in enumerate(elements)}

    def flat(sets: Iterable[Iterable[str]]) -> list[int]:
        masks = (sum(1 << numbered[name] for name in members) for members in sets)
        return [
            mask >> BITS * word & (1 << BITS) - 1
            for mask in masks
            for word in range(_words(len(elements)))
        ]

    return {
        "complete": found.complete,
        "ready": flat(found.ready),
        "notReady": flat(found.not_ready),
    }


class _Formulas:
    """Each formula once. 0 is never, 1 is always; a part below 0 is a fact, -1 the first."""

    def __init__(self, facts: Mapping[str, int]) -> None:
        self.listed: list[list[Any]] = [[1, []], [0, []]]
        self._facts = facts
        self._known: dict[Formula, int] = {}

    def number(self, formula: Formula) -> int:
        if isinstance(formula, bool):
            return int(formula)
        if isinstance(formula, str):
            return -1 - self._facts[formula]
        if formula not in self._known:
            self._known[formula] = self._add(formula)
        return self._known[formula]

    def _add(self, formula: Least) -> int:
        parts = [[weight, self.number(part)] for weight, part in formula.parts]
        self.listed.append([formula.need, parts])
        return len(self.listed) - 1
