"""Verdicts over the ranges of figures."""
