"""References of a graph for programs that manage them: BibTeX, CSL-JSON and RIS.

Written only, and nothing but the sources: those that the graph has, each paper once.
"""

from __future__ import annotations

import json

from trabecula import cite
from trabecula.graph import Graph


def render(graph: Graph, syntax: str) -> bytes:
    """The sources as `bib`, `csl` or `ris`, sorted by their ids."""
    sources = graph.sources.values()
    if syntax == "csl":
        text = json.dumps(cite.csl(sources), ensure_ascii=False, indent=1) + "\n"
    else:
        text = {"bib": cite.bibtex, "ris": cite.ris}[syntax](sources)
    return text.encode("utf-8")
