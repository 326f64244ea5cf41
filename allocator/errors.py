"""The base of all our errors: each knows the exit status that a command ends with.

Errors are defined where they are raised, and derive from one of these. Whatever else a command
meets, but for errors of the system, is a fault of ours.
"""

from __future__ import annotations

from typing import ClassVar

ANSWERED = 0
INPUTS_WRONG = 1
COMMAND_LINE_WRONG = 2
NO_ANSWER_IN_TIME = 3
FAULT = 4


class AllocatorError(Exception):
    """What this package raises. Those that never reach a user, being caught within, end as a
    fault where they do."""

    exit_status: ClassVar[int] = FAULT


class InputsWrongError(AllocatorError):
    """The inputs, or a kept run, are not what they have to be."""

    exit_status = INPUTS_WRONG


class CommandWrongError(AllocatorError):
    """What was asked for, or where it was to be kept, cannot be."""

    exit_status = COMMAND_LINE_WRONG


class UsageError(CommandWrongError, ValueError):
    """A model, world, task or precondition that the workspace does not have, a bad option, or
    figures too large."""


def exit_status(error: BaseException) -> int:
    """Return the exit status for an error; FAULT for one that nobody expects."""
    if isinstance(error, AllocatorError):
        return error.exit_status
    return COMMAND_LINE_WRONG if isinstance(error, OSError) else FAULT
