"""`order.md`: who waits for whom, and what comes first."""

from __future__ import annotations

from collections.abc import Iterator

from allocator.results.order import Act, Order, TaskOrder
from casebook import case
from casebook.case import FORCES, LAND
from casebook.finding import SMALL
from casebook.order import PLEDGES, order
from casebook.pages import link, page, table
from casebook.statements import statements

INTRO = """# Who waits for whom

The report tells of a circle: Washington waits for Europe, Europe for Washington."""

SAID = ("us_6", "baltic_6", "key_parameters_6", "key_result_2", "key_results_7", "germany_8")

AS_ROWS = f"""As rows: every US part comes `after` European pledges, a mandate and a staffed
command; `{PLEDGES}` come `after` any US part. That the pledges are one act, and that any US part
would set them free (Helsinki's *somehow*; others ask for more), is our reading, the generous one.
`allocator order` finds the circle and names it; what follows is its answer from today on, everybody
acting as early as he can. Months are ours. By yourself:

```
allocator order western_presence air_missile_defence
```"""

CIRCLES = """## The circles

Acts that could be announced together, and not otherwise. One side that goes first is enough:
an act made without waiting is a *push*, in the table of tasks."""


def order_page() -> str:
    found = order(SMALL)
    return page(
        INTRO,
        "\n".join(f"- *{one.place}*: {one.says}." for one in map(statements().get, SAID) if one),
        AS_ROWS,
        CIRCLES,
        _circles(found),
        "## The tasks of the 20,000",
        table(
            ("task", "today", "in turn", "earliest month", "a push that does"),
            (_task_row(one) for one in found.tasks),
        ),
        "## The land force of each size",
        table(
            ("model", "today", "in turn", "earliest month", "ways in turn"),
            (_size_row(model) for model in FORCES),
        ),
        "## The acts",
        table(
            ("act", "in the hands of", "after", "comes", "month", "place"),
            (_act_row(act) for act in found.acts),
        ),
        "## Ruled out",
        table(("precondition", "in the hands of", "why", "place"), _ruled_out()),
    )


def _ruled_out() -> Iterator[tuple[str, ...]]:
    """What nobody is taken to bring about."""
    for row in case.planner().workspace.preconditions:
        if row.status == "ruled_out":
            place = link(str(case.planner().workspace.place(row)))
            yield f"`{row.precondition}`: {row.name}", row.holder, row.note, place


def _circles(found: Order) -> str:
    rows = (
        (" and ".join(f"`{name}`" for name in circle), " and ".join(_holders(found, circle)))
        for circle in found.circles.sets
    )
    return table(("circle", "in the hands of"), rows)


def _holders(found: Order, circle: tuple[str, ...]) -> list[str]:
    return sorted({found.act(name).holder for name in circle})


def _task_row(one: TaskOrder) -> tuple[object, ...]:
    pushes = ", ".join(" with ".join(f"`{name}`" for name in push) for push in one.pushes.sets)
    return (f"`{one.task}`", one.verdict, one.reached, one.earliest_month, pushes)


def _size_row(model: str) -> tuple[object, ...]:
    one = order(model).task(LAND)
    ways = "; ".join("{" + ", ".join(f"`{n}`" for n in way) + "}" for way in one.ways_in_turn.sets)
    return (f"`{model}`", one.verdict, one.reached, one.earliest_month, ways or "none")


def _act_row(act: Act) -> tuple[object, ...]:
    name = case.problem(SMALL).preconditions[act.precondition].name
    waits = f"`{act.after}`" if act.after != "always" else ""
    said = f"`{act.precondition}`: {name}"
    return (said, act.holder, waits, act.state, act.month, link(act.place))
