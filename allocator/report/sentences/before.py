"""What has to come before the preconditions of a way, as the column `after` says it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from allocator.inputs.conditions import Always, holds, preconditions_in, show
from allocator.inputs.problem import Problem, World
from allocator.report.sentences import names
from allocator.report.sentences.order import who
from allocator.results.result import Family
from allocator.words import count


def comes_before(problem: Problem, world: World, ways: Family) -> tuple[str, ...]:
    """Return one sentence a precondition of the ways, or waited for by one, whose holder has to
    wait.

    problem: with what holders wait for. world: for what it gives nobody waits.
    """
    named = {name for members in ways.sets for name in members}
    return tuple(_sentence(problem, name) for name in _waiting(problem, world, named))


def _waiting(problem: Problem, world: World, named: Iterable[str]) -> Iterator[str]:
    """Those whose condition does not hold by what the world gives, and so on from these."""
    seen: set[str] = set()
    waiting = sorted(named)
    open_ = set(problem.open_preconditions(world))
    while waiting:
        name = waiting.pop(0)
        after = problem.preconditions[name].after
        if name in seen or name not in open_ or after == Always():
            continue
        seen.add(name)
        if not holds(after, world.starts):
            yield name
            waiting += sorted(preconditions_in(after))


def _sentence(problem: Problem, name: str) -> str:
    known = problem.preconditions[name]
    lead = known.lead_months
    later = f", and comes {count(lead, 'month')} later" if lead else ""
    act = f"{names.precondition(problem, name)} ({who(known.holder)})"
    return f"{act} waits for {names.condition(problem, show(known.after))}{later}"
