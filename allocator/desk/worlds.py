"""The world that the switches of a page make, as the command line would name it."""

from __future__ import annotations

from collections.abc import Iterable

from allocator.desk.moment import Question
from allocator.errors import UsageError
from allocator.results.run import RunRecord
from allocator.search.blockers.verdict_map import base_world


def switched(run: RunRecord, met: Iterable[str]) -> Question:
    """Return the question about the world on the run's ground in which just these are brought
    about. Raises UsageError for what is no open precondition there.

    run: whose page it is. met: preconditions by id.
    """
    ground = base_world(run.problem, run.world)
    known, named = run.problem.open_preconditions(ground), set(met)
    if strange := sorted(named - {*known}):
        raise UsageError(f"{strange[0]} is no precondition that can be switched here")
    starts = sorted(ground.starts.items())
    status = {name: one.status for name, one in run.problem.preconditions.items()}
    barred = [name for name, at in starts if at == 1 and status[name] == "ruled_out"]
    later = [f"{name}@{at}" for name, at in starts if at > 1]
    return Question("today", (*barred, *(name for name in known if name in named), *later))
