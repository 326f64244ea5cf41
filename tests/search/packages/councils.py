"""Councils whose power indices are published: as rules, and as workspaces."""

from __future__ import annotations

from allocator.inputs.problem import Problem
from allocator.results.threshold_game import ThresholdGame
from tests.handmade import Row, problem

SECURITY_COUNCIL = ThresholdGame(
    tuple(f"P{i}" for i in range(5)) + tuple(f"E{i}" for i in range(10)),
    ((7,),) * 5 + ((1,),) * 10,
    (39,),
)
"""Five permanent members and ten elected ones."""

_VOTES_AND_PEOPLE = {
    "DEU": (29, 170), "GBR": (29, 123), "FRA": (29, 123), "ITA": (29, 120), "ESP": (27, 82),
    "POL": (27, 80), "ROU": (14, 46), "NLD": (13, 33), "BEL": (12, 21), "CZE": (12, 21),
    "GRC": (12, 22), "HUN": (12, 21), "PRT": (12, 21), "AUT": (10, 17), "BGR": (10, 17),
    "SWE": (10, 18), "DNK": (7, 11), "IRL": (7, 8), "LTU": (7, 8), "SVK": (7, 11),
    "FIN": (7, 11), "CYP": (4, 2), "EST": (4, 3), "LVA": (4, 5), "LUX": (4, 1), "SVN": (4, 4),
    "MLT": (3, 1),
}  # fmt: skip

NICE = ThresholdGame(
    tuple(sorted(_VOTES_AND_PEOPLE)),
    tuple((v, 1, p) for _, (v, p) in sorted(_VOTES_AND_PEOPLE.items())),
    (255, 14, 620),
)
"""The Council of the European Union, 2007 to 2014: votes, members, population per mille."""


def council(rule: ThresholdGame, names: tuple[str, ...]) -> Problem:
    """A task with a line for each of the rule's needs, each on a capability of its own."""
    lines: list[Row] = [
        {"line": name, "any_of": {name: 1}, "minimum": need}
        for name, need in zip(names, rule.needs, strict=True)
    ]
    have = {
        (nation, name): units
        for nation, weights in zip(rule.nations, rule.weights, strict=True)
        for name, units in zip(names, weights, strict=True)
    }
    return problem([{"task": "t", "lines": lines}], have)
