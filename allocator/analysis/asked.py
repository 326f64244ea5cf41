"""Options of a question checked against its problem, and as a run keeps them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from allocator.analysis.options import HowToAsk
from allocator.errors import UsageError
from allocator.inputs.options import OPTIONS
from allocator.inputs.options.values import known_name
from allocator.inputs.problem import Problem


def read_options(problem: Problem, **given: Any) -> dict[str, Any]:
    """Return what a question says beside the options of every one, each value as it counts.

    Raises TypeError for a value of the wrong kind, UsageError for a number out of range and for a
    name that there is not.
    """
    return {name: OPTIONS[name].read(value, problem) for name, value in given.items()}


def kept_options(how: HowToAsk, problem: Problem, said: Mapping[str, Any]) -> dict[str, object]:
    """Return all options of a question, as a run keeps them.

    how: those of every question. said: its own, as they count. What is counted, and on which day,
    is kept where there are offers or they are counted.
    """
    values = {**vars(how), "model": problem.model, **said}
    if problem.on is None:
        del values["count"], values["on"]
    kept = (option.keep(values[name]) for name, option in OPTIONS.items() if name in values)
    return {key: value for entry in kept for key, value in entry.items()}


def refuse_both(said: Mapping[str, Any]) -> None:
    """Raise UsageError for a nation that packages are asked for both with and without."""
    gone = {*said["without_nations"], *said["without"]}
    if both := set(said["with_nations"]) & gone:
        raise UsageError(f"packages with and without {min(both)}; leave one of the two out")


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
