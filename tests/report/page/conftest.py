"""A browser without a window, and pages in it whose every request and error is kept."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.outside import chromium
from tests.report.page.browsing import DESK, Open, Opened


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Debian's Chromium, driven by Playwright."""
    with chromium() as found:
        yield found


@pytest.fixture
def open_page(browser: Any, tmp_path: Path) -> Iterator[Open]:
    """Opens HTML from a file, as people do; fails where the page asks for anything else."""
    contexts: list[Any] = []
    pages: list[tuple[Opened, str]] = []

    def opened(html: str, fragment: str = "", **how: Any) -> Opened:
        path = tmp_path / f"page-{len(contexts)}.html"
        path.write_text(html, encoding="utf-8")
        contexts.append(browser.new_context(**{"viewport": DESK, **how}))
        found = Opened(contexts[-1].new_page())
        found.page.on("request", lambda request: found.requests.append(request.url))
        found.page.on("pageerror", lambda error: found.errors.append(str(error)))
        found.page.on("console", lambda line: found.errors.append(line.text))
        found.page.on("dialog", lambda dialog: found.errors.append(dialog.message))
        found.page.goto(path.as_uri() + fragment)
        pages.append((found, path.as_uri()))
        return found

    yield opened
    for found, address in pages:
        assert {url.split("#")[0] for url in found.requests} == {address}
        assert found.errors == []
    for context in contexts:
        context.close()
