"""The command, as `allocator` and as `python -m allocator`.

Ctrl-C is ours before anything large is imported; how a command answers it, once it works, is told
in `allocator.cli.interrupts`.
"""


def main() -> None:
    """Run the command line."""
    import atexit
    import signal

    from allocator.beginning import begin
    from allocator.leaving import end, leave

    begin()
    signal.signal(signal.SIGINT, leave)
    from allocator.cli import main as command

    try:
        command(prog_name="allocator")
    except SystemExit as ended:
        # Taking down all that was imported takes as long as keeping an answer, for nothing.
        atexit._run_exitfuncs()
        end(ended)
        raise


if __name__ == "__main__":
    main()
