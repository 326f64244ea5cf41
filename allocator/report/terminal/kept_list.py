"""What is kept, as a page on the terminal and as JSON data."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from rich.console import Console

from allocator.inputs.show import harmless, printable
from allocator.report.terminal.console import note, pairs, plain
from allocator.results.store.kept_list import KeptAnswer, KeptAnswers
from allocator.words import count

NAMED = 4
"""Names of one switch that are shown; the JSON has all."""


def show(found: KeptAnswers, console: Console) -> None:
    """Print the answers, newest first, each with what came of it and where it is."""
    if not found.answers:
        console.print(plain(f"Nothing is kept in {found.reports}."))
    console.print(pairs([row for one in found.answers for row in _rows(one)], indent=0))
    if found.more:
        console.print(note(f"and {count(found.more, 'older one')}; --limit 0 shows all", indent=0))


def _rows(one: KeptAnswer) -> Iterator[tuple[str, str]]:
    when = _when(one)
    if one.damaged:
        yield when, f"{printable(one.kind) or 'unknown'}: damaged: {one.damaged}"
    else:
        yield when, f"{one.kind}: {_asked(one)}"
        yield "", f"{one.found}{_complete(one)}"
    yield "", str(one.folder)


def _when(one: KeptAnswer) -> str:
    if not one.began:
        return "not known when"
    return datetime.fromisoformat(one.began).strftime("%Y-%m-%d %H:%M")


def _asked(one: KeptAnswer) -> str:
    where = " in ".join(printable(part) for part in (one.model, one.world) if part)
    counts = one.kind == "offers" or "count" in one.switches
    shown = {k: v for k, v in one.switches.items() if k != "on" or counts}
    return "; ".join((where, *(_switch(name, value) for name, value in shown.items())))


def _switch(name: str, value: object) -> str:
    if value is True:
        return name
    if isinstance(value, (list, tuple)):
        shown = [printable(str(part)) for part in value[:NAMED]]
        more = [f"{len(value) - NAMED} more"] if len(value) > NAMED else []
        return f"{name} {', '.join([*shown, *more])}"
    if isinstance(value, dict):
        return f"{name} {printable(', '.join(f'{key}={part}' for key, part in value.items()))}"
    return f"{name} {printable(str(value))}"


def _complete(one: KeptAnswer) -> str:
    if one.complete is None:
        return " (not said whether it is complete)"
    return "" if one.complete else f" (not complete: {one.stopped})"


def data(found: KeptAnswers) -> dict[str, Any]:
    """What `--json` prints."""
    return {
        "schema": 1,
        "reports": _text(found.reports),
        "answers": [_answer(one) for one in found.answers],
        "more": found.more,
    }


def _answer(one: KeptAnswer) -> dict[str, Any]:
    return {
        "folder": _text(one.folder),
        "kind": one.kind or None,
        "model": one.model or None,
        "world": one.world or None,
        "switches": dict(one.switches),
        "began": one.began or None,
        "found": one.found or None,
        "verdicts": None if one.verdicts is None else dict(one.verdicts),
        "complete": one.complete,
        "stopped": one.stopped or None,
        "damaged": one.damaged or None,
    }


def _text(path: Path) -> str:
    """As text that can be written; a name on a disk may be none."""
    return harmless(str(path))
