"""JSON-LD: one node an object, with a context of prefixes that is part of the file."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cache, partial
from typing import Any, Final

from trabecula.formats.rdf.rows import XSD, Description, Literal, Object, term
from trabecula.formats.rdf.spaces import iris_of, split
from trabecula.formats.rdf.terms import node

#: JSON-LD takes a prefix that ends in one of these without being told that it is one.
_ENDS_OF_A_PREFIX: Final = tuple(":/?#[]@")
_TYPE: Final = term("rdf:type")


def render(description: Description, spaces: list[tuple[str, str]]) -> bytes:
    """What is said of subjects, as a file; `spaces` are the prefixes that its IRIs may have.

    Raises `FormatError` for what is no IRI.
    """
    iris = (iri for subject, pairs in description.items() for iri in iris_of(subject, pairs))
    for iri in dict.fromkeys(iris):
        node(iri)  # which refuses what is no IRI; readers of JSON-LD leave it out without a word
    used = _Used(spaces)
    # A few thousand IRIs make up ten times as many values, and each has a hundred prefixes to try.
    short = cache(partial(_compact, used=used))
    nodes = [_object(subject, pairs, short) for subject, pairs in description.items()]
    context = {
        "@version": 1.1,
        **dict(sorted(used.spaces.items(), key=lambda item: item[0].casefold())),
    }
    document = {"@context": context, "@graph": nodes}
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


@dataclass(slots=True)
class _Used:
    """The prefixes that may be used, and those that were, as a context of JSON-LD has them."""

    available: list[tuple[str, str]]
    spaces: dict[str, object] = field(default_factory=dict)


def _object(
    subject: str, pairs: Iterable[tuple[str, Object]], short: Callable[[str], str]
) -> dict[str, Any]:
    written: dict[str, Any] = {"@id": short(subject)}
    for predicate, value in pairs:
        if predicate == _TYPE:
            written.setdefault("@type", []).append(short(str(value)))
        else:
            written.setdefault(short(predicate), []).append(_value(value, short))
    return {
        key: value[0] if isinstance(value, list) and len(value) == 1 else value
        for key, value in written.items()
    }


def _value(value: Object, short: Callable[[str], str]) -> object:
    if not isinstance(value, Literal):
        return {"@id": short(value)}
    if value.datatype == XSD + "string":
        return value.text
    if value.datatype == XSD + "boolean":
        return value.text == "true"
    if value.datatype == XSD + "integer":
        return int(value.text)
    return {"@type": short(value.datatype), "@value": value.text}


def _compact(iri: str, used: _Used) -> str:
    """The IRI with its prefix, which is noted among those used."""
    name, local = split(iri, used.available)
    if not name or local.startswith("//"):  # which JSON-LD would take for a scheme
        return iri
    space = iri[: -len(local)]
    plain = space.endswith(_ENDS_OF_A_PREFIX)
    used.spaces[name] = space if plain else {"@id": space, "@prefix": True}
    return f"{name}:{local}"
