"""`scopes.md`: the report's own actors alone, and with nations that it does not name."""

from __future__ import annotations

from casebook import case, sizes
from casebook.case import FORCES, LAND, SCOPES, WORLDS
from casebook.finding import SMALL, task_row
from casebook.findings_of_sizes import RANGE
from casebook.pages import link, page, table
from casebook.positions import ACTORS, STATED

INTRO = """# Two scopes

The report has chapters on {actors}. {stated} have said elsewhere, or by the way, whether and how
they come. The others in our tables have no position that we know: that they come is generous.
So each verdict on the land force is told twice, and beside it how many of the manoeuvre companies
that are open in that world belong to nations without a stated position; and how it stands with
every holding a quarter lower or higher, commitments as they stand. By yourself:

```
allocator blockers western_presence --world ceasefire --without {away}
allocator ranges western_presence --world ceasefire --spread general_knowledge=25,estimate=25
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
    ranges = [(scope, percent) for scope in SCOPES for percent in RANGE]
    header = ("world", *(_head(*one) for one in ranges), "open, without a stated position")
    return table(header, (_row(model, world, ranges) for world in WORLDS))


def _head(scope: str, percent: int) -> str:
    return SCOPES[scope] if not percent else f"{SCOPES[scope]}, {percent:+} %"


def _row(model: str, world: str, ranges: list[tuple[str, int]]) -> tuple[str, ...]:
    words = (case.verdict_moved(model, world, LAND, percent, scope) for scope, percent in ranges)
    silent, all_open = sizes.unstated(model, world)
    return (f"`{world}`", *words, f"{silent} of {all_open}")
