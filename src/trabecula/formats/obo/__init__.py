"""OBO, the text format of ontologies (1.2 and 1.4): terms, their relations, what is said of them.

Read strictly and line by line, and not by pronto, which refuses files that the ontologies' own
tools write. Relations that a `[Typedef]` gives a term of RO or BFO for are called by that. What
follows from `treat-xrefs-as-…` and from `intersection_of` is not drawn: both are counted.

Written are a term for each entity and a relation for each predicate, which keeps its sign as a
property of ours. A line of OBO says only that it is so, and where from.
"""

from __future__ import annotations

from trabecula.formats.obo.reading import items
from trabecula.formats.obo.writing import render

__all__ = ["items", "render"]
