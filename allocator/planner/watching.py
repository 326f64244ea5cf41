"""A workspace that is edited while it is asked about."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Unpack

from allocator.analysis.options import Options, how_to_ask
from allocator.errors import UsageError
from allocator.inputs.options.values import names
from allocator.planner.asking import Asking
from allocator.planner.runs import Runs

if TYPE_CHECKING:
    from allocator.analysis.options import HowToAsk
    from allocator.analysis.request import Request
    from allocator.desk.moment import Moment, Question
    from allocator.inputs.workspace import Workspace


class Watching(Asking):
    """Every save at once."""

    def watch(
        self,
        callback: Callable[[Moment], None],
        model: str | None = None,
        *,
        without: str | Iterable[str] = (),
        stop: Event | None = None,
        **options: Unpack[Options],
    ) -> None:
        """Follow the workspace's files, and ask what `solve` asks at once and after every save,
        until `stop` is set, or Ctrl-C.

        callback: hears of each moment (`allocator.desk.moment`): what is wrong with the files,
        verdicts as each is certain, the plan level by level, what changed since the save before,
        and the whole run. It is called from other threads, one call at a time. model: its name; the
        default one where it is left out. Nations of `without` send nothing. stop: an event of
        `threading`. Raises UsageError for tables in memory, which nobody saves.
        """
        from allocator.desk.following import Follower
        from allocator.desk.moment import Question

        if not self.workspace.path:
            raise UsageError("these tables are in memory; there are no files to watch")
        how = how_to_ask("watch", "stop", **options)
        question = Question(how.world, how.with_)
        ask = asking(model, without, **options)
        follower = Follower(Path(self.workspace.path), ask, _with_tables(callback), question)
        follower.run_until(stop or Event())


def asking(
    model: str | None, without: str | Iterable[str] = (), **options: Unpack[Options]
) -> Callable[[Workspace, Question], tuple[Request, HowToAsk]]:
    """Return what states the question of `solve` for any workspace and world.

    model: its name; the default one where it is left out. Nations of `without` send nothing.
    options: of the question.
    """
    gone = names("without", without)

    def asked(workspace: Workspace, question: Question) -> tuple[Request, HowToAsk]:
        said: Options = {**options, "world": question.world, "with_": question.with_}
        return Runs(workspace).question(model, without=gone, **said)

    return asked


def _with_tables(callback: Callable[[Moment], None]) -> Callable[[Moment], None]:
    """Hands on runs whose tables are DataFrames."""
    from allocator.frames import Run

    def told(moment: Moment) -> None:
        callback(moment if moment.run is None else replace(moment, run=Run.of(moment.run)))

    return told
