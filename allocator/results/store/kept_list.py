"""What is kept under a folder of reports: answers of every kind, named by what their own files say.

A folder may come from somebody else. Nothing in it is believed before it was looked at, no link is
followed, and what cannot be read is a damaged answer among the others, never an error.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

from allocator.inputs.firmness import INVENTORY
from allocator.inputs.options import OPTIONS
from allocator.results.held import HELD
from allocator.results.store.kept_words import WORDS, words_of_comparison
from allocator.results.store.places import COMPARISON, PROVENANCE, answers_in, place
from allocator.results.store.reading import RESULT
from allocator.results.store.strict_json import StrictJsonError, strict_json

T = TypeVar("T")

OF_RUNS = ("solve", "packages", "blockers")
MOST_BYTES = 1 << 26
"""Of one file that is looked at; `verify` and `report` read larger ones."""

MOST_NAMED = 3
"""Names of one switch; of more how many there are is said."""

_NO_SWITCH = {HELD, *(option.name for option in OPTIONS.values() if not option.another)}
"""Options that do not make it another question, or stand in a place of their own."""

_STOPPED = {"interrupted": "interrupted", "out_of_memory": "memory", "timed_out": "time limit"}


@dataclass(frozen=True)
class KeptAnswer:
    """One folder. kind: the command, or `comparison`; blank where that is not known. switches: the
    options that make it another question. began: blank where it is not known. found: what came of
    it, in a few words; verdicts: of a run, how many of each. complete: None where it is not known;
    stopped: what ended it early. damaged: why it cannot be read, blank where it can."""

    folder: Path
    kind: str = ""
    model: str = ""
    world: str = ""
    switches: Mapping[str, object] = field(default_factory=dict)
    began: str = ""
    found: str = ""
    verdicts: Mapping[str, int] | None = None
    complete: bool | None = None
    stopped: str = ""
    damaged: str = ""


@dataclass(frozen=True)
class KeptAnswers:
    """The answers of a folder, newest first; those of which nobody knows when they were made come
    last. more: so many older ones were not looked at."""

    reports: Path
    answers: tuple[KeptAnswer, ...]
    more: int = 0


class _DamagedError(Exception):
    """Why a folder cannot be read."""


def kept_answers(reports: Path, limit: int | None = None) -> KeptAnswers:
    """Return what is kept in the folder, the newest `limit` of it; all where that is left out.

    A folder that is not there keeps nothing. Raises OSError where it cannot be looked into.
    """
    if not os.path.lexists(reports):
        return KeptAnswers(reports, ())
    heads = [_guarded(path, _head) for path in answers_in(reports)]
    heads.sort(key=_newest_first)
    shown = heads[:limit]
    found = tuple(h if h.damaged else _guarded(h.folder, _whole, h) for h in shown)
    return KeptAnswers(reports, found, len(heads) - len(shown))


def question_in(folder: Path) -> str:
    """Return in words which question the folder holds an answer to; blank where none is known.

    folder: of an answer, or any other.
    """
    head = _guarded(folder, _head)
    one = head if head.damaged else _guarded(folder, _whole, head)
    if one.damaged:
        return ""
    says = {k: v for k, v in one.switches.items() if k != "on" or "count" in one.switches}
    switches = (f"{name.replace('_', ' ')} {_said(value)}" for name, value in sorted(says.items()))
    return ", ".join((f"{one.kind} of {one.model} in {one.world}", *switches))


def _said(value: object) -> str:
    if isinstance(value, Mapping):
        value = [f"{name}@{period}" for name, period in value.items()]
    if not isinstance(value, list):
        return str(value)
    return " ".join(map(str, value)) if len(value) <= MOST_NAMED else str(len(value))


def _newest_first(one: KeptAnswer) -> tuple[bool, float, str]:
    moment = datetime.fromisoformat(one.began).timestamp() if one.began else 0.0
    return not one.began, -moment, one.folder.name


def _guarded(path: Path, read: Callable[..., KeptAnswer], *known: KeptAnswer) -> KeptAnswer:
    """What is read, or the folder as a damaged one."""
    so_far = known[0] if known else KeptAnswer(path)
    try:
        return read(path, *known)
    except _DamagedError as error:
        why = str(error)
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError):
        why = "its files do not hold what the command writes"
    except OSError as error:
        why = error.strerror or "it cannot be read"
    return KeptAnswer(path, so_far.kind, began=so_far.began, damaged=why)


def _head(path: Path) -> KeptAnswer:
    """What the provenance says, which is small."""
    if path.is_symlink():
        raise _DamagedError("a link, which is not followed")
    if _is_there(path, COMPARISON) and not _is_there(path, PROVENANCE):
        return KeptAnswer(path, "comparison", began=_began_of(_json(path, COMPARISON)))
    if not _is_there(path, PROVENANCE):
        raise _DamagedError(f"it holds no answer: there is no {PROVENANCE} in it")
    said = _json(path, PROVENANCE)
    options = _object(said["options"])
    return KeptAnswer(
        path,
        _text(said["command"]),
        world=_text(options.get("world", "")),
        switches={k: v for k, v in options.items() if k not in _NO_SWITCH and not _blank(v)},
        began=_moment(said["began"]),
        complete=_complete(said),
        stopped=next((word for key, word in _STOPPED.items() if said.get(key) is True), ""),
    )


def _blank(value: object) -> bool:
    """Whether the option is as if it had not been given."""
    return value is None or value is False or value in ("", [], {}, INVENTORY)


def _whole(path: Path, head: KeptAnswer) -> KeptAnswer:
    """The same with what came of it."""
    if head.kind == "comparison":
        return _comparison(path, head)
    if head.kind in OF_RUNS:
        return _run(path, head)
    if head.kind not in WORDS:
        raise _DamagedError(f"no command of the allocator is called {head.kind[:40]!r}")
    data = _json(path, f"{head.kind}.json")
    world = data.get("world", head.world)
    return KeptAnswer(
        path,
        head.kind,
        _text(data.get("model", data.get("name", ""))),
        _text(_object(world)["name"] if isinstance(world, dict) else world),
        head.switches,
        head.began,
        WORDS[head.kind](data),
        None,
        head.complete,
        head.stopped,
    )


def _run(path: Path, head: KeptAnswer) -> KeptAnswer:
    data = _json(path, RESULT)
    counts = dict.fromkeys(("ready", "blocked", "short", "unknown"), 0)
    for task in _list(data["tasks"]):
        counts[_text(task["verdict"])] += 1
    verdicts = {word: number for word, number in counts.items() if number}
    told = ", ".join(f"{number} {word}" for word, number in verdicts.items()) or "no task"
    if head.kind == "solve":
        plan = _object(data["plan"])
        staffed = len(_list(plan["staffed"]))
        told += f"; {'no plan known' if plan['status'] == 'unknown' else f'{staffed} staffed'}"
    world = _text(_object(data["world"])["name"])
    model = _text(data["model"])
    return KeptAnswer(
        path, head.kind, model, world, head.switches, head.began, told, verdicts,
        head.complete, head.stopped,
    )  # fmt: skip


def _comparison(path: Path, head: KeptAnswer) -> KeptAnswer:
    """It is complete where its runs are as well."""
    data = _json(path, COMPARISON)
    runs = _list(data["runs"])
    models = dict.fromkeys(_text(run["model"]) for run in runs)
    worlds = dict.fromkeys(_text(run["world"]) for run in runs)
    stopped = [word for key, word in _STOPPED.items() if data.get(key) is True]
    stopped += [f"{_text(run['stopped'])} in {_text(run['run'])}" for run in runs if run["stopped"]]
    return KeptAnswer(
        path, "comparison", ", ".join(models), ", ".join(worlds), {}, head.began,
        words_of_comparison(data), None, _complete(data) and not stopped, "".join(stopped[:1]),
    )  # fmt: skip


def _began_of(data: Mapping[str, Any]) -> str:
    """When the last of its runs was made: a comparison does not say when it was."""
    moments = [_moment(run["began"]) for run in _list(data["runs"]) if run["began"]]
    return max(moments, key=datetime.fromisoformat, default="")


def _complete(said: Mapping[str, Any]) -> bool | None:
    """Whether nothing cut it off; None where that is not said."""
    known = [said[key] for key in _STOPPED if key in said]
    if any(type(one) is not bool for one in known):
        raise ValueError("what stopped it is no yes or no")
    return not any(known) if known else None


# --- what is read is looked at first ------------------------------------------------------------


def _is_there(folder: Path, name: str) -> bool:
    return os.path.lexists(place(folder, name))


def _json(folder: Path, name: str) -> Mapping[str, Any]:
    """The object in the file, which is a plain one of a size that can be read at once."""
    path = place(folder, name)
    if path.parent.is_symlink():
        raise _DamagedError(f"its {path.parent.name} is a link, which is not followed")
    try:
        known = path.lstat()
    except FileNotFoundError:
        raise _DamagedError(f"there is no {name} in it") from None
    if stat.S_ISLNK(known.st_mode):
        raise _DamagedError(f"its {name} is a link, which is not followed")
    if not stat.S_ISREG(known.st_mode):
        raise _DamagedError(f"its {name} is no file")
    if known.st_size > MOST_BYTES:
        raise _DamagedError(f"its {name} has {known.st_size:,} bytes, more than are read here")
    try:
        return _object(strict_json(path)[1])
    except StrictJsonError as error:
        raise _DamagedError(f"{name}: {error}") from None


def _object(value: object) -> Mapping[str, Any]:
    return _of(value, dict)


def _list(value: object) -> Sequence[Any]:
    return _of(value, list)


def _text(value: object) -> str:
    return _of(value, str)


def _of(value: object, kind: type[T]) -> T:
    """Raises TypeError for any other kind of value."""
    if not isinstance(value, kind):
        raise TypeError(f"{kind.__name__} expected")
    return value


def _moment(value: object) -> str:
    """A moment, in UTC. Raises ValueError for what is none, or has no time zone."""
    moment = datetime.fromisoformat(_text(value))
    if moment.tzinfo is None:
        raise ValueError("a moment needs its time zone")
    return moment.astimezone(UTC).isoformat(timespec="seconds")
