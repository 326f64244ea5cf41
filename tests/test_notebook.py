"""docs/pandas.ipynb as a reader runs it, cell after cell; it keeps nothing of an earlier run."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from pandas.io.formats.style import Styler

ROOT = Path(__file__).parents[1]
NOTEBOOK = json.loads((ROOT / "docs" / "pandas.ipynb").read_text(encoding="utf-8"))
CODE = [cell for cell in NOTEBOOK["cells"] if cell["cell_type"] == "code"]


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The names that the cells leave, and beside them what each cell shows."""
    checkout = tmp_path_factory.mktemp("notebook")
    for folder in ("inputs", "models"):
        shutil.copytree(ROOT / folder, checkout / folder)
    (checkout / "docs").mkdir()
    names: dict[str, Any] = {}
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(checkout / "docs")
        patch.setenv("TMPDIR", str(checkout))
        patch.setattr("tempfile.tempdir", None)
        shown = [run("".join(cell["source"]), names) for cell in CODE]
    return {**names, "shown": shown}


def run(source: str, names: dict[str, Any]) -> Any:
    """The value of the cell's last line, as a notebook shows it; None where it has none."""
    exec(compile(source, "docs/pandas.ipynb", "exec"), names)
    last = source.splitlines()[-1]
    try:
        expression = compile(last, "docs/pandas.ipynb", "eval")
    except SyntaxError:
        return None
    return eval(expression, names)


def test_the_figures_that_were_changed_make_the_difference(done: dict[str, Any]) -> None:
    assert done["run"]["training_outside"].verdict == "ready"
    assert done["fewer"]["training_outside"].verdict == "short"
    changes = done["comparison"].changes
    assert list(changes["task"]) == ["training_outside"]
    assert list(changes["because"]) == [
        "DEU trainer_team: 0 instead of 150; GBR trainer_team: 0 instead of 100"
    ]
    assert set(done["fewer"].gaps["capability"]) == {"trainer_team"}


def test_what_cells_show_is_there_to_see(done: dict[str, Any]) -> None:
    tables = [shown for shown in done["shown"] if isinstance(shown, (pd.DataFrame, pd.Series))]
    assert len(tables) == 7
    assert all(len(table) for table in tables)
    assert done["people"].to_numpy().sum() > 0
    (bars,) = [shown for shown in done["shown"] if isinstance(shown, Styler)]
    assert "linear-gradient" in bars.to_html()


def test_nothing_of_a_run_is_kept_in_it() -> None:
    assert (NOTEBOOK["nbformat"], NOTEBOOK["nbformat_minor"]) == (4, 5)
    assert len(CODE) >= 9
    assert all(cell["outputs"] == [] and cell["execution_count"] is None for cell in CODE)
    ids = [cell["id"] for cell in NOTEBOOK["cells"]]
    assert len(set(ids)) == len(ids)
