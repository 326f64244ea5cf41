"""Figures drawn from their ranges: by a quantile of harm, 0 the helpful end and 1 the harmful.

Every unit has a stream of its own, by seed and name, so that its draws are the same for all
tasks, worlds and models, and whatever else is drawn beside it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from random import Random

import numpy as np
import numpy.typing as npt

from allocator.inputs.problem import Problem
from allocator.inputs.problem.figures import at
from allocator.inputs.problem.ranges import Range, Unit

Numbers = npt.NDArray[np.int64]
Marks = npt.NDArray[np.bool_]
Quantiles = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Draws:
    """`number` draws of some units. of: those of a longer row of draws that are meant; all of them
    where it is left out."""

    units: tuple[Unit, ...]
    number: int
    seed: int
    uniform: bool = False
    of: Draws | None = field(default=None, repr=False)
    chosen: Numbers | None = field(default=None, repr=False, compare=False)

    def some(self, chosen: Numbers) -> Draws:
        """Some of the draws, by their numbers from 0."""
        return Draws(self.units, len(chosen), self.seed, self.uniform, self, chosen)

    @cached_property
    def quantiles(self) -> list[Quantiles]:
        """By unit, of all draws."""
        if self.of is not None:
            return [quantiles[self.chosen] for quantiles in self.of.quantiles]
        return [_stream(unit.id, self.seed, self.number) for unit in self.units]

    @cached_property
    def ranges(self) -> tuple[Range, ...]:
        """The columns of `values`."""
        return tuple(one for unit in self.units for one in unit.ranges)

    @cached_property
    def values(self) -> Numbers:
        """One row a draw, one column a figure."""
        if self.of is not None:
            return self.of.values[self.chosen]
        columns = [
            drawn(one, quantiles, uniform=self.uniform)
            for unit, quantiles in zip(self.units, self.quantiles, strict=True)
            for one in unit.ranges
        ]
        return np.column_stack(columns) if columns else np.zeros((self.number, 0), np.int64)

    @cached_property
    def harm(self) -> Numbers:
        """As `values`, each figure as steps from its helpful end."""
        if self.of is not None:
            return self.of.harm[self.chosen]
        signs = np.array([-1 if one.figure.more_helps else 1 for one in self.ranges], np.int64)
        return (self.values - np.array([one.helpful for one in self.ranges], np.int64)) * signs

    def problem(self, problem: Problem, draw: int) -> Problem:
        """The problem at the figures of one draw."""
        row = self.values[draw].tolist()
        return at(problem, {one.figure: v for one, v in zip(self.ranges, row, strict=True)})

    def worst_of(self, problem: Problem, draws: Numbers) -> Problem:
        """The problem with every figure as harmful as in the worst of these draws."""
        steps = self.harm[draws].max(axis=0).tolist()
        values = {
            one.figure: one.helpful - n if one.figure.more_helps else one.helpful + n
            for one, n in zip(self.ranges, steps, strict=True)
        }
        return at(problem, values)


def drawn(one: Range, quantiles: Quantiles, *, uniform: bool = False) -> Numbers:
    """Return the figure's values at these quantiles of harm.

    one: a figure with its ends. uniform: whether all values are alike.
    """
    steps = _steps(
        quantiles,
        abs(one.figure.value - one.helpful) + 1,
        abs(one.harmful - one.figure.value) + 1,
        uniform=uniform,
    )
    return one.helpful - steps if one.figure.more_helps else one.helpful + steps


def _steps(quantiles: Quantiles, helpful: int, harmful: int, *, uniform: bool) -> Numbers:
    """How many steps from the helpful end: the fewest whose weights come to more than the
    quantile. helpful, harmful: values from that end to the stated one, both counted."""
    low = np.zeros(quantiles.shape, np.int64)
    high = np.full(quantiles.shape, helpful + harmful - 2, np.int64)
    while (low < high).any():
        middle = (low + high) // 2
        enough = _share(middle, helpful, harmful, uniform=uniform) > quantiles
        low, high = np.where(enough, low, middle + 1), np.where(enough, middle, high)
    return low


def _share(steps: Numbers, helpful: int, harmful: int, *, uniform: bool) -> Quantiles:
    """The part of all weight that lies within so many steps of the helpful end: weights grow
    evenly to 1 at the stated value, and fall evenly from there."""
    if uniform:
        return (steps + 1) / (helpful + harmful - 1)
    whole = (helpful + harmful) / 2
    left = (helpful + harmful - 2 - steps).astype(np.float64)
    rising = (steps + 1.0) * (steps + 2.0) / (2 * helpful)
    falling = whole - left * (left + 1) / (2 * harmful)
    return np.where(steps < helpful, rising, falling) / whole


def _stream(name: str, seed: int, number: int) -> Quantiles:
    rng = Random(f"{seed} {name}")
    return np.array([rng.random() for _ in range(number)], np.float64)


def comes_about(problem: Problem, name: str, draws: Draws) -> Marks | None:
    """Return in which draws the precondition comes about; None where its likelihood is not known.

    problem: the model that is asked about, with its tables. name: of a precondition. draws: of its
    figures.
    """
    likelihood = problem.preconditions[name].likelihood
    if likelihood is None:
        return None
    return np.asarray(_stream(f"precondition {name}", draws.seed, draws.number) < likelihood)


def of_task(units: Sequence[Unit], matters: Sequence[Range]) -> tuple[Unit, ...]:
    """The units that matter to a task, each with those of its figures that do."""
    kept = {id(one) for one in matters}
    found = (Unit(u.id, tuple(one for one in u.ranges if id(one) in kept), u.group) for u in units)
    return tuple(unit for unit in found if unit.ranges)
