"""Graphs that others wrote: what their files say, and how it becomes records.

A format of somebody else's is one module of `formats` with `items(reading)`, which parses and
nothing else: it yields what the file says in `Node`s and `Edge`s, with the names, signs and papers
as they stand there. What these mean here is decided once, for all formats: `records` settles
identifiers (`naming`), looks predicates up in a table that can be seen and extended (`predicates`),
makes one row of evidence of each paper that an edge cites and turns a negation into a row that
disputes (`reasons`), and counts everything for the report (`report`).
"""

from __future__ import annotations

from trabecula.mapping.items import Citation, Edge, Item, Node, Prefixes, Relation, Vocabulary
from trabecula.mapping.predicates import Meaning, Meanings
from trabecula.mapping.reading import AS_IT_IS, Options, Reading
from trabecula.mapping.records import records
from trabecula.mapping.report import Report

__all__ = [
    "AS_IT_IS", "Citation", "Edge", "Item", "Meaning", "Meanings", "Node", "Options", "Prefixes",
    "Reading", "Relation", "Report", "Vocabulary", "records",
]  # fmt: skip
