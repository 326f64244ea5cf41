"""A review of a given plan as tables and as JSON data."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from allocator.report.tables.dated import dated
from allocator.report.tables.table import Columns, Table, Value, joined, make_table, records, whole
from allocator.results.review import Breach, Review


def all_tables(found: Review) -> tuple[Table, ...]:
    """The tables of a review's folder, in reading order; those of planned releases only where
    there are any."""
    left_out = () if found.given.releases is not None else PLANNED
    return tuple(made_table(found, name) for name in TABLES if name not in left_out)


def made_table(found: Review, name: str) -> Table:
    """One of them, with months where the model says in which it starts. Raises KeyError for a
    table there is not."""
    return dated(TABLES[name](found), found.calendar)


def violations(found: Review) -> Table:
    """What breaks."""
    columns: Columns = {
        "rule": "number of the rule that breaks",
        "rule_in_words": "the rule",
        "rows": "rows of the plan that are concerned, ';' between",
        "task": "task at which it breaks",
        "line": "requirement line",
        "nation": "nation that sends, or that is missed",
        "capability": "id of the capability",
        "period": whole("period, counted from 1"),
        "amount": whole("by how much: units, people, nations or periods, as the text says"),
        "text": "what breaks, with both figures",
        "because": "caveat, or commitments, behind it: row and what it says, ';' between",
    }
    made = (_violation_row(found, breach) for breach in found.breaches)
    return make_table("violations", "One row a rule that breaks at a place.", columns, made)


def _violation_row(found: Review, breach: Breach) -> tuple[Value, ...]:
    at = breach.place
    because = (f"{r.kind} {r.id} ({r.place}): {r.says}" for r in breach.reasons)
    places = [at.get(key) for key in ("task", "line", "nation", "capability", "period")]
    return (
        breach.rule,
        breach.words,
        joined(found.given.rows[number].place.line for number in breach.rows),
        *places,
        breach.amount,
        breach.text,
        joined(because),
    )


def rows(found: Review) -> Table:
    """Every row of the plan."""
    columns: Columns = {
        "row": "file or sheet of the plan, and row",
        "nation": "nation that sends",
        "task": "task that it sends to",
        "line": "requirement line",
        "capability": "id of the capability",
        "periods": "periods, ';' between",
        "quantity": whole("units in each of the periods", "units"),
        "kind": "planned, exactly, at_least or at_most",
        "breaks": "rules that break where it stands, ';' between; blank where it is in order",
    }
    made = (
        (
            row.place.line,
            row.nation,
            row.task,
            row.line,
            row.capability,
            joined(map(str, row.periods)),
            row.quantity,
            row.kind,
            joined(found.broken_rules.get(number, ())),
        )
        for number, row in enumerate(found.given.rows)
    )
    return make_table("rows", "One row a row of the plan.", columns, made)


def short(found: Review) -> Table:
    """What lines lack."""
    columns: Columns = {
        "task": "task of the plan",
        "line": "requirement line below its target",
        "period": whole("period, counted from 1"),
        "needed": whole("its minimum, or what the people deployed ask for", "weighted units"),
        "target": whole("what it should have", "weighted units"),
        "filled": whole("what the plan sends", "weighted units"),
        "short": whole("needed less filled, at least 0", "weighted units"),
    }
    made = (
        (s.task, s.line, s.period, s.needed, s.target, s.filled, max(0, s.needed - s.filled))
        for s in found.shortages
    )
    return make_table("short", "One row a line of the plan's tasks below its target.", columns,
                      made)  # fmt: skip


def assumes(found: Review) -> Table:
    """What would make it pass."""
    columns: Columns = {
        "set": whole("number of the set"),
        "precondition": "to be met with all others of the set; blank for the empty set",
    }
    made = ((number, name) for number, one in enumerate(found.assumes, 1) for name in one or ("",))
    return make_table("assumes", "One row a precondition of a set that makes it pass.", columns,
                      made)  # fmt: skip


def lifts(found: Review) -> Table:
    """What would have to be lifted."""
    columns: Columns = {
        "set": whole("number of the set"),
        "kind": "caveat or commitment",
        "row": "its id",
    }
    made = (
        (number, kind, name)
        for number, lift in enumerate(found.lifts, 1)
        for kind, names in (("caveat", lift.caveats), ("commitment", lift.commitments))
        for name in names
    )
    return make_table("lifts", "One row for what could be lifted, with all else of its set.",
                      columns, made)  # fmt: skip


def releases(found: Review) -> Table:
    """What its units need."""
    columns: Columns = {
        "commitment": "id of the commitment",
        "period": whole("period, counted from 1"),
        "quantity": whole("units whose release the plan needs, as few as do", "units"),
    }
    made = ((name, period, n) for (name, period), n in found.allocation.released.items())
    return make_table("released", "One row for committed units that the plan needs.", columns, made)


def planned_releases(found: Review) -> Table:
    """What was planned to be released."""
    columns: Columns = {
        "commitment": "id of the commitment",
        "period": whole("period, counted from 1"),
        "quantity": whole("units that the table of releases names", "units"),
        "rows": "rows of that table, ';' between",
    }
    planned = found.given.releases
    made = (
        (*key, n, joined(place.line for place in planned.places[key]))
        for key, n in planned.units.items()
    ) if planned else ()  # fmt: skip
    return make_table("planned_releases", "One row for units planned to be released.", columns,
                      made)  # fmt: skip


def uncovered(found: Review) -> Table:
    """Where what is planned to be released is too little."""
    columns: Columns = {
        "nation": "nation that sends",
        "capability": "id of the capability",
        "period": whole("period, counted from 1"),
        "amount": whole("units that the planned releases lack there", "units"),
        "text": "what R3 says with the planned releases alone",
    }
    made = (
        (b.place.get("nation"), b.place.get("capability"), b.place.get("period"), b.amount, b.text)
        for b in found.uncovered
    )
    return make_table("uncovered", "One row where the planned releases alone are too few.", columns,
                      made)  # fmt: skip


def data(found: Review) -> dict[str, Any]:
    """What `--json` prints."""
    return {
        "schema": 1,
        "model": found.model,
        "world": {"name": found.world.name, "holds": dict(found.world.starts)},
        "plan": found.given.file,
        "valid": found.valid,
        "violations": [_violation(found, breach) for breach in found.breaches],
        "assumes": [list(one) for one in found.assumes],
        "assumes_complete": found.assumes_complete,
        "lifts": [one.model_dump(mode="json") for one in found.lifts],
        "lifts_complete": found.lifts_complete,
        "short": records(short(found)),
        "released": records(releases(found)),
        **({} if found.given.releases is None else _planned(found)),
    }


def _planned(found: Review) -> dict[str, Any]:
    """The releases that were planned, and where they alone are too few."""
    return {
        "planned_releases": records(planned_releases(found)),
        "uncovered": [_violation(found, breach) for breach in found.uncovered],
    }


def _violation(found: Review, breach: Breach) -> dict[str, Any]:
    places = [found.given.rows[number].place for number in breach.rows]
    return {
        "rule": breach.rule,
        "row": places[0].row if places else None,
        "rows": [place.line for place in places],
        "place": dict(breach.place),
        "amount": breach.amount,
        "text": breach.text,
        "rule_in_words": breach.words,
        "because": [
            {"kind": r.kind, "id": r.id, "place": r.place, "says": r.says} for r in breach.reasons
        ],
    }


TABLES: dict[str, Callable[[Review], Table]] = {
    "violations": violations,
    "rows": rows,
    "short": short,
    "assumes": assumes,
    "lifts": lifts,
    "released": releases,
    "planned_releases": planned_releases,
    "uncovered": uncovered,
}
"""The tables of a review, by name, in reading order."""

PLANNED = ("planned_releases", "uncovered")
"""Those of releases that somebody planned."""
