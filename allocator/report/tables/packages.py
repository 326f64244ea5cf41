"""Tables that look at a task's packages together: their figures, their order, who is in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allocator.report.tables.plan import with_and_without
from allocator.report.tables.table import (
    MARGIN,
    PERCENT,
    Columns,
    Table,
    Value,
    joined,
    make_table,
    number,
    whole,
    yes_no,
)
from allocator.search.packages.ranked import ranked

if TYPE_CHECKING:
    from allocator.results.run import RunRecord


def package_values(run: RunRecord) -> Table:
    columns: Columns = {
        "task": "task that the package staffs",
        "rank": whole(
            "1 puts commitments at the least risk; then nearest to the targets, fewest people, "
            "fewest nations"
        ),
        "package": whole("number of the package in `packages`"),
        "nations": "its nations, ';' between",
        "size": whole("how many nations it has", "nations"),
        "release_risk": whole("of the commitments released, over all periods", "risk points"),
        "target_shortfall": whole(
            "against targets, over all lines and periods", "millionths of a target"
        ),
        "people": whole("deployed at it and beside it, over all periods", "people times periods"),
        "largest_share_percent": number(
            "of one nation in the task's people, in the worst period", PERCENT
        ),
        "largest": "which nation that is",
        "led_by": "nations of it that fulfil what is asked of the framework nation, ';' between",
        "pick": whole("1 to 5: one of the packages that differ most, 1 the first by rank"),
        "pick_distance": number(
            "from the nearest pick before: the part of both packages' nations that one alone has, "
            "and 1 where no nation can lead both",
        ),
    }
    rows: list[tuple[Value, ...]] = []
    for record in run.result.tasks:
        for rank, one in enumerate(ranked(run.problem, record), 1):
            share = one.values.largest_share
            rows.append(
                (
                    record.task,
                    rank,
                    one.number,
                    joined(one.package.nations),
                    len(one.package.nations),
                    one.values.release_risk,
                    one.values.shortfall,
                    one.values.people,
                    None if share is None else share / 10,
                    one.values.largest or None,
                    joined(one.values.leads) or None,
                    one.pick,
                    None if one.distance is None else round(float(one.distance), 6),
                )
            )
    text = "One row a package that has its best allocation: its figures and its rank."
    return make_table("package_values", text, columns, rows)


_BASIS = (
    "listed: from all packages; counted: weights alone decide, or a diagram of all coalitions; "
    "sampled: from coalitions drawn at random"
)


def surviving(run: RunRecord) -> Table:
    columns: Columns = {
        "task": "id of the task",
        "lost": whole("members that are lost, whichever", "member"),
        "kind": "stands: a minimal set that stands all the same; reason: why none does",
        "set": whole("number of the set, smallest first"),
        "members": "nations, or of `blockers` preconditions",
        "complete": "yes where no such set is missing",
        "cheapest": "yes where its best plan is the best of those that were priced",
    }
    rows = (
        (record.task, found.k, kind, number, joined(one), yes_no(found.complete), cheapest)
        for record in run.result.tasks
        if (note := run.notes.get(record.task)) and (found := note.survive)
        for kind, sets in (("stands", found.sets), ("reason", found.reasons))
        for number, one in enumerate(sets, 1)
        for cheapest in [yes_no(found.cheapest is not None and one == found.cheapest.members)]
    )
    text = "One row a set that stands if members are lost, or a reason why none does (`--survive`)."
    return make_table("surviving", text, columns, rows)


def power(run: RunRecord) -> Table:
    columns: Columns = {
        "task": "id of the task",
        "nation": "one that could come",
        "banzhaf": number(
            "share of the others' coalitions that can staff the task with it and not without it "
            "(Banzhaf index)",
            "share, 0 to 1",
        ),
        "banzhaf_margin": number(MARGIN, "share, 0 to 1"),
        "banzhaf_share": number(
            "of the sum of all nations' Banzhaf indices; an estimate where these are",
            "share, 0 to 1",
        ),
        "shapley": number(
            "Shapley-Shubik index; blank where coalitions were sampled", "share, 0 to 1"
        ),
        "veto": "yes: in every package; blank where not known",
        "never_needed": "yes: in no package; blank where not known",
        "substitutes": (
            "nations that may take its place in every package that has it and not them, ';' between"
        ),
        "basis": _BASIS,
    }
    rows = (
        (
            task,
            one.nation,
            round(one.banzhaf, 6),
            round(notes.power.banzhaf_margin, 6),
            round(one.banzhaf_share, 6),
            None if one.shapley is None else round(one.shapley, 6),
            None if one.veto is None else yes_no(one.veto),
            None if one.never_needed is None else yes_no(one.never_needed),
            joined(one.substitutes),
            notes.power.basis,
        )
        for task, notes in run.notes.items()
        if notes.power is not None
        for one in notes.power.weights
    )
    text = "One row a nation that could come to a task: its weight (`packages` only)."
    return make_table("power", text, columns, rows)


def coalitions(run: RunRecord) -> Table:
    columns: Columns = {
        "task": "id of the task",
        "nations": whole("nations that could come", "nations"),
        "winning": whole(
            "coalitions of them that can staff the task; blank where not known exactly",
            "coalitions",
        ),
        "packages": whole(
            "of these, with nobody to spare, listed or not; blank where not known exactly",
            "packages",
        ),
        "winning_percent": number("share of all coalitions that can staff it", "%"),
        "margin_percent": number(MARGIN, "%"),
        "basis": _BASIS,
    }
    rows = (
        (
            task,
            notes.power.nations,
            notes.power.winning,
            notes.power.packages,
            round(100 * notes.power.share, 6),
            round(100 * notes.power.margin, 6),
            notes.power.basis,
        )
        for task, notes in run.notes.items()
        if notes.power is not None
    )
    text = "One row a task: how many coalitions can staff it (`packages` only)."
    return make_table("coalitions", text, columns, rows)


def replacement(run: RunRecord) -> Table:
    columns: Columns = {
        "task": "id of the task, alone",
        "nation": "who stays away from it",
        "possible": "whether the task can still be staffed: yes, no or unknown",
        "objective": "level of the task's best plan; blank where there is no plan",
        "with_all": whole("its value with every nation that could come", "as the objective"),
        "without": whole("its value without the nation", "as the objective"),
        "difference": whole("what the nation's absence adds", "as the objective"),
        "bound": whole("no plan without the nation does better, proved", "as the objective"),
        "status": (
            "optimal: proved best on both sides, as are the objectives before; feasible: best found"
        ),
    }
    rows: list[tuple[Value, ...]] = []
    for task, notes in run.notes.items():
        found = notes.replacement
        for one in found.nations if found else ():
            head = (task, one.nation, one.possible)
            if found is None or not one.levels:
                rows.append((*head, *(None,) * 6))
                continue
            rows += [(*head, *row) for row in with_and_without(found.levels, one.levels)]
    text = "One row a nation and objective: the task's best plan without it (`packages` only)."
    return make_table("replacement", text, columns, rows)
