"""`findings.md`: every finding, whose it is, its checks and what they rest on."""

from __future__ import annotations

from casebook import case
from casebook.case import SCOPES
from casebook.finding import GROUPS, Finding
from casebook.findings import FINDINGS
from casebook.pages import links, page, table
from casebook.statements import statements

INTRO = """# What the reference case finds

First what the report says (GMF, *Coalition of the Willing*, May 2025): its four key results and its
dilemma, then what its chapters say of single actors. Apart from that, what only our figures add:
the report names no size of force that needs this or that. All as verdicts of the models in
`models/` on the figures in `inputs/`, spring 2025. Each was asked of the solver: a *no* has a sum
or two engines behind it, a *yes* an allocation that the checker passes. *In part* is said where
the figures give less, or more, or hang on figures that are not known so well. *Over the ranges* is
said beside each: whether a verdict stands wherever the figures lie that nobody has reported
([ranges.md](ranges.md)). On one page: [cabinet.md](cabinet.md). Actor by actor:
[actors.md](actors.md). Who waits for whom: [order.md](order.md). What is offered:
[ladder.md](ladder.md). What part of a backstop is enough for whom: [backstop.md](backstop.md).
If somebody leaves: [leaving.md](leaving.md). With and without nations that the report does not
name: [scopes.md](scopes.md). How much hangs on single figures: [fragility.md](fragility.md). The
pool: [dilemma.md](dilemma.md)."""


def findings_page() -> str:
    found = [make() for make in FINDINGS]
    return page(
        INTRO,
        *(part for group in GROUPS for part in _summary(group, found)),
        *(section(one) for one in found),
    )


def _summary(group: str, found: list[Finding]) -> tuple[str, str]:
    rows = (
        (f"[{f.title}](#finding-{f.id})", f.verdict, _in_short(f), f.remark)
        for f in found
        if f.group == group
    )
    header = ("finding", "in the case", "over the ranges", "remark")
    return f"## {GROUPS[group]}", table(header, rows)


def _in_short(finding: Finding) -> str:
    """How many of its verdicts stand wherever the figures lie."""
    found = finding.over_ranges
    turning = found.count("open") + found.count("unknown")
    if not found:
        return "positions alone decide"
    return f"{len(found) - turning} of {len(found)} verdicts stand"


def _over_ranges(finding: Finding) -> str:
    """Each verdict that hangs on figures, and what becomes of it over their ranges."""
    if not finding.rests_on:
        return "Over the ranges: it hangs on no figure."
    rows = (
        (f"`{model}`", f"`{world}`", f"`{task}`", SCOPES[scope], *case.over_ranges(*one))
        for one in finding.rests_on
        for model, world, task, scope in [one]
    )
    return table(("model", "world", "task", "scope", "as stated", "over the ranges"), rows)


def section(finding: Finding) -> str:
    """Return the part of the page that says what one finding rests on."""
    rows = (
        (check.says, "yes" if check.holds else "**no**", check.evidence, links(check.rows))
        for check in finding.checks
    )
    return page(
        f'<a id="finding-{finding.id}"></a>\n## {finding.title}',
        _said(finding),
        f"**{finding.verdict.capitalize()}.** {finding.remark}".strip(),
        _over_ranges(finding),
        table(("statement", "holds", "evidence", "rests on"), rows),
    )


def _said(finding: Finding) -> str:
    """What the report says on it, by paragraph; whose it is where the report says nothing."""
    if not finding.statements:
        return "Ours; the report does not say it."
    said = (statements()[name] for name in finding.statements)
    return "\n".join(f"- *{one.place}*: {one.says}." for one in said)
