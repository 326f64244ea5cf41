"""A run, or a comparison of runs, as one HTML file that needs nothing else: no network,
no server, no other file.

Everything that matters is text, tables and pictures in the file; a small script adds switches.
"""

from allocator.report.page.page import page

__all__ = ["page"]
