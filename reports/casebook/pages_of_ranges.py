"""`ranges.md`: which verdicts stand wherever the figures lie, and how much turns the others."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from allocator.inputs.problem.ranges import Unit
from allocator.results.ranges import TaskRanges
from casebook import case
from casebook.case import LAND
from casebook.finding import MIDDLE, SMALL, task_row
from casebook.pages import link, page, table

DRAWS = 200

ASKED = (
    (SMALL, "ceasefire"),
    (MIDDLE, "ceasefire"),
    (MIDDLE, "ceasefire_us_backstop"),
    (MIDDLE, "ceasefire_plans_revised"),
)
"""Open verdicts on the land force of the two smaller sizes; all others are in scopes.md."""

INTRO = f"""# What turns over the ranges

Nobody has reported most of these figures; how far each may be off stands in its row (`low`,
`high`), and all manoeuvre companies of a nation are off together. Every verdict in both scopes:
[scopes.md](scopes.md). Here those of the smaller sizes that turn: with which figures, if so few
are off together, each at its end of the range (fewer never do, where that is proved), and in how
many of {DRAWS} draws of all figures the task is ready, with the 95 % interval. A chance is one of
figures in our ranges, politics as in the world; it predicts nothing. By yourself:

```
allocator ranges western_presence --world ceasefire --draws {DRAWS}
```"""


@cache
def found(model: str, world: str) -> TaskRanges:
    asked = case.planner().ranges([LAND], model, world=world, draws=DRAWS, time_limit=case.SECONDS)
    assert not asked.faults
    return asked.tasks[0]


def ranges_page() -> str:
    header = (
        "model", "world", "as stated", "over the ranges", "turns if off together", "ready in draws",
        "interval", "place",
    )  # fmt: skip
    return page(INTRO, table(header, _rows()))


def _rows() -> Iterator[tuple[object, ...]]:
    for model, world in ASKED:
        one = found(model, world)
        chance = one.chance
        assert chance is not None
        yield (
            f"`{model}`",
            f"`{world}`",
            one.stated,
            one.over_ranges,
            _together(one),
            f"{chance.ready} of {chance.draws}"
            + (f", {chance.undecided} not decided" if chance.undecided else ""),
            f"{chance.low:.0%} to {chance.high:.0%}",
            link(task_row(model, LAND)),
        )


def _together(one: TaskRanges) -> str:
    both = one.together
    if both is None:
        return "not known" if one.over_ranges in ("open", "unknown") else "nothing does"
    if not both.proved:
        return f"not proved; {both.bound} at the least"
    return f"{both.number}: " + ", ".join(_figure(unit) for unit in both.units)


def _figure(unit: Unit) -> str:
    """A group of manoeuvre companies by its nation, anything else by its own name."""
    one = unit.ranges[0].figure
    nation = case.problem(SMALL).names.get(one.nation, one.nation)
    return f"{nation}'s manoeuvre companies" if unit.group else unit.name
