"""Programs that tests need and that pip does not bring.

Where one is missing its tests are skipped. With `ALLOCATOR_ALL_PROGRAMS` set they fail instead, so
that a run that is meant to have everything cannot pass without it.
"""

from __future__ import annotations

import os
import shutil

import pytest

REQUIRED = "ALLOCATOR_ALL_PROGRAMS"


def program(*names: str) -> str:
    """The path of the first of these programs that is installed; skips or fails without any."""
    for name in names:
        if found := shutil.which(name):
            return found
    message = f"{names[0]} is not installed"
    if os.environ.get(REQUIRED):
        pytest.fail(f"{message}, and {REQUIRED} asks for all programs")
    pytest.skip(message)
