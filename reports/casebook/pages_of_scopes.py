"""`scopes.md`: the report's own actors alone, and with nations that it does not name."""

from __future__ import annotations

from casebook import case, sizes
from casebook.case import FORCES, LAND, SCOPES, WORLDS
from casebook.finding import SMALL, task_row
from casebook.pages import link, page, table
from casebook.positions import ACTORS, STATED

INTRO = """# Two scopes

The report has chapters on {actors}. {stated} have said elsewhere, or by the way, whether and how
they come. The others in our tables have no position that we know: that they come is generous.
So each verdict on the land force is told twice, and beside it how many of the manoeuvre companies
that are open in that world belong to nations without a stated position. *Over the ranges* is the
verdict wherever the figures lie that nobody has reported: `surely ready` with all of them at their
harmful ends, `surely not` with all at their helpful ones, `open` in between; how many would have to
be off together, and how likely it is: [ranges.md](ranges.md). By yourself:

```
allocator blockers western_presence --world ceasefire --without {away}
allocator ranges western_presence --world ceasefire
```"""


def scopes_page() -> str:
    actors, stated = ", ".join(ACTORS), ", ".join(sorted(STATED))
    away = ",".join(case.not_named(case.problem(SMALL)))
    parts = [INTRO.format(actors=actors, stated=stated, away=away)]
    for model in FORCES:
        place = link(task_row(model, LAND))
        parts += [f"## {case.problem(model).title}", f"Its land force: {place}.", _table(model)]
    return page(*parts)


def _table(model: str) -> str:
    header = ["world"]
    for said in SCOPES.values():
        header += [said, f"{said}, over the ranges"]
    header.append("open, without a stated position")
    return table(header, (_row(model, world) for world in WORLDS))


def _row(model: str, world: str) -> tuple[str, ...]:
    words = [word for scope in SCOPES for word in case.over_ranges(model, world, LAND, scope)]
    silent, all_open = sizes.unstated(model, world)
    return (f"`{world}`", *words, f"{silent} of {all_open}")
