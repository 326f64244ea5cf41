"""`leaving.md`: what still stands if a nation leaves, France first."""

from __future__ import annotations

from collections.abc import Iterator

from casebook import case
from casebook.cabinet import SHOWN, option
from casebook.case import LAND
from casebook.finding import SMALL, task_row
from casebook.losses import WORLD, endurance
from casebook.pages import link, page, table

INTRO = """# If somebody leaves

A French president of another mind could undo a force that France and Britain lead together
(*United Kingdom 6*). Told here is what no longer stands without a nation from the start: each task
of the 20,000 that is ready with a ceasefire, asked anew with that nation sending nothing to
anything. *Blocked*: further preconditions would make it ready all the same."""

UNDER_WAY = """## If they leave when it is under way

The joint plan of the 20,000 with a ceasefire (as many tasks as possible, least risk, fewest people
and contingents), and one of its leaders gone from the third half-year on. *Holds*: its own rules
still pass; *repaired*: the nearest plan staffs it, with others in the place of who left; *falls*:
no plan does, proved. By yourself:

```
allocator endure reassurance_20k --world ceasefire --lose FRA --from 3
```"""

SIZES = """## The land force of each size without France

In the first world in which it stands: [cabinet.md](cabinet.md)."""


def leaving_page() -> str:
    ready = [t.id for t in case.problem(SMALL).tasks if case.verdict(SMALL, WORLD, t.id) == "ready"]
    lost = {nation: _lost(nation, ready) for nation in sorted(_senders())}
    rows = (
        (case.problem(SMALL).names[nation], nation, lost[nation])
        for nation in sorted(lost, key=lambda nation: (nation != "FRA", nation))
        if lost[nation]
    )
    steady = ", ".join(nation for nation in lost if not lost[nation])
    return page(
        INTRO,
        "Ready with a ceasefire: " + ", ".join(f"`{task}`" for task in ready) + ".",
        table(("without", "code", "no longer ready"), rows),
        f"Whoever else leaves alone ({steady}), each of these tasks stays ready.",
        UNDER_WAY,
        table(("task", *(str(one.loss) for one in endurance().events)), _under_way()),
        SIZES,
        table(("model", "world", "with France", "without", "place"), _sizes()),
    )


def _lost(nation: str, ready: list[str]) -> str:
    """The tasks that are not ready without it, and what they are then."""
    words = {task: without(nation, task) for task in ready}
    return ", ".join(f"`{task}`: {word}" for task, word in words.items() if word != "ready")


def without(nation: str, task: str) -> str:
    left = case.problem(SMALL).without((nation,))
    return case.verdict_in(left, case.world(SMALL, WORLD), task)


def _senders() -> frozenset[str]:
    """Who holds anything at all, the host apart."""
    return frozenset(nation for nation, _ in case.problem(SMALL).availability) - {"UKR"}


def _under_way() -> Iterator[tuple[str, ...]]:
    events = endurance().events
    for number, one in enumerate(events[0].tasks):
        yield (f"`{one.task}`", *(event.tasks[number].state for event in events))


def _sizes() -> Iterator[tuple[str, ...]]:
    for model in SHOWN:
        one = option(model)
        if one is not None and one.task == LAND:
            world = " + ".join((one.world, *one.with_))
            yield (
                f"`{model}`",
                f"`{world}`",
                "ready",
                one.without("FRA"),
                link(task_row(model, LAND)),
            )
