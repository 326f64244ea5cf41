"""Results as JSON bytes: the same result gives the same bytes."""

from __future__ import annotations

import json
from typing import Any

from allocator.result import Result


def result_bytes(result: Result) -> bytes:
    """`result.json`."""
    return data_bytes(result.model_dump(mode="json", by_alias=True))


def answers_bytes(result: Result) -> bytes:
    """What `packages` and `blockers` print: the task records, without a joint plan."""
    data = result.model_dump(mode="json", by_alias=True)
    del data["plan"]
    return data_bytes(data)


def data_bytes(data: Any) -> bytes:
    """Any JSON value, indented, with a line feed at the end."""
    text = json.dumps(data, indent=2, ensure_ascii=False, allow_nan=False)
    return f"{text}\n".encode()
