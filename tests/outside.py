"""Programs that tests need and that pip does not bring.

Where one is missing its tests are skipped. With `ALLOCATOR_ALL_PROGRAMS` set they fail instead, so
that a run that is meant to have everything cannot pass without it.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

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


@contextmanager
def chromium() -> Iterator[Any]:
    """A Chromium without a window, driven by Playwright; skips or fails where there is none."""
    path = program("chromium", "chromium-browser", "google-chrome")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        found = driver.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield found
        found.close()
