"""The nine findings of the report, asked of the reference case: what comes out, on what evidence.

A check is one statement of the case that a solver's answer bears out or not. Nothing here bends a
figure: where a finding comes out only in part, its remark says so.
"""

from collections.abc import Callable

from casebook.finding import Finding
from casebook.findings_of_nations import eighth, ninth, seventh, sixth
from casebook.findings_of_tasks import fifth, first, fourth, second, third

FINDINGS: tuple[Callable[[], Finding], ...] = (
    first, second, third, fourth, fifth, sixth, seventh, eighth, ninth,
)  # fmt: skip
