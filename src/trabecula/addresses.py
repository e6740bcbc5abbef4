"""How the IRIs of one graph begin: behind its own namespace, and behind the prefixes it declares.

Identifiers are the same in every graph: `kras` is a slug and `lab:1` a CURIE, and within the
program both have IRIs of trabecula's. What differs between graphs is said once, here, and used
where IRIs leave the program or enter it: in files of RDF, in questions and answers, on a page.

| within                                    | of a graph whose namespace is `https://a.org/`     |
|-------------------------------------------|----------------------------------------------------|
| `https://w3id.org/trabecula/entity/kras`  | `https://a.org/entity/kras`; `source/` … likewise  |
| `tb:phosphorylates`, a word of the graph  | `https://a.org/ontology#phosphorylates`            |
| `https://w3id.org/trabecula/prefix/lab/1` | what the graph declares `lab` to be, followed by 1 |

A graph without a namespace and without prefixes has the IRIs that are used within.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from types import MappingProxyType
from typing import Final

from trabecula.model import About, Entity, Record, Source, Statement
from trabecula.prefixes import NAMESPACES, ONTOLOGY, PREFIXES, is_known, space_of

#: Where everything of the shipped graph stands, and of graphs that say nothing else.
HOME: Final = "https://w3id.org/trabecula/"
#: The kinds of things that have IRIs of their own behind a namespace.
KINDS: Final = (
    "entity/", "source/", "statement/", "evidence/", "nanopub/", "np/", "conflict/", "consequence/",
    "loop/", "prefix/", "derived", "graph",
)  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class Addresses:
    """The beginnings of IRIs, within and of the graph, and the words that the graph has."""

    beginnings: tuple[tuple[str, str], ...] = ()
    back: tuple[tuple[str, str], ...] = ()  # the longest first
    words: Mapping[str, str] = field(default_factory=dict)

    def outward(self, iri: str) -> str:
        """The IRI of the graph for one that is used within."""
        for within, own in self.beginnings:
            if iri.startswith(within):
                return own + iri[len(within) :]
        return self.words.get(iri, iri)

    def inward(self, iri: str) -> str:
        """The IRI used within for one of the graph: the opposite of `outward`."""
        for own, within in self.back:
            if iri.startswith(own):
                return within + iri[len(own) :]
        return iri

    def outward_text(self, text: str) -> str:
        """A text, such as a query, with the beginnings of the graph in place of those within."""
        for within, own in self.words.items():
            text = text.replace(f"<{within}>", f"<{own}>")
        for within, own in self.beginnings:
            text = text.replace(within, own)
        return text

    def inward_text(self, text: str) -> str:
        """A text, such as a query, with what is used within in place of the graph's beginnings."""
        for own, within in self.back:
            text = text.replace(own, within)
        return text


@lru_cache(maxsize=64)
def addresses(about: About) -> Addresses:
    """How the IRIs of a graph begin that says this of itself.

    >>> own = addresses(About(namespace="https://a.org/", prefixes=(("lab", "https://lab.org/"),)))
    >>> own.outward("https://w3id.org/trabecula/entity/kras")
    'https://a.org/entity/kras'
    >>> own.inward("https://lab.org/1")
    'https://w3id.org/trabecula/prefix/lab/1'
    """
    declared = [(space_of(name), iri) for name, iri in about.prefixes if space_of(name) != iri]
    own = about.namespace
    if own in ("", HOME):
        pairs, words, back = declared, {}, declared
    else:
        pairs = [*declared, *((HOME + kind, own + kind) for kind in KINDS)]
        back = [*pairs, (ONTOLOGY, f"{own}ontology#")]
        named = (
            *(word.name for word in about.predicates),
            *(word.inverse for word in about.predicates if word.inverse),
            *(word.iri_name for word in about.categories),
            *(key for key, _ in about.context),
        )
        words = {ONTOLOGY + name: f"{own}ontology#{name}" for name in named if ":" not in name}
    turned = sorted(((outer, within) for within, outer in back), key=lambda pair: -len(pair[0]))
    return Addresses(tuple(pairs), tuple(turned), MappingProxyType(words))


def spaces_with(prefixes: Iterable[str], about: About) -> dict[str, str]:
    """Every prefix that an IRI of a graph may have, with its namespace there.

    `prefixes` are those of its identifiers; `own` are the words that the graph defines.
    """
    own = addresses(about)
    used = (*sorted(prefixes), *(name for name, _ in about.prefixes))
    spaces = {name: own.outward(space_of(name)) for name in used}
    spaces |= {name: own.outward(space) for name, space in NAMESPACES.items()}
    spaces |= {name: prefix.iri for name, prefix in PREFIXES.items()}
    return {**spaces, **({"own": f"{about.namespace}ontology#"} if own.words else {})}


# --- Prefixes that are used ------------------------------------------------------------------


def prefixes_of(records: Iterable[Record]) -> dict[str, str]:
    """Prefix -> the id of the first record in which an identifier has it."""
    first: dict[str, str] = {}
    seen: set[str] = set()
    for record in records:
        for name in _identifiers(record):
            if name not in seen:  # as those of few statements are
                seen.add(name)
                prefix, colon, _ = name.partition(":")
                if colon and prefix not in ("http", "https"):
                    first.setdefault(prefix, record.id)
    return first


def undeclared(prefixes: Mapping[str, str], about: About) -> dict[str, str]:
    """Those of `prefixes_of` a graph that no table knows and the graph does not declare."""
    declared = {name for name, _ in about.prefixes}
    return {
        prefix: place
        for prefix, place in prefixes.items()
        if prefix not in declared and not is_known(prefix)
    }


def _identifiers(record: Record) -> Sequence[str]:
    if isinstance(record, Statement):
        sources = [row.source for row in record.evidence]
        return (record.subject, record.predicate, record.object, *sources)
    if isinstance(record, Entity):
        xrefs = [xref.curie for xref in record.xrefs]
        return (record.id, record.category, record.taxon, *xrefs)
    return (record.id, *record.xrefs) if isinstance(record, Source) else ()
