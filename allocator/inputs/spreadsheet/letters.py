"""Columns of a sheet by letter."""

from __future__ import annotations

from functools import lru_cache


@lru_cache(maxsize=1024)
def letter_of(number: int) -> str:
    """The letters of a column counted from 1: A, B … Z, AA …"""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
