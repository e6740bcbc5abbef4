"""Documents of Biofactoid: what the authors of a paper say of its genes and chemicals.

An interaction has two participants; the group of the one that is acted on says the sign.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from trabecula.mapping import Citation, Edge, Item, Node, Reading
from trabecula.model import Source, Xref

_SIGNS: Final = {"positive": 1, "negative": -1, "unsigned": 0}
_SPACES: Final = {"ncbi": "NCBIGene", "chebi": "CHEBI", "uniprot": "UniProtKB"}
_KNOWN: Final = frozenset(
    ("id", "type", "name", "association", "entries", "position", "completed", "secret",
     "description", "parentId")
)  # fmt: skip


def items(reading: Reading) -> Iterator[Item]:
    """The entities and interactions of a document, or of a list of them."""
    content = reading.json()
    for number, document in enumerate(content if isinstance(content, list) else [content]):
        if isinstance(document, dict) and isinstance(document.get("elements"), list):
            yield from _document(reading, document, f"[{number}].")
        else:
            reading.wrong(f"[{number}]", "a document without elements", "write a list of them")


def _document(reading: Reading, document: dict[str, Any], place: str) -> Iterator[Item]:
    for name in document:
        if name not in ("id", "elements", "citation", "text", "secret"):
            reading.left("key", name, f"{place}{name}")
    kept = {}
    for number, element in enumerate(document["elements"]):
        where = f"{place}elements[{number}]"
        if not isinstance(element, dict) or not isinstance(element.get("id"), str):
            reading.wrong(where, "an element without an id", "give it one")
            continue
        kept[element["id"]] = (element, where)
        for name in element:
            if name not in _KNOWN:
                reading.left("key", name, where)
    citation = _citation(document)
    yield from _source(document, citation)
    for element, where in kept.values():
        if isinstance(element.get("entries"), list):
            yield from _interaction(reading, element, where, kept, citation)
        else:
            yield _node(element)


def _node(element: dict[str, Any]) -> Node:
    """An entity by what its author matched it with; else by its name."""
    association = element.get("association")
    association = association if isinstance(association, dict) else {}
    space, local = str(association.get("namespace") or ""), str(association.get("id") or "")
    name = str(element.get("name") or association.get("name") or "")
    xrefs = [
        Xref("close", f"{row.get('db')}:{row.get('id')}")
        for row in _list(association.get("dbXrefs"))
        if isinstance(row, dict) and row.get("db") and row.get("id")
    ]
    return Node(
        key=element["id"],
        identifier=f"{_SPACES.get(space.casefold(), space)}:{local}" if space and local else name,
        name=name,
        category=str(element.get("type") or ""),
        synonyms=tuple(
            text
            for text in (association.get("name"), *_list(association.get("synonyms")))
            if isinstance(text, str) and text and text != name
        ),
        xrefs=tuple(dict.fromkeys(xrefs)),
        description=str(element.get("description") or ""),
        taxon=f"NCBITaxon:{association['organism']}" if association.get("organism") else "",
    )


def _interaction(
    reading: Reading,
    element: dict[str, Any],
    place: str,
    kept: dict[str, tuple[dict[str, Any], str]],
    citation: Citation,
) -> Iterator[Item]:
    entries = [row for row in element["entries"] if isinstance(row, dict)]
    unknown = [row.get("id") for row in entries if str(row.get("id")) not in kept]
    kind = str(element.get("type") or "interaction")
    if unknown:
        reading.wrong(place, f"there is no element {unknown[0]!r:.60}", "name one of the document")
        return
    if kind == "complex":
        yield _node(element)
        for row in entries:
            yield Edge(subject=row["id"], predicate="part_of", object=element["id"],
                       citations=(citation,), place=place)  # fmt: skip
        return
    acted_on = [row for row in entries if str(row.get("group")) in _SIGNS]
    acting = [row for row in entries if row not in acted_on]
    if len(entries) != 2 or len(acted_on) > 1:
        reading.left("interaction", f"{kind} of {len(entries)}", place)
        return
    mutual = not acted_on
    start, end = (entries[0], entries[1]) if mutual else (acting[0], acted_on[0])
    sign = None if mutual else _SIGNS[end["group"]]
    yield Edge(
        subject=start["id"],
        predicate=kind,
        object=end["id"],
        sign=sign,
        symmetric=mutual,
        qualifiers=(("mechanism", kind),) if sign else (),
        citations=(citation,),
        place=place,
    )


def _citation(document: dict[str, Any]) -> Citation:
    """The paper of a document, and what its author says in a sentence."""
    told = document.get("citation")
    told = told if isinstance(told, dict) else {}
    paper = f"PMID:{told['pmid']}" if told.get("pmid") else ""
    if not paper and told.get("doi"):
        paper = f"doi:{told['doi']}"
    return Citation(
        papers=(paper,) if paper else (),
        database="Biofactoid",
        record=str(document.get("id") or ""),
        summary=str(document.get("text") or document.get("caption") or ""),
    )


def _source(document: dict[str, Any], citation: Citation) -> Iterator[Source]:
    """The paper of a document with its title and its other name."""
    told = document.get("citation")
    if citation.papers and isinstance(told, dict):
        doi = f"doi:{told['doi']}" if told.get("doi") else ""
        title = str(told.get("title") or "")
        xrefs = (doi,) if doi and doi not in citation.papers else ()
        yield Source(id=citation.papers[0], kind="cited", title=title, xrefs=xrefs)


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
