"""A run kept: its folder written, made again, written anew."""
