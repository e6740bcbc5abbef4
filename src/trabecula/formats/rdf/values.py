"""What values in RDF of others are: IRIs, names, texts."""

from __future__ import annotations

import re

from trabecula.canonical import canonical
from trabecula.formats.rdf.rows import Literal, Object

#: A term of the Evidence and Conclusion Ontology, at the end of an IRI or a CURIE.
ECO = re.compile(r"(?:ECO[_:])(\d{7})\Z")


def is_iri(value: Object) -> bool:
    """Whether a value is an IRI, and no blank node."""
    return isinstance(value, str) and ":" in value and not value.startswith("_:")


def is_name(value: Object) -> bool:
    """Whether a value names something: an IRI, or the text of a CURIE."""
    return (
        is_iri(value) if isinstance(value, str) else bool(re.fullmatch(r"[\w.-]+:\S+", value.text))
    )


def plain(value: Object) -> str:
    """The text of a value, or its IRI."""
    return value.text if isinstance(value, Literal) else value


def curie(text: str) -> str:
    """A term as a CURIE, of the Evidence and Conclusion Ontology above all."""
    match = ECO.search(text)
    return f"ECO:{match[1]}" if match else canonical(text)


def local(name: str) -> str:
    """The end of an IRI, after its last mark."""
    return re.split(r"[/#:]", name)[-1]
