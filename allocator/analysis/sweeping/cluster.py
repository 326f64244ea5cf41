"""Cases worked on by the workers of a Dask scheduler; what crosses is JSON, and these functions.

Workers get the workspace once, as bytes, those that come later too: the scheduler keeps it as a
plugin. Its tasks are retried elsewhere where a worker is lost. The scheduler keeps nothing on a
disk: finished cases are in the journal, and a sweep whose scheduler is lost goes on from there.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import CancelledError
from contextlib import contextmanager, suppress
from itertools import islice
from queue import Empty, SimpleQueue
from threading import Lock
from typing import Any
from uuid import uuid4

from allocator.analysis.sweeping.cases import CaseQuestion
from allocator.analysis.sweeping.lanes import Told, kept
from allocator.analysis.sweeping.solving import CaseSolver
from allocator.deadline import Deadline
from allocator.errors import CommandWrongError, UsageError
from allocator.results.run import versions
from allocator.results.sweep import Case, CaseRecord

try:
    from distributed import Client, KilledWorker, LocalCluster, WorkerPlugin
except ImportError:
    raise UsageError(
        "--on dask and --on tcp://… need dask.distributed, which is not installed; "
        "run: pip install 'contribution-allocator[cluster]'"
    ) from None

LOCAL = "dask"
"""Where a scheduler and workers are begun on this machine."""

AHEAD = 1000
"""Cases that the scheduler is given ahead of time."""

TICK = 0.1


class ClusterError(CommandWrongError):
    """A scheduler that cannot be reached, or is lost; workers that cannot do the work."""


# --- on a worker ----------------------------------------------------------------------------------

_DATA: dict[str, tuple[bytes, Mapping[str, str]]] = {}
_SOLVERS: dict[str, CaseSolver] = {}
_LOCK = Lock()


class WorkspaceOnWorkers(WorkerPlugin):  # type: ignore[misc]
    """Hands the packed workspace to every worker. token: of one sweep, so that another of the same
    workspace takes nothing from it when it ends. versions: of what the client has."""

    def __init__(self, token: str, data: bytes, versions: Mapping[str, str]) -> None:
        self.name = f"allocator-{token}"
        self.token, self.data, self.versions = token, data, versions

    def setup(self, worker: Any) -> None:
        """Keep it until somebody asks."""
        _DATA[self.token] = self.data, self.versions

    def teardown(self, worker: Any) -> None:
        """Let it go."""
        _DATA.pop(self.token, None)
        _SOLVERS.pop(self.token, None)


def record_there(token: str, text: str) -> str:
    """Return the record of the case that `text` asks, as JSON. Raises ClusterError where the
    versions here are others than the client's: a row would be another's."""
    solver = _solver(token)
    deadline = Deadline(CaseQuestion.read(text).seconds)
    return solver.record(text, deadline).model_dump_json()


def _solver(token: str) -> CaseSolver:
    with _LOCK:
        if token not in _SOLVERS:
            data, asked = _DATA[token]
            here = versions()
            if other := [name for name in asked if here.get(name) != asked[name]]:
                raise ClusterError(
                    f"a worker has {other[0]} {here.get(other[0])}, this machine has "
                    f"{asked[other[0]]}; install the same on all of them"
                )
            _SOLVERS[token] = CaseSolver(data)
        return _SOLVERS[token]


# --- on the client --------------------------------------------------------------------------------


def on_cluster(
    place: str, workers: int, data: bytes, waiting: Iterable[Case], told: Told, whole: Deadline
) -> None:
    """Ask all cases of the workers of a scheduler. Raises ClusterError, and what `told` raises.

    place: `dask` for some here, or the scheduler's address. workers: how many, here. data: the
    packed workspace. waiting: the cases, in turn. told: hears of those that are finished. whole:
    when to end at the latest.
    """
    _quiet()
    with _client(place, workers) as client:
        plugin = WorkspaceOnWorkers(uuid4().hex, data, versions())
        _registered(client, plugin)
        try:
            _Asking(client, plugin.token, waiting, told, whole).run()
        finally:
            with suppress(Exception):
                client.unregister_worker_plugin(plugin.name)


def _quiet() -> None:
    """What the client logs of lost workers and schedulers we say once, in our words."""
    for name in logging.root.manager.loggerDict:
        if name.partition(".")[0] == "distributed":
            logging.getLogger(name).setLevel(logging.CRITICAL)


@contextmanager
def _client(place: str, workers: int) -> Iterator[Any]:
    how = {"set_as_default": False}
    if place == LOCAL:
        begun = {"n_workers": workers, "threads_per_worker": 1, "dashboard_address": None}
        with LocalCluster(**begun) as cluster, Client(cluster, **how) as client:
            yield client
        return
    try:
        client = Client(place, **how)
    except (OSError, ValueError) as error:
        raise ClusterError(
            f"no scheduler answers at {place} ({_short(error)}); begin one there with "
            "`dask scheduler`, and workers with `dask worker`"
        ) from None
    try:
        yield client
    finally:
        client.close(timeout=2)


def _registered(client: Any, plugin: WorkspaceOnWorkers) -> None:
    try:
        client.register_plugin(plugin)
    except Exception as error:
        raise ClusterError(
            f"the workers cannot take the workspace ({_short(error)}); install "
            "contribution-allocator[cluster] in the same version on scheduler and workers"
        ) from error


class _Asking:
    """The cases that are under way on the cluster."""

    def __init__(
        self, client: Any, token: str, waiting: Iterable[Case], told: Told, whole: Deadline
    ) -> None:
        self._client = client
        self._token = token
        self._waiting = iter(waiting)
        self._told = told
        self._whole = whole
        self._asked: dict[Any, Case] = {}
        self._ended: SimpleQueue[Any] = SimpleQueue()

    def run(self) -> None:
        try:
            self._submit(list(islice(self._waiting, AHEAD)))
            while self._asked and not self._whole.expired:
                ended = self._take()
                if not ended:
                    self._refuse_lost()
                again = self._finish(ended)
                more = islice(self._waiting, len(ended) - len(again))
                self._submit([*again, *more])
        finally:
            with suppress(Exception):
                self._client.cancel(list(self._asked))

    def _submit(self, cases: list[Case]) -> None:
        """Many at once: each message to the scheduler takes its time."""
        if not cases:
            return
        tokens, texts = [self._token] * len(cases), [case.question for case in cases]
        keys = [f"allocator-{self._token}-{case.key}" for case in cases]
        futures = self._client.map(record_there, tokens, texts, key=keys)
        for future, case in zip(futures, cases, strict=True):
            self._asked[future] = case
            future.add_done_callback(self._ended.put)

    def _take(self) -> list[Any]:
        """What has ended by now; what ends within a moment, where nothing has."""
        ended: list[Any] = []
        with suppress(Empty):
            ended.append(self._ended.get(timeout=TICK))
            while True:
                ended.append(self._ended.get_nowait())
        return ended

    def _finish(self, ended: list[Any]) -> list[Case]:
        """Tells of those that have an answer; returns those whose answer was lost with its worker
        before it was fetched."""
        cases = {future: self._asked.pop(future) for future in ended}
        texts = self._fetched(ended)
        finished, again = [], []
        for future, case in cases.items():
            if future.key in texts:
                record = kept(CaseRecord.model_validate_json(texts[future.key]), self._whole)
            elif future.status == "error":
                record = _lost(future.exception())
            else:
                again.append(case)
                continue
            finished += [(case, record)] if record is not None else []
        self._told(finished)
        if again:
            self._refuse_lost()
        return again

    def _fetched(self, ended: list[Any]) -> dict[str, str]:
        """The answers that are there, by key."""
        there = {future.key: future for future in ended if future.status == "finished"}
        with suppress(OSError, CancelledError):
            texts: dict[str, str | None] = self._client.gather(there, errors="skip")
            return {key: text for key, text in texts.items() if text is not None}
        return {}

    def _refuse_lost(self) -> None:
        """Raises ClusterError where the scheduler is gone."""
        if self._client.status != "running":
            raise ClusterError(
                "the scheduler is lost; finished cases are in the journal. Begin it again, then "
                "run the same command with --resume"
            )


def _lost(error: BaseException) -> CaseRecord:
    """Of a case that took several workers with it. Raises ClusterError for any other failure: it
    is not the case's own."""
    if isinstance(error, KilledWorker):
        return CaseRecord(fault="several workers were lost while they worked on it", lost=True)
    if isinstance(error, ClusterError):
        raise error
    raise ClusterError(
        f"a worker cannot do the work ({_short(error)}); install contribution-allocator[cluster] "
        "in the same version on scheduler and workers"
    ) from error


def _short(error: BaseException) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0]
