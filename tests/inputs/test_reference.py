"""The reference case is copied whole, and never over something."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from allocator.inputs.files import reference
from allocator.inputs.files.reference import copy_reference
from allocator.inputs.inspection import inspect

HOME = "allocator/inputs/files/reference.py"
"""Where the module stands in a package."""


def test_the_copy_is_a_workspace(tmp_path: Path) -> None:
    files = copy_reference(tmp_path / "new")
    workspace, _ = inspect(tmp_path / "new")
    assert workspace is not None
    assert {path.relative_to(tmp_path / "new").as_posix() for path in files} >= {*workspace.files}


@pytest.mark.parametrize("part", ["inputs", "models"])
def test_nothing_is_written_over(part: str, tmp_path: Path) -> None:
    (tmp_path / part).mkdir()
    with pytest.raises(FileExistsError, match=f"{part}/ already"):
        copy_reference(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == [part]


def test_package_data_comes_before_the_checkout(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for part in ("inputs", "models"):
        (tmp_path / "allocator/reference" / part).mkdir(parents=True)
    monkeypatch.setattr(reference, "__file__", str(tmp_path / HOME))
    assert reference.reference_folder() == tmp_path / "allocator/reference"


def test_a_package_without_the_case_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reference, "__file__", str(tmp_path / HOME))
    with pytest.raises(FileNotFoundError, match="reference case is missing"):
        reference.reference_folder()


def test_a_full_disk_is_told_with_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In one line, by its place in the workspace, and nothing stays."""

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(OSError, match="No space left on device") as caught:
        copy_reference(tmp_path / "new")
    assert caught.value.filename.startswith("inputs/")
    assert "\n" not in str(caught.value)
    assert list(tmp_path.iterdir()) == []
