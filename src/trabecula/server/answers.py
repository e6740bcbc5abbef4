"""What a worker answers beside SPARQL: questions of the API, pages, parts of the graph, files."""

from __future__ import annotations

import hashlib
import json
import os
import warnings
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import IO, TYPE_CHECKING, Any, Final, cast

from trabecula import cite, formats
from trabecula.addresses import addresses
from trabecula.errors import NotFound, QueryError
from trabecula.formats import FORMATS
from trabecula.formats.rdf import derived
from trabecula.graph import Graph
from trabecula.leftover import LeftOut
from trabecula.lookup import search, source
from trabecula.misspelt import unknown
from trabecula.prefixes import NAMESPACES
from trabecula.release.media import media_type
from trabecula.server import media, pages
from trabecula.server.api import QUESTIONS
from trabecula.sparql.tokens import KNOWN_PREFIXES

if TYPE_CHECKING:
    import pyoxigraph as ox

    from trabecula.store.opening import Store

#: Short names of RDF syntaxes -> names of formats.
_RDF: Final = {"rdf": "rdfxml"}


@dataclass(frozen=True, slots=True)
class Held:
    """A graph as a worker has it: its records, and its RDF in the engine."""

    graph: Graph
    store: ox.Store | None  # None until a store on the disk is opened
    place: str  # the folder of a store on the disk
    quads: int
    digest: str
    spaces: dict[str, str]  # every prefix that a query may use
    used: dict[str, str]  # those of the IRIs in the data

    @property
    def asked(self) -> ox.Store:
        """The engine."""
        if self.store is None:
            raise ValueError("the store has not been opened")
        return self.store

    @property
    def facts(self) -> dict[str, Any]:
        """What the server says of the graph without asking again."""
        about = self.graph.about
        return {
            "digest": self.digest,
            "quads": self.quads,
            "title": cite.title(about, ""),
            "licence": about.licence,
            "statements": len(self.graph),
            "entities": len(self.graph.entities),
        }


def held(graph: Graph, quads: bytes) -> Held:
    """A graph with its RDF in the engine; `quads` is another dataset to be asked, as N-Quads.

    What answers need again and again is made here, once, and shared by all workers.
    """
    import pyoxigraph as ox

    out = addresses(graph.about).outward
    spaces = {**{name: out(space) for name, space in KNOWN_PREFIXES.items()}, **graph.spaces}
    if len(graph):
        _ = graph.influence, graph.names, graph.columns
    place = graph.rdf()
    if place is not None and not quads:
        signature = cast("Store", graph).stored.signature
        digest = hashlib.sha256(f"{signature} {place.name}".encode()).hexdigest()
        count = _counted(str(place))
        return Held(graph, None, str(place), count, digest, spaces, dict(graph.spaces))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", LeftOut)
        data = quads or formats.render(graph, "nq")
    store = ox.Store()
    store.load(data, format=ox.RdfFormat.N_QUADS)
    used = {
        name: space
        for name, space in graph.spaces.items()
        if name not in KNOWN_PREFIXES or space.encode() in data
    }
    digest = hashlib.sha256(data).hexdigest()
    return Held(graph, store, "", len(store), digest, spaces, used)


def _counted(place: str) -> int:
    """How many quads a store on the disk has; counted by a process of its own.

    The engine starts threads when it opens one, and what has threads must not fork.
    """
    import pyoxigraph as ox

    ours, theirs = os.pipe()
    if os.fork() == 0:
        try:
            os.write(theirs, str(len(ox.Store.read_only(place))).encode())
        finally:
            os._exit(0)
    os.close(theirs)
    with os.fdopen(ours, "rb") as told:
        return int(told.read())


def opened(held: Held) -> Held:
    """The same where it is asked: each worker opens a store on the disk for itself."""
    import pyoxigraph as ox

    return replace(held, store=ox.Store.read_only(held.place)) if held.store is None else held


def answer(held: Held, request: Mapping[str, Any]) -> tuple[str, bytes]:
    """The media type and the bytes of the answer to one request."""
    return _ANSWERS[request["do"]](held, request)


# --- Questions ------------------------------------------------------------------------------


def _api(held: Held, request: Mapping[str, Any]) -> tuple[str, bytes]:
    question = QUESTIONS[request["name"]]
    return media.JSON.type, _json(question.answer(held.graph, request["given"]))


def _json(value: object) -> bytes:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return f"{text}\n".encode("utf-8", "backslashreplace")


# --- Things ---------------------------------------------------------------------------------


def _thing(held: Held, request: Mapping[str, Any]) -> tuple[str, bytes]:
    """An entity, a statement or a source, as a page, as JSON or as RDF."""
    kind, name, syntax = request["kind"], request["name"], request["syntax"]
    graph = held.graph
    if kind == "entity":
        if name not in graph.entities:
            like = [hit.entity.id for hit in search(graph, name, 3)]
            raise NotFound(_meant("entity", name, like))
        part = graph.only(graph.touching(name)) | Graph([graph.about, graph.entities[name]])
    elif kind == "statement":
        statement = graph.find_statement(name)
        if statement is None:
            raise NotFound(f"there is no statement {name!r}")
        part = graph.only([statement])
    else:
        if name not in graph.sources:
            cited = source(graph, name)
            raise NotFound(_meant("source", name, [cited.id] if cited else []))
        part = graph.select(f'source("{name}")') | Graph([graph.about, graph.sources[name]])
    if syntax == "html":
        return media.HTML.header, pages.thing(graph, kind, name).encode("utf-8")
    if syntax == "json":
        return media.JSON.type, _json(pages.values_of(graph, kind, name))
    return media.TRIPLES[syntax].header, _rendered(part, _RDF.get(syntax, syntax))


def _meant(kind: str, name: str, ids: Sequence[str]) -> str:
    """What is told of an address at which nothing stands: whose addresses may be meant."""
    likely = " or ".join(ids)
    return f"there is no {kind} {name!r}{f'; did you mean {likely}?' if likely else ''}"


def _rendered(graph: Graph, form: str) -> bytes:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", LeftOut)
        return formats.render(graph, form)


# --- Files ----------------------------------------------------------------------------------


def _dump(held: Held, request: Mapping[str, Any]) -> tuple[str, bytes]:
    form = request["format"]
    if form == "derived":
        return media.TRIPLES["trig"].header, derived.render(held.graph)
    if form not in FORMATS or not FORMATS[form].writes or form == "curated":
        names = [name for name, kind in FORMATS.items() if kind.writes and name != "curated"]
        raise QueryError(unknown("format", form, names))
    suffix = next(iter(FORMATS[form].suffixes), "")
    return media_type(f"dump{suffix}"), _rendered(held.graph, form)


def _page(held: Held, _request: Mapping[str, Any]) -> tuple[str, bytes]:
    from trabecula.page.html import render

    return media.HTML.header, render(held.graph).encode("utf-8")


def _count(held: Held, _request: Mapping[str, Any]) -> tuple[str, bytes]:
    """The description of the dataset in VoID, as Turtle with no address of the server in it."""
    import pyoxigraph as ox

    from trabecula.release import void
    from trabecula.release.uses import Counting

    about = replace(held.graph.about, title=cite.title(held.graph.about, ""))
    counting = Counting()
    held.asked.dump(
        cast("IO[bytes]", counting),  # the engine calls write and flush, nothing else
        format=ox.RdfFormat.N_TRIPLES,
        from_graph=ox.DefaultGraph(),
    )
    # Made when they are asked for: to know their sizes would take seconds.
    files = dict.fromkeys(("dump.nt", "dump.ttl", "dump-derived.trig"))
    text = void.describe(held.graph, about, counting.uses(), files, "dump")
    text = text.replace("<void.ttl#", "<.well-known/void#")
    return media.TRIPLES["ttl"].header, text.encode("utf-8")


def _void(held: Held, request: Mapping[str, Any]) -> tuple[str, bytes]:
    """That description with the addresses of this server."""
    import pyoxigraph as ox

    base, syntax = request["base"], request["syntax"]
    dataset = ox.NamedNode(held.graph.about.home or f"{base}/.well-known/void#dataset")
    told = ox.parse(request["text"], format=ox.RdfFormat.TURTLE, base_iri=f"{base}/")
    void_of = "http://rdfs.org/ns/void#"
    triples = [quad.triple for quad in told] + [
        ox.Triple(dataset, ox.NamedNode(void_of + name), ox.NamedNode(base + path))
        for name, path in (
            ("sparqlEndpoint", "/sparql"),
            ("dataDump", "/dump.nt"),
            ("dataDump", "/dump.ttl"),
        )
    ]
    parts = {"": f"{base}/.well-known/void#"}
    return media.TRIPLES[syntax].header, written(triples, syntax, parts)


#: The prefixes of descriptions.
_SPACES: Final = {
    name: NAMESPACES[name]
    for name in ("biolink", "dcat", "dct", "foaf", "prov", "rdf", "rdfs", "sh", "tb", "void", "xsd")
} | {
    "sd": "http://www.w3.org/ns/sparql-service-description#",
    "spdx": "http://spdx.org/rdf/terms#",
    "void-ext": "http://ldf.fi/void-ext#",
}


def written(
    triples: list[ox.Triple], syntax: str, spaces: Mapping[str, str] = MappingProxyType({})
) -> bytes:
    """Triples of a description in one of the syntaxes of `media.TRIPLES`; `spaces` are prefixes."""
    import pyoxigraph as ox

    kinds = {
        "ttl": ox.RdfFormat.TURTLE,
        "nt": ox.RdfFormat.N_TRIPLES,
        "rdf": ox.RdfFormat.RDF_XML,
        "jsonld": ox.RdfFormat.JSON_LD,
        "nq": ox.RdfFormat.N_QUADS,
        "trig": ox.RdfFormat.TRIG,
    }
    kind = kinds[syntax]
    if kind in (ox.RdfFormat.TURTLE, ox.RdfFormat.TRIG, ox.RdfFormat.RDF_XML):
        return ox.serialize(triples, format=kind, prefixes={**_SPACES, **spaces}) or b""
    return ox.serialize(triples, format=kind) or b""


def _query_page(held: Held, _request: Mapping[str, Any]) -> tuple[str, bytes]:
    return media.HTML.header, pages.query(held.graph).encode("utf-8")


_Answer = Callable[[Held, Mapping[str, Any]], tuple[str, bytes]]
_ANSWERS: Final[Mapping[str, _Answer]] = MappingProxyType(
    {
        "api": _api,
        "thing": _thing,
        "dump": _dump,
        "page": _page,
        "count": _count,
        "void": _void,
        "query-page": _query_page,
    }
)
