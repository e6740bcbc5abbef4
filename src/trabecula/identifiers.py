"""Identifiers: CURIEs, slugs, the IRIs they stand for and the pages a person can read.

The tables equal `ontology/prefixes.ttl`, which a test proves. An identifier without a colon is a
slug in one of trabecula's own namespaces. A prefix that is in no table is looked up in the map of
the Bioregistry, which is read when it is first needed; one that is not there either has IRIs under
`MINTED`. Identifiers are the same in every graph; `addresses` has what differs between graphs.
"""

from __future__ import annotations

import heapq
import json
import pkgutil
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from types import MappingProxyType
from typing import Final, NamedTuple
from urllib.parse import quote, unquote


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
#: The IRIs of identifiers whose prefix is in no table: `X:1` is `…/prefix/X/1`.
MINTED: Final = "https://w3id.org/trabecula/prefix/"

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
    Prefix("STATO", "http://purl.obolibrary.org/obo/STATO_", "https://purl.obolibrary.org/obo/STATO_$1", r"\d{7}"),
    Prefix("UBERON", "http://purl.obolibrary.org/obo/UBERON_", "https://purl.obolibrary.org/obo/UBERON_$1", r"\d+"),
    Prefix("UniProtKB", "http://purl.uniprot.org/uniprot/", "https://purl.uniprot.org/uniprot/$1", r"([OPQ]\d[A-Z0-9]{3}\d|[A-NR-Z]\d([A-Z][A-Z0-9]{2}\d){1,2})(-\d+)?"),
    Prefix("VT", "http://purl.obolibrary.org/obo/VT_", "https://purl.obolibrary.org/obo/VT_$1", r"\d{7}"),
    Prefix("wikipathways", "http://identifiers.org/wikipathways/", "https://www.wikipathways.org/instance/$1", r"WP\d{1,5}(\_r\d+)?"),
    Prefix("XCO", "http://purl.obolibrary.org/obo/XCO_", "https://purl.obolibrary.org/obo/XCO_$1", r"\d{7}"),
)  # fmt: skip

#: Prefixes of identifiers that records may carry, by name.
PREFIXES: Final = MappingProxyType({prefix.name: prefix for prefix in _PREFIX_ROWS})

_SLUG = re.compile(r"[a-z0-9][a-z0-9.+-]*")
_CURIE = re.compile(r"([A-Za-z][A-Za-z0-9._-]*):([^\s\"{}|\\^`]+)")  # old DOIs have < and >


@cache  # compiled when it is first asked for, as most never are
def _pattern(prefix: str) -> re.Pattern[str]:
    """What the identifiers of one of our prefixes look like."""
    return re.compile(PREFIXES[prefix].pattern, re.ASCII)


#: Marks that stand for themselves in what follows a prefix.
_IN_A_LOCAL: Final = "/:;@!$&'()*+,=~.-_"
_SCHEME = re.compile(r"https?://", re.IGNORECASE)
_LONGEST_FIRST = sorted(_PREFIX_ROWS, key=lambda prefix: -len(prefix.iri))
_SPACES: Final = tuple(prefix.iri for prefix in _PREFIX_ROWS)
_NAMESPACES: Final = tuple(NAMESPACES.values())


class _Registry(NamedTuple):
    """The map of the Bioregistry: its prefixes by name, by other spellings, and by their IRIs."""

    prefixes: dict[str, Prefix]
    synonyms: dict[str, str]  # of the prefixes above, in lower case
    spellings: dict[str, str]  # in lower case -> the preferred one
    spaces: dict[str, str]  # IRI without its scheme -> prefix


@cache
def _registry() -> _Registry:
    """Read once, and only where a prefix is met that the tables above have not."""
    data = json.loads(pkgutil.get_data("trabecula", "prefixes.json") or b"")
    prefixes: dict[str, Prefix] = {}
    spellings: dict[str, str] = {}
    for name, iri, url, pattern, others in data["prefixes"]:
        prefixes[name] = Prefix(name, iri, url, pattern or r"\S+")
        for spelling in (*others, name):
            spellings.setdefault(spelling.casefold(), name)
    spellings.update((name.casefold(), name) for name in prefixes)  # a name wins over a synonym
    spaces = {_SCHEME.sub("", row.iri): row.name for row in prefixes.values()}
    synonyms = {spelling.casefold(): name for spelling, name in data["synonyms"].items()}
    return _Registry(prefixes, synonyms, spellings, spaces)


def prefix_called(name: str) -> Prefix | None:
    """The prefix of this name, in the spelling of its registry; None where no table has it.

    >>> prefix_called("CHEBI").iri, prefix_called("no-such-prefix")
    ('http://purl.obolibrary.org/obo/CHEBI_', None)
    """
    return PREFIXES.get(name) or _registry().prefixes.get(name)


def is_known(prefix: str) -> bool:
    """Whether a prefix is one of the tables, of ours or of the Bioregistry's."""
    return prefix in PREFIXES or prefix in NAMESPACES or prefix in _registry().prefixes


def is_paper(identifier: str) -> bool:
    """Whether an identifier is that of a publication, in its one spelling.

    >>> is_paper("PMID:1"), is_paper("kegg"), is_paper("clinicaltrials:NCT00000001")
    (True, False, True)
    """
    return identifier.partition(":")[0] in REGISTRIES


def is_slug(text: str) -> bool:
    """Whether `text` can name a record curated in trabecula: lower case, no colon."""
    return _SLUG.fullmatch(text) is not None


def curie_problem(curie: str) -> str:
    r"""What is wrong with a CURIE; empty when its identifier fits its prefix, as far as we know.

    Any prefix will do; see `is_known`.

    >>> curie_problem("CHEBI:17823"), curie_problem("X:1")
    ('', '')
    >>> curie_problem("CHEBI:calcitriol")
    "'CHEBI:calcitriol' does not fit the pattern of CHEBI identifiers, \\d+"
    """
    match = _CURIE.fullmatch(curie)
    if match is None or match[1] in ("http", "https"):
        return f"{curie!r} is no CURIE (prefix:identifier)"
    prefix, identifier = match.groups()
    if prefix in PREFIXES and _pattern(prefix).fullmatch(identifier) is None:
        pattern = PREFIXES[prefix].pattern
        return f"{curie!r} does not fit the pattern of {prefix} identifiers, {pattern}"
    return ""


@lru_cache(maxsize=2**16)  # the same few thousand are expanded again and again
def expand(identifier: str, base: str) -> str:
    """The IRI of an identifier: a CURIE by its prefix, a slug under `base`.

    >>> expand("CHEBI:17823", ENTITY)
    'http://purl.obolibrary.org/obo/CHEBI_17823'
    >>> expand("calcitriol", ENTITY)
    'https://w3id.org/trabecula/entity/calcitriol'
    >>> expand("ensembl:ENSG00000133703", ENTITY), expand("X:1", ENTITY)
    ('https://www.ensembl.org/id/ENSG00000133703', 'https://w3id.org/trabecula/prefix/X/1')
    """
    prefix, colon, local = identifier.partition(":")
    if not colon:
        return base + quote(identifier, safe="")
    if prefix in PREFIXES:
        return PREFIXES[prefix].iri + quote(local, safe=_IN_A_LOCAL)
    if prefix in NAMESPACES:
        return NAMESPACES[prefix] + quote(local, safe="")
    return space_of(prefix) + quote(local, safe=_IN_A_LOCAL)


def space_of(prefix: str) -> str:
    """What the IRIs of a prefix begin with."""
    if prefix in NAMESPACES:
        return NAMESPACES[prefix]
    row = prefix_called(prefix)
    return row.iri if row else f"{MINTED}{quote(prefix, safe='')}/"


def link(identifier: str) -> str:
    """The https page where a person can read about a CURIE; empty when there is none.

    >>> link("PMID:9709941")
    'https://pubmed.ncbi.nlm.nih.gov/9709941/'
    """
    prefix, colon, local = identifier.partition(":")
    if not colon or prefix in NAMESPACES or curie_problem(identifier):
        return ""
    row = prefix_called(prefix)
    if row is None or not re.fullmatch(row.pattern, local, re.ASCII):
        return ""
    return row.url.replace("$1", quote(local, safe=_IN_A_LOCAL))


#: Words longer than this, in characters, are not compared letter by letter: the time that takes
#: grows with the square of their length.
_LONGEST_WORD: Final = 200


#: Blanks, controls, marks of direction, halves of pairs, private and joined-on characters. A table of
#: our own: which characters print is not the same in every version of Python.
_UNSEEN = re.compile(
    "[\x00-\x20\x7f-\xa0\xad\u061c\u1680\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000"
    "\ud800-\uf8ff\ufeff\ufff0-\uffff\U000e0000-\U0010ffff]"
)


def seen(text: str) -> bool:
    r"""Whether something is seen of every character of a text, so that an address may hold it.

    >>> seen("https://example.org/\U0001fae8"), seen("a b"), seen("a\u202eb")
    (True, False, False)
    """
    return not _UNSEEN.search(text)


# --- One spelling ---------------------------------------------------------------------------

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
def _pages() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(pattern, re.IGNORECASE), prefix) for pattern, prefix in _PAGES)


_WEB: Final = re.compile(r"https?://(.+)", re.IGNORECASE)
_RESOLVED: Final = re.compile(r"(?:www\.)?(?:identifiers\.org|bioregistry\.io)/([^/:]+)[/:](.+)")
_AFTER_DOI: Final = re.compile(r"(?<=[^/])[.,;/]+\Z")
#: What an address writes so of the characters that DOIs have.
_ESCAPED: Final = re.compile("%(?:2F|28|29|3A|3B|3C|3E|5B|5D)", re.IGNORECASE)
_PMC: Final = re.compile(r"(?:pmc)?(?:0*(?=\d))(\d+(?:\.\d+)?)", re.IGNORECASE | re.ASCII)
#: Marks that nobody sees: zero-width ones, and blanks of all kinds as HTML writes them.
_INVISIBLE: Final = re.compile("[\u200b-\u200d\u2060\ufeff\u00ad]|&nbsp;")


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
    one = f"{prefix}:{_registered(prefix, local.strip())}"
    return one if prefix in REGISTRIES or not curie_problem(one) else kept


def is_settled(prefix: str) -> bool:
    """Whether letters and digits behind this prefix are in their one spelling as they are.

    `canonical` leaves all such identifiers as they are, so that none needs to be looked at.

    >>> is_settled("CHEBI"), is_settled("chebi"), is_settled("doi"), is_settled("lab")
    (True, False, False, True)
    """
    if prefix in NAMESPACES or not _CURIE.fullmatch(f"{prefix}:1") or prefix in ("http", "https"):
        return False
    ours = _SYNONYMS.get(prefix.casefold(), "")
    if ours:
        return ours == prefix and prefix not in REGISTRIES
    registry = _registry()
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
    if given in NAMESPACES or not _CURIE.fullmatch(f"{given}:{local}"):
        return ""
    registry = _registry()
    ours = registry.synonyms.get(given.casefold(), "")
    if ours in PREFIXES:
        one = f"{ours}:{_registered(ours, local.strip())}"
        return "" if curie_problem(one) else one
    name = registry.spellings.get(given.casefold(), "")
    if not name or name == given:
        return ""
    pattern = registry.prefixes[name].pattern
    local = local.removeprefix(f"{given}:")
    fits = pattern != r"\S+" and re.fullmatch(pattern, local, re.ASCII)
    return f"{name}:{local}" if fits else ""


def _from_address(address: str, base: str) -> str:
    """The identifier that a web address, given without its scheme, stands for; or nothing."""
    for pattern, prefix in _pages():
        found = pattern.fullmatch(address)
        if found:
            return f"{prefix}:{_registered(prefix, unquote(found[1]))}"
    resolved = _RESOLVED.fullmatch(address)
    if resolved:
        one = canonical(f"{resolved[1]}:{unquote(resolved[2])}")
        if is_known(one.partition(":")[0]) and not curie_problem(one):
            return one
    for iri in (f"http://{address}", f"https://{address}"):
        one = contract(iri, base or ENTITY)
        if is_slug(one) or (one != iri and not curie_problem(one)):
            return one if expand(one, base or ENTITY) == iri else ""
        for name, space in NAMESPACES.items() if iri.startswith(_NAMESPACES) else ():
            one = f"{name}:{iri.removeprefix(space)}"
            if iri.startswith(space) and iri != space and expand(one, base) == iri:
                return one
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
        found = _PMC.fullmatch(local)
        return f"PMC{found[1]}" if found else local
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
    found = _VERSIONS[prefix].fullmatch(local)
    return f"{prefix}:{found[1] if found else local}"


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


def nearest(word: str, known: Iterable[str], count: int = 3) -> tuple[str, ...]:
    """The known words most like `word`, best first; empty when none is near, or it is too long."""
    from rapidfuzz import fuzz, process

    if len(word) > _LONGEST_WORD:
        return ()
    short = (candidate for candidate in known if len(candidate) <= 2 * _LONGEST_WORD)
    by_folded = {candidate.casefold(): candidate for candidate in short}
    sought = word.casefold()
    close = process.extract(
        sought, by_folded.keys(), scorer=fuzz.ratio, score_cutoff=60, limit=count
    )
    return tuple(by_folded[folded] for folded, _, _ in close)


_WORDS = re.compile(r"[^\W\d_]+|\d+")
#: How many names are compared word by word, and how like they are at least (0 to 100).
_CLOSELY: Final = 1000
_LIKELY: Final = 60
#: Edits beyond any that are forgiven.
_FAR: Final = 99
#: The most letters of anything that could be a misspelt name.
_NAME: Final = 200
#: Letters of a word that may be misspelt.
_LONG: Final = 4


def near(name: str, known: Iterable[str], count: int = 3) -> tuple[str, ...]:
    """The known names that may be meant by a misspelt one, best first; empty when none is near.

    Each word needs its like: one of four letters is forgiven an edit, one of ten two; digits and
    shorter words are forgiven none, for vitamin K is no vitamin D and IL-6 no IL-8. Up to two words
    may be missing, and blanks may stand elsewhere.

    >>> known = ["vitamin D", "continuous PTH", "bone mineral density", "calcitriol"]
    >>> near("bone densty", known), near("substance P", known), near("vitamin K", known)
    (('bone mineral density',), (), ())
    >>> near("COPD", ["spinal cord injury"]), near("cord", ["spinal cord injury"])
    ((), ('spinal cord injury',))
    """
    from rapidfuzz import fuzz, process

    if len(name) > _NAME:
        return ()
    sought = name.casefold()
    folded = {each: each.casefold() for each in known}
    likely = process.extract_iter(sought, folded, scorer=fuzz.WRatio, score_cutoff=_LIKELY)
    best = heapq.nsmallest(_CLOSELY, likely, key=lambda hit: (-hit[1], hit[2]))
    typed = _WORDS.findall(sought)
    ranked = sorted((_distance(typed, _WORDS.findall(text)), each) for text, _, each in best)
    return tuple(each for edits, each in ranked if edits < _FAR and edits == ranked[0][0])[:count]


def _distance(typed: list[str], words: list[str]) -> int:
    """The edits between what was typed and the words of a name, a missing word for one."""
    one, other = "".join(typed), "".join(words)
    if one and one == other:
        return 0
    missing = len(words) - len(typed)
    if missing and all(len(word) >= _LONG and word.isalpha() for word in typed):
        joined = _edits(one, other)
        if joined < _FAR:
            return joined
    if not typed or not 0 <= missing <= 2:
        return _FAR
    edits = sum(min(_edits(word, other) for other in words) for word in typed)
    # A short word that is misspelt as well as alone in a long name names nothing.
    return edits + missing if not edits or edits + missing <= len(one) // 2 else _FAR


def _edits(typed: str, word: str) -> int:
    """The edits between two words; `_FAR` where they are more than a misspelling."""
    if typed == word:
        return 0
    if len(typed) < _LONG or typed.isdigit():
        return _FAR
    from rapidfuzz.distance import OSA

    most = max(1, len(typed) // 5)
    edits = OSA.distance(typed, word, score_cutoff=most)
    return edits if edits <= most else _FAR


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
    if not iri.startswith(_SPACES):
        return iri
    for prefix in _LONGEST_FIRST:
        if iri.startswith(prefix.iri):
            return f"{prefix.name}:{unquote(iri[len(prefix.iri) :])}"
    return iri


# --- One thing, one identifier --------------------------------------------------------------

#: No prefix of the Bioregistry has a longer IRI.
_LONGEST_SPACE: Final = 400
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
    return _SCHEME.sub("", address).partition("$1")[0]


#: (what an IRI begins with, prefix, whether anything may follow), the longest first.
_BEGINNINGS: Final = sorted(
    {
        **{(_begins(p.url), p.name): False for p in _PREFIX_ROWS},
        **dict.fromkeys(_OTHER_PAGES, False),
        **{(_begins(space), name): True for name, space in NAMESPACES.items()},
        **{(_begins(p.iri), p.name): True for p in _PREFIX_ROWS},
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
        return identifier if seen(identifier) else expand(identifier, base)
    parts = _parts(iri)
    if parts is None:
        return _registered_curie(iri) or iri
    name, local = parts
    curie, space = f"{name}:{local}", _space(name)
    if not seen(local):
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
        return curie if slash and seen(curie) and expand(curie, "") == iri else ""
    address = _SCHEME.sub("", iri, count=1)
    spaces = _registry().spaces
    for end in range(min(len(address) - 1, _LONGEST_SPACE), 0, -1):
        name = spaces.get(address[:end])
        if name is not None:
            curie = f"{name}:{unquote(address[end:])}"
            if seen(curie) and expand(curie, "") == iri:
                return curie
    return ""


def _as_iri(identifier: str, base: str) -> str | None:
    """The IRI of an identifier; None where it has a prefix that is not of the short table."""
    scheme = _SCHEME.match(identifier)
    if scheme:
        return scheme[0].lower() + identifier[scheme.end() :]
    prefix, colon, local = identifier.partition(":")
    if colon and prefix not in PREFIXES and prefix not in NAMESPACES:
        prefix = _BY_FOLDED.get(prefix.casefold(), "")
        if not prefix or _pattern(prefix).fullmatch(local) is None:
            return None
        identifier = f"{prefix}:{local}"
    return expand(identifier, base)


def _parts(iri: str) -> tuple[str, str] | None:
    """The prefix that an IRI belongs to and the identifier in it; None where it has none."""
    address = _SCHEME.sub("", iri, count=1)
    for (beginning, name), any_follows in _beginnings(address.partition("/")[0]):
        if address.startswith(beginning):
            local = _local(name, address[len(beginning) :], any_follows)
            if local:
                return name, local
    for resolver in _LEAD_ANYWHERE:
        found = re.fullmatch(r"([A-Za-z][\w.-]*)[/:](.+)", address.removeprefix(resolver))
        if address.startswith(resolver) and found:
            name = _BY_FOLDED.get(found[1].casefold(), "")
            local = _local(name, found[2], False) if name else ""
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
            if _pattern(name).fullmatch(local):
                return local
    return whole if any_follows else ""


def _space(name: str) -> str:
    return PREFIXES[name].iri if name in PREFIXES else NAMESPACES[name]


def _same(one: str, other: str) -> bool:
    """Whether two IRIs are the same but for `http` and `https`."""
    return _SCHEME.sub("", one, count=1) == _SCHEME.sub("", other, count=1)
