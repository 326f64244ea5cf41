"""A command line, run in this process."""

from __future__ import annotations

from click.testing import CliRunner, Result

from allocator.cli import main


def run(*words: object) -> Result:
    """What the command comes to. words: of the command line, behind the program's name."""
    return CliRunner().invoke(main, [str(word) for word in words], prog_name="allocator")
