"""The desk in a browser: its page is live, says what it shows, and no other page can read it."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from allocator.desk.serving import OpenDesk
from tests.desk.desks import LIMIT, edit, fresh, stage, until
from tests.desk.watcher import Watcher, truths
from tests.outside import chromium

AVAILABILITY = "inputs/availability.csv"
ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with chromium() as found:
        yield found


@pytest.fixture
def page(browser: Any, desk: OpenDesk) -> Iterator[Any]:
    """The desk's page; nothing that it does may be an error."""
    context = browser.new_context(viewport={"width": 1400, "height": 900})
    found, errors = context.new_page(), []
    found.on("pageerror", lambda error: errors.append(str(error)))
    found.on("console", lambda line: errors.append(line.text))
    found.goto(desk.url)
    yield found
    assert errors == []
    context.close()


def _holds(page: Any, question: Callable[[], bool]) -> None:
    end = time.monotonic() + LIMIT
    while not question():
        assert time.monotonic() < end, page.locator("#status").text_content()
        page.wait_for_timeout(20)


def _status(page: Any, text: str) -> None:
    _holds(page, lambda: text in (page.locator("#status").text_content() or ""))


def _verdict(page: Any) -> str:
    report = page.frame_locator("#frames iframe:not(.coming)")
    return str(report.locator("#table-tasks .verdict").first.text_content())


def test_a_save_is_on_the_page_and_errors_stand_above_a_grey_one(
    desk: OpenDesk, small: Path, page: Any
) -> None:
    _status(page, "all is worked out")
    assert _verdict(page) == "blocked"
    edit(small / AVAILABILITY, "GBR,medical,2", "GBR,medical,0")
    _holds(page, lambda: _verdict(page) == "short")
    beside = page.locator("#changed")
    _holds(page, lambda: "GBR medical: 0 instead of 2" in (beside.text_content() or ""))
    edit(small / AVAILABILITY, "GBR,medical,0", "GBR,medical,none")
    _status(page, "1 error")
    assert page.locator("#problems .place").text_content() == "inputs/availability.csv:4 quantity"
    assert page.locator("#frames.stale").count() == 1
    assert "from before these problems" in page.locator("#notice").text_content()
    assert _verdict(page) == "short"
    edit(small / AVAILABILITY, "GBR,medical,none", "GBR,medical,2")
    _holds(page, lambda: _verdict(page) == "blocked")
    _holds(page, lambda: page.locator("#frames.stale").count() == 0)
    assert page.locator("#problems").is_hidden()


def test_a_switch_answers_at_once_and_the_plan_of_its_world_follows(
    desk: OpenDesk, page: Any
) -> None:
    _status(page, "all is worked out")
    report = page.frame_locator("#frames iframe:not(.coming)")
    report.get_by_role("switch", name="Ceasefire").click()
    assert _verdict(page) == "ready"
    _status(page, "World today + ceasefire")
    _status(page, "all is worked out")
    _holds(page, lambda: page.locator("#frames.stale").count() == 0)
    assert _verdict(page) == "ready"
    assert "1 of 1 task staffed" in report.locator("#situation").text_content()
    assert report.get_by_role("switch", name="Ceasefire").is_checked()
    page.get_by_role("button", name="Back to the world today").click()
    _holds(page, lambda: _verdict(page) == "blocked")


def test_an_earlier_state_is_looked_at_and_says_that_it_is_one(
    desk: OpenDesk, small: Path, page: Any
) -> None:
    edit(small / AVAILABILITY, "GBR,medical,2", "GBR,medical,0")
    _holds(page, lambda: _verdict(page) == "short")
    page.get_by_role("button", name="Look at").click()
    _holds(page, lambda: _verdict(page) == "blocked")
    assert "You look at an earlier state" in page.locator("#notice").text_content()
    assert page.locator("#frames.earlier").count() == 1
    page.get_by_role("button", name="Back to now").click()
    _holds(page, lambda: _verdict(page) == "short")
    page.on("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Put the files").click()
    _holds(page, lambda: _verdict(page) == "blocked")
    assert "GBR,medical,2" in (small / AVAILABILITY).read_text("utf-8")
    page.get_by_role("button", name="Keep as a run").click()
    _holds(page, lambda: "Kept in" in page.locator("#kept").text_content())
    assert len(list((small / "reports").iterdir())) == 1


def test_a_desk_that_has_ended_is_said_to_have_ended(desk: OpenDesk, page: Any) -> None:
    _status(page, "all is worked out")
    desk.close()
    _status(page, "does not answer")
    assert page.locator("#frames.stale").count() == 1
    assert page.locator("#keep").is_disabled()


ATTACK = """
<!doctype html><title>another page</title><iframe></iframe><form method=post></form><script>
window.tried = (async () => {
  const url = decodeURIComponent(location.hash.slice(1)), found = [];
  for (const path of ["", "events", "plan.csv"]) {
    for (const mode of ["cors", "no-cors"]) {
      try { found.push((await (await fetch(url + path, { mode })).text()).slice(0, 20)); }
      catch (error) { found.push(""); }
    }
  }
  for (const path of ["keep", "world", "restore", "cancel"]) {
    for (const type of ["text/plain", "application/json"]) {
      const body = JSON.stringify({ met: ["ceasefire"], number: 1 });
      for (const mode of ["cors", "no-cors"]) {
        try {
          const how = { method: "POST", mode, body, headers: { "Content-Type": type } };
          found.push(await (await fetch(url + path, how)).text());
        } catch (error) { found.push(""); }
      }
    }
  }
  const frame = document.querySelector("iframe");
  frame.src = url;
  await new Promise((done) => { frame.onload = done; setTimeout(done, 1000); });
  const within = frame.contentDocument;
  found.push(within ? within.body.textContent.trim() : "");
  await new Promise((done) => {
    const events = new EventSource(url + "events");
    events.onmessage = (event) => { found.push(event.data); done(); };
    events.onerror = () => { found.push(""); events.close(); done(); };
  });
  const form = document.querySelector("form");
  frame.name = "there"; form.target = "there"; form.action = url + "keep"; form.submit();
  await new Promise((done) => setTimeout(done, 300));
  return found;
})();
</script>
"""


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_another_page_of_the_browser_can_neither_read_nor_drive_it(
    browser: Any, desk: OpenDesk, small: Path, tmp_path: Path, host: str
) -> None:
    """Even one that was told the token, on the same machine."""
    site = tmp_path / "site"
    site.mkdir()
    (site / "index.html").write_text(ATTACK, encoding="utf-8")
    server = ThreadingHTTPServer(("127.0.0.1", 0), _quiet(site))
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        page = browser.new_page()
        page.goto(f"http://{host}:{server.server_port}/#{desk.url}")
        found = page.evaluate("window.tried")
        page.close()
    finally:
        server.shutdown()
    assert len(found) > 20
    assert set(found) == {""}
    assert desk.desk.sitting.view()["state"]["number"] == 1
    assert not (small / "reports").exists()


def _quiet(site: Path) -> Any:
    class Quiet(SimpleHTTPRequestHandler):
        def __init__(self, *given: Any, **more: Any) -> None:
            super().__init__(*given, directory=str(site), **more)

        def log_message(self, *said: Any) -> None:
            pass

    return Quiet


def test_saves_by_another_process_are_shown_as_they_are(
    desk: OpenDesk, small: Path, page: Any
) -> None:
    """Whole, half-written and faulty ones at random moments: whatever the page has shown as the
    present answer was the answer to the files of that state, and the last is that of a fresh
    solve."""
    _status(page, "all is worked out")
    saves = [sys.executable, "-m", "tests.desk.saver", str(small), "10", "1"]
    saver = subprocess.Popen(saves, cwd=ROOT)
    watcher = Watcher(page)
    while saver.poll() is None:
        watcher.look()
    assert saver.returncode == 0
    last = fresh(small)
    text = (small / AVAILABILITY).read_bytes()
    until(desk, lambda view: view["state"]["stage"] == "whole" and desk.desk.sitting.files(
        desk.desk.sitting.present)[AVAILABILITY] == text)  # fmt: skip
    number = until(desk, stage("whole"))["state"]["number"]
    _holds(page, lambda: watcher.look().number == number and not watcher.seen[-1].stale)
    known = truths(desk.desk.sitting, small.parent / "again")
    assert watcher.faults(known) == []
    shown = watcher.seen[-1]
    assert shown.verdicts == {r.task: r.verdict for r in last.result.tasks}
    assert shown.plan == f"{len(last.result.plan.staffed)} of 1 task staffed"
    assert number > 3


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_an_accessibility_checker_finds_no_fault(
    browser: Any, desk: OpenDesk, small: Path, scheme: str
) -> None:
    """axe-core with all its rules, on problems above a grey page."""
    from axe_playwright_python.sync_playwright import Axe

    context = browser.new_context(color_scheme=scheme, bypass_csp=True)
    page = context.new_page()
    page.goto(desk.url)
    edit(small / AVAILABILITY, "GBR,medical,2", "GBR,medical,none")
    _status(page, "1 error")
    assert [one["id"] for one in Axe().run(page).response["violations"]] == []
    context.close()
