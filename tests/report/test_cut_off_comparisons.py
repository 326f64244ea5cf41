"""No rendering of a comparison that was cut off, or of runs that were, claims what its JSON and
theirs do not: the tables, the terminal, the page, the workbook."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from claims_said import WORDS, untrue
from compared_plans import in_section, in_targets, section_says
from cut_comparisons import cases
from openpyxl import load_workbook

from allocator.analysis.comparison.comparison import Change, ComparisonRecord
from allocator.analysis.comparison.side import Side
from allocator.report.comparing.jsons import data
from allocator.report.comparing.tables import MAKERS
from allocator.report.comparing.terminal import show
from allocator.report.comparing.wide import WIDE, all_tables, wide
from allocator.report.comparing.workbook import write_workbook
from allocator.report.page.comparison import comparison_page
from allocator.report.terminal.console import rendered
from allocator.results.result import TaskRecord
from allocator.results.run import RunRecord

CASES = pytest.mark.parametrize(("name", "comparison", "runs"), cases())


def test_the_comparisons_are_cut_off_wherever_they_can_be() -> None:
    seen = {
        (what, known)
        for _, comparison, _ in cases()
        for side in comparison.others
        for what, known in (
            ("plans", tuple(one.result.plan.status for one in (comparison.base, side))),
            ("verdicts", bool(comparison.told_apart(side)[1])),
            *((c.after, c.reasons and (c.reasons.open or c.reasons.proof, c.reasons.complete))
              for c in comparison.changed),
            *(("gap", gap) for gap in (r.gaps.units_status for r in side.result.tasks)),
        )
    }  # fmt: skip
    assert seen >= {
        ("plans", ("unknown", "optimal")), ("plans", ("optimal", "feasible")),
        ("verdicts", False), ("verdicts", True),
        ("ready", ("time", False)), ("ready", ("enough", False)), ("ready", ("smallest", True)),
        ("short", ("smallest", False)), ("blocked", ("smallest", True)),
        ("gap", "unknown"), ("gap", "optimal"),
    }  # fmt: skip


# --- tables ------------------------------------------------------------------------------------


def _rows(comparison: ComparisonRecord, name: str) -> list[dict[str, Any]]:
    found = MAKERS[name](comparison)
    return [dict(zip(found.header, row, strict=True)) for row in found.rows]


@CASES
def test_the_tables_of_reasons_say_what_the_json_says(
    name: str, comparison: ComparisonRecord, runs: object
) -> None:
    told = data(comparison)["changes"]
    for row, change in zip(_rows(comparison, "changes"), told, strict=True):
        assert (row["before"], row["after"]) == (change["before"], change["after"])
        assert "unknown" not in (row["before"], row["after"])
        assert (row["explained"], row["proof"]) == (change["explained"], change["proof"])
        assert (row["complete"] == "yes") is change["complete"]
        assert row["sets"] == len(change["sets"])
        because = " | ".join("; ".join(one["what"] for one in found) for found in change["sets"])
        assert row["because"] == because
    listed = {
        (r["run"], r["task"], r["set"], r["kind"], r["id"]) for r in _rows(comparison, "reasons")
    }
    assert listed == {
        (change["run"], change["task"], number, one["kind"], one["id"])
        for change in told
        for number, found in enumerate(change["sets"], 1)
        for one in found
    }


@CASES
def test_the_tables_of_figures_leave_open_what_is_not_known(
    name: str, comparison: ComparisonRecord, runs: object
) -> None:
    sides = {side.name: side for side in comparison.sides}
    for table in ("nations", "contributions", "released", "criteria", "levels", "gaps"):
        value = WIDE[table][1]
        for row in _rows(comparison, table):
            here, base = _known(table, row, sides[row["run"]]), _known(table, row, comparison.base)
            assert (row[value] is not None) is here, (table, row)
            assert (row[f"base_{value}"] is not None) is base, (table, row)
            if row["difference"] is not None:
                assert here
                assert base
                assert row["difference"] == row[value] - row[f"base_{value}"]
            if table == "criteria" and row["criterion"] in ("ready", "blocked", "short"):
                open_ = any(r.verdict == "unknown" for s in (sides[row["run"]], comparison.base)
                            for r in s.result.tasks)  # fmt: skip
                assert (row["difference"] is None) is open_


def _known(table: str, row: dict[str, Any], side: Side) -> bool:
    """Whether the side's result has the figure of the row."""
    planned = side.result.plan.status != "unknown"
    if table == "criteria":
        objectives = {level.objective for level in side.result.plan.levels}
        verdicts = ("ready", "blocked", "short", "unknown")
        if row["status"] or row["criterion"] in objectives:
            return planned and row["criterion"] in objectives
        return planned or row["criterion"] in verdicts
    if table == "gaps":
        record = side.records[row["task"]]
        worked_out = record.gaps.units_status in ("optimal", "feasible")
        return record.verdict in ("ready", "blocked") or worked_out
    return planned


@CASES
def test_the_table_of_tasks_says_what_the_json_says(
    name: str, comparison: ComparisonRecord, runs: object
) -> None:
    sides = {side.name: side for side in comparison.sides}
    for row in _rows(comparison, "tasks"):
        side = sides[row["run"]]
        record, base = side.records[row["task"]], comparison.base.records[row["task"]]
        planned = side.result.plan.status != "unknown"
        assert (row["verdict"], row["base_verdict"]) == (record.verdict, base.verdict)
        assert (row["change"] == "not known") is ("unknown" in (record.verdict, base.verdict))
        assert (row["joint_plan"] is not None) is planned
        assert (row["joint_plan"] == "staffed") is (row["task"] in side.result.plan.staffed)
        assert (row["people"] is not None) is (row["task"] in side.result.plan.staffed)
        assert (row["packages_complete"] == "yes") is (
            record.verdict == "ready" and record.packages.complete
        )
        assert (row["ways_complete"] == "yes") is (
            record.verdict == "blocked" and record.unlocking.complete
        )


@CASES
def test_wide_tables_and_the_workbook_hold_the_same(
    name: str, comparison: ComparisonRecord, runs: object, tmp_path: Path
) -> None:
    for table, (keys, value) in WIDE.items():
        tall = {
            (*(str(row[key]) for key in keys), row["run"]): row[value]
            for row in _rows(comparison, table)
        }
        found = wide(comparison, table)
        for row in found.rows:
            for number, side in enumerate(comparison.sides, len(keys)):
                key = (*(str(one) for one in row[: len(keys)]), side.name)
                assert row[number] == tall[key], (table, key)
    if name == "three":
        book = load_workbook(write_workbook(comparison, tmp_path / "c.xlsx"))
        for found in all_tables(comparison):
            rows = list(book[found.name].iter_rows(min_row=2, values_only=True))
            read = map(in_targets, found.rows)
            blank = [tuple(value if value != "" else None for value in row) for row in read]
            assert rows[: len(blank)] == blank, found.name


# --- sentences ---------------------------------------------------------------------------------

PROOFS = {
    "no other difference could matter": lambda c: _whole(c) and c.relevant == 1,
    "this is enough, and nothing turns it without this": lambda c: (
        _whole(c) and len(c.reasons.sets) == 1
    ),
    "each is enough by itself, and nothing else turns it": lambda c: (
        _whole(c) and len(c.reasons.sets) > 1
    ),
    "no smaller set of differences turns it; others of the same size may": lambda c: (
        c.reasons.proof == "smallest"
    ),
    "nothing of it can be left out; a smaller set may turn it too": lambda c: (
        c.reasons.proof == "minimal"
    ),
    "no single one of them can be left out; some together perhaps": lambda c: (
        c.reasons.proof == "irreducible"
    ),
    "together they turn it; what of them can be left out is not known": lambda c: (
        c.reasons.proof == "enough"
    ),
    "not worked out in time": lambda c: c.reasons.open == "time",
    "engines gave no answer, or contradicted each other": lambda c: c.reasons.open == "not decided",
}
"""What may be said of the reasons of a change, and when."""


def _whole(change: Change) -> bool:
    return change.reasons is not None and bool(change.reasons.complete)


def _proved(change: Change, text: str) -> bool:
    bare = re.sub(r" \(\d+ differences? could matter\)|; try a longer --time-limit|\.$", "", text)
    return PROOFS[bare[0].lower() + bare[1:]](change)


def _changes(comparison: ComparisonRecord, side: str, tasks: str) -> list[Change]:
    named = set(re.findall(r"\w+", tasks)) - {"and"}
    found = [c for c in comparison.changed if c.side == side and c.task in named]
    assert {change.task for change in found} == named
    return found


def _heard(comparison: ComparisonRecord, side: Side, told: str) -> bool:
    """How many verdicts changed, and how many are known."""
    found = data(comparison)["changes"]
    changed = sum(change["run"] == side.name for change in found)
    pairs = [(r.verdict, side.records[t].verdict) for t, r in comparison.base.records.items()]
    open_ = sum("unknown" in pair for pair in pairs)
    if open_ == len(pairs):
        return bool(re.match(r"(none|no verdict) is known on both sides", told))
    number = re.match(r"(none|\d+) of (\d+)( verdicts?)? changed(; (\d+) more not known)?", told)
    return number is not None and (
        (0 if number[1] == "none" else int(number[1]), int(number[2]), int(number[5] or 0))
        == (changed, len(pairs) - open_, open_)
    )


def _stopped(comparison: ComparisonRecord, *_: object) -> bool:
    return comparison.timed_out


def _loose(comparison: ComparisonRecord, *_: object) -> bool:
    return any(side.result.plan.status == "feasible" for side in comparison.sides)


def _task_row(comparison: ComparisonRecord, short: list[str], line: str) -> bool:
    """A row of the terminal's tasks: verdict, and what the plan makes of it."""
    task, *cells = re.split(r" {2,}", line.strip(" !"))
    for side, cell in zip(comparison.sides, cells, strict=True):
        record, plan = side.records[task], side.result.plan
        told = re.fullmatch(r". (\w+)(, (staffed|contested|not in the plan))?", cell)
        staffed = task in plan.staffed
        if told is None or told[1] != record.verdict or (told[3] == "staffed") is not staffed:
            return False
        if told[3] in ("contested", "not in the plan") and plan.status == "unknown":
            return False
    changed = {change.task for change in comparison.changed}
    return line.startswith("!") is (task in changed)


def _of_record(runs: dict[str, RunRecord], side: str, tasks: list[str], text: str) -> list[str]:
    """What is wrong with a sentence on each of these tasks."""
    records: list[TaskRecord] = [runs[side][task] for task in tasks]
    return [wrong for record in records if (wrong := untrue(runs[side], record, text))]


@CASES
def test_the_terminal_says_what_the_json_says(
    name: str, comparison: ComparisonRecord, runs: tuple[RunRecord, ...]
) -> None:
    shown = rendered(lambda console: show(comparison, console), io.StringIO(), 3000)
    made = dict(zip((side.name for side in comparison.sides), runs, strict=True))
    side, about, rows = comparison.others[0], list[Change](), ""
    section, whose = "", side
    for line in shown.splitlines():
        section, whose = in_section(comparison, line, section, whose)
        heading = re.match(r"Why (.*) (?:is|are) \w+, not \w+(?: in (.*))?$", line)
        against = next(
            (s for s in comparison.others if line.startswith(f"{s.name} against ")), None
        )
        if heading:
            about = _changes(comparison, heading[2] or comparison.others[0].name, heading[1])
        elif against:
            side = against
        elif line and not line.startswith((" ", "!", "─")):
            rows = line
        label, _, text = line.strip().partition("  ")
        if section:
            assert section_says(comparison, whose, section, line), f"{name}: {line}"
        elif rows.startswith("Tasks") and re.search(r"[●◐○?] \w+", line):
            assert _task_row(comparison, [], line), line
        elif not rows.startswith(("Tasks", "In figures", "Units", "People")):
            assert _line(comparison, made, side, about, label, text.strip()), f"{name}: {line}"


def _line(
    comparison: ComparisonRecord,
    runs: dict[str, RunRecord],
    side: Side,
    about: list[Change],
    label: str,
    text: str,
) -> bool:
    """Whether what a row says is what the JSON says; a claim that nobody checks is false."""
    tasks = [change.task for change in about]
    match label:
        case "Verdicts":
            return _heard(comparison, side, text)
        case "Proof" | "Not known":
            return bool(about) and all(_proved(change, text) for change in about)
        case "Because" | "or":
            return all(_because(comparison, change, text) for change in about)
        case "Plans":
            return _loose(comparison)
        case "Time limit" | "More time":
            return _stopped(comparison)
        case "Now staffed" | "No longer":
            return ("perhaps by chance" in text) is _staffing_open(comparison, side)
        case "Not decided":
            return set(text.replace(" and ", ", ").split(", ")) == set(
                comparison.told_apart(side)[2]
            )
        case "Ways out":
            return not _of_record(runs, about[0].side, tasks, text)
        case "Missing":
            return all(
                not _of_record(runs, about[0].side, tasks, part) for part in text.split("; ")[1:]
            )
    return label in ("Inputs", "Compared", "with", "", *HEADINGS) or not WORDS.search(text)


HEADINGS = ("All differences", "Next")


def _because(comparison: ComparisonRecord, change: Change, text: str) -> bool:
    """Whether the text is one of the sets, difference by difference."""
    (told,) = [c for c in data(comparison)["changes"]
               if (c["task"], c["run"]) == (change.task, change.side)]  # fmt: skip
    return any(all(one["what"] in text for one in found) for found in told["sets"])


def _staffing_open(comparison: ComparisonRecord, side: Side) -> bool:
    return any(
        level.status == "feasible" and level.objective.startswith("staff_tasks")
        for one in (comparison.base, side)
        for level in one.result.plan.levels
    )


# --- the page ----------------------------------------------------------------------------------


def _plain(html: str) -> str:
    text = re.sub(r"<[^>]*>", "", html)
    for mark, character in (("&#39;", "'"), ("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")):
        text = text.replace(mark, character)
    return re.sub(r"\s+", " ", text).strip()


def _parts(html: str, tag: str) -> Iterator[str]:
    yield from (_plain(found) for found in re.findall(rf"<{tag}\b.*?</{tag}>", html, re.DOTALL))


@CASES
def test_the_page_says_what_the_json_says(
    name: str, comparison: ComparisonRecord, runs: tuple[RunRecord, ...]
) -> None:
    html = re.sub(r"<(script|style).*?</\1>", "", comparison_page(comparison), flags=re.DOTALL)
    told = list(_parts(html.split('id="tasks"')[0], "p"))
    for side in comparison.others:
        (text,) = [
            t for t in told if re.match(rf"Against it, {re.escape(side.name)}(:| \(\d+ of)", t)
        ]
        assert _heard(comparison, side, text.split("): ")[-1].split(f"{side.name}: ")[-1])
    assert any("cut off" in text for text in told) is comparison.timed_out
    assert any("not proved to be the best" in text for text in told) is _loose(comparison)
    known = all(comparison.told_apart(side)[2] == [] for side in comparison.others)
    assert ("No verdict changed." in html) is (known and not comparison.changed)
    for card in re.findall(r"<article.*?</article>", html, re.DOTALL):
        heading = re.match(r"(.*?) ?: ?\w+ ?, not \w+, in (.*)", next(_parts(card, "h3")))
        assert heading is not None
        about = _changes(comparison, heading[2], heading[1])
        assert all(_proved(change, list(_parts(card, "p"))[-1]) for change in about)
        for found in re.findall(r"<ul>.*?</ul>", card, re.DOTALL):
            assert all(_because(comparison, change, _plain(found)) for change in about)


@CASES
def test_the_pages_picture_and_tables_leave_open_what_is_not_known(
    name: str, comparison: ComparisonRecord, runs: tuple[RunRecord, ...]
) -> None:
    """No bar of a plan that nobody knows; the tables are those that are kept."""
    html = comparison_page(comparison)
    bars = re.findall(r"<title>(.*?): ([\d,]+)</title>", html)
    planned = {s.name for s in comparison.sides if s.result.plan.status != "unknown"}
    assert {side for side, _ in bars} <= planned
    for table in ("criteria", "nations", "gaps"):
        found = re.search(rf'<table[^>]* id="table-{table}_wide".*?</table>', html, re.DOTALL)
        rows = re.findall(r"<tr.*?</tr>", found[0], re.DOTALL)[1:] if found else []
        keys = len(WIDE[table][0])
        for shown, row in zip(rows, wide(comparison, table).rows if found else [], strict=True):
            cells = [_plain(c) for c in re.findall(r"<t[hd].*?</t[hd]>", shown, re.DOTALL)]
            figures = cells[-(len(row) - keys) :]
            assert [bool(cell) for cell in figures] == [v is not None for v in row[keys:]], shown
