"""The ways to unlock a task on the terminal: priced, filtered by holder, over all worlds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from rich.console import RenderableType

from allocator.report.sentences import names
from allocator.report.sentences.likelihood import phrase
from allocator.report.sentences.ways import Way, vetoes, without
from allocator.report.sentences.ways import ways as priced
from allocator.report.terminal.console import note, ruled, titled
from allocator.results.result import Family, TaskRecord
from allocator.words import count, listing

if TYPE_CHECKING:
    from allocator.results.blocking import CheapestWay, Relaxed, WorldMap
    from allocator.results.run import RunRecord

EFFORT = "Effort (points)"
ROWS = 40
"""Ways and preconditions that the terminal shows; the run's folder has all."""


def listed(run: RunRecord, family: Family) -> Sequence[RenderableType]:
    """The ways, least effort first, without those that need an act of a barred holder."""
    found = priced(run.problem, family.sets)
    barred = _barred(run)
    kept = without(found, barred) if barred else found
    parts: list[RenderableType] = []
    if barred:
        parts.append(note(_filtered(kept, found, barred, family.complete)))
    elif family.complete and (always := vetoes(run.problem, family.sets)):
        parts.append(note(f"No way goes without {listing(always)}: each alone has a veto."))
    if kept:
        parts.append(_table(kept[:ROWS]))
    if len(kept) > ROWS:
        parts.append(note(f"and {count(len(kept) - ROWS, 'way')} more, in the run's folder"))
    return parts


def outlook(run: RunRecord, record: TaskRecord) -> Iterable[RenderableType]:
    """The cheapest way, the share of worlds, and what matters how much."""
    notes = run.notes.get(record.task)
    if notes is None:
        return
    if notes.cheapest is not None:
        yield note(cheapest_sentence(run, notes.cheapest))
    if notes.world_map is not None:
        yield note(map_sentence(notes.world_map))
        yield titled("How much each precondition matters", *_influence(run, notes.world_map))


def relaxed(run: RunRecord, record: TaskRecord) -> Iterable[RenderableType]:
    """Which rows' lifting would do, where that was asked."""
    notes = run.notes.get(record.task)
    if notes is None or notes.relaxed is None:
        if run.options.get("relax") and record.verdict != "ready":
            yield note("Which rows' lifting would do was not worked out in time.")
        return
    title, told, sets = relaxed_said(run, notes.relaxed)
    rows = [*map(note, told), *(note(f"- {one}", indent=4) for one in sets[:ROWS])]
    if len(sets) > ROWS:
        rows.append(note(f"and {count(len(sets) - ROWS, 'way')} more, in the run's folder"))
    yield titled(title, *rows)


def relaxed_said(run: RunRecord, found: Relaxed) -> tuple[str, list[str], list[str]]:
    """Return a heading, what is known of the rows that would do, and each set of them."""
    title = f"Which {listing(found.kinds)} would do"
    if found.hopeless:
        return (
            title,
            [f"Proved: even without any of the {listing(found.kinds)} it cannot be staffed."],
            [],
        )
    if not found.sets:
        return title, ["None is known; the time, or the number of questions, ran out."], []
    more = "" if found.complete else ", and there may be more"
    return (
        title,
        [f"{count(len(found.sets), 'way')}{more}:"],
        [_members(run, one) for one in found.sets],
    )


def _members(run: RunRecord, members: Sequence[tuple[str, str]]) -> str:
    verbs = {"precondition": "bring about", "caveat": "lift caveat", "commitment": "free"}
    by_name = names.of_preconditions(run.problem)
    return ", ".join(
        f"{verbs[kind]} {by_name(name) if kind == 'precondition' else name}"
        for kind, name in members
    )


def cheapest_sentence(run: RunRecord, best: CheapestWay) -> str:
    """Return the way of least effort known, and how far it is proved to be that.

    run: what is shown. best: the way.
    """
    if best.effort is None:
        least = f"none takes an effort below {count(best.bound, 'point')}"
        return f"Cheapest: no way is known yet; {least}."
    acts = listing(names.preconditions(run.problem, best.preconditions))
    way = f"{_cheapest_of(run, best)}: {acts}, an effort of {count(best.effort, 'point')}"
    if best.proved:
        return f"{way}; proved, nothing takes less."
    return f"{way}; nothing below {best.bound} is possible."


def _cheapest_of(run: RunRecord, best: CheapestWay) -> str:
    """`Cheapest`, or that it needs an act of a holder without whom ways were asked for."""
    if _spared(run, best.preconditions):
        return "Cheapest"
    return f"Cheapest of all, not leaving out {listing(_barred(run), 'or')}"


def _spared(run: RunRecord, way: Sequence[str]) -> bool:
    """Whether a way needs no act of a barred holder."""
    return bool(without(priced(run.problem, [way]), _barred(run)))


def tried_first(run: RunRecord, record: TaskRecord) -> tuple[str, ...]:
    """The preconditions of the way to try first, without an act of those who are barred; none
    where no such way is known."""
    return next((way for way in record.unlocking.sets if _spared(run, way)), ())


def map_sentence(found: WorldMap) -> str:
    share = f"{100 * found.ready:.1f} %"
    if not found.exact:
        share = f"about {share} (± {100 * found.margin:.1f}, sampled)"
    text = f"Ready in {share} of the {found.worlds:,} worlds of what can matter"
    if found.likelihood is None:
        return f"{text}."
    chance = f"{100 * found.likelihood:.0f} %"
    if found.likelihood_margin:
        chance = f"about {chance} (± {100 * found.likelihood_margin:.0f}, sampled)"
    return (
        f"{text}; with the likelihoods taken as independent, {phrase(found.likelihood)}: {chance}."
    )


def _barred(run: RunRecord) -> tuple[str, ...]:
    given = run.options.get("without_holder", ())
    return tuple(map(str, given)) if isinstance(given, (list, tuple)) else ()


def _filtered(
    kept: Sequence[Way], found: Sequence[Way], barred: tuple[str, ...], complete: bool
) -> str:
    who = listing(barred, "or")
    known = "" if complete else " known so far"
    if kept:
        return f"{len(kept):,} of {count(len(found), 'way')}{known} need no act of {who}:"
    if complete:
        return f"No way goes without an act of {who}: a veto."
    return f"None of the {count(len(found), 'way')} known so far goes without an act of {who}."


def _table(kept: Sequence[Way]) -> RenderableType:
    rows = (
        (str(way.effort), _percent(way.likelihood), ", ".join(way.preconditions)) for way in kept
    )
    return ruled((EFFORT, "Likelihood", "Way, by id"), rows, right=f"{EFFORT},Likelihood")


def _percent(likelihood: float | None) -> str:
    if likelihood is None:
        return "no estimate"
    return "under 0.1 %" if likelihood < 0.001 else f"{100 * likelihood:.1f} %"


def _influence(run: RunRecord, found: WorldMap) -> Iterable[RenderableType]:
    if not found.exact:
        yield note(f"Estimates: a Banzhaf index is known to ± {found.banzhaf_margin:.3f}.")
    header, rows = influence(run, found)
    yield ruled(header, rows, right="Banzhaf,Shapley")


def influence(run: RunRecord, found: WorldMap) -> tuple[Sequence[str], list[Sequence[str]]]:
    """Return a header and a row a precondition that matters, the weightiest first.

    run: what is shown. found: what is known of a task in all worlds.
    """
    name = names.of_preconditions(run.problem)
    matter = [item for item in found.influence if not item.never_needed]
    matter.sort(key=lambda item: (-item.banzhaf, item.precondition))
    # Of drawn worlds it is not known which preconditions stand in for each other.
    told = all(item.never_needed is not None for item in found.influence)
    header = ("Precondition", "Banzhaf", "Shapley", "Needed", "May be replaced by")
    rows = [
        (
            name(item.precondition),
            f"{item.banzhaf:.3f}",
            "sampled" if item.shapley is None else f"{item.shapley:.3f}",
            _IN_EVERY_WAY[item.necessary],
            ", ".join(map(name, item.substitutes)),
        )
        for item in matter[:ROWS]
    ]
    shown = len(header) if told else len(header) - 1
    return header[:shown], [row[:shown] for row in rows]


_IN_EVERY_WAY = {True: "in every way", False: "", None: "not known"}
