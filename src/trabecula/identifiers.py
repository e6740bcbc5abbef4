"""Identifiers: CURIEs, slugs, the IRIs they stand for and the pages a person can read.

The tables equal `ontology/prefixes.ttl`, which a test proves. An identifier without a colon is a
slug in one of trabecula's own namespaces.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Final
from urllib.parse import quote, unquote

from trabecula.errors import VocabularyError


@dataclass(frozen=True, slots=True)
class Prefix:
    """A CURIE prefix: its IRI expansion, the page a person can read, and the identifier pattern.

    `url` holds `$1` for the identifier and is always https; it is empty for our own namespaces.
    """

    name: str
    iri: str
    url: str = ""
    pattern: str = r"\S+"


ONTOLOGY: Final = "https://w3id.org/trabecula/ontology#"
ENTITY: Final = "https://w3id.org/trabecula/entity/"
SOURCE: Final = "https://w3id.org/trabecula/source/"
STATEMENT: Final = "https://w3id.org/trabecula/statement/"
EVIDENCE: Final = "https://w3id.org/trabecula/evidence/"

#: The namespaces of trabecula and of the vocabularies its RDF uses.
NAMESPACES: Final = MappingProxyType(
    {
        "tb": ONTOLOGY,
        "entity": ENTITY,
        "source": SOURCE,
        "statement": STATEMENT,
        "evidence": EVIDENCE,
        "biolink": "https://w3id.org/biolink/vocab/",
        "dcat": "http://www.w3.org/ns/dcat#",
        "dct": "http://purl.org/dc/terms/",
        "foaf": "http://xmlns.com/foaf/0.1/",
        "np": "http://www.nanopub.org/nschema#",
        "owl": "http://www.w3.org/2002/07/owl#",
        "prov": "http://www.w3.org/ns/prov#",
        "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
        "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
        "sh": "http://www.w3.org/ns/shacl#",
        "skos": "http://www.w3.org/2004/02/skos/core#",
        "void": "http://rdfs.org/ns/void#",
        "xsd": "http://www.w3.org/2001/XMLSchema#",
    }
)

_PREFIX_ROWS = (
    Prefix("arxiv", "https://arxiv.org/abs/", "https://arxiv.org/abs/$1", r"(\w+(\-\w+)?(\.\w+)?/)?\d{4,7}(\.\d+)?(v\d+)?"),
    Prefix("BFO", "http://purl.obolibrary.org/obo/BFO_", "https://purl.obolibrary.org/obo/BFO_$1", r"\d{7}"),
    Prefix("CDNO", "http://purl.obolibrary.org/obo/CDNO_", "https://purl.obolibrary.org/obo/CDNO_$1", r"\d{7}"),
    Prefix("cellosaurus", "https://www.cellosaurus.org/CVCL_", "https://www.cellosaurus.org/CVCL_$1", r"[A-Z0-9]{4}"),
    Prefix("CHEBI", "http://purl.obolibrary.org/obo/CHEBI_", "https://purl.obolibrary.org/obo/CHEBI_$1", r"\d+"),
    Prefix("CL", "http://purl.obolibrary.org/obo/CL_", "https://purl.obolibrary.org/obo/CL_$1", r"\d{7}"),
    Prefix("clinicaltrials", "https://www.clinicaltrials.gov/study/", "https://www.clinicaltrials.gov/study/$1", r"NCT\d{8}"),
    Prefix("CMO", "http://purl.obolibrary.org/obo/CMO_", "https://purl.obolibrary.org/obo/CMO_$1", r"\d{7}"),
    Prefix("doi", "https://doi.org/", "https://doi.org/$1", r"10\.\d{2,9}/\S+"),
    Prefix("DOID", "http://purl.obolibrary.org/obo/DOID_", "https://purl.obolibrary.org/obo/DOID_$1", r"\d+"),
    Prefix("EC", "http://www.enzyme-database.org/query.php?ec=", "https://purl.expasy.org/enzyme/EC/$1", r"\d{1,2}(((\.\d{1,3}){1,3})|(\.\d+){2}\.[nB]\d{1,3}|\.-\.-\.-|\.\d{1,3}\.-\.-|\.\d{1,3}\.\d{1,3}\.-)?"),
    Prefix("ECO", "http://purl.obolibrary.org/obo/ECO_", "https://purl.obolibrary.org/obo/ECO_$1", r"\d{7}"),
    Prefix("ECTO", "http://purl.obolibrary.org/obo/ECTO_", "https://purl.obolibrary.org/obo/ECTO_$1", r"\d{7}"),
    Prefix("EFO", "http://www.ebi.ac.uk/efo/EFO_", "https://www.ebi.ac.uk/efo/EFO_$1", r"\d{7}"),
    Prefix("ENVO", "http://purl.obolibrary.org/obo/ENVO_", "https://purl.obolibrary.org/obo/ENVO_$1", r"\d{7,8}"),
    Prefix("euclinicaltrials", "https://www.clinicaltrialsregister.eu/ctr-search/search?query=", "https://www.clinicaltrialsregister.eu/ctr-search/search?query=$1", r"\d{4}-\d{6}-\d{2}"),
    Prefix("ExO", "http://purl.obolibrary.org/obo/ExO_", "https://purl.obolibrary.org/obo/ExO_$1", r"\d{7}"),
    Prefix("FOODON", "http://purl.obolibrary.org/obo/FOODON_", "https://purl.obolibrary.org/obo/FOODON_$1", r"[0-9]{8}"),
    Prefix("FPLX", "https://sorgerlab.github.io/famplex/", "https://sorgerlab.github.io/famplex/$1", r"[a-zA-Z0-9][A-Za-z0-9_]+"),
    Prefix("GO", "http://purl.obolibrary.org/obo/GO_", "https://purl.obolibrary.org/obo/GO_$1", r"\d{7}"),
    Prefix("HGNC", "http://identifiers.org/hgnc/", "https://www.genenames.org/data/gene-symbol-report/#!/hgnc_id/$1", r"\d{1,5}"),
    Prefix("hgnc.genegroup", "https://www.genenames.org/data/genegroup/#!/group/", "https://www.genenames.org/data/genegroup/#!/group/$1", r"\d+"),
    Prefix("HP", "http://purl.obolibrary.org/obo/HP_", "https://purl.obolibrary.org/obo/HP_$1", r"\d{7}"),
    Prefix("interpro", "https://www.ebi.ac.uk/interpro/entry/", "https://purl.obolibrary.org/obo/IPR_$1", r"IPR\d{6}"),
    Prefix("isbn", "https://www.worldcat.org/isbn/", "https://www.worldcat.org/isbn/$1", r"97[89]\d{10}"),
    Prefix("isrctn", "https://www.isrctn.com/", "https://www.isrctn.com/$1", r"ISRCTN\d+"),
    Prefix("MAXO", "http://purl.obolibrary.org/obo/MAXO_", "https://purl.obolibrary.org/obo/MAXO_$1", r"\d{7}"),
    Prefix("MESH", "http://id.nlm.nih.gov/mesh/", "https://meshb.nlm.nih.gov/record/ui?ui=$1", r"(C|D|Q)\d+"),
    Prefix("MONDO", "http://purl.obolibrary.org/obo/MONDO_", "https://purl.obolibrary.org/obo/MONDO_$1", r"\d{7}"),
    Prefix("NCBIGene", "http://identifiers.org/ncbigene/", "https://www.ncbi.nlm.nih.gov/gene/$1", r"\d+"),
    Prefix("NCBITaxon", "http://purl.obolibrary.org/obo/NCBITaxon_", "https://purl.obolibrary.org/obo/NCBITaxon_$1", r"\d+"),
    Prefix("OBA", "http://purl.obolibrary.org/obo/OBA_", "https://purl.obolibrary.org/obo/OBA_$1", r"(VT)?\d{7}"),
    Prefix("OBI", "http://purl.obolibrary.org/obo/OBI_", "https://purl.obolibrary.org/obo/OBI_$1", r"\d{7}"),
    Prefix("ONS", "http://purl.obolibrary.org/obo/ONS_", "https://purl.obolibrary.org/obo/ONS_$1", r"\d{7}"),
    Prefix("PATO", "http://purl.obolibrary.org/obo/PATO_", "https://purl.obolibrary.org/obo/PATO_$1", r"\d{7}"),
    Prefix("PMCID", "http://www.ncbi.nlm.nih.gov/pmc/", "https://europepmc.org/articles/$1", r"PMC\d+(\.\d+)?"),
    Prefix("PMID", "http://www.ncbi.nlm.nih.gov/pubmed/", "https://pubmed.ncbi.nlm.nih.gov/$1/", r"\d+"),
    Prefix("PR", "http://purl.obolibrary.org/obo/PR_", "https://purl.obolibrary.org/obo/PR_$1", r"(?:\d{9}|[OPQ][0-9][A-Z0-9]{3}[0-9](?:-\d+)?|[A-NR-Z][0-9](?:[A-Z][A-Z0-9]{2}[0-9]){1,2}(?:-\d+)?)"),
    Prefix("reactome", "https://reactome.org/content/detail/", "https://reactome.org/content/detail/$1", r"R-[A-Z]{3}-\d+(-\d+)?(\.\d+)?"),
    Prefix("RO", "http://purl.obolibrary.org/obo/RO_", "https://purl.obolibrary.org/obo/RO_$1", r"(HOM)?\d{7}"),
    Prefix("SIO", "http://semanticscience.org/resource/SIO_", "https://semanticscience.org/resource/SIO_$1", r"\d{6}"),
    Prefix("UBERON", "http://purl.obolibrary.org/obo/UBERON_", "https://purl.obolibrary.org/obo/UBERON_$1", r"\d+"),
    Prefix("UniProtKB", "http://purl.uniprot.org/uniprot/", "https://purl.uniprot.org/uniprot/$1", r"([OPQ]\d[A-Z0-9]{3}\d|[A-NR-Z]\d([A-Z][A-Z0-9]{2}\d){1,2})"),
    Prefix("VT", "http://purl.obolibrary.org/obo/VT_", "https://purl.obolibrary.org/obo/VT_$1", r"\d{7}"),
    Prefix("wikipathways", "http://identifiers.org/wikipathways/", "https://www.wikipathways.org/instance/$1", r"WP\d{1,5}(\_r\d+)?"),
    Prefix("XCO", "http://purl.obolibrary.org/obo/XCO_", "https://purl.obolibrary.org/obo/XCO_$1", r"\d{7}"),
)  # fmt: skip

#: Prefixes of identifiers that records may carry, by name.
PREFIXES: Final = MappingProxyType({prefix.name: prefix for prefix in _PREFIX_ROWS})

_SLUG = re.compile(r"[a-z0-9][a-z0-9.+-]*")
_CURIE = re.compile(r"([A-Za-z][A-Za-z0-9._]*):([^\s\"{}|\\^`]+)")  # old DOIs have < and >
_PATTERNS = {prefix.name: re.compile(prefix.pattern, re.ASCII) for prefix in _PREFIX_ROWS}
_LONGEST_FIRST = sorted(_PREFIX_ROWS, key=lambda prefix: -len(prefix.iri))


def is_slug(text: str) -> bool:
    """Whether `text` can name a record curated in trabecula: lower case, no colon."""
    return _SLUG.fullmatch(text) is not None


def curie_problem(curie: str) -> str:
    r"""What is wrong with a CURIE; empty when its prefix is known and its identifier fits.

    >>> curie_problem("CHEBI:17823")
    ''
    >>> curie_problem("CHEBI:calcitriol")
    "'CHEBI:calcitriol' does not fit the pattern of CHEBI identifiers, \\d+"
    """
    match = _CURIE.fullmatch(curie)
    if match is None:
        return f"{curie!r} is no CURIE (prefix:identifier)"
    prefix, identifier = match.groups()
    if prefix not in PREFIXES:
        return unknown("prefix", prefix, PREFIXES)
    if _PATTERNS[prefix].fullmatch(identifier) is None:
        pattern = PREFIXES[prefix].pattern
        return f"{curie!r} does not fit the pattern of {prefix} identifiers, {pattern}"
    return ""


@lru_cache(maxsize=2**16)  # the same few thousand are expanded again and again
def expand(identifier: str, base: str) -> str:
    """The IRI of an identifier: a CURIE by its prefix, a slug under `base`.

    Raises `VocabularyError` when the prefix is unknown.

    >>> expand("CHEBI:17823", ENTITY)
    'http://purl.obolibrary.org/obo/CHEBI_17823'
    >>> expand("calcitriol", ENTITY)
    'https://w3id.org/trabecula/entity/calcitriol'
    """
    prefix, colon, local = identifier.partition(":")
    if not colon:
        return base + quote(identifier, safe="")
    if prefix in PREFIXES:
        return PREFIXES[prefix].iri + quote(local, safe="/:;@!$&'()*+,=~.-_")
    if prefix in NAMESPACES:
        return NAMESPACES[prefix] + quote(local, safe="")
    raise VocabularyError(unknown("prefix", prefix, PREFIXES))


def link(identifier: str) -> str:
    """The https page where a person can read about a CURIE; empty when there is none.

    >>> link("PMID:9709941")
    'https://pubmed.ncbi.nlm.nih.gov/9709941/'
    """
    prefix, _, local = identifier.partition(":")
    if prefix not in PREFIXES or curie_problem(identifier):
        return ""
    return PREFIXES[prefix].url.replace("$1", quote(local, safe="/:;@!$&'()*+,=~.-_"))


# --- One spelling ---------------------------------------------------------------------------

#: Other names of prefixes, in lower case, from Bioregistry 0.15.6.
_SYNONYMS: Final = MappingProxyType(
    {
        **{name.casefold(): name for name in PREFIXES},
        "pubmed": "PMID", "medline": "PMID", "pmc": "PMCID",
        "nct": "clinicaltrials", "ctgov": "clinicaltrials", "clinicaltrial": "clinicaltrials",
        "isbn-10": "isbn", "isbn-13": "isbn", "euctr": "euclinicaltrials",
        "taxon": "NCBITaxon", "taxonomy": "NCBITaxon", "taxid": "NCBITaxon",
        "ncbi_taxid": "NCBITaxon", "ncbi_taxon_id": "NCBITaxon", "uniprot.taxonomy": "NCBITaxon",
    }
)  # fmt: skip

#: Registries of publications: their identifiers are compared as these compare them.
REGISTRIES: Final = frozenset(
    ("arxiv", "clinicaltrials", "doi", "euclinicaltrials", "isbn", "isrctn", "PMCID", "PMID")
)

#: Pages of publications, without `https://`, and the prefix of what they are about.
_PAGES: Final = tuple(
    (re.compile(pattern, re.IGNORECASE), prefix)
    for pattern, prefix in (
        (r"(?:dx\.|www\.)?doi\.org/(?:doi:)?(10\..+)", "doi"),
        (r"(?:www\.)?ncbi\.nlm\.nih\.gov/pubmed/(\d+)/?(?:[?#].*)?", "PMID"),
        (r"pubmed\.ncbi\.nlm\.nih\.gov/(\d+)/?(?:[?#].*)?", "PMID"),
        (r"(?:www\.)?europepmc\.org/(?:abstract|article)/med/(\d+)/?(?:[?#].*)?", "PMID"),
        (r"(?:www\.)?ncbi\.nlm\.nih\.gov/pmc/(?:articles/)?(PMC\d+)/?(?:[?#].*)?", "PMCID"),
        (r"pmc\.ncbi\.nlm\.nih\.gov/articles/(PMC\d+)/?(?:[?#].*)?", "PMCID"),
        (r"(?:www\.)?europepmc\.org/articles/(PMC\d+)/?(?:[?#].*)?", "PMCID"),
        (r"arxiv\.org/(?:abs|pdf)/([\w./-]+?)(?:\.pdf)?(?:[?#].*)?", "arxiv"),
        (
            r"(?:www\.)?clinicaltrials\.gov/(?:ct2/show|study)/(NCT\d+)/?(?:[?#].*)?",
            "clinicaltrials",
        ),
    )
)
_WEB: Final = re.compile(r"https?://(.+)", re.IGNORECASE)
_RESOLVERS: Final = re.compile(r"(?:www\.)?(?:identifiers\.org|bioregistry\.io)/([^/:]+)[/:](.+)")
_PMC: Final = re.compile(r"(?:pmc)?(\d+(?:\.\d+)?)", re.IGNORECASE | re.ASCII)
#: Marks that nobody sees: zero-width ones, and blanks of all kinds as HTML writes them.
_UNSEEN: Final = re.compile("[\u200b-\u200d\u2060\ufeff\u00ad]|&nbsp;")


def bare(text: str) -> str:
    """A text without invisible marks, and with single plain blanks between its words."""
    if not text or (text.isascii() and text.isalnum()):
        return text
    return " ".join(_UNSEEN.sub(lambda mark: " " * (mark[0] == "&nbsp;"), text).split())


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
    """
    text, kept = bare(identifier), identifier.strip()
    address = _WEB.fullmatch(text)
    if address:
        return _from_address(address[1], base) or kept
    given, colon, local = text.partition(":")
    if base and NAMESPACES.get(given) == base:
        return local if is_slug(local) else kept
    prefix = _SYNONYMS.get(given.casefold(), "")
    if not colon or not prefix:
        return kept
    one = f"{prefix}:{_registered(prefix, local.strip())}"
    return one if prefix in REGISTRIES or not curie_problem(one) else kept


def _from_address(address: str, base: str) -> str:
    """The identifier that a web address, given without its scheme, stands for; or nothing."""
    for pattern, prefix in _PAGES:
        found = pattern.fullmatch(address)
        if found:
            return f"{prefix}:{_registered(prefix, unquote(found[1]))}"
    resolved = _RESOLVERS.fullmatch(address)
    if resolved and resolved[1].casefold() in _SYNONYMS:
        return canonical(f"{resolved[1]}:{unquote(resolved[2])}")
    for iri in (f"http://{address}", f"https://{address}"):
        one = contract(iri, base or ENTITY)
        if is_slug(one) or (one != iri and not curie_problem(one)):
            return one if expand(one, base or ENTITY) == iri else ""
        for name, space in NAMESPACES.items():
            one = f"{name}:{iri.removeprefix(space)}"
            if iri.startswith(space) and iri != space and expand(one, base) == iri:
                return one
    return ""


def _registered(prefix: str, local: str) -> str:
    """What stands behind a prefix, as its registry writes it."""
    for again in (f"{prefix}:", "https://doi.org/", "http://dx.doi.org/"):
        if local.casefold().startswith(again.casefold()):  # as in CHEBI:CHEBI:17823
            local = local[len(again) :].strip()
    if prefix in ("doi", "arxiv"):  # case-insensitive in ASCII, and nowhere else
        return local.encode("utf-8", "surrogatepass").lower().decode("utf-8", "surrogatepass")
    if prefix == "PMID" and local.isascii() and local.isdigit():
        return local.lstrip("0") or "0"
    if prefix == "PMCID":
        found = _PMC.fullmatch(local)
        return f"PMC{found[1]}" if found else local
    if prefix in ("clinicaltrials", "isrctn"):
        return local.upper()
    return _isbn(local) if prefix == "isbn" else local


def unversioned(identifier: str) -> str:
    """The identifier without the version of a preprint or manuscript, which is the same paper.

    >>> unversioned("arxiv:0807.4956v2"), unversioned("PMCID:PMC7231370.1")
    ('arxiv:0807.4956', 'PMCID:PMC7231370')
    """
    prefix, _, local = identifier.partition(":")
    version = {"arxiv": r"v\d+\Z", "PMCID": r"\.\d+\Z"}.get(prefix)
    return f"{prefix}:{re.sub(version, '', local)}" if version else identifier


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


def nearest(word: str, known: Iterable[str], count: int = 3) -> tuple[str, ...]:
    """The known words most like `word`, best first; empty when none is near."""
    by_folded = {candidate.casefold(): candidate for candidate in known}
    close = difflib.get_close_matches(word.casefold(), by_folded, n=count, cutoff=0.6)
    return tuple(by_folded[folded] for folded in close)


#: How many values a message lists.
_FEW: Final = 40


def unknown(what: str, value: str, known: Iterable[str]) -> str:
    """A message for a value outside a closed list: the nearest values, or all when few.

    >>> unknown("sign", "plus", ["+", "-", "0"])
    "unknown sign 'plus'; known: +, -, 0"
    """
    known = tuple(known)
    close = nearest(value, known)
    if close:
        return f"unknown {what} {value!r}; did you mean {' or '.join(close)}?"
    more = f", and {len(known) - _FEW} more" if len(known) > _FEW else ""
    return f"unknown {what} {value!r}; known: {', '.join(known[:_FEW])}{more}"


def contract(iri: str, base: str) -> str:
    """The identifier an IRI stands for: the opposite of `expand` with the same `base`.

    An IRI in no known namespace is returned as it is.

    >>> contract("http://purl.obolibrary.org/obo/CHEBI_17823", ENTITY)
    'CHEBI:17823'
    """
    if iri.startswith(base):
        return unquote(iri[len(base) :])
    for prefix in _LONGEST_FIRST:
        if iri.startswith(prefix.iri):
            return f"{prefix.name}:{unquote(iri[len(prefix.iri) :])}"
    return iri
