"""A workspace followed: read at every save, asked at once, and told step by step.

A save in the midst of a search ends that search, and the next begins with whatever is known already
(`allocator/analysis/live/`). Nothing of a search that was ended by a save is told any more.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from queue import Empty, Queue
from threading import Event, Lock, Thread
from traceback import format_exception_only
from typing import TYPE_CHECKING

from allocator.analysis.live.kept_answers import KeptAnswers
from allocator.deadline import Deadline
from allocator.desk.changes import changes
from allocator.desk.moment import Moment, Question, Stage, State
from allocator.desk.search import Search
from allocator.desk.snapshot import Snapshot, take
from allocator.errors import AllocatorError
from allocator.memory import nearly_out

if TYPE_CHECKING:
    from allocator.analysis.options import HowToAsk
    from allocator.analysis.request import Request
    from allocator.inputs.workspace import Workspace

Ask = Callable[["Workspace", Question], "tuple[Request, HowToAsk]"]
"""States what is asked of a workspace. Raises UsageError where it cannot be asked."""

Tell = Callable[[Moment], None]

_Order = Question | None
"""What is put to the desk: another question, or, None, a look at the files."""


class Follower:
    """Follows one workspace. tell: hears of each moment, one at a time, from several threads. make:
    what takes its time with a moment, done before it is told, so that none waits for it."""

    def __init__(
        self,
        path: Path,
        ask: Ask,
        tell: Tell,
        question: Question,
        make: Callable[[Moment], object] = lambda moment: None,
    ) -> None:
        self.stop = Event()
        self._path = path
        self._ask = ask
        self._tell = tell
        self._make = make
        self._question = question
        self._orders: Queue[_Order] = Queue()
        self._kept = KeptAnswers()
        self._lock = Lock()
        self._state: State | None = None
        self._search: Search | None = None
        self._good: Search | None = None

    def run(self) -> None:
        """Follow it until `stop` is set; then end the search under way."""
        Thread(target=self._watch, daemon=True).start()
        try:
            while not self.stop.is_set():
                try:
                    self._next()
                except Exception as error:
                    self._fault(error)
        finally:
            self.stop.set()
            self._end_search()

    def run_until(self, stop: Event) -> None:
        """The same with an event of the caller's own."""
        self.stop = stop
        self.run()

    def put(self, question: Question) -> None:
        """Ask this from now on; from any thread."""
        self._orders.put(question)

    def cancel(self) -> None:
        """End the search with what is known; from any thread."""
        search = self._search
        if search is not None:
            search.deadline.cancel()

    def end(self) -> None:
        """Follow it no longer; from any thread."""
        self.stop.set()
        self._orders.put(None)

    def _watch(self) -> None:
        for _ in changes(self._path, self.stop):
            self._orders.put(None)

    def _next(self) -> None:
        """Waits for the next order, and does it."""
        try:
            order = self._orders.get(timeout=1.0)
        except Empty:
            self._look_at_memory()
            return
        if self.stop.is_set():
            return
        if order is None:
            self._look()
        elif order != self._question:
            self._question = order
            if self._state is not None:
                self._begin(self._state.snapshot)

    def _look(self) -> None:
        """Reads the files; the same contents are no news."""
        snapshot = take(self._path)
        if self._state is None or _unlike(snapshot, self._state.snapshot):
            self._begin(snapshot)

    def _begin(self, snapshot: Snapshot) -> None:
        self._end_search()
        self._state = self._next_state(snapshot)
        if snapshot.workspace is None:
            self._say(self._state, "wrong")
            return
        try:
            asked, how = self._ask(snapshot.workspace, self._question)
        except AllocatorError as error:
            self._say(self._state, "refused", str(error))
            return
        self._say(self._state, "asked")
        asked = replace(asked, progress=lambda event: None)
        deadline = Deadline(how.time_limit)
        self._search = Search(self._state, asked, deadline, self._kept, self._heard, self._base())
        self._search.start()

    def _next_state(self, snapshot: Snapshot) -> State:
        before = self._state
        if before is None:
            return State(1, 1, snapshot, self._question)
        save = before.save + (snapshot is not before.snapshot)
        return State(before.number + 1, save, snapshot, self._question)

    def _base(self) -> Search | None:
        """The last search that came to verdicts, which what has changed is told from."""
        if self._search is not None and self._search.known is not None:
            self._good = self._search
        return self._good

    def _end_search(self) -> None:
        if self._search is not None:
            self._search.give_up()

    def _look_at_memory(self) -> None:
        """Ends the search while there is enough left to say what is known."""
        if self._search is not None and self._search.is_alive() and nearly_out():
            self._search.deadline.lacks_memory()
            self._search.deadline.cancel()

    def _heard(self, search: Search, moment: Moment) -> None:
        """Hands on what the present search says."""
        if search.given_up:
            return
        whole = replace(moment, made=self._make(moment))
        with self._lock:
            if not search.given_up:
                self._tell(whole)

    def _fault(self, error: Exception) -> None:
        """Tells of what should never be; the next save may be a better one."""
        self._end_search()
        snapshot = Snapshot(datetime.now().astimezone(), {}, None, ())
        self._state = self._next_state(snapshot)
        self._say(self._state, "fault", "".join(format_exception_only(error)).strip())

    def _say(self, state: State, stage: Stage, said: str = "") -> None:
        with self._lock:
            self._tell(Moment(state, stage, said))


def _unlike(one: Snapshot, other: Snapshot) -> bool:
    """Whether they differ; the same contents may read otherwise where a file has become
    unreadable."""
    return (one.key, one.issues) != (other.key, other.issues)
