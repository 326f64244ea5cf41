"""Parts of operation models that have no effect, or can never be fulfilled."""

from __future__ import annotations

from collections.abc import Iterator

from allocator.inputs.draft import Draft
from allocator.inputs.issues import Issue
from allocator.inputs.messages import issue
from allocator.inputs.show import quoted


def names_unlike_their_files(draft: Draft) -> Iterator[Issue]:
    """Models that do not go by the name of their file."""
    for model in draft.models:
        stem = draft.stems.get(draft.place(model).file)
        if stem is not None and stem != model.name:
            yield issue("W501", draft.place(model, "name"), quoted(model.name), quoted(stem))


def models_without_tasks(draft: Draft) -> Iterator[Issue]:
    """Models that ask for nothing."""
    for model in draft.models:
        if not model.tasks:
            yield issue("W521", draft.place(model, "tasks"), "none")


def targets_of_scaled_lines(draft: Draft) -> Iterator[Issue]:
    """Targets that no objective looks at."""
    for _, line in draft.lines:
        if line.one_per is not None and line.target is not None:
            yield issue("W516", draft.place(line, "target"), str(line.target))


def of_without_one_per(draft: Draft) -> Iterator[Issue]:
    """Lines that name tasks to scale with and do not scale."""
    for _, line in draft.lines:
        if line.of is not None and line.one_per is None:
            yield issue("W517", draft.place(line, "of"), quoted(";".join(line.of)))


def leads_without_a_line(draft: Draft) -> Iterator[Issue]:
    """Leads that provide what no line of the task takes."""
    for _, task in draft.tasks:
        provides = task.lead.provides if task.lead else None
        taken = {capability for line in task.lines for capability in line.capabilities}
        if task.lead and provides and provides not in taken:
            place = draft.place(task.lead, "provides")
            yield issue("W519", place, quoted(provides), ", ".join(sorted(taken)))


def leads_above_the_largest_share(draft: Draft) -> Iterator[Issue]:
    """Leads that need more of the task than any nation may send."""
    for _, task in draft.tasks:
        if task.lead is None or task.lead.min_share is None or task.max_share is None:
            continue
        if task.lead.min_share > task.max_share:
            place, expected = draft.place(task.lead, "min_share"), f"at most {task.max_share}"
            yield issue("W520", place, str(task.lead.min_share), expected)
