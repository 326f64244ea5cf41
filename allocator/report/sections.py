"""What a run says, in one list: terminal, page and workbook show the parts of it, and no others.

A section that one of the three does without says why. `tests/report/test_sections.py` holds what
each of them shows against the list.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

SOLVE, PACKAGES, BLOCKERS = "solve", "packages", "blockers"
EVERY = (SOLVE, PACKAGES, BLOCKERS)

TERMINAL, PAGE, WORKBOOK = "terminal", "page", "workbook"
PLACES = (TERMINAL, PAGE, WORKBOOK)


@dataclass(frozen=True, slots=True)
class Section:
    """One thing that a run says.

    of: the commands of which the terminal shows it. titles: how its headings there begin; none
    where it stands under another's. part: of the page, where it is. heading: what it is called
    there, where that is not its first title. tables: that hold it, each a sheet. cover: whether
    the workbook's cover says it. without: why a place does without it.
    """

    name: str
    of: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    part: str = ""
    heading: str = ""
    tables: tuple[str, ...] = ()
    cover: bool = False
    without: Mapping[str, str] = field(default_factory=dict)

    @property
    def title(self) -> str:
        """Its heading on the terminal."""
        return self.titles[0]

    @property
    def places(self) -> tuple[str, ...]:
        """Where it is shown."""
        shown = {TERMINAL: self.of, PAGE: self.part, WORKBOOK: self.tables or self.cover}
        return tuple(place for place in PLACES if shown[place])


OF_THE_RUN = (
    Section("situation", EVERY, part="situation", heading="The situation", cover=True),
    Section(
        "tasks",
        (SOLVE,),
        ("Tasks",),
        part="tasks",
        tables=("tasks", "decision", "contested"),
        cover=True,
    ),
    Section("next_acts", (SOLVE,), ("What to do next",), part="situation", cover=True),
    Section(
        "preconditions",
        (SOLVE,),
        ("What blocked tasks wait for",),
        part="preconditions",
        tables=("necessary",),
        cover=True,
    ),
    Section(
        "over_time",
        (SOLVE,),
        ("The plan over time", "What it fills in each period"),
        part="plan",
        heading="Who is where, when",
        tables=("allocation", "filled", "shortfalls"),
    ),
    Section(
        "pools",
        (SOLVE,),
        ("Scarcest forces",),
        part="pool",
        heading="One pool, several jobs",
        tables=("pools", "net_availability"),
    ),
    Section(
        "levels",
        (SOLVE,),
        (
            "What the plan was optimised for, in this order",
            "No plan was found; what sending nobody comes to",
        ),
        part="plan",
        heading="What the plan was optimised for",
        tables=("levels",),
        cover=True,
    ),
    Section(
        "released",
        (SOLVE,),
        ("Released commitments",),
        part="plan",
        heading="Commitments released",
        tables=("released",),
        cover=True,
    ),
    Section(
        "departures",
        (SOLVE,),
        ("If one nation leaves the joint plan",),
        part="trade_offs",
        tables=("departures",),
    ),
    Section(
        "front",
        (SOLVE, PACKAGES),
        ("What can be had for what",),
        part="trade_offs",
        tables=("front", "front_units"),
    ),
    Section(
        "unanswered",
        (SOLVE,),
        ("Asked for and not found",),
        part="trade_offs",
        heading="Trade-offs",
        cover=True,
    ),
    Section("each_task", EVERY, part="tasks", heading="In the solved world", tables=("findings",)),
    Section(
        "next",
        EVERY,
        ("Next",),
        without={PAGE: "nobody types a command there", WORKBOOK: "nobody types a command there"},
    ),
    Section("how_made", EVERY, part="sources", heading="ortools", tables=("provenance",)),
)
"""Once a run, in the order in which the terminal has them."""

OF_A_TASK = (
    Section(
        "packages",
        (PACKAGES,),
        ("By rank", "Few that differ most", "Units of No."),
        part="tasks",
        heading="Packages",
        tables=("packages", "packages_released", "package_values"),
    ),
    Section("together", (PACKAGES,), ("Only together",), part="tasks", tables=("findings",)),
    Section(
        "weights",
        (PACKAGES,),
        ("Who matters",),
        part="weights",
        tables=("power", "coalitions", "replacement"),
    ),
    Section(
        "surviving",
        (PACKAGES, BLOCKERS),
        ("If some are lost",),
        part="tasks",
        tables=("surviving",),
    ),
    Section(
        "ways",
        (BLOCKERS,),
        ("What unlocks it", "Needed whichever way is taken", "The other preconditions named"),
        part="tasks",
        heading="Ways to unlock it, least effort first",
        tables=("unlocking", "ways"),
    ),
    Section(
        "influence",
        (BLOCKERS,),
        ("How much each precondition matters",),
        part="tasks",
        tables=("influence",),
    ),
    Section(
        "before", (BLOCKERS,), ("What has to come before",), part="tasks", tables=("findings",)
    ),
    Section("blocking", (BLOCKERS,), ("What blocks it",), part="tasks", tables=("blocking",)),
    Section("relaxed", (BLOCKERS,), ("Which caveats",), part="tasks", tables=("relaxations",)),
    Section(
        "waiting",
        (BLOCKERS,),
        (
            "Who waits for open preconditions",
            "Committed elsewhere until a condition holds",
            "Offered on a condition",
            "Who waits for company",
            "Held back, whatever is brought about",
            "Conditions of the task itself and of tasks beside it",
            "Held back by no row of the tables",
        ),
        part="tasks",
        heading="who waits for what",
        tables=("waiting",),
    ),
    Section(
        "missing", EVERY, part="tasks", heading="Missing", tables=("gaps", "sums", "rules", "lifts")
    ),
)
"""Of every task, as far as there is something to say."""

OF_OTHER_WORLDS = (
    Section(
        "nations",
        part="nations",
        heading="Who may come",
        without={
            TERMINAL: "too wide for it; each task names who waits",
            WORKBOOK: "follows from the switches; `waiting` has the rows behind it",
        },
    ),
    Section(
        "worlds",
        part="options",
        heading="Options side by side",
        tables=("world_maps",),
        without={TERMINAL: "`allocator compare` prints worlds side by side"},
    ),
    Section(
        "what_if",
        part="what_if",
        heading="What if",
        without={
            TERMINAL: "nothing to switch there; --with asks for another world",
            WORKBOOK: "nothing to switch there",
        },
    ),
    Section(
        "sources",
        part="sources",
        heading="Where the figures come from",
        tables=("input_nations",),
        without={TERMINAL: "the place of a row stands beside what rests on it"},
    ),
)
"""What goes beyond the world that was solved, and where its figures come from."""

SECTIONS = (*OF_THE_RUN, *OF_A_TASK, *OF_OTHER_WORLDS)
NAMED = {section.name: section for section in SECTIONS}


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the page. name: of its template, and with '-' for '_' its place on the page.
    title: in the list of contents. needs: what it shows; it is left out where there is none."""

    name: str
    title: str
    needs: tuple[str, ...] = ()

    @property
    def place(self) -> str:
        """As a link has it."""
        return self.name.replace("_", "-")


PARTS = (
    Part("situation", "Situation"),
    Part("what_if", "What if"),
    Part("tasks", "Tasks"),
    Part("preconditions", "Preconditions", ("asked", "network")),
    Part("nations", "Nations"),
    Part("plan", "Joint plan", ("levels",)),
    Part("pool", "One pool"),
    Part("weights", "Who matters", ("weights",)),
    Part("trade_offs", "Trade-offs", ("fronts", "departures", "unanswered")),
    Part("options", "Options"),
    Part("sources", "Sources"),
)
"""In the order of the list of contents; the switches stand beside the others."""
