"""A release described in VoID, DCAT and PROV, with the queries of the library as SHACL has them.

Tools that write queries for people (the SPARQL editor and the assistants of the SIB) ask an
endpoint three things: its prefixes (`sh:declare`), examples (`sh:SPARQLExecutable`), and which
property leads from which class to which (`void:propertyPartition` of a `void:classPartition`,
ended by `void:classPartition` or `void-ext:datatypePartition`). All three are here.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Final, TypeAlias

import pyoxigraph as ox

from trabecula.addresses import addresses
from trabecula.errors import TrabeculaError
from trabecula.formats.rdf import derived
from trabecula.formats.rdf.rows import iri
from trabecula.graph import Graph
from trabecula.model import About
from trabecula.prefixes import NAMESPACES, ONTOLOGY, SOURCE
from trabecula.release.media import media_type
from trabecula.release.uses import Uses
from trabecula.sparql import library
from trabecula.sparql.catalogue import bind
from trabecula.sparql.tokens import code, split_name, used_names

#: Names in the file are relative, so that a release describes itself wherever it is put: they are
#: written against this base, which is taken out again.
_BASE: Final = "release:///"
_FILE: Final = _BASE + "void.ttl"
_SPACES: Final = {
    **{
        name: NAMESPACES[name]
        for name in (
            "biolink",
            "dcat",
            "dct",
            "foaf",
            "prov",
            "rdf",
            "rdfs",
            "sh",
            "tb",
            "void",
            "xsd",
        )
    },
    "spdx": "http://spdx.org/rdf/terms#",
    "void-ext": "http://ldf.fi/void-ext#",
    "": f"{_FILE}#",
}

_Value: TypeAlias = "str | int | ox.NamedNode | ox.Literal"


def describe(
    graph: Graph,
    about: About,
    uses: Uses,
    files: Mapping[str, bytes | None],
    name: str,
) -> str:
    """The description as Turtle.

    `uses` are the counts of the RDF of the graph, `files` are those of the release, `name` is how
    those of data begin; `<name>-derived.trig` is among them. Of a file whose bytes are None, which
    is made when it is asked for, neither the size nor the checksum is told.
    """
    text = ox.serialize(
        _triples(graph, about, uses, files, name),
        format=ox.RdfFormat.TURTLE,
        prefixes=_SPACES,
        base_iri=_BASE,
    )
    lines = (text or b"").decode("utf-8").replace("\t", "  ").splitlines(keepends=True)
    return "".join(line for line in lines if not line.startswith("@base"))


def _triples(
    graph: Graph,
    about: About,
    uses: Uses,
    files: Mapping[str, bytes | None],
    name: str,
) -> Iterator[ox.Triple]:
    dataset = about.home or f"{_FILE}#dataset"
    out = addresses(about).outward
    follows = f"{name}-derived.trig"
    kept = [file for file in sorted(files) if "/" not in file and file.startswith(name)]
    yield from _of_pairs(dataset, _of_the_dataset(graph, about, uses))
    for file in kept:
        if file != follows:
            yield _triple(dataset, "dcat:distribution", _node(_BASE + file))
    yield from _partitions(dataset, uses)
    yield from _of_pairs(
        out(derived.GRAPH),
        [
            ("rdf:type", _term("void:Dataset")),
            ("rdf:type", _term("dcat:Dataset")),
            ("dct:title", "What follows from the statements: loops, conflicts and hypotheses"),
            *_licence(about),
            ("prov:wasDerivedFrom", _node(dataset)),
            ("dcat:distribution", _node(_BASE + follows)),
        ],
    )
    for file in kept:
        yield from _distribution(file, files[file])
    yield from _declared(dataset, graph)
    yield from _examples(dataset, graph)


# --- The dataset ----------------------------------------------------------------------------


def _of_the_dataset(graph: Graph, about: About, uses: Uses) -> Iterator[tuple[str, _Value]]:
    yield "rdf:type", _term("void:Dataset")
    yield "rdf:type", _term("dcat:Dataset")
    yield "dct:title", about.title or "A graph without a title"
    if about.description:
        yield "dct:description", about.description
    yield from _licence(about)
    for author in about.authors:
        yield "dct:creator", author
    if about.date:
        kind = {4: "gYear", 7: "gYearMonth"}.get(len(about.date), "date")
        yield "dct:issued", ox.Literal(about.date, datatype=_term(f"xsd:{kind}"))
    if about.version:
        yield "dcat:version", about.version
    yield "void:triples", uses.triples
    yield "void:entities", len(graph.entities)
    yield "void:distinctSubjects", uses.subjects
    yield "void:properties", len(uses.properties)
    for vocabulary in (ONTOLOGY, NAMESPACES["biolink"], NAMESPACES["skos"]):
        yield "void:vocabulary", _node(vocabulary)
    if about.namespace:
        yield "void:uriSpace", about.namespace
    rows = (row for statement in graph.statements.values() for row in statement.evidence)
    for source in sorted({addresses(about).outward(iri(row.source, SOURCE)) for row in rows}):
        yield "prov:wasDerivedFrom", _node(source)


def _licence(about: About) -> list[tuple[str, _Value]]:
    """The licence as a link where it is one, else as text; nothing where none is stated."""
    if not about.licence:
        return []
    linked = about.licence.startswith(("https://", "http://"))
    return [
        (
            "dct:license" if linked else "dct:rights",
            _node(about.licence) if linked else about.licence,
        )
    ]


# --- Partitions -----------------------------------------------------------------------------


def _partitions(dataset: str, uses: Uses) -> Iterator[ox.Triple]:
    """How often each property is used, and from which class it leads to which."""
    for kind, counts in (("property", uses.properties), ("class", uses.classes)):
        nodes = {name: f"{_FILE}#{kind}-{_slug(name)}" for name in sorted(counts)}
        for node in nodes.values():
            yield _triple(dataset, f"void:{kind}Partition", _node(node))
        counted = "void:triples" if kind == "property" else "void:entities"
        for name, node in nodes.items():
            yield from _of_pairs(node, [(f"void:{kind}", _node(name)), (counted, counts[name])])
    yield from _linked(
        {
            (name, lead, kind, target): count
            for (name, lead, kind, target), count in uses.links.items()
            if not _across(name, target)
        }
    )


def _across(first: str, second: str) -> bool:
    """Whether two classes are ours and Biolink's: each vocabulary is told of by itself."""
    ours, theirs = ONTOLOGY, NAMESPACES["biolink"]
    return (first.startswith(ours) and second.startswith(theirs)) or (
        first.startswith(theirs) and second.startswith(ours)
    )


def _linked(links: Mapping[tuple[str, str, str, str], int]) -> Iterator[ox.Triple]:
    totals: dict[tuple[str, str], int] = defaultdict(int)
    for (subject, predicate, kind, target), count in sorted(links.items()):
        owner = f"{_FILE}#class-{_slug(subject)}"
        node = _part(subject, predicate)
        if not totals[subject, predicate]:
            yield _triple(owner, "void:propertyPartition", _node(node))
            yield _triple(node, "void:property", _node(predicate))
        totals[subject, predicate] += count
        end = _part(subject, predicate, target)
        if kind == "class":
            yield _triple(node, "void:classPartition", _node(end))
            yield from _of_pairs(end, [("void:class", _node(target)), ("void:triples", count)])
        else:
            yield _triple(node, "void-ext:datatypePartition", _node(end))
            yield from _of_pairs(
                end, [("void-ext:datatype", _node(target)), ("void:triples", count)]
            )


def _part(*names: str) -> str:
    """The name of a part of a partition: there are more than a thousand, so that it is short."""
    return f"{_FILE}#{hashlib.sha256(' '.join(names).encode('utf-8')).hexdigest()[:12]}"


def _slug(name: str) -> str:
    """An IRI as the end of another one: a CURIE where there is one, else a digest."""
    for prefix, space in NAMESPACES.items():
        local = name.removeprefix(space)
        if local != name and re.fullmatch(r"[\w.-]+", local, re.ASCII):
            return f"{prefix}-{local}"
    return hashlib.sha256(name.encode("utf-8")).hexdigest()[:16]


# --- Files, prefixes and queries ------------------------------------------------------------


def _distribution(name: str, data: bytes | None) -> Iterator[ox.Triple]:
    node, checksum = _BASE + name, f"{_BASE}{name}#checksum"
    yield _triple(node, "rdf:type", _term("dcat:Distribution"))
    yield _triple(node, "dcat:mediaType", media_type(name))
    if data is None:
        return
    digest = hashlib.sha256(data).hexdigest()
    yield from _of_pairs(node, [("dcat:byteSize", len(data)), ("spdx:checksum", _node(checksum))])
    yield from _of_pairs(
        checksum,
        [
            ("rdf:type", _term("spdx:Checksum")),
            ("spdx:algorithm", _term("spdx:checksumAlgorithm_sha256")),
            ("spdx:checksumValue", ox.Literal(digest, datatype=_term("xsd:hexBinary"))),
        ],
    )


def _declared(dataset: str, graph: Graph) -> Iterator[ox.Triple]:
    for name, space in graph.spaces.items():
        node = f"{_FILE}#prefix-{name}"
        yield _triple(dataset, "sh:declare", _node(node))
        namespace = ox.Literal(space, datatype=_term("xsd:anyURI"))
        yield from _of_pairs(node, [("sh:prefix", name), ("sh:namespace", namespace)])


def _examples(dataset: str, graph: Graph) -> Iterator[ox.Triple]:
    """The queries of the library that can be asked of this graph with their default values."""
    forms = {"SELECT": "select", "ASK": "ask", "CONSTRUCT": "construct"}
    for query in library().values():
        try:
            text = addresses(graph.about).outward_text(bind(query, {}, graph))
        except TrabeculaError:  # it asks for a value, or for something that is not in this graph
            continue
        words = code(text)
        form = next(word.text.upper() for word in words if word.text.upper() in forms)
        spaces = graph.spaces
        used = sorted({split_name(name)[0] for name in used_names(words)} & set(spaces))
        declared = "".join(f"PREFIX {name}: <{spaces[name]}>\n" for name in used)
        body = re.sub(r"\A(?:#[^\n]*\n)+", "", text)
        yield from _of_pairs(
            f"{_FILE}#query-{query.name}",
            [
                ("rdf:type", _term("sh:SPARQLExecutable")),
                ("rdf:type", _term(f"sh:SPARQL{form.title()}Executable")),
                ("rdfs:comment", query.title),
                ("sh:prefixes", _node(dataset)),
                (f"sh:{forms[form]}", f"{declared}{body.rstrip()}\n"),
            ],
        )


# --- Terms ----------------------------------------------------------------------------------


def _of_pairs(subject: str, pairs: Iterable[tuple[str, _Value]]) -> Iterator[ox.Triple]:
    return (_triple(subject, predicate, value) for predicate, value in pairs)


def _triple(subject: str, predicate: str, value: _Value) -> ox.Triple:
    if isinstance(value, (str, int)):
        value = ox.Literal(value)
    return ox.Triple(_node(subject), _term(predicate), value)


def _node(name: str) -> ox.NamedNode:
    return ox.NamedNode(name)


def _term(curie: str) -> ox.NamedNode:
    prefix, _, local = curie.partition(":")
    return ox.NamedNode(_SPACES[prefix] + local)
