"""`cabinet.md`: the models side by side on one page."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from casebook import case
from casebook.cabinet import ASKED_WORLDS, MAIN, SHOWN, earliest, option, reserve, tasks_ready
from casebook.case import LAND, SCOPES
from casebook.finding import task_row
from casebook.pages import UP, page, table
from casebook.sizes import world_name

INTRO = """# For the cabinet

The options side by side, on the figures of spring 2025. A verdict is that on the land force (in
`air_and_sea` on air policing, in `support_only` on training outside Ukraine), with whoever may come
in our tables, and then with the report's own actors alone. *Over the ranges*: `surely ready` or
`surely not` wherever the figures lie that nobody has reported; `open` where some of what they may
be turns it. From *stands in* on, a column describes the first world in which its task stands,
at the least that staffs it: first the risk of what is released, then people. Each *no* is proved,
each *yes* is a plan that the checker has passed; the sizes of the options are the report's, what
each needs is ours.
"""

WORDS = {
    "today": "today",
    "ceasefire": "with a ceasefire",
    "ceasefire_us_backstop": "with the backstop",
}

AFTER = """\
- **With a ceasefire.** One that Moscow has signed and by which it lets Western troops in, with the
  mandate, Kyiv's consent and the vote in Paris; with the backstop: the same, and all its parts.
- **Kept up for.** The task alone, if every later half-year is as the models' last: the same units,
  commitments and conditions. *Without end*: a plan repeats with the rotation, and the checker has
  unrolled it; it need not be the one that costs least. How soon units can go again: rotation in
  [the inputs](../../inputs/README.md).
- **Earliest month.** Everybody acts as early as he can and nobody before what he waits for has
  come; months are ours. *Not in turn*: some of it comes only if Washington and the Europeans
  announce it together, or one of them goes first ([order.md](order.md)).
- **If France leaves.** From the start, with all else as in the column: [leaving.md](leaving.md).
- **What NATO's plans lose.** In unit-periods (a company for a half-year); other ways may cost no
  more. By plan: [dilemma.md](dilemma.md).
"""


def cabinet_page() -> str:
    names = [_named(model) for model in SHOWN]
    rows = [(title, *(cell(model) for model in SHOWN)) for title, cell in _rows()]
    return page(INTRO, table(("", *names), rows), AFTER)


def _named(model: str) -> str:
    """With a link to what is asked about in it."""
    file, _, row = task_row(model, MAIN.get(model, LAND)).partition(":")
    return f"[{model}]({UP}{file}#L{row})"


Row = tuple[str, Callable[[str], str]]
"""A title, and what stands below each model."""


def _rows() -> list[Row]:
    verdicts = [row for world in ASKED_WORLDS for row in _verdicts(world)]
    tasks = [
        (f"tasks ready alone, {WORDS[world]}", partial(_ready, world)) for world in ASKED_WORLDS
    ]
    return [
        ("what it is", lambda model: case.problem(model).title),
        *verdicts,
        *tasks,
        ("stands in", _stands),
        ("nations needed, at the least", _nations),
        ("people of the force, at the least", _people),
        ("reserve that may go in, beside it", _reserve),
        ("what NATO's plans lose", _plans),
        ("earliest month", _month),
        ("kept up for", _long),
        ("if France leaves", _france),
    ]


def _verdicts(world: str) -> list[Row]:
    """The verdict and what becomes of it over the ranges, in both scopes."""
    found: list[Row] = []
    for scope, said in SCOPES.items():
        title = f"{WORDS[world]}, {said}"
        found.append((title, partial(_word, world, scope, 0)))
        found.append((f"{title}, over the ranges", partial(_word, world, scope, 1)))
    return found


def _word(world: str, scope: str, number: int, model: str) -> str:
    return case.over_ranges(model, world, MAIN.get(model, LAND), scope)[number]


def _ready(world: str, model: str) -> str:
    ready, every = tasks_ready(model, world)
    return f"{ready} of {every}"


def _stands(model: str) -> str:
    one = option(model)
    return "no world" if one is None else f"`{world_name(one.world, one.with_)}`"


def _nations(model: str) -> str:
    one = option(model)
    return "" if one is None else str(case.fewest(model, one.world, one.task, one.with_))


def _people(model: str) -> str:
    one = option(model)
    return "" if one is None else f"{one.people:,}"


def _reserve(model: str) -> str:
    one = option(model)
    found = reserve(one) if one else None
    if found is None:
        return ""
    return f"{found.asked} companies asked, {found.left} left at the most"


def _plans(model: str) -> str:
    one = option(model)
    if one is None:
        return ""
    rows = (f"{name} ({units})" for name, units in sorted(one.plans.items()))
    return "; ".join(rows) or "nothing"


def _month(model: str) -> str:
    month = earliest(model)
    if month is not None:
        return str(month)
    return "never" if option(model) is None else "not in turn"


def _long(model: str) -> str:
    one = option(model)
    if one is None:
        return ""
    found = case.kept_up(model, one.world, one.task, one.with_)
    if found.for_ever:
        return "without end"
    months = (found.periods or 0) * case.problem(model).months_per_period
    return f"{months} months, no longer" if found.decided else f"{months} months at least"


def _france(model: str) -> str:
    one = option(model)
    return "" if one is None else one.without("FRA")
