"""CX, version 1, of NDEx and Cytoscape: aspects in any order, and in parts.

Read are the aspects nodes, edges, nodeAttributes, edgeAttributes, networkAttributes, citations,
supports, edgeCitations, edgeSupports, functionTerms (of BEL), reifiedEdges (nodes that stand for
an edge of which something is said) and @context, whose prefixes may have blanks in them; the others
are named and left out. Written are nodes, edges and their attributes.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, Final

from trabecula import plain
from trabecula.about import PREFIX
from trabecula.errors import FormatError, Problem
from trabecula.graph import Graph
from trabecula.mapping import Citation, Item, Prefixes, Reading, bel
from trabecula.mapping.attribute_values import texts
from trabecula.mapping.attributes import Attributes, Row, left_of_graph
from trabecula.mapping.prefixes import spaces_in, unfolded
from trabecula.model import About

_READ: Final = (
    "@context", "nodes", "edges", "nodeAttributes", "edgeAttributes", "networkAttributes",
    "citations", "supports", "edgeCitations", "edgeSupports", "functionTerms", "reifiedEdges",
)  # fmt: skip
#: What says how the file is made up, and what it looks like.
_PASSED: Final = frozenset(
    (
        "numberVerification", "metaData", "status", "cartesianLayout", "cyVisualProperties",
        "visualProperties", "cyTableColumn", "cyHiddenAttributes", "cyViews", "cyNetworkRelations",
        "provenanceHistory", "ndexStatus", "bELNamespaceFiles", "subNetworks", "cySubNetworks",
    )
)  # fmt: skip


def items(reading: Reading) -> Iterator[Item]:
    """The nodes and edges of a file."""
    aspects = _aspects(reading)
    attributes = Attributes(reading)
    spaces = _context(aspects)
    told = _of_network(reading, aspects["networkAttributes"])
    yield About(title=told.get("name", ""))
    yield Prefixes({prefix: iri for prefix, iri in spaces.items() if PREFIX.fullmatch(prefix)})
    yield from attributes.network(
        _nodes(reading, aspects, spaces), _edges(reading, aspects, spaces)
    )


def _aspects(reading: Reading) -> dict[str, list[tuple[str, dict[str, Any]]]]:
    """Aspect -> its elements, each with its place, of all the parts that it is in."""
    document = reading.json()
    if not isinstance(document, list):
        fix = 'write [{"nodes": […]}, {"edges": […]}]'
        raise FormatError([Problem("json-shape", reading.where, "this is no list of aspects", fix)])
    aspects: dict[str, list[tuple[str, dict[str, Any]]]] = {name: [] for name in _READ}
    for fragment in document:
        for name, elements in fragment.items() if isinstance(fragment, dict) else ():
            listed = elements if isinstance(elements, list) else [elements]
            if name in aspects:
                for element in listed:
                    place = f"{name}[{len(aspects[name])}]"
                    if isinstance(element, dict):
                        aspects[name].append((place, element))
                    else:
                        reading.wrong(place, "is no object", "write {…}")
            elif name not in _PASSED and listed:
                reading.left("aspect", name, "the file", len(listed))
    return aspects


def _context(aspects: dict[str, list[tuple[str, dict[str, Any]]]]) -> dict[str, str]:
    """Prefix -> IRI, of the aspect or, as text, of the attribute of the network with that name."""
    spaces: dict[str, str] = {}
    for _, element in aspects["@context"]:
        spaces.update((k, v) for k, v in element.items() if isinstance(v, str))
    for _, element in aspects["networkAttributes"]:
        if element.get("n") == "@context":
            spaces.update(spaces_in(element.get("v")))
    return {
        prefix: iri for prefix, iri in spaces.items() if iri.startswith(("http://", "https://"))
    }


def _of_network(reading: Reading, elements: list[tuple[str, dict[str, Any]]]) -> dict[str, str]:
    told = {}
    for place, element in elements:
        name, value = element.get("n"), element.get("v")
        if name == "name" and isinstance(value, str):
            told["name"] = value
        elif name != "@context" and value not in ("", None, []):
            left_of_graph(reading, str(name), place)
    return told


def _nodes(
    reading: Reading, aspects: dict[str, list[tuple[str, dict[str, Any]]]], spaces: dict[str, str]
) -> Iterator[tuple[str, dict[str, Any], str]]:
    told = _attributes(reading, aspects["nodeAttributes"], spaces)
    terms = _terms(reading, aspects["functionTerms"])
    terms.update(_edges_as_nodes(aspects, terms))
    for place, node in aspects["nodes"]:
        key = _id(node.get("@id"))
        if not key:
            reading.wrong(place, "a node has no @id", 'write "@id": 1')
            continue
        more = {"name": node.get("n"), "represents": unfolded(node.get("r"), spaces)}
        values = {**terms.get(key, {}), **told.pop(key, {})}
        yield key, {**values, **{k: v for k, v in more.items() if v}}, place


def _edges_as_nodes(
    aspects: dict[str, list[tuple[str, dict[str, Any]]]], terms: Mapping[str, dict[str, Any]]
) -> dict[str, dict[str, Any]]:
    """Node -> what an edge says that it stands for, in brackets, as a script of BEL has it."""
    names = {_id(node.get("@id")): str(node.get("n") or "") for _, node in aspects["nodes"]}
    names.update((key, str(term["name"])) for key, term in terms.items())
    edges = {_id(edge.get("@id")): edge for _, edge in aspects["edges"]}
    told = {}
    for _, element in aspects["reifiedEdges"]:
        edge = edges.get(_id(element.get("edge")), {})
        ends = [names.get(_id(edge.get(end)), "") for end in ("s", "t")]
        if all(ends):
            relation = str(edge.get("i") or "is linked to").removeprefix("bel:")
            key = _id(element.get("node"))
            names[key] = f"({ends[0]} {relation} {ends[1]})"
            told[key] = {"name": names[key], "category": "process"}
    return told


def _terms(reading: Reading, aspect: list[tuple[str, dict[str, Any]]]) -> dict[str, dict[str, Any]]:
    """Node -> what the term of BEL that it stands for says of it."""
    told = {}
    for place, element in aspect:
        try:
            node = bel.node(bel.parsed(_written(element))[0])
        except bel.BadTerm:
            reading.left("function term", str(element.get("f")), place)
            continue
        told[_id(element.get("po"))] = {
            "identifier": node.identifier or node.key,
            "name": node.name or node.key,
            "category": node.category,
            "synonyms": list(node.synonyms),
            "xrefs": [xref.curie for xref in node.xrefs],
        }
    return told


def _written(element: Mapping[str, Any]) -> str:
    """A function of BEL and its arguments as a script has them.

    >>> _written({"f": "bel:kin", "args": [{"f": "bel:p", "args": ["HGNC:AKT 1"]}]})
    'kin(p(HGNC:"AKT 1"))'
    """
    arguments = []
    for argument in _listed(element.get("args") or []):
        if isinstance(argument, dict):
            arguments.append(_written(argument))
        else:
            space, colon, name = str(argument).rpartition(":")
            arguments.append(f"{space}{colon}{bel.quoted(name)}")
    return f"{str(element.get('f')).removeprefix('bel:')}({', '.join(arguments)})"


def _edges(
    reading: Reading, aspects: dict[str, list[tuple[str, dict[str, Any]]]], spaces: dict[str, str]
) -> Iterator[Row]:
    told = _attributes(reading, aspects["edgeAttributes"], spaces)
    cited = _citations(reading, aspects, spaces)
    for place, edge in aspects["edges"]:
        ends = _id(edge.get("s")), _id(edge.get("t"))
        if not all(ends):
            reading.wrong(place, "an edge has no s or no t", 'write "s": 1, "t": 2')
            continue
        key = _id(edge.get("@id"))
        yield Row(
            subject=ends[0],
            object=ends[1],
            values=told.get(key, {}) if key else {},
            place=place,
            predicate="" if _is_ours(told.get(key, {})) else str(edge.get("i") or "").strip(),
            citations=tuple(cited.get(key, ())) if key else (),
        )


def _is_ours(values: Mapping[str, Any]) -> bool:
    """Whether the attributes say the predicate of a statement, which the words for it do not."""
    return "statement" in values and "predicate" in values


def _attributes(
    reading: Reading, elements: list[tuple[str, dict[str, Any]]], spaces: dict[str, str]
) -> dict[str, dict[str, Any]]:
    """Node or edge -> name -> value; `po` may name several."""
    told: dict[str, dict[str, Any]] = {}
    for place, element in elements:
        name, value = element.get("n"), unfolded(element.get("v"), spaces)
        owners = element.get("po")
        for owner in owners if isinstance(owners, list) else [owners]:
            if not _id(owner) or not isinstance(name, str):
                reading.wrong(place, "an attribute has no po or no n", 'write "po": 1, "n": "…"')
                continue
            values = told.setdefault(_id(owner), {})
            earlier = values.get(name)
            values[name] = value if earlier is None else [*_listed(earlier), *_listed(value)]
    return told


def _citations(
    reading: Reading, aspects: dict[str, list[tuple[str, dict[str, Any]]]], spaces: dict[str, str]
) -> dict[str, list[Citation]]:
    """Edge -> its citations, each with what the supports of the edge quote from it."""
    papers: dict[str, str] = {}
    for place, element in aspects["citations"]:
        name = unfolded(element.get("dc:identifier"), spaces) or element.get("dc:title")
        if isinstance(name, str) and name.strip():
            papers[_id(element.get("@id"))] = name
        else:
            reading.left("citation", "without an identifier", place)
    quotes = {
        _id(element.get("@id")): (_id(element.get("citation")), str(element.get("text") or ""))
        for _, element in aspects["supports"]
    }
    citations: dict[str, list[Citation]] = {}
    quoted: set[tuple[str, str]] = set()
    loose: dict[str, list[tuple[str, str]]] = {}  # edge -> quotes that name no citation, as INDRA's
    for edge, support, place in _pairs(aspects["edgeSupports"], "supports"):
        citation, text = quotes.get(support, ("", ""))
        if support in quotes and not citation:
            loose.setdefault(edge, []).append((text, place))
        elif citation in papers:
            citations.setdefault(edge, []).append(
                Citation(papers=(papers[citation],), summary=text)
            )
            quoted.add((edge, citation))
        else:
            reading.wrong(place, f"there is no support {support} of a citation", "add it")
    for edge, citation, place in _pairs(aspects["edgeCitations"], "citations"):
        if citation not in papers:
            reading.wrong(place, f"there is no citation {citation}", "add it")
        elif (edge, citation) not in quoted:
            citations.setdefault(edge, []).append(Citation(papers=(papers[citation],)))
    _quote(reading, loose, citations)
    return citations


def _quote(
    reading: Reading, loose: dict[str, list[tuple[str, str]]], citations: dict[str, list[Citation]]
) -> None:
    """Put quotes that name no citation with the only one that their edge has."""
    for edge, quotes in loose.items():
        rows = citations.get(edge, [])
        if len(rows) == 1 and not rows[0].summary:
            rows[0] = replace(rows[0], summary=" ".join(text for text, _ in quotes))
        else:
            for _, place in quotes:
                reading.left("support", "without a citation", place)


def _pairs(elements: list[tuple[str, dict[str, Any]]], name: str) -> Iterator[tuple[str, str, str]]:
    """Edge, what it points to, and the place of that, for every pair of them."""
    for place, element in elements:
        for edge in texts(element.get("po")):
            for other in texts(element.get(name)):
                yield edge, other, place


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _id(value: Any) -> str:
    """An @id as text; files have it as a number or as a text with one."""
    return str(value) if isinstance(value, int | str) and not isinstance(value, bool) else ""


# --- Writing --------------------------------------------------------------------------------

_TYPES: Final = {bool: "boolean", int: "integer", str: "string"}


def render(graph: Graph) -> bytes:
    """The graph in CX, an aspect a line; the numbers of nodes and edges are theirs in the file."""
    nodes = list(plain.nodes(graph))
    edges = list(plain.edges(graph))
    numbers = {key: number for number, (key, _) in enumerate(nodes, start=1)}
    made: dict[str, list[dict[str, Any]]] = {
        "networkAttributes": [{"n": "name", "v": graph.about.title}] if graph.about.title else [],
        "nodes": [
            {"@id": numbers[key], "n": values.get("name", key), "r": key} for key, values in nodes
        ],
        "edges": [
            {
                "@id": number,
                "s": numbers[statement.subject],
                "t": numbers[statement.object],
                "i": values["interaction"],
            }
            for number, (statement, values) in enumerate(edges, start=len(nodes) + 1)
        ],
        "nodeAttributes": [
            attribute
            for key, values in nodes
            for attribute in _told(numbers[key], {n: v for n, v in values.items() if n != "name"})
        ],
        "edgeAttributes": [
            attribute
            for number, (_, values) in enumerate(edges, start=len(nodes) + 1)
            for attribute in _told(number, {n: v for n, v in values.items() if n != "interaction"})
        ],
    }
    aspects: list[dict[str, Any]] = [
        {"numberVerification": [{"longNumber": _LONG}]},
        {
            "metaData": [
                {"name": name, "elementCount": len(rows), "version": "1.0"}
                for name, rows in made.items()
                if rows
            ]
        },
        *({name: rows} for name, rows in made.items() if rows),
        {"status": [{"error": "", "success": True}]},
    ]
    lines = ",\n".join(json.dumps(aspect, ensure_ascii=False) for aspect in aspects)
    return f"[{lines}]\n".encode()


#: The number by which readers of CX see that theirs do not cut long ones.
_LONG: Final = 281474976710655


def _told(owner: int, values: plain.Attributes) -> Iterator[dict[str, Any]]:
    """The attributes of a node or edge, whose values are texts in CX, each with its type."""
    for name, value in values.items():
        text = str(value).lower() if isinstance(value, bool) else str(value)
        kind = {} if isinstance(value, str) else {"d": _TYPES[type(value)]}
        yield {"po": owner, "n": name, "v": text, **kind}
