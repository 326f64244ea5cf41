"""A part of a program is the whole with the rest fixed."""

from __future__ import annotations

from random import Random

from allocator.engines import Settings
from allocator.engines.cpsat import CpSat
from allocator.engines.part import Parts
from allocator.model.objectives import Objective
from allocator.model.program import Program
from tests.plenty import plenty


def _random(rng: Random) -> tuple[Program, Objective, tuple[int, ...]]:
    """A program, an objective, and a solution that is seldom the best."""
    program = Program()
    x = [program.variable(0, rng.randint(1, 4)) for _ in range(8)]
    for _ in range(6):
        terms = [(rng.choice((-2, -1, 1, 2, 3)), v) for v in rng.sample(x, 4)]
        program.at_most(terms, rng.randint(0, 6))
    gain = Objective("gain", rng.random() < 0.5, tuple((rng.randint(-3, 5), v) for v in x), 7)
    found = CpSat(program, Settings()).ask(plenty()).values
    assert found is not None
    return program, gain, found


def test_a_part_has_the_best_of_the_whole_with_the_rest_fixed() -> None:
    """The same value, and put back it is a solution with that value."""
    for seed in range(30):
        rng = Random(seed)
        program, gain, values = _random(rng)
        parts = Parts(program, [False] * 8)
        for _ in range(3):
            free = rng.sample(range(8), 4)
            part = parts.cut(values, free)
            found = CpSat(part.program, Settings()).ask(
                plenty(), None, part.objective(gain, values)
            )
            fixed = {v: values[v] for v in range(8) if v not in free}
            whole = CpSat(program, Settings()).ask(plenty(), fixed, gain)
            assert found.values is not None
            assert whole.values is not None
            values = tuple(part.back(found.values, values))
            assert gain.value(values) == gain.value(whole.values), f"seed {seed}"
            assert CpSat(program, Settings()).ask(plenty(), dict(enumerate(values))).values


def test_rows_added_later_hold_for_parts_unless_left_out() -> None:
    """A level that was kept binds every part; the question about a task alone leaves it out."""
    program = Program()
    x, y = program.variable(0, 5), program.variable(0, 5)
    program.at_most([(1, x), (1, y)], 6)
    parts = Parts(program, [False, False])
    most = Objective("most", True, ((1, x),))
    program.at_least([(1, y)], 2)
    for later, best in ((True, 4), (False, 5)):
        part = parts.cut((0, 2 if later else 0), [x, y], later=later)
        assert CpSat(part.program, Settings()).ask(plenty(), None, most).bound == best


def test_what_follows_is_freed_with_what_decides_it() -> None:
    """Along rows, one after another; not beyond what decides for itself, nor by later rows."""
    program = Program()
    a, follower, next_, b, other, late = (program.boolean() for _ in range(6))
    program.at_most([(1, follower), (-1, a)], 0)
    program.at_most([(1, next_), (-1, follower)], 0)
    program.at_most([(1, next_), (1, b)], 1)
    program.at_most([(1, b), (1, other)], 1)
    parts = Parts(program, [v in (follower, next_, other, late) for v in range(6)])
    program.at_most([(1, a), (1, late)], 1)
    assert parts.with_followers([a]) == {a, follower, next_}
    assert set(parts.beside(b)) == {b, next_, other}


def test_a_row_that_is_new_counts_whatever_was_asked_before() -> None:
    program = Program()
    x, y = program.variable(0, 5), program.variable(0, 5)
    program.at_most([(1, x), (1, y)], 6)
    parts = Parts(program, [False, False])
    parts.cut((2, 2), [x])
    program.at_most([(2, x), (1, y)], 7)
    assert set(parts.beside(x)) == {x, y}
    most = Objective("most", True, ((1, x),))
    part = parts.cut((2, 2), [x])
    assert CpSat(part.program, Settings()).ask(plenty(), None, most).bound == 2


def test_rows_that_a_part_cannot_break_are_not_in_it() -> None:
    program = Program()
    x, y = program.variable(0, 3), program.variable(0, 3)
    program.at_most([(1, x), (1, y)], 5)
    program.at_least([(1, x), (2, y)], 2)
    parts = Parts(program, [False, False])
    assert parts.cut((1, 1), [x]).program.rows == []
    assert [row.high for row in parts.cut((1, 3), [x]).program.rows] == [2]
