"""Checks of identifiers against `ontology/terms.tsv`, the terms that were looked up.

A person has seen each of them, with this label, in a release of its ontology. A typing error makes
a valid CURIE of something else; the label gives it away.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from trabecula import files, shipped
from trabecula.errors import Problem
from trabecula.graph import Graph

_OBSOLETE = re.compile(r"(obsolete|obsoleted|deprecated)\b[\s:_-]", re.IGNORECASE)


def labels(graph: Graph) -> Iterator[Problem]:
    """Cross-references whose label is not that of the ontology, and those never looked up.

    The latter are counted, once for each prefix: a graph from elsewhere can be full of them and
    be right.
    """
    label_of = _labels()
    unverified: dict[str, set[str]] = {}
    for key, entity in graph.entities.items():
        for xref in entity.xrefs:
            if xref.curie not in label_of:
                unverified.setdefault(xref.curie.partition(":")[0], set()).add(xref.curie)
            elif xref.label and xref.label != label_of[xref.curie]:
                what = f"{xref.curie} is {label_of[xref.curie]!r}, not {xref.label!r}"
                fix = "copy the label of the ontology, or correct the identifier"
                yield Problem("label-differs", key, what, fix)
    for prefix, curies in sorted(unverified.items()):
        some = ", ".join(sorted(curies)[:3]) + (", …" if len(curies) > 3 else "")
        what = f"not in ontology/terms.tsv: {len(curies)} of its identifiers ({some})"
        fix = "look them up and add them there with their labels"
        yield Problem("unverified-identifier", prefix, what, fix, "warning")


@cache
def _labels() -> dict[str, str]:
    """The verified CURIEs with their labels."""
    lines, _ = files.read_lines(shipped.ontology() / "terms.tsv")
    rows = (line.split("\t") for line in lines[1:])
    return {curie: label for curie, label, _source in rows}


def obsolete(graph: Graph) -> Iterator[Problem]:
    """Names and labels that say that the ontology has given the term up.

    Ontologies put the word before the label of such a term, and say elsewhere what replaces it.
    """
    for key, entity in graph.entities.items():
        if _OBSOLETE.match(entity.name):
            fix = "use the term that replaces it in the ontology"
            yield Problem("obsolete-term", key, f"its name is {entity.name!r}", fix, "warning")
        for xref in entity.xrefs:
            if _OBSOLETE.match(xref.label):
                what = f"{xref.curie} is {xref.label!r}"
                fix = "use the term that replaces it in the ontology"
                yield Problem("obsolete-term", key, what, fix, "warning")
