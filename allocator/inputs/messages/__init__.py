"""The text of every message, each under its stable code.

W1 files, W2 cells and values, W3 what the parts of a model say to each other, W4 names that
refer to something, W5 warnings, W6 a plan of one's own, W7 a sweep; a file each. A message names
both values; the hint says what to do next.
"""

from __future__ import annotations

from allocator.inputs.issues import Issue, Place
from allocator.inputs.messages.files import FILES
from allocator.inputs.messages.given import GIVEN
from allocator.inputs.messages.message import Message
from allocator.inputs.messages.models import MODELS
from allocator.inputs.messages.names import NAMES
from allocator.inputs.messages.sweeps import SWEEPS
from allocator.inputs.messages.values import VALUES
from allocator.inputs.messages.warnings import WARNINGS

__all__ = ["MESSAGES", "Message", "issue"]

MESSAGES: dict[str, Message] = FILES | VALUES | MODELS | NAMES | WARNINGS | GIVEN | SWEEPS


def issue(
    code: str, place: Place, found: str = "", expected: str = "", near: str = "", **values: object
) -> Issue:
    """Return the issue with this code. `near` is the name that was probably meant, where one is
    near.

    place: where it stands. found: what stands there. expected: what would fit.
    """
    message = MESSAGES[code]
    expected = expected or message.expected.format(found=found, **values)
    values |= {"found": found, "expected": expected}
    hint = message.hint.format(**values)
    if near:
        hint = f"did you mean '{near}'? Otherwise {hint}" if hint else f"did you mean '{near}'?"
    text = message.text.format(**values)
    return Issue(code, message.severity, place, text, found, expected, hint)
