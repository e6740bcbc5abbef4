"""JSON in the node-link shape of networkx, with every record in full.

`networkx.node_link_graph(json.load(stream), edges="edges")` reads it too. Sign, status and counts
stand on the edges for programs that want them; reading computes them anew.
"""

from __future__ import annotations

from trabecula.formats.nodelink.reading import TIDY, read, records, reviews
from trabecula.formats.nodelink.writing import entity, itself, render, source, statement

__all__ = [
    "TIDY", "entity", "itself", "read", "records", "render", "reviews", "source", "statement",
]  # fmt: skip
