"""A whole sweep: its cases, the journal, and whoever works on them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path
from threading import Lock

from allocator.analysis.sweeping.cases import cases
from allocator.analysis.sweeping.journal import Journal, JournalError, open_journal
from allocator.analysis.sweeping.lanes import Lane, ProcessLane, ThreadLane, Told, work
from allocator.analysis.sweeping.solving import CaseSolver
from allocator.deadline import Deadline
from allocator.errors import UsageError
from allocator.inputs.packed import packed
from allocator.inputs.sweeps.reading import Sweep
from allocator.inputs.workspace import Workspace
from allocator.near import near
from allocator.progress import Event, Progress
from allocator.results.run import versions
from allocator.results.sweep import Case, CaseRecord, SweepFound

HERE = ("threads", "processes")
PLACES = (*HERE, "dask")
REMOTE = ("tcp://", "tls://", "ws://", "wss://", "ucx://")
"""Beginnings of a scheduler's address."""


@dataclass(frozen=True)
class HowToSweep:
    """on: threads, processes, dask, or a scheduler's address. resume: from the journal, where
    there is one. journal: its file; None keeps nothing. workers: cases at once, on this machine."""

    on: str
    resume: bool
    journal: Path | None
    workers: int
    deadline: Deadline
    progress: Progress


def checked_place(on: str) -> str:
    """Where a sweep works. Raises UsageError for what is no such place."""
    if on in PLACES or on.startswith(REMOTE):
        return on
    meant = near(on, PLACES)
    hint = f"did you mean {meant}?" if meant else f"there are {', '.join(PLACES)}, tcp://HOST:8786"
    raise UsageError(f"a sweep cannot work on '{on}'; {hint}")


def run_sweep(workspace: Workspace, sweep: Sweep, how: HowToSweep) -> SweepFound:
    """Return all that is known of the cases once all are finished, or the deadline comes.

    workspace: the tables and models behind it. sweep: what is asked. how: where, from which
    journal, and until when. Raises JournalError, and ClusterError for a scheduler that is lost.
    """
    with _journal(how) as journal:
        data = packed(workspace)
        if journal is not None and not (how.resume and journal.day):
            _refuse_unfinished(_cases(workspace, sweep, data, journal.day), journal)
            journal.begin(str(date.today()))
        every = _cases(workspace, sweep, data, journal.day if journal is not None else None)
        answers = _Answers(every, journal, how)
        if answers.waiting:
            _worker(how, data)(answers.waiting.values(), answers.told, how.deadline)
        return answers.found(sweep)


def _journal(how: HowToSweep) -> AbstractContextManager[Journal | None]:
    return nullcontext() if how.journal is None else open_journal(how.journal)


def _cases(workspace: Workspace, sweep: Sweep, data: bytes, begun: str | None) -> tuple[Case, ...]:
    """All of them. begun: the day that the sweep was begun on: one that goes on keeps to it, where
    offers have to be valid and the file does not say when."""
    day = sweep.spec.on or (date.fromisoformat(begun) if begun else date.today())
    return tuple(cases(sweep, data, versions(), day if workspace.offers else None))


def _refuse_unfinished(every: Iterable[Case], journal: Journal) -> None:
    """Raises JournalError where unfinished work would be lost by beginning anew."""
    wanted = {case.key for case in every}
    known = len(wanted & journal.finished.keys())
    if 0 < known < len(wanted):
        raise JournalError(
            f"the journal {journal.path} holds {known:,} of {len(wanted):,} cases of this sweep; "
            "go on with --resume, or remove it to begin anew"
        )


def _worker(how: HowToSweep, data: bytes) -> Callable[[Iterable[Case], Told, Deadline], None]:
    """Whoever works on the cases."""
    if how.on not in HERE:
        from allocator.analysis.sweeping.cluster import on_cluster

        return partial(on_cluster, how.on, how.workers, data)
    if how.on == "processes":
        return partial(work, partial(ProcessLane, data), how.workers)
    solver = CaseSolver(data)
    opened: Callable[[], Lane] = partial(ThreadLane, solver)
    return partial(work, opened, how.workers)


@dataclass
class _Answers:
    """What is known of the cases, by key: two that ask the same are asked once."""

    every: tuple[Case, ...]
    journal: Journal | None
    how: HowToSweep
    known: dict[str, CaseRecord] = field(default_factory=dict)
    waiting: dict[str, Case] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def __post_init__(self) -> None:
        kept = self.journal.finished if self.journal is not None else {}
        for case in self.every:
            if case.key in kept:
                self.known[case.key] = kept[case.key]
            else:
                self.waiting.setdefault(case.key, case)
        self._before = sum(case.key in self.known for case in self.every)
        self._total = len(self.known) + len(self.waiting)
        self.how.progress(Event("sweep", len(self.known), self._total, ""))

    def told(self, finished: Sequence[tuple[Case, CaseRecord]]) -> None:
        """Keeps finished cases; what was lost is not finished for a sweep that goes on."""
        if self.journal is not None:
            self.journal.add((case.key, record) for case, record in finished if not record.lost)
        with self._lock:
            for case, record in finished:
                self.known[case.key] = record
                told = _said(case, record)
                self.how.progress(Event("sweep", len(self.known), self._total, told))

    def found(self, sweep: Sweep) -> SweepFound:
        rows = tuple((case, self.known.get(case.key)) for case in self.every)
        faults = dict.fromkeys(fault for _, r in rows if r is not None for fault in r.engines)
        deadline = self.how.deadline
        whole = all(record is not None for _, record in rows)
        return SweepFound(
            sweep.name,
            rows,
            self.how.journal,
            self._before,
            faults=tuple(faults),
            timed_out=not whole and deadline.expired and not deadline.cancelled,
            interrupted=not whole and deadline.interrupted,
        )


def _said(case: Case, record: CaseRecord) -> str:
    place = " / ".join(filter(None, (case.model, case.world, case.change)))
    return f"{place}: {record.fault}" if record.fault else place
