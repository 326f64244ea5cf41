"""Text of the inputs, no longer than a page can bear."""

from __future__ import annotations

from dataclasses import replace

from allocator.inputs.problem import Problem

LONGEST = 200
"""Characters of a name or a note that are shown; the run's copy of the inputs has all."""


def short(text: str, longest: int = LONGEST) -> str:
    """The text, or its beginning."""
    return text if len(text) <= longest else f"{text[: longest - 1].rstrip()}…"


def shortened(problem: Problem) -> Problem:
    """The problem with names and titles that fit into a sentence; ids stay as they are."""
    return replace(
        problem,
        title=short(problem.title),
        names={code: short(name) for code, name in problem.names.items()},
        capabilities={
            key: replace(c, name=short(c.name), unit=short(c.unit))
            for key, c in problem.capabilities.items()
        },
        commitments=tuple(replace(c, purpose=short(c.purpose)) for c in problem.commitments),
        tasks=tuple(replace(t, title=short(t.title), area=short(t.area)) for t in problem.tasks),
        preconditions={
            key: replace(p, name=short(p.name), holder=short(p.holder))
            for key, p in problem.preconditions.items()
        },
    )
