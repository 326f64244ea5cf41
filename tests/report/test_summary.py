"""`summary.md`: the first screen as Markdown, and as true as the rest."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace

import pytest
from claims_said import untrue
from cut_runs import cut_after, solve, varied
from markdown_it import MarkdownIt
from report_cases import asked, small_run

from allocator.report.folder.runs import write_run
from allocator.report.folder.summary import SUMMARY, plain, screen, summary
from allocator.report.sentences import overview
from allocator.report.sentences.next_acts import next_acts
from allocator.report.sentences.reading_order import in_reading_order
from allocator.results.store.kept_files import compared
from allocator.results.store.reading import read_run


def text_of(markdown: str) -> str:
    """What a reader sees of it, without marks."""
    tokens = MarkdownIt("commonmark").enable("table").parse(markdown)
    shown = (
        "".join(one.content for one in token.children or ()) or token.content for token in tokens
    )
    return "\n".join(one for one in shown if one)


def test_it_says_what_the_terminal_says_first():
    run = small_run()
    said = text_of(summary(run))
    for _, text in (*overview.heading(run.problem, run.world), *next_acts(in_reading_order(run))):
        assert text in said
    assert overview.joint_plan(run) in said
    for record in run.result.tasks:
        assert run.problem.task(record.task).title in said
        assert overview.outlook(run.problem, record) in said


def test_the_table_has_a_row_a_task_with_its_verdict():
    run = small_run()
    rows = re.findall(r"^\| (?!---|Task)(.*) \|$", summary(run), re.MULTILINE)
    assert [row.split(" | ")[1] for row in rows] == [
        r.verdict for r in in_reading_order(run).result.tasks
    ]


def test_packages_and_blockers_have_one_too():
    for command in ("packages", "blockers"):
        said = summary(asked(command, small_run().result.tasks[0].task))
        assert f": {command}" in said.splitlines()[0]
        assert "Joint plan" not in said


@pytest.mark.parametrize("questions", [0, 4, 22, 1000])
def test_a_run_that_was_cut_off_claims_no_more_than_it_found(questions, monkeypatch):
    run = cut_after(questions, solve, varied(), monkeypatch)
    said = summary(run)
    if run.interrupted or run.timed_out or run.out_of_memory:
        assert "what was known by then" in said
    for record in run.result.tasks:
        told = overview.outlook(run.problem, record)
        open_ = record.verdict == "unknown"
        assert told == "not decided in time" if open_ else not untrue(run, record, told)
    if run.result.plan.status != "optimal":
        assert "every objective is proved" not in said
    if run.result.plan.status == "unknown":
        assert not re.search(r"Joint plan \|", said)


def test_names_stay_text():
    for text in ("<script>", "a | b", "*x*", "[x](http://y)", "`x`", "_x_", "# x", "a\nb", "&lt;"):
        assert text_of(plain(text)).strip() == text.replace("\n", "\N{REPLACEMENT CHARACTER}") or (
            text_of(plain(text)).strip() == text.replace("\n", " ")
        )
    assert "\x1b" not in plain("\x1b[31m")
    assert "\u202e" not in plain("\u202e")


def test_the_handling_mark_stands_first():
    run = small_run()
    marked = replace(run, options={**run.options, "handling_mark": "NOT *here*"})
    assert text_of(summary(marked)).splitlines()[0] == "NOT *here*"


def test_it_is_kept_and_verify_knows_its_hash(tmp_path):
    folder = write_run(small_run(), tmp_path / "run")
    assert (folder / SUMMARY).read_text(encoding="utf-8") == summary(small_run())
    kept = read_run(folder)
    known = frozenset({SUMMARY})
    assert SUMMARY in compared(folder, kept.provenance, known).same
    (folder / SUMMARY).write_text("All is well.\n")
    assert SUMMARY in compared(folder, kept.provenance, known).changed
    (folder / SUMMARY).unlink()
    assert SUMMARY in compared(folder, kept.provenance, known).missing
    shutil.rmtree(folder)


def test_a_screen_stays_word_for_word_whatever_is_in_it():
    shown = screen("order: m in w", "a ``` b\n```\n\x1b[31m red\n")
    (code,) = [t for t in MarkdownIt("commonmark").parse(shown) if t.type == "fence"]
    assert code.content == "a ``` b\n```\n\N{REPLACEMENT CHARACTER}[31m red\n"
