"""Whole or not at all: whatever is raised while a folder is written, and what was killed."""

import os
import time

import pytest

from allocator import whole
from allocator.whole import PREFIX, write_whole


def put(text):
    def fill(new):
        (new / "one").write_text(text)
        (new / "two").write_text(text)

    return fill


def entries(folder):
    return sorted(path.name for path in folder.iterdir())


def forsaken(parent, *, place="run", old=False):
    """What a killed process leaves."""
    beside = parent / f"{PREFIX}killed"
    (beside / "new").mkdir(parents=True)
    (beside / "place").write_text(place)
    if old:
        (beside / "old").mkdir()
        put("earlier")(beside / "old")
    return beside


class Stop(BaseException):
    """As KeyboardInterrupt, which is no Exception either."""


def test_interrupted_at_any_move_the_earlier_folder_stays(tmp_path, monkeypatch):
    write_whole(tmp_path / "run", put("earlier"))
    real, seen = os.replace, []

    def stopping(at, before):
        def replace(source, target):
            seen.append(source)
            if len(seen) == at and before:
                raise Stop
            real(source, target)
            if len(seen) == at:
                raise Stop

        return replace

    for at in (1, 2):
        for before in (True, False):
            seen.clear()
            monkeypatch.setattr(os, "replace", stopping(at, before))
            with pytest.raises(Stop):
                write_whole(tmp_path / "run", put("later"))
            monkeypatch.undo()
            assert entries(tmp_path) == ["run"]
            words = {path.read_text() for path in (tmp_path / "run").iterdir()}
            assert words == {"later" if (at, before) == (2, False) else "earlier"}


def test_what_a_killed_process_left_is_cleared_away(tmp_path):
    forsaken(tmp_path)
    write_whole(tmp_path / "other", put("text"))
    assert entries(tmp_path) == ["other"]


def test_what_a_killed_process_had_moved_aside_goes_back(tmp_path):
    forsaken(tmp_path, old=True)
    write_whole(tmp_path / "other", put("text"))
    assert entries(tmp_path) == ["other", "run"]
    assert (tmp_path / "run" / "one").read_text() == "earlier"


def test_what_came_in_its_place_stays(tmp_path):
    forsaken(tmp_path, old=True)
    (tmp_path / "run").mkdir()
    put("later")(tmp_path / "run")
    write_whole(tmp_path / "other", put("text"))
    assert (tmp_path / "run" / "one").read_text() == "later"
    assert entries(tmp_path) == ["other", "run"]


@pytest.mark.skipif(whole.fcntl is None, reason="no locks")
def test_what_another_process_is_writing_is_left_alone(tmp_path):
    beside = forsaken(tmp_path)
    lock = whole._locked(beside)
    write_whole(tmp_path / "other", put("text"))
    assert beside.exists()
    whole._unlock(lock)
    write_whole(tmp_path / "other", put("text"))
    assert entries(tmp_path) == ["other"]


def test_without_locks_only_what_is_old_is_cleared_away(tmp_path, monkeypatch):
    monkeypatch.setattr(whole, "fcntl", None)
    beside = forsaken(tmp_path)
    write_whole(tmp_path / "other", put("text"))
    assert beside.exists()
    long_ago = time.time() - 2 * whole.FORSAKEN
    os.utime(beside, (long_ago, long_ago))
    write_whole(tmp_path / "other", put("text"))
    assert entries(tmp_path) == ["other"]


def test_giving_up_clears_away_and_puts_back(tmp_path):
    """As a signal handler does before the process ends, in the middle of the writing."""
    write_whole(tmp_path / "run", put("earlier"))
    with whole.beside(tmp_path / "run") as new:
        put("later")(new)
        os.replace(tmp_path / "run", new.with_name("old"))
        whole.give_up()
        assert entries(tmp_path) == ["run"]
        assert (tmp_path / "run" / "one").read_text() == "earlier"
    assert entries(tmp_path) == ["run"]
