"""SBGN-ML: glyphs and the arcs between them, of activity flows and of process descriptions.

The class of an arc is its predicate. A necessary stimulation says that its target requires its
source, and is read the other way round. What an arc does to a logical operator has no sign: what
comes out of `not` is not what went in.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from trabecula.mapping import Edge, Item, Node, Reading
from trabecula.mapping.miriam import resources
from trabecula.mapping.strict_xml import Element
from trabecula.model import Xref

#: Classes of glyphs that are notes on others, and no things.
_NOTES: Final = frozenset(
    ("unit of information", "state variable", "cardinality", "variable value", "annotation",
     "existence", "location")
)  # fmt: skip
_CATEGORIES: Final = {
    "macromolecule": "protein", "macromolecule multimer": "protein", "complex": "complex",
    "complex multimer": "complex", "simple chemical": "chemical", "phenotype": "condition",
    "simple chemical multimer": "chemical", "nucleic acid feature": "biolink:Gene",
    "process": "process", "omitted process": "process", "uncertain process": "process",
    "association": "process", "dissociation": "process", "biological activity": "function",
    "perturbation": "exposure", "perturbing agent": "exposure",
}  # fmt: skip


def items(reading: Reading) -> Iterator[Item]:
    """The glyphs that stand for something, and the arcs."""
    root = reading.xml()
    stem = reading.path.name.split(".")[0]
    keys: dict[str, str] = {}
    for glyph in root.inside("glyph"):
        if glyph.get("class") in _NOTES:
            continue
        key = f"{stem} {glyph.get('id')}"
        for element in (glyph, *glyph.named("port")):
            keys[element.get("id")] = key
        if glyph.get("class") != "compartment":
            yield _node(glyph, key)
    for arc in root.inside("arc"):
        yield from _edges(arc, keys, reading)


def _node(glyph: Element, key: str) -> Node:
    kind = glyph.get("class")
    label = glyph.first("label")
    name = " ".join(label.get("text").split()) if label is not None else ""
    states = [
        f"{state.get('value')}@{state.get('variable')}".strip("@")
        for note in glyph.named("glyph")
        for state in note.named("state")
        if state.get("value")
    ]
    said = f"{name or kind} {' '.join(states)}".strip()
    clone = glyph.get("compartmentRef")
    return Node(
        key=key,
        identifier=f"{said} {key}",
        name=said,
        category=_CATEGORIES.get(kind, ""),
        description=f"{kind}{f' in {clone}' if clone else ''}",
        xrefs=tuple(Xref("related", curie) for curie in _annotated(glyph)),
    )


def _annotated(glyph: Element) -> Iterator[str]:
    """The identifiers in the RDF of a glyph, as MIRIAM writes them."""
    for extension in glyph.named("extension"):
        for address in resources(extension):
            if address.startswith(("http://", "https://")):
                yield address


def _edges(arc: Element, keys: dict[str, str], reading: Reading) -> Iterator[Item]:
    kind, place = arc.get("class"), f"line {arc.line}"
    source, target = (keys.get(arc.get(name)) for name in ("source", "target"))
    if source is None or target is None:
        reading.wrong(str(arc.line), "an end of the arc is no glyph", "name one that is there")
    elif kind == "necessary stimulation":
        yield Edge(subject=target, predicate="requires", object=source, place=place)
    else:
        yield Edge(
            subject=source,
            predicate=kind,
            object=target,
            symmetric=kind == "equivalence arc",
            place=place,
        )
