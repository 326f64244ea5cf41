"""Who and what matters, what is cheapest: counted, drawn or searched where tables are too small,
against every coalition and every world."""

from __future__ import annotations

from collections.abc import Callable, Collection
from itertools import combinations

import pytest

from allocator.inputs.problem import Problem, World
from allocator.results.blocking import WorldMap
from allocator.results.coalitions import Power
from allocator.search.packages.search import candidates
from allocator.search.packages.weighted import threshold_game
from tests import oracle
from tests.brute.parts import NotTinyError
from tests.generator import question
from tests.paths.taken import Path, take
from tests.plenty import analyse

MATTERS, BLOCKING = "allocator.search.packages.matters.", "allocator.analysis.blocking."
SETS, KNOWN = "allocator.search.minimal_sets.", "allocator.search.feasibility.known_diagram."
SLACK = 1.6
"""Of a 95 % interval: draws are fixed, so that what has passed does not fail by chance."""

TINY = 1e-9

Ready = dict[frozenset[str], bool]

COUNTED = Path(
    {MATTERS + "counted": bool},
    {MATTERS + "MOST_ELEMENTS": -1, MATTERS + "AUDITED": 0},
)
DRAWN = Path(
    {MATTERS + "sampled": bool},
    {
        "allocator.search.feasibility.oracle.MOST_ELEMENTS": -1,
        KNOWN + "MOST_IN_DIAGRAM": -1,
        SETS + "search.MOST_CANDIDATES": 0,
    },
    {MATTERS + "threshold_game": None},
)


IN_A_DIAGRAM = Path(
    {"allocator.search.packages.matters.counted_whole": lambda found: found is not None},
    {
        "allocator.search.feasibility.oracle.MOST_ELEMENTS": -1,
        SETS + "diagram_search.MOST_LISTED": 1,
    },
    {MATTERS + "threshold_game": None},
)


def _coalitions(asked: Problem, world: World, task: str, nations: Collection[str]) -> Ready:
    every = (frozenset(c) for n in range(len(nations) + 1) for c in combinations(nations, n))
    return {c: oracle.ready(asked, world, task, (task, c)) for c in every}


def _swings(ready: Ready, name: str) -> float:
    """The share of the others' sets in which it decides."""
    with_ = [members for members in ready if name in members]
    return sum(ready[m] and not ready[m - {name}] for m in with_) / len(with_)


def _by_weight(asked: Problem, world: World, task: str) -> bool:
    nations = candidates(asked, world, task)
    return bool(nations) and threshold_game(asked, world, task, nations) is not None


def _powers(
    path: Path, seeds: Collection[int], monkeypatch: pytest.MonkeyPatch,
    suits: Callable[[Problem, World, str], bool] = lambda *_: True,
) -> list[tuple[Power, Ready]]:  # fmt: skip
    """What is said of the seeds' ready tasks that suit, and of all their coalitions by brute
    force."""
    counts = take(monkeypatch, path)
    found = []
    for made in map(question, seeds):
        asked, world = made.problem, made.world
        for task in (task.id for task in asked.tasks if suits(asked, world, task.id)):
            run = analyse(asked, world, command="packages", tasks=[task])
            assert run.faults == ()
            power = run.notes[task].power
            try:
                if power is not None:
                    names = [one.nation for one in power.weights]
                    found.append((power, _coalitions(asked, world, task, names)))
            except NotTinyError:
                continue
    assert all(count.decided for count in counts.values()), counts
    return found


def test_what_weights_alone_count_is_what_every_coalition_says(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """No answer of an engine beside them."""
    found = _powers(COUNTED, range(1000, 1100), monkeypatch, _by_weight)
    counted = [pair for pair in found if pair[0].basis == "counted"]
    assert len(counted) > 3
    for power, ready in counted:
        assert power.winning == sum(ready.values())
        for one in power.weights:
            assert one.banzhaf == pytest.approx(_swings(ready, one.nation))


def test_what_a_diagram_counts_is_what_every_coalition_says(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Of packages that are too many to list: no more than one is."""
    found = _powers(IN_A_DIAGRAM, range(1000, 1080), monkeypatch)
    counted = [pair for pair in found if pair[0].basis == "counted"]
    assert len(counted) > 10
    for power, ready in counted:
        winning = {members for members, can in ready.items() if can}
        assert power.winning == len(winning)
        fewer = ({members - {one} for one in members} for members in winning)
        assert power.packages == sum(winning.isdisjoint(less) for less in fewer)
        for one in power.weights:
            assert one.banzhaf == pytest.approx(_swings(ready, one.nation))
            assert one.veto == all(one.nation in members for members in winning)


def test_drawn_coalitions_enclose_what_every_one_says(monkeypatch: pytest.MonkeyPatch) -> None:
    found = _powers(DRAWN, range(1000, 1020), monkeypatch)
    drawn = [pair for pair in found if pair[0].basis == "sampled"]
    assert len(drawn) > 3
    for power, ready in drawn:
        assert abs(power.share - sum(ready.values()) / len(ready)) <= SLACK * power.margin
        for one in power.weights:
            exact = _swings(ready, one.nation)
            assert abs(one.banzhaf - exact) <= SLACK * power.banzhaf_margin


# --- worlds -----------------------------------------------------------------------------------

BY_FAMILY = Path(
    {SETS + "world_map._sampled": bool},
    {SETS + "world_map.MOST_ELEMENTS": -1, SETS + "diagrams.MOST_IN_DIAGRAM": -1},
)
BY_QUESTIONS = Path(
    {BLOCKING + "sampled_map": bool},
    {BLOCKING + "MOST_ELEMENTS": -1, "allocator.search.feasibility.oracle.MOST_ELEMENTS": -1,
     KNOWN + "MOST_IN_DIAGRAM": -1, SETS + "search.MOST_CANDIDATES": 0},
)  # fmt: skip
IN_DIAGRAMS = Path(
    {SETS + "diagrams.counts_of": lambda found: found is not None},
    {BLOCKING + "MOST_ELEMENTS": -1, "allocator.search.feasibility.oracle.MOST_ELEMENTS": -1,
     SETS + "world_map.MOST_ELEMENTS": -1, SETS + "diagram_search.MOST_LISTED": 1},
)  # fmt: skip


def _maps(path: Path, monkeypatch: pytest.MonkeyPatch) -> list[tuple[WorldMap, Ready]]:
    counts = take(monkeypatch, path)
    found = []
    for seed in range(1040, 1080):
        made = question(seed)
        run = analyse(made.problem, made.world, command="blockers")
        for record in run.result.tasks:
            drawn = run.notes[record.task].world_map
            try:
                if drawn is not None:
                    found.append((drawn, oracle.ready_table(made.problem, made.world, record.task)))
            except NotTinyError:
                continue
    assert all(count.decided for count in counts.values()), counts
    return found


@pytest.mark.parametrize("path", [BY_FAMILY, BY_QUESTIONS], ids=["family", "questions"])
def test_drawn_worlds_enclose_what_every_world_says(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    maps = _maps(path, monkeypatch)
    assert sum(not drawn.exact for drawn, _ in maps) > 5
    for drawn, ready in maps:
        assert abs(drawn.ready - sum(ready.values()) / len(ready)) <= SLACK * drawn.margin + TINY
        for one in drawn.influence:
            exact = _swings(ready, one.precondition)
            assert abs(one.banzhaf - exact) <= SLACK * drawn.banzhaf_margin + TINY


def test_worlds_counted_in_a_diagram_are_as_every_world_says(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Of families that are listed, and of those that are only counted."""
    counts = _maps(IN_DIAGRAMS, monkeypatch)
    assert len(counts) > 5
    for found, ready in counts:
        assert found.exact
        assert found.ready == pytest.approx(sum(ready.values()) / len(ready))
        for one in found.influence:
            assert one.banzhaf == pytest.approx(_swings(ready, one.precondition))


def test_the_cheapest_way_by_price_is_the_cheapest_of_all(monkeypatch: pytest.MonkeyPatch) -> None:
    """Proved by both engines, where no table and no search lists the ways."""
    path = Path(
        {"allocator.search.blockers.cheapest._Search.step": lambda found: found.proved},
        {BLOCKING + "MOST_ELEMENTS": -1, KNOWN + "MOST_IN_DIAGRAM": -1,
         "allocator.search.feasibility.oracle.MOST_ELEMENTS": -1},
    )  # fmt: skip
    counts = take(monkeypatch, path)
    for seed in range(1080, 1110):
        made = question(seed)
        efforts = {name: one.effort for name, one in made.problem.preconditions.items()}
        run = analyse(made.problem, made.world, command="blockers")
        for record in run.result.tasks:
            way = run.notes[record.task].cheapest
            if record.verdict != "blocked" or way is None:
                continue
            try:
                ways = oracle.unlocking(made.problem, made.world, record.task)
            except NotTinyError:
                continue
            least = min(sum(efforts[name] for name in one) for one in ways)
            assert (way.effort, way.bound) == (least, least), f"seed {seed}"
            assert frozenset(way.preconditions) in ways, f"seed {seed}"
    assert counts["allocator.search.blockers.cheapest._Search.step"].decided > 5
