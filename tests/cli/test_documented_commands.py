"""Every command line of the README, of docs/ and of the commands' own help, on small limits."""

from __future__ import annotations

import re
import runpy
import shlex
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pandas as pd
import pytest
from click.testing import CliRunner

from allocator import errors
from allocator.cli import main
from allocator.inputs.options import OPTIONS

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
SECONDS = "0.2"
STAND_FOR = {
    "NAME": "tasks",
    "TASK": "western_presence",
    "PLAN": "plan.csv",
    "SPEC": "figures.yaml",
}
"""Words of a command line that a reader puts something else for; others are made to be there."""

A_PLAN = [
    {"nation": nation, "task": "training_outside", "capability": "trainer_team", "quantity": 2}
    for nation in ("DEU", "POL")
]
"""What somebody drew, as `plan.csv` and on the sheet `plan` of `staff.xlsx`."""

KEPT = (
    "reports/RUN",
    "reports/BEFORE",
    "reports/AFTER",
    "reports/EARLIER",
)
QUESTIONS = ("solve", "packages", "blockers", "fragility", "ranges", "order", "levers", "offers")
ASKED: set[tuple[str, ...]] = set()
"""Questions that another page asked in the same words: where nothing is to follow from an answer,
once is enough."""

ANSWERED = (errors.ANSWERED, errors.NO_ANSWER_IN_TIME)


def of_page(page: Path) -> Iterator[str]:
    """The command lines in its blocks, then those in its text; a remark stands two blanks off."""
    text = page.read_text(encoding="utf-8")
    blocks = re.findall(r"^```\w*\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    for line in "\n".join(blocks).splitlines():
        if line.startswith(("allocator ", "python tests/benchmarks/blocker_workspaces")):
            yield re.split(r" {2,}", line)[0]
        elif " && allocator " in line:
            yield line.split(" && ")[-1]
    for line in re.findall(r"`(allocator [^`]+)`", re.sub(r"```.*?```", "", text, flags=re.DOTALL)):
        yield f"{line} --help" if _is_a_name(line) else line


def _is_a_name(line: str) -> bool:
    """Whether a command is named that would have to be told of what."""
    _, command, *given = line.split()
    return not given and any(argument.required for argument in main.commands[command].params)


def of_help(command: click.Command) -> Iterator[str]:
    for line in (command.help or "").splitlines():
        if line.strip().startswith("allocator "):
            yield re.split(r" {2,}| > ", line.strip())[0]


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The reference case with a kept run, and a workbook of it."""
    folder = tmp_path_factory.mktemp("docs") / "reference"
    assert run(["init", str(folder)]).exit_code == 0
    done = run(["solve", "-w", str(folder), "--time-limit", "2", "--out", str(folder / "RUN")])
    assert done.exit_code in ANSWERED, done.output
    return folder


def run(arguments: list[str]) -> click.testing.Result:
    return CliRunner().invoke(main, arguments, prog_name="allocator")


def small(line: str) -> list[str]:
    """The arguments of a command line, with a small limit where it takes one."""
    words = [STAND_FOR.get(word, word) for word in shlex.split(line)[1:]]
    command = main.commands[words[0]]
    limited = any(option.name == "time_limit" for option in command.params)
    return [*words, "--time-limit", SECONDS] if limited else words


def run_all(lines: list[str], here: Path, patch: pytest.MonkeyPatch) -> None:
    """One after another, as a reader would."""
    patch.chdir(here)
    patch.setattr("allocator.cli.desking.until_closed", lambda opened, heard: None)
    patch.setattr(click, "launch", lambda url: 0)
    for line in lines:
        if line.startswith("python "):
            script, *arguments = line.split()[1:]
            patch.setattr(sys, "argv", [script, *arguments])
            runpy.run_path(str(ROOT / script), run_name="__main__")
            continue
        words = small(line)
        if words[0] in QUESTIONS and "--out" not in words:
            if tuple(words) in ASKED:
                continue
            ASKED.add(tuple(words))
        done = run(words)
        assert done.exit_code in ANSWERED, f"{line}: {done.output[-2000:]}"
        assert "Traceback" not in done.output, line


def a_sweep() -> str:
    """The file that docs/sweep.md shows."""
    page = (ROOT / "docs" / "sweep.md").read_text(encoding="utf-8")
    return page.split("```yaml\n")[1].split("```")[0]


def copied(workspace: Path, here: Path) -> Path:
    shutil.copytree(workspace, here / "w")
    for name in KEPT:
        shutil.copytree(workspace / "RUN", here / "w" / name, dirs_exist_ok=True)
    (here / "w" / "figures.yaml").write_text(a_sweep(), encoding="utf-8")
    pd.DataFrame(A_PLAN).to_csv(here / "w" / "plan.csv", index=False)
    (here / "w" / "released.csv").write_text("commitment,periods,quantity\n", encoding="utf-8")
    pd.DataFrame(A_PLAN).to_excel(here / "w" / "staff.xlsx", sheet_name="plan", index=False)
    return here / "w"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_every_command_line_of_a_page_runs(
    page: Path, workspace: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = list(dict.fromkeys(of_page(page)))
    run_all(lines, copied(workspace, tmp_path), monkeypatch)


def test_the_pages_have_command_lines() -> None:
    """The collecting itself is seen to collect."""
    found = {page.stem: list(of_page(page)) for page in PAGES}
    assert len(found["README"]) >= 14
    assert "allocator solve" in found["README"]
    assert "allocator packages logistics_hub" in found["README"]
    assert len(found["comparing"]) >= 5
    assert len(found["workbook"]) >= 5
    assert all(
        " && " not in line and "  " not in line for lines in found.values() for line in lines
    )


@pytest.mark.parametrize("name", main.commands)
def test_every_example_of_a_commands_help_is_a_command_line(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Read as the command reads it, with all its checks of options; what it does is tested
    elsewhere."""
    monkeypatch.chdir(tmp_path)
    for there in ("plan", "plan.xlsx"):
        (tmp_path / there).mkdir()
    lines = list(of_help(main.commands[name]))
    assert lines
    for line in lines:
        words = shlex.split(line)
        assert words[:2] == ["allocator", name]
        main.commands[name].make_context(name, words[2:])


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_every_python_snippet_of_a_page_runs(
    page: Path, workspace: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    snippets = re.findall(r"^```python\n(.*?)^```", page.read_text(encoding="utf-8"), re.M | re.S)
    if page.stem == "README":
        assert snippets
    monkeypatch.chdir(copied(workspace, tmp_path))
    quick = OPTIONS["time_limit"]._replace(default=1.0)
    monkeypatch.setitem(OPTIONS, "time_limit", quick)
    for snippet in snippets:
        exec(compile(snippet, str(page), "exec"), {})
