"""The end of the process, at once and from anywhere: of what Ctrl-C does, the last step."""

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
