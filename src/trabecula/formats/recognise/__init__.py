"""What a file is, by how it begins: its suffix says less, and often something else.

Each row of `LOOKS` asks one question of the first bytes of a file; the first row that says yes
names the format. What is ours, and what nothing here recognises, goes by its suffix.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from trabecula import files
from trabecula.characters import visible
from trabecula.errors import FormatError, Problem
from trabecula.formats.recognise import documents, tables
from trabecula.formats.recognise.heads import START, Look, head
from trabecula.formats.recognise.unread import NO_GRAPH, UNREAD
from trabecula.mapping.parquet import MAGIC

#: What a script in BEL sets before it says anything.
_BEL: Final = re.compile(
    r"(?im)^(SET\s+(DOCUMENT\s+\w+|Citation)\s*=|DEFINE\s+(NAMESPACE|ANNOTATION)\s)"
)

_OBO = re.compile(r"(?m)(![^\n]*\n|\s)*+(format-version:|\[Term\]\s*$)")
_JSON_LD = re.compile(r'\s*(\[\s*)?\{\s*"@(context|graph|id|type)"')
#: What statements of INDRA call those who take part.
_INDRA = ("subj", "enz", "sub", "obj", "members", "agent", "gef", "gap", "obj_from")
_NAMED_GRAPH = re.compile(r"(?m)^[^\S\n]*+((GRAPH\s++)?[\w:.<>/#-]++\s*+)?\{")

#: Format -> how it looks. The order matters: what is told by more comes first.
LOOKS: Final[tuple[tuple[str, Look], ...]] = (
    ("kgx-parquet", lambda h: h.start.startswith(MAGIC)),
    # Networks of other programs.
    ("trapi", documents.is_trapi),
    ("graphml", lambda h: h.root == "graphml"),
    ("gexf", lambda h: h.root == "gexf"),
    ("xgmml", lambda h: h.root == "graph" and (b"XGMML" in h.start or h.ends(".xgmml"))),
    ("gml", lambda h: h.begins(r"(?i)(creator\b.*\n|version\b.*\n|comment\b.*\n|\s)*graph\s*\[")),
    ("dot", lambda h: h.begins(r"(?i)(strict\s+)?(di)?graph\b[^\n{]*\{")),
    ("hetionet", lambda h: h.is_json and h.has("metaedge_tuples")),
    ("physiomap", lambda h: h.is_json and h.has("causal_edges", "sign")),
    ("drugmechdb", lambda h: h.has_words("drug_mesh", "links")),
    (
        "dismech",
        lambda h: (
            h.is_yaml
            and (
                h.has_words("name", "pathophysiology", "evidence|downstream")
                or h.has_words("name", "disease_term", "evidence|pathophysiology|phenotypes")
            )
        ),
    ),
    ("apoc", lambda h: h.is_json and documents.is_apoc(h)),
    ("cx2", lambda h: h.begins(r'\[\s*\{\s*"CXVersion"')),
    (
        "cx",
        lambda h: h.begins(r"\[\s*\{") and (h.has("@id", "nodes") or h.has("numberVerification")),
    ),
    ("cyjs", lambda h: h.is_json and documents.is_cyjs(h)),
    ("obographs", lambda h: h.is_json and documents.is_obographs(h)),
    ("jgf", lambda h: h.is_json and documents.is_jgf(h)),
    ("node-link", lambda h: h.is_json and documents.is_node_link(h)),
    # Ontologies, pathways and assertions.
    ("gpml", lambda h: h.root == "pathway" and "pathvisio.org/GPML" in h.text),
    ("sbgn", lambda h: h.root == "sbgn"),
    ("sbml-qual", lambda h: h.root == "sbml"),
    (
        "bel-json",
        lambda h: (
            documents.are_rows_of_bel(h)
            or (
                h.is_json
                and (
                    h.has("pybel_version")
                    or h.has("nanopub", "assertions", "relation")
                    or h.has("source", "target", "relation", "function", "bel")
                )
            )
        ),
    ),
    ("bel", lambda h: bool(_BEL.search(h.text)) and not h.is_json),
    ("obo", lambda h: bool(_OBO.match(h.text))),
    ("minerva", documents.is_minerva),
    ("gocam", documents.is_gocam),
    ("biofactoid", lambda h: h.is_json and h.has("elements", "secret", "id")),
    ("indra", lambda h: h.is_json and h.has("db_refs", "type") and any(map(h.has, _INDRA))),
    ("sssom", lambda h: h.is_json and h.has("mappings", "subject_id", "object_id")),
    ("rdfxml", lambda h: h.root == "rdf" or (h.ends(".owl") and h.text.lstrip()[:1] == "<")),
    ("jsonld", lambda h: bool(_JSON_LD.match(h.text))),
    ("trig", lambda h: h.ends(".nanopub.trig")),
    ("trig", lambda h: h.is_turtle and bool(_NAMED_GRAPH.search(h.text))),
    ("ttl", lambda h: h.is_turtle),
    # Tables, which say least of what they are.
    ("sif", lambda h: h.line.startswith("PARTICIPANT_A\tINTERACTION_TYPE\t")),
    ("sif", lambda h: h.ends(".sif")),
    ("kgx-jsonl", lambda h: h.is_json and tables.is_kgx(h)),
    ("neo4j", tables.is_neo4j),  # KGX with the header of an import of Neo4j, too
    ("kgx", lambda h: tables.is_archive(h) or (not h.is_json and tables.is_kgx(h))),
    ("sssom", tables.is_sssom),
    ("gaf", tables.is_gaf),
    ("gpad", tables.is_gpad),
    ("hpoa", tables.is_hpoa),
    ("mitab", tables.is_mitab),
    ("edges", tables.is_edges),
)


def refuse(path: Path, *, named: bool = False) -> None:
    """Raise `FormatError` for a file with nothing in it, or of a kind that is known and not read.

    Where its format is `named`, only what is no graph in any format is refused.
    """
    beginning = head(path)
    if beginning is None:
        return
    # A graph of which nothing may be repeated is a file of SIF without a line.
    if len(beginning.start) < START and not beginning.text.strip() and not beginning.ends(".sif"):
        files.read_bytes(path)  # what cannot be unfolded says so
        what, fix = "there is nothing in the file", "write a graph into it, or name another"
        raise FormatError([Problem("empty-file", visible(str(path)), what, fix)])
    for what, looks, fix in (*NO_GRAPH, *(() if named else UNREAD)):
        if looks(beginning):
            problem = f"this is {what}, which is not read"
            raise FormatError([Problem("unread-format", visible(str(path)), problem, fix)])


def recognised(path: Path) -> str:
    """The name of the format that a file is in by how it looks; empty where that is not told."""
    beginning = head(path)
    if beginning is None or not beginning.start:
        return ""
    return next((name for name, looks in LOOKS if looks(beginning)), "")
