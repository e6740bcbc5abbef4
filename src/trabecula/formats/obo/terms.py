"""Lines of a term of OBO: what they say of it, and the edges that they make."""

from __future__ import annotations

import re
from typing import Final

from trabecula.formats.obo.values import (
    CATEGORY,
    QUALIFIER,
    QUOTED,
    TAXON,
    listed,
    parted,
    quoted,
    unescaped,
)
from trabecula.mapping import Citation, Edge, Reading
from trabecula.mapping.ontology import CATEGORIES, Term

#: Modifiers at the end of a name, in which braces may stand as well.
_MODIFIED = re.compile(r'\s+\{[\w:.-]+="[^{}]*"\}\Z')
#: Modifiers that say where an edge is from; those that are part of what it says.
_SOURCES: Final = frozenset(("source", "xref", "database_cross_reference", "hasDbXref"))
_MEANING: Final = frozenset(
    ("gci_relation", "gci_predicate", "gci_filler", "cardinality", "minCardinality",
     "maxCardinality", "all_only", "all_some")
)  # fmt: skip
_MATCHES: Final = {
    f"{space}{match}Match": match
    for match in ("exact", "close", "broad", "narrow", "related")
    for space in ("skos:", "http://www.w3.org/2004/02/skos/core#")
}
#: Tags that give a term another name.
_SYNONYMS: Final = frozenset(
    ("synonym", "exact_synonym", "narrow_synonym", "broad_synonym", "related_synonym")
)
#: Tags that make an edge, and those of edges that are only counted.
EDGES: Final = frozenset(("is_a", "relationship", "instance_of", "equivalent_to"))
#: Tags with nothing but an id that is related to the term -> where `Term` keeps it.
_LINKS: Final = {
    "alt_id": "alternatives",
    "replaced_by": "replaced_by",
    "consider": "consider",
    "use_term": "consider",
}


def edge_of(
    reading: Reading,
    key: str,
    line: int,
    tag: str,
    value: str,
    names: dict[str, str],
    mutual: set[str],
) -> Edge | None:
    """The edge that a line makes; None where it cannot be read."""
    text, modifiers = parted(value)
    words = text.split()
    if len(words) != (2 if tag == "relationship" else 1):
        expected = "a relation and an id" if tag == "relationship" else "one id"
        reading.wrong(str(line), f"{tag}: {value!r:.60}", f"write {expected}")
        return None
    relation = {"equivalent_to": "owl:equivalentClass"}.get(tag, tag)
    if tag == "relationship":
        relation = names.get(words[0], words[0])
    papers: list[str] = []
    meaning: list[tuple[str, str]] = []
    for name, content in modifiers:
        if name.rpartition(":")[2] in _SOURCES:  # dcterms:source, too
            papers.extend(part.strip() for part in content.split(", "))
        elif name in _MEANING:
            meaning.append((name, content))
        elif name == QUALIFIER and "=" in content:
            meaning.append((content.partition("=")[0], content.partition("=")[2]))
        else:
            reading.left("modifier", name, f"line {line}")
    none = any(n in ("cardinality", "maxCardinality") and count == "0" for n, count in meaning)
    if none:
        meaning = [pair for pair in meaning if "ardinality" not in pair[0]]
    return Edge(
        subject=key,
        predicate=relation,
        object=words[-1],
        negated=none,
        symmetric=relation in mutual,
        qualifiers=tuple(meaning),
        citations=_citations(papers),
        place=f"line {line}",
    )


def _citations(papers: list[str]) -> tuple[Citation, ...]:
    return (Citation(papers=tuple(filter(None, papers))),) if any(papers) else ()


def take(reading: Reading, term: Term, line: int, tag: str, value: str) -> None:
    """Take what a line says of a term; what it has no place for is counted."""
    place = f"line {line}"
    if tag == "name":
        text = _MODIFIED.sub("", value)
        if text != value:
            reading.left("modifier", "of a name", place)
        term.name = unescaped(text)
    elif tag == "namespace" and value in CATEGORIES:
        term.category = CATEGORIES[value]
    elif tag == "def":
        term.definition, rest = quoted(value)
        term.defined_by.extend(listed(rest))
    elif tag in _SYNONYMS:
        _synonym(reading, term, tag, value, place)
    elif tag == "xref":
        _xref(reading, term, value, place)
    elif tag in _LINKS:
        getattr(term, _LINKS[tag]).append(parted(value)[0])
    elif tag == "property_value":
        _property(reading, term, value, place)
    elif tag != "id":
        reading.left("tag", tag, place)


def _synonym(reading: Reading, term: Term, tag: str, value: str, place: str) -> None:
    text, rest = quoted(value)
    term.synonyms.append(text)
    for _ in listed(rest):
        reading.left("synonym detail", "sources", place)
    scope = rest.partition("[")[0].split() or [tag.partition("_")[0].upper()]
    if scope[0] != "EXACT":
        reading.left("synonym detail", f"scope {scope[0]}", place)
    for kind in scope[1:2]:
        reading.left("synonym detail", f"type {kind}", place)


def _property(reading: Reading, term: Term, value: str, place: str) -> None:
    name, _, rest = parted(value)[0].partition(" ")
    if name in _MATCHES:
        term.matches.append((_MATCHES[name], rest.split(" ")[0].strip('"')))
    elif name == CATEGORY:
        term.category = quoted(rest)[0]
    elif name == TAXON:
        term.taxon = quoted(rest)[0]
    else:
        reading.left("property", name, place)


def _xref(reading: Reading, term: Term, value: str, place: str) -> None:
    name, modifiers = parted(value)
    label = QUOTED.search(name)
    curie = name[: label.start()].strip() if label else name
    term.xrefs.append((curie, unescaped(label[1]) if label else ""))
    for key, _ in modifiers:
        reading.left("modifier", key, place)
