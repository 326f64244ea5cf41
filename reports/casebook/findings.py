"""All findings, asked of the reference case: what comes out, on what evidence.

A check is one statement of the case that a solver's answer bears out or not. Nothing here bends a
figure: where a finding comes out only in part, its remark says so.
"""

from collections.abc import Callable

from casebook.finding import Finding
from casebook.findings_of_positions import baltic, canada, outside, poland
from casebook.findings_of_report import dilemma, first, fourth, second, third
from casebook.findings_of_sizes import of_20k, of_40k, of_100k, of_150k

FINDINGS: tuple[Callable[[], Finding], ...] = (
    first, second, third, fourth, dilemma,
    poland, outside, canada, baltic,
    of_20k, of_40k, of_100k, of_150k,
)  # fmt: skip
