"""No rendering of a run that was cut off claims what its JSON does not.

Every table, the page, the workbook and the terminal, of runs that were cut off at different
moments; and the JSON itself, against brute force.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest
from claims_said import untrue
from cut_runs import COMMANDS, cut_after, random, varied
from openpyxl import load_workbook

from allocator import compare
from allocator.checker import check_result
from allocator.planner import Planner
from allocator.report.comparing.terminal import show
from allocator.report.page import page
from allocator.report.tables.decisions import CRITERIA
from allocator.report.tables.run import all_tables, table
from allocator.report.terminal import run as terminal
from allocator.report.terminal.console import rendered
from allocator.report.workbook import write_workbook
from allocator.results.result import TaskRecord
from allocator.results.run import RunRecord
from tests.brute import claims
from tests.brute.parts import NotTinyError

QUESTIONS = (0, 1, 2, 4, 6, 9, 14, 22, 40, 10**6)
"""To the engines, before the time is up."""

SEEDS = (3, 42, 44)
WORKSPACES: dict[str, Callable[[], Planner]] = {
    "varied": varied,
    **{f"seed {seed}": (lambda seed=seed: random(seed)) for seed in SEEDS},
}
SHOW = {
    "solve": terminal.show_solve,
    "packages": terminal.show_packages,
    "blockers": terminal.show_blockers,
}
TEMPLATES = Path(terminal.__file__).parents[1] / "page" / "templates"
LABELS = (
    "In the plan|Contested|Left out|Packages|Ways|Needed|Blocking|Waiting|Missing|Rule|Proof|Lift"
    "|Held back"
)


@cache
def runs(workspace: str, command: str) -> tuple[RunRecord, ...]:
    """One for each number of questions."""
    with pytest.MonkeyPatch.context() as patch:
        planner = WORKSPACES[workspace]()
        return tuple(cut_after(k, COMMANDS[command], planner, patch) for k in QUESTIONS)


def cases() -> Iterator[tuple[str, RunRecord]]:
    for workspace in WORKSPACES:
        for command in COMMANDS:
            for questions, run in zip(QUESTIONS, runs(workspace, command), strict=True):
                yield f"{workspace}, {command} cut off after {questions} questions", run


def test_the_runs_are_cut_off_wherever_they_can_be() -> None:
    """Each thing that may be open is open in some run, and known in another."""
    seen = {
        (what, known)
        for _, run in cases()
        for record in run.result.tasks
        for what, known in (
            ("plan", run.result.plan.status),
            ("verdict", record.verdict),
            ("packages", record.packages.complete),
            ("unlocking", (record.verdict, record.unlocking.complete)),
            ("gaps", (record.verdict, record.gaps.units_status)),
            *(("departure", one.known) for one in run.plan_notes.departures if one.sends),
            ("power", (record.verdict, run.notes[record.task].power is None)),
        )
    }
    assert seen >= {
        ("plan", "unknown"), ("plan", "feasible"), ("plan", "optimal"),
        ("verdict", "unknown"), ("verdict", "ready"), ("verdict", "short"),
        ("packages", False), ("packages", True),
        ("unlocking", ("blocked", False)), ("unlocking", ("blocked", True)),
        ("gaps", ("short", "unknown")), ("gaps", ("short", "optimal")),
        ("departure", False), ("departure", True),
        ("power", ("ready", True)), ("power", ("ready", False)),
    }  # fmt: skip


@pytest.mark.parametrize("seed", SEEDS)
def test_the_json_itself_claims_nothing_false(seed: int) -> None:
    """Against brute force, and by the checker."""
    for command in COMMANDS:
        for run in runs(f"seed {seed}", command):
            assert run.faults == ()
            assert check_result(run.problem, run.world, run.result) == ()
            try:
                wrong = claims.untruths(run.problem, run.world, run.result)
            except NotTinyError:
                continue
            # Of commands without a joint plan its levels are none.
            assert not [text for text in wrong if not text.startswith("levels: [], ")], command


# --- the terminal, and the sentences that every rendering has ---------------------------------


def test_the_sentences_about_a_task_say_what_its_record_says() -> None:
    for name, run in cases():
        for task, _, _, _, text in table(run, "findings").rows:
            assert not untrue(run, run[str(task)], str(text)), name


def test_the_terminal_says_what_the_json_says() -> None:
    for name, run in cases():
        shown = rendered(
            lambda console, run=run: SHOW[run.command](run, console, terminal.Follow()),
            io.StringIO(),
            3000,
        )
        record = run.result.tasks[0]
        for line in shown.splitlines():
            title = re.match(r"\s*[●◐○?] (\w+) +(?:(\w+)$|.* \((\w+)\)$)", line)
            if title:
                record = run[title[2] or title[3]]
                assert title[1] == record.verdict, name
                continue
            text = re.sub(rf"^\s*({LABELS}|Undecided) {{2,}}", "", line).strip()
            assert not untrue(run, record, text), name


def test_a_comparison_counts_the_verdicts_that_are_known_on_both_sides() -> None:
    """An unknown one has not stayed as it was."""
    counted = set()
    *cut, whole = runs("seed 42", "solve")
    for run in cut:
        comparison = compare(whole, run, time_limit=0)
        shown = rendered(lambda console, of=comparison: show(of, console), io.StringIO(), 3000)
        open_ = sum(record.verdict == "unknown" for record in run.result.tasks)
        counted.add(open_)
        told = re.search(r"Verdicts {2,}(.*)", shown)
        assert told is not None
        known = len(run.result.tasks) - open_
        assert told[1].startswith(f"none of {known} changed" if known else "none is known"), open_
        assert (f"{open_} more not known on both sides" in told[1]) is (open_ > 0 and known > 0)
    assert {0, len(whole.result.tasks)} < counted


# --- the page ---------------------------------------------------------------------------------


@cache
def standing_text() -> frozenset[str]:
    """What the templates say of every run; what hangs on the run is looked at apart."""
    found = set()
    whole = (TEMPLATES / name for name in ("run.html", "macros.html", "page.html"))
    for path in (*whole, *sorted((TEMPLATES / "run").glob("*.html"))):
        source = path.read_text(encoding="utf-8")
        source = re.sub(r"{%.*?%}|{{.*?}}", "<>", source, flags=re.DOTALL)
        found |= {_plain(text) for text in re.split(r"<[^>]*>", source)}
    return frozenset(found - CONDITIONAL)


CONDITIONAL = frozenset(
    {
        "The plan releases nothing: every commitment stands.",
        "Not known: no plan was found.",
        ", all there are",
    }
)


def _plain(html: str) -> str:
    text = re.sub(r"<[^>]*>", "", html)
    for mark, character in (("&#39;", "'"), ("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")):
        text = text.replace(mark, character)
    return re.sub(r"\s+", " ", text).strip()


def _rows(html: str) -> Iterator[list[str]]:
    for row in re.findall(r"<tr.*?</tr>", html, re.DOTALL):
        yield [_plain(cell) for cell in re.findall(r"<t[hd].*?</t[hd]>", row, re.DOTALL)]


def _table(html: str, name: str) -> list[list[str]]:
    found = re.search(rf'<table[^>]* id="table-{name}".*?</table>', html, re.DOTALL)
    return list(_rows(found[0]))[1:] if found else []


@cache
def pages() -> dict[str, str]:
    """By the name of the case, without scripts and styles."""
    return {
        name: re.sub(r"<(script|style).*?</\1>", "", page(run), flags=re.DOTALL)
        for name, run in cases()
    }


def test_the_text_of_the_page_says_what_the_json_says() -> None:
    """A card is about its task, all else about any; tables are looked at row by row."""
    for name, run in cases():
        html = re.sub(r"<tr.*?</tr>", "", pages()[name], flags=re.DOTALL)
        about = {record.task: record for record in run.result.tasks}
        for part in re.split(r"(?=<article)|(?<=</article>)", html):
            found = re.search(r"<code>(\w+)</code>", part) if "<article" in part else None
            records = [about[found[1]]] if found else list(run.result.tasks)
            for text in map(_plain, re.split(r"<[^>]*>", part)):
                if text in standing_text() or text in ("none", "", *about):
                    continue
                wrong = [untrue(run, record, text) for record in records]
                assert not all(wrong), f"{name}: {wrong[0]}"


def test_the_rows_of_the_page_say_what_the_json_says() -> None:
    for name, run in cases():
        html, first = pages()[name], run.result.tasks[0]
        plan = run.result.plan
        order = sorted(
            run.result.tasks, key=lambda r, run=run: (run.problem.task(r.task).priority, r.task)
        )
        for record, row in zip(order, _table(html, "tasks"), strict=True):
            assert row[2] == record.verdict, name
            if len(row) > 4:
                planned = "staffed" if record.task in plan.staffed else row[4]
                assert row[4] == ("not known" if plan.status == "unknown" else planned), name
                assert row[4] in ("staffed", "no", "contested", "not known")
        for row in _table(html, "levels"):
            assert not untrue(run, first, "   ".join(row)), name
        for row in _table(html, "departures"):
            assert not untrue(run, first, "   ".join(row)), name
        for row in _table(html, "worlds"):
            _solved_column(run, row, name)
        weights = re.search(r'<section id="weights".*?</section>', html, re.DOTALL)
        for row in _rows(weights[0] if weights else ""):
            wrong = [untrue(run, record, "   ".join(row)) for record in run.result.tasks]
            assert not all(wrong), f"{name}: {wrong[0]}"


def _solved_column(run: RunRecord, row: list[str], name: str) -> None:
    verdicts = {run.problem.task(r.task).title: r for r in run.result.tasks}
    record = verdicts.get(row[0])
    if record is not None and row[1] in ("ready", "blocked", "short", "unknown"):
        assert row[1] == record.verdict, name


# --- tables and workbook ----------------------------------------------------------------------


def _as_dicts(run: RunRecord, name: str) -> list[dict[str, object]]:
    found = table(run, name)
    return [dict(zip(found.header, row, strict=True)) for row in found.rows]


def _said(record: TaskRecord, run: RunRecord) -> dict[str, object]:
    """What the columns of `tasks` come to."""
    planned = run.result.plan.status != "unknown"
    families = (record.packages, record.unlocking, record.blocking)
    names = ("packages", "unlocking", "blocking")
    numbers = {
        "packages" if name == "packages" else f"{name}_sets": len(family.sets)
        for name, family in zip(names, families, strict=True)
    }
    whole = {
        f"{name}_complete": "yes" if family.complete else "no"
        for name, family in zip(names, families, strict=True)
    }
    staffed = ("yes" if record.task in run.result.plan.staffed else "no") if planned else None
    return {"verdict": record.verdict, "staffed": staffed, **numbers, **whole}


def test_the_tables_of_tasks_say_what_the_json_says() -> None:
    for name, run in cases():
        plan = run.result.plan
        for row, record in zip(_as_dicts(run, "tasks"), run.result.tasks, strict=True):
            assert row.items() >= _said(record, run).items(), name
        for row in _as_dicts(run, "gaps"):
            assert row["status"] == run[str(row["task"])].gaps.units_status, name
        for row in _as_dicts(run, "lifts"):
            whole = run[str(row["task"])].gaps.lifts_complete
            assert row["complete"] == ("yes" if whole else "no"), name
        for row, level in zip(_as_dicts(run, "levels"), plan.levels, strict=True):
            assert (row["value"], row["bound"], row["status"]) == (
                level.value, level.bound, level.status,
            ), name  # fmt: skip
        for row in _as_dicts(run, "net_availability"):
            blank = {row["used"], row["left"], row["released"]} == {None}
            assert blank is (plan.status == "unknown"), name


def test_the_tables_of_notes_say_what_the_notes_say() -> None:
    for name, run in cases():
        left = {one.nation: one for one in run.plan_notes.departures}
        for row in _as_dicts(run, "departures"):
            one = left[str(row["nation"])]
            assert (row["falls"] is None) is (one.status == "unknown"), name
            assert (row["falls"] == "none") is (one.known and not one.falls), name
            levels = (*one.levels, *run.result.plan.levels)
            if row["status"] == "optimal":
                assert any(level.status == "optimal" for level in levels), name
            assert (row["status"] == "unknown") is (not one.levels), name
        for row in _as_dicts(run, "power"):
            power = run.notes[str(row["task"])].power
            assert power is not None
            (weight,) = (w for w in power.weights if w.nation == row["nation"])
            words = {True: "yes", False: "no", None: None}
            assert (row["veto"], row["never_needed"]) == (
                words[weight.veto], words[weight.never_needed],
            ), name  # fmt: skip
        for row in _as_dicts(run, "influence"):
            found = run.notes[str(row["task"])].world_map
            assert found is not None
            assert row["exact"] == ("yes" if found.exact else "no"), name
            assert found.exact or run[str(row["task"])].unlocking.complete is False, name
        for row in _as_dicts(run, "replacement"):
            prices = run.notes[str(row["task"])].replacement
            assert prices is not None
            (price,) = (p for p in prices.nations if p.nation == row["nation"])
            assert row["possible"] == price.possible, name
            assert (row["objective"] is None) is (not price.levels), name


ONLY_OF_ALL = {
    "in_every_package": lambda record: record.packages.complete and not record.packages.only,
    "vetoes": lambda record: record.unlocking.complete,
    "ready_worlds_percent": lambda record: record.unlocking.complete,
    "necessary": lambda record: bool(record.necessary),
    "smallest_package": lambda record: bool(record.packages.sets),
}
"""Criteria that may only be stated where the record says so much."""


def test_the_decision_table_says_what_the_json_says() -> None:
    for name, run in cases():
        for row in _as_dicts(run, "decision"):
            record, criterion = run[str(row["task"])], str(row["criterion"])
            value = row["text"] if row["figure"] is None else row["figure"]
            if value is None:
                continue
            assert criterion in CRITERIA
            assert ONLY_OF_ALL.get(criterion, lambda record: True)(record), (name, row)
            if criterion == "joint_plan":
                assert run.result.plan.status != "unknown", name
            if criterion == "verdict":
                assert value == record.verdict, name
            if criterion in ("packages_complete", "ways_complete"):
                family = record.packages if criterion.startswith("p") else record.unlocking
                assert value == ("yes" if family.complete else "no"), name
            if criterion == "units_proved":
                assert (value == "yes") is (record.gaps.units_status == "optimal"), name


@pytest.mark.parametrize("workspace", ["varied", "seed 42"])
def test_the_workbook_says_what_the_tables_and_the_json_say(workspace: str, tmp_path: Path) -> None:
    """The cover sentence by sentence; every sheet of a table has the table's words of proof."""
    for command in COMMANDS:
        for questions, run in list(zip(QUESTIONS, runs(workspace, command), strict=True))[::3]:
            path = tmp_path / f"{command}{questions}.xlsx"
            write_workbook(run, all_tables(run), path)
            book = load_workbook(path)
            for row in book["cover"].iter_rows(max_col=2, values_only=True):
                if row[0] == "Contents":
                    break
                wrong = [untrue(run, record, str(row[1] or "")) for record in run.result.tasks]
                assert row[0] == "Question" or not all(wrong), wrong[0]
            for found in all_tables(run):
                if found.name in book.sheetnames and found.name in ("tasks", "levels", "findings"):
                    rows = list(book[found.name].iter_rows(min_row=2, values_only=True))
                    blank = [tuple(v or None for v in row) for row in found.rows]
                    assert [tuple(v or None for v in row) for row in rows[: len(blank)]] == blank
