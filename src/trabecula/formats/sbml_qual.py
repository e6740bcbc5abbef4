"""SBML with the package for qualitative models: species, and transitions with signed inputs.

Each input of a transition acts on each of its outputs, with the sign that the file gives it; one
that is `dual` acts in both ways and is two statements, one that is `unknown` has no sign. Levels,
thresholds and functions are left out.

Written are the entities that statements of change tie, with a transition for each that is acted on.
What decides between several inputs no graph says: the function of each transition is its default
alone, level 0.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final
from xml.sax.saxutils import quoteattr

from trabecula import claims
from trabecula.errors import FormatError, Problem
from trabecula.graph import Graph
from trabecula.mapping import Citation, Edge, Item, Node, Reading
from trabecula.mapping.miriam import resources
from trabecula.mapping.strict_xml import Element
from trabecula.model import About, Statement, Xref

_SIGNS: Final = {"positive": (1,), "negative": (-1,), "dual": (1, -1), "unknown": (0,), "": (0,)}


def items(reading: Reading) -> Iterator[Item]:
    """The species and the influences of a model."""
    root = reading.xml("sbml")
    model = root.first("model")
    species = list(root.inside("qualitativeSpecies"))
    if model is None or not species:
        what = "the model has no qualitative species"
        fix = "name a file of SBML with the package qual"
        raise FormatError([Problem("nothing-of-ours", reading.where, what, fix)])
    yield About(title=model.get("name") or model.get("id"))
    stem = reading.path.name.split(".")[0]
    keys = {one.get("id"): f"{stem} {one.get('id')}" for one in species}
    for one in species:
        name = one.get("name") or one.get("id")
        exact = _annotated(one, "is")
        own = claims.marked(one, "annotation")
        if own.get("id"):
            said = "" if own["id"] == name else name
            yield Node(
                key=keys[one.get("id")],
                identifier=own["id"],
                name=said,
                category=own.get("category", ""),
            )
            continue
        yield Node(
            key=keys[one.get("id")],
            identifier=name if name == one.get("id") else f"{name} {stem} {one.get('id')}",
            name=name,
            xrefs=tuple(Xref("related", address) for address in exact),
        )
    for transition in root.inside("transition"):
        yield from _influences(transition, keys, reading)


def _influences(transition: Element, keys: dict[str, str], reading: Reading) -> Iterator[Item]:
    whole = tuple(_annotated(transition, "isDescribedBy"))
    outputs = [output.get("qualitativeSpecies") for output in transition.inside("output")]
    for given in transition.inside("input"):
        sign = given.get("sign")
        if sign not in _SIGNS:
            fix = "write positive, negative, dual or unknown"
            reading.wrong(str(given.line), f"the sign is {sign!r:.40}", fix)
            continue
        papers = (*whole, *map(claims.source_of, _annotated(given, "isDescribedBy")))
        citations = (Citation(papers=papers),) if papers else ()
        own = claims.marked(given, "annotation").get("predicate", "")
        for output in outputs:
            start = given.get("qualitativeSpecies")
            if start not in keys or output not in keys:
                fix = "name a qualitativeSpecies of the model"
                reading.wrong(str(given.line), f"{start!r} or {output!r} is no species", fix)
                continue
            for one in _SIGNS[sign]:
                yield Edge(
                    subject=keys[start],
                    predicate=own or "influences",
                    object=keys[output],
                    sign=one,
                    citations=citations,
                    place=f"line {given.line}",
                )


def _annotated(element: Element, qualifier: str) -> Iterator[str]:
    """The resources that an annotation names with a qualifier, as addresses."""
    for annotation in element.named("annotation"):
        for said in annotation.inside(qualifier):
            yield from resources(said)


# --- Writing ----------------------------------------------------------------------------------

_WORDS: Final = {1: "positive", -1: "negative", 0: "unknown"}
_SPACES: Final = (
    'xmlns="http://www.sbml.org/sbml/level3/version1/core" level="3" version="1"'
    ' xmlns:qual="http://www.sbml.org/sbml/level3/version1/qual/version1" qual:required="true"'
)


def render(graph: Graph) -> bytes:
    """The graph as a qualitative model of SBML level 3."""
    return "".join(f"{line}\n" for line in _lines(graph)).encode("utf-8")


def _lines(graph: Graph) -> Iterator[str]:
    acting = list(claims.changes(graph))
    keys = claims.ends([statement for statement, _ in acting], graph)
    numbers = {key: f"s{number}" for number, key in enumerate(keys, start=1)}
    onto: dict[str, list[tuple[Statement, int]]] = {}
    for statement, sign in acting:
        onto.setdefault(statement.object, []).append((statement, sign))
    title = f" name={quoteattr(graph.about.title)}" if graph.about.title else ""
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield f"<sbml {_SPACES}>"
    yield f'  <model id="graph"{title}>'
    yield "    <listOfCompartments>"
    yield '      <compartment id="somewhere" constant="true"/>'
    yield "    </listOfCompartments>"
    if keys:
        yield "    <qual:listOfQualitativeSpecies>"
    for key in keys:
        name = quoteattr(graph.name(key))
        yield (
            f'      <qual:qualitativeSpecies qual:id="{numbers[key]}" qual:name={name}'
            ' qual:compartment="somewhere" qual:constant="false" qual:maxLevel="1">'
        )
        told = claims.mark(id=key, category=claims.category(graph, key))
        yield f"        <annotation>{told}</annotation>"
        yield "      </qual:qualitativeSpecies>"
    if keys:
        yield "    </qual:listOfQualitativeSpecies>"
    if onto:
        yield "    <qual:listOfTransitions>"
    for key in filter(onto.__contains__, keys):
        yield from _transition(graph, numbers, key, onto[key])
    if onto:
        yield "    </qual:listOfTransitions>"
    yield "  </model>"
    yield "</sbml>"


def _transition(
    graph: Graph, numbers: dict[str, str], key: str, acting: list[tuple[Statement, int]]
) -> Iterator[str]:
    """What acts on an entity."""
    own = f"t_{numbers[key]}"
    yield f'      <qual:transition qual:id="{own}">'
    yield "        <qual:listOfInputs>"
    for number, (statement, sign) in enumerate(acting, start=1):
        name = f"{own}_{number}"
        yield (
            f'          <qual:input metaid="{name}" qual:id="{name}"'
            f' qual:qualitativeSpecies="{numbers[statement.subject]}"'
            f' qual:transitionEffect="none" qual:sign="{_WORDS[sign]}">'
        )
        yield "            <annotation>"
        yield claims.mark("              ", predicate=claims.predicate(statement))
        if sources := claims.supporting(statement):
            yield from claims.described_by(sources, name, "              ", graph)
        yield "            </annotation>"
        yield "          </qual:input>"
    yield "        </qual:listOfInputs>"
    yield "        <qual:listOfOutputs>"
    yield (
        f'          <qual:output qual:id="{own}_0" qual:qualitativeSpecies="{numbers[key]}"'
        ' qual:transitionEffect="assignmentLevel"/>'
    )
    yield "        </qual:listOfOutputs>"
    yield "        <qual:listOfFunctionTerms>"
    yield '          <qual:defaultTerm qual:resultLevel="0"/>'
    yield "        </qual:listOfFunctionTerms>"
    yield "      </qual:transition>"
