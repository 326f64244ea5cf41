"""The findings of the source report, as the reference case gives them."""

import re

from casebook import case
from casebook.case import LAND
from casebook.claims import contradictions
from casebook.files import REPORT
from casebook.finding import LARGE, LARGEST, MIDDLE, SMALL
from casebook.findings import (
    FINDINGS,
    eighth,
    fifth,
    first,
    fourth,
    ninth,
    second,
    seventh,
    sixth,
    third,
)
from casebook.pages_of_findings import section

HOW = "python reports/write_reference.py findings.md"
KEPT = re.split(r'<a id="finding-\d+"></a>', (REPORT / "findings.md").read_text(encoding="utf-8"))


def comes_out(finding):
    """By the present code, and with the figures, ids and verdicts that the kept report gives."""
    failed = [(check.says, check.evidence) for check in finding.checks if not check.holds]
    assert failed == []
    assert finding.checks
    assert contradictions("findings.md", KEPT[finding.number], section(finding)) == [], HOW
    assert finding.verdict.capitalize() in KEPT[finding.number], HOW
    assert all(row.split(":")[1].isdigit() for check in finding.checks for row in check.rows)


def test_1_today_regeneration_and_industry_are_ready_and_every_presence_task_waits():
    """Finding 1: today training, the hub and industry need nothing; no presence is possible."""
    comes_out(first())


def test_2_a_ceasefire_without_the_us_carries_20000_but_not_what_only_the_us_has():
    """Finding 2: 20,000 led by France or Britain; US capabilities are the gap."""
    comes_out(second())
    assert case.blockers(SMALL, "ceasefire", "isr_support").unlocking.sets == (("us_backstop",),)


def test_3_consent_and_a_ceasefire_are_necessary_on_ukrainian_soil():
    """Finding 3: without either, no task on Ukrainian soil is ready, whatever else is met."""
    comes_out(third())


def test_4_40000_needs_the_backstop_or_released_forces_and_30000_does_not():
    """Finding 4, in part: it comes out at 40,000; at 30,000 a ceasefire is enough."""
    comes_out(fourth())
    found = case.blockers(MIDDLE, "ceasefire", LAND)
    assert found.unlocking.complete
    assert found.unlocking.sets == (("nato_plans_revised",), ("us_backstop",))


def test_5_100000_needs_revised_plans_and_150000_is_short_everywhere():
    """Finding 5: nothing above 40,000 without released forces; 150,000 is out of reach."""
    comes_out(fifth())
    found = case.blockers(LARGE, "ceasefire", LAND)
    assert all("nato_plans_revised" in one for one in found.unlocking.sets)
    assert case.verdict(LARGEST, "all_met", LAND) == "short"


def test_6_poland_leads_the_hub_and_stands_in_no_presence_without_a_mandate():
    """Finding 6: no Polish boots; the hub at Rzeszów is Poland's."""
    comes_out(sixth())


def test_7_turkiye_finland_the_eu_and_the_us_stay_where_the_report_sees_them():
    """Finding 7: monitoring and the sea; outside; training and money; the backstop or nothing."""
    comes_out(seventh())


def test_8_canada_goes_only_with_both_france_and_britain():
    """Finding 8: Canada follows London and Paris."""
    comes_out(eighth())


def test_9_the_dilemma_has_numbers():
    """Finding 9: deterring, defending and securing draw on one pool."""
    comes_out(ninth())


def test_there_are_nine_findings_and_each_has_a_test():
    tests = [name for name in globals() if name.startswith("test_") and name[5].isdigit()]
    assert sorted(int(name[5]) for name in tests) == list(range(1, len(FINDINGS) + 1))
