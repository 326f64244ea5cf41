"""Every option of a question, each declared once, in the order in which a run keeps them."""

from __future__ import annotations

from allocator.inputs.firmness import INVENTORY
from allocator.inputs.options.kinds import (
    Count,
    Day,
    Name,
    Names,
    Objectives,
    OneOf,
    Periods,
    Seconds,
    Spread,
    Table,
    Whole,
    YesNo,
)
from allocator.inputs.options.option import InName, Option

LARGEST_SEED = 2**31 - 1

MOST_DRAWS = 100_000
"""All figures of all draws of a problem are held at once."""

WAYS_TO_ORDER = ("effort", "date", "benefit")

_DECLARED = (
    Option(
        "model",
        Name("model"),
        "Operation model; may be left out where one is the default.",
        always=True,
        another=False,
    ),
    Option("world", Name(), "World to ask about.", default="today", always=True, another=False),
    Option(
        "with_",
        Names(),
        "Holds as well, from the period, or the month such as 2026-07, on; repeatable.",
        default=(),
        flag="with",
        metavar="PRECONDITION[@PERIOD]",
        key="with",
        always=True,
    ),
    Option(
        "time_limit",
        Seconds(),
        "Seconds for the whole command.",
        default=120.0,
        metavar="SECONDS",
        always=True,
        another=False,
    ),
    Option(
        "workers",
        Whole(1, optional=True),
        "Questions worked on at once.",
        always=True,
        another=False,
    ),
    Option("seed", Whole(0, LARGEST_SEED), "Seed.", default=0, always=True, another=False),
    Option(
        "count",
        Count(),
        "Only what is offered, in this status or a firmer one; or all that is held.",
        default=INVENTORY,
        in_name=InName(3, "count."),
    ),
    Option(
        "on",
        Day(),
        "The day on which offers have to be valid.  [default: today]",
        metavar="DATE",
        kept=str,
    ),
    Option(
        "without",
        Names("nation"),
        "This nation sends nothing anywhere; repeatable.",
        default=(),
        metavar="NATION",
        in_name=InName(2, "without."),
    ),
    Option("limit", Whole(1, optional=True), "No more than the N smallest.", metavar="N"),
    Option(
        "with_nations",
        Names("nation"),
        "Only packages that this nation is in; repeatable.",
        default=(),
        flag="with-nation",
        metavar="NATION",
        kept=tuple,
    ),
    Option(
        "without_nations",
        Names("nation"),
        "Only packages that do without this nation; repeatable.",
        default=(),
        flag="without-nation",
        metavar="NATION",
        kept=tuple,
    ),
    Option(
        "max_nations", Whole(0, optional=True), "Only packages of at most N nations.", metavar="N"
    ),
    Option(
        "without_holder",
        Names("holder"),
        "Show only ways that need no act of this holder; repeatable.",
        default=(),
        metavar="HOLDER",
    ),
    Option(
        "relax",
        Names("kind of rows to relax"),
        "Ask also which rows' lifting would do: caveats, commitments, preconditions; repeatable.",
        default=(),
        metavar="ROWS",
    ),
    Option(
        "survive",
        Whole(0, optional=True),
        {
            "packages": "Also the sets that stand even if any K of their nations leave.",
            "blockers": "Also the sets that stand even if any K of their preconditions fail.",
        },
        metavar="K",
    ),
    Option(
        "front",
        Objectives(),
        {
            "solve": "Two or three objectives: all values of them that no plan beats of those that "
            "staff as many tasks of each priority as can be; largest_share, of one nation in a "
            "task's people, is one more.",
            "packages": "Two or three objectives: all values of them that no plan beats; "
            "largest_share, of one nation in the task's people, is one more.",
        },
        default=(),
        metavar="OBJECTIVE,OBJECTIVE[,OBJECTIVE]",
    ),
    Option("departures", YesNo(), "Also what falls if any one nation leaves.", default=False),
    Option(
        "tasks", Names("task", once=True), default=(), always=True, in_name=InName(1, alone=True)
    ),
    Option("task", Name("task"), always=True, in_name=InName(1, alone=True)),
    Option(
        "spread",
        Spread(),
        "Range of figures that have none, by their basis, as in estimate=30,assumption=30.",
        metavar="BASIS=PER_CENT,…",
        always=True,
    ),
    Option(
        "draws",
        Whole(0, MOST_DRAWS),
        "Draws of the figures, for the chance that a task is ready; 0 for none.",
        default=1000,
        metavar="N",
        always=True,
        another=False,
    ),
    Option("uniform", YesNo(), "Draw every value of a range alike.", default=False, always=True),
    Option(
        "likelihoods",
        YesNo(),
        "Draw open preconditions too, each with its likelihood; blank ones stay as they are.",
        default=False,
        always=True,
    ),
    Option(
        "by",
        OneOf(WAYS_TO_ORDER, "way to order"),
        "What the road map is the best in: least effort; as early as can be; one act at a time.",
        default="effort",
        always=True,
    ),
    Option("budget", Whole(0), "At most so many holders.", default=2, metavar="K", always=True),
    Option(
        "lose",
        Names("nation or precondition"),
        "This is lost; repeatable, each an event of its own. Everything where left out.",
        default=(),
        metavar="NATION|PRECONDITION",
        always=True,
    ),
    Option(
        "from_",
        Periods(),
        "Lost from this period on, a number or a month; repeatable. Every one if left out.",
        default=(),
        flag="from",
        metavar="PERIOD",
        key="from",
        always=True,
        kept=lambda periods: [str(period) for period in periods],
    ),
    Option(
        "how_long",
        YesNo(),
        "Also for how many periods, or for ever, the tasks of the plan can be kept up.",
        default=False,
    ),
    Option(
        "plan",
        Table(),
        {
            "solve": "A plan of your own: its rows are held as their kind says, and the plan "
            "starts near it.",
            "endure": "A plan of your own that keeps every rule, as in `review`, in the joint "
            "plan's place.",
        },
        metavar="FILE",
        in_name=InName(4, word="held"),
    ),
    Option(
        "releases",
        Table(),
        "Releases planned with it, a table likewise; without it they are worked out.",
        metavar="FILE",
    ),
    Option(
        "add",
        Names("task", once=True),
        "Staff this task of the model too; repeatable.",
        default=(),
        metavar="TASK",
    ),
    Option(
        "handling_mark",
        Name(),
        "How the page is to be handled; stands at its top and bottom.",
        default="",
        metavar="TEXT",
        another=False,
    ),
)

OPTIONS = {option.name: option for option in _DECLARED}
