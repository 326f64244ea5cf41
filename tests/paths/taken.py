"""Whether a clever path was taken: a test of one that nobody takes would test nothing.

A *path* is what is lowered, or silenced, so that tiny problems take it, and the functions whose
answers are counted.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pkgutil import resolve_name
from typing import Any

import pytest

Decides = Callable[[Any], Any]
"""Whether an answer is one, and not a shrug."""


@dataclass
class Count:
    """Of one function: how often it was asked, and how often its answer decided."""

    asked: int = 0
    decided: int = 0


@dataclass(frozen=True)
class Path:
    """lowered: values by name, `package.module.CONSTANT`. silenced: functions that always give this
    answer meanwhile. watched: functions, `package.module.Class.method`, that must have decided."""

    watched: Mapping[str, Decides]
    lowered: Mapping[str, Any] = field(default_factory=dict)
    silenced: Mapping[str, Any] = field(default_factory=dict)


def counted(monkeypatch: pytest.MonkeyPatch, name: str, decides: Decides = bool) -> Count:
    """Counts the function's answers from now on."""
    owner, real, count = _owner(name), resolve_name(name), Count()

    def counting(*given: Any, **named: Any) -> Any:
        found = real(*given, **named)
        count.asked += 1
        count.decided += bool(decides(found))
        return found

    monkeypatch.setattr(owner, name.rpartition(".")[2], counting)
    return count


def take(monkeypatch: pytest.MonkeyPatch, path: Path) -> dict[str, Count]:
    """Lowers and silences what the path says; the counts of what it watches."""
    for name, value in path.lowered.items():
        resolve_name(name)  # A name that is gone is a fault of the test.
        monkeypatch.setattr(_owner(name), name.rpartition(".")[2], value)
    for name, answer in path.silenced.items():
        resolve_name(name)
        monkeypatch.setattr(_owner(name), name.rpartition(".")[2], lambda *_, a=answer, **__: a)
    return {name: counted(monkeypatch, name, decides) for name, decides in path.watched.items()}


def _owner(name: str) -> Any:
    return resolve_name(name.rpartition(".")[0])
