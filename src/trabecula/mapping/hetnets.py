"""Things of hetnets such as Hetionet, by their kind and what is written for them there."""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import Final

#: Kind -> prefix of its identifiers, of Hetionet's sources, and the shape that they have.
_PREFIXES: Final = MappingProxyType(
    {
        "Gene": ("NCBIGene", re.compile(r"\d+")),
        "Compound": ("DRUGBANK", re.compile(r"DB\d+")),
        "Symptom": ("MESH", re.compile(r"D\d+")),
        "Side Effect": ("UMLS", re.compile(r"C\d+")),
    }
)  # fmt: skip


def identifier(kind: str, written: str) -> str:
    """What identifies a node: numbers of genes are those of NCBI, `DB00001` is of DrugBank.

    >>> identifier("Gene", "7157"), identifier("Compound", "x"), identifier("Disease", "DOID:1")
    ('NCBIGene:7157', 'x', 'DOID:1')
    """
    prefix, shape = _PREFIXES.get(kind, ("", None))
    return f"{prefix}:{written}" if shape is not None and shape.fullmatch(written) else written
