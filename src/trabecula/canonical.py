"""The one spelling of an identifier, of the several that its registry takes for the same.

`settled` goes further, from any IRI or page to the one identifier of what it names; this is what
the registries of publications and the Bioregistry say of the spelling of a CURIE.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from types import MappingProxyType
from typing import Final
from urllib.parse import unquote

from trabecula.identifiers import CURIE, contract, curie_problem, expand, is_slug
from trabecula.prefixes import ENTITY, NAMESPACES, PREFIXES, SCHEME, bioregistry, is_known

_SPACES: Final = tuple(NAMESPACES.values())
#: What the addresses of all that has a prefix here begin with, without the scheme.
_ADDRESSES: Final = tuple(
    SCHEME.sub("", space) for space in (*_SPACES, *(prefix.iri for prefix in PREFIXES.values()))
)
#: Other names of prefixes, in lower case, from Bioregistry 0.15.6.
_SYNONYMS: Final = MappingProxyType(
    {
        **{name.casefold(): name for name in PREFIXES},
        "pubmed": "PMID", "medline": "PMID", "pmc": "PMCID",
        "nct": "clinicaltrials", "ctgov": "clinicaltrials", "clinicaltrial": "clinicaltrials",
        "isbn-10": "isbn", "isbn-13": "isbn", "euctr": "euclinicaltrials",
        "taxon": "NCBITaxon", "taxonomy": "NCBITaxon", "taxid": "NCBITaxon",
        "uniprot.isoform": "UniProtKB",
        "ncbi_taxid": "NCBITaxon", "ncbi_taxon_id": "NCBITaxon", "uniprot.taxonomy": "NCBITaxon",
    }
)  # fmt: skip

#: Registries of publications: their identifiers are compared as these compare them.
REGISTRIES: Final = frozenset(
    ("arxiv", "clinicaltrials", "doi", "euclinicaltrials", "isbn", "isrctn", "PMCID", "PMID")
)

#: Pages of publications, without `https://`, and the prefix of what they are about.
_PAGES: Final = (
    (
        (
            r"(?:(?:dx\.|www\.)?doi\.org|hdl\.handle\.net|api\.crossref\.org/works)/(?:doi:)?"
            r"(10\..+?(?:CO;2-.)?)(?:[?#].*)?"
        ),
        "doi",
    ),
    (r"(?:www\.)?ncbi\.nlm\.nih\.gov/(?:m/)?pubmed/(?:\?term=)?(\d+)/?(?:[?#].*)?", "PMID"),
    (r"pubmed\.(?:ncbi\.nlm\.nih\.)?gov/(?:\?term=)?(\d+)/?(?:[?#].*)?", "PMID"),
    (r"(?:www\.)?europepmc\.org/(?:abstract|article)/med/(\d+)/?(?:[?#].*)?", "PMID"),
    (
        (
            r"(?:www\.)?(?:ncbi\.nlm\.nih\.gov/pmc|pmc\.ncbi\.nlm\.nih\.gov)/(?:articles/)?"
            r"((?:PMC)?\d+)(?:[/?#].*)?"
        ),
        "PMCID",
    ),
    (
        r"(?:www\.)?europepmc\.org/(?:articles|article/pmc|abstract/pmc)/(PMC\d+)/?(?:[?#].*)?",
        "PMCID",
    ),
    (r"arxiv\.org/(?:abs|pdf)/([\w./-]+?)(?:\.pdf)?(?:[?#].*)?", "arxiv"),
    (
        r"(?:www\.)?clinicaltrials\.gov/(?:ct2/show|study)/(NCT\d+)/?(?:[?#].*)?",
        "clinicaltrials",
    ),
    # Publishers whose addresses are their DOIs, and the preprint servers that add a version.
    (
        r"[\w.-]+\.(?:com|org)/doi/(?:(?:abs|e?pdf|epub|full|pdfdirect)/)?(10\.\d+/[^?#]+)(?:[?#].*)?",
        "doi",
    ),
    (r"link\.springer\.com/(?:article|chapter)/(10\.\d{4,9}/[^?#]+)(?:[?#].*)?", "doi"),
    (
        r"(?:www\.)?(?:bio|med)rxiv\.org/content/(10\.1101/[\d.]+(?:v\d+)?)(?:[./?#].*)?",
        "doi",
    ),
)


@cache
def _page() -> re.Pattern[str]:
    """All the pages in one pattern: the number of the group that is found says which it is."""
    return re.compile("|".join(f"(?:{pattern})" for pattern, _ in _PAGES), re.IGNORECASE)


_WEB: Final = re.compile(r"https?://(.+)", re.IGNORECASE)
_RESOLVED: Final = re.compile(r"(?:www\.)?(?:identifiers\.org|bioregistry\.io)/([^/:]+)[/:](.+)")
_AFTER_DOI: Final = re.compile(r"(?<=[^/])[.,;/]+\Z")
#: What an address writes so of the characters that DOIs have.
_ESCAPED: Final = re.compile("%(?:2F|28|29|3A|3B|3C|3E|5B|5D)", re.IGNORECASE)
_PMC: Final = re.compile(r"(?:pmc)?(?:0*(?=\d))(\d+(?:\.\d+)?)", re.IGNORECASE | re.ASCII)
#: Marks that nobody sees: zero-width ones, and blanks of all kinds as HTML writes them.
_INVISIBLE: Final = re.compile("[\u200b-\u200d\u2060\ufeff\u00ad]|&nbsp;")


def is_paper(identifier: str) -> bool:
    """Whether an identifier is that of a publication, in its one spelling.

    >>> is_paper("PMID:1"), is_paper("kegg"), is_paper("clinicaltrials:NCT00000001")
    (True, False, True)
    """
    return identifier.partition(":")[0] in REGISTRIES


def bare(text: str) -> str:
    """A text without invisible marks, and with single plain blanks between its words."""
    if not text or (text.isascii() and text.isalnum()):
        return text
    return " ".join(_INVISIBLE.sub(lambda mark: " " * (mark[0] == "&nbsp;"), text).split())


@lru_cache(maxsize=2**16)  # the same few thousand are met again and again
def canonical(identifier: str, base: str = "") -> str:
    """The one spelling of an identifier, of the several that its registry takes for the same.

    An address at a registry becomes its CURIE, one in our own namespace `base` its slug; prefixes
    are written as in `PREFIXES`, DOIs in lower case, ISBNs with thirteen digits. What no registry
    here knows comes back as it is, without blanks around it.

    >>> canonical("https://doi.org/10.1093/NAR/gkp119")
    'doi:10.1093/nar/gkp119'
    >>> canonical("pmid:0123"), canonical("PMC:7231370"), canonical("chebi:17823")
    ('PMID:123', 'PMCID:PMC7231370', 'CHEBI:17823')
    >>> canonical("uniprot:P04637"), canonical("entrez:7157"), canonical("MESHD:Inflammation")
    ('UniProtKB:P04637', 'NCBIGene:7157', 'MESHD:Inflammation')
    """
    if _is_paper_of_pubmed(identifier) or (identifier.isascii() and identifier.isalnum()):
        return identifier  # by far the most
    text, kept = bare(identifier), identifier.strip()
    address = _WEB.fullmatch(text)
    if address:
        return _from_address(address[1], base) or kept
    given, colon, local = text.partition(":")
    if base and NAMESPACES.get(given) == base:
        return local if is_slug(local) else kept
    prefix = _SYNONYMS.get(given.casefold(), "")
    if not colon:
        return kept
    if not prefix:
        return _preferred(given, local) or kept
    curie = f"{prefix}:{_registered(prefix, local.strip())}"
    return curie if prefix in REGISTRIES or not curie_problem(curie) else kept


def is_settled(prefix: str) -> bool:
    """Whether letters and digits behind this prefix are in their one spelling as they are.

    `canonical` leaves all such identifiers as they are, so that none needs to be looked at.

    >>> is_settled("CHEBI"), is_settled("chebi"), is_settled("doi"), is_settled("lab")
    (True, False, False, True)
    """
    if prefix in NAMESPACES or not CURIE.fullmatch(f"{prefix}:1") or prefix in ("http", "https"):
        return False
    ours = _SYNONYMS.get(prefix.casefold(), "")
    if ours:
        return ours == prefix and prefix not in REGISTRIES
    registry = bioregistry()
    if registry.synonyms.get(prefix.casefold(), "") in PREFIXES:
        return False
    return registry.spellings.get(prefix.casefold(), prefix) == prefix


def _is_paper_of_pubmed(text: str) -> bool:
    """Whether a text is such an identifier in the one spelling that it has."""
    local = text[5:]
    return (
        text[:5] == "PMID:" and local[:1] not in ("", "0") and local.isascii() and local.isdigit()
    )


def _preferred(given: str, local: str) -> str:
    """A CURIE of the Bioregistry's with its preferred prefix; nothing where that is not sure.

    It is where the identifier fits the pattern, and with a pattern that says something.
    """
    if given in NAMESPACES or not CURIE.fullmatch(f"{given}:{local}"):
        return ""
    registry = bioregistry()
    ours = registry.synonyms.get(given.casefold(), "")
    if ours in PREFIXES:
        curie = f"{ours}:{_registered(ours, local.strip())}"
        return "" if curie_problem(curie) else curie
    name = registry.spellings.get(given.casefold(), "")
    again, colon, rest = local.partition(":")
    is_doubled = bool(colon) and again.casefold() == given.casefold()  # as in MGI:MGI:97799
    if not name or (name == given and not is_doubled):
        return ""
    pattern = registry.prefixes[name].pattern
    local = rest if is_doubled else local
    fits = pattern != r"\S+" and re.fullmatch(pattern, local, re.ASCII)
    return f"{name}:{local}" if fits else ""


def _from_address(address: str, base: str) -> str:
    """The identifier that a web address, given without its scheme, stands for; or nothing."""
    match = _page().fullmatch(address)
    if match and match.lastindex:
        prefix = _PAGES[match.lastindex - 1][1]
        return f"{prefix}:{_registered(prefix, unquote(match[match.lastindex]))}"
    resolved = _RESOLVED.fullmatch(address)
    if resolved:
        identifier = canonical(f"{resolved[1]}:{unquote(resolved[2])}")
        if is_known(identifier.partition(":")[0]) and not curie_problem(identifier):
            return identifier
    if not address.startswith(_ADDRESSES):
        return ""  # as most
    for iri in (f"http://{address}", f"https://{address}"):
        identifier = contract(iri, base or ENTITY)
        if is_slug(identifier) or (identifier != iri and not curie_problem(identifier)):
            return identifier if expand(identifier, base or ENTITY) == iri else ""
        for name, space in NAMESPACES.items() if iri.startswith(_SPACES) else ():
            identifier = f"{name}:{iri.removeprefix(space)}"
            if iri.startswith(space) and iri != space and expand(identifier, base) == iri:
                return identifier
    return ""


def _registered(prefix: str, local: str) -> str:
    """What stands behind a prefix, as its registry writes it."""
    for again in (f"{prefix}:", "https://doi.org/", "http://dx.doi.org/"):
        if local.casefold().startswith(again.casefold()):  # as in CHEBI:CHEBI:17823
            local = local[len(again) :].strip()
    if prefix == "doi":  # which in a sentence ends with the mark after it
        if "&" in local or "%" in local:  # as in a page or in an address
            from html import unescape

            local = _ESCAPED.sub(lambda mark: unquote(mark[0]), unescape(local))
        local = _AFTER_DOI.sub("", local)
        if local.endswith(")") and local.count(")") > local.count("("):
            local = _AFTER_DOI.sub("", local[:-1])
    if prefix in ("doi", "arxiv"):  # case-insensitive in ASCII, and nowhere else
        return local.encode("utf-8", "surrogatepass").lower().decode("utf-8", "surrogatepass")
    if prefix == "PMID" and local.isascii() and local.isdigit():
        return local.lstrip("0") or "0"
    if prefix == "PMCID":
        match = _PMC.fullmatch(local)
        return f"PMC{match[1]}" if match else local
    if prefix in ("clinicaltrials", "isrctn"):
        registry = "NCT" if prefix == "clinicaltrials" else "ISRCTN"
        return f"{registry}{local}" if re.fullmatch(r"\d{8}", local, re.ASCII) else local.upper()
    return _isbn(local) if prefix == "isbn" else local


def unversioned(identifier: str) -> str:
    """The identifier without the version of a preprint or manuscript, which is the same paper.

    >>> unversioned("arxiv:0807.4956v2"), unversioned("PMCID:PMC7231370.1")
    ('arxiv:0807.4956', 'PMCID:PMC7231370')
    """
    prefix, colon, local = identifier.partition(":")
    if not colon or prefix not in _VERSIONS:
        return identifier
    if prefix == "doi" and local.startswith(_DOI_OF_ARXIV):
        prefix, local = "arxiv", local.removeprefix(_DOI_OF_ARXIV)
    match = _VERSIONS[prefix].fullmatch(local)
    return f"{prefix}:{match[1] if match else local}"


_DOI_OF_ARXIV: Final = "10.48550/arxiv."
#: Identifiers with a version; that of bioRxiv and medRxiv is no part of the DOI they register.
_VERSIONS: Final = MappingProxyType(
    {
        "arxiv": re.compile(r"(.+)v\d+"),
        "PMCID": re.compile(r"(.+)\.\d+"),
        "doi": re.compile(r"(10\.1101/[\d.]+)v\d+"),
    }
)


def _isbn(text: str) -> str:
    """An ISBN as thirteen digits; what is none comes back as it is."""
    digits = re.sub(r"[\s-]|^isbn(?:-1[03])?:?", "", text, flags=re.IGNORECASE).upper()
    if re.fullmatch(r"\d{9}[\dX]", digits, re.ASCII):
        values = [10 if digit == "X" else int(digit) for digit in digits]
        if sum(value * (10 - place) for place, value in enumerate(values)) % 11:
            return text
        digits = f"978{digits[:9]}"
        total = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(digits))
        return f"{digits}{-total % 10}"
    return digits if re.fullmatch(r"97[89]\d{10}", digits, re.ASCII) else text
