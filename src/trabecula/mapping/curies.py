"""CURIEs from a name of a database and an identifier there, as tables write them in two places."""

from __future__ import annotations

from typing import Final

#: Names of databases, folded, and the prefix that they stand for where it is another one.
_PREFIXES: Final = {
    "uniprot": "UniProtKB", "uniprotkb": "UniProtKB", "uniprot/swiss-prot": "UniProtKB",
    "uniprot/trembl": "UniProtKB", "entrez gene/locuslink": "NCBIGene", "entrezgene": "NCBIGene",
    "entrez gene": "NCBIGene", "ncbi gene": "NCBIGene", "ncbigene": "NCBIGene", "chebi": "CHEBI",
    "pubchem": "PUBCHEM.COMPOUND", "rcsb pdb": "PDB", "wwpdb": "PDB",
    "complex portal": "complexportal",
    "mirbase": "mirbase", "rnacentral": "rnacentral", "signor": "signor", "psi-mi": "MI",
    "ddbj/embl/genbank": "insdc", "genbank_nucl_gi": "ncbigi", "genbank_protein_gi": "ncbigi",
    "taxid": "NCBITaxon", "taxon": "NCBITaxon", "drugbank": "drugbank", "hgnc": "HGNC",
    "ensembl": "ensembl", "go": "GO", "interpro": "interpro", "refseq": "refseq",
}  # fmt: skip


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
    prefix = _PREFIXES.get(name.casefold(), name)
    given, colon, local = text.partition(":")
    if colon and given.casefold() in (prefix.casefold(), name.casefold(), "cid"):
        return f"{prefix}:{local}"
    return f"{prefix}:{text}"
