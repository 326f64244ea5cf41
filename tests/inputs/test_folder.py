"""Paths and files that cannot be read at all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from workspace_files import write_small

from allocator.inputs.files import folder
from allocator.inputs.inspection import inspect, load
from allocator.inputs.issues import WorkspaceError


def _codes(path: Path | str) -> list[str]:
    workspace, issues = inspect(path)
    assert workspace is None
    return [issue.code for issue in issues]


def test_no_such_folder(tmp_path: Path) -> None:
    assert _codes(tmp_path / "nowhere") == ["W101"]
    assert _codes("no\0where") == ["W101"]


def test_a_file_is_no_workspace(tmp_path: Path) -> None:
    (tmp_path / "plan.txt").write_text("x")
    assert _codes(tmp_path / "plan.txt") == ["W103"]


def test_an_empty_folder_lacks_everything(tmp_path: Path) -> None:
    assert _codes(tmp_path) == ["W105", "W105", "W105", "W104"]


@pytest.mark.parametrize("file", ["inputs/nations.csv", "models/small.yaml"])
def test_a_folder_in_place_of_a_file(file: str, tmp_path: Path) -> None:
    write_small(tmp_path, {file: None})
    (tmp_path / file).mkdir(parents=True)
    assert _codes(tmp_path) == ["W106"]


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    write_small(tmp_path, {"inputs/caveats.csv": None})
    os.mkfifo(tmp_path / "inputs/caveats.csv")
    assert _codes(tmp_path) == ["W106"]


def test_a_broken_link_is_no_missing_table(tmp_path: Path) -> None:
    write_small(tmp_path, {"inputs/caveats.csv": None})
    (tmp_path / "inputs/caveats.csv").symlink_to("nowhere.csv")
    assert _codes(tmp_path) == ["W106"]


def test_a_file_that_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    write_small(tmp_path)
    monkeypatch.setattr(Path, "read_bytes", refuse)
    _, issues = inspect(tmp_path)
    assert {issue.code for issue in issues} == {"W106"}
    assert "Permission denied" in issues[0].message


def test_files_that_are_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_small(tmp_path)
    monkeypatch.setattr(folder, "LARGEST_MODEL", 100)
    _, (issue,) = inspect(tmp_path)
    assert (issue.code, issue.expected) == ("W107", "at most 100")


def test_load_raises_with_every_issue(tmp_path: Path) -> None:
    write_small(tmp_path, {"inputs/nations.csv": "nation,name,kind\nFRA,,planet\n"})
    with pytest.raises(WorkspaceError) as caught:
        load(tmp_path)
    assert {"W201", "W208", "W401"} == {issue.code for issue in caught.value.issues}
    assert "inputs/availability.csv:3 nation" in str(caught.value)


def test_hidden_files_are_left_alone(tmp_path: Path) -> None:
    write_small(tmp_path, {"models/.small.yaml": "[", "inputs/.old.csv": "x"})
    assert inspect(tmp_path)[1] == ()
