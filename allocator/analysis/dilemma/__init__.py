"""One pool of forces, several jobs: what an operation takes of what is left after commitments."""

from allocator.analysis.dilemma.layers import Layers, layers
from allocator.analysis.dilemma.pool import Pool, pools
from allocator.analysis.dilemma.taken import Taken, Together, least, together

__all__ = ["Layers", "Pool", "Taken", "Together", "layers", "least", "pools", "together"]
