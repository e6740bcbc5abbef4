"""The media types of the files of a release."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Final

_MEDIA_TYPES: Final = {
    ".ttl": "text/turtle",
    ".nt": "application/n-triples",
    ".nq": "application/n-quads",
    ".trig": "application/trig",
    ".jsonld": "application/ld+json",
    ".rdf": "application/rdf+xml",
    ".json": "application/json",
    ".csv": "text/csv",
    ".tsv": "text/tab-separated-values",
    ".toml": "application/toml",
    ".graphml": "application/graphml+xml",
    ".gexf": "application/gexf+xml",
    ".html": "text/html",
    ".dot": "text/vnd.graphviz",
    ".sif": "text/plain",
    ".bib": "application/x-bibtex",
    ".rq": "application/sparql-query",
}


def media_type(name: str) -> str:
    """The media type of a file by the end of its name.

    >>> media_type("graph/entities.tsv")
    'text/tab-separated-values'
    """
    return _MEDIA_TYPES.get(PurePosixPath(name).suffix, "application/octet-stream")
