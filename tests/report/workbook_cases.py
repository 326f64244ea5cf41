"""Runs whose workbooks are looked at: the small one, a hostile one, random ones."""

from __future__ import annotations

from dataclasses import replace

from report_cases import small_run

from allocator.inputs.inspection import from_tables
from allocator.inputs.workspace import Workspace
from allocator.planner import Planner
from allocator.results.run import RunRecord
from tests.generator import tables_and_models

LONG = "x" * 10_000
HOSTILE = (
    "=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1", "=cmd|'/c calc'!A1", "http://example.org",
    "mailto:a@example.org", "internal:cover!A1", "external:c:\\x.xlsx",
    '=HYPERLINK("http://example.org")', "{=1}", "'=1", "<f>1</f>", "&amp;", "1E5", "1-4", "TRUE",
    "#REF!", " x ", "007", "a\x01b\x1bc", "line\nbreak", "\u05e9\u05dc\u05d5\u05dd \u202eabc\u202c",
    LONG,
)  # fmt: skip
"""What a planner may write as text, and a spreadsheet program may take for something else."""


def hostile_run() -> RunRecord:
    """The small run, where every text that planners write freely is hostile."""
    run, texts = small_run(), iter(HOSTILE * 9)
    problem = run.problem
    capabilities = {
        name: replace(known, name=next(texts), unit=next(texts))
        for name, known in problem.capabilities.items()
    }
    preconditions = {
        name: replace(known, name=next(texts), holder=next(texts))
        for name, known in problem.preconditions.items()
    }
    hostile = replace(
        problem,
        title=next(texts),
        names={nation: next(texts) for nation in problem.nations},
        capabilities=capabilities,
        preconditions=preconditions,
        commitments=tuple(replace(c, purpose=next(texts)) for c in problem.commitments),
        tasks=tuple(replace(task, title=next(texts)) for task in problem.tasks),
    )
    return replace(run, problem=hostile, workspace=_noted())


def _noted() -> Workspace:
    """A workspace with a nation for each of the texts, as its note."""
    tables, models = tables_and_models(3)
    noted = [
        {"nation": f"n{n}", "name": text, "note": text, "source": text}
        for n, text in enumerate(HOSTILE)
    ]
    workspace, _ = from_tables({**tables, "nations": [*tables["nations"], *noted]}, models)
    assert workspace is not None
    return workspace


def random_run(seed: int) -> RunRecord:
    """A random workspace, solved."""
    workspace, _ = from_tables(*tables_and_models(seed))
    assert workspace is not None
    return Planner(workspace).solve("m", time_limit=5, workers=1)
