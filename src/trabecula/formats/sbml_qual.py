"""SBML with the package for qualitative models: species, and transitions with signed inputs.

Each input of a transition acts on each of its outputs, with the sign that the file gives it; one
that is `dual` acts in both ways and is two statements, one that is `unknown` has no sign. Levels,
thresholds and functions are left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from trabecula.errors import FormatError, Problem
from trabecula.mapping import Citation, Edge, Item, Node, Reading
from trabecula.mapping.miriam import resources
from trabecula.mapping.strict_xml import Element
from trabecula.model import About, Xref

_SIGNS: Final = {"positive": (1,), "negative": (-1,), "dual": (1, -1), "unknown": (0,), "": (0,)}


def items(reading: Reading) -> Iterator[Item]:
    """The species and the influences of a model."""
    root = reading.xml()
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
        yield Node(
            key=keys[one.get("id")],
            identifier=name if name == one.get("id") else f"{name} {stem} {one.get('id')}",
            name=name,
            xrefs=tuple(Xref("related", address) for address in exact),
        )
    for transition in root.inside("transition"):
        yield from _influences(transition, keys, reading)


def _influences(transition: Element, keys: dict[str, str], reading: Reading) -> Iterator[Item]:
    papers = tuple(_annotated(transition, "isDescribedBy"))
    citations = (Citation(papers=papers),) if papers else ()
    outputs = [output.get("qualitativeSpecies") for output in transition.inside("output")]
    for given in transition.inside("input"):
        sign = given.get("sign")
        if sign not in _SIGNS:
            fix = "write positive, negative, dual or unknown"
            reading.wrong(str(given.line), f"the sign is {sign!r:.40}", fix)
            continue
        for output in outputs:
            start = given.get("qualitativeSpecies")
            if start not in keys or output not in keys:
                fix = "name a qualitativeSpecies of the model"
                reading.wrong(str(given.line), f"{start!r} or {output!r} is no species", fix)
                continue
            for one in _SIGNS[sign]:
                yield Edge(
                    subject=keys[start],
                    predicate="influences",
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
