"""The time limit is the command's: what writing takes is kept back, and what people open is left
out, with a word, before the limit is overrun by more than is allowed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from allocator import beginning
from allocator.cli import main, time_limit
from allocator.cli.time_limit import TimeLimit, seconds_to_write
from allocator.deadline import TimeUpError
from allocator.inputs.problem import Problem
from tests.folders import contents
from tests.handmade import line, problem


def _problem(horizon: int = 1) -> Problem:
    task = {"task": "t", "lines": [line(1)]}
    return problem([task], {("A", "bn"): 1, ("B", "bn"): 1}, horizon=horizon)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Wall clock and work of this process, which stand still until a test moves them."""
    now = [100.0, 5.0]
    monkeypatch.setattr(time_limit, "monotonic", lambda: now[0])
    monkeypatch.setattr("allocator.deadline.time.monotonic", lambda: now[0])
    monkeypatch.setattr(time_limit, "process_time", lambda: now[1])
    monkeypatch.setattr(time_limit, "thread_time", lambda: now[1])
    monkeypatch.setattr(beginning, "monotonic", lambda: now[0])
    monkeypatch.setattr(beginning, "process_time", lambda: now[1])
    monkeypatch.setattr(beginning, "_begun", [])
    return now


def _read(clock: list[float], wall: float, work: float) -> None:
    clock[0] += wall
    clock[1] += work


@pytest.mark.parametrize(
    ("writing", "wall", "search"),
    [
        (3.0, 1.0, 99.0),  # Little to write: it may come after the limit.
        (10.0, 1.0, 92.0),  # More than three seconds of it do not.
        (10.0, 2.0, 81.0),  # On a machine that is half as fast as it could be.
        (1000.0, 1.0, 99.0 * 3 / 4),  # An answer is worth more.
    ],
)
def test_writing_is_kept_back(
    clock: list[float], monkeypatch: pytest.MonkeyPatch, writing: float, wall: float, search: float
) -> None:
    monkeypatch.setattr(time_limit, "seconds_to_write", lambda _: writing)
    limit = TimeLimit(100)
    _read(clock, wall, 1.0)
    assert limit.search([_problem()]).remaining() == pytest.approx(search)


@pytest.mark.parametrize(
    ("read", "writing", "search"),
    [
        (0.5, 1.0, 1.0),  # Half a second is left, and a second looked for.
        (3.0, 1.0, 1.0),  # None is left.
        (3.0, 1.7, 0.4),  # Up to 5.1 s nothing new is begun, and writing comes before.
        (3.0, 9.0, 0.0),
        (60.0, 1.0, 0.0),
    ],
)
def test_a_search_has_a_second_where_reading_took_the_limit(
    clock: list[float], monkeypatch: pytest.MonkeyPatch, read: float, writing: float, search: float
) -> None:
    """As long as no more is overrun than is allowed."""
    monkeypatch.setattr(time_limit, "seconds_to_write", lambda _: writing)
    limit = TimeLimit(1)
    _read(clock, read, read)
    assert limit.search([_problem()]).remaining() == pytest.approx(search)


def test_two_runs_take_twice_as_long_to_write(
    clock: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(time_limit, "seconds_to_write", lambda _: 10.0)
    limit = TimeLimit(100)
    _read(clock, 1.0, 1.0)
    assert limit.search([_problem()] * 2).remaining() == pytest.approx(99 - 17)
    limit.whole.cancel()
    assert limit.search([_problem()]).expired


def test_writing_takes_longer_the_more_there_is() -> None:
    assert 1 < seconds_to_write(_problem()) < seconds_to_write(_problem(horizon=9)) < 1.1


def test_what_there_is_no_time_for(clock: list[float]) -> None:
    """By the estimate at once, or on the way; what is small is written to the last."""
    limit = TimeLimit(10)
    _read(clock, 10.0, 10.0)
    check = limit.writing()
    check(0)
    with pytest.raises(TimeUpError):
        check(10**6)  # Ten seconds' work.
    check(10**5)
    _read(clock, 4.5, 4.5)
    check(0)
    _read(clock, 1.5, 1.5)
    with pytest.raises(TimeUpError):
        check(0)


def test_the_limit_begins_with_the_process(clock: list[float]) -> None:
    """What a process of its own imports first is part of its command's time; a second command
    within it begins when it is asked."""
    beginning.begin()
    _read(clock, 6.0, 1.0)
    assert TimeLimit(20).whole.remaining() == pytest.approx(14)
    assert TimeLimit(20).whole.remaining() == pytest.approx(20)


def test_on_a_machine_ten_times_as_slow_as_it_could_be(
    clock: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    """As slow as is seen, and not as a constant has it."""
    monkeypatch.setattr(time_limit, "seconds_to_write", lambda _: 1.0)
    limit = TimeLimit(100)
    _read(clock, 10.0, 1.0)
    assert limit.search([_problem()]).remaining() == pytest.approx(90 - 7)
    assert limit.search().remaining() == pytest.approx(90)  # An answer is kept in a moment.


def test_writing_is_measured_as_it_goes(
    clock: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A machine that others began to use while the search went on."""
    monkeypatch.setattr(time_limit, "seconds_to_write", lambda _: 1.0)
    limit = TimeLimit(20)
    _read(clock, 1.0, 1.0)
    limit.search([_problem()])
    _read(clock, 19.0, 30.0)  # Work of several threads says nothing.
    check = limit.writing()
    check(2 * 10**5)  # Two seconds' work, up to 22 s; nothing new is begun from 26 s on.
    _read(clock, 2.0, 0.0)
    with pytest.raises(TimeUpError):
        check(2 * 10**5)  # Now three times as long: up to 28 s.


@pytest.mark.parametrize(("work", "begun"), [(10.0, True), (2.5, False)])
def test_the_last_second_is_longer_on_a_busy_machine(
    clock: list[float], work: float, begun: bool
) -> None:
    """Three seconds before the latest end: one is enough at full speed, four are not there."""
    limit = TimeLimit(10)
    _read(clock, 10.0, work)
    limit.search([_problem()])
    check = limit.writing()
    _read(clock, 3.0, 3.0 * work / 10.0)
    if begun:
        check(0)
    else:
        with pytest.raises(TimeUpError):
            check(0)


@pytest.mark.parametrize(
    ("checks", "missing"),
    [
        (0, ["results.xlsx", "report.html"]),
        (1, ["results.xlsx", "report.html"]),
        (3, ["results.xlsx"]),
        (6, ["results.xlsx"]),
    ],
)
def test_a_run_without_its_workbook_or_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, checks: int, missing: list[str]
) -> None:
    """What was begun in vain is not there, the rest is whole, the next step makes it."""
    inputs = Path(__file__).parents[2]
    left = iter(range(checks))

    def check(cells: int) -> None:
        if next(left, None) is None:
            raise TimeUpError

    monkeypatch.setattr(TimeLimit, "writing", lambda limit: check)
    arguments = ["blockers", "western_presence", "-w", str(inputs), "--out", str(tmp_path / "run")]
    done = CliRunner().invoke(main, [*arguments, "--time-limit", "20"])
    assert done.exit_code == 0
    told = "the workbook and the page were" if len(missing) > 1 else "the workbook was"
    assert f"The time was up before {told} written." in done.stderr
    assert f"allocator report {tmp_path / 'run'}" in done.stderr
    has_page = "report.html" not in missing
    on_one_line = "".join(done.stdout.split())  # Long paths are folded.
    assert (f"{tmp_path / 'run' / 'report.html'}" in on_one_line) is has_page
    names = set(contents(tmp_path / "run"))
    assert {"report.html", "results.xlsx"} - names == {*missing}
    always = {f"machine/{name}.json" for name in ("result", "run", "certificate")}
    assert {*always, "tables/unlocking.csv", "inputs/nations.csv"} <= names
    run = json.loads((tmp_path / "run" / "machine/run.json").read_text())
    assert run["left_out"] == missing
    again = CliRunner().invoke(main, ["report", str(tmp_path / "run")])
    assert again.exit_code == 0, again.output
    assert {"report.html", "results.xlsx"} <= {p.name for p in (tmp_path / "run").iterdir()}
    verified = CliRunner().invoke(main, ["verify", str(tmp_path / "run"), "-w", str(inputs)])
    assert verified.exit_code == 0, verified.output


def test_a_run_with_time_leaves_nothing_out(tmp_path: Path) -> None:
    inputs = Path(__file__).parents[2]
    arguments = ["blockers", "western_presence", "-w", str(inputs), "--out", str(tmp_path / "run")]
    done = CliRunner().invoke(main, [*arguments, "--time-limit", "20"])
    assert "time was up" not in done.stderr
    assert json.loads((tmp_path / "run" / "machine/run.json").read_text())["left_out"] == []


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small example, and a run of it."""
    folder = tmp_path_factory.mktemp("small") / "w"
    assert CliRunner().invoke(main, ["init", "--example", "small", str(folder)]).exit_code == 0
    done = CliRunner().invoke(main, ["solve", "-w", str(folder), "--out", str(folder / "RUN")])
    assert done.exit_code == 0, done.output
    (folder / "SWEEP.yaml").write_text("worlds: [today, invited]\n", encoding="utf-8")
    return folder


ASKED = {
    "packages": ["reserve --survive 1", "reserve --front economy,fewer_contingents"],
    "blockers": ["", "evacuation --survive 1", "--relax caveats"],
    "solve": ["", "--plan RUN", "--departures", "--count firm", "--table allocation"],
    "compare": ["--worlds today,invited", "RUN RUN"],
    "fragility": ["reserve"],
    "offers": [""],
    "order": ["", "--by date", "--by benefit"],
    "levers": [""],
    "ranges": ["--spread assumption=30"],
    "repair": ["RUN", "RUN --without FRA"],
    "review": ["RUN"],
    "endure": ["", "--lose FRA --from 2"],
    "sweep": ["SWEEP.yaml"],
    "verify": ["RUN"],
}


def test_every_command_with_a_time_limit_is_asked() -> None:
    limited = {n for n, c in main.commands.items() if any(p.name == "time_limit" for p in c.params)}
    assert {*ASKED, "desk"} == limited  # The desk ends no command: each save has that time.


@pytest.mark.parametrize(
    "line", [f"{command} {more}".strip() for command, lines in ASKED.items() for more in lines]
)
def test_no_time_at_all_is_no_answer_and_no_fault(
    small: Path, monkeypatch: pytest.MonkeyPatch, line: str
) -> None:
    """What is known without a search is told; nothing is claimed of the rest."""
    monkeypatch.chdir(small)
    done = CliRunner().invoke(main, [*line.split(), "--time-limit", "0"])
    assert done.exit_code in (0, 3), done.output
    assert "At fault" not in done.output
    assert "roved: no" not in done.output
    if line.startswith("solve") and "--table" not in line:
        assert done.exit_code == 3, "no plan was looked for"
