"""The command, as `allocator` and as `python -m allocator`.

Ctrl-C is ours before anything large is imported; how a command answers it, once it works, is told
in `allocator.cli.interrupts`.
"""


def main() -> None:
    """Run the command line."""
    import signal

    from allocator.leaving import leave

    signal.signal(signal.SIGINT, leave)
    from allocator.cli import main as command

    command(prog_name="allocator")


if __name__ == "__main__":
    main()
