"""The desk of one sitting: what is shown now, and what was shown before."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from threading import Lock
from typing import Any

from allocator.desk.changed import told
from allocator.desk.moment import Moment, Question, State
from allocator.desk.pages import Pages, Shown
from allocator.desk.saves import Digests, Saves
from allocator.inputs.issues import Issue
from allocator.report.sentences.overview import stopped
from allocator.report.sentences.situation import objective
from allocator.results.result import Level
from allocator.results.run import RunRecord

BETWEEN_PAGES = 4.0
"""Seconds between two pages of one search, once it has a plan."""

MOST_ISSUES = 50


@dataclass
class Entry:
    """A state of the sitting: what its files held, and the last page of it, if there was one."""

    number: int
    save: int
    at: datetime
    question: Question
    files: Digests
    stage: str = "asked"
    said: str = ""
    shown: Shown | None = None


@dataclass
class Now:
    """What is known of the present state."""

    issues: tuple[Issue, ...] = ()
    verdicts: dict[str, str] = field(default_factory=dict)
    levels: dict[str, Level] = field(default_factory=dict)
    phase: str = ""
    recalled: int = 0
    tasks: int = 0
    run: RunRecord | None = None
    latest: RunRecord | None = None
    changed: dict[str, Any] | None = None


class Sitting:
    """Hears of each moment, makes pages, and says what stands on the desk. tell: called whenever
    that is another. From any thread."""

    def __init__(self, base: Question, tell: Callable[[], None] = lambda: None) -> None:
        self.base = base
        self.pages = Pages()
        self.tell = tell
        self._lock = Lock()
        self._version = 0
        self._entries: list[Entry] = []
        self._now = Now()
        self._saves = Saves()
        self._page_at = 0.0
        self._last: Shown | None = None

    def heard(self, moment: Moment) -> None:
        """Take in what has become certain, and the page that was made of it."""
        with self._lock:
            self._take(moment)
            if isinstance(moment.made, Shown):
                self._last = self._entries[-1].shown = moment.made
            self._version += 1
        self.tell()

    def _take(self, moment: Moment) -> None:
        if not self._entries or self._entries[-1].number != moment.state.number:
            self._entries.append(self._entry(moment.state))
            self._now = Now(moment.state.snapshot.issues)
        entry, now = self._entries[-1], self._now
        entry.said = moment.said or entry.said
        if moment.stage in ("wrong", "refused", "fault", "whole"):
            entry.stage = moment.stage
        if moment.stage == "changed" and moment.changed is not None and moment.base is not None:
            now.changed = told(moment.changed, moment.base, planned=moment.planned)
        if moment.step is not None:
            self._step(moment, now)
        if moment.run is not None:
            now.run = now.latest = moment.run
            now.verdicts = _verdicts(moment.run)
            now.levels = {one.objective: one for one in moment.run.result.plan.levels}

    def _entry(self, state: State) -> Entry:
        """What stays of a state: no tables, which a sitting of many saves could not hold."""
        snapshot = state.snapshot
        files = self._saves.put(snapshot.files)
        return Entry(state.number, state.save, snapshot.at, state.question, files)

    def _step(self, moment: Moment, now: Now) -> None:
        step = moment.step
        assert step is not None
        now.latest, now.phase = step.run, step.stage
        now.recalled, now.tasks = len(step.recalled), len(step.run.result.tasks)
        now.verdicts = _verdicts(step.run)
        if step.level is not None:
            now.levels[step.level.objective] = step.level

    def make(self, moment: Moment) -> Shown | None:
        """Make the page of the moment, where it is time for one."""
        if moment.run is not None:
            return self.pages.add(moment.state, moment.run, whole=True)
        step = moment.step
        if step is None or step.stage in ("verdicts", "level"):
            return None
        first = self._last is None or self._last.number != moment.state.number
        if not first and time.monotonic() - self._page_at < BETWEEN_PAGES:
            return None
        shown = self.pages.add(moment.state, step.run, whole=False)
        self._page_at = time.monotonic()
        return shown

    # What is said of it

    @property
    def version(self) -> int:
        return self._version

    @property
    def run(self) -> RunRecord | None:
        """The present state's run, once it is whole."""
        with self._lock:
            return self._now.run

    @property
    def latest(self) -> RunRecord | None:
        """What is known of the present state, or None."""
        with self._lock:
            return self._now.latest

    @property
    def present(self) -> Entry | None:
        """The last state; None before the first."""
        with self._lock:
            return self._entries[-1] if self._entries else None

    def entry(self, number: int) -> Entry | None:
        """The state of this number; None where there is none."""
        with self._lock:
            return next((entry for entry in self._entries if entry.number == number), None)

    def files(self, entry: Entry) -> dict[str, bytes]:
        """What the files of a state held, by path within the workspace."""
        return self._saves.get(entry.files)

    def view(self) -> dict[str, Any]:
        """All that the page shows around the report, as plain data."""
        with self._lock:
            if not self._entries:
                return {"version": self._version, "state": None, "page": None, "history": []}
            entry, now = self._entries[-1], self._now
            return {
                "version": self._version,
                "state": _state(entry, now, self.base),
                "page": None if self._last is None else _shown(self._last),
                "changed": now.changed,
                "history": [_line(one) for one in reversed(self._entries)],
            }


def _verdicts(run: RunRecord) -> dict[str, str]:
    return {record.task: record.verdict for record in run.result.tasks}


def _state(entry: Entry, now: Now, base: Question) -> dict[str, Any]:
    issues, question = now.issues, entry.question
    return {
        "number": entry.number,
        "save": entry.save,
        "at": entry.at.isoformat(timespec="seconds"),
        "stage": entry.stage,
        "said": entry.said,
        "world": question.world,
        "with": list(question.with_),
        "is_base": question == base,
        "base": base.told,
        "issues": [_issue(one) for one in sorted(issues, key=_errors_first)[:MOST_ISSUES]],
        "errors": sum(one.is_error for one in issues),
        "warnings": sum(not one.is_error for one in issues),
        "verdicts": [{"task": t, "verdict": v} for t, v in now.verdicts.items()],
        "levels": [_level(one) for one in now.levels.values()],
        "phase": now.phase,
        "recalled": now.recalled,
        "tasks": now.tasks,
        "whole": now.run is not None,
        "stopped": " ".join(f"{what}: {how}" for what, how in stopped(now.run)) if now.run else "",
        "has_plan": now.latest is not None and now.latest.result.plan.status != "unknown",
    }


def _errors_first(one: Issue) -> tuple[bool, tuple[str, int, str]]:
    return not one.is_error, one.place.order


def _issue(one: Issue) -> dict[str, Any]:
    return {
        "severity": one.severity,
        "code": one.code,
        "place": str(one.place),
        "message": one.message,
        "hint": one.hint,
    }


def _level(one: Level) -> dict[str, Any]:
    return {
        "objective": objective(one.objective),
        "value": one.value,
        "bound": one.bound,
        "status": one.status,
    }


def _shown(one: Shown) -> dict[str, Any]:
    return {
        "key": one.key,
        "number": one.number,
        "save": one.save,
        "at": one.at.isoformat(timespec="seconds"),
        "whole": one.whole,
        "world": one.world,
    }


def _line(entry: Entry) -> dict[str, Any]:
    return {
        "number": entry.number,
        "save": entry.save,
        "at": entry.at.isoformat(timespec="seconds"),
        "world": entry.question.told,
        "stage": entry.stage,
        "page": None if entry.shown is None else entry.shown.key,
        "whole": entry.shown is not None and entry.shown.whole,
    }
