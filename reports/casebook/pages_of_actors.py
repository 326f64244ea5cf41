"""`actors.md`: what a chapter says, how it binds as rows, and what the case gives."""

from __future__ import annotations

from collections import Counter

from allocator.inputs.conditions import show as condition_text
from casebook import case
from casebook.case import FORCES, LAND, WORLDS
from casebook.pages import link, page, table
from casebook.positions import ACTORS, CHAPTERS
from casebook.statements import of_chapter

MODEL = "reassurance_20k"

INTRO = f"""# Actor by actor

What each chapter says (in our own words, by paragraph), which rows of the tables carry it, and what
the case gives. Where a row is from and how far it can be trusted, its place says. "May serve" is
what caveats, commitments and rotation let the nation send to a task of `{MODEL}` at any one time,
the task's own condition and the company of other nations taken as given; "stands in packages" is
what the solver found. Change a row, and the answer changes."""


def actors_page() -> str:
    names = case.problem(MODEL).names
    contents = ", ".join(f"[{names[n]}](#{anchor(n)})" for n in ACTORS)
    return page(INTRO, contents, *(_section(nation) for nation in ACTORS))


def anchor(nation: str) -> str:
    return nation.lower()


def _section(nation: str) -> str:
    name = case.problem(MODEL).names[nation]
    return page(
        f'<a id="{anchor(nation)}"></a>\n## {name} ({nation})',
        f"**The chapter** *{CHAPTERS[nation]}*, by paragraph.",
        "\n".join(f"- {one.paragraph}: {one.says}." for one in of_chapter(CHAPTERS[nation])),
        "**As rows.**",
        _rules(nation),
        f"**In the case.** {_packages(nation)}",
        _service(nation),
        _tied(nation),
    )


def _rules(nation: str) -> str:
    workspace = case.planner().workspace
    (row,) = (n for n in workspace.nations if n.nation == nation)
    rows = [("contributor", "", "", row.note, link(str(workspace.place(row))))]
    for caveat in case.problem(MODEL).caveats:
        if caveat.nation == nation:
            rows.append(
                (
                    f"caveat `{caveat.id}`",
                    f"`{condition_text(caveat.requires)}`",
                    caveat.basis.replace("_", " "),
                    caveat.note + _people(caveat.max_personnel),
                    link(caveat.place),
                )
            )
    held = (p for p in case.problem(MODEL).preconditions.values() if _holds(nation, p.holder))
    rows += [(f"can bring about `{p.id}`", "", p.status, p.name, link(p.place)) for p in held]
    return table(("row", "unless", "basis", "what it says", "place"), rows)


def _people(most: int | None) -> str:
    return "" if most is None else f" (else {most:,} people at the most)"


def _holds(nation: str, holder: str) -> bool:
    return nation in [part.strip() for part in holder.split(",")]


def _packages(nation: str) -> str:
    """In how many packages of the ready land forces the nation stands."""
    said = []
    for model, world in ((FORCES[0], "ceasefire"), (FORCES[0], "ceasefire_us_backstop")):
        found = case.packages(model, world, LAND)
        counts = Counter(n for package in found for n in package)
        said.append(f"{counts[nation]} of {len(found)} in `{world}`")
    return f"Stands in packages of the land force of 20,000: {'; '.join(said)}."


def _service(nation: str) -> str:
    rows = []
    for name in WORLDS:
        where = case.world(MODEL, name)
        may = []
        for task in case.problem(MODEL).tasks:
            sends = case.can_send(MODEL, where, nation, task.id)
            if sends:
                units = ", ".join(f"{q} {c}" for c, q in sorted(sends.items()))
                may.append(f"`{task.id}` ({units})")
        rows.append((f"`{name}`", ", ".join(may) or "nothing"))
    return table(("world", "may serve in"), rows)


def _tied(nation: str) -> str:
    """What the nation has committed, largest first."""
    tied = [c for c in case.problem(MODEL).commitments if c.nation == nation]
    if not tied:
        return ""
    rows = (
        (
            f"`{c.id}`",
            f"{max(c.quantity)} {c.capability}",
            c.purpose,
            "rotating" if c.rotating else "standing",
            f"`{condition_text(c.release_requires)}`",
            link(c.place),
        )
        for c in sorted(tied, key=lambda c: (-max(c.quantity), c.id))
    )
    return page(
        "**Tied elsewhere.**",
        table(("commitment", "units", "for", "kind", "released when", "place"), rows),
    )
