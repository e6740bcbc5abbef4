"""Counted nouns: the one place that knows that one is not several."""

from __future__ import annotations


def counted(number: int, noun: str, plural: str = "") -> str:
    """A number with its noun; the plural has an s, or is given.

    >>> counted(1, "claim"), counted(0, "claim"), counted(61_544, "entity", "entities")
    ('1 claim', '0 claims', '61,544 entities')
    """
    return f"{number:,} {one_or_many(number, noun, plural)}"


def one_or_many(number: int, noun: str, plural: str = "") -> str:
    """The noun as it stands after this number."""
    return noun if number == 1 else plural or f"{noun}s"
