"""The map of worlds: which of them make which task ready, from the sets behind the switches."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from allocator.report.page.tasks import percent
from allocator.report.page.what_if import WhatIf
from allocator.report.page.worlds import Option, SideBySide, option
from allocator.report.pictures.worlds import worlds_picture
from allocator.report.sentences import names
from allocator.report.sentences.ways import least, ways
from allocator.results.run import RunRecord
from allocator.words import some

MOST_ROWS = 40
NAMED = 4
"""Acts and tasks of a world that are named; the picture has all."""


@dataclass(frozen=True, slots=True)
class WorldRow:
    """A world in a line. met: what is brought about, by id; acts: the same by name; likelihood:
    that all come about; ready: how many tasks are, and the first that are not as solved."""

    name: str
    met: tuple[str, ...]
    acts: str
    effort: int
    likelihood: str
    ready: str
    undecided: int


@dataclass(frozen=True, slots=True)
class WorldMap:
    """The picture, which is blank where there is nothing to tell apart, and the same in lines."""

    picture: Markup
    rows: tuple[WorldRow, ...]


def world_map(run: RunRecord, found: WhatIf, beside: SideBySide) -> WorldMap:
    """Return the map of the worlds of the workspace, of those that the cheapest way of each blocked
    task makes, and of the one in which everything is brought about; least effort first.

    run: what is shown. found: how the tasks stand in other worlds. beside: the workspace's worlds.
    """
    told: dict[frozenset[str], Option] = {}
    for one in (*beside.options, *_unlocked(run, found)):
        closed = frozenset(o for name in one.brought_about for o in run.problem.implied_by(name))
        told.setdefault(closed, one)
    options = sorted(told.values(), key=lambda one: (_effort(run, one), one.brought_about))
    shown = options[:MOST_ROWS]
    drawn = worlds_picture(
        run.problem,
        [record.task for record in run.result.tasks],
        [(one.name, one.brought_about, one.verdicts) for one in shown],
    )
    return WorldMap(Markup(drawn), tuple(_row(run, one) for one in shown) if drawn else ())


def _unlocked(run: RunRecord, found: WhatIf) -> Iterator[Option]:
    """On top of the solved world: the cheapest way of each blocked task, then everything."""
    for record in run.result.tasks:
        if record.unlocking.sets:
            way = least(run.problem, record.unlocking.sets)
            met = tuple(sorted({*found.started, *way.preconditions}))
            yield option(run, found, f"for {names.plain_task(run.problem, record.task)}", met)
    if found.elements:
        yield option(run, found, "everything", found.elements)


def _effort(run: RunRecord, one: Option) -> int:
    return sum(run.problem.preconditions[name].effort for name in one.brought_about)


def _row(run: RunRecord, one: Option) -> WorldRow:
    pairs = zip(run.result.tasks, one.verdicts, strict=True)
    news = [r.task for r, verdict in pairs if verdict == "ready" and r.verdict != "ready"]
    opened = some(names.tasks(run.problem, news), NAMED)
    return WorldRow(
        one.name,
        one.brought_about,
        some(names.preconditions(run.problem, one.brought_about), NAMED),
        _effort(run, one),
        percent(ways(run.problem, [one.brought_about])[0].likelihood),
        f"{one.verdicts.count('ready'):,} in all{f': {opened}' if opened else ''}",
        one.verdicts.count("unknown"),
    )
