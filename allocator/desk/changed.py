"""What is otherwise than after an earlier save, as plain data for the page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from allocator.analysis.comparison.comparison import ComparisonRecord
from allocator.desk.moment import State
from allocator.report.comparing.difference_words import phrase
from allocator.report.page.comparison import Why, whys
from allocator.report.page.text import short
from allocator.report.sentences.situation import objective

MOST_ROWS = 12
"""Differences that are listed; the others are counted."""


def told(comparison: ComparisonRecord, base: State, *, planned: bool) -> dict[str, Any]:
    """Return rows, verdicts with their reasons, and what of the joint plan is another.

    comparison: with the state `base`. planned: whether the plan is the one that the search has come
    to; of one that is not, nothing is said.
    """
    now = comparison.others[0]
    found = comparison.found[now.name] or ()
    before, after = comparison.base.result.plan, now.result.plan
    planned = planned and "unknown" not in (before.status, after.status)
    _, _, open_ = comparison.told_apart(now)
    return {
        "since": base.snapshot.at.isoformat(timespec="seconds"),
        "base": base.number,
        "rows": [
            {"what": short(phrase(one)), "place": one.place_after or one.place_before}
            for one in found[:MOST_ROWS]
        ],
        "more": max(0, len(found) - MOST_ROWS),
        "verdicts": [_why(why) for why in whys(comparison)],
        "open": list(open_),
        "in": sorted({*after.staffed} - {*before.staffed}) if planned else [],
        "out": sorted({*before.staffed} - {*after.staffed}) if planned else [],
        "levels": list(_levels(comparison)) if planned else [],
    }


def _why(why: Why) -> dict[str, Any]:
    return {
        "tasks": list(why.tasks),
        "before": why.before,
        "after": why.after,
        "sets": [[{"what": short(w), "place": p} for w, p in members] for members in why.sets],
        "more": why.more,
        "certain": why.certain,
    }


def _levels(comparison: ComparisonRecord) -> Iterator[dict[str, Any]]:
    """The first objective that the plan reaches another value in, where both are proved to be the
    best: what differs after it may follow from it, and what is not proved may differ by chance."""
    before = {level.objective: level for level in comparison.base.result.plan.levels}
    for level in comparison.others[0].result.plan.levels:
        was = before.get(level.objective)
        if was is None or "feasible" in (was.status, level.status):
            return
        if was.value != level.value:
            name = objective(level.objective)
            yield {"objective": name, "before": was.value, "after": level.value}
            return
