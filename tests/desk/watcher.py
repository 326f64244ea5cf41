"""What a browser shows at one moment, held against what the files of that state say."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from allocator.desk.sitting import Sitting
from allocator.inputs.inspection import inspect
from allocator.planner import Planner

_READ = """() => {
  const at = (id) => document.getElementById(id);
  const frame = document.querySelector("#frames iframe:not(.coming)");
  const report = frame && frame.contentDocument;
  const texts = (box, name) => [...box.querySelectorAll(name)].map((part) => part.textContent);
  const rows = report ? [...report.querySelectorAll("#table-tasks tbody tr")] : [];
  return {
    key: frame ? frame.src.split("/").pop() : "",
    stale: at("frames").classList.contains("stale"),
    notice: at("notice").hidden ? "" : at("notice").textContent,
    errors: at("problems").hidden ? [] : texts(at("problems"), "li"),
    verdicts: rows.map((row) => [row.cells[0].textContent, row.cells[2].textContent.trim()]),
    ids: report ? texts(report, "article h3 + p code:first-child") : [],
    plan: report ? report.getElementById("situation").textContent : "",
    now: [...document.querySelectorAll("#history li")].length,
    aside: [...document.querySelectorAll("#verdicts li")].map((item) => texts(item, "span")),
    status: at("status").textContent,
  };
}"""


@dataclass(frozen=True)
class Seen:
    """number: of the state that the page within is of; now: of the state that the desk is at.
    aside: the verdicts that stand beside the page, of the state the desk is at."""

    number: int
    now: int
    stale: bool
    notice: str
    errors: tuple[str, ...]
    verdicts: Mapping[str, str]
    aside: Mapping[str, str]
    plan: str
    status: str


@dataclass(frozen=True)
class Truth:
    """What is so for the files of a state. verdicts: None where they have errors."""

    verdicts: Mapping[str, str] | None
    plan: str
    errors: int


def truths(sitting: Sitting, folder: Path) -> dict[int, Truth]:
    """By number of the state; each asked afresh of a copy of its files."""
    known = {}
    for line in sitting.view()["history"]:
        entry = sitting.entry(line["number"])
        assert entry is not None
        place = folder / str(entry.number)
        for name, content in sitting.files(entry).items():
            path = place / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        workspace, issues = inspect(place)
        errors = sum(one.is_error for one in issues)
        if workspace is None:
            known[entry.number] = Truth(None, "", errors)
            continue
        question = entry.question
        run = Planner(workspace).solve(world=question.world, with_=question.with_, workers=1)
        plan = run.result.plan
        staffed = f"{len(plan.staffed)} of {len(run.problem.tasks)} task"
        known[entry.number] = Truth({r.task: r.verdict for r in run.result.tasks}, staffed, errors)
    return known


@dataclass
class Watcher:
    """Looks at the page again and again."""

    page: Any
    seen: list[Seen] = field(default_factory=list)

    def look(self) -> Seen:
        """What it shows now."""
        raw = self.page.evaluate(_READ)
        plan = re.search(r"\d+ of \d+ tasks? staffed", raw["plan"])
        tasks = dict(zip(raw["ids"], (verdict for _, verdict in raw["verdicts"]), strict=False))
        self.seen.append(
            Seen(
                int(raw["key"].split("-")[0] or 0),
                raw["now"],
                raw["stale"],
                raw["notice"],
                tuple(raw["errors"]),
                tasks,
                {task: verdict for task, verdict in raw["aside"] if verdict != "…"},
                plan[0] if plan else "",
                raw["status"],
            )
        )
        self.page.wait_for_timeout(10)
        return self.seen[-1]

    def faults(self, known: Mapping[int, Truth]) -> list[str]:
        """Whatever was shown and was not so, or was not said to be of an earlier state."""
        return [fault for seen in self.seen for fault in _faults(seen, known)]


def _faults(seen: Seen, known: Mapping[int, Truth]) -> list[str]:
    found = []
    there, now = known.get(seen.number), known.get(seen.now)
    if seen.number and seen.number != seen.now and not (seen.stale and seen.notice):
        found.append(f"the page of {seen.number} stands for {seen.now}")
    if there and seen.verdicts:
        for task, verdict in seen.verdicts.items():
            if verdict != "unknown" and verdict != (there.verdicts or {}).get(task):
                found.append(f"state {seen.number}: {task} is shown as {verdict}")
        if seen.plan and not seen.plan.startswith(there.plan):
            found.append(f"state {seen.number}: {seen.plan}, not {there.plan}")
    if now:
        for task, verdict in seen.aside.items():
            if verdict != "unknown" and verdict != (now.verdicts or {}).get(task):
                found.append(f"state {seen.now}: {task} stands beside it as {verdict}")
        if bool(seen.errors) != bool(now.errors):
            found.append(f"state {seen.now}: {len(seen.errors)} errors are shown, {now.errors} are")
    return found
