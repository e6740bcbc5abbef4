"""What a file is, by how it begins: its suffix says less, and often something else.

Each row of `LOOKS` asks one question of the first bytes of a file; the first row that says yes
names the format. What is ours, and what nothing here recognises, goes by its suffix.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

from trabecula import compressed, files
from trabecula.characters import visible
from trabecula.errors import FormatError, Problem
from trabecula.mapping.delimited import delimiter_of, folded, is_pair
from trabecula.mapping.parquet import MAGIC
from trabecula.prefixes import ONTOLOGY
from trabecula.vocabulary import PREDICATES

#: So many bytes of the start of a file are looked at, and of its end.
_START: Final = 1 << 16
_END: Final = 1 << 12


@dataclass(frozen=True)
class Head:
    """How a file begins and ends, unfolded where it is compressed."""

    name: str  # of the file in lower case, without an ending such as .gz
    start: bytes
    end: bytes = b""

    @cached_property
    def text(self) -> str:
        """The start as text, whatever it is encoded in."""
        codec = "utf-16" if self.start[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
        text = self.start.decode(codec, "replace")
        return text if "\n" in text else text.replace("\r", "\n")  # as old spreadsheets write

    @cached_property
    def line(self) -> str:
        """The first line that is neither empty nor a comment."""
        lines = (line.strip("\r") for line in self.text.split("\n"))
        content = (line for line in lines if line.strip() and line[0] != "#")
        return next((line for line in content if not re.fullmatch(r"(?i)sep=.", line)), "")

    @cached_property
    def root(self) -> str:
        """The name of the root element, where it is XML, in lower case and without prefix."""
        text = re.sub(
            r"(?si)\A\s*(<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^>\[]*(\[.*?\])?\s*>|\s+)*", "", self.text
        )
        match = re.match(r"<(?:[\w.-]+:)?([\w.-]+)", text)
        return match[1].casefold() if match else ""

    @property
    def is_json(self) -> bool:
        """Whether it begins as an object or a list of JSON does."""
        return self.text.lstrip()[:1] in ("{", "[")

    @property
    def is_turtle(self) -> bool:
        """Whether it begins with a prefix of Turtle or TriG, and the suffix says something else."""
        starts = re.match(r"(?i)(#[^\n]*\n|\s)*+(@prefix|@base|prefix\s+[\w-]*:\s*<)", self.text)
        return bool(starts) and not self.ends(".ttl", ".ttl12", ".trig", ".rq", ".sparql")

    def has(self, *keys: str) -> bool:
        """Whether the start or the end of a file of JSON has all these keys, at any depth."""
        both = self.text + self.end.decode("utf-8", "replace")
        return all(re.search(rf'"{re.escape(key)}"\s*:', both) for key in keys)

    def ends(self, *suffixes: str) -> bool:
        """Whether the name of the file ends like this."""
        return self.name.endswith(suffixes)

    @property
    def is_yaml(self) -> bool:
        """Whether it begins with a key of YAML, after comments."""
        return self.begins(r"(---\s+)?(- )?[A-Za-z_]+:(\s|$)")

    @cached_property
    def content(self) -> str:
        """The start as text, after comments and blanks."""
        return re.sub(r"(?s)\A(\s+|#[^\n]*\n|//[^\n]*\n|/\*.*?\*/)*", "", self.text)

    def begins(self, pattern: str) -> bool:
        """Whether it begins like this, after comments in lines and blanks."""
        return re.match(pattern, self.content) is not None

    def has_words(self, *keys: str) -> bool:
        """Whether YAML or JSON has all these keys, each perhaps in one of several names."""
        return all(re.search(rf'(?m)(^|[\s{{,-])"?({key})"?\s*:', self.text) for key in keys)


def head(path: Path) -> Head | None:
    """The head of an ordinary file; None of a folder, a pipe, a device or what is not there."""
    if not path.is_file():
        return None
    with path.open("rb") as stream:
        start = stream.read(_START)
        end = b""
        if len(start) == _START:
            stream.seek(-_END, 2)
            end = stream.read(_END)
    folding = compressed.folded(start)
    if folding:
        start, end = compressed.beginning(path, folding, _START), b""
    return Head(compressed.unfolded_name(path.name.casefold()), start, end)


def _are_rows_of_bel(h: Head) -> bool:
    """Whether a row has two terms of BEL, a relation between them and perhaps an object of JSON."""
    cells = h.line.split("\t")
    terms = (re.fullmatch(r"[A-Za-z]+\(.+\)", cell.strip()) for cell in cells[:3:2])
    return 3 <= len(cells) <= 4 and all(terms) and (len(cells) == 3 or cells[3].startswith("{"))


#: What a script in BEL sets before it says anything.
_BEL: Final = re.compile(
    r"(?im)^(SET\s+(DOCUMENT\s+\w+|Citation)\s*=|DEFINE\s+(NAMESPACE|ANNOTATION)\s)"
)

_OBO = re.compile(r"(?m)(![^\n]*\n|\s)*+(format-version:|\[Term\]\s*$)")
_GOCAM = re.compile(r"(?m)^activities:\s*$")
_JSON_LD = re.compile(r'\s*(\[\s*)?\{\s*"@(context|graph|id|type)"')
#: What statements of INDRA call those who take part.
_INDRA = ("subj", "enz", "sub", "obj", "members", "agent", "gef", "gap", "obj_from")
_NAMED_GRAPH = re.compile(r"(?m)^[^\S\n]*+((GRAPH\s++)?[\w:.<>/#-]++\s*+)?\{")


def _is_gocam(head: Head) -> bool:
    """Whether it is a model of gocam-py, in YAML or in JSON."""
    if head.is_json:
        return head.has("activities") and (
            head.has("enabled_by") or head.has("causal_associations")
        )
    return bool(_GOCAM.search(head.text))


def _is_obographs(head: Head) -> bool:
    """Whether it is a list of graphs with labels, or with edges of `sub`, `pred` and `obj`."""
    return head.has("graphs") and (head.has("id", "nodes", "lbl") or head.has("sub", "pred", "obj"))


def _is_jgf(head: Head) -> bool:
    """Whether nodes stand within a graph; in node-link JSON they stand beside what it is."""
    before = re.match(r'(?s)(.*?)"nodes"\s*:', head.text)
    if not before or not (head.has("graph") or head.has("graphs")):
        return False
    marks = re.sub(r'"(?:[^"\\]|\\.)*"', "", before[1])
    return marks.count("{") - marks.count("}") > 1


def _is_cyjs(h: Head) -> bool:
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


def _is_node_link(h: Head) -> bool:
    """Whether there are nodes and edges that are not ours.

    Of a long file only the start and the end are seen. Ours have predicates, and after them sources
    of which it is said whether their abstract was read. A file of few words may have predicates,
    too; where one of them is none of ours, nobody knows here what it means, but the table does.
    """
    there = h.has("nodes") or h.has("links") or h.has("edges")  # of a long file perhaps one of them
    ends = h.has("source", "target") or h.has("from", "to")
    ours = h.has("abstract_read") or h.has("about") or h.has("supporting", "disputing")
    ours = ours or (h.has("predicate") and not _is_of_others(h))
    return there and ends and not ours and not h.has("pybel_version")


def _is_apoc(h: Head) -> bool:
    """Whether there are nodes and relationships of Neo4j, each of which says which it is."""
    typed = re.search(r'"type"\s*:\s*"(node|relationship)"', h.text)
    return bool(typed) and (h.has("labels") or h.has("label", "start", "end"))


Look = Callable[[Head], bool]


# --- Tables ----------------------------------------------------------------------------------


def _cells(head: Head, sign: str = "\t") -> list[str]:
    """The cells of the first line that is neither empty nor a comment, between tabs."""
    return [cell.strip().strip('"') for cell in head.line.split(sign)]


def _is_archive(head: Head) -> bool:
    """Whether it is an archive of tar with a table of edges in front or soon after."""
    return head.start[257:262] == b"ustar" and head.ends(".tar", ".tgz")


def _is_kgx(head: Head) -> bool:
    if head.is_json:
        edge = head.has("subject", "predicate", "object") and not head.has("knowledge_graph")
        if head.text.lstrip()[0] == "{" and head.line.rstrip().endswith("}"):  # a line of JSON
            return (edge and not head.has("links")) or (
                head.has("id", "category") and re.search(r"nodes?\.jsonl\Z", head.name) is not None
            )
        ends = head.has("source", "target") or head.has("links")
        return edge and (head.has("edges") or head.has("nodes")) and not ends
    names = {cell.removeprefix("biolink:") for cell in _cells(head)}
    if {"subject", "predicate", "object"} <= names:
        return bool(names & _OF_BIOLINK) or "biolink:" in head.text or "edges" in head.name
    return {"id", "category"} <= names and re.search(r"nodes?\.(tsv|txt)\Z", head.name) is not None


#: Columns that only tables of Biolink have.
_OF_BIOLINK: Final = frozenset(
    ("primary_knowledge_source", "knowledge_source", "aggregator_knowledge_source", "provided_by",
     "knowledge_level", "agent_type", "publications", "relation")
)  # fmt: skip


def _is_trapi(head: Head) -> bool:
    results = head.has("message") and (head.has("node_bindings") or head.has("query_graph"))
    return head.is_json and (head.has("knowledge_graph") or results)


def _is_neo4j(head: Head) -> bool:
    line = head.line
    admin = re.search(r":(START_ID|END_ID)\b", line) or re.search(r":ID\b", line)
    return (bool(admin) and not head.is_json) or {"_start", "_end", "_type"} <= set(
        re.split(r'[\t,;|"]+', line)
    )


def _is_gaf(head: Head) -> bool:
    if re.match(r"!\s*gaf-version", head.text, re.IGNORECASE):
        return True
    cells = _uncommented(head)
    return len(cells) in (15, 16, 17) and cells[8] in ("F", "P", "C") and ":" in cells[4]


def _is_gpad(head: Head) -> bool:
    if re.match(r"!\s*gp(a|ad)-version", head.text, re.IGNORECASE):
        return True
    cells = _uncommented(head)
    return 10 <= len(cells) <= 12 and cells[5].startswith("ECO:")


def _is_hpoa(head: Head) -> bool:
    first = re.sub(r"[^a-z\t\n]", "", head.text[:4096].casefold())
    named = "databaseid\tdiseasename\t" in first or "dbdiseaseid\tdiseasename" in first
    cells = _uncommented(head)
    return named or (
        len(cells) >= 12
        and any(cell.startswith("HP:") for cell in cells[3:5])
        and not _is_gaf(head)
    )


def _uncommented(head: Head) -> list[str]:
    """The cells of the first row of a table whose comments begin with `!` or `#`."""
    lines = (line.strip("\r") for line in head.text.split("\n"))
    return next((line for line in lines if line.strip() and line[0] not in "!#"), "").split("\t")


#: A term of PSI-MI in a cell, which DIP and iRefIndex write without its prefix.
_OF_PSI_MI: Final = r'(psi-mi:|"?MI:\d{4})'


def _is_mitab(head: Head) -> bool:
    if re.match(
        r"(#[^\n]*\n)*#?\s*(ID(\(s\))? interactor A|unique id\w* (for )?(of )?interactor A)",
        head.text,
        re.IGNORECASE,
    ):
        return True
    cells = _uncommented(head)
    return len(cells) >= 15 and bool(
        re.match(r"(psi-mi|taxid|-)", cells[9]) and re.match(rf"{_OF_PSI_MI}|-", cells[6])
        and any(re.match(_OF_PSI_MI, cells[at]) for at in (6, 11, 12))
    )  # fmt: skip


def _is_sssom(head: Head) -> bool:
    names = set(_cells(head, delimiter_of(head.line)))
    return {"subject_id", "predicate_id", "object_id"} <= names


def _are_records(head: Head) -> bool:
    """Whether JSON has an object for each row of a table, with two columns for the ends.

    Of objects in lines, which are no document of JSON, the reader asks for the columns.
    """
    start = re.match(r"\s*(\[\s*)?(?=\{)", head.text)
    if start is None:
        return False
    try:
        first, end = json.JSONDecoder(parse_int=str).raw_decode(head.text, start.end())
    except (ValueError, RecursionError):
        return False
    in_lines = start[1] is None and re.match(r"[ \t\r]*\n\s*\{", head.text[end:]) is not None
    return in_lines or is_pair(set(map(folded, first)))


def _is_edges(head: Head) -> bool:
    """Any other table: what it is, its reader says or asks for."""
    if head.is_json:
        return _are_records(head)
    if not head.ends(
        ".csv", ".tsv", ".tab", ".txt", ".edgelist", ".edges", ".ncol", ".links", ".source"
    ):
        sign = delimiter_of(head.line)
        if sign not in ("\t", ",", ";") or not is_pair(set(map(folded, _cells(head, sign)))):
            return False
    ours = head.name in ("entities.tsv", "sources.tsv") or head.line.startswith(
        ("subject\tstatement\t", "subject,statement,object")
    )
    return not ours and not head.root


#: Format -> how it looks. The order matters: what is told by more comes first.
LOOKS: Final[tuple[tuple[str, Look], ...]] = (
    ("kgx-parquet", lambda h: h.start.startswith(MAGIC)),
    # Networks of other programs.
    ("trapi", _is_trapi),
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
                or h.has_words("name", "disease_term", "evidence")
            )
        ),
    ),
    ("apoc", lambda h: h.is_json and _is_apoc(h)),
    ("cx2", lambda h: h.begins(r'\[\s*\{\s*"CXVersion"')),
    (
        "cx",
        lambda h: h.begins(r"\[\s*\{") and (h.has("@id", "nodes") or h.has("numberVerification")),
    ),
    ("cyjs", lambda h: h.is_json and _is_cyjs(h)),
    ("obographs", lambda h: h.is_json and _is_obographs(h)),
    ("jgf", lambda h: h.is_json and _is_jgf(h)),
    ("node-link", lambda h: h.is_json and _is_node_link(h)),
    # Ontologies, pathways and assertions.
    ("gpml", lambda h: h.root == "pathway" and "pathvisio.org/GPML" in h.text),
    ("sbgn", lambda h: h.root == "sbgn"),
    ("sbml-qual", lambda h: h.root == "sbml"),
    (
        "bel-json",
        lambda h: (
            _are_rows_of_bel(h)
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
    ("minerva", lambda h: h.is_json and h.has("individuals", "root-type")),
    ("gocam", _is_gocam),
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
    ("kgx-jsonl", lambda h: h.is_json and _is_kgx(h)),
    ("neo4j", _is_neo4j),  # KGX with the header of an import of Neo4j, too
    ("kgx", lambda h: _is_archive(h) or (not h.is_json and _is_kgx(h))),
    ("sssom", _is_sssom),
    ("gaf", _is_gaf),
    ("gpad", _is_gpad),
    ("hpoa", _is_hpoa),
    ("mitab", _is_mitab),
    ("edges", _is_edges),
)


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
    ("Pajek", lambda h: h.begins(r"(?i)\*(vertices|network)\b"), "convert it to GraphML"),
)


def refuse(path: Path, *, named: bool = False) -> None:
    """Raise `FormatError` for a file with nothing in it, or of a kind that is known and not read.

    Where its format is `named`, only what is no graph in any format is refused.
    """
    beginning = head(path)
    if beginning is None:
        return
    # A graph of which nothing may be repeated is a file of SIF without a line.
    if len(beginning.start) < _START and not beginning.text.strip() and not beginning.ends(".sif"):
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
