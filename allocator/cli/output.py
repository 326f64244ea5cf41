"""What reaches the terminal: the one place through which standard output and standard error go.

Names come from inputs, from kept runs and from messages of others; what in them could steer a
terminal is made visible on the way, whoever writes it.
"""

from __future__ import annotations

import io
import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TextIO

import click

from allocator.errors import CommandWrongError

_STEERING = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]"
)
_STYLE = re.compile("(\x1b\\[[0-9;]*m)")
"""How colours are switched on and off."""


class ShownError(CommandWrongError):
    """The answer could not be written to standard output."""


def visible(text: str) -> str:
    """Return the text with its control characters, but line ends and tabs, as escapes."""
    return _STEERING.sub(lambda found: ascii(found.group())[1:-1], text)


def page(text: str, *, err: bool = False) -> None:
    """Write what `rendered` made: its colours pass."""
    stream = sys.stderr if err else sys.stdout
    if not isinstance(stream, Visible):
        click.echo(text, nl=False, err=err)
        return
    stream.styled = True
    try:
        click.echo(text, nl=False, err=err)
    finally:
        stream.styled = False


def data(content: bytes) -> None:
    """Write what other programs read: byte for byte, unless a terminal stands in their place."""
    with _or_told(sys.stdout):
        click.echo(content.decode() if sys.stdout.isatty() else content, nl=False)


class Visible(io.TextIOWrapper):
    """Text on its way to a standard stream, which is `beneath`."""

    def __init__(self, beneath: io.TextIOWrapper) -> None:
        super().__init__(
            beneath.buffer,
            encoding=beneath.encoding,
            errors="backslashreplace",
            line_buffering=beneath.line_buffering,
            write_through=beneath.write_through,
        )
        self.beneath = beneath
        self.styled = False

    def close(self) -> None:
        """Let go of the stream beneath, which is not its own to close: it may be left behind by
        what ended in the middle, and found by the garbage collector."""
        with suppress(OSError, ShownError, ValueError):
            self.detach()

    def write(self, text: str) -> int:
        parts = _STYLE.split(text) if self.styled else [text]
        shown = (part if n % 2 else visible(part) for n, part in enumerate(parts))
        return super().write("".join(shown))


class _Answers(Visible):
    """Standard output: who reads it must hear where it is cut off."""

    def write(self, text: str) -> int:
        if text == "":  # A library that tries the stream would keep the error to itself.
            return 0
        with _or_told(self):
            return super().write(text)

    def flush(self) -> None:
        with _or_told(self):
            super().flush()


@contextmanager
def _or_told(stream: TextIO) -> Iterator[None]:
    """Within the block what cannot be written to the stream is a ShownError."""
    try:
        yield
    except BrokenPipeError:  # Who reads it has seen enough.
        raise
    except OSError as error:
        leave_quietly(stream)
        why = error.strerror or error
        raise ShownError(f"the answer could not be shown: {why}") from None


class _Notes(Visible):
    """Standard error: where nobody can read it, the work goes on."""

    def flush(self) -> None:
        try:
            super().flush()
        except OSError:
            leave_quietly(self)


@contextmanager
def visible_streams() -> Iterator[None]:
    """Within the block the standard streams show control characters."""
    before = sys.stdout, sys.stderr
    with _over(sys.stdout, _Answers) as sys.stdout, _over(sys.stderr, _Notes) as sys.stderr:
        try:
            yield
        finally:
            sys.stdout, sys.stderr = before


@contextmanager
def _over(stream: TextIO, kind: type[Visible]) -> Iterator[TextIO]:
    if not isinstance(stream, io.TextIOWrapper) or isinstance(stream, Visible):
        yield stream
        return
    shown = kind(stream)
    try:
        yield shown
    finally:
        with suppress(OSError, ShownError, ValueError):
            shown.flush()
        shown.close()


def beneath(stream: TextIO) -> TextIO:
    """Return the stream itself, for what moves the cursor on purpose."""
    return stream.beneath if isinstance(stream, Visible) else stream


def leads_somewhere() -> bool:
    """Return whether the process was started with a standard output."""
    return getattr(beneath(sys.stdout), "name", None) != os.devnull


def leave_quietly(stream: TextIO) -> None:
    """What is left to write to the stream goes nowhere, at the end of the process too."""
    with suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)


def open_streams() -> bool:
    """Give the process the standard streams that it was started without, leading nowhere; return
    whether there was a standard output.

    Else the next file that is opened would get the number of one, and with it what libraries print.
    """
    heard = sys.stdout is not None
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        if getattr(sys, name) is None:
            _open_nowhere(number)
            setattr(sys, name, open(os.devnull, "w" if number else "r"))  # noqa: SIM115
    return heard


def _open_nowhere(number: int) -> None:
    """Opens this number, if it is free, and keeps it open."""
    try:
        os.fstat(number)
    except OSError:
        nowhere = os.open(os.devnull, os.O_RDWR)
        if nowhere != number:
            os.dup2(nowhere, number)
            os.close(nowhere)
