"""Runs side by side: what changed from one to another, and which differences of their inputs
turned each verdict."""
