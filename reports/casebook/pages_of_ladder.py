"""`ladder.md`: who was asked, who is willing, who would send soldiers; and what is offered here."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cache

from allocator.deadline import Deadline
from allocator.engines import Settings
from allocator.inputs.firmness import COUNTS, STATUSES
from allocator.results.offers import Ladder
from allocator.search.offers.ladder import LadderSearch
from casebook import case
from casebook.case import LAND
from casebook.finding import SMALL
from casebook.pages import link, page, table

ON = "2025-05-15"
"""The day of the report, on which offers are read."""

INTRO = """# How firm it is

None of these counts is the report's: it speaks of more than 33 delegations at some of the meetings
(*Key Parameters 5*), and says that pledges are few (*Introduction 1*)."""

COUNTED = (
    (37, "asked for soldiers, or for ships, aircraft, intelligence",
     "Rubryka on Bloomberg, 13 March 2025"),
    (15, "willing to contribute troops", "RBC-Ukraine on Bloomberg, 10 April 2025"),
    (6, "would send soldiers: France, Britain, the three Baltic states and one unnamed",
     "Meduza on AFP, 11 April 2025"),
)  # fmt: skip

LADDER = f"""## What the offers are enough for

Each task of the 20,000 with a ceasefire, if only offers of that status or firmer are counted, and
in the end everything that nations hold. Offers as of {ON}; sizes that nobody has named are ours,
and say so. By yourself:

```
allocator offers reassurance_20k --world ceasefire --on {ON}
```"""

WHO = """## Who has offered what

Nothing is `firm`: nobody has signed."""


def ladder_page() -> str:
    return page(
        INTRO,
        table(("nations", "what of them is said", "by whom"), COUNTED),
        _ours(),
        LADDER,
        table(("task", *(f"`{level}`" for level in COUNTS), "firmest"), _levels()),
        WHO,
        table(
            ("nation", "status", "what", "for", "basis", "what its row says", "place"), _offers()
        ),
    )


def _ours() -> str:
    """As the kept offers count them, for the land force and for anything."""
    rows = (
        (f"`{status}` or firmer", _names(_nations(status, LAND)), len(_nations(status, None)))
        for status in STATUSES
    )
    header = ("offers of", "nations with one for the land force", "nations with one for any task")
    return page("In our rows:", table(header, rows))


def _names(nations: frozenset[str]) -> str:
    return f"{len(nations)}: {', '.join(sorted(nations))}" if nations else "0"


def _nations(status: str, task: str | None) -> frozenset[str]:
    firm = STATUSES[: STATUSES.index(status) + 1]
    rows = case.planner().workspace.offers
    return frozenset(
        row.nation for row in rows if row.status in firm and (task is None or task in row.task)
    )


@cache
def ladder(task: str) -> Ladder:
    """The ladder of a task of the default model with a ceasefire."""
    on = date.fromisoformat(ON)
    problems = {count: case.planner().problem(SMALL, count, on) for count in COUNTS}
    search = LadderSearch(problems, case.world(SMALL, "ceasefire"), task, Settings())
    search.run(Deadline(case.SECONDS))
    assert not search.faults
    found = Ladder(task, search.found)
    assert found.certain, "a level that is open is no reason for a looser one"
    return found


def _levels() -> Iterator[tuple[str, ...]]:
    for task in case.problem(SMALL).tasks:
        one = ladder(task.id)
        words = (one.verdicts[level] for level in COUNTS)
        yield (f"`{task.id}`", *words, one.firmest or "none")


def _offers() -> Iterator[tuple[object, ...]]:
    workspace = case.planner().workspace
    rank = {status: number for number, status in enumerate(STATUSES)}
    for row in sorted(workspace.offers, key=lambda o: (o.nation, rank[o.status], o.offer)):
        yield (
            case.problem(SMALL).names[row.nation],
            row.status,
            f"{row.quantity} {row.capability}",
            ", ".join(f"`{task}`" for task in row.task),
            row.basis.replace("_", " "),
            row.note,
            link(str(workspace.place(row))),
        )
