"""The search for reasons on made-up answers: every claim against all subsets, at every budget."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from itertools import combinations
from random import Random
from types import SimpleNamespace
from typing import Any

import pytest

from allocator.analysis.comparison import reasons as module
from allocator.analysis.comparison.counterfactual import CounterfactualOracle
from allocator.analysis.comparison.reasons import Reasons, reasons
from allocator.analysis.comparison.stated import Key
from allocator.deadline import Deadline
from allocator.engines import Settings
from allocator.search.minimal_sets.families import Answer

Keys = frozenset[Key]


def made(rng: Random, clear: int, unclear: int) -> tuple[list[Any], Callable[[Keys], bool]]:
    """Differences, and which sets of them turn a verdict: monotone in the clear ones, with a
    family of its own for each combination of the others."""
    keys = [Key("availability", f"N{n} c{n % 3}") for n in range(clear)]
    others = [Key("horizon", f"h{n}") for n in range(unclear)]
    differences = [
        SimpleNamespace(key=key, direction=lambda question, d=d: d)
        for d, group in (("helps", keys), ("unclear", others))
        for key in group
    ]
    families = {
        combination: _family(rng, keys, least=0 if combination else 1)
        for size in range(unclear + 1)
        for combination in map(frozenset, combinations(others, size))
    }
    families[frozenset(others)].append(frozenset(keys))

    def turns(taken: Keys) -> bool:
        family = families[taken & frozenset(others)]
        return any(one <= taken for one in family)

    return differences, turns


def _family(rng: Random, keys: list[Key], least: int) -> list[Keys]:
    number = rng.choice((0, 0, 1, 2, 4))
    sizes = (rng.choice((least, 1, 2, 2, 3, 3)) for _ in range(number))
    return [frozenset(rng.sample(keys, size)) for size in sizes]


def asked(monkeypatch: pytest.MonkeyPatch, differences: Any, turns: Any, most: int) -> Reasons:
    def search(self: CounterfactualOracle, taken: Keys) -> Answer:
        return Answer.YES if turns(taken) else Answer.NO

    monkeypatch.setattr(CounterfactualOracle, "_search", search)
    monkeypatch.setattr(module, "MOST_QUESTIONS", most)
    mixture: Any = None
    return reasons(mixture, "t", ("blocked", "ready"), differences, Settings(), Deadline(60))


def check(got: Reasons, turning: set[Keys]) -> None:
    minimal = {one for one in turning if not any(other < one for other in turning)}
    first = frozenset(got.sets[0])
    assert {frozenset(keys) for keys in got.sets} <= turning
    if got.complete:
        assert {frozenset(keys) for keys in got.sets} == minimal
    match got.proof:
        case "smallest":
            assert len(first) == min(map(len, turning))
        case "minimal":
            assert first in minimal
        case "irreducible":
            assert not any(first - {key} in turning for key in first)


@pytest.mark.parametrize("many", [0, 30])
@pytest.mark.parametrize(("clear", "unclear"), [(8, 0), (6, 1), (5, 3), (3, 5)])
def test_every_claim_at_every_budget(
    monkeypatch: pytest.MonkeyPatch, clear: int, unclear: int, many: int
) -> None:
    monkeypatch.setattr(module, "MANY", many)
    proofs = Counter[str]()
    for seed in range(12):
        differences, turns = made(Random(f"{seed} {clear} {unclear}"), clear, unclear)
        keys = [difference.key for difference in differences]
        subsets = (frozenset(c) for size in range(len(keys) + 1) for c in combinations(keys, size))
        turning = {taken for taken in subsets if turns(taken)}
        for most in (1, 3, 5, 8, 12, 18, 30, 60, 1500):
            got = asked(monkeypatch, differences, turns, most)
            proofs[got.open or got.proof] += 1
            assert got.questions <= most
            if got.sets:
                check(got, turning)
    assert {"time", "enough", "smallest"} <= {*proofs}


def test_a_few_of_hundreds_take_few_questions(monkeypatch: pytest.MonkeyPatch) -> None:
    keys = [Key("availability", f"N{n} c{n % 20}") for n in range(300)]
    needed = frozenset(key for key in keys if key.id.endswith(" c7"))
    assert len(needed) == 15
    differences = [SimpleNamespace(key=key, direction=lambda question: "helps") for key in keys]
    monkeypatch.setattr(module, "MOST_SETS", 0)
    got = asked(monkeypatch, differences, lambda taken: needed <= taken, 1500)
    assert frozenset(got.sets[0]) == needed
    assert got.proof == "minimal"
    assert got.questions < 120
