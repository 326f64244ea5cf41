"""Where diagrams are given up, sets are looked for one by one, and are the same."""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import Any

import pytest

from allocator.search.feasibility import known_diagram
from allocator.search.feasibility.world_sums import WorldSums
from tests.brute.claims import differences
from tests.brute.parts import NotTinyError
from tests.generator import question
from tests.paths.taken import Path, take
from tests.plenty import analyse

pytest.importorskip("oxidd")

FEASIBILITY, SETS = "allocator.search.feasibility.", "allocator.search.minimal_sets."
GIVEN_UP = Path(
    {
        FEASIBILITY + "known_diagram.DiagramQuestion.families": lambda found: found is None,
        SETS + "search.Search.run": lambda found: found.complete,
    },
    {
        FEASIBILITY + "oracle.MOST_ELEMENTS": -1,
        "allocator.analysis.blocking.MOST_ELEMENTS": -1,
    },
)


def _everything(sums: WorldSums) -> Any:
    """Proved, what is refuted as well."""
    return sums._worlds.everything()


def _not_refuted(sums: WorldSums) -> Any:
    """Proved, for want of a sum that refutes it."""
    return sums._worlds.invert(WorldSums(replace(sums._asked, sure=False)).refuted())


LIES = {"sums that lie": _not_refuted, "sums that contradict themselves": _everything}


@pytest.mark.parametrize("why", ["large sums", "no time", "not installed", *LIES])
def test_what_is_given_up_is_searched_for(why: str, monkeypatch: pytest.MonkeyPatch) -> None:
    counts = take(monkeypatch, GIVEN_UP)
    raised: list[str] = []
    match why:
        case "large sums":
            monkeypatch.setattr(known_diagram, "SUMMED_A_SECOND", 0)
        case "no time":
            monkeypatch.setattr(known_diagram, "NODES_A_SECOND", 0)
        case "not installed":
            monkeypatch.setitem(sys.modules, "oxidd.bdd", None)
        case _:
            monkeypatch.setattr(known_diagram.WorldSums, "proved", LIES[why])
            real = known_diagram.ContradictedError.__init__

            def noted(error: Any, *told: Any) -> None:
                raised.append(why)
                real(error, *told)

            monkeypatch.setattr(known_diagram.ContradictedError, "__init__", noted)
    compared = 0
    for seed in range(900, 914):
        asked = question(seed)
        run = analyse(asked.problem, asked.world)
        assert run.faults == (), f"seed {seed}"
        try:
            assert differences(asked.problem, asked.world, run.result) == [], f"seed {seed}"
        except NotTinyError:
            continue
        compared += 1
    assert compared > 10
    assert all(count.decided for count in counts.values()), counts
    assert bool(raised) == (why in LIES)
