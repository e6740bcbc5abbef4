"""RDF files back into records.

What follows from the records (signs, statuses, counts, labels of statements, plain triples and
the copies in Biolink's words) is computed anew, never read. Properties that trabecula does not
know are left aside; a record that lacks what it must have is an error. Nothing is ever fetched.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final
from urllib.parse import unquote

from trabecula import files
from trabecula.errors import FormatError, Problem, VocabularyError
from trabecula.formats.rdf.model import (
    CROSS_REFERENCE,
    EVIDENCE_TEXTS,
    SOURCE_TEXTS,
    Literal,
    Object,
    Triple,
    context_key,
    iri,
    split_authors,
    term,
    xref_from_words,
)
from trabecula.graph import Graph
from trabecula.identifiers import ENTITY, NAMESPACES, ONTOLOGY, SOURCE, contract
from trabecula.model import Context, Entity, Evidence, Record, Source, Statement, Xref
from trabecula.vocabulary import CATEGORIES, MATCHES, STANCES

#: More nesting than any of our files has; the parser would overflow its stack on deep input.
MAX_DEPTH: Final = 100

_CATEGORIES = {ONTOLOGY + category.iri_name: name for name, category in CATEGORIES.items()}

# --- Parsing --------------------------------------------------------------------------------


def read(source: Path, syntax: str) -> Iterator[Record]:
    """The records in an RDF file, in the order of a graph; named graphs are left aside.

    Raises `FormatError` with the line where the file is damaged, or with everything that its
    records lack.
    """
    where = str(source)
    nodes: dict[str, dict[str, list[Object]]] = {}
    for subject, predicate, value in _parse(files.read_bytes(source), syntax, where):
        nodes.setdefault(subject, {}).setdefault(predicate, []).append(value)
    yield from Graph(_Document(where, nodes).records())


def _parse(data: bytes, syntax: str, where: str) -> Iterator[Triple]:
    import pyoxigraph

    _screen(data, syntax, where)
    kind = {
        "ttl": pyoxigraph.RdfFormat.TURTLE,
        "nt": pyoxigraph.RdfFormat.N_TRIPLES,
        "jsonld": pyoxigraph.RdfFormat.JSON_LD,
        "rdfxml": pyoxigraph.RdfFormat.RDF_XML,
        "trig": pyoxigraph.RdfFormat.TRIG,
        "nq": pyoxigraph.RdfFormat.N_QUADS,
    }[syntax]
    try:
        for quad in pyoxigraph.parse(data, format=kind):
            if isinstance(quad.graph_name, pyoxigraph.DefaultGraph):
                yield str(_plain(quad.subject)), quad.predicate.value, _plain(quad.object)
    except (SyntaxError, ValueError) as error:
        raise _damaged(error, where) from error
    if syntax == "rdfxml":
        _check_end(data, where)


def _plain(node: object) -> Object:
    import pyoxigraph

    if isinstance(node, pyoxigraph.Literal):
        return Literal(node.value, node.datatype.value)
    if isinstance(node, pyoxigraph.NamedNode):
        return node.value
    return str(node)  # a blank node, `_:b0`


def _damaged(error: Exception, where: str) -> FormatError:
    line = getattr(error, "lineno", None)
    said = re.sub(r"^Parser error at line .*?: | \(line \d+\)$", "", str(error))
    place = f"{where}:{line}" if line else where
    return FormatError([Problem("rdf-syntax", place, said, "correct the file at this place")])


# What the lexers of Turtle, TriG, N-Triples and N-Quads would skip, and the marks of RDF 1.2.
_QUOTED = re.compile(
    r"""
    \"{3}(?:[^"\\]|\\.|"{1,2}(?!"))*+"{3} | '{3}(?:[^'\\]|\\.|'{1,2}(?!'))*+'{3}
    | "(?:[^"\\\n\r]|\\.)*+" | '(?:[^'\\\n\r]|\\.)*+'
    | <[^<>"{}|^`\\\x00-\x20]*+> | <(?:[^<>"{}|^`\\\x00-\x20]|\\[uU])*+>
    | \#[^\n\r]*+ | \\.
    | (?P<nested><<)
    """,
    re.VERBOSE | re.DOTALL,
)
_BRACKETS = re.compile(r'"(?:[^"\\]|\\.)*+"|([\[{])|([\]}])', re.DOTALL)


def _screen(data: bytes, syntax: str, where: str) -> None:
    """Refuse what would crash the parser or make it fill the memory."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        what = f"byte {data[error.start]:#04x} is not UTF-8"
        problem = Problem("not-utf-8", f"{where}:{line}", what, "save the file as UTF-8")
        raise FormatError([problem]) from error
    if syntax == "rdfxml":
        found = re.search(r"<!(?:DOCTYPE|ENTITY)", text, re.IGNORECASE)
        if found:
            line = text.count("\n", 0, found.start()) + 1
            what = f"{found[0]} could hide entities that fill the memory"
            problem = Problem("doctype", f"{where}:{line}", what, "remove the declaration")
            raise FormatError([problem])
    elif syntax == "jsonld":
        _screen_depth(text, where)
    else:
        for token in _QUOTED.finditer(text):
            if token["nested"]:
                line = text.count("\n", 0, token.start()) + 1
                what = "<< begins a triple term of RDF 1.2"
                fix = "write the statement as a tb:Statement; see docs/rdf.md"
                raise FormatError([Problem("rdf-syntax", f"{where}:{line}", what, fix)])


def _check_end(data: bytes, where: str) -> None:
    """Refuse XML that breaks off, of which the parser of RDF/XML reads half a record."""
    from xml.parsers import expat

    try:
        expat.ParserCreate().Parse(data, True)
    except expat.ExpatError as error:
        said = expat.ErrorString(error.code)
        fix = "correct the file at this place"
        raise FormatError([Problem("rdf-syntax", f"{where}:{error.lineno}", said, fix)]) from error


def _screen_depth(text: str, where: str) -> None:
    depth = 0
    for token in _BRACKETS.finditer(text):
        depth += bool(token[1]) - bool(token[2])
        if depth > MAX_DEPTH:
            line = text.count("\n", 0, token.start()) + 1
            what = f"more than {MAX_DEPTH} levels of nesting"
            problem = Problem("too-deep", f"{where}:{line}", what, "write flat nodes")
            raise FormatError([problem])


# --- Records --------------------------------------------------------------------------------


@dataclass
class _Document:
    """The nodes of a file by subject and property, and the problems found in them."""

    where: str
    nodes: dict[str, dict[str, list[Object]]]
    problems: list[Problem] = field(default_factory=list)

    def records(self) -> list[Record]:
        """Every record. Raises `FormatError` with all the problems."""
        found: list[Record] = []
        used: set[str] = set()
        for node in self.nodes:
            types = set(self.nodes[node].get(term("rdf:type"), ()))
            if term("tb:Statement") in types:
                found.append(self.statement(node))
                used.update(map(str, self.all(node, "tb:hasEvidence")))
            if term("tb:Source") in types:
                found.append(self.source(node))
            if term("tb:Entity") in types or any(kind in _CATEGORIES for kind in types):
                found.append(self.entity(node))
        for node in self.nodes:
            is_evidence = term("tb:Evidence") in self.nodes[node].get(term("rdf:type"), ())
            if is_evidence and node not in used:
                fix = "link it from its statement with tb:hasEvidence"
                self.wrong("lost-evidence", node, "belongs to no statement", fix)
        if self.nodes and not found and not self.problems:
            what = "no entity, source or statement of trabecula is in the file"
            problem = Problem("no-records", self.where, what, "see docs/rdf.md for what is read")
            self.problems.append(problem)
        if self.problems:
            raise FormatError(dict.fromkeys(self.problems))
        return found

    def wrong(self, code: str, node: str, what: str, fix: str) -> None:
        shown = node if node.startswith("_:") else f"<{node}>"
        self.problems.append(Problem(code, self.where, f"{shown} {what}", fix))

    # What a node holds.

    def all(self, node: str, name: str) -> list[Object]:
        return self.nodes.get(node, {}).get(term(name), [])

    def one(self, node: str, name: str, *, required: bool) -> Object | None:
        """The only value of a property."""
        values = self.all(node, name)
        if len(values) > 1:
            self.wrong("several-values", node, f"has {len(values)} × {name}", "keep one of them")
        if not values and required:
            self.wrong("missing-property", node, f"has no {name}", f"give it one {name}")
        return values[0] if values else None

    def texts(self, node: str, name: str) -> list[str]:
        return [self.literal(node, name, value) for value in self.all(node, name)]

    def text(self, node: str, name: str, *, required: bool = False) -> str:
        value = self.one(node, name, required=required)
        return "" if value is None else self.literal(node, name, value)

    def literal(self, node: str, name: str, value: Object) -> str:
        if not isinstance(value, Literal):
            self.wrong("bad-property", node, f"has <{value}> as {name}", "make it a literal")
            return ""
        return value.text

    def truth(self, node: str, name: str, *, required: bool) -> bool:
        text = self.text(node, name, required=required)
        if text not in ("", "true", "false", "1", "0"):
            self.wrong("bad-property", node, f"has {text!r} as {name}", "say true or false")
        return text in ("true", "1")

    def link(self, node: str, name: str, base: str, *, required: bool) -> str:
        """The identifier of the node that a property leads to."""
        value = self.one(node, name, required=required)
        return "" if value is None else self.linked(node, name, value, base)

    def linked(self, node: str, name: str, value: Object, base: str) -> str:
        if isinstance(value, Literal):
            self.wrong("bad-property", node, f"has {value.text!r} as {name}", "make it an IRI")
            return ""
        return self.identifier(value, base)

    def identifier(self, node: str, base: str) -> str:
        """The id that an IRI stands for: what it says itself, else what its namespace says."""
        for value in self.all(node, "dct:identifier"):
            if isinstance(value, Literal) and _stands_for(value.text, node, base):
                return value.text
        if not node.startswith(("http://", "https://")):
            what, fix = "is no web address", "give it an IRI that begins with https://"
            self.wrong("bad-iri", node, what, fix)
        return _contracted(node, base)

    # The records.

    def entity(self, node: str) -> Entity:
        identifier = self.named(node, ENTITY)
        own = (xref_from_words(text) for text in self.texts(node, term_name(CROSS_REFERENCE)))
        labels = {(xref.match, xref.curie): xref.label for xref in own}
        xrefs = []
        for match in MATCHES:
            name = f"skos:{match}Match"
            for value in self.all(node, name):
                curie = self.linked(node, name, value, ENTITY)
                label = labels.get((match, curie)) or self.label(value)
                xrefs.append(Xref(match, curie, label))
        return Entity(
            id=identifier,
            name=self.text(node, "rdfs:label", required=True),
            category=self.category(node),
            xrefs=tuple(sorted(xrefs, key=lambda xref: (MATCHES.index(xref.match), xref.curie))),
            synonyms=tuple(
                sorted(self.texts(node, "skos:altLabel"), key=lambda t: (t.casefold(), t))
            ),
            description=self.text(node, "skos:definition"),
            taxon=self.link(node, "biolink:in_taxon", ENTITY, required=False),
        )

    def category(self, node: str) -> str:
        types = self.all(node, "rdf:type")
        known = [name for kind, name in _CATEGORIES.items() if kind in types]
        if len(known) > 1:
            what = f"has {len(known)} categories: {', '.join(known)}"
            self.wrong("several-values", node, what, "keep one of them")
        return known[0] if known else self.text(node, "tb:category", required=True)

    def label(self, value: Object) -> str:
        """The label of a cross-reference, where its IRI is not itself an entity of the file."""
        if isinstance(value, Literal) or self.all(value, "dct:identifier"):
            return ""
        labels = self.texts(value, "rdfs:label")
        return labels[0] if len(labels) == 1 else ""

    def named(self, node: str, base: str) -> str:
        """The id of a record, which must agree with its IRI."""
        text = self.text(node, "dct:identifier", required=True)
        if text and not _stands_for(text, node, base):
            what = f"has the dct:identifier {text!r}, which stands for another IRI"
            self.wrong("bad-identifier", node, what, f"say {_contracted(node, base)!r}")
        return self.identifier(node, base)

    def source(self, node: str) -> Source:
        url = self.text(node, "tb:url")
        if url and not url.startswith(("https://", "http://")):
            what = f"has the tb:url {url!r}, which is no web address"
            self.wrong("bad-url", node, what, "begin it with https://")
        links = self.all(node, "skos:exactMatch")
        authors = self.text(node, "tb:authors")
        texts = {attribute: self.text(node, name) for name, attribute in SOURCE_TEXTS.items()}
        return Source(
            id=self.named(node, SOURCE),
            year=self.text(node, "dct:date"),
            authors=split_authors(authors) if authors else (),
            abstract_read=self.truth(node, "tb:abstractRead", required=False),
            xrefs=tuple(sorted(self.linked(node, "skos:exactMatch", x, SOURCE) for x in links)),
            url=url,
            **texts,
        )

    def statement(self, node: str) -> Statement:
        return Statement(
            subject=self.link(node, "rdf:subject", ENTITY, required=True),
            predicate=self.link(node, "rdf:predicate", ONTOLOGY, required=True),
            object=self.link(node, "rdf:object", ENTITY, required=True),
            qualifiers=self.context(node),
            negated=self.truth(node, "biolink:negated", required=True),
            topic=self.text(node, "tb:topic"),
            evidence=tuple(self.evidence(str(value)) for value in self.all(node, "tb:hasEvidence")),
        )

    def evidence(self, node: str) -> Evidence:
        texts: dict[str, Any] = {
            attribute: self.text(node, name) for name, attribute in EVIDENCE_TEXTS.items()
        }
        stance = texts["stance"]
        if stance not in STANCES:
            what = f"has the tb:stance {stance!r}" if stance else "has no tb:stance"
            self.wrong("unknown-stance", node, what, f"use one of {', '.join(STANCES)}")
        source = self.link(node, "dct:source", SOURCE, required=True)
        return Evidence(source=source, context=self.context(node), **texts)

    def context(self, node: str) -> Context:
        found: list[tuple[str, str]] = []
        for predicate, values in self.nodes.get(node, {}).items():
            key = context_key(predicate)
            if key:
                found.extend((key, self.literal(node, predicate, value)) for value in values)
        return tuple(sorted(found))


def term_name(node: str) -> str:
    """The name of one of our own properties: `tb:crossReference`."""
    return f"tb:{node.removeprefix(ONTOLOGY)}"


def _stands_for(identifier: str, node: str, base: str) -> bool:
    try:
        return iri(identifier, base) == node
    except (FormatError, VocabularyError):
        return False


def _contracted(node: str, base: str) -> str:
    """The id of an IRI, in our own namespaces or in one that has a prefix; or the IRI itself."""
    found = contract(node, base)
    if found == node:
        for name, space in NAMESPACES.items():
            if node.startswith(space):
                return f"{name}:{unquote(node.removeprefix(space))}"
    return found
