"""Identifiers as people paste them: addresses of pages, bare DOIs, an underscore for the colon."""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import Final
from urllib.parse import unquote

from trabecula.identifiers import curie_problem
from trabecula.prefixes import PREFIXES

#: What others call prefixes of ours, in lower case.
_ALIASES: Final = MappingProxyType(
    {
        **{name.casefold(): name for name in PREFIXES},
        "pubmed": "PMID", "medline": "PMID", "pmc": "PMCID", "uniprot": "UniProtKB",
        "entrez": "NCBIGene", "taxonomy": "NCBITaxon", "taxon": "NCBITaxon", "taxid": "NCBITaxon",
        "genegroup": "hgnc.genegroup", "pro": "PR",
    }
)  # fmt: skip
#: Web addresses of identifiers beside those of the tables, without scheme, and their prefixes.
_ADDRESSES: Final = (
    (re.compile(r"(?:dx\.)?doi\.org/(10\..+)", re.IGNORECASE), "doi"),
    (re.compile(r"(?:m\.)?pubmed\.ncbi\.nlm\.nih\.gov/(\d+)", re.IGNORECASE), "PMID"),
    (re.compile(r"ncbi\.nlm\.nih\.gov/(?:m/)?pubmed/(\d+)", re.IGNORECASE), "PMID"),
    (re.compile(r"uniprot\.org/uniprot(?:kb)?/(\w+)", re.IGNORECASE), "UniProtKB"),
    (re.compile(r"europepmc\.org/(?:abstract|article)/med/(\d+)", re.IGNORECASE), "PMID"),
    (
        re.compile(
            r"(?:ncbi\.nlm\.nih\.gov/pmc|pmc\.ncbi\.nlm\.nih\.gov|europepmc\.org)"
            r"/articles?/(?:pmc/)?(PMC\d+)",
            re.IGNORECASE,
        ),
        "PMCID",
    ),
)
#: Services that resolve identifiers of any kind.
_RESOLVERS = re.compile(r"(?:identifiers\.org|bioregistry\.io|n2t\.net)/(\S+)", re.IGNORECASE)
_LOOSE = re.compile(r"([A-Za-z][A-Za-z0-9.]*)\s*[:_/\s]\s*(\S+)")
#: No identifier is longer than this, in characters.
_LONGEST: Final = 500


def pasted(text: str) -> str:
    """The CURIE that a text stands for, however it was found; empty where it stands for none.

    IRIs with http and https, addresses of pages about identifiers and papers, prefixes in any
    case, an underscore for the colon, and bare DOIs are understood. The case of a DOI is kept.

    >>> pasted("https://purl.obolibrary.org/obo/CHEBI_17823"), pasted("chebi_17823")
    ('CHEBI:17823', 'CHEBI:17823')
    >>> pasted("http://dx.doi.org/10.1000%2FABC"), pasted("pubmed.ncbi.nlm.nih.gov/9709941/")
    ('doi:10.1000/ABC', 'PMID:9709941')
    >>> pasted("calcitriol")
    ''
    """
    text = text.strip().strip("<>")
    if not text or len(text) > _LONGEST:
        return ""
    place = re.sub(r"\A(?:https?://)?(?:www\.)?", "", text, count=1, flags=re.IGNORECASE)
    ways = (_from_address(place), _from_table(place), _from_words(_RESOLVERS.sub(r"\1", place)))
    return next((curie for curie in ways if curie and not curie_problem(curie)), "")


def _from_address(place: str) -> str:
    for pattern, prefix in _ADDRESSES:
        match = pattern.match(unquote(place))
        if match:
            return f"{prefix}:{match[1]}"
    return ""


def _from_table(place: str) -> str:
    """The CURIE of an IRI, or of the address of a page, of the tables above."""
    for prefix in sorted(PREFIXES.values(), key=lambda prefix: -len(prefix.iri)):
        for form in (prefix.iri + "$1", prefix.url):
            head, slot, tail = form.partition("://")[2].removeprefix("www.").partition("$1")
            if slot and place.casefold().startswith(head.casefold()):
                local = unquote(place[len(head) :]).removesuffix(tail or "/")
                return f"{prefix.name}:{local.removeprefix(prefix.name + ':')}"
    return ""


def _from_words(words: str) -> str:
    """The CURIE of a prefix in any case and an identifier, or of a DOI or a PMCID alone."""
    if words.casefold().startswith("obo:"):
        words = words[len("obo:") :]
    if words.startswith("10."):
        return f"doi:{unquote(words)}"
    if re.fullmatch(r"PMC\d+", words, re.IGNORECASE):
        return f"PMCID:{words.upper()}"
    match = _LOOSE.fullmatch(words)
    if match is None or match[1].casefold() not in _ALIASES:
        return ""
    name = _ALIASES[match[1].casefold()]
    # Resolvers are asked for `chebi/CHEBI:17823` too.
    local = re.sub(rf"\A{re.escape(match[1])}[:_]", "", match[2], flags=re.IGNORECASE)
    return f"{name}:{local}"
