"""The kept report of the reference case is not stale, and leads back to the rows it rests on.

What it claims is made again here where that takes seconds; `.ci/run` makes all of it again.
"""

import json
import re

import pytest

from casebook import case
from casebook.claims import contradictions
from casebook.files import FILES, INPUTS, MADE_WITH, REPORT, made_with, present
from casebook.findings import FINDINGS
from casebook.positions import ACTORS
from tests.reference.kept import FRESH, HOW, kept


@FRESH
def test_every_file_of_the_report_is_kept():
    assert {path.name for path in REPORT.iterdir()} == {*FILES, INPUTS, MADE_WITH}


@FRESH
def test_the_report_was_made_from_these_inputs():
    """A changed table or model makes the kept report stale."""
    assert json.loads(kept(INPUTS)) == case.planner().workspace.files, f"{HOW}"


@FRESH
@pytest.mark.parametrize("name", FILES)
def test_every_file_says_what_it_was_made_with(name):
    """These inputs, whichever files were written last; and versions, ours one that is known."""
    made = made_with()[name]
    assert made["inputs"] == present()["inputs"], f"{HOW} {name}"
    assert made.keys() == present().keys()
    changelog = (case.ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert re.search(rf"^## {re.escape(made['contribution-allocator'])}\b", changelog, re.MULTILINE)
    assert re.fullmatch(r"\d+(\.\d+)+", made["ortools"])


@FRESH
@pytest.mark.parametrize("name", ["actors.md", "dilemma.csv", "dilemma.svg"])
def test_what_is_cheap_to_make_again_comes_out_with_the_same_figures(name):
    """The findings: test_findings.py."""
    assert contradictions(name, kept(name), FILES[name]()) == [], f"{HOW} {name}"


@FRESH
def test_all_findings_and_all_actors_are_in_it():
    found = kept("findings.md")
    assert all(f'<a id="finding-{make().id}"></a>' in found for make in FINDINGS)
    assert "**no**" not in found
    assert all(f'<a id="{nation.lower()}"></a>' in kept("actors.md") for nation in ACTORS)


PAGES = [name for name in FILES if name.endswith(".md")]


@FRESH
@pytest.mark.parametrize("name", PAGES)
def test_links_lead_to_rows_that_are_there(name):
    """Every link names a file of the workspace and a row within it."""
    links = re.findall(r"\]\(\.\./\.\./([^)#]+)#L(\d+)\)", kept(name))
    assert links
    for file, row in links:
        lines = (case.ROOT / file).read_text(encoding="utf-8").splitlines()
        assert 1 <= int(row) <= len(lines), (file, row)


@FRESH
@pytest.mark.parametrize("name", PAGES)
def test_links_within_the_report_lead_somewhere(name):
    for file, anchor in re.findall(r"\]\((?!\.\./)([^)#]*)(?:#([^)]+))?\)", kept(name)):
        assert (REPORT / (file or name)).is_file(), file
        assert not anchor or f'<a id="{anchor}"></a>' in kept(file or name), anchor


@FRESH
def test_a_caveat_row_in_the_report_is_that_caveat():
    found = re.search(r"caveat `fin_soil` .*?#L(\d+)\)", kept("actors.md"))
    assert found
    lines = (case.ROOT / "inputs" / "caveats.csv").read_text(encoding="utf-8").splitlines()
    assert lines[int(found[1]) - 1].startswith("fin_soil,FIN,")
