"""GEXF, for Gephi: entities and statements with their attributes.

Written only: sources and the wording of evidence have no place in it.
"""

from __future__ import annotations

import re

from trabecula.graph import Graph
from trabecula.nx import without_records


def render(graph: Graph) -> bytes:
    """The graph in GEXF 1.2. Nodes show their names, edges the labels of their predicates."""
    import networkx

    found = without_records(graph)
    for key, attributes in found.nodes(data=True):
        attributes["label"] = attributes.get("name", key)
    for _, _, key, attributes in found.edges(keys=True, data=True):
        attributes["id"] = key
    text = "\n".join(networkx.generate_gexf(found))
    # networkx writes its version and today's date, so that no two days give the same file.
    about = "<meta>\n    <creator>trabecula</creator>\n  </meta>"
    text = re.sub(r"<meta\b.*?</meta>", about, text, count=1, flags=re.DOTALL)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'.encode()
