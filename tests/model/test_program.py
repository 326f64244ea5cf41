"""The program as data: rows, bounds, limits of whole numbers, and what is never in it."""

from __future__ import annotations

from fractions import Fraction
from random import Random

import pytest
from fitting import staffable, taken
from hypothesis import given, settings
from hypothesis import strategies as st

from allocator.checker import is_valid, objective_values
from allocator.engines import Portfolio, Settings
from allocator.model import build
from allocator.model.literals import FALSE, TRUE
from allocator.model.objectives import levels, shortage_weight
from allocator.model.program import FREE, Program, Row, TooLargeError
from allocator.model.scope import Scope, alone, joint
from allocator.model.variables import Measure, Variables
from allocator.results.result import Allocation, UnitKey
from tests.generator import question
from tests.handmade import line, problem
from tests.plenty import plenty


def _rows(terms: list[tuple[int, int]], low: int, high: int) -> list[Row]:
    program = Program()
    for _ in range(3):
        program.variable(-3, 3)
    program.between(terms, low, high)
    return program.rows


def _row(terms: list[tuple[int, int]], low: int, high: int) -> Row:
    return _rows(terms, low, high)[0]


def test_rows_are_divided_by_their_common_divisor_and_rounded_inwards() -> None:
    """4x + 6y in 3 … 9 means 2x + 3y in 2 … 4."""
    assert _row([(4, 0), (6, 1)], 3, 9) == Row(((2, 0), (3, 1)), 2, 4)
    assert _row([(-4, 0), (6, 1)], -9, -3) == Row(((-2, 0), (3, 1)), -4, -2)


def test_variables_that_stand_twice_are_added_up() -> None:
    """And those that cancel are left out."""
    assert _row([(1, 0), (2, 0), (5, 1), (-5, 1), (0, 2)], 1, 9) == Row(((1, 0),), 1, 3)
    assert _row([(1, 0), (-1, 0)], 1, 1) == Row((), 1, 1)


def test_rows_that_the_bounds_keep_are_left_out() -> None:
    """x, y in 0 … 3: 2x + 3y is at most 15 and at least 0 whatever anybody does."""
    program = Program()
    terms = [(2, program.variable(0, 3)), (3, program.variable(0, 3))]
    program.between(terms, 0, 15)
    assert program.rows == []
    program.at_most(terms, 14)
    program.at_least(terms, 1)
    assert [(row.low, row.high) for row in program.rows] == [(-FREE, 14), (1, FREE)]


def test_open_sides_stay_open() -> None:
    """No bound is not divided into one."""
    program = Program()
    x = program.variable(0, 9)
    program.at_least([(2, x)], 3)
    program.at_most([(2, x)], 3)
    assert program.rows == [Row(((1, x),), 2, FREE), Row(((1, x),), -FREE, 1)]


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.tuples(st.integers(-6, 6), st.integers(0, 2)), max_size=5),
    st.integers(-20, 20),
    st.integers(0, 20),
    st.tuples(*[st.integers(-3, 3)] * 3),
)
def test_a_row_says_what_it_was_given(
    terms: list[tuple[int, int]], low: int, width: int, values: tuple[int, ...]
) -> None:
    """Whatever is gathered, left out and divided, the same whole-number vectors satisfy it."""
    rows = _rows(terms, low, low + width)
    given_sum = sum(c * values[v] for c, v in terms)
    kept = all(row.low <= sum(c * values[v] for c, v in row.terms) <= row.high for row in rows)
    assert kept == (low <= given_sum <= low + width)


def test_most_and_least_within_the_bounds() -> None:
    """By the sign of each coefficient."""
    program = Program()
    x, y = program.variable(-2, 5), program.variable(1, 4)
    assert program.most([(2, x), (-3, y)]) == 10 - 3
    assert program.least([(2, x), (-3, y)]) == -4 - 12


def test_sums_beyond_64_bits_are_refused() -> None:
    """At the limit and one below it."""
    program = Program()
    x = program.variable(0, 1 << 31)
    program.at_most([(1 << 30, x), (1, program.boolean())], 5)
    with pytest.raises(TooLargeError):
        program.at_most([((1 << 31) + 1, x), (1, program.boolean())], 5)


def test_figures_too_large_for_whole_numbers_are_refused_when_built() -> None:
    """Rather than solved wrongly: CP-SAT and HiGHS would not say which sum left 64 bits."""
    asked = problem(
        [{"task": f"t{number}", "lines": [line(1)]} for number in range(3)],
        {("FRA", "bn"): 10**7},
        capabilities={"bn": {"personnel": 10**7}},
        active_personnel={"FRA": 1},
        horizon=8,
    )
    with pytest.raises(TooLargeError, match="64-bit"):
        levels(build(asked, joint(asked, asked.world())))


@pytest.mark.parametrize("seed", range(12))
def test_a_program_is_plain_linear_rows_within_64_bits(seed: int) -> None:
    """No row is enforced by a literal: a row is its terms and two bounds, nothing more, and every
    variable is bounded, so that presolve and HiGHS see the same thing."""
    asked = question(seed)
    variables = build(asked.problem, joint(asked.problem, asked.world))
    levels(variables)
    program = variables.program
    for row in program.rows:
        assert Row.__slots__ == ("terms", "low", "high")
        assert all(0 <= variable < len(program.low) for _, variable in row.terms)
        assert len({variable for _, variable in row.terms}) == len(row.terms)
        assert sum(
            abs(c) * max(abs(program.low[v]), abs(program.high[v])) for c, v in row.terms
        ) < (1 << 62)
    assert all(
        -FREE < low <= high < FREE for low, high in zip(program.low, program.high, strict=True)
    )


# --- against the checker ----------------------------------------------------------------------


@pytest.mark.parametrize("first", range(0, 80, 20))
def test_the_program_takes_what_the_checker_takes(first: int) -> None:
    """Allocations of random problems, a valid one and neighbours one unit off: the program and
    the checker agree on every one."""
    seen = {True: 0, False: 0}
    for seed in range(first, first + 20):
        asked = question(seed)
        for allocation in _near_valid(seed):
            valid = is_valid(asked.problem, asked.world, allocation)
            assert taken(asked.problem, allocation, asked.world) is valid, f"seed {seed}"
            seen[valid] += 1
    assert min(seen.values()) >= 20, seen


def _near_valid(seed: int) -> list[Allocation]:
    asked = question(seed)
    rng = Random(seed)
    variables = build(asked.problem, joint(asked.problem, asked.world))
    engines = Portfolio(variables.program, Settings(seed=seed))
    staff, *_ = [*levels(variables), None]
    outcome = engines.best(plenty(), staff) if staff else engines.feasible(plenty())
    start = variables.allocation(outcome.values)
    keys = [one.key for one in variables.sent]
    if not keys:
        return [start]
    return [start, *(_moved(start, rng.choice(keys), rng) for _ in range(5))]


def _moved(start: Allocation, key: UnitKey, rng: Random) -> Allocation:
    units = dict(start.units)
    units[key] = max(0, units.get(key, 0) + rng.choice((-1, 1)))
    kept = {one: quantity for one, quantity in units.items() if quantity}
    return Allocation(start.staffed, kept, start.released)


# --- objectives -------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(30))
def test_objectives_are_what_the_checker_measures(seed: int) -> None:
    """For any plan of the program, best or not, once the measures are at what they come to."""
    asked = question(seed)
    variables = build(asked.problem, joint(asked.problem, asked.world))
    objectives = levels(variables)
    outcome = Portfolio(variables.program, Settings()).feasible(plenty())
    values = variables.measured(outcome.values)
    expected = objective_values(asked.problem, variables.allocation(values))
    assert {o.name: o.value(values) for o in objectives} == expected


def test_measures_come_down_to_what_the_plan_comes_to() -> None:
    """Rows only hold them from below, and a search without their objective leaves them anywhere."""
    measure = Measure(((7, ((-2, 0),), 1), (0, ((5, 1),), 3)))
    assert measure.value((0, 0)) == 7
    assert measure.value((4, 0)) == 0  # never below 0
    assert measure.value((3, 2)) == 4  # ten thirds, rounded up
    assert Measure(()).value((3, 2)) == 0
    asked = problem(
        [{"task": "t", "lines": [line(1, target=2)]}],
        {("FRA", "bn"): 2},
        active_personnel={"FRA": 3},
    )
    variables = build(asked, alone(asked, asked.world(), "t"))
    objectives = {objective.name: objective for objective in levels(variables)}
    loose = list(variables.program.high)
    exact = variables.measured(loose)
    assert objectives["meet_targets"].value(loose) > objectives["meet_targets"].value(exact) == 0
    assert objectives["share_burden"].value(exact) == 6667


@pytest.mark.parametrize(
    ("target", "weight"), [(1, 1_000_000), (3, 333_333), (7, 142_857), (64, 15_625), (128, 7_812)]
)
def test_a_shortage_counts_in_millionths_halves_to_even(target: int, weight: int) -> None:
    """7812.5 is 7812."""
    assert shortage_weight(target) == weight == round(Fraction(1_000_000, target))


# --- conditions as literals -------------------------------------------------------------------


def _variables() -> Variables:
    asked = problem(
        [{"task": "t", "lines": [line(1)]}], {("FRA", "bn"): 1}, preconditions=["a", "b"]
    )
    scope = Scope(asked.world(), frozenset({"t"}), preconditions=("a", "b"))
    return build(asked, scope)


def test_literals_fold_what_is_known() -> None:
    """Constants take part in the count and make no variables."""
    v = _variables()
    a, b = v.switches["precondition", "a"], v.switches["precondition", "b"]
    at_least = v.literals.at_least
    before = len(v.program.low)
    assert at_least(0, []) == TRUE
    assert at_least(1, []) == FALSE
    assert at_least(1, [FALSE, TRUE, a]) == TRUE
    assert at_least(2, [TRUE, a]) == a
    assert at_least(2, [FALSE, a]) == FALSE
    assert at_least(2, [TRUE, FALSE, b]) == b
    assert len(v.program.low) == before


def test_a_literal_is_made_once() -> None:
    """The same count of the same literals in another order is the same variable."""
    v = _variables()
    a, b = v.switches["precondition", "a"], v.switches["precondition", "b"]
    first = v.literals.at_least(2, [a, b])
    assert v.literals.at_least(2, [b, a]) == first
    assert v.literals.at_least(1, [b, a]) != first
    assert v.literals.at_least(2, [a, a, b]) not in (first, a, b)


# --- switches ---------------------------------------------------------------------------------


def test_nation_switches_belong_to_the_task_alone() -> None:
    """A task beside it may use any nation."""
    asked = problem(
        [
            {"task": "t", "requires": "staffed(u)", "lines": [line(1)]},
            {"task": "u", "lines": [line(1)]},
        ],
        {("FRA", "bn"): 1, ("GBR", "bn"): 1},
    )
    from dataclasses import replace

    scope = replace(alone(asked, asked.world(), "t"), nations=("FRA",))
    variables = build(asked, scope)
    outcome = Portfolio(variables.program, Settings()).feasible(plenty())
    found = variables.allocation(outcome.values)
    assert found.nations_at("t") == {"FRA"}
    assert found.nations_at("u") == {"GBR"}
    assert staffable(asked)


def test_added_units_are_no_more_than_a_line_needs() -> None:
    """The minimum over the weight, rounded up; a scaled line takes what it takes."""
    from dataclasses import replace

    lines = [
        {"line": "l", "any_of": {"bn": 2}, "minimum": 5},
        {"line": "m", "any_of": {"bn": 1}, "one_per": 10},
    ]
    asked = problem([{"task": "t", "lines": lines}], {("FRA", "bn"): 1})
    variables = build(asked, replace(alone(asked, asked.world(), "t"), added=True))
    high = {key[0]: variables.program.high[v] for key, v in variables.added.items()}
    assert high["l"] == 3
    assert high["m"] >= 1000
