"""The command line: every command is a few lines over the public door.

Nothing heavy is imported before a command needs it.
"""

from allocator.cli.answers import endure, fragility, levers, offers, order, ranges
from allocator.cli.commands import blockers, check, packages, solve, verify
from allocator.cli.comparing import compare
from allocator.cli.converting import convert
from allocator.cli.desking import desk
from allocator.cli.given import repair, review
from allocator.cli.group import main
from allocator.cli.listing import kept_list
from allocator.cli.reporting import report
from allocator.cli.starting import init
from allocator.cli.sweeping import sweep

_COMMANDS = (
    init,
    check,
    solve,
    packages,
    blockers,
    compare,
    fragility,
    offers,
    review,
    repair,
    order,
    levers,
    endure,
    ranges,
    sweep,
    kept_list,
    desk,
    verify,
    convert,
    report,
)
for _command in _COMMANDS:
    main.add_command(_command)

__all__ = ["main"]
