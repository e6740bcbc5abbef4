"""CURIEs from a name of a database and an identifier there, as files write them in two places.

The one table of what tables, BridgeDb (GPML) and BioPAX call databases, and the prefixes of these.
"""

from __future__ import annotations

from typing import Final

#: Names of databases, folded, and the prefix that they stand for where it is another one.
_PREFIXES: Final = {
    "uniprot": "UniProtKB", "uniprotkb": "UniProtKB", "uniprot/swiss-prot": "UniProtKB",
    "uniprot/trembl": "UniProtKB", "uniprot-trembl": "UniProtKB", "uniprot isoform": "UniProtKB",
    "uniprot knowledgebase": "UniProtKB",
    "entrez gene/locuslink": "NCBIGene", "entrezgene": "NCBIGene", "entrez gene": "NCBIGene",
    "ncbi gene": "NCBIGene", "ncbigene": "NCBIGene", "ensembl": "ensembl", "hgnc": "HGNC",
    "hgnc accession number": "HGNC", "hgnc symbol": "hgnc.symbol", "mgi": "MGI", "rgd": "RGD",
    "sgd": "SGD", "flybase": "FlyBase", "refseq": "refseq", "genbank_nucl_gi": "ncbigi",
    "genbank_protein_gi": "ncbigi", "ddbj/embl/genbank": "insdc", "rnacentral": "rnacentral",
    "mirbase": "mirbase", "mirbase sequence": "mirbase",
    "mirbase mature sequence": "mirbase.mature", "interpro": "interpro",
    "chebi": "CHEBI", "hmdb": "hmdb", "pubchem": "PUBCHEM.COMPOUND",
    "pubchem-compound": "pubchem.compound", "kegg compound": "kegg.compound",
    "kegg reaction": "kegg.reaction", "drugbank": "drugbank", "cas": "cas", "rhea": "rhea",
    "lipid maps": "lipidmaps", "enzyme nomenclature": "EC", "rcsb pdb": "PDB", "wwpdb": "PDB",
    "complex portal": "complexportal", "reactome": "reactome", "wikipathways": "wikipathways",
    "wikidata": "wikidata", "signor": "signor", "psi-mi": "MI", "go": "GO", "geneontology": "GO",
    "gene ontology": "GO", "taxid": "NCBITaxon", "taxon": "NCBITaxon", "taxonomy": "NCBITaxon",
    "ncbi taxonomy": "NCBITaxon", "pubmed": "PMID", "doi": "doi",
}  # fmt: skip


def prefix_of(database: str) -> str:
    """The prefix of a database by one of its names; nothing for a name that is not known.

    >>> prefix_of("Uniprot-TrEMBL"), prefix_of("my lab")
    ('UniProtKB', '')
    """
    return _PREFIXES.get(database.strip().casefold(), "")


def curie(database: str, identifier: str) -> str:
    """The CURIE of an identifier in a database; an identifier that has its prefix keeps it.

    >>> curie("UNIPROT", "P04637"), curie("ChEBI", "CHEBI:15377"), curie("PUBCHEM", "CID:5957")
    ('UniProtKB:P04637', 'CHEBI:15377', 'PUBCHEM.COMPOUND:5957')
    >>> curie("MGI", "MGI:98834"), curie("", "TP53")
    ('MGI:98834', 'TP53')
    """
    name, text = database.strip(), identifier.strip()
    if not name or not text:
        return text
    prefix = prefix_of(name) or name
    given, colon, local = text.partition(":")
    if colon and given.casefold() in (prefix.casefold(), name.casefold(), "cid"):
        return f"{prefix}:{local}"
    return f"{prefix}:{text}"
