"""RDF: Turtle, N-Triples, JSON-LD, RDF/XML, TriG and N-Quads, all of them without loss.

`triples` and `quads` give the terms of pyoxigraph, `to_rdflib` a graph of rdflib, `render` the
bytes of a file and `read` the records of one. The same graph always gives the same bytes.
"""

from __future__ import annotations

from trabecula.formats.rdf.reading import read
from trabecula.formats.rdf.terms import quads, to_rdflib, triples
from trabecula.formats.rdf.writing import render, turtle

__all__ = ["quads", "read", "render", "to_rdflib", "triples", "turtle"]
