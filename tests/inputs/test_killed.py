"""`convert`, `init` and `report` killed before or after any move: whole, as before, or refused."""

import dataclasses
import os
from contextlib import suppress
from itertools import product

import pytest
from workspace_files import SMALL, write_small

from allocator.inputs.files.convert import convert
from allocator.inputs.files.reference import copy_reference
from allocator.inputs.inspection import inspect
from allocator.staging import PREFIX, stagings
from tests.test_atomic import entries, killed

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="no processes of this kind there")

LATER = {
    "inputs/availability.csv": ("GBR,medical,2", "GBR,medical,3"),
    "inputs/caveats.csv": ("ceasefire,assumption", "never,assumption"),
    "models/small.yaml": ("minimum: 2, target: 4", "minimum: 1, target: 4"),
}


def moments():
    return product(range(1, 20), ("before", "after"))


def said(folder):
    """What the workspace says; None where it is refused."""
    workspace, _ = inspect(folder)
    bare = {"path": "", "files": {}, "places": None, "warnings": ()}
    return workspace and dataclasses.replace(workspace, **bare)


def earlier(place):
    write_small(place, {"models/README.md": "mine", "notes.txt": "mine"})


def empty(place):
    place.mkdir()


def nothing(place):
    pass


@pytest.mark.parametrize("before", [nothing, empty, earlier])
def test_convert_to_a_folder(tmp_path, before):
    source = write_small(tmp_path / "later", LATER)
    convert(source, tmp_path / "later.xlsx")
    seen: set[str] = set()
    for number, when in moments():
        place = tmp_path / f"{number}-{when}"
        before(place)
        known = said(place)
        work = lambda p=place: convert(tmp_path / "later.xlsx", p, over=True)  # noqa: E731
        if not killed(work, number, when):
            break
        assert said(place) in (None, known, said(source))
        if said(place) is None and before is not nothing and stagings(place):
            _, issues = inspect(place)
            seen |= {issue.code for issue in issues}
        work()
        assert said(place) == said(source)
        mine = {"models", "notes.txt"} if before is earlier else {"models"}
        assert {*entries(place)} == {"inputs", *mine}
        assert before is not earlier or (place / "models/README.md").read_text() == "mine"
    assert number > 1
    assert (seen == {"W130"}) == (before is not nothing)


def test_convert_to_a_workbook(tmp_path):
    earlier_one, later = write_small(tmp_path / "a"), write_small(tmp_path / "b", LATER)
    for number, when in moments():
        place = tmp_path / f"{number}-{when}.xlsx"
        convert(earlier_one, place)
        if not killed(lambda p=place: convert(later, p, over=True), number, when):
            break
        assert said(place) in (said(earlier_one), said(later))
        convert(later, place, over=True)
        assert said(place) == said(later)
        assert not any(name.startswith(PREFIX) for name in entries(tmp_path))
    assert number > 1


@pytest.mark.parametrize("before", [nothing, empty])
def test_init(tmp_path, before):
    copy_reference(tmp_path / "whole")
    for number, when in moments():
        place = tmp_path / f"{number}-{when}"
        before(place)
        if not killed(lambda p=place: copy_reference(p), number, when):
            break
        assert said(place) in (None, said(tmp_path / "whole"))
        with suppress(FileExistsError):  # Where what was begun has been completed.
            copy_reference(place)
        assert said(place) == said(tmp_path / "whole")
        assert entries(place) == ["inputs", "models"]
    assert number > 1


def test_only_what_changed_is_moved(tmp_path):
    """A model file with comments stays the same file where its folder has nothing new."""
    folder = write_small(tmp_path / "plan")
    before = (folder / "models/small.yaml").stat()
    convert(
        write_small(tmp_path / "other", {"inputs/nations.csv": ("France", "Franz")}),
        folder,
        over=True,
    )
    after = (folder / "models/small.yaml").stat()
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)
    assert "Franz" in (folder / "inputs/nations.csv").read_text()


def test_models_that_swap_their_files(tmp_path):
    one, two = (SMALL["models/small.yaml"].replace("name: small", f"name: {n}") for n in "ab")
    folder = write_small(tmp_path / "plan", {"models/small.yaml": None})
    (folder / "models").mkdir(exist_ok=True)
    (folder / "models/b.yaml").write_text(one)
    (folder / "models/a.yaml").write_text(two)
    source = write_small(tmp_path / "later", {"models/small.yaml": None})
    (source / "models").mkdir(exist_ok=True)
    for name, text in (("a", one), ("b", two)):
        (source / f"models/{name}.yaml").write_text(text.replace("minimum: 2", "minimum: 1"))
    convert(source, folder, over=True)
    assert said(folder) == said(source)
    assert "name: a" in (folder / "models/b.yaml").read_text()


def test_a_linked_folder_is_not_replaced(tmp_path):
    folder = write_small(tmp_path / "plan")
    (folder / "inputs").rename(tmp_path / "shared")
    (folder / "inputs").symlink_to(tmp_path / "shared")
    with pytest.raises(FileExistsError, match="inputs is a link"):
        convert(write_small(tmp_path / "later", LATER), folder, over=True)
    assert (folder / "inputs").is_symlink()
