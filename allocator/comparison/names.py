"""Names for the sides of a comparison: as short as tells them apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

LONGEST = 60
"""Letters of a name; a folder's may be longer."""


@dataclass(frozen=True)
class Naming:
    """What a run can be told by. `world` with what holds on top of it; `folder` is blank for a run
    that is not kept."""

    model: str
    world: str
    folder: str = ""


def names(runs: Sequence[Naming]) -> tuple[str, ...]:
    """By world where the model is the same, by model where the world is; by both, or by their
    folders, where that is not enough. No two are alike."""
    one_model = len({run.model for run in runs}) == 1
    one_world = len({run.world for run in runs}) == 1
    if one_model and not one_world:
        found = [run.world for run in runs]
    elif one_world and not one_model:
        found = [run.model for run in runs]
    else:
        found = [f"{run.model} in {run.world}" for run in runs]
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
