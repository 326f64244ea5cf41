"""An earlier name of `allocator.search.plan`, for programs that know its levels by it.

Deprecated: it goes with the next version.
"""

from allocator.search.plan import levels

__all__ = ["levels"]
