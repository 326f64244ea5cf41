"""Every message is seen to fire, where it should and alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from cases_of_effects import COMPANIONS, EFFECTS
from cases_of_files import FILES, Case
from cases_of_values import REFERENCES, RULES, VALUES
from cases_of_workbooks import WORKBOOKS
from workspace_files import SMALL, write_small

from allocator.inputs.inspection import inspect
from allocator.inputs.issues import Issue
from allocator.inputs.messages import MESSAGES

CASES = [*FILES, *VALUES, *RULES, *REFERENCES, *EFFECTS]
ELSEWHERE = {
    *("W101", "W102", "W103", "W106", "W107", "W122", "W123", "W124", "W129", "W130", "W523")
}
"""Codes that need more than other contents; see test_folder.py, test_killed.py,
test_workbook_faults.py and test_hostile_inputs.py."""
GIVEN = {code for code in MESSAGES if code.startswith(("W6", "W7"))}
"""Of a plan of one's own and of a sweep, no parts of a workspace; see test_given_plans.py and
test_sweep_files.py."""


def _label(case: Case) -> str:
    return f"{case[0]}-{case[2]}"


def test_the_small_workspace_has_no_issue(tmp_path: Path) -> None:
    workspace, issues = inspect(write_small(tmp_path))
    assert issues == ()
    assert workspace is not None
    assert set(workspace.files) == set(SMALL)


@pytest.mark.parametrize("case", CASES, ids=_label)
def test_one_fault_gives_its_own_message_at_its_place(case: Case, tmp_path: Path) -> None:
    code, edits, place = case
    workspace, issues = inspect(write_small(tmp_path, edits))
    assert (code, place) in {(issue.code, str(issue.place)) for issue in issues}
    assert {issue.code for issue in issues} - COMPANIONS.get(code, set()) == {code}
    assert (workspace is None) == (MESSAGES[code].severity == "error")
    for issue in issues:
        _assert_complete(issue)


def _assert_complete(issue: Issue) -> None:
    """A message says both values and a next step, on one line."""
    assert issue.expected, issue
    assert issue.expected in issue.message
    assert "{" not in MESSAGES[issue.code].hint or "{" not in issue.hint
    assert issue.hint or issue.code == "W503"
    assert str(issue).isprintable()
    assert len(str(issue)) < 1200


def test_every_code_has_a_case() -> None:
    assert {case[0] for case in (*CASES, *WORKBOOKS)} | ELSEWHERE | GIVEN == set(MESSAGES)
