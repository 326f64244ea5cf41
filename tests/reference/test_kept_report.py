"""The kept report of the reference case is not stale, and leads back to the rows it rests on."""

import json
import re

import pytest

from casebook import case
from casebook.files import FILES, REPORT
from casebook.positions import ACTORS

HOW = "python reports/write_reference.py"


def kept(name):
    return (REPORT / name).read_text(encoding="utf-8")


def test_every_file_of_the_report_is_kept():
    assert {path.name for path in REPORT.iterdir()} == set(FILES)


def test_the_report_was_made_from_these_inputs():
    """A changed table or model makes the kept report stale."""
    assert json.loads(kept("inputs.json")) == case.planner().workspace.files, f"run {HOW}"


@pytest.mark.parametrize("name", ["dilemma.svg", "dilemma.csv"])
def test_what_is_cheap_to_make_again_comes_out_the_same(name):
    assert FILES[name]() == kept(name), f"run {HOW}"


def test_all_nine_findings_and_all_actors_are_in_it():
    found = kept("findings.md")
    assert all(f'<a id="finding-{number}"></a>' in found for number in range(1, 10))
    assert "**no**" not in found
    assert all(f'<a id="{nation.lower()}"></a>' in kept("actors.md") for nation in ACTORS)


@pytest.mark.parametrize("name", [name for name in FILES if name.endswith(".md")])
def test_links_lead_to_rows_that_are_there(name):
    """Every link names a file of the workspace and a row within it."""
    links = re.findall(r"\]\(\.\./\.\./([^)#]+)#L(\d+)\)", kept(name))
    assert links
    for file, row in links:
        lines = (case.ROOT / file).read_text(encoding="utf-8").splitlines()
        assert 1 <= int(row) <= len(lines), (file, row)


def test_a_caveat_row_in_the_report_is_that_caveat():
    found = re.search(r"caveat `fin_soil` .*?#L(\d+)\)", kept("actors.md"))
    assert found
    lines = (case.ROOT / "inputs" / "caveats.csv").read_text(encoding="utf-8").splitlines()
    assert lines[int(found[1]) - 1].startswith("fin_soil,FIN,")
