"""Minimal yes-sets of a monotone question: all, the cheapest, and what they say of all worlds."""
