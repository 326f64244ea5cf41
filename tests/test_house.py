"""The plan of the package holds, and each guard of it has been seen to fire."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.benchmarks import house
from tests.benchmarks.house import House

HOUSE = house.the_house()
LAYERS = ("cli", "planner", "search", "inputs", "errors")


def made(folder: Path, **texts: str) -> House:
    """A small package with a room `search` on a room `inputs` on a base; `texts` are added to it,
    by their place with `__` between folders."""
    package = folder / "made"
    whole = {"init": "", "search__init": "", "inputs__init": "", "errors": "", **texts}
    for name, text in whole.items():
        parts = name.replace("init", "__init__", 1) if name == "init" else name.replace("__", "/")
        path = package / f"{parts.removesuffix('/init')}{'/__init__' * ('/init' in parts)}.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return House(package, LAYERS)


def test_nothing_in_this_package_is_as_it_should_not_be():
    assert HOUSE.faults() == []


def test_no_file_of_tests_is_too_long_either():
    folders = (house.ROOT / "tests", house.ROOT / "reports")
    files = [path for folder in folders for path in folder.rglob("*.py")]
    assert len(files) > 300
    long = [p.name for p in files if len(p.read_text("utf-8").splitlines()) > house.MOST_OF_A_FILE]
    assert long == []


def test_the_table_is_of_this_package():
    table = dict(HOUSE.table())
    for room in ("inputs", "results", "checker", "model", "engines", "search", "analysis"):
        assert room in str(table["rooms"])
    assert 9 <= int(str(table["floors"])) <= 11
    assert 30_000 < int(str(table["lines"])) < 75_000


def test_a_good_package_has_no_fault(tmp_path):
    good = made(
        tmp_path,
        search__plan="from made.inputs import rows\nfrom made import errors\n",
        inputs__rows="import made.errors\n",
        planner="from .search.plan import best\n",
        cli__init="from made import load\n",
        init="def load():\n    from made.planner import Planner\n",
    )
    assert good.faults() == []
    table = dict(good.table())
    assert table["rooms"] == "5: base, cli, door, inputs, search"
    assert table["floors"] == 5
    assert table["arrows between rooms"] == 5


UP = {
    "at module level": "import made.search.plan\n",
    "relative": "from ..search import plan\n",
    "from the package": "from made import search\n",
    "in a function": "def f():\n    from made.search import plan\n",
    "in a method under an if": "class A:\n    def f(self):\n        if self:\n"
    "            import made.search.plan as plan\n",
    "by its name as text": "from importlib import import_module\n"
    "def f():\n    return import_module('made.search.plan')\n",
    "where types are not asked for": "from typing import TYPE_CHECKING\n"
    "if TYPE_CHECKING:\n    pass\nelse:\n    import made.search\n",
}


@pytest.mark.parametrize("text", UP.values(), ids=UP)
def test_an_arrow_up_is_told(tmp_path, text):
    up = made(tmp_path, search__plan="", inputs__rows=text)
    (told,) = up.arrows_up()
    assert told.startswith("made.inputs.rows imports made.search")
    assert told in up.faults()


def test_imports_for_types_alone_are_no_arrow(tmp_path):
    typed = "import typing\nif typing.TYPE_CHECKING:\n    from made.search import plan\n"
    assert made(tmp_path, search__plan="", inputs__rows=typed).faults() == []


def test_what_has_no_place_is_told(tmp_path):
    (told,) = made(tmp_path, strange="", search__plan="import made.strange\n").arrows_up()
    assert told == "made.search.plan imports made.strange, which stands above it"


def test_the_base_does_not_import_the_door(tmp_path):
    door = made(
        tmp_path,
        init="def load():\n    import made.inputs.rows\n",
        inputs__rows="",
        errors="import made\n",
    )
    (told,) = door.arrows_up()
    assert told == "made.errors imports made, which stands above it"


def test_a_circle_at_module_level_is_told(tmp_path):
    circle = made(
        tmp_path,
        inputs__a="import made.inputs.b\n",
        inputs__b="from made.inputs.c import x\n",
        inputs__c="from made.inputs import a\n",
        search__plan="import made.inputs.a\n",
    )
    named = "made.inputs.a, made.inputs.b, made.inputs.c"
    assert circle.circles(late=False) == [f"a circle of imports at module level: {named}"]
    assert circle.circles(late=False)[0] in circle.faults()


def test_a_circle_at_run_time_alone_is_told(tmp_path):
    circle = made(
        tmp_path,
        inputs__a="import made.inputs.b\n",
        inputs__b="def f():\n    import made.inputs.a\n",
    )
    assert circle.circles(late=False) == []
    assert circle.faults() == ["a circle of imports at run time: made.inputs.a, made.inputs.b"]


def test_rooms_in_a_circle_stand_on_one_floor(tmp_path):
    circle = made(
        tmp_path,
        search__a="import made.inputs.a\n",
        inputs__a="import made.search.b\nimport made.errors\n",
        search__b="",
        planner="import made.search.a\n",
    )
    assert dict(circle.table())["floors"] == 3


def test_a_file_is_told_from_one_line_too_many_on(tmp_path):
    assert made(tmp_path / "at", errors="#\n" * house.MOST_OF_A_FILE).faults() == []
    longer = made(tmp_path / "over", errors="#\n" * (house.MOST_OF_A_FILE + 1))
    assert longer.faults() == [f"made/errors.py has {house.MOST_OF_A_FILE + 1} lines"]


@pytest.mark.parametrize("start", ["def f():\n", "async def f():\n", "@g\ndef f():\n"])
def test_a_function_is_told_from_one_line_too_many_on(tmp_path, start):
    rest = house.MOST_OF_A_FUNCTION - start.count("\n")
    assert made(tmp_path / "at", errors=start + "    1\n" * rest).faults() == []
    longer = made(tmp_path / "over", errors=start + "    1\n" * (rest + 1))
    assert longer.faults() == [f"made.errors.f has {house.MOST_OF_A_FUNCTION + 1} lines"]


TOLD = '''
def named(one, two, *, three):
    """Does something with one and two, `three` times."""
def forgotten(one, two, three):
    """Does something with one and two, threefold."""
def silent(one, two, three): ...
def few(one, two): ...
def _private(one, two, three): ...
class Public:
    def method(self, one, two, three):
        """one, two, three."""
    def short(self, one, two): ...
class _Private:
    def method(self, one, two, three): ...
'''


def test_public_functions_with_many_parameters_are_counted(tmp_path):
    assert made(tmp_path, errors=TOLD).told() == (2, 4)


@pytest.mark.parametrize(("faults", "status"), [([], 0), (["a circle"], 1)])
def test_the_check_ends_with_1_on_any_fault(monkeypatch, capsys, faults, status):
    monkeypatch.setattr(sys, "argv", ["house.py", "--check"])
    monkeypatch.setattr(House, "faults", lambda self: faults)
    monkeypatch.setattr(house, "the_house", lambda: HOUSE)
    with pytest.raises(SystemExit) as ended:
        house.main()
    assert ended.value.code == status
    assert ("a circle" in capsys.readouterr().out) is bool(faults)


def test_the_table_alone_ends_well_as_a_script():
    script = Path(house.__file__)
    done = subprocess.run([sys.executable, script], capture_output=True, text=True, check=True)
    assert "circles at run time" in done.stdout


def test_docstrings_name_nearly_every_parameter():
    """Of public functions with three or more; the rest are commands, whose docstring is their
    help. A floor: more is welcome."""
    told, wide = HOUSE.told()
    assert told >= 0.9 * wide, f"{told} of {wide} docstrings name every parameter"
