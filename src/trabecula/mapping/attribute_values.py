"""The values of attributes: texts, numbers, truth values, lists and objects, as texts."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from typing import Any, Final, TypeAlias

from trabecula.mapping.joined import parted

#: Name -> value: text, number, truth value, list or object.
Values: TypeAlias = Mapping[str, Any]
#: An attribute by itself: its name as the file has it, and its value.
Attribute: TypeAlias = tuple[str, Any]
#: What stands between several papers in one text, but not within brackets.
_BETWEEN: Final = re.compile(r"[|;,\s]+(?![^(]*\))")


def texts(value: Any, *, separators: bool = False) -> tuple[str, ...]:
    """The values in an attribute as texts, without those that say nothing.

    A list, a list that is written as JSON, or texts with ` | ` between them; with `separators`,
    also those with `|`, `;`, `,` or a blank between them, as lists of papers are written.

    >>> texts(["a", None, 2.0]), texts('["a", "b"]'), texts("PMID:1; PMID:2", separators=True)
    (('a', '2'), ('a', 'b'), ('PMID:1', 'PMID:2'))
    """
    if isinstance(value, (list, tuple)):
        several = [text for each in value for text in texts(each, separators=separators)]
        return tuple(several)
    text = text_of(value)
    if text.isalnum():
        return (text,)
    parts = parted(text)
    if separators:
        parts = tuple([part for each in parts for part in _BETWEEN.split(each)])
    return tuple([stripped for part in parts if (stripped := part.strip())])


def text_of(value: Any) -> str:
    """A value as text: empty for none, 2 for 2.0."""
    if isinstance(value, str):  # as most are
        return value.strip()
    if value is None or isinstance(value, Mapping | list | tuple):
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        if math.isnan(value):
            return ""
        return str(int(value)) if value.is_integer() else repr(value)
    return str(value).strip()


def says_nothing(value: Any) -> bool:
    """Whether a value is empty."""
    if isinstance(value, str):
        return not value or value.isspace()
    if isinstance(value, Mapping | list | tuple):
        return not value
    return not text_of(value)


def first_texts(attributes: tuple[Attribute, ...]) -> list[tuple[str, str]]:
    """The name and the text of each attribute; of a list its first, of an empty one nothing."""
    pairs = []
    for name, value in attributes:
        text = next(iter(texts(value)), "") if isinstance(value, (list, tuple)) else text_of(value)
        if text:
            pairs.append((name, text))
    return pairs
