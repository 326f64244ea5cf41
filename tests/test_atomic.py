"""Whole or not at all: whatever is raised while it is written, whenever it is killed."""

import os
from itertools import count
from multiprocessing import get_context

import pytest

from allocator.atomic import NewFolder, replace_file, replace_files, replace_folder
from allocator.staging import PREFIX

MOVES = ("rename", "replace")


def put(text):
    def fill(new):
        (new / "one").write_text(text)
        (new / "two").write_text(text)

    return fill


def put_folders(text, *names):
    def fill(new):
        for name in names:
            (new / name).mkdir()
            put(text)(new / name)

    return fill


def entries(folder):
    return sorted(path.name for path in folder.iterdir())


def words(folder):
    return {path.read_text() for path in folder.rglob("*") if path.is_file()}


class Stop(BaseException):
    """As KeyboardInterrupt, which is no Exception either."""


def stopping(at, when, end):
    """A way to count moves that ends before or after a certain one."""
    seen = count(1)

    def counted(move):
        def moved(source, target, **how):
            now = next(seen) == at
            if now and when == "before":
                end()
            move(source, target, **how)
            if now and when == "after":
                end()

        return moved

    return counted


def stop():
    raise Stop


@pytest.mark.parametrize("at", [2, 3])  # The first completes what is written.
@pytest.mark.parametrize("when", ["before", "after"])
def test_interrupted_at_any_move_the_earlier_folder_stays(tmp_path, monkeypatch, at, when):
    replace_folder(tmp_path / "run", put("earlier"))
    counted = stopping(at, when, stop)
    for move in MOVES:
        monkeypatch.setattr(os, move, counted(getattr(os, move)))
    with pytest.raises(Stop):
        replace_folder(tmp_path / "run", put("later"))
    assert entries(tmp_path) == ["run"]
    assert words(tmp_path) == {"later" if (at, when) == (3, "after") else "earlier"}


@pytest.mark.parametrize("failing", range(1, 5))
def test_a_move_that_fails_leaves_all_as_it_was(tmp_path, monkeypatch, failing):
    """Of two folders, one of which was there before."""
    put_folders("earlier", "a")(tmp_path)

    def fail():
        raise OSError("no")

    counted = stopping(failing, "before", fail)
    monkeypatch.setattr(os, "rename", counted(os.rename))
    with pytest.raises(OSError, match="no"):
        replace_files(tmp_path, put_folders("later", "a", "b"))
    assert (entries(tmp_path), words(tmp_path)) == (["a"], {"earlier"})


def killed(work, at, when):
    """Whether a process of its own was killed before or after so many moves."""

    def child():
        counted = stopping(at, when, lambda: os._exit(9))
        for move in MOVES:
            setattr(os, move, counted(getattr(os, move)))
        work()

    process = get_context("fork").Process(target=child)
    process.start()
    process.join(60)
    assert process.exitcode in (0, 9)
    return process.exitcode == 9


WRITERS = {
    "write_whole": lambda place: replace_folder(place / "a", put("later")),
    "write_files": lambda place: replace_files(place, put_folders("later", "a", "b")),
    "a new folder": lambda place: replace_folder(NewFolder(place, "a"), put("later")),
    "write_file": lambda place: replace_file(place / "f", lambda new: new.write_text("later")),
}


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no processes of this kind there")
@pytest.mark.parametrize("before", [(), ("a",), ("a", "b")])
@pytest.mark.parametrize("writer", WRITERS)
def test_killed_at_any_move_nothing_is_mixed_and_the_next_completes_it(tmp_path, writer, before):
    for number, when in ((n, when) for n in count(1) for when in ("before", "after")):
        place = tmp_path / f"{number}-{when}"
        place.mkdir()
        put_folders("earlier", *before)(place)
        if not killed(lambda place=place: WRITERS[writer](place), number, when):
            break
        seen = [name for name in entries(place) if not name.startswith(PREFIX)]
        if writer == "write_files":
            assert len({word for name in seen for word in words(place / name)}) <= 1
        replace_folder(place / "other", put("other"))
        names = set(entries(place)) - {"other"}
        assert names >= {*before}
        assert not any(name.startswith(PREFIX) for name in names)
        if writer == "write_files":
            found = {name: words(place / name) for name in names}
            whole = ({n: {w} for n in on} for on, w in ((before, "earlier"), ("ab", "later")))
            assert found in [*whole]
    assert number > 1


def leftover(parent, *, name=f"{PREFIX}k1ll3d__", **parts):
    """What a killed process leaves: its parts, with their entries."""
    made = parent / name
    for part in ("making", "old"):
        (made / part).mkdir(parents=True)
    for part, names in parts.items():
        (made / part).mkdir(exist_ok=True)
        put_folders(part, *names)(made / part)
    return made


def test_what_a_killed_process_left_is_cleared_away(tmp_path):
    leftover(tmp_path, making=["run"])
    replace_folder(tmp_path / "other", put("text"))
    assert entries(tmp_path) == ["other"]


def test_what_a_killed_process_had_moved_aside_goes_back(tmp_path):
    leftover(tmp_path, old=["run"])
    replace_folder(tmp_path / "other", put("text"))
    assert entries(tmp_path) == ["other", "run"]
    assert words(tmp_path / "run") == {"old"}


def test_what_came_in_its_place_stays(tmp_path):
    leftover(tmp_path, old=["run"], new=["run"])
    put_folders("mine", "run")(tmp_path)
    replace_folder(tmp_path / "other", put("text"))
    assert entries(tmp_path) == ["other", "run"]
    assert words(tmp_path / "run") == {"mine"}


def test_many_that_write_at_once_get_a_folder_each(tmp_path):
    from concurrent.futures import ThreadPoolExecutor

    def write(number):
        return replace_folder(NewFolder(tmp_path, "run"), put(str(number)))

    with ThreadPoolExecutor(8) as pool:
        places = list(pool.map(write, range(40)))
    assert len({*places}) == 40
    assert [words(place) for place in places] == [{str(number)} for number in range(40)]
