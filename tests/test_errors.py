"""Every error that the package raises has one base, and a command ends with its status."""

from __future__ import annotations

import ast
from importlib import import_module
from pathlib import Path

import pytest

import allocator
from allocator import errors

ROOT = Path(allocator.__file__).parent


def _defined() -> list[tuple[str, str]]:
    """Modules with the names of the exceptions that they define for others."""
    found = []
    for path in sorted(ROOT.rglob("*.py")):
        module = ".".join(path.relative_to(ROOT.parent).with_suffix("").parts)
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            named = isinstance(node, ast.ClassDef) and node.name.endswith("Error")
            if named and not node.name.startswith("_"):
                found.append((module, node.name))
    return found


@pytest.mark.parametrize(("module", "name"), _defined())
def test_an_error_has_our_base(module: str, name: str) -> None:
    assert issubclass(getattr(import_module(module), name), errors.AllocatorError)


def test_there_are_errors_to_look_at() -> None:
    assert len(_defined()) > 15


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (errors.UsageError("which?"), 2),
        (errors.InputsWrongError("a cell"), 1),
        (OSError("no room"), 2),
        (errors.AllocatorError("caught within"), 4),
        (ZeroDivisionError(), 4),
    ],
)
def test_a_command_ends_with_the_status_of_its_error(error: Exception, status: int) -> None:
    assert errors.exit_status(error) == status
