"""The cases of a sweep, in the order of its file: models, their worlds, changes, draws."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from typing import Any, Self

from allocator.inputs.sweeps.reading import Sweep
from allocator.inputs.sweeps.spec import SweepSpec, SweptChange, SweptWorld
from allocator.results.sweep import Case

_AS_STATED = SweptChange(name="as_stated")


@dataclass(frozen=True)
class CaseQuestion:
    """All that a case's answer hangs on beside the workspace: nothing of what it is called."""

    model: str
    world: str
    with_: tuple[str, ...]
    without: tuple[str, ...]
    cells: tuple[tuple[str, int | None, Mapping[str, str | None]], ...]
    tasks: tuple[str, ...]
    plan: bool
    seed: int
    seconds: int
    count: str
    on: str | None
    draw: int | None
    spread: Mapping[str, float]
    uniform: bool
    likelihoods: bool

    @classmethod
    def read(cls, text: str) -> Self:
        """Return the question that `text` states."""
        said: dict[str, Any] = json.loads(text)
        for name in ("with_", "without", "tasks"):
            said[name] = tuple(said[name])
        return cls(**said | {"cells": tuple(map(tuple, said["cells"]))})

    @property
    def text(self) -> str:
        """As JSON: the same question gives the same text."""
        return json.dumps(vars(self), ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    @property
    def of_problem(self) -> Self:
        """The part of it that says which problem is meant, and how its figures are drawn."""
        draw = None if self.draw is None else 0
        rest: Any = {"world": "", "with_": (), "tasks": (), "plan": False, "seconds": 0}
        return replace(self, **rest, draw=draw)

    @property
    def of_workspace(self) -> Self:
        """The part of it that says which workspace is meant."""
        rest: Any = {"model": "", "without": (), "count": "", "on": None, "seed": 0}
        drawn: Any = {"draw": None, "spread": {}, "uniform": False, "likelihoods": False}
        return replace(self.of_problem, **rest, **drawn)


def cases(
    sweep: Sweep, inputs: bytes, versions: Mapping[str, str], on: date | None
) -> Iterator[Case]:
    """Yield every combination with its key.

    sweep: what is asked. inputs: the packed workspace. versions: of what makes an answer. on: the
    day on which offers have to be valid; None where there are none.
    """
    around = sha256(inputs)
    around.update(json.dumps(dict(versions), sort_keys=True).encode())
    for number, (model, world, change, draw) in enumerate(_combinations(sweep), 1):
        text = _question(sweep.spec, model, world, change, draw, on).text
        key = around.copy()
        key.update(text.encode())
        name = change.name if sweep.spec.changes else ""
        yield Case(number, model, world.label, name, draw, text, key.hexdigest())


def _combinations(sweep: Sweep) -> Iterator[tuple[str, SweptWorld, SweptChange, int | None]]:
    spec = sweep.spec
    draws: tuple[int | None, ...] = (None,)
    if spec.draws is not None:
        draws = tuple(range(1, spec.draws.number + 1))
    for model in sweep.models:
        for world in spec.worlds:
            for change in spec.changes or (_AS_STATED,):
                for draw in draws:
                    yield model, world, change, draw


def _question(
    spec: SweepSpec,
    model: str,
    world: SweptWorld,
    change: SweptChange,
    draw: int | None,
    on: date | None,
) -> CaseQuestion:
    drawn = spec.draws
    return CaseQuestion(
        model,
        world.world,
        tuple(sorted({*world.with_, *change.with_})),
        tuple(sorted({*change.without})),
        tuple((one.table, one.row, one.cells) for one in change.change),
        tuple(sorted({*spec.tasks})),
        spec.plan,
        spec.seed,
        spec.time_limit,
        spec.count,
        None if on is None else str(on),
        draw,
        dict(drawn.spread) if drawn else {},
        bool(drawn and drawn.uniform),
        bool(drawn and drawn.likelihoods),
    )
