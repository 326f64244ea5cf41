"""A search under watch: every phase has its words, and Ctrl-C is answered whenever it comes."""

from __future__ import annotations

import signal
from typing import get_args

import pytest

from allocator.cli import watching
from allocator.cli.interrupts import KEEPING, Interrupts
from allocator.cli.watching import watched
from allocator.deadline import Deadline
from allocator.progress import Phase


def test_every_phase_has_its_words() -> None:
    assert set(get_args(Phase)) == set(watching._PHASES)


def test_ctrl_c_as_a_search_ends_is_answered(capfd: pytest.CaptureFixture[str]) -> None:
    heard = Interrupts()

    def work(**how: object) -> str:
        heard.heard(signal.SIGINT, None)
        return "found"

    assert watched(work, Deadline(60), heard) == "found"
    assert capfd.readouterr().err == KEEPING


def test_a_search_without_ctrl_c_says_nothing(capfd: pytest.CaptureFixture[str]) -> None:
    assert watched(lambda **how: 1, Deadline(60), Interrupts()) == 1
    assert capfd.readouterr().err == ""
