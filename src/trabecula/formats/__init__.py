"""Reading and writing graphs: the table of formats, and the functions that dispatch on it.

A format of ours is one module with `read(source, left)`, which yields records and tells `left`
what the model has no place for, or `render(graph)`, which gives bytes, or both; and one line in
`FORMATS`. A format of others has `items(reading)`, which parses and yields what the file says, and
names the `vocabulary` of its predicates: `mapping` makes records of that. Modules that hold several
syntaxes take the syntax as second argument. Which format a file is in, `recognise` tells by how it
begins.
`docs/formats.md` describes each format.
"""

from __future__ import annotations

import os
import warnings
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from trabecula import files, kept, outputs, progress, shipped
from trabecula.addresses import addresses, undeclared
from trabecula.canonical import is_paper
from trabecula.characters import visible
from trabecula.errors import FormatError, OutputError, Problem, VocabularyError
from trabecula.formats import curated
from trabecula.formats.recognise import recognised, refuse
from trabecula.graph import Graph
from trabecula.leftover import LeftOut, Leftovers
from trabecula.mapping import AS_IT_IS, Options, Reading, Report, beside
from trabecula.mapping import records as mapped
from trabecula.misspelt import unknown
from trabecula.model import Entity, Record, Source, Statement
from trabecula.prefixes import ENTITY, ONTOLOGY, SOURCE, space_of
from trabecula.reason.search import uncollected
from trabecula.settled import settled
from trabecula.tidy import checked, tidied

__all__ = ["FORMATS", "Format", "curated", "guess", "load", "read", "render", "write"]


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
    "reads back as one that its evidence disputes"
)
_DESCRIPTIONS = "descriptions, synonyms and cross-references of entities"

#: What models and drawings lose, which say only that something acts on something.
_ACTS = (
    "statements but those that something changes something{more}, of those the ones that are "
    "negated, refuted or only denied, and all qualifiers; of evidence, all but which sources "
    f"support; {_DESCRIPTIONS}; topics; predicates of the graph's own, but for their sign"
)

_ASSOCIATIONS = (
    "categories and predicates that Biolink has no word for; statements that somebody only "
    "qualifies, and denials that are only disputed; who qualifies a statement, who supports one "
    "that is refuted, who disputes a denial, and what was retracted; how strong evidence is, in "
    "which system and where it stands; where several papers say the same, what each of them says; "
    "records of sources"
)

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
                   loses="names, qualifiers, signs, statuses and all evidence; and statements that "
                   "are negated, refuted or only denied"),
            Format("edges", (), "a table with an edge in a row, of SIGNOR, OmniPath, STRING, "
                   "BioGRID or with columns that are named", "edges", reads=True, writes=False,
                   vocabulary="edges"),
            Format("mitab", (".mitab",), "PSI-MI TAB 2.5 to 2.8", "mitab", reads=True, writes=False,
                   vocabulary="mitab"),
            Format("kgx", ("_edges.tsv", "_nodes.tsv", ".tar"), "KGX, tables of nodes and edges "
                   "of Biolink", "kgx", "tsv", reads=True, pair="tsv", vocabulary="biolink",
                   loses=_ASSOCIATIONS),
            Format("kgx-jsonl", ("_edges.jsonl", "_nodes.jsonl"), "KGX, lines of JSON", "kgx",
                   "jsonl", reads=True, pair="jsonl", vocabulary="biolink", loses=_ASSOCIATIONS),
            Format("kgx-parquet", ("_edges.parquet", "_nodes.parquet"), "KGX, tables of Parquet "
                   "for data frames and DuckDB", "kgx", "parquet", reads=True, pair="parquet",
                   vocabulary="biolink", extra="store", loses=_ASSOCIATIONS),
            Format("neo4j", ("_edges.csv", "_nodes.csv"), "CSV for neo4j-admin import", "neo4j",
                   "csv", reads=True, pair="csv", vocabulary="biolink", loses=_ASSOCIATIONS),
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
                   "cross-references; topics, methods and strengths; "
                   "what is disputed, and predicates that BEL has no relation for; that qualifiers "
                   "are part of the meaning"),
            Format("gpml", (".gpml",), "GPML, drawings of WikiPathways and PathVisio", "gpml",
                   "2013a", reads=True, vocabulary="gpml",
                   loses=_ACTS.format(more=" or needs it")),
            Format("gpml-2021", (".2021.gpml",), "GPML 2021, of PathVisio 4", "gpml", "2021",
                   reads=True, vocabulary="gpml", loses=_ACTS.format(more=" or needs it")),
            Format("sbgn", (".sbgn",), "SBGN-ML, maps of activities and processes", "sbgn",
                   reads=True, vocabulary="sbgn", loses=_ACTS.format(more=" or needs it")),
            Format("sbml-qual", (".sbml",), "SBML with qualitative transitions", "sbml_qual",
                   reads=True, vocabulary="sbml", loses=_ACTS.format(more="")),
            Format("biopax", (".biopax", ".biopax.owl"), "BioPAX level 3, which is read as RDF",
                   "biopax",
                   loses="things but molecules and processes; statements but that molecules bind, "
                   "or change a process, and of those the ones that are negated, refuted or only "
                   "denied; predicates, but for their sign, and all qualifiers; of evidence, all "
                   f"but which sources support; {_DESCRIPTIONS}; topics"),
            Format("bel-json", (), "node-link JSON of PyBEL", "bel_json",
                   reads=True, writes=False, vocabulary="bel"),
            Format("trapi", (".trapi", ".trapi.json"), "TRAPI, a message of Translator", "trapi",
                   reads=True, vocabulary="biolink", loses=_ASSOCIATIONS),
            Format("gaf", (".gaf",), "GAF, annotations of genes with GO", "annotations", "gaf",
                   reads=True, writes=False, vocabulary="annotations"),
            Format("gpad", (".gpad", ".gpa"), "GPAD, annotations of genes with GO", "annotations",
                   "gpad", reads=True, writes=False, vocabulary="annotations"),
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
                   f"its method; {_DESCRIPTIONS}; topics"),
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
    found = outputs.ending(files.unfolded_name(name), ends)
    return ends[found] if found else None


def guess(path: Path | str) -> Format:
    """The format of a file to read by how it begins, or else by its suffix, `.gz` and such apart.

    That of a folder is the curated one. Raises `FileNotFoundError` where nothing is there,
    `VocabularyError` where neither tells the format, `FormatError` for a file of a kind that is
    known and not read.
    """
    path = Path(path)
    if path.is_dir():
        return FORMATS["curated"]
    path.stat()
    refuse(path)
    looks = recognised(path)
    if looks:
        return FORMATS[looks]
    form = by_suffix(path.name)
    if form:
        return form
    name = Path(files.unfolded_name(path.name))
    what = f"unknown suffix {name.suffix!r}" if name.suffix else "no suffix"
    raise VocabularyError(
        f"{visible(str(path))}: {what}, and a beginning that tells no format: name it, as"
        " `trabecula convert --from` does; `trabecula info --formats` lists those that are read"
    )


def read(
    source: Path | str,
    format: str | None = None,  # noqa: A002
    *,
    left: Leftovers | None = None,
    options: Options = AS_IT_IS,
    report: Report | None = None,
) -> Iterator[Record]:
    """The records in a file or in a curated folder, each of them checked.

    The format is guessed from the file where it is not named. What the model has no place for is
    counted and named in `left`; where none is given, it becomes `LeftOut` warnings once the file
    is read. `options` are for formats of others, of which `report` gets the figures. Raises
    `VocabularyError` for a format that is unknown or only written, `FormatError` for a file that is
    not what the format requires, `OSError` where it cannot be read.
    """
    source = Path(source)
    form = _named(format) if format else guess(source)
    if format:
        refuse(source, named=True)
    if not form.reads:
        known = ", ".join(name for name, other in FORMATS.items() if other.reads)
        hint = "; to read the tables of the curated format, name their folder"
        raise VocabularyError(
            f"{form.name} is written, not read; these are read: {known}"
            + (hint if form.name == "tsv" else "")
        )
    told = report or Report()
    told.left = left or told.left
    records = _records(source, form, told, options)
    return _warned(source, records, told.left) if left is None else records


def _warned(source: Path, records: Iterator[Record], left: Leftovers) -> Iterator[Record]:
    yield from records
    left.warn(str(source))


def _records(source: Path, form: Format, report: Report, options: Options) -> Iterator[Record]:
    report.format, report.description = form.name, form.description
    left = report.left
    with progress.phase(f"reading {source.name}"):
        if form.name == "curated":
            yield from curated.read(source, left, strict=False)
            return
        module = _module(form)
        syntax = (form.syntax,) if form.syntax else ()
        reading = Reading(source, report, options)
        if form.vocabulary and not form.lossless:
            found = mapped(module.items(reading, *syntax), reading, form.vocabulary)
            yield from tidied(found, left, f"{source}: ")
            return
        others = (reading,) if form.vocabulary else ()  # a file may be ours, or somebody else's
        records = progress.steps(module.read(source, *syntax, left, *others), "records")
        yield from tidied(records, left, f"{source}: ", getattr(module, "TIDY", ()))


@uncollected
def load(
    source: Path | str | None = None,
    format: str | None = None,  # noqa: A002
    *,
    left: Leftovers | None = None,
    options: Options = AS_IT_IS,
    report: Report | None = None,
) -> Graph:
    """The graph in a file or in a curated folder; the shipped graph where neither is named.

    Warns and raises as `read` does.
    """
    if source is None and format is None and report is None:
        return kept.graph(shipped.graph(), lambda: read_shipped(left))
    path = shipped.graph() if source is None else source
    graph = Graph(read(path, format, left=left, options=options, report=report))
    if report is not None and not report.mapped:
        _count(graph, report)
    return graph


def read_shipped(left: Leftovers | None) -> tuple[Graph, bool]:
    """The shipped graph, and whether nothing of it was left out."""
    told = Leftovers()
    folder = shipped.graph()
    graph = Graph(read(folder, left=told))
    if left is None:
        told.warn(str(folder))
    else:
        left.take(told)
    return graph, told == Leftovers()


def _count(graph: Graph, report: Report) -> None:
    """The figures of a graph that was read from a format of ours."""
    evidence = [row for statement in graph.statements.values() for row in statement.evidence]
    report.nodes, report.rows, report.statements = len(graph.entities), len(graph), len(graph)
    report.evidence = len(evidence)
    report.papers = len({row.one_source for row in evidence if is_paper(row.source)})
    for statement in graph.statements.values():
        report.predicates[statement.predicate] += 1
        report.sign(graph.words.relation(statement.predicate).sign, denied=statement.negated)


@uncollected
def render(records: Iterable[Record], format: str) -> bytes:  # noqa: A002
    """The bytes of a file of this format; the same for the same graph, whatever its order.

    Warns of prefixes for which IRIs have to be made up. Raises `VocabularyError` for a format that
    is unknown or only read, `FormatError` for the curated format, which is a folder, and for
    records that no file can hold.
    """
    form = _named(format)
    if not form.writes:
        known = ", ".join(name for name, other in FORMATS.items() if other.writes)
        raise VocabularyError(f"{form.name} is read, not written; these are written: {known}")
    if form.name == "curated":
        what, fix = "the curated format is a folder, not a file", "name a folder to write to"
        raise FormatError([Problem("no-file", form.name, what, fix)])
    graph = records if isinstance(records, Graph) else Graph(records)
    unsettled = form.lossless and _unsettled(graph)
    for record in checked(graph, ""):
        if unsettled:
            _check_names(record)
    module = _module(form)
    if form.module == "rdf":
        _tell_minted(graph)
    with progress.phase(f"writing {form.name}"):
        if form.pair:
            made = module.files_of(graph, form.syntax)
            return outputs.packed({f"graph_{kind}.{form.pair}": made[kind] for kind in made})
        data: bytes = module.render(graph, form.syntax) if form.syntax else module.render(graph)
    return data


def _tell_minted(graph: Graph) -> None:
    """Warn of prefixes that nobody declares, whose IRIs are therefore made up; in one line."""
    found = undeclared(graph.prefixes, graph.about)
    if found:
        names = [visible(name, 40) for name in list(found)[:_FEW]]
        more = f" and {len(found) - _FEW:,} more" if len(found) > _FEW else ""
        one = addresses(graph.about).outward(space_of(next(iter(found))))
        what = f"nobody declares the prefix {', '.join(names)}{more}; IRIs are made up, as {one}…"
        warnings.warn(f"{what}; declare it under [prefixes] in about.toml", LeftOut, stacklevel=3)


#: How many prefixes a line names.
_FEW: Final = 8


@uncollected
def write(
    records: Iterable[Record],
    target: Path | str,
    format: str | None = None,  # noqa: A002
    *,
    overwrite: bool = False,
) -> None:
    """Write records to a file, or to a folder in the curated format, whole or not at all.

    The format is guessed from the path where it is not named, and a path that ends in `.gz` is
    compressed, one that ends in a slash a folder. A file is replaced; the other half of a pair only
    with the one that is named; a folder only where it holds nothing but tables such as these,
    or with `overwrite`, which keeps its other files. Raises as `render` does, `OutputError` for
    such a folder, and `OSError` where nothing can be written.
    """
    folder = outputs.names_folder(target)
    target = outputs.target(target)
    form = FORMATS[output_format(target, format or ("curated" if folder else None))]
    graph = records if isinstance(records, Graph) else Graph(records)
    if form.name == "curated":
        curated.write([graph.about, *graph], target, overwrite=overwrite)
    elif form.pair and beside.kind(target.name):
        for _ in checked(graph, ""):
            pass
        if not overwrite:
            guard_other(target, form)
        with progress.phase(f"writing {form.name}"):
            made = _module(form).files_of(graph, form.syntax)
        outputs.write_together({path: made[kind] for kind, path in beside.named(target).items()})
    else:
        outputs.write(target, render(graph, form.name))


def guard_other(target: Path, form: Format) -> None:
    """Raise `OutputError` where the half of a pair that nobody named is there, and not of a pair.

    It is where the half that is named is there too, and both are in this format.
    """
    for path in beside.named(target).values():
        if path == target or path.is_dir() or not os.path.lexists(path):
            continue
        if not target.exists() or recognised(path) != form.name:
            what = f"{path} is there, and would be written with {target.name}"
            raise OutputError(f"{what}; write elsewhere, or say --overwrite")


def output_format(
    target: Path,
    format: str | None = None,  # noqa: A002
    also: Mapping[str, str] = MappingProxyType({}),
) -> str:
    """The name of the format in which `target` is written; that of a folder is the curated one.

    `also` has the ends of names that stand for something else than the formats of graphs. Raises
    `VocabularyError` where neither `format` nor the name says it.
    """
    if format is not None:
        return format if format in also.values() else _named(format).name
    if target.is_dir():
        return "curated"
    ends = {end: form.name for form in FORMATS.values() if form.writes for end in form.suffixes}
    return outputs.named(target, {**ends, **also})


def _named(name: str) -> Format:
    if name not in FORMATS:
        raise VocabularyError(unknown("format", name, FORMATS))
    return FORMATS[name]


def _module(form: Format) -> Any:
    return import_module(f"trabecula.formats.{form.module}")


def _unsettled(graph: Graph) -> bool:
    """Whether an identifier reads back as another one, for every reader settles them."""
    statements = graph.statements.values()
    names = {
        ENTITY: {name for one in statements for name in (one.subject, one.object)},
        SOURCE: {row.source for one in statements for row in one.evidence},
        ONTOLOGY: {one.predicate for one in statements},
    }
    others: list[Record] = [*graph.entities.values(), *graph.sources.values()]
    for record in others:
        for base, found in _names(record):
            names[base].update(found)
    return any(_is_unsettled(name, base) for base, found in names.items() for name in found)


def _is_unsettled(name: str, base: str) -> bool:
    return not name or settled(name, base) != name


def _check_names(record: Record) -> None:
    """Refuse an identifier that reads back as another one."""
    every = ((name, base) for base, names in _names(record) for name in names)
    problems = []
    for name, base in dict.fromkeys(every):
        if _is_unsettled(name, base):
            what = f"{name!r} is another way to write {settled(name, base)!r}"
            fix = "write that" if name else "give it a name"
            problems.append(Problem("unsettled-identifier", record.id, what, fix))
    if problems:
        raise FormatError(problems)


def _names(record: Record) -> Iterable[tuple[str, Sequence[str]]]:
    """The identifiers in a record by the namespace of those without a prefix."""
    if isinstance(record, Statement):
        sources = [row.source for row in record.evidence]
        ends = (record.subject, record.object)
        return (ENTITY, ends), (ONTOLOGY, (record.predicate,)), (SOURCE, sources)
    if isinstance(record, Entity):
        xrefs = [xref.curie for xref in record.xrefs]
        return ((ENTITY, (record.id, *xrefs, *([record.taxon] if record.taxon else ()))),)
    return ((SOURCE, (record.id, *record.xrefs)),) if isinstance(record, Source) else ()
