"""Several values in one text, and back: lists, contexts, cross-references, rows of evidence.

Files of network programs have a text for each attribute and no more. `plain` writes our values with
these functions and `attributes` reads them back.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from trabecula.model import Context, Effect, Xref, mapping
from trabecula.vocabulary import MATCHES, STANCES

#: Between several values in one text.
BETWEEN: Final = " | "
#: The texts in a row of evidence.
TEXTS: Final = (
    "source", "stance", "strength", "method", "species", "system", "summary", "locator",
)  # fmt: skip


def joined(values: Sequence[str]) -> str:
    """Several values as one text.

    >>> joined(["Mg", "Mg²⁺"]), joined(["a | b", "c"])
    ('Mg | Mg²⁺', '["a | b", "c"]')
    """
    text = BETWEEN.join(values)
    return text if parted(text) == tuple(values) else json.dumps(list(values), ensure_ascii=False)


#: A list of texts as Python shows it.
_SHOWN: Final = re.compile(
    r"""(?x)\[ ( '[^'\\]*' | "[^"\\]*" ) ( , \s* ( '[^'\\]*' | "[^"\\]*" ) )* \]"""
)


def parted(text: str) -> tuple[str, ...]:
    """The values that `joined` put into a text, or programs that write lists as JSON or as Python.

    >>> parted("Mg | Mg²⁺"), parted("['Mg', 'Ca']")
    (('Mg', 'Mg²⁺'), ('Mg', 'Ca'))
    """
    if text.startswith("["):
        if _SHOWN.fullmatch(text):
            return tuple(part[1:-1] for part in re.findall(r"""'[^']*'|"[^"]*\"""", text))
        values = _parsed(text)
        if isinstance(values, list) and all(isinstance(value, str) for value in values):
            return tuple(values)
    return tuple(text.split(BETWEEN)) if text else ()


def in_words(context: Context) -> str:
    """A context as text: `intake=dietary; severity=mild`."""
    return "; ".join(f"{key}={value}" for key, value in context)


def paired(context: Context) -> str:
    """A context as text that `pairs` reads back."""
    text = in_words(context)
    return text if pairs(text) == context else json.dumps(mapping(context), ensure_ascii=False)


def pairs(text: str) -> Context | None:
    """The context in a text, in order; None where it is none.

    >>> pairs("intake=dietary; severity=mild"), pairs('{"a=b": ["c", "d"]}'), pairs("dietary")
    ((('intake', 'dietary'), ('severity', 'mild')), (('a=b', 'c'), ('a=b', 'd')), None)
    """
    if text.startswith("{"):
        return context_of(_parsed(text))
    parts = [part.partition("=") for part in text.split("; ")] if text else []
    if not all(key and equals and value for key, equals, value in parts):
        return None
    return tuple(sorted((key, value) for key, _, value in parts))


def context_of(values: object) -> Context | None:
    """The context in an object of JSON, in order; None where it is none."""
    if not isinstance(values, Mapping):
        return None
    context = [
        (key, each)
        for key, value in values.items()
        for each in (value if isinstance(value, list) else [value])
    ]
    return tuple(sorted(context)) if all(isinstance(each, str) for _, each in context) else None


def effect_of(values: object) -> Effect | None:
    """The effect in an object of JSON; None where it is none.

    >>> effect_of({"measure": "RR", "value": "0.9"}).value, effect_of({"size": "large"})
    ('0.9', None)
    """
    if not isinstance(values, Mapping) or not values.keys() <= set(Effect.__slots__):
        return None
    all_texts = all(isinstance(text, str) for text in values.values())
    return (Effect(**values) or None) if all_texts else None


def xref(text: str) -> Xref | None:
    """A cross-reference as `of_entity` writes it; None for other texts."""
    match, _, rest = text.partition(" ")
    curie, _, label = rest.partition(" ")
    return Xref(match, curie, label) if match in MATCHES and curie else None


def rows(text: str) -> list[dict[str, Any]] | None:
    """The rows in the `evidence` of a statement; None for what others write under this name."""
    table = _parsed(text) if text.startswith("[") else None
    if not isinstance(table, list) or not table:
        return None
    ours = all(
        isinstance(row, dict)
        and isinstance(row.get("source"), str)
        and row.get("stance", "supports") in STANCES
        and context_of(row.get("context", {})) is not None
        and ("effect" not in row or effect_of(row["effect"]) is not None)
        and all(isinstance(row.get(name, ""), str) for name in TEXTS)
        for row in table
    )
    return table if ours else None


def _parsed(text: str) -> object:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None
