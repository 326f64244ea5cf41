"""The pages of a review and of a repair: what they say is what the JSON says."""

from __future__ import annotations

import json
import re
from html import unescape

import pytest

import allocator
from allocator.inputs.given import GivenPlan
from allocator.report.page.repair import repair_answer, repair_page
from allocator.report.page.review import review_answer, review_page
from allocator.report.sentences.situation import figures
from allocator.report.tables.repair import data as repair_data
from allocator.report.tables.review import data as review_data
from allocator.results.review import Review
from allocator.words import periods
from tests.inputs.workspace_files import write_small

PLAN = [
    {"nation": "FRA", "task": "west", "capability": "mech", "quantity": 3},
    {"nation": "GBR", "task": "west", "capability": "mech", "quantity": 9},
    {"nation": "GBR", "task": "west", "capability": "medical", "quantity": 2, "kind": "exactly"},
]


@pytest.fixture
def planner(tmp_path):
    """The small workspace."""
    write_small(tmp_path)
    return allocator.load(tmp_path)


def words(page: str) -> str:
    """What stands on the page, without its marks, style and script."""
    body = re.sub(r"<(style|script)\b.*?</\1>", " ", page, flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", body)).split())


def likewise(violation, violations):
    """How the page tells of it beside an earlier period in which the same breaks."""

    def kind(one):
        place = {name: at for name, at in one["place"].items() if name != "period"}
        return place, re.sub(r"\d+", "", one["text"])

    first, *others = [one for one in violations if kind(one) == kind(violation)]
    assert violation in others
    return f"{first['text']}; likewise in {periods(one['place']['period'] for one in others)}"


def test_what_breaks_stands_on_the_page_with_rows_rule_and_reason(planner):
    found = planner.review(PLAN)
    said, known = words(review_page(found)), review_data(found)
    assert known["violations"]
    for violation in known["violations"]:
        assert f"{violation['rule']} {violation['rule_in_words']}" in said
        assert violation["text"] in said or likewise(violation, known["violations"]) in said
        assert all(row in said for row in violation["rows"])
        for reason in violation["because"]:
            assert f"{reason['kind']} {reason['id']} ({reason['place']}): {reason['says']}" in said
    assert "No open preconditions make it pass as it is." in said


def test_how_short_a_task_is_stands_on_the_page_in_figures_and_as_a_picture(planner):
    found = planner.review(PLAN[:1])
    page, lines = review_page(found), review_data(found)["short"]
    assert lines
    for line in lines:
        cells = "".join(
            f'<td class="n">{line[name]}</td>' for name in ("needed", "target", "filled")
        )
        assert cells in page.replace("<strong>", "").replace("</strong>", "")
    worst = max(lines, key=lambda line: line["short"])
    assert f"{worst['filled']} of {worst['needed']}, target {worst['target']}" in page
    assert "Lines below their target, each in its worst period" in page


def test_a_plan_that_holds_says_so_and_shows_nothing_as_short(planner):
    rows = [{**PLAN[0], "quantity": 2}, {**PLAN[1], "quantity": 2}, {**PLAN[2], "quantity": 1}]
    repaired = planner.repair(rows, world="truce").corrected
    found = planner.review(repaired, world="truce")
    said = words(review_page(found))
    assert found.valid
    assert "Every rule holds" in said
    assert "Nothing: every rule holds." in said
    assert "What it assumes" not in said


def test_levels_edits_and_bounds_stand_on_the_page_of_a_repair(planner):
    found = planner.repair(PLAN, world="truce")
    page, known = repair_page(found), repair_data(found)
    said = words(page)
    assert known["edits"]
    for level in known["levels"]:
        value, bound = figures(level["objective"], level["value"], level["bound"])
        assert f"{level['objective']} {value} {bound} proved best" in said
    for edit in known["edits"]:
        cells = (edit["nation"], edit["line"], edit["capability"])
        assert f"{' '.join(cells)} {edit['period']} {edit['from']} {edit['to']}" in said


def test_rows_that_clash_stand_there_with_what_freeing_does(planner):
    found = planner.repair([PLAN[0], {**PLAN[1], "kind": "exactly"}], world="truce")
    said, known = words(repair_page(found)), repair_data(found)
    assert known["clashes"] == [[["GBR", "west"]]]
    assert "GBR at west: R3" in said
    assert "If the rows of any one of these sets may change, all others can stand. GBR at west" in (
        said
    )
    assert "There is no plan to change to." in said
    assert "corrected.xlsx" not in said


def test_a_search_without_time_claims_nothing(planner):
    said = words(repair_page(planner.repair(PLAN, world="truce", time_limit=0)))
    assert "The time limit came before any plan" in said
    assert "The search was cut off" in said
    assert "proved" not in said
    assert "No cell." not in said


def test_names_stay_text_and_the_mark_stands_twice(planner):
    found = planner.review(PLAN)
    object.__setattr__(found, "given", GivenPlan(found.given.rows, "<script>alert(1)</script>.csv"))
    page = review_page(found, "FOR <b>OFFICIAL</b> USE")
    assert "<script>alert" not in page
    assert page.count("FOR &lt;b&gt;OFFICIAL&lt;/b&gt; USE") == 2
    assert not re.search(r'(?:src|href)="(?!#)', page)


def test_the_folders_hold_the_pages_beside_the_json(planner):
    review = review_answer(planner.review(PLAN)).files()
    assert {"report.html", "machine/review.json", "tables/violations.csv"} <= set(review)
    assert json.loads(review["machine/review.json"])["valid"] is False
    repair = repair_answer(planner.repair(PLAN, world="truce")).files()
    below = {"machine/repair.json", "tables/edits.csv"}
    assert {"report.html", "corrected.xlsx", *below} <= set(repair)


def test_a_review_without_its_problem_has_no_page(planner):
    found = planner.review(PLAN)
    with pytest.raises(ValueError, match="problem"):
        review_page(Review(found.model, found.world, found.given))
