"""GraphML, for Cytoscape, yEd, Gephi and igraph: entities and statements with their attributes.

Written only: sources and the wording of evidence have no place in it.
"""

from __future__ import annotations

import re

from trabecula.graph import Graph
from trabecula.nx import without_records

# GraphML ids are NMTOKENs: of the identifiers in use only those with other marks need changing.
_NO_NMTOKEN = re.compile(r"[^\w.:-]", re.ASCII)


def render(graph: Graph) -> bytes:
    """The graph in GraphML. The identifier is an attribute of the node as well as its id.

    In the id, a character that GraphML does not allow there is written as `_x2F_`.
    """
    import networkx

    found = without_records(graph)
    for key, attributes in found.nodes(data=True):
        attributes["identifier"] = key
    ids = {key: _NO_NMTOKEN.sub(lambda mark: f"_x{ord(mark[0]):X}_", key) for key in found}
    found = networkx.relabel_nodes(found, ids)
    lines = networkx.generate_graphml(found)
    head = '<?xml version="1.0" encoding="UTF-8"?>'
    return "".join(f"{line}\n" for line in (head, *lines)).encode("utf-8")
