"""The desk leaves to others what they log to: libraries close their stream with their handler."""

from __future__ import annotations

import logging
from pathlib import Path

from tests.desk.desks import opened


class _Handler(logging.Handler):
    closed = False

    def close(self) -> None:
        self.closed = True
        super().close()


def test_a_desk_closes_nothing_that_others_log_to(small: Path) -> None:
    handler = _Handler()
    desk = opened(small)
    desk.close()
    assert not handler.closed
    handler.close()
