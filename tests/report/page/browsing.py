"""A page in the browser: what it asked for, what went wrong, what it shows."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

DESK = {"width": 1360, "height": 900}
PHONE = {"width": 390, "height": 844}


@dataclass
class Opened:
    """A page in the browser; `requests` are all that it made, `errors` all that went wrong."""

    page: Any
    requests: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def worlds(self, worlds: Iterable[Iterable[str]]) -> list[dict[str, Any]]:
        """What the page shows in each of these worlds, each a set of preconditions brought about:
        by task its verdict, the ways listed, and the nations by state."""
        fragments = [",".join(sorted(met)) or "-" for met in worlds]
        found: list[dict[str, Any]] = self.page.evaluate(_READ, fragments)
        return found


_READ = """fragments => fragments.map(fragment => {
  history.replaceState(null, "", "#" + fragment);
  window.dispatchEvent(new HashChangeEvent("hashchange"));
  const marks = [...document.querySelectorAll("#table-tasks [data-verdict]")];
  const texts = (box, name) => [...box.querySelectorAll(name)].map(part => part.textContent);
  return Object.fromEntries(marks.map(mark => {
    const number = mark.dataset.verdict;
    const ways = document.querySelectorAll(`[data-ways="${number}"] li`);
    const nations = document.querySelector(`[data-nations="${number}"]`);
    return [number, {
      verdict: mark.textContent,
      ways: [...ways].map(way => texts(way, ".chip")),
      nations: Object.fromEntries(["may", "partly", "held", "never"].map(
        state => [state, texts(nations.querySelector(`[data-${state}]`), "span")])),
    }];
  }));
})"""


Open = Callable[..., Opened]
