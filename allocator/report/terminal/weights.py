"""Who matters for a task, and what it costs to do without each nation, for a planner to read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from rich.console import RenderableType

from allocator.report.sentences import situation as say
from allocator.report.terminal.console import note, ruled, titled
from allocator.results.coalitions import Power, Replacement, Weight, Without
from allocator.results.result import Level, TaskRecord
from allocator.words import count

if TYPE_CHECKING:
    from allocator.results.run import RunRecord


def weights(run: RunRecord, record: TaskRecord) -> Iterator[RenderableType]:
    """How many coalitions can do it, and a row a nation, the weightiest first."""
    notes = run.notes.get(record.task)
    if notes is None or (notes.power is None and notes.replacement is None):
        if run.interrupted or run.timed_out or run.out_of_memory:
            yield note("Who matters was not worked out before the run stopped.")
        return
    told = [note(text) for text in sentences(notes.power)] if notes.power else []
    header, rows = nations(run, record)
    shown = ruled(header, rows, right="In packages,Banzhaf share,Shapley")
    yield titled("Who matters", *told, shown)
    if notes.replacement is not None:
        yield note(WITHOUT)


WITHOUT = (
    "Without it: the first objective of the task's best plan that is worse then, by how much; a "
    "shortfall in target-periods: one whole target missing in one period."
)


def nations(run: RunRecord, record: TaskRecord) -> tuple[list[str], list[list[str]]]:
    """A header and a row a nation, the weightiest first; columns that say nothing left out."""
    notes = run.notes[record.task]
    whole = record.packages.complete and not record.packages.only
    packages = [set(package.nations) for package in record.packages.sets] if whole else None
    return _laid_out(notes.power, notes.replacement, packages)


def sentences(power: Power) -> Iterator[str]:
    nations = count(power.nations, "nation")
    if power.winning is None:
        share, margin = 100 * power.share, 100 * power.margin
        yield (
            f"About {share:.1f} % (± {margin:.1f}, sampled) of the coalitions of the {nations} "
            "that could come can do it; a nation's weight is an estimate too: its Banzhaf index is "
            f"known to ± {power.banzhaf_margin:.3f}."
        )
        return
    yield (
        f"{power.winning:,} of the {1 << power.nations:,} coalitions of the {nations} that could "
        "come can do it."
    )
    if power.packages is not None and power.rule is not None:
        yield (
            f"{count(power.packages, 'package')} in all: weights alone decide, so that they are "
            "counted without being listed."
        )


def _laid_out(
    power: Power | None, prices: Replacement | None, packages: list[set[str]] | None
) -> tuple[list[str], list[list[str]]]:
    known = {one.nation: one for one in power.weights} if power else {}
    without = {one.nation: one for one in prices.nations} if prices else {}
    nations = sorted(known or without, key=lambda n: (-known[n].banzhaf if known else 0, n))
    header = (
        "Nation", "In packages", "Banzhaf share", "Shapley", "Needed", "Replaced by", "Without it"
    )  # fmt: skip
    rows = [
        (
            nation,
            "" if packages is None else f"{sum(nation in one for one in packages):,}",
            *_figures(known.get(nation)),
            _price(prices, without.get(nation)),
        )
        for nation in nations
    ]
    kept = [k for k in range(len(header)) if not k or any(row[k] for row in rows)]
    return [header[k] for k in kept], [[row[k] for k in kept] for row in rows]


def _figures(weight: Weight | None) -> tuple[str, str, str, str]:
    if weight is None:
        return ("", "", "", "")
    shapley = "" if weight.shapley is None else f"{weight.shapley:.4f}"
    needed = "in every package" if weight.veto else "in none" if weight.never_needed else ""
    return (f"{weight.banzhaf_share:.4f}", shapley, needed, ", ".join(weight.substitutes))


def _price(prices: Replacement | None, without: Without | None) -> str:
    if prices is None or without is None:
        return ""
    if without.possible == "no":
        return "cannot be done"
    if not without.levels:
        return "no plan found in time"
    return worse(prices.levels, without.levels)


def worse(best: Sequence[Level], other: Sequence[Level]) -> str:
    """The first objective that is worse, and by how much."""
    pairs = list(zip(best, other, strict=True))
    words = next((text for before, level in pairs if (text := _added(before, level))), "as good")
    proved = all(level.status == "optimal" for pair in pairs for level in pair)
    return words if proved else f"{words} (not proved)"


def _added(before: Level, level: Level) -> str:
    difference = level.value - before.value
    if not difference:
        return ""
    name = level.objective.partition("[")[0]
    (figure,) = say.figures(name, difference)
    return f"{say.short_objective(name)} {'+' if difference > 0 else ''}{figure}"
