"""How documents of JSON and YAML look, and rows of BEL."""

from __future__ import annotations

import re
from typing import Final

from trabecula.formats.recognise.heads import Head
from trabecula.prefixes import ONTOLOGY
from trabecula.vocabulary import PREDICATES

_GOCAM = re.compile(r"(?m)^activities:\s*$")


def are_rows_of_bel(h: Head) -> bool:
    """Whether a row has two terms of BEL, a relation between them and perhaps an object of JSON."""
    cells = h.line.split("\t")
    terms = (re.fullmatch(r"[A-Za-z]+\(.+\)", cell.strip()) for cell in cells[:3:2])
    return 3 <= len(cells) <= 4 and all(terms) and (len(cells) == 3 or cells[3].startswith("{"))


def is_gocam(head: Head) -> bool:
    """Whether it is a model of gocam-py, in YAML or in JSON."""
    if head.is_json:
        return head.has("activities") and (
            head.has("enabled_by") or head.has("causal_associations")
        )
    return bool(_GOCAM.search(head.text))


def is_minerva(head: Head) -> bool:
    """Whether it is a model of Minerva, or an answer of its server, which tells it is a packet.

    What an individual is, models before 2020 say without the roots of its classes, and facts may
    be far behind many individuals.
    """
    if not head.is_json or not head.has("individuals"):
        return False
    return head.has("root-type") or head.has("facts") or head.has("packet-id", "id", "type")


def is_obographs(head: Head) -> bool:
    """Whether it is a list of graphs with labels, or with edges of `sub`, `pred` and `obj`."""
    return head.has("graphs") and (head.has("id", "nodes", "lbl") or head.has("sub", "pred", "obj"))


def is_jgf(head: Head) -> bool:
    """Whether nodes stand within a graph; in node-link JSON they stand beside what it is."""
    before = re.match(r'(?s)(.*?)"nodes"\s*:', head.text)
    if not before or not (head.has("graph") or head.has("graphs")):
        return False
    marks = re.sub(r'"(?:[^"\\]|\\.)*"', "", before[1])
    return marks.count("{") - marks.count("}") > 1


def is_cyjs(h: Head) -> bool:
    """Whether elements have their values under `data`, as only Cytoscape.js has them."""
    if not h.has("data") or not (h.has("source", "target") or h.has("id")):
        return False
    return h.has("elements") or bool(
        re.search(r'"(nodes|edges)"\s*:\s*\[\s*\{[^{}\[\]]*"data"\s*:\s*\{', h.text)
        or re.match(r'\s*\[\s*\{[^{}\[\]]*("data"\s*:\s*\{|"group"\s*:)', h.text)
    )


#: What only others call the papers of an edge.
_PAPERS: Final = re.compile(r'"(pmids?|pubmed(_?ids?)?|references?|citations?|dois?)"\s*:')


def _is_of_others(h: Head) -> bool:
    """Whether edges with predicates have some that are none of ours, or papers of another name."""
    written = re.findall(r'"predicate"\s*:\s*"([^"]*)"', h.text)
    predicates = {name.removeprefix("tb:").removeprefix(ONTOLOGY) for name in written}
    return not PREDICATES.keys() >= predicates or _PAPERS.search(h.text) is not None


def is_node_link(h: Head) -> bool:
    """Whether there are nodes and edges that are not ours.

    Of a long file only the start and the end are seen. Ours have predicates, and after them sources
    of which it is said whether their abstract was read. A file of few words may have predicates,
    too; where one of them is none of ours, nobody knows here what it means, but the table does.
    """
    there = h.has("nodes") or h.has("links") or h.has("edges")  # of a long file perhaps one of them
    ends = h.has("source", "target") or h.has("from", "to")
    ours = h.has("abstract_read") or h.has("about") or h.has("supporting", "disputing")
    ours = ours or (h.has("predicate") and not _is_of_others(h))
    of_pybel = h.has("pybel_version") or h.has("relation", "function", "bel")
    return there and ends and not ours and not of_pybel


def is_apoc(h: Head) -> bool:
    """Whether there are nodes and relationships of Neo4j, each of which says which it is."""
    typed = re.search(r'"type"\s*:\s*"(node|relationship)"', h.text)
    return bool(typed) and (h.has("labels") or h.has("label", "start", "end"))


def is_trapi(head: Head) -> bool:
    """Whether it is a message of TRAPI, or the graph of one."""
    results = head.has("message") and (head.has("node_bindings") or head.has("query_graph"))
    by_id = head.begins(r'\{\s*"(nodes|edges)"\s*:\s*\{')
    bare = by_id and (head.has("categories") or head.has("predicate"))
    return head.is_json and (head.has("knowledge_graph") or results or bare)
