"""Staging folders: what another is writing stays, what others planted is not touched."""

import os
import stat
import time
from pathlib import Path

import pytest

from allocator import staging
from allocator.atomic import replace_folder
from allocator.staging import PREFIX, settle_leftovers
from tests.test_atomic import entries, leftover, put, words

NAME = f"{PREFIX}k1ll3d__"
posix = pytest.mark.skipif(os.name != "posix", reason="not there")


@pytest.mark.skipif(staging.fcntl is None, reason="no locks")
def test_what_another_process_is_writing_is_left_alone(tmp_path):
    made = leftover(tmp_path)
    lock = staging._locked(made)
    replace_folder(tmp_path / "other", put("text"))
    assert made.exists()
    staging._unlock(lock)
    replace_folder(tmp_path / "other", put("text"))
    assert entries(tmp_path) == ["other"]


def test_without_locks_only_what_is_old_is_cleared_away(tmp_path, monkeypatch):
    monkeypatch.setattr(staging, "fcntl", None)
    made = leftover(tmp_path)
    settle_leftovers(tmp_path)
    assert made.exists()
    long_ago = time.time() - 2 * staging.FORSAKEN
    os.utime(made, (long_ago, long_ago))
    settle_leftovers(tmp_path)
    assert entries(tmp_path) == []


def test_giving_up_clears_away_what_is_not_complete(tmp_path):
    """As a signal handler does before the process ends, in the middle of the writing."""
    replace_folder(tmp_path / "run", put("earlier"))
    with staging.staging_folder(tmp_path) as made:
        (made / "making" / "run").mkdir()
        staging.give_up()
        assert entries(tmp_path) == ["run"]
    assert words(tmp_path) == {"earlier"}


def test_giving_up_between_two_moves_completes_them(tmp_path):
    replace_folder(tmp_path / "run", put("earlier"))
    with staging.staging_folder(tmp_path) as made:
        (made / "making" / "run").mkdir()
        put("later")(made / "making" / "run")
        os.rename(made / "making", made / "new")
        os.rename(tmp_path / "run", made / "old" / "run")
        staging.give_up()
        assert entries(tmp_path) == ["run"]
    assert words(tmp_path) == {"later"}


def planted_place(made, victim):
    """As an earlier form of these folders would have believed it."""
    (made / "place").write_text(f"../{victim.name}/planted")


def planted_bytes(made, victim):
    (made / "place").write_bytes(b"\xff\xfe\x00")


def planted_link(made, victim):
    (made / "new").symlink_to(victim)


def planted_fifo(made, victim):
    os.mkfifo(made / "new")


def planted_file(made, victim):
    (made / "new").write_text("no folder")


@posix
@pytest.mark.parametrize(
    "plant", [planted_place, planted_bytes, planted_link, planted_fifo, planted_file]
)
def test_a_folder_of_another_form_is_nobody_s_to_clear_away(tmp_path, plant):
    reports, victim = tmp_path / "reports", tmp_path / "victim"
    victim.mkdir()
    (victim / "letter").write_text("dear")
    made = leftover(reports, old=["run"])
    plant(made, victim)
    replace_folder(reports / "other", put("text"))
    assert entries(reports) == [NAME, "other"]
    assert words(made / "old") == {"old"}
    assert entries(victim) == ["letter"]


@posix
@pytest.mark.parametrize(
    "make",
    [
        os.mkfifo,
        lambda path: path.write_text("a file"),
        lambda path: path.symlink_to(path.parent.parent / "victim"),
        lambda path: path.symlink_to("nowhere"),
        lambda path: path.mkdir(mode=0),
    ],
)
def test_what_is_no_folder_of_ours_neither_hangs_nor_goes(tmp_path, make):
    (tmp_path / "victim" / "old").mkdir(parents=True)
    (tmp_path / "victim" / "old" / "letter").write_text("dear")
    (tmp_path / "reports").mkdir()
    for name in (NAME, f"{PREFIX}f", f"{PREFIX}notes"):
        make(tmp_path / "reports" / name)
    replace_folder(tmp_path / "reports" / "other", put("text"))
    assert {f"{PREFIX}f", f"{PREFIX}notes", "other"} <= {*entries(tmp_path / "reports")}
    assert words(tmp_path / "victim") == {"dear"}
    (tmp_path / "reports" / "other" / "one").read_text()


@posix
def test_links_within_a_leftover_are_not_followed(tmp_path):
    """Neither moved to a place, nor what they lead to removed."""
    victim = tmp_path / "victim"
    victim.mkdir()
    (victim / "letter").write_text("dear")
    made = leftover(tmp_path / "reports", old=["run"])
    (made / "old" / "elsewhere").symlink_to(victim)
    os.mkfifo(made / "old" / "fifo")
    (made / "making" / "elsewhere").symlink_to(victim)
    replace_folder(tmp_path / "reports" / "other", put("text"))
    assert entries(tmp_path / "reports") == ["other", "run"]
    assert entries(victim) == ["letter"]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="needs another user")
def test_what_another_user_left_stays(tmp_path):
    made = leftover(tmp_path, old=["run"])
    os.chown(made, 12345, 12345)
    replace_folder(tmp_path / "other", put("text"))
    assert entries(tmp_path) == [NAME, "other"]


@pytest.fixture
def too_deep(tmp_path):
    """What a killed writer left, more folders in each other than a recursion goes down; removed
    from the innermost up, since pytest's own clearing of old temporary folders fails on it."""
    made, home = leftover(tmp_path), Path.cwd()
    os.chdir(made / "making")
    for _ in range(1200):
        os.mkdir("d")
        os.chdir("d")
    os.chdir(home)
    yield made
    if (made / "making").exists():
        os.chdir(made / "making")
        levels = 0
        while os.path.isdir("d"):
            os.chdir("d")
            levels += 1
        for _ in range(levels):
            os.chdir("..")
            os.rmdir("d")
        os.chdir(home)


@posix
def test_nested_too_deep_to_be_removed_is_no_error(tmp_path, too_deep):
    replace_folder(tmp_path / "other", put("text"))
    assert "other" in entries(tmp_path), too_deep


def test_the_new_folder_is_as_open_as_others(tmp_path):
    replace_folder(tmp_path / "run", put("text"))
    (tmp_path / "plain").mkdir()
    modes = {stat.S_IMODE((tmp_path / name).stat().st_mode) for name in ("run", "plain")}
    assert len(modes) == 1
