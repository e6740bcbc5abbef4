"""What the server says of itself: the SPARQL Service Description, and files of its pages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources
from typing import Any, Final

from trabecula.server.answers import written
from trabecula.server.media import RESULTS, TRIPLES

_SD: Final = "http://www.w3.org/ns/sparql-service-description#"
_FORMATS: Final = "http://www.w3.org/ns/formats/"
_VOID: Final = "http://rdfs.org/ns/void#"
#: The short names of syntaxes -> how the W3C names them.
_NAMES: Final = {
    "json": "SPARQL_Results_JSON",
    "xml": "SPARQL_Results_XML",
    "csv": "SPARQL_Results_CSV",
    "tsv": "SPARQL_Results_TSV",
    "ttl": "Turtle",
    "nt": "N-Triples",
    "rdf": "RDF_XML",
    "jsonld": "JSON-LD",
    "nq": "N-Quads",
    "trig": "TriG",
}


def service(endpoint: str, facts: Mapping[str, Any], syntax: str) -> bytes:
    """The description of the service at this address, in a syntax of `media.TRIPLES`."""
    import pyoxigraph as ox

    def triples() -> Iterator[ox.Triple]:
        own, dataset, graph = (ox.NamedNode(f"{endpoint}{end}") for end in ("", "#data", "#graph"))
        kind = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")

        def say(subject: ox.NamedNode, name: str, value: ox.NamedNode | ox.Literal) -> ox.Triple:
            return ox.Triple(subject, kind if name == "a" else ox.NamedNode(name), value)

        yield say(own, "a", ox.NamedNode(f"{_SD}Service"))
        yield say(own, f"{_SD}endpoint", own)
        yield say(own, f"{_SD}supportedLanguage", ox.NamedNode(f"{_SD}SPARQL11Query"))
        for name in (*RESULTS, *TRIPLES):
            yield say(own, f"{_SD}resultFormat", ox.NamedNode(_FORMATS + _NAMES[name]))
        yield say(own, f"{_SD}defaultDataset", dataset)
        yield say(dataset, "a", ox.NamedNode(f"{_SD}Dataset"))
        yield say(dataset, f"{_SD}defaultGraph", graph)
        yield say(graph, "a", ox.NamedNode(f"{_SD}Graph"))
        yield say(graph, "a", ox.NamedNode(f"{_VOID}Dataset"))
        yield say(dataset, "http://purl.org/dc/terms/title", ox.Literal(facts["title"]))
        void = endpoint.removesuffix("/sparql") + "/.well-known/void"
        see = "http://www.w3.org/2000/01/rdf-schema#seeAlso"
        yield say(own, see, ox.NamedNode(void))

    return written(list(triples()), syntax)


#: The files of the pages: name -> package, folder, media type.
_ASSETS: Final = {
    "page.css": ("trabecula.server", "templates", "text/css; charset=utf-8"),
    "query.css": ("trabecula.page", "web", "text/css; charset=utf-8"),
    "query.js": ("trabecula.page", "web", "text/javascript; charset=utf-8"),
}


@cache
def asset(name: str) -> tuple[str, bytes] | None:
    """The media type and the bytes of a file of the pages; None where there is none."""
    if name not in _ASSETS:
        return None
    package, folder, kind = _ASSETS[name]
    return kind, resources.files(package).joinpath(folder, name).read_bytes()
