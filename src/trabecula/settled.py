"""One thing, one identifier: what is asked of every identifier that is read from elsewhere."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from types import MappingProxyType
from typing import Final
from urllib.parse import unquote

from trabecula.identifiers import expand, is_visible, pattern_of
from trabecula.prefixes import (
    ENTITY,
    MINTED,
    NAMESPACES,
    PREFIXES,
    SCHEME,
    bioregistry,
    space_of,
)

#: Our own namespaces, in which the names of people's slugs are written in any way that says them.
_OWN = frozenset(("tb", "entity", "source", "statement", "evidence"))
_OWN_SPACES = frozenset(NAMESPACES[name] for name in _OWN)
#: A name in one of them that is written in one way only, as most are.
_PLAIN_SLUG: Final = re.compile(r"[0-9A-Za-z_-]+")
#: What other registries call the prefixes that have another name here.
_OTHER_PREFIXES: Final = MappingProxyType(
    {
        "ec-code": "EC", "ncbigene": "NCBIGene", "pmc": "PMCID", "pubmed": "PMID",
        "taxonomy": "NCBITaxon", "uniprot": "UniProtKB",
    }
)  # fmt: skip
#: Services that lead from a CURIE, or from `prefix/identifier`, to whatever it names.
_LEAD_ANYWHERE = ("identifiers.org/", "www.identifiers.org/", "bioregistry.io/", "n2t.net/")
#: Addresses that name the same things as the IRIs and the pages of the table, without the scheme.
_OTHER_PAGES = (
    ("dx.doi.org/", "doi"),
    ("www.doi.org/", "doi"),
    ("www.ncbi.nlm.nih.gov/pmc/articles/", "PMCID"),
    ("pmc.ncbi.nlm.nih.gov/articles/", "PMCID"),
    ("www.ncbi.nlm.nih.gov/pubmed/", "PMID"),
    ("www.uniprot.org/uniprot/", "UniProtKB"),
    ("www.uniprot.org/uniprotkb/", "UniProtKB"),
    ("purl.uniprot.org/isoforms/", "UniProtKB"),
)


def _begins(address: str) -> str:
    """An address that ends in `$1`, as what IRIs begin with, without the scheme."""
    return SCHEME.sub("", address).partition("$1")[0]


#: (what an IRI begins with, prefix, whether anything may follow), the longest first.
_BEGINNINGS: Final = sorted(
    {
        **{(_begins(p.url), p.name): False for p in PREFIXES.values()},
        **dict.fromkeys(_OTHER_PAGES, False),
        **{(_begins(space), name): True for name, space in NAMESPACES.items()},
        **{(_begins(p.iri), p.name): True for p in PREFIXES.values()},
    }.items(),
    key=lambda item: (-len(item[0][0]), item[0]),
)
_BY_FOLDED = {**_OTHER_PREFIXES, **{name.casefold(): name for name in PREFIXES}}


def settled(identifier: str, base: str) -> str:
    """The one identifier of what an identifier or an IRI names, the same for all its spellings.

    Slugs under `base` have no prefix; what has a known prefix is a CURIE, whichever IRI or page of
    it was named; all else stays as it is. Whoever reads records from elsewhere asks this first.

    >>> settled("https://purl.obolibrary.org/obo/CHEBI_27363", ENTITY)
    'CHEBI:27363'
    >>> from trabecula.prefixes import ONTOLOGY
    >>> settled("tb:increases", ONTOLOGY), settled("https://w3id.org/trabecula/entity/x", ENTITY)
    ('increases', 'x')
    """
    if base in _OWN_SPACES and _PLAIN_SLUG.fullmatch(identifier):
        return identifier
    return _settled(identifier, base)


@lru_cache(maxsize=2**16)
def _settled(identifier: str, base: str) -> str:
    iri = _as_iri(identifier, base) if identifier else None
    if iri is None:
        return identifier if is_visible(identifier) else expand(identifier, base)
    parts = _parts(iri)
    if parts is None:
        return _registered_curie(iri) or iri
    name, local = parts
    if name in PREFIXES and not pattern_of(name).fullmatch(local):
        registered = _registered_curie(iri)
        space = space_of(registered.partition(":")[0]) if registered else ""
        if len(space) > len(PREFIXES[name].iri):  # a registry within the space of another
            return registered
    curie, space = f"{name}:{local}", _space(name)
    if not is_visible(local):
        return expand(curie, base)
    if space == base and ":" not in local:
        return local
    if name in PREFIXES or name in _OWN or _same(expand(curie, base), iri):
        return curie
    return iri


@lru_cache(maxsize=2**16)
def settled_iri(iri: str) -> str:
    """The IRI that we write for what an IRI names, whichever spelling of it was read.

    >>> settled_iri("https://identifiers.org/CHEBI:27363")
    'http://purl.obolibrary.org/obo/CHEBI_27363'
    """
    return _as_iri(settled(iri, ENTITY), ENTITY) or iri


def _registered_curie(iri: str) -> str:
    """The CURIE of an IRI by the Bioregistry's map, or of a minted one; nothing where none is sure.

    It is where it leads back to the same IRI: what was written as a CURIE is read as that.
    """
    if iri.startswith(MINTED):
        prefix, slash, local = iri.removeprefix(MINTED).partition("/")
        curie = f"{unquote(prefix)}:{unquote(local)}"
        return curie if slash and is_visible(curie) and expand(curie, "") == iri else ""
    address = SCHEME.sub("", iri, count=1)
    spaces = bioregistry().spaces
    lengths = _lengths()
    for end in (*lengths.get(address.partition("/")[0], ()), *lengths[""]):
        name = spaces.get(address[:end]) if end < len(address) else None
        if name is not None:
            curie = f"{name}:{unquote(address[end:])}"
            if is_visible(curie) and expand(curie, "") == iri:
                return curie
    return ""


@cache
def _lengths() -> dict[str, tuple[int, ...]]:
    """How long the IRIs of the Bioregistry's prefixes at a host are, the longest first.

    Under the empty host are those that end within the name of one.
    """
    by_host: dict[str, set[int]] = {"": set()}
    for space in bioregistry().spaces:
        host, slash, _ = space.partition("/")
        by_host.setdefault(host if slash else "", set()).add(len(space))
    return {host: tuple(sorted(lengths, reverse=True)) for host, lengths in by_host.items()}


def _as_iri(identifier: str, base: str) -> str | None:
    """The IRI of an identifier; None where it has a prefix that is not of the short table."""
    scheme = SCHEME.match(identifier)
    if scheme:
        return scheme[0].lower() + identifier[scheme.end() :]
    prefix, colon, local = identifier.partition(":")
    if colon and prefix not in PREFIXES and prefix not in NAMESPACES:
        prefix = _BY_FOLDED.get(prefix.casefold(), "")
        if not prefix or pattern_of(prefix).fullmatch(local) is None:
            return None
        identifier = f"{prefix}:{local}"
    return expand(identifier, base)


def _parts(iri: str) -> tuple[str, str] | None:
    """The prefix that an IRI belongs to and the identifier in it; None where it has none."""
    address = SCHEME.sub("", iri, count=1)
    for (beginning, name), any_follows in _beginnings(address.partition("/")[0]):
        if address.startswith(beginning):
            local = _local(name, address[len(beginning) :], any_follows)
            if local:
                return name, local
    for resolver in _LEAD_ANYWHERE if address.startswith(_LEAD_ANYWHERE) else ():
        match = re.fullmatch(r"([A-Za-z][\w.-]*)[/:](.+)", address.removeprefix(resolver))
        if address.startswith(resolver) and match:
            name = _BY_FOLDED.get(match[1].casefold(), "")
            local = _local(name, match[2], False) if name else ""
            if local:
                return name, local
    return None


@lru_cache(maxsize=2**10)
def _beginnings(host: str) -> tuple[tuple[tuple[str, str], bool], ...]:
    """Those of the thousands of beginnings that an address at this host can have, in order."""
    return tuple(
        row
        for row in _BEGINNINGS
        if (begins := row[0][0].partition("/"))[0] == host
        or (not begins[1] and host.startswith(begins[0]))
    )


def _local(name: str, text: str, any_follows: bool) -> str:
    """The identifier of the prefix that stands at the end of an IRI; empty where none does."""
    try:
        whole = unquote(text, errors="strict")
    except UnicodeDecodeError:  # bytes that are no text have no other name
        return ""
    bare = whole.rstrip("/")
    without = bare[len(name) + 1 :] if bare.casefold().startswith(f"{name.casefold()}:") else bare
    if name in PREFIXES:
        for local in (whole, bare, without):
            if pattern_of(name).fullmatch(local):
                return local
    return whole if any_follows else ""


def _space(name: str) -> str:
    return PREFIXES[name].iri if name in PREFIXES else NAMESPACES[name]


def _same(first: str, second: str) -> bool:
    """Whether two IRIs are the same but for `http` and `https`."""
    return SCHEME.sub("", first, count=1) == SCHEME.sub("", second, count=1)
