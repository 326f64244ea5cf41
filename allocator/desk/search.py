"""The search of one state of the desk, in a thread of its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from threading import Thread
from traceback import format_exception_only
from typing import TYPE_CHECKING

from allocator.analysis.comparison.compare import compare
from allocator.analysis.comparison.comparison import ComparisonRecord
from allocator.analysis.comparison.side import side_of
from allocator.analysis.live.kept_answers import KeptAnswers, TaskAnswer
from allocator.analysis.live.live import LiveAnalysis, Step
from allocator.analysis.too_large import refusing_large
from allocator.checker import check_result
from allocator.deadline import Deadline
from allocator.desk.moment import Moment, Stage, State
from allocator.errors import AllocatorError
from allocator.memory import give_back
from allocator.results.result import Packages, TaskRecord
from allocator.results.run import RunRecord

if TYPE_CHECKING:
    from allocator.analysis.request import Request

WHY_SHARE, WHY_SECONDS = 0.1, 5.0
"""Of the time, and seconds at least, to find out why verdicts are others."""


class Search(Thread):
    """Works on one question until it is answered, or given up. `known`: the run as soon as every
    verdict is known."""

    def __init__(
        self,
        state: State,
        asked: Request,
        deadline: Deadline,
        kept: KeptAnswers,
        tell: Callable[[Search, Moment], None],
        base: Search | None,
    ) -> None:
        super().__init__(daemon=True)
        self.state = state
        self.deadline = deadline
        self.given_up = False
        self.known: RunRecord | None = None
        self._asked = asked
        self._kept = kept
        self._tell = tell
        self._base = base
        self._comparison: ComparisonRecord | None = None
        self._told: bool | None = None
        self._keys: Mapping[str, str] = {}

    def give_up(self) -> None:
        """End it; nothing of it is told any more."""
        self.given_up = True
        self.deadline.cancel()

    def run(self) -> None:
        try:
            self._work()
        except AllocatorError as error:
            self._say("refused", said=str(error))
        except Exception as error:
            self._say("fault", said="".join(format_exception_only(error)).strip())
        finally:
            self._base = None  # Each would hold on to the one before.
            give_back()

    def _work(self) -> None:
        workspace = self.state.snapshot.workspace
        assert workspace is not None
        live = LiveAnalysis(self._asked, self.deadline, self._kept, self._heard)
        self._keys = live.keys
        with refusing_large(workspace):
            run = replace(live.run(), workspace=workspace)
        if self._passes(run):
            self.known = run
            self._say("whole", run=run)
            self._compare(run, planned=True)

    def _heard(self, step: Step) -> None:
        if step.as_before:
            return  # The whole follows at once.
        run = replace(step.run, workspace=self.state.snapshot.workspace)
        planned = step.stage in ("first plan", "plan")
        if planned and not self._passes(run):
            return
        self._say("step", step=replace(step, run=run))
        if planned:
            self.known = run
            self._compare(run, planned=step.stage == "plan")

    def _passes(self, run: RunRecord) -> bool:
        """Whether the checker agrees; where it does not, nothing is shown. What is known word for
        word from a run that passed is not read again."""
        records = tuple(map(self._to_check, run.result.tasks))
        result = run.result.model_copy(update={"tasks": records})
        faults = check_result(run.problem, run.world, result)
        if faults:
            self._say("fault", said=f"the checker does not agree: {'; '.join(faults)}")
            return False
        for record in run.result.tasks:
            key = self._keys[record.task]
            answer = self._kept.recall(key)
            if isinstance(answer, TaskAnswer) and answer.record == record:
                self._kept.keep(f"passed {key}", True)
        return True

    def _to_check(self, record: TaskRecord) -> TaskRecord:
        """The record, without the packages that were checked once."""
        if self._kept.recall(f"passed {self._keys[record.task]}") is None:
            return record
        return record.model_copy(update={"packages": Packages(complete=False)})

    def _compare(self, run: RunRecord, *, planned: bool) -> None:
        """Tells what is otherwise than when verdicts were last known: rows and verdicts as soon as
        these are, the plan once it is the one that the search came to."""
        if self._base is None or self._base.known is None or self._told == planned:
            return
        now, base = side_of(run, "now"), self._base.state
        if self._comparison is None:
            sides = side_of(self._base.known, "before"), now
            part = self.deadline.part(WHY_SHARE, WHY_SECONDS)
            workers = self._asked.workers
            self._comparison = compare(sides, self._asked.settings, part, workers=workers)
        else:
            self._comparison = replace(self._comparison, sides=(self._comparison.base, now))
        self._told = planned
        self._say("changed", changed=self._comparison, base=base, planned=planned)

    def _say(self, stage: Stage, **what: object) -> None:
        self._tell(self, Moment(self.state, stage, **what))  # type: ignore[arg-type]
