"""What an answer hangs on, as a hash: equal hashes, equal answers.

What is known to make no difference to a task asked about alone is left out, and nothing else: rows
of capabilities that neither it nor its companions take, caveats on other tasks, other tasks, and
words (names, titles, notes, sources, and in which row something stands). A field that is new to the
problem counts for every task until somebody says here that it need not.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from functools import cached_property
from hashlib import sha256
from typing import Any

from allocator.analysis.request import Request
from allocator.inputs.conditions import tasks_in
from allocator.inputs.problem import Problem
from allocator.inputs.problem.ranges import Range
from allocator.search.blockers.verdict_map import base_world

_WORDS = frozenset({"title", "names", "basis", "stale", "as_written", "on", "worlds"})
"""Fields of a problem that no search reads: words, and worlds other than the one that is asked
about, which stands beside them."""

_OPTIONS = ("seed", "workers")
"""Options that an engine is told."""


class Reads:
    """The hashes of one question. asked: the question."""

    def __init__(self, asked: Request) -> None:
        self._asked = asked
        self._problem = asked.problem
        self._rows = tuple(_rows(asked.problem))
        self._head = _text(self._about())

    @cached_property
    def _ground(self) -> Reads:
        ground = base_world(self._problem, self._asked.world)
        return Reads(replace(self._asked, world=replace(ground, name="", stated=None)))

    def task(self, task: str) -> str:
        """Of verdict, packages, blockers and other worlds of one task."""
        problem = self._problem
        tasks = _beside(problem, task)
        used = {c for name in tasks for c in _capabilities(problem, name)}
        kept = (row.says for row in self._rows if row.touches(tasks, used))
        return _hash(task, self._head, *kept)

    def elsewhere(self, task: str) -> str:
        """Of how the task stands in all worlds on the ground of the one that is asked about."""
        return _hash("elsewhere", self._ground.task(task))

    def plan(self) -> str:
        """Of the joint plan, and the ready tasks that it leaves out."""
        return _hash("plan", self._head, *(row.says for row in self._rows))

    def _about(self) -> dict[str, Any]:
        problem, world, options = self._problem, self._asked.world, self._asked.options
        taken_apart = {"capabilities", "availability", "commitments", "offers", "taken"}
        taken_apart |= {"uncovered", "caveats", "tasks", "ranges"}
        left = {
            f.name: getattr(problem, f.name)
            for f in fields(problem)
            if f.name not in _WORDS | taken_apart
        }
        told = {name: options.get(name) for name in _OPTIONS}
        return {**left, "world": (world.starts, world.stated), "options": told}


@dataclass(frozen=True, slots=True)
class _Row:
    """What a row of the problem says, and what it is about: some tasks, or a capability; None where
    it may be about any."""

    says: str
    tasks: frozenset[str] | None = None
    capability: str | None = None

    def touches(self, tasks: set[str], capabilities: set[str]) -> bool:
        about_tasks = self.tasks is None or not self.tasks.isdisjoint(tasks)
        return about_tasks and (self.capability is None or self.capability in capabilities)


def _rows(problem: Problem) -> Iterator[_Row]:
    """All that is about some capability, or about some tasks."""
    for name, one in problem.capabilities.items():
        said = "capability", name, one.domain, one.personnel, one.rotation
        yield _Row(_text(said), capability=name)
    for pool, units in problem.availability.items():
        yield _Row(_text((pool, units)), capability=pool[1])
    for commitment in problem.commitments:
        yield _Row(_text(commitment), capability=commitment.capability)
    for offer in problem.offers:
        yield _Row(_text(offer), capability=offer.capability)
    for kind in ("taken", "uncovered"):
        for cell in sorted(getattr(problem, kind)):
            yield _Row(_text((kind, cell)), capability=cell[1])
    for caveat in problem.caveats:
        yield _Row(_text(caveat), caveat.tasks)
    for task in problem.tasks:
        yield _Row(_text(replace(task, title="")), frozenset({task.id}))
    yield from map(_range, problem.ranges)


def _range(one: Range) -> _Row:
    figure = one.figure
    said = _text((figure.kind, figure.row, figure.periods, figure.value, one.low, one.high))
    if figure.kind == "minimum":
        return _Row(said, frozenset({figure.row.split(".", 1)[0]}))
    return _Row(said, capability=figure.capability)


def _beside(problem: Problem, task: str) -> set[str]:
    """The task, its companions, and whatever tasks these name."""
    found: set[str] = set()
    waiting = [task]
    while waiting:
        name = waiting.pop()
        if name in found or not problem.has_task(name):
            continue
        found.add(name)
        one = problem.task(name)
        waiting += [*problem.companions(name), *one.reinforces, *tasks_in(one.requires)]
        waiting += [other for line in one.lines for other in line.of or ()]
    return found


def _capabilities(problem: Problem, task: str) -> set[str]:
    one = problem.task(task)
    lead = {one.lead.provides} if one.lead and one.lead.provides else set()
    return {*one.capabilities, *lead}


def _text(value: Any) -> str:
    """The value as text, without the words that do not count when two are compared."""
    if is_dataclass(value) and not isinstance(value, type):
        told = (f"{f.name}={_text(getattr(value, f.name))}" for f in fields(value) if f.compare)
        return f"{type(value).__name__}({', '.join(told)})"
    if isinstance(value, Mapping):
        return f"{{{', '.join(sorted(f'{_text(k)}: {_text(v)}' for k, v in value.items()))}}}"
    if isinstance(value, (set, frozenset)):
        return f"{{{', '.join(sorted(map(_text, value)))}}}"
    if isinstance(value, (list, tuple)):
        return f"({', '.join(map(_text, value))})"
    return repr(value)


def _hash(*texts: str) -> str:
    whole = sha256()
    for text in texts:
        whole.update(f"{len(text)}:{text}".encode())
    return whole.hexdigest()
