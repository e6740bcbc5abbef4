"""DrugMechDB: paths from a drug to a disease, as YAML or JSON. Read only.

Each path is a node-link document whose references stand for the whole path, so that each of its
links cites them. One identifier may have several names, of which the first is kept as its name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from trabecula.errors import FormatError, Problem
from trabecula.mapping import Citation, Edge, Item, Node, Reading
from trabecula.mapping.attribute_values import texts
from trabecula.model import Xref

_KNOWN: Final = frozenset(
    ("graph", "nodes", "links", "reference", "references", "directed", "multigraph")
)
#: Prefixes that DrugMechDB has for other registries than ours.
_PREFIXES: Final = {"DB": "DRUGBANK", "REACT": "REACT", "TIGR": "TIGRFAM"}


def items(reading: Reading) -> Iterator[Item]:
    """The nodes and links of all paths of a file."""
    is_json = reading.text().lstrip()[:1] in ("[", "{")
    document = reading.json() if is_json else reading.yaml()
    paths = document if isinstance(document, list) else [document]
    if not all(isinstance(path, dict) for path in paths) or not paths:
        fix = "write a list of paths with nodes and links"
        raise FormatError([Problem("yaml-shape", reading.where, "this is no list of paths", fix)])
    for number, path in enumerate(paths):
        yield from _path(reading, path, f"path {number + 1}")


def _path(reading: Reading, path: dict[str, Any], place: str) -> Iterator[Item]:
    for name in path:
        if name not in _KNOWN:
            reading.left("attribute of a path", str(name), place)
    told = path.get("graph")
    about = told if isinstance(told, Mapping) else {}
    keys = set()
    for number, node in enumerate(_listed(reading, path, "nodes", place)):
        key = _text(node.get("id"))
        if not key:
            reading.wrong(f"{place}, nodes[{number}]", "a node has no id", "write id: MESH:D000001")
            continue
        keys.add(key)
        others = tuple(
            Xref("related", _curie(text)) for text in texts(node.get("alt_ids"), separators=True)
        )
        yield Node(
            key=key,
            identifier=_curie(key),
            name=_text(node.get("name")),
            category=_text(node.get("label")),
            xrefs=others,
        )
    cited = tuple(_citations(path, about))
    for number, link in enumerate(_listed(reading, path, "links", place)):
        here = f"{place}, links[{number}]"
        ends = _text(link.get("source")), _text(link.get("target"))
        predicate = _text(link.get("key"))
        missing = [end for end in ends if end not in keys]
        if not predicate or missing:
            what = f"ends in {missing[0]!r:.40}, which is no node" if missing else "has no key"
            reading.wrong(here, f"the link {what}", "write key, source and target of a node")
            continue
        yield Edge(
            subject=ends[0], predicate=predicate, object=ends[1], citations=cited, place=here
        )


def _citations(path: Mapping[str, Any], about: Mapping[str, Any]) -> Iterator[Citation]:
    """The references of a path, each with the indication it explains."""
    pair = {name: _text(about.get(name)) for name in ("drug", "disease")}
    context = tuple((name, text) for name, text in pair.items() if text)
    for cell in texts(path.get("reference")) + texts(path.get("references")):
        # several addresses may stand in one line, which have commas of their own
        for reference in re.split(r"[\s,;]+(?=https?://)", cell):
            yield Citation(papers=(reference,), context=context)


def _curie(key: str) -> str:
    prefix, colon, local = key.partition(":")
    return f"{_PREFIXES.get(prefix, prefix)}{colon}{local.strip()}"


def _listed(
    reading: Reading, path: Mapping[str, Any], name: str, place: str
) -> Iterator[Mapping[str, Any]]:
    elements = path.get(name)
    if not isinstance(elements, list):
        reading.wrong(place, f"there is no list of {name}", f"write {name}: […]")
        return
    for number, element in enumerate(elements):
        if isinstance(element, Mapping):
            yield element
        else:
            reading.wrong(f"{place}, {name}[{number}]", "is no object", "write key: value")


def _text(value: Any) -> str:
    return "; ".join(texts(value))
