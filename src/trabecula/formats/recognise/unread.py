"""How files look that are not read: those that are no graph, and those of other formats."""

from __future__ import annotations

import re
from typing import Final

from trabecula import compressed
from trabecula.formats.recognise.heads import Look

#: What is no graph, whatever it is called and said to be: what it is, how it looks, what to do.
NO_GRAPH: Final[tuple[tuple[str, Look, str], ...]] = (
    ("a page of HTML", lambda h: h.root == "html", "download the file, not the page about it"),
    (
        "a pointer of Git LFS",
        lambda h: h.start.startswith(b"version https://git-lfs."),
        "fetch what it stands for with `git lfs pull`",
    ),
    (
        "a file with the marks of a merge that is not done",
        lambda h: bool(re.search(r"(?m)^<{7} \S", h.text)),
        "choose between the two sides, and remove the lines of the marks",
    ),
    (
        "an archive of zip, as spreadsheets are",
        lambda h: h.start.startswith(b"PK\x03\x04"),
        "unpack it, or save the sheet as CSV",
    ),
    ("compressed twice", lambda h: compressed.folded(h.start) is not None, "unfold it once"),
    ("a document of PDF", lambda h: h.start.startswith(b"%PDF-"), "name a graph"),
    ("a database of SQLite", lambda h: h.start.startswith(b"SQLite format 3"), "export a table"),
)

#: What is known and not read: what it is, how it looks, what to do.
UNREAD: Final[tuple[tuple[str, Look, str], ...]] = (
    (
        "OWL in functional syntax",
        lambda h: h.begins(r"Prefix\s*\(|Ontology\s*\(\s*(<|Decl)"),
        "convert it to RDF/XML or OBO Graphs, as `robot convert` does",
    ),
    (
        "OWL in Manchester syntax",
        lambda h: h.begins(r"(Prefix:\s|Ontology:\s+<)"),
        "convert it to RDF/XML or OBO Graphs, as `robot convert` does",
    ),
    (
        "OWL/XML",
        lambda h: h.root == "ontology" and "www.w3.org/2002/07/owl#" in h.text,
        "convert it to RDF/XML or OBO Graphs, as `robot convert` does",
    ),
    (
        "adjacency data of networkx",
        lambda h: h.is_json and h.has("adjacency", "nodes", "multigraph"),
        "write it with networkx.node_link_data",
    ),
    (
        "a part of PhysioMap, with the evidence of its edges",
        lambda h: h.is_json and h.has("records", "evidence_status"),
        "name the map itself, physiomap-….json",
    ),
    (
        "an answer of SPARQL in JSON",
        lambda h: h.is_json and h.has("head", "vars", "bindings"),
        "ask with CONSTRUCT for RDF; or save a table, and say which columns are subject and object",
    ),
    (
        "entities of Wikidata in JSON",
        lambda h: h.is_json and h.has("claims", "mainsnak"),
        "name the same in RDF, such as Q1.ttl",
    ),
    (
        "KGML, the pathways of KEGG",
        lambda h: h.root == "pathway" and ("KGML" in h.text or "genome.jp/kegg" in h.text),
        "read its relations as a table: entry1, entry2 and the name of the subtype",
    ),
    (
        "XML of Orphanet",
        lambda h: h.root == "jdbor",
        "write a table with a gene or a phenotype and a disease in each row, or take the HPO's",
    ),
    ("TriX", lambda h: h.root == "trix", "convert it to TriG or N-Quads"),
    ("Pajek", lambda h: h.begins(r"(?i)\*(vertices|network)\b"), "convert it to GraphML"),
)
