"""The output layer: nothing steers the terminal, and no state of the streams loses an answer."""

import gc
import io
import os
import subprocess
import sys
from pathlib import Path

import click
import pytest

from allocator.cli import main
from allocator.cli.output import Visible, data, page, visible, visible_streams
from tests.inputs.workspace_files import write_small

ROOT = Path(__file__).parents[2]
EVIL = "\x1b]52;c;ZXZpbA==\x07"
posix = pytest.mark.skipif(os.name != "posix", reason="shells differ there")


def test_control_characters_are_made_visible():
    assert visible(f"a{EVIL}b\n\tc") == "a\\x1b]52;c;ZXZpbA==\\x07b\n\tc"
    assert visible("\x9b31m \u202ex \u2066 \udcff \r") == "\\x9b31m \\u202ex \\u2066 \\udcff \\r"
    assert visible("Zürich – 東京 ● \N{GRINNING FACE}") == "Zürich – 東京 ● \N{GRINNING FACE}"


class _Terminal(io.BytesIO):
    def isatty(self):
        return True


def terminal(monkeypatch):
    """Standard output and error from now on as bytes, of a terminal."""
    raw = _Terminal(), _Terminal()
    for name, buffer in zip(("stdout", "stderr"), raw, strict=True):
        monkeypatch.setattr(sys, name, io.TextIOWrapper(buffer, encoding="utf-8"))
    return raw


def test_whoever_writes_and_colours_of_ours_alone_pass(monkeypatch):
    streams = terminal(monkeypatch)
    with visible_streams():
        click.echo(EVIL)
        click.echo(EVIL, err=True)
        print(EVIL, file=sys.stderr)
        print("\x1b[31mred\x1b[0m")
        page(f"\x1b[32mgreen\x1b[0m {EVIL}\n")
        click.echo(b"\x1b raw", nl=False)
    out, err = (raw.getvalue() for raw in streams)
    assert err.count(b"\\x1b]52") == 2
    assert b"\x1b" not in err
    assert b"\\x1b[31mred" in out
    assert b"\x1b[32mgreen\x1b[0m \\x1b]52" in out
    assert out.endswith(b"\x1b raw")
    print("as before")


@pytest.mark.parametrize("looked_at", [True, False])
def test_what_programs_read_is_byte_for_byte_unless_somebody_looks(monkeypatch, looked_at):
    monkeypatch.setattr(_Terminal, "isatty", lambda _: looked_at)
    streams = terminal(monkeypatch)
    with visible_streams():
        data(f"name\r\n{EVIL}\n".encode())
    assert (b"\x1b" in streams[0].getvalue()) != looked_at
    assert looked_at or streams[0].getvalue() == f"name\r\n{EVIL}\n".encode()


@pytest.mark.parametrize(
    "arguments",
    [
        [f"so{EVIL}"],
        [f"--{EVIL}"],
        ["solve", f"--{EVIL}"],
        ["solve", EVIL],
        ["solve", "--world", EVIL],
        ["solve", "--table", EVIL],
        ["solve", "-w", EVIL],
        ["verify", EVIL],
        ["report", EVIL],
        ["compare", EVIL, EVIL],
        ["convert", ".", EVIL],
        ["init", EVIL],
    ],
)
def test_no_command_line_steers_the_terminal(tmp_path, monkeypatch, arguments):
    streams = terminal(monkeypatch)
    monkeypatch.chdir(write_small(tmp_path / "plan"))
    with pytest.raises(SystemExit):
        main.main(arguments, prog_name="allocator")
    sys.stdout.flush()
    sys.stderr.flush()
    told = b"".join(raw.getvalue() for raw in streams)
    assert b"52;c" in told
    assert b"\x1b]" not in told
    assert b"\x07" not in told


def shell(command, workspace, **environment):
    """A line of a shell with the command in it as $A."""
    code = "from allocator.__main__ import main; main()"
    return subprocess.run(
        ["sh", "-c", command],
        cwd=workspace,
        capture_output=True,
        text=True,
        timeout=120,
        env={
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(ROOT),
            "A": f"{sys.executable} -c '{code}'",
            **environment,
        },
    )


SOLVE = 'eval "$A solve --world truce --time-limit 20"'


@posix
@pytest.mark.parametrize(
    ("closed", "shown", "said"),
    [
        (">&-", "", "standard output is closed"),
        ("2>&-", "Joint plan", ""),
        ("<&-", "Joint plan", ""),
        (">&- 2>&- <&-", "", ""),
    ],
)
def test_closed_streams(tmp_path, closed, shown, said):
    workspace = write_small(tmp_path / "plan")
    done = shell(f"{SOLVE} {closed}", workspace)
    assert done.returncode == 0, done.stderr
    assert shown in done.stdout
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert len(list((workspace / "reports").iterdir())) == 1


@posix
def test_readers_who_leave(tmp_path):
    workspace = write_small(tmp_path / "plan")
    done = shell(f"{{ {SOLVE}; echo $? >status; }} 2>&1 | true", workspace)
    assert (done.returncode, done.stderr) == (0, "")
    assert (workspace / "status").read_text() == "0\n"
    assert len(list((workspace / "reports").iterdir())) == 1


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no full device")
@pytest.mark.parametrize("form", ["", "--json", "--table allocation"])
def test_an_answer_that_is_cut_off_is_no_answer(tmp_path, form):
    workspace = write_small(tmp_path / "plan")
    done = shell(SOLVE.replace("--time", f"{form} --time") + " >/dev/full", workspace)
    assert done.returncode == 2
    assert "the answer could not be shown: No space left on device" in done.stderr
    assert "Traceback" not in done.stderr
    assert "Exception ignored" not in done.stderr
    (kept,) = (workspace / "reports").iterdir()
    assert f"Kept in reports/{kept.name}\n" in done.stderr
    full = shell(f"{SOLVE} 2>/dev/full", workspace)
    assert full.returncode == 0
    assert "Joint plan" in full.stdout


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no full device")
@pytest.mark.parametrize("where", [">/dev/full", ">&-"])
@pytest.mark.parametrize(
    "command", ["fragility west --world truce", "compare --worlds today,truce", "blockers west"]
)
def test_what_is_kept_is_named_where_the_answer_reaches_nobody(tmp_path, command, where):
    workspace = write_small(tmp_path / "plan")
    done = shell(f'eval "$A {command} --out kept --time-limit 20" {where}', workspace)
    assert done.stderr.count("Kept in kept\n") == 1, done.stderr
    heard = shell(f'eval "$A {command} --out kept --time-limit 20"', workspace)
    assert (heard.stdout + heard.stderr).count("Kept in ") == 1
    assert any((workspace / "kept").iterdir())


@posix
def test_a_service_with_nothing_around_it(tmp_path):
    """No home, a plain locale and terminal; the folder that it was started in is gone."""
    workspace = write_small(tmp_path / "plan")
    bare = {"LANG": "C", "LC_ALL": "C", "TERM": "dumb"}
    assert "Joint plan" in shell(SOLVE, workspace, **bare).stdout
    (tmp_path / "gone").mkdir()
    gone = f"cd ../gone && rmdir ../gone && {SOLVE.replace('solve', f'solve -w {workspace}')}"
    done = shell(gone, workspace, **bare, HOME="/nowhere")
    assert done.returncode == 0, done.stderr
    assert "Joint plan" in done.stdout
    assert len(list((workspace / "reports").iterdir())) == 2


@pytest.mark.skipif(not hasattr(os, "sched_setaffinity"), reason="no such masks there")
def test_workers_follow_the_mask():
    from allocator.processors import processors

    before = os.sched_getaffinity(0)
    try:
        os.sched_setaffinity(0, {min(before)})
        assert processors() == 1
    finally:
        os.sched_setaffinity(0, before)
    assert processors() == len(before)


def test_what_shows_control_characters_never_closes_the_stream_beneath() -> None:
    """Left behind by what ended in the middle, it goes with the garbage."""
    stream = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    shown = Visible(stream)
    shown.write("said")
    del shown
    gc.collect()
    stream.write(", and more")
    stream.seek(0)
    assert stream.read() == "said, and more"
