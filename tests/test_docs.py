"""The pages say what the code does."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

import pytest

from allocator import checker as verify
from allocator import model
from allocator.inputs.schema.objectives import OBJECTIVES
from allocator.results.coalitions import Power, Weight, Without
from allocator.results.result import Cell, Family, Gaps, Level, Packages, Plan, Result, TaskRecord

ROOT = Path(__file__).parents[1]
RULES_PAGE = (ROOT / "docs" / "rules.md").read_text(encoding="utf-8")


def test_the_same_rules_everywhere() -> None:
    """The page, the program, its file names and the checker have one list of rules."""
    on_the_page = re.findall(r"^\| (R\d+) ", RULES_PAGE, re.MULTILINE)
    folder = ROOT / "allocator" / "model" / "rules"
    files = sorted(path.stem for path in folder.glob("r[0-9]*.py"))
    assert on_the_page == [f"R{number}" for number in range(1, 12)]
    assert sorted(model.RULES) == sorted(on_the_page)
    assert [f"R{int(stem[1:3])}" for stem in files] == on_the_page
    assert list(verify.RULES) == on_the_page


def test_every_rule_file_says_its_own_number() -> None:
    """In the first words of its docstring, and the program applies that very file."""
    for name, rule in model.RULES.items():
        path = ROOT / "allocator" / "model" / "rules" / f"{rule.apply.__module__.split('.')[-1]}.py"
        assert path.stem.startswith(f"r{int(name[1:]):02}_")
        assert path.read_text(encoding="utf-8").startswith(f'"""{name}: ')


def test_every_rule_has_tests_of_its_own() -> None:
    """In the program and in the checker, by its number."""
    for tests in ("model/test_rules_on_*.py", "checker/test_verify_rules*.py"):
        files = sorted((ROOT / "tests").glob(tests))
        text = "".join(file.read_text(encoding="utf-8") for file in files)
        named = set(re.findall(r"^def test_r(\d+)_", text, re.MULTILINE))
        assert {f"R{number}" for number in named} == set(model.RULES), tests


def test_the_objectives_are_those_of_the_page_in_order() -> None:
    """The table's order is the default order."""
    after = RULES_PAGE.split("## Objectives")[1]
    assert tuple(re.findall(r"^\| `(\w+)`", after, re.MULTILINE)) == OBJECTIVES


def test_every_key_of_the_json_is_described() -> None:
    page = (ROOT / "docs" / "json.md").read_text(encoding="utf-8")
    keys = [*Result.model_fields, *Plan.model_fields, *TaskRecord.model_fields]
    keys += [*Level.model_fields, *Packages.model_fields, *Family.model_fields]
    keys += [*Gaps.model_fields, *Cell.model_fields]
    keys += [field.name for record in (Power, Weight, Without) for field in fields(record)]
    internal = {"schema_", "rule", "plan"}
    words = set(re.findall(r"\w+", page))
    assert set(keys) - internal <= words, set(keys) - internal - words


@pytest.mark.parametrize("verdict", TaskRecord.model_fields["verdict"].annotation.__args__)
def test_every_verdict_is_explained(verdict: str) -> None:
    """In the table of what is said, and when."""
    assert re.search(rf"^\| {verdict} \|", RULES_PAGE, re.MULTILINE)
