"""`findings.md`: the nine findings, each with its checks and what they rest on."""

from __future__ import annotations

from casebook.finding import Finding
from casebook.findings import FINDINGS
from casebook.pages import links, page, table

INTRO = """# What the reference case finds

The findings of the report (GMF, *Coalition of the Willing*, May 2025) as verdicts of the models in
`models/` on the figures in `inputs/`, spring 2025. Each was asked of the solver: a *no* has a sum
or two engines behind it, a *yes* an allocation that the checker passes. *In part* is said where
the figures give less, or more, than the report. Actor by actor: [actors.md](actors.md). How much
hangs on single figures: [fragility.md](fragility.md). The pool: [dilemma.md](dilemma.md)."""


def findings_page() -> str:
    found = [make() for make in FINDINGS]
    summary = table(
        ("", "finding", "in the case"),
        ((f.number, f"[{f.title}](#finding-{f.number})", f.verdict) for f in found),
    )
    return page(INTRO, summary, *(section(one) for one in found))


def section(finding: Finding) -> str:
    """Return the part of the page that says what one finding rests on."""
    rows = (
        (check.says, "yes" if check.holds else "**no**", check.evidence, links(check.rows))
        for check in finding.checks
    )
    return page(
        f'<a id="finding-{finding.number}"></a>\n## {finding.number}. {finding.title}',
        f"**{finding.verdict.capitalize()}.** {finding.remark}".strip(),
        table(("statement", "holds", "evidence", "rests on"), rows),
    )
