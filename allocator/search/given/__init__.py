"""A given plan: what it assumes, what its rows clash over, and the nearest valid plan."""
