"""The findings of the reference case: the report's results, its positions, and what is ours."""

import re

import pytest

from casebook import case, sizes
from casebook.case import LAND
from casebook.claims import contradictions
from casebook.files import REPORT
from casebook.finding import GROUPS, LARGE, LARGEST, MIDDLE, SMALL, UNLOCKED_40K
from casebook.findings import FINDINGS
from casebook.pages_of_findings import section
from tests.reference.kept import HOW, STALE

KEPT = dict(
    re.findall(
        r'<a id="finding-(\w+)"></a>\n(.*?)(?=<a id="|\Z)',
        (REPORT / "findings.md").read_text(encoding="utf-8"),
        re.DOTALL,
    )
)


FOUND = [make() for make in FINDINGS]


@pytest.mark.parametrize("finding", FOUND, ids=lambda finding: finding.id)
def test_a_finding_comes_out(finding):
    """By the present code, and, where it was made from these tables, as the kept report has it."""
    failed = [(check.says, check.evidence) for check in finding.checks if not check.holds]
    assert failed == []
    assert finding.checks
    assert all(row.split(":")[1].isdigit() for check in finding.checks for row in check.rows)
    if not STALE:
        assert contradictions("findings.md", KEPT[finding.id], section(finding)) == [], HOW
        assert finding.verdict.capitalize() in KEPT[finding.id], HOW


def test_the_report_has_four_key_results_and_a_dilemma():
    assert [one.id for one in FOUND if one.group == "report"] == ["1", "2", "3", "4", "dilemma"]
    assert {one.group for one in FOUND} == set(GROUPS)


def test_what_turns_over_the_ranges_is_said_to():
    """A finding whose verdicts hang on figures that may be off comes out in part at the most, where
    it is ours; and of each it is told what becomes of it."""
    for finding in FOUND:
        assert bool(finding.rests_on) == (finding.group != "positions"), finding.title
        assert "unknown" not in finding.over_ranges
        if finding.group == "ours":
            assert finding.in_part or "open" not in finding.over_ranges, finding.title
            assert any("over their ranges" in check.says for check in finding.checks)


def test_support_that_is_under_way_stands_wherever_the_figures_lie():
    first = next(one for one in FOUND if one.id == "1")
    assert set(first.over_ranges) == {"surely ready"}


def test_only_the_united_states_watches_the_whole_theatre():
    found = case.blockers(SMALL, "ceasefire", "isr_support").unlocking
    assert found.complete
    assert found.sets == (("us_backstop",), ("us_isr",))


def test_40000_needs_revised_plans_or_the_backstop_with_a_german_decision():
    found = case.blockers(MIDDLE, "ceasefire", LAND)
    assert found.unlocking.complete
    assert found.unlocking.sets[:2] == (("nato_plans_revised",), UNLOCKED_40K)
    others = found.unlocking.sets[2:]
    assert all({"deu_decision", "us_isr", "us_airlift"} <= set(one) for one in others)


def test_60000_needs_revised_plans_and_150000_is_short():
    found = case.blockers(LARGE, "ceasefire", LAND)
    assert all("nato_plans_revised" in one for one in found.unlocking.sets)
    assert case.verdict(LARGEST, "all_met", LAND) == "short"


def test_the_two_scopes_differ_where_it_matters():
    """20,000 with a ceasefire: ready with nations that the report does not name, not without."""
    assert case.verdict(SMALL, "ceasefire", LAND) == "ready"
    record = case.blockers(SMALL, "ceasefire", LAND, "own")
    assert record.verdict == "blocked"
    assert record.unlocking.complete
    assert ("nato_plans_revised",) in record.unlocking.sets
    silent, everybody = sizes.unstated(SMALL, "ceasefire")
    assert 0 < silent < everybody
