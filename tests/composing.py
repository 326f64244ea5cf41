"""What a random workspace of `generator.py` gets on top: members, reserves, who leads, rests of
what nations have, months, and where rows are from.

Each is drawn by itself, so that one more leaves the others, and all else of the seed, as they were.
"""

from __future__ import annotations

from random import Random
from typing import Any

Row = dict[str, Any]
Tables = dict[str, list[Row]]


def compose(seed: int | str, tables: Tables, models: list[Row]) -> None:
    """Puts them into the tables and into the first of the models."""
    models[0].setdefault("horizon", {})["starts"] = "2026-01"
    _members(Random(f"composed {seed}"), tables, models[0]["tasks"])
    _reserves(Random(f"reserves {seed}"), models[0]["tasks"])
    _leads(Random(f"leads {seed}"), tables, models[0]["tasks"])
    _rests(Random(f"rests {seed}"), tables)
    _provenance(Random(f"provenance {seed}"), tables)


def _members(rng: Random, tables: Tables, tasks: list[Row]) -> None:
    nations = [row["nation"] for row in tables["nations"]]
    for task in tasks:
        if rng.random() < 0.6:
            task["members"] = rng.sample(nations, rng.choice((1, 1, 2)))


def _reserves(rng: Random, tasks: list[Row]) -> None:
    for task in tasks:
        others = [other["task"] for other in tasks if other is not task]
        if others and rng.random() < 0.5:
            task["reinforces"] = rng.sample(others, rng.choice((1, len(others))))


def _leads(rng: Random, tables: Tables, tasks: list[Row]) -> None:
    """Leads where there were none, and caveats and conditions that ask for them."""
    nations = [row["nation"] for row in tables["nations"]]
    for task in tasks:
        if "lead" not in task and rng.random() < 0.5:
            named = rng.sample(nations, rng.choice((1, 2)))
            task["lead"] = {"any_of": named, "min_share": rng.choice((0, 0.2, 0.5))}
        if rng.random() < 0.15:
            task["requires"] = _asking(rng, nations, task.get("requires", ""))
    for row in tables["caveats"]:
        if rng.random() < 0.6:
            row["requires"] = _asking(rng, nations, row["requires"])
    if not tables["caveats"] or rng.random() < 0.3:
        requires = _asking(rng, nations, "never")
        row = {"caveat": "w0", "nation": rng.choice(nations), "basis": "assumption"}
        tables["caveats"].append(row | {"requires": requires})


def _asking(rng: Random, nations: list[str], before: str) -> str:
    leads = " or ".join(f"led_by({n})" for n in rng.sample(nations, rng.choice((1, 1, 2))))
    return f"({leads}) {rng.choice(('and', 'or', 'or'))} ({before or 'always'})"


def _rests(rng: Random, tables: Tables) -> None:
    """Standing commitments that take what is left, beside some that can be released."""
    taken: set[tuple[str, str]] = set()
    for row in (*tables["commitments"],):
        pair = (row["nation"], row["capability"])
        if pair in taken or rng.random() < 0.5:
            continue
        taken.add(pair)
        if row["rotating"] != "yes" and rng.random() < 0.5:
            row["quantity"] = "rest"
        else:
            tables["commitments"].append(_rest(rng, *pair, len(taken)))


def _rest(rng: Random, nation: str, capability: str, number: int) -> Row:
    more = {"periods": rng.choice(("", "1", "2-"))} if rng.random() < 0.4 else {}
    row = {"commitment": f"r{number}", "nation": nation, "capability": capability}
    row |= {"quantity": "rest", "to": "national", "purpose": "defence", "basis": "assumption"}
    return row | more | {"release_requires": rng.choice(("never", "always", "ceasefire"))}


def _provenance(rng: Random, tables: Tables) -> None:
    """Nothing but reports reads it."""
    for name in ("nations", "preconditions"):
        for row in tables[name]:
            row["basis"] = rng.choice(("", "reported", "estimate"))
    for name in ("availability", "commitments", "caveats"):
        for row in tables[name]:
            row["as_of"] = rng.choice(("", "2026-01-31", "2026-02-28"))
