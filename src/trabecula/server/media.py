"""Media types: what an answer can be written as, and what a client would like best.

Content negotiation as RFC 9110 has it: of what is offered, that with the highest quality; where
several have the same, the first. A range that names more of a type outweighs one that names less.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Final


@dataclass(frozen=True, slots=True, eq=False)
class Media:
    """A way to write something down: its short name, its media type, others that mean the same.

    Each is made once, and is itself: what was chosen is looked up by it for every request.
    """

    name: str
    type: str
    also: tuple[str, ...] = ()

    @property
    def header(self) -> str:
        """The value of `Content-Type`; text says how it is encoded."""
        text = self.type.startswith("text/") and self.type != "text/csv"
        return f"{self.type}; charset=utf-8" if text or self.type == "text/csv" else self.type


def _table(*rows: Media) -> Mapping[str, Media]:
    return MappingProxyType({row.name: row for row in rows})


#: What rows and yes or no are written as.
RESULTS: Final = _table(
    Media("json", "application/sparql-results+json", ("application/json", "text/json")),
    Media("xml", "application/sparql-results+xml", ("application/xml", "text/xml")),
    Media("csv", "text/csv"),
    Media("tsv", "text/tab-separated-values"),
)
#: What triples are written as.
TRIPLES: Final = _table(
    Media(
        "ttl",
        "text/turtle",
        ("application/x-turtle", "application/turtle", "text/n3", "text/rdf+n3", "application/n3"),
    ),
    Media("nt", "application/n-triples", ("text/plain", "text/ntriples")),
    Media("rdf", "application/rdf+xml", ("application/xml", "text/xml")),
    Media("jsonld", "application/ld+json", ("application/json",)),
    Media("nq", "application/n-quads", ("text/x-nquads",)),
    Media("trig", "application/trig", ("application/x-trig",)),
)
HTML: Final = Media("html", "text/html", ("application/xhtml+xml",))
JSON: Final = Media("json", "application/json")
#: What it is told in why something is not answered: JSON to who asks for JSON as such. Who asks for
#: results of SPARQL in JSON shows what comes instead as it is, and gets text.
TEXT: Final = Media("text", "text/plain")
PROBLEM: Final = Media("problem", "application/problem+json", ("application/json", "text/json"))

_RANGE: Final = re.compile(r"([!#$%&'*+.^`|~\w-]+)/([!#$%&'*+.^`|~\w-]+)", re.ASCII)
_QUALITY: Final = re.compile(r"(?:0(?:\.\d{0,3})?|1(?:\.0{0,3})?)")
#: The longest list of ranges that is read; browsers send ten.
_MOST: Final = 100
#: Letters of a header that is kept with what was chosen for it.
_LONG: Final = 300


def chosen(accept: str | None, offered: Iterable[Media]) -> Media | None:
    """The best of what is offered for a header `Accept`; None where the client takes none of it.

    >>> chosen("text/csv;q=0.5, application/sparql-results+xml", RESULTS.values()).name
    'xml'
    >>> chosen(None, RESULTS.values()).name, chosen("image/png", RESULTS.values())
    ('json', None)
    """
    if accept is not None and len(accept) > _LONG:
        return _chosen(accept, tuple(offered))
    return _cached(accept, tuple(offered))


def _chosen(accept: str | None, offered: tuple[Media, ...]) -> Media | None:
    ranges = _ranges(accept or "*/*")
    best, quality = None, 0.0
    for media in offered:
        rated = max(_quality(name, ranges) for name in (media.type, *media.also))
        if rated > quality:
            best, quality = media, rated
    return best


#: The same few headers come again and again; long ones are not kept.
_cached = lru_cache(maxsize=512)(_chosen)


def _ranges(accept: str) -> list[tuple[str, str, float]]:
    ranges = []
    for part in accept.split(",")[:_MOST]:
        name, *parameters = (piece.strip() for piece in part.split(";"))
        match = _RANGE.fullmatch(name.lower())
        if match is None:
            continue
        quality = 1.0
        for parameter in parameters:
            key, _, value = parameter.partition("=")
            if key.strip().lower() == "q":
                given = value.strip()
                quality = float(given) if _QUALITY.fullmatch(given) else 0.0
        ranges.append((match[1], match[2], quality))
    return ranges


def _quality(name: str, ranges: list[tuple[str, str, float]]) -> float:
    kind, _, sub = name.partition("/")
    best, quality = -1, 0.0
    for major, minor, given in ranges:
        if major not in ("*", kind) or minor not in ("*", sub):
            continue
        exact = (major != "*") + (minor != "*")
        if exact > best:
            best, quality = exact, given
    return quality
