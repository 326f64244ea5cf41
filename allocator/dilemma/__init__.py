"""One pool of forces, several jobs: what an operation takes of what is left after commitments."""

from allocator.dilemma.picture import picture
from allocator.dilemma.pool import Pool, pools
from allocator.dilemma.taken import Taken, Together, least, together

__all__ = ["Pool", "Taken", "Together", "least", "picture", "pools", "together"]
