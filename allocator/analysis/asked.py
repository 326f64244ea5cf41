"""Options of a question checked against its problem, and as a run keeps them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from allocator.analysis.options import HowToAsk, known_name, names
from allocator.errors import UsageError
from allocator.inputs.problem import Problem
from allocator.search.packages.filter import PackageFilter

KINDS = ("caveats", "commitments", "preconditions")
"""Of rows that may be taken as lifted, or met."""

OF_PACKAGES = ("tasks", "model", "limit", "with_nations", "without_nations", "max_nations")
OF_BLOCKERS = ("tasks", "model", "without_holder", "relax", "without", "survive")
"""What these questions say beside the options of every one."""


def shown_options(how: HowToAsk, problem: Problem) -> dict[str, object]:
    """The options that every question has, as a run keeps them."""
    return {
        "model": problem.model,
        "world": how.world,
        "with": list(how.with_),
        "time_limit": how.time_limit,
        "workers": how.workers,
        "seed": how.seed,
        **offers_asked(how, problem),
    }


def offers_asked(how: HowToAsk, problem: Problem) -> dict[str, object]:
    """What is counted and on which day, where there are offers or they are counted."""
    return {} if problem.on is None else {"count": how.count, "on": str(how.on)}


def refuse_wrong(wanted: PackageFilter, problem: Problem, without: tuple[str, ...]) -> None:
    """Raise UsageError for nations there are not, and for one that is asked both with and without.

    wanted: which packages are asked for. problem: the model that is asked about, with its tables.
    """
    for nation in (*wanted.with_nations, *wanted.without_nations):
        known_name("nation", nation, problem.nations)
    if both := set(wanted.with_nations) & {*wanted.without_nations, *without}:
        raise UsageError(f"packages with and without {min(both)}; leave one of the two out")


def without_option(nations: str | Iterable[str], problem: Problem) -> dict[str, object]:
    """The option, where any nation is to send nothing."""
    gone = names("without", nations)
    for nation in gone:
        known_name("nation", nation, problem.nations)
    return {"without": list(gone)} if gone else {}


def left_of(problem: Problem, shown: Mapping[str, object]) -> Problem:
    """The problem without the nations that send nothing."""
    gone = shown.get("without", ())
    return problem.without(gone) if isinstance(gone, list) and gone else problem


def starts_of(texts: Iterable[str], problem: Problem) -> dict[str, int]:
    """The period from which each precondition holds that is named as `NAME` or `NAME@PERIOD`."""
    for text in texts:
        name, _, period = text.partition("@")
        known_name("precondition", name, problem.preconditions)
        try:
            problem.starts_of([text])
        except ValueError as error:
            ways = f"write {name}@1, {name}@2 …"
            if problem.starts:
                ways += f", or a month such as {name}@{problem.starts}"
            elif "-" in period[1:]:
                ways += f" ({error})"
            raise UsageError(f"`{text}`: '{period}' is no period; {ways}") from None
    return problem.starts_of(texts)
