"""Which question takes which options; its arguments are among them."""

from __future__ import annotations

from collections.abc import Mapping

EVERY = ("world", "with_", "count", "on", "time_limit", "workers", "seed")
"""Options of every question, in the order in which `--help` has them."""

COMMANDS: Mapping[str, tuple[str, ...]] = {
    "solve": ("model", "departures", "plan", "front", "without"),
    "packages": (
        "tasks",
        "model",
        "limit",
        "with_nations",
        "without_nations",
        "max_nations",
        "front",
        "survive",
        "without",
    ),
    "blockers": ("tasks", "model", "without_holder", "relax", "survive", "without"),
    "fragility": ("task", "model"),
    "offers": ("model",),
    "review": ("plan", "model", "releases", "without"),
    "repair": ("plan", "model", "add", "without"),
    "order": ("tasks", "model", "by"),
    "levers": ("budget", "model"),
    "endure": ("model", "lose", "from_", "how_long", "plan"),
    "ranges": ("tasks", "model", "spread", "draws", "uniform", "likelihoods"),
    "watch": ("model", "without"),
    "compare": (),
}
"""What each takes beside these, in that order too."""
