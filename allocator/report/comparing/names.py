"""Names for the sides of a comparison: as short as tells them apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

LONGEST = 60
"""Letters of a name; a folder's may be longer."""


@dataclass(frozen=True)
class Naming:
    """What a run can be told by. `with_` holds on top of the world; `folder` is blank for a run
    that is not kept."""

    model: str
    world: str
    with_: tuple[str, ...] = ()
    folder: str = ""


def names(runs: Sequence[Naming]) -> tuple[str, ...]:
    """By world where the model is the same, by model where the world is; by both, or by their
    folders, where that is not enough. No two are alike."""
    everywhere = set.intersection(*(set(run.with_) for run in runs))
    worlds = [world_of(r.world, [name for name in r.with_ if name not in everywhere]) for r in runs]
    models = [run.model for run in runs]
    if len({*models}) == 1 and len({*worlds}) > 1:
        found = worlds
    elif len({*worlds}) == 1 and len({*models}) > 1:
        found = models
    else:
        found = [f"{model} in {world}" for model, world in zip(models, worlds, strict=True)]
    found = [_short(name) for name in found]
    counts = Counter(found)
    by_folder = [
        _short(run.folder) if counts[name] > 1 and run.folder else name
        for run, name in zip(runs, found, strict=True)
    ]
    return tuple(_numbered(by_folder))


def _short(name: str) -> str:
    """Fit for a header."""
    return name if len(name) <= LONGEST else f"{name[: LONGEST - 1]}…"


def _numbered(found: Sequence[str]) -> list[str]:
    """Told apart by more than their capitals, which headers of a workbook are not."""
    numbered: list[str] = []
    for name in found:
        number, own = 2, name
        while own.casefold() in map(str.casefold, numbered):
            number, own = number + 1, f"{name} ({number})"
        numbered.append(own)
    return numbered


def world_of(world: str, with_: Sequence[str]) -> str:
    """The world with what holds on top of it: `ceasefire + us_backstop`."""
    return " + ".join((world, *with_))
