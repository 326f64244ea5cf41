"""The end of the process, at once: of what Ctrl-C does the last step, and once an answer is out."""

INTERRUPTED = 130
LEFT = "Interrupted; every file is whole, or as it was before.\n"


def leave(number: int = 0, frame: object = None, text: str = LEFT) -> None:
    """Say why, and end; a handler of the signal. Threads may still run in the engines, so the
    interpreter is not taken down in order.

    number: of the signal. frame: not looked at. text: why it ends.
    """
    import os

    try:
        os.write(2, text.encode())
    finally:
        os._exit(INTERRUPTED)


def end(ended: SystemExit) -> None:
    """End the process as it was about to end, but without taking the interpreter down in order;
    do nothing where that could not tell what Python tells."""
    import os
    import sys

    if not (ended.code is None or isinstance(ended.code, int)):
        return
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except OSError:
        return
    os._exit(ended.code or 0)
