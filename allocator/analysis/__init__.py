"""One command from its question to its run: phase by phase, each with its share of the time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from allocator.analysis.analysis import Analysis
    from allocator.analysis.request import Request
    from allocator.analysis.scheduler import naming

_HOMES = {"Analysis": "analysis", "Request": "request", "naming": "scheduler"}

__all__ = ["Analysis", "Request", "naming"]


def __getattr__(name: str) -> Any:
    """No engine is loaded before one is needed (PEP 562)."""
    from importlib import import_module

    if name not in _HOMES:
        raise AttributeError(f"module '{__name__}' has no attribute '{name}'")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
