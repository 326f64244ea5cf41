"""The made run of the report tests serves here too; a planner that answers with it."""

import pytest
from report_cases import asked, small_run

from tests.inputs.workspace_files import write_small


class MadePlanner:
    """Answers every question with a made run; keeps how it was asked."""

    def __init__(self):
        self.calls = []
        self.change = lambda run: run

    def solve(self, model=None, **how):
        return self._answer(("solve", model), how, small_run())

    def packages(self, tasks, model=None, **how):
        return self._answer(("packages", tuple(tasks), model), how, asked("packages", *tasks))

    def blockers(self, tasks=(), model=None, **how):
        return self._answer(("blockers", tuple(tasks), model), how, asked("blockers", *tasks))

    def problem(self, model=None):
        return small_run().problem

    def _answer(self, call, how, run):
        self.calls.append((call, how))
        return self.change(run)


@pytest.fixture
def planner(monkeypatch):
    """A made planner behind the public door, and a checker that finds nothing."""
    import allocator
    import allocator.checker

    made = MadePlanner()
    monkeypatch.setattr(allocator, "load", lambda path=".": made)
    monkeypatch.setattr(allocator.checker, "check_result", lambda *_: ())
    return made


@pytest.fixture
def here(tmp_path, monkeypatch):
    """An empty folder to work in."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def small(here, request):
    """The small workspace, with the plan of the tests beside it."""
    write_small(here)
    (here / "plan.csv").write_text(request.module.PLAN)
    return here
