"""SBGN-ML: glyphs and the arcs between them, of activity flows and of process descriptions.

The class of an arc is its predicate. A necessary stimulation says that its target requires its
source, and is read the other way round. What an arc does to a logical operator has no sign: what
comes out of `not` is not what went in.

Written is an activity flow: a glyph for each entity, an arc for each statement of change or need.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final
from xml.sax.saxutils import quoteattr

from trabecula import claims
from trabecula.graph import Graph
from trabecula.mapping import Citation, Edge, Item, Node, Reading
from trabecula.mapping.miriam import resources
from trabecula.mapping.strict_xml import Element
from trabecula.model import Statement, Xref
from trabecula.vocabulary import kin

#: Classes of glyphs that are notes on the glyph they stand in, and no things.
_NOTES: Final = frozenset(
    ("unit of information", "state variable", "cardinality", "variable value", "annotation",
     "existence", "location")
)  # fmt: skip
#: Those of them that no arc of any language ends on.
_REMARKS: Final = frozenset(("unit of information", "cardinality", "annotation"))
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
    root = reading.xml("sbgn")
    stem = reading.path.name.split(".")[0]
    arcs = list(root.inside("arc"))
    on_arcs = {glyph.get("id") for arc in arcs for glyph in arc.named("glyph")}
    keys: dict[str, str] = {}
    for glyph in root.inside("glyph"):
        name, kind = glyph.get("id"), glyph.get("class")
        if name in on_arcs or kind in _REMARKS or (kind in _NOTES and name in keys):
            continue
        key = f"{stem} {name}"
        notes = (note for note in glyph.named("glyph") if note.get("class") in _NOTES)
        for element in (glyph, *glyph.named("port"), *notes):
            keys[element.get("id")] = key
        if kind == "compartment":
            reading.left("glyph", kind, f"line {glyph.line}")
        else:
            yield _node(glyph, key)
    yield from _acted_on(arcs, stem, keys)
    for arc in arcs:
        yield from _edges(arc, keys, reading)


def _acted_on(arcs: list[Element], stem: str, keys: dict[str, str]) -> Iterator[Item]:
    """What an arc stands for where other arcs end on it: a process in which its ends take part."""
    ends = {arc.get(end) for arc in arcs for end in ("source", "target")}
    made = []
    for number, arc in enumerate(arcs, start=1):
        points = {mark.get("id") for mark in arc.named("port", "glyph")} & ends
        if points:
            key = f"{stem} {arc.get('id') or f'arc {number}'}"
            keys.update(dict.fromkeys(points, key))
            made.append((key, arc))
            name = arc.get("class")
            yield Node(key=key, identifier=f"{name} {key}", name=name, category="process")
    for key, arc in made:
        for end in filter(None, (keys.get(arc.get("source")), keys.get(arc.get("target")))):
            yield Edge(subject=end, predicate="participant", object=key, place=f"line {arc.line}")


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
    shown = f"{name or kind} {' '.join(states)}".strip()
    clone = glyph.get("compartmentRef")
    own = claims.marked(glyph, "extension")
    if own.get("id"):
        return Node(
            key=key,
            identifier=own["id"],
            name="" if own["id"] == shown else shown,
            category=own.get("category", ""),
        )
    return Node(
        key=key,
        identifier=f"{shown} {key}",
        name=shown,
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
    else:
        own = claims.marked(arc, "extension").get("predicate", "")
        is_need = kind == "necessary stimulation"
        yield Edge(
            subject=target if is_need else source,
            predicate=own or ("requires" if is_need else kind),
            object=source if is_need else target,
            sign=_SIGNS.get(kind) if own else None,
            symmetric=kind == "equivalence arc",
            citations=_described(arc),
            place=place,
        )


def _described(arc: Element) -> tuple[Citation, ...]:
    """The papers that the RDF of an arc says to describe it."""
    papers = tuple(
        claims.source_of(address)
        for extension in arc.named("extension")
        for description in extension.inside("isDescribedBy")
        for address in resources(description)
    )
    return (Citation(papers=papers),) if papers else ()


# --- Writing ----------------------------------------------------------------------------------

_ARCS: Final = {1: "positive influence", -1: "negative influence", 0: "unknown influence"}
_SIGNS: Final = {name: sign for sign, name in _ARCS.items()}
_CLASSES: Final = {
    "condition": "phenotype", "trait": "phenotype", "exposure": "perturbation",
    "intervention": "perturbation",
}  # fmt: skip


def render(graph: Graph) -> bytes:
    """The graph as an activity flow of SBGN-ML 0.3, its glyphs in rows."""
    return "".join(f"{line}\n" for line in _lines(graph)).encode("utf-8")


def _lines(graph: Graph) -> Iterator[str]:
    arcs = list(_arcs(graph))
    keys = claims.ends([statement for statement, _, _, _ in arcs], graph)
    middles = claims.grid(keys)
    numbers = {key: f"e{number}" for number, key in enumerate(keys, start=1)}
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield '<sbgn xmlns="http://sbgn.org/libsbgn/0.3">'
    yield '  <map id="map1" language="activity flow">'
    for key in keys:
        kind, (x, y) = claims.category(graph, key), middles[key]
        yield f'    <glyph id="{numbers[key]}" class="{_CLASSES.get(kin(kind), _ACTIVITY)}">'
        yield f"      <extension>{claims.mark(id=key, category=kind)}</extension>"
        yield f"      <label text={quoteattr(graph.name(key))}/>"
        width, height = claims.BOX
        yield f'      <bbox x="{x - width // 2}" y="{y - height // 2}" w="{width}" h="{height}"/>'
        yield "    </glyph>"
    for number, (statement, kind, source, target) in enumerate(arcs, start=1):
        (left, top), (right, low) = claims.line(middles[source], middles[target])
        ends = f'source="{numbers[source]}" target="{numbers[target]}"'
        yield f'    <arc id="a{number}" class="{kind}" {ends}>'
        yield "      <extension>"
        yield claims.mark("        ", predicate=claims.predicate(statement))
        if sources := claims.supporting(statement):
            yield from claims.described_by(sources, f"a{number}", "        ", graph)
        yield "      </extension>"
        yield f'      <start x="{left:g}" y="{top:g}"/>'
        yield f'      <end x="{right:g}" y="{low:g}"/>'
        yield "    </arc>"
    yield "  </map>"
    yield "</sbgn>"


_ACTIVITY: Final = "biological activity"


def _arcs(graph: Graph) -> Iterator[tuple[Statement, str, str, str]]:
    """The statements of change and of need: each with its class, its source and its target."""
    signs = {statement.id: sign for statement, sign in claims.changes(graph)}
    for statement in claims.repeatable(graph):
        if statement.id in signs:
            yield statement, _ARCS[signs[statement.id]], statement.subject, statement.object
        elif graph.words.relation(statement.predicate).kind == "needs":
            yield statement, "necessary stimulation", statement.object, statement.subject
