"""`dilemma.md`, `dilemma.csv`, `dilemma.svg`: the pool of forces and what each size takes of it."""

from __future__ import annotations

from collections.abc import Iterator

from allocator.analysis.dilemma import Taken, Together, together
from allocator.deadline import Deadline
from allocator.engines import Settings
from allocator.report.pictures.pool import picture
from allocator.report.tables.table import Table, Value, make_table
from casebook import case, sizes
from casebook.case import FORCES, WORLDS
from casebook.claims import LEDGER
from casebook.finding import LARGE
from casebook.pages import link, page, table
from casebook.sizes import ASKED

COLUMNS = {
    "model": "operation model",
    "world": "world, with what holds on top of it",
    "capability": "id of the capability",
    "unit": "what one unit is",
    "held": "units in the tables, Ukraine's own left out",
    "net": "unit-periods that rotation and commitments leave, whatever caveats say",
    "open": "unit-periods that caveats let go to the land force, releases included",
    "taken": "unit-periods that the land force takes at the least; blank where it is not ready",
    "percent_of_net": "taken in per cent of net",
    "percent_of_open": "taken in per cent of open",
}

INTRO = """# One pool, several jobs

Forces that deter Russia, defend NATO territory and secure Ukraine come from the same pool. *Net*
is what commitments and rotation leave of it, whatever caveats say: Türkiye, Italy, Spain and the
United States are in it, Ukraine's own forces are not. *Open* is what caveats let go to the land
force, releases included, the task's own condition left aside. Both are the most that could be
kept up; figures are units in place at any one time, over four half-years."""

TOGETHER = (ASKED[0], ASKED[1], ASKED[2], ("air_and_sea", "ceasefire", ()))
SECONDS = 180.0


def picture_file() -> str:
    rows = [sizes.row_of(LARGE, name) for name in WORLDS]
    bars = [(row.world, row.open, row.net) for row in rows]
    title = "Manoeuvre companies that can be kept up, and what each size asks for"
    return picture(title, bars, sizes.asked_for(), "companies at any one time")


def numbers() -> Table:
    """Every size in every world, by capability."""
    named = [(model, world, ()) for model in FORCES for world in WORLDS]
    asked = [*named, *(one for one in ASKED if one not in named)]
    rows = (row for one in asked for row in _rows(*one))
    return make_table(
        "dilemma", "One row a model, world and capability of the land force.", COLUMNS, rows
    )


def _rows(model: str, world: str, with_: tuple[str, ...]) -> Iterator[tuple[Value, ...]]:
    taken = case.unlocked(model, world, with_)
    name = sizes.world_name(world, with_)
    for pool in sizes.pool_of(model, world, with_):
        units = None if taken is None else taken.of(pool.capability)
        yield (
            model,
            name,
            pool.capability,
            case.problem(model).capabilities[pool.capability].unit,
            pool.held,
            pool.net,
            pool.open,
            units,
            _percent(units, pool.net),
            _percent(units, pool.open),
        )


def _percent(part: int | None, whole: int) -> int | None:
    return None if part is None or not whole else round(100 * part / whole)


def dilemma_page() -> str:
    return page(
        INTRO,
        "![Manoeuvre companies open and left in each world, against what each size asks for]"
        "(dilemma.svg)",
        _worlds(),
        "## What each size takes",
        "Manoeuvre companies of the land force alone, at the least that staffs it: first the risk "
        "of what is released, then people. Every capability: [dilemma.csv](dilemma.csv), in "
        "unit-periods.",
        _sizes(),
        "## What would be released",
        "From NATO commitments, at the least: one of the ways that cost no more. Risk is per unit "
        "and half-year, 1 (hardly felt) to 6 (a gap at the flank); the scale is ours.",
        _releases(),
        "## The ledger of NATO's plans",
        "The same by plan: what each size would take from which, all nations together.",
        _ledger(),
        "## Tasks together",
        "As many tasks as possible by priority, then the least risk; both proved. What is left out "
        "though ready alone competes for the same forces.",
        _together(),
    )


def _worlds() -> str:
    rows = [sizes.row_of(LARGE, name) for name in WORLDS]
    cells = [
        (f"`{row.world}`", row.net, row.open, f"{_percent(row.open, row.net)} %") for row in rows
    ]
    asked = ", ".join(f"{number} for {label}" for label, number in sizes.asked_for())
    return page(
        table(("world", "net", "open", "open of net"), cells),
        f"Asked for: {asked} people; of the two wide options, their lower ends.",
    )


def _sizes() -> str:
    rows = (
        (
            f"`{row.model}`",
            f"`{row.world}`",
            row.asked,
            row.taken,
            row.open,
            f"{row.share} %" if row.share is not None else "",
            f"{_percent(row.taken, row.net)} %",
            row.risk,
        )
        for row in sizes.manoeuvre()
    )
    return table(
        ("model", "world", "asked", "taken", "open", "of open", "of net", "risk released"), rows
    )


def _releases() -> str:
    rows = []
    for model, world, with_ in ASKED:
        taken = case.unlocked(model, world, with_)
        for commitment, units in sorted(_by_commitment(taken).items()):
            row = case.problem(model).commitment(commitment)
            rows.append(
                (
                    f"`{model}`",
                    f"`{sizes.world_name(world, with_)}`",
                    f"{case.problem(model).names[row.nation]}: {row.purpose}",
                    f"{units} {row.capability}",
                    units * row.release_risk,
                    link(row.place),
                )
            )
    return table(("model", "world", "commitment", "unit-periods", "risk", "place"), rows)


def _ledger() -> str:
    """A row for each plan of NATO's from which any size takes, by what it is for."""
    taken = [
        (model, world, with_, case.unlocked(model, world, with_)) for model, world, with_ in ASKED
    ]
    columns = [_by_plan(model, found) for model, _, _, found in taken]
    heads = (f"{model} in {sizes.world_name(world, with_)}" for model, world, with_, _ in taken)
    plans = sorted({plan for column in columns for plan in column})
    rows = ((plan, *(column.get(plan, 0) or "" for column in columns)) for plan in plans)
    return table((LEDGER, *heads), rows)


def _by_plan(model: str, taken: Taken | None) -> dict[str, int]:
    totals: dict[str, int] = {}
    for commitment, units in _by_commitment(taken).items():
        purpose = case.problem(model).commitment(commitment).purpose
        totals[purpose] = totals.get(purpose, 0) + units
    return totals


def _by_commitment(taken: Taken | None) -> dict[str, int]:
    totals: dict[str, int] = {}
    for release in taken.released if taken else ():
        totals[release.commitment] = totals.get(release.commitment, 0) + release.quantity
    return totals


def _together() -> str:
    rows = (_together_row(model, world, with_) for model, world, with_ in TOGETHER)
    header = ("model", "world", "staffed", "ready alone, left out", "not ready", "risk released")
    return table(header, rows)


def _together_row(model: str, world: str, with_: tuple[str, ...]) -> tuple[object, ...]:
    asked, where = case.problem(model), case.world(model, world, with_)
    found: Together = together(asked, where, Settings(), Deadline(SECONDS))
    ready = [t for t in found.left_out if case.verdict_in(asked, where, t) == "ready"]
    name = f"`{sizes.world_name(world, with_)}`"
    if not found.proved:
        return (f"`{model}`", name, "not proved in the time", "", "", "")
    return (
        f"`{model}`",
        name,
        f"{len(found.staffed)} of {len(asked.tasks)}",
        ", ".join(f"`{t}`" for t in ready) or "none",
        ", ".join(f"`{t}`" for t in found.left_out if t not in ready) or "none",
        found.risk,
    )
