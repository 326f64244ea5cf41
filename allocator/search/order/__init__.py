"""What comes about in turn, what only together, and in which month."""
