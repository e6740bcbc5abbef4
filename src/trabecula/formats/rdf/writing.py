"""RDF files: the triples of a graph in each syntax, the same bytes for the same graph."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import groupby, islice
from operator import itemgetter
from typing import TYPE_CHECKING, TypeAlias, TypeVar

from trabecula.about import PREFIX
from trabecula.addresses import addresses
from trabecula.errors import FormatError, Problem
from trabecula.formats.rdf import jsonld, nanopubs, owl
from trabecula.formats.rdf.itself import of_itself
from trabecula.formats.rdf.model import describe, rows
from trabecula.formats.rdf.named_graphs import nanopublications
from trabecula.formats.rdf.ontology import EMPTY
from trabecula.formats.rdf.rows import (
    IRI,
    Description,
    Literal,
    Row,
    Triple,
    row_of,
    term,
)
from trabecula.formats.rdf.spaces import prefixes, prefixes_of, spaces_of
from trabecula.formats.rdf.templates import END, Blocks, Lines, PrefixedTerms, Terms
from trabecula.formats.rdf.terms import described, node
from trabecula.graph import Graph

if TYPE_CHECKING:
    import pyoxigraph

_T = TypeVar("_T")
#: Subjects with what is said of them.
_Portion: TypeAlias = Sequence[tuple[str, Row]]
#: The terms of so many subjects are made together.
_PORTION = 256

_NAME_AT_THE_END = re.compile(r"[^\W\d][\w.-]*\Z")


def render(graph: Graph, syntax: str) -> bytes:
    """The graph as a file: `ttl`, `nt`, `jsonld`, `rdfxml`, `trig`, `nq`, `ttl12`.

    TriG and N-Quads hold the nanopublications too. `nanopub` and `owl` say less; see there.
    Raises `FormatError` for an identifier that cannot be an IRI.
    """
    return _WRITERS[syntax](graph)


def turtle(graph: Graph) -> bytes:
    """The graph in Turtle: one block a subject, with the prefixes that are used."""
    return _prefixed(graph, lambda terms, _: _blocks(graph, terms))


def _trig(graph: Graph) -> bytes:
    def blocks(terms: PrefixedTerms, names: PrefixedTerms) -> Iterator[bytes]:
        yield from _blocks(graph, terms)
        yield from _of_graphs(nanopublications(graph), terms, names)

    return _prefixed(graph, blocks)


def _ntriples(graph: Graph) -> bytes:
    return _sorted(graph, _rows(graph), ())


def _nquads(graph: Graph) -> bytes:
    return _sorted(graph, _rows(graph), nanopublications(graph))


def nquads(graph: Graph, common: dict[str, str] | None = None) -> Iterator[str]:
    """The default graph and the nanopublications as lines of N-Quads, in no order.

    Without what a file says of the graph as a whole, and with the IRIs that are used within.
    `common` is as of `describe`. Raises as `render` does.
    """
    terms = Terms()
    lines = Lines(terms)
    for portion in _portions(rows(graph, common)):
        subjects, several = zip(*portion, strict=True)
        yield "".join(lines.of(terms.column(IRI, subjects), several))
    for _, text in _in_graphs(nanopublications(graph), terms):
        yield text


def render_named(graph: Graph, statements: Iterable[Triple], name: str, syntax: str) -> bytes:
    """Triples about a graph in the named graph with this IRI, as `trig` or `nq`.

    Raises as `render` does.
    """
    rows_in_graph = [
        (name, subject, row_of(triple[1:] for triple in triples))
        for subject, triples in groupby(statements, key=itemgetter(0))
    ]
    if syntax == "nq":
        return _sorted(graph, {}, rows_in_graph)
    return _prefixed(graph, lambda terms, names: _of_graphs(rows_in_graph, terms, names))


# --- Rows as text ---------------------------------------------------------------------------


def _outward(graph: Graph) -> Callable[[str], str] | None:
    """What gives the IRIs of a graph for those used within; None where they are the same."""
    own = addresses(graph.about)
    return own.outward if own.back else None


def _of_subjects(graph: Graph, made: Callable[[_Portion], Iterable[_T]]) -> dict[str, _T]:
    """What a file says of each subject: everything, or that there is nothing.

    `made` gives what is kept for the row of each subject, and nothing for empty rows.
    """
    kept: dict[str, _T] = {}
    again = set()
    for portion in _portions(rows(graph)):
        for (subject, _), text in zip(portion, made(portion), strict=True):
            if kept.setdefault(subject, text) is not text:
                again.add(subject)
    if again:  # what a subject is in two roles is said together
        described = describe(graph)
        for subject in again & described.keys():
            (kept[subject],) = made([(subject, row_of(described[subject]))])
    for subject in [subject for subject, text in kept.items() if not text]:
        del kept[subject]
    if not kept:
        (kept[EMPTY[0]],) = made([(EMPTY[0], row_of([EMPTY[1:]]))])
    own = [(subject, row_of(pairs)) for subject, pairs in of_itself(graph.about).items()]
    first = zip(own, made(own), strict=True)
    return {subject: kept.pop(subject, text) for (subject, _), text in first} | kept


def _rows(graph: Graph) -> dict[str, Row]:
    """What a file says of each subject."""
    return _of_subjects(graph, lambda portion: [row for _, row in portion])


def _blocks(graph: Graph, terms: PrefixedTerms) -> Iterable[bytes]:
    """What a file says of each subject, as blocks of Turtle."""
    blocks = Blocks(terms)

    def made(portion: _Portion) -> list[bytes]:
        nodes = terms.column(IRI, [subject for subject, _ in portion])
        texts = blocks.of(nodes, [row for _, row in portion])
        return [text.encode("utf-8") for text in texts]

    return _of_subjects(graph, made).values()


def _sorted(
    graph: Graph, rows_of_subjects: dict[str, Row], rows_in_graphs: Iterable[tuple[str, str, Row]]
) -> bytes:
    """The lines of what is said of subjects, and of what is said in named graphs, in order.

    Rows take less memory than lines, so that they are put in order first; they are used up.
    """
    terms = Terms(_outward(graph))
    lines = Lines(terms)
    more: dict[str, list[str]] = {}
    for subject, text in _in_graphs(rows_in_graphs, terms):
        more.setdefault(subject, []).append(text)
    given: dict[str, Row] = {}
    for subjects in _portions(list(rows_of_subjects)):
        given.update(
            zip(terms.column(IRI, subjects), map(rows_of_subjects.pop, subjects), strict=True)
        )
    target = io.BytesIO()
    # No IRI goes on where another one ends, so that lines are in order where subjects are.
    for subjects in _portions(sorted({**given, **more} if more else given)):
        texts = lines.of(subjects, [given.pop(subject, []) for subject in subjects])
        for number, subject in enumerate(subjects) if more else ():
            if subject in more:  # within a literal no line ends
                each = "".join([texts[number], *more[subject]]).split("\n")
                texts[number] = "\n".join(sorted(each[:-1])) + "\n"
        target.write("".join(texts).encode("utf-8"))
    return target.getvalue()


def _in_graphs(
    rows_in_graphs: Iterable[tuple[str, str, Row]], terms: Terms
) -> Iterator[tuple[str, str]]:
    """The lines of what is said in named graphs, each with its subject as the file has it."""
    lines = Lines(terms)
    for portion in _portions(rows_in_graphs):
        graphs, subjects, several = zip(*portion, strict=True)
        nodes, names = terms.column(IRI, subjects), terms.column(IRI, graphs)
        texts = lines.of(nodes, several)
        for subject, text, name in zip(nodes, texts, names, strict=True):
            yield subject, text.replace(END, f" {name}{END}")  # within a literal no line ends


def _portions(several: Iterable[_T]) -> Iterator[list[_T]]:
    """Several things, in lists."""
    rest = iter(several)
    while portion := list(islice(rest, _PORTION)):
        yield portion


def _of_graphs(
    rows_in_graphs: Iterable[tuple[str, str, Row]], terms: Terms, names: Terms
) -> Iterator[bytes]:
    """What is said in named graphs, as blocks of TriG."""
    blocks = Blocks(terms)
    for name, rows_of_graph in groupby(rows_in_graphs, key=itemgetter(0)):
        _, subjects, several = zip(*rows_of_graph, strict=True)
        inner = "\n".join(blocks.of(terms.column(IRI, subjects), several))
        indented = inner.replace("\n", "\n    ")  # within a literal no line ends
        yield f"{names.of(IRI)[name]} {{\n    {indented}\n}}".encode()


def _prefixed(
    graph: Graph, blocks: Callable[[PrefixedTerms, PrefixedTerms], Iterable[bytes]]
) -> bytes:
    """A file of blocks, which are made of its terms and of the names of its graphs.

    Its prefixes are those that terms have. In the rare case that what is written depends on which
    others there are, it is written again.
    """
    spaces = dict(spaces_of(graph))
    while True:
        terms, names = (PrefixedTerms(spaces, _outward(graph)) for _ in "ab")
        parts_of_file = list(blocks(terms, names))
        if terms.hold(terms.used) and names.hold(terms.used):
            break
        spaces = terms.used
    used = [f"@prefix {name}: <{space}> ." for name, space in terms.used.items()]
    head = "\n".join(sorted(used, key=str.casefold)).encode("utf-8")
    parts = [head, *parts_of_file] if used else parts_of_file or [b""]
    parts[-1] += b"\n"  # and not to the whole, which would be copied
    return b"\n\n".join(parts)


def _readable(text: bytes) -> str:
    """Turtle or TriG with its prefixes in order, blank lines between blocks, and no tabs.

    Within literals tabs and line ends are escaped, so lines and indents are those of the syntax.
    """
    lines = text.decode("utf-8").removesuffix("\n").split("\n")
    prefixes = sorted((x for x in lines if x.startswith("@prefix ")), key=str.casefold)
    blocks: list[str] = ["\n".join(prefixes)] if prefixes else []
    for line in lines[len(prefixes) :]:
        indent = len(line) - len(line.lstrip("\t"))
        shown = "    " * indent + line[indent:]
        if indent or line == "}":
            blocks[-1] += f"\n{shown}"
        else:
            blocks.append(shown)
    return "".join(f"{block}\n\n" for block in blocks).removesuffix("\n")


def _description(graph: Graph) -> Description:
    """What a file says: everything, or that there is nothing; with the IRIs of the graph."""
    subject, predicate, value = EMPTY
    description = {**of_itself(graph.about), **(describe(graph) or {subject: [(predicate, value)]})}
    own = addresses(graph.about)
    if not own.back:
        return description
    outward = lru_cache(maxsize=2**16)(own.outward)
    return {
        outward(node): [
            (outward(name), value if isinstance(value, Literal) else outward(value))
            for name, value in pairs
        ]
        for node, pairs in description.items()
    }


def _jsonld(graph: Graph) -> bytes:
    return jsonld.render(_description(graph), spaces_of(graph))


# --- RDF/XML --------------------------------------------------------------------------------


def _rdfxml(graph: Graph) -> bytes:
    import pyoxigraph

    description = _description(graph)
    _check_element_names(description)
    kind = pyoxigraph.RdfFormat.RDF_XML
    text = pyoxigraph.serialize(
        described(description), format=kind, prefixes=prefixes(graph, description.items())
    )
    shown = re.sub(r"<rdf:RDF [^>]*>", _namespaces, (text or b"").decode("utf-8"), count=1)
    return (shown.removesuffix("\n") + "\n").encode("utf-8")


def _check_element_names(description: Description) -> None:
    """RDF/XML has elements for properties and types, so that their IRIs must end in a name."""
    for predicate in sorted(
        {predicate for pairs in description.values() for predicate, _ in pairs}
    ):
        if _NAME_AT_THE_END.search(predicate) is None:
            what = "RDF/XML cannot say a property whose IRI does not end in a name"
            raise FormatError([Problem("bad-iri", predicate, what, "write Turtle instead")])


def _namespaces(match: re.Match[str]) -> str:
    """The start of an RDF/XML file with one namespace a line, in order."""
    pairs = re.findall(r'xmlns:([\w.-]+)="([^"]*)"', match[0])
    kept = sorted((pair for pair in pairs if pair[0] != "its"), key=lambda pair: pair[0].casefold())
    return "<rdf:RDF" + "".join(f'\n    xmlns:{name}="{space}"' for name, space in kept) + ">"


def _turtle_12(graph: Graph) -> bytes:
    """Turtle of RDF 1.2: a statement reifies the triple term that it stands for."""
    import pyoxigraph

    kind, description = pyoxigraph.RdfFormat.TURTLE, _description(graph)
    text = pyoxigraph.serialize(
        _reified(description), format=kind, prefixes=prefixes(graph, description.items())
    )
    return _readable(text or b"").encode("utf-8")


_PARTS = tuple(term(f"rdf:{name}") for name in ("subject", "predicate", "object"))


def _reified(description: Description) -> Iterator[pyoxigraph.Triple]:
    import pyoxigraph

    for subject, pairs in description.items():
        values = dict(pairs)
        parts = [node(str(values[name])) for name in _PARTS if name in values]
        rest = [(name, value) for name, value in pairs if name not in _PARTS]
        triples = list(described({subject: rest if len(parts) == 3 else pairs}))
        yield from triples[:1]
        if len(parts) == 3:
            spoken = pyoxigraph.Triple(*parts)
            yield pyoxigraph.Triple(node(subject), node(term("rdf:reifies")), spoken)
        yield from triples[1:]


def _nanopubs(graph: Graph) -> bytes:
    """Nanopublications that stand for themselves, as TriG; see `nanopubs`."""
    import pyoxigraph

    quads = list(nanopubs.quads(graph))
    terms = (t for quad in quads for t in (quad.subject, quad.predicate, quad.object))
    used = prefixes_of(graph, (t.value for t in terms if isinstance(t, pyoxigraph.NamedNode)))
    text = pyoxigraph.serialize(quads, format=pyoxigraph.RdfFormat.TRIG, prefixes=used)
    return _readable(text or b"").encode("utf-8")


def _owl(graph: Graph) -> bytes:
    """An ontology as RDF/XML; see `owl`."""
    import pyoxigraph

    triples = list(owl.triples(graph))
    used = {name: iri for name, iri in graph.spaces.items() if PREFIX.fullmatch(name)}
    predicates = {t.predicate.value for t in triples}
    kept = {n: i for n, i in used.items() if any(name.startswith(i) for name in predicates)}
    text = pyoxigraph.serialize(triples, format=pyoxigraph.RdfFormat.RDF_XML, prefixes=kept)
    shown = re.sub(r"<rdf:RDF [^>]*>", _namespaces, (text or b"").decode("utf-8"), count=1)
    return (shown.removesuffix("\n") + "\n").encode("utf-8")


_WRITERS = {
    "ttl": turtle,
    "nt": _ntriples,
    "jsonld": _jsonld,
    "rdfxml": _rdfxml,
    "trig": _trig,
    "nq": _nquads,
    "ttl12": _turtle_12,
    "nanopub": _nanopubs,
    "owl": _owl,
}
