"""Prefixes of identifiers: what each stands for, and the page a person can read.

The tables equal `ontology/prefixes.ttl`, which a test proves. A prefix that is in no table is looked
up in the map of the Bioregistry, which is read when it is first needed; one that is not there either
has IRIs under `MINTED`. Prefixes are the same in every graph; `addresses` has what differs.
"""

from __future__ import annotations

import json
import pkgutil
import re
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Final, NamedTuple
from urllib.parse import quote


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

#: What two IRIs of one thing may differ in.
SCHEME: Final = re.compile(r"https?://", re.IGNORECASE)


class Bioregistry(NamedTuple):
    """The map of the Bioregistry: its prefixes by name, by other spellings, and by their IRIs."""

    prefixes: dict[str, Prefix]
    synonyms: dict[str, str]  # of the prefixes above, in lower case
    spellings: dict[str, str]  # in lower case -> the preferred one
    spaces: dict[str, str]  # IRI without its scheme -> prefix


@cache
def bioregistry() -> Bioregistry:
    """Read once, and only where a prefix is met that the tables above have not."""
    data = json.loads(pkgutil.get_data("trabecula", "prefixes.json") or b"")
    prefixes: dict[str, Prefix] = {}
    spellings: dict[str, str] = {}
    for name, iri, url, pattern, others in data["prefixes"]:
        prefixes[name] = Prefix(name, iri, url, pattern or r"\S+")
        for spelling in (*others, name):
            spellings.setdefault(spelling.casefold(), name)
    spellings.update((name.casefold(), name) for name in prefixes)  # a name wins over a synonym
    spaces = {SCHEME.sub("", row.iri, count=1): row.name for row in prefixes.values()}
    synonyms = {spelling.casefold(): name for spelling, name in data["synonyms"].items()}
    return Bioregistry(prefixes, synonyms, spellings, spaces)


def prefix_called(name: str) -> Prefix | None:
    """The prefix of this name, in the spelling of its registry; None where no table has it.

    >>> prefix_called("CHEBI").iri, prefix_called("no-such-prefix")
    ('http://purl.obolibrary.org/obo/CHEBI_', None)
    """
    return PREFIXES.get(name) or bioregistry().prefixes.get(name)


def is_known(prefix: str) -> bool:
    """Whether a prefix is one of the tables, of ours or of the Bioregistry's."""
    return prefix in PREFIXES or prefix in NAMESPACES or prefix in bioregistry().prefixes


def space_of(prefix: str) -> str:
    """What the IRIs of a prefix begin with."""
    if prefix in NAMESPACES:
        return NAMESPACES[prefix]
    row = prefix_called(prefix)
    return row.iri if row else f"{MINTED}{quote(prefix, safe='')}/"
