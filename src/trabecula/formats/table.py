"""The table of formats: what each is called, what its files end in, what it can do and loses."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from types import MappingProxyType
from typing import Any, Final

from trabecula import compressed, outputs
from trabecula.errors import VocabularyError, require_text
from trabecula.misspelt import unknown


@dataclass(frozen=True, slots=True)
class Format:
    """A file format: what it is called, what files of it end in, and what can be done with it.

    In a lossless format, what was written reads back as an equal graph; `loses` says what others
    have no place for.
    """

    name: str
    suffixes: tuple[str, ...]
    description: str
    module: str
    syntax: str = ""  # given to a module that holds several syntaxes
    reads: bool = False
    writes: bool = True
    lossless: bool = False
    loses: str = ""
    pair: str = ""  # what nodes and edges end in, where they are two files
    vocabulary: str = ""  # of the predicates of a format of others; see `mapping.predicates`
    extra: str = ""  # what pip has to bring for it, of which the bytes of its files depend


_EVIDENCE = "the records of sources, and what each of them says, how and in which context"
_RECORDS = (
    "the records of sources, how strong evidence is, the words that the graph has of its own, and "
    "which end of a statement comes first where it has no direction; a statement that is negated "
    "reads back as one that its evidence disputes, or the file where it has none"
)
_DESCRIPTIONS = "descriptions, synonyms, cross-references and taxa of entities"

#: What models and drawings lose, which say only that something acts on something.
_ACTS = (
    "statements but those that something changes something{more}, of those the ones that are "
    "negated, refuted or only denied, and all qualifiers; of evidence, all but which sources "
    f"support; {_DESCRIPTIONS}; topics; predicates of the graph's own, but for their sign"
)

_ASSOCIATIONS = (
    "categories and predicates that Biolink has no word for; statements that somebody only "
    "qualifies, and denials that are only disputed; who qualifies a statement, who supports one "
    "that is refuted, who disputes a denial, and what was retracted; how strong evidence is, by "
    "which design, in which system and where it stands, and sizes of effects but in words; where "
    "several papers say the same, what each of them says; records of sources; topics; a statement "
    "that is negated reads back as one that its evidence disputes, or the file where it has none"
)
_CELLS = f"{_ASSOCIATIONS}; texts such as NA, and {{sign}} in lists{{more}}, which become {{other}}"

#: The formats by name.
FORMATS: Final = MappingProxyType(
    {
        form.name: form
        for form in (
            Format("curated", (), "a folder of tables that people edit",
                   "curated", reads=True, lossless=True),
            Format("ttl", (".ttl",), "RDF as Turtle, for people",
                   "rdf", "ttl", reads=True, lossless=True, vocabulary="rdf"),
            Format("nt", (".nt",), "RDF as N-Triples, one triple a line",
                   "rdf", "nt", reads=True, lossless=True, vocabulary="rdf"),
            Format("jsonld", (".jsonld",), "RDF as JSON-LD",
                   "rdf", "jsonld", reads=True, lossless=True, vocabulary="rdf"),
            Format("rdfxml", (".rdf",), "RDF as RDF/XML",
                   "rdf", "rdfxml", reads=True, lossless=True, vocabulary="rdf"),
            Format("trig", (".trig",), "RDF as TriG, with a nanopublication for each source",
                   "rdf", "trig", reads=True, lossless=True, vocabulary="rdf"),
            Format("nq", (".nq",), "RDF as N-Quads, with a nanopublication for each source",
                   "rdf", "nq", reads=True, lossless=True, vocabulary="rdf"),
            Format("ttl12", (".ttl12",), "RDF 1.2 as Turtle, with triple terms",
                   "rdf", "ttl12", reads=True, lossless=True, vocabulary="rdf"),
            Format("json", (".json",), "node-link JSON of networkx and d3, with every record",
                   "nodelink", reads=True, lossless=True),
            # Networks of other programs.
            Format("graphml", (".graphml",), "GraphML for Cytoscape, yEd, Gephi and igraph",
                   "graphml", reads=True, vocabulary="network", loses=_RECORDS),
            Format("gexf", (".gexf",), "GEXF for Gephi", "gexf",
                   reads=True, vocabulary="network", loses=_RECORDS),
            Format("gml", (".gml",), "GML for igraph, networkx and Cytoscape", "gml",
                   reads=True, vocabulary="network", loses=_RECORDS),
            Format("xgmml", (".xgmml",), "XGMML for Cytoscape", "xgmml",
                   reads=True, vocabulary="network", loses=_RECORDS),
            Format("cyjs", (".cyjs",), "JSON of Cytoscape.js and Cytoscape", "cyjs",
                   reads=True, vocabulary="network", loses=_RECORDS),
            Format("cx2", (".cx2",), "CX2 for NDEx and Cytoscape, with colours and arrowheads",
                   "cx2", reads=True, vocabulary="network", loses=_RECORDS),
            Format("cx", (".cx",), "CX of NDEx and Cytoscape, version 1", "cx",
                   reads=True, vocabulary="network", loses=_RECORDS),
            Format("node-link", (), "node-link JSON of networkx and d3 that is not ours",
                   "foreign_nodelink", reads=True, writes=False, vocabulary="network"),
            Format("jgf", (".jgf",), "JSON Graph Format, as networks of BEL come in", "jgf",
                   reads=True, writes=False, vocabulary="network"),
            Format("apoc", (), "JSON that APOC exports from Neo4j", "apoc",
                   reads=True, writes=False, vocabulary="network"),
            Format("hetionet", (), "JSON of hetnetpy, such as Hetionet", "hetionet",
                   reads=True, writes=False, vocabulary="hetionet"),
            Format("drugmechdb", (), "paths of DrugMechDB in YAML", "drugmechdb",
                   reads=True, writes=False, vocabulary="drugmechdb"),
            Format("dismech", (), "disorders of dismech in YAML", "dismech",
                   reads=True, writes=False, vocabulary="dismech"),
            Format("physiomap", (), "JSON of PhysioMap", "physiomap",
                   reads=True, writes=False, vocabulary="physiomap"),
            # Tables.
            Format("csv", (".csv",), "one row a statement, with commas", "tables", "csv",
                   loses=f"{_DESCRIPTIONS}; {_EVIDENCE}; entities without a statement"),
            Format("tsv", (".tsv",), "one row a statement, with tabs", "tables", "tsv",
                   loses=f"{_DESCRIPTIONS}; {_EVIDENCE}; entities without a statement"),
            Format("dot", (".dot", ".gv"), "DOT for Graphviz", "dot",
                   reads=True, vocabulary="network",
                   loses=f"{_DESCRIPTIONS}; {_RECORDS}"),
            Format("sif", (".sif",), "SIF for Cytoscape: subject, predicate, object", "sif",
                   reads=True, vocabulary="sif",
                   loses="all of entities but their ids; qualifiers, topics, signs, statuses and "
                   "all evidence; and statements that are negated, refuted or only denied"),
            Format("edges", (), "a table with an edge in a row, of SIGNOR, OmniPath, STRING, "
                   "BioGRID or with columns that are named", "edges", reads=True, writes=False,
                   vocabulary="edges"),
            Format("mitab", (".mitab",), "PSI-MI TAB 2.5 to 2.8", "mitab", reads=True, writes=False,
                   vocabulary="mitab"),
            Format("kgx", ("_edges.tsv", "_nodes.tsv", ".tar"), "KGX, tables of nodes and edges "
                   "of Biolink", "kgx", "tsv", reads=True, pair="tsv", vocabulary="biolink",
                   loses=_CELLS.format(sign="bars", more=" and qualifiers", other="slashes")),
            Format("kgx-jsonl", ("_edges.jsonl", "_nodes.jsonl"), "KGX, lines of JSON", "kgx",
                   "jsonl", reads=True, pair="jsonl", vocabulary="biolink", loses=_ASSOCIATIONS),
            Format("kgx-parquet", ("_edges.parquet", "_nodes.parquet"), "KGX, tables of Parquet "
                   "for data frames and DuckDB", "kgx", "parquet", reads=True, pair="parquet",
                   vocabulary="biolink", extra="store", loses=_ASSOCIATIONS),
            Format("neo4j", ("_edges.csv", "_nodes.csv"), "CSV for neo4j-admin import", "neo4j",
                   "csv", reads=True, pair="csv", vocabulary="biolink",
                   loses=_CELLS.format(sign="semicolons", more="", other="commas")),
            # Pages and lists.
            Format("md", (".md",), "Markdown: a table of statements and their evidence", "markdown",
                   loses=f"ids; {_DESCRIPTIONS}; topics; of evidence, all but source and wording; "
                   "entities without a statement"),
            Format("mermaid", (".mmd", ".mermaid"), "a flowchart of Mermaid", "mermaid",
                   loses=f"ids; {_DESCRIPTIONS}; {_EVIDENCE}; topics; and statements that are "
                   "negated, refuted or only denied"),
            Format("bib", (".bib",), "references as BibTeX", "references", "bib",
                   loses="everything but the sources"),
            Format("csl", (".csl.json",), "references as CSL-JSON", "references", "csl",
                   loses="everything but the sources"),
            Format("ris", (".ris",), "references as RIS", "references", "ris",
                   loses="everything but the sources"),
            # Ontologies, pathways and assertions.
            Format("bel", (".bel",), "BEL script, the Biological Expression Language", "bel",
                   reads=True, vocabulary="bel",
                   loses=f"{_DESCRIPTIONS}; ids of proteins, genes and RNAs, which become "
                   "cross-references; categories that BEL has no function for; topics, methods, "
                   "systems and strengths, sizes of effects but in words, and where evidence "
                   "stands; what is disputed or only qualified, and predicates that BEL has no "
                   "relation for but for their sign; that qualifiers are part of the meaning"),
            Format("gpml", (".gpml",), "GPML, drawings of WikiPathways and PathVisio", "gpml",
                   "2013a", reads=True, vocabulary="gpml",
                   loses=_ACTS.format(more=" or needs it")),
            Format("gpml-2021", (".2021.gpml",), "GPML 2021, of PathVisio 4", "gpml", "2021",
                   reads=True, vocabulary="gpml", loses=_ACTS.format(more=" or needs it")),
            Format("sbgn", (".sbgn",), "SBGN-ML, maps of activities and processes", "sbgn",
                   reads=True, vocabulary="sbgn", loses=_ACTS.format(more=" or needs it")),
            Format("sbml-qual", (".sbml",), "SBML, with qualitative transitions or with reactions",
                   "sbml_qual",
                   reads=True, vocabulary="sbml", loses=_ACTS.format(more="")),
            Format("biopax", (".biopax", ".biopax.owl"), "BioPAX level 3, which is read as RDF",
                   "biopax",
                   loses="things but molecules and processes; statements but that molecules bind, "
                   "or change a process, and of those the ones that are negated, refuted or only "
                   "denied; predicates, but for their sign, and all qualifiers; of evidence, all "
                   f"but which sources support; {_DESCRIPTIONS}; topics"),
            Format("bel-json", (), "JSON of PyBEL: links, lines, rows or nanopublications",
                   "bel_json", reads=True, writes=False, vocabulary="bel"),
            Format("trapi", (".trapi", ".trapi.json"), "TRAPI, a message of Translator", "trapi",
                   reads=True, vocabulary="biolink", loses=_ASSOCIATIONS),
            Format("gaf", (".gaf",), "GAF, annotations of genes with GO", "annotations", "gaf",
                   reads=True, writes=False, vocabulary="annotations"),
            Format("gpad", (".gpad", ".gpa", ".gpi"), "GPAD, annotations of genes with GO, and GPI",
                   "annotations", "gpad", reads=True, writes=False, vocabulary="annotations"),
            Format("hpoa", (".hpoa",), "HPOA, annotations of diseases with phenotypes",
                   "annotations", "hpoa", reads=True, writes=False, vocabulary="annotations"),
            Format("sssom", (".sssom.tsv", ".sssom"), "SSSOM, mappings between terms", "sssom",
                   reads=True, vocabulary="sssom",
                   loses="all that is no cross-reference and no mapping, and what a source says of "
                   "one but its justification"),
            Format("owl", (".owl",), "OWL for Protégé, axioms annotated with their sources",
                   "rdf", "owl",
                   loses="categories, qualifiers and topics; of evidence for, all but source and "
                   "wording; evidence against; and statements that are negated, refuted or only "
                   "denied"),
            Format("nanopub", (".nanopub.trig",), "nanopublications, one for each reason", "rdf",
                   "nanopub",
                   loses="statements without evidence, what only qualifies, and what disputes a "
                   "denial; strengths, contexts and places; topics; and of entities all but names"),
            Format("indra", (".indra.json",), "statements of INDRA as JSON", "indra",
                   reads=True, vocabulary="indra",
                   loses=f"categories, {_DESCRIPTIONS}; statements but of change, of binding and "
                   "of what goes together; predicates, but for their sign, and all qualifiers; "
                   "evidence that only qualifies; of evidence, all but source and wording; topics"),
            Format("biofactoid", (".biofactoid.json",), "a document of Biofactoid", "biofactoid",
                   reads=True, writes=False, vocabulary="biofactoid"),
            Format("gocam", (".gocam.yaml", ".gocam.json"), "a GO-CAM as YAML or JSON of gocam-py",
                   "gocam", "gocam", reads=True, vocabulary="gocam",
                   loses="things but activities, which are functions or enabled by something; "
                   "statements but what enables them, where and in what they take place, what they "
                   "take in and give out, and what they do to each other, of those the ones that "
                   "are negated, refuted or only denied, and all qualifiers; predicates that are "
                   "none of RO, but for their sign; of evidence, all but the supporting source and "
                   f"its method; {_DESCRIPTIONS}, their categories, and names of activities that "
                   "are no term; topics"),
            Format("minerva", (".minerva.json",), "a GO-CAM as JSON of Minerva", "gocam",
                   "minerva", reads=True, writes=False, vocabulary="gocam"),
            Format("obo", (".obo",), "OBO: an ontology as text", "obo",
                   reads=True, vocabulary="obo",
                   loses="evidence against; of evidence for, all but the source; topics; labels of "
                   "cross-references that match; and statements that are negated, refuted or only "
                   "denied"),
            Format("obographs", (".obographs.json",), "OBO Graphs: an ontology as JSON",
                   "obographs", reads=True, vocabulary="obo",
                   loses="evidence against; of evidence for, all but source and wording; topics, "
                   "and statements that are negated, refuted or only denied"),
        )
    }
)  # fmt: skip


def by_suffix(name: str) -> Format | None:
    """The format that the name of a file ends like, in any case and `.gz` and such apart.

    >>> by_suffix("graph.TTL.gz").name
    'ttl'
    """
    ends = {end: form for form in FORMATS.values() for end in form.suffixes}
    ending = outputs.ending(compressed.unfolded_name(name), ends)
    return ends[ending] if ending else None


def format_named(name: str) -> Format:
    """The format with this name; raises `VocabularyError` with the nearest names for others."""
    require_text(name, "the name of a format")
    if name not in FORMATS:
        raise VocabularyError(unknown("format", name, FORMATS))
    return FORMATS[name]


def module_of(form: Format) -> Any:
    """The module that reads and writes a format, loaded when it is first needed."""
    return import_module(f"trabecula.formats.{form.module}")
