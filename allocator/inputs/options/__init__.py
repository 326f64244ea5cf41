"""What a question may say: every option declared once, for the command line, for Python, for what
a run keeps of it and for what its folder is called."""

from allocator.inputs.options.commands import COMMANDS, EVERY
from allocator.inputs.options.declared import OPTIONS
from allocator.inputs.options.option import Option

__all__ = ["COMMANDS", "EVERY", "OPTIONS", "Option"]
