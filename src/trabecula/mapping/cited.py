"""Papers as tables name them: lists, several names of one paper, cells that say there is none."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from trabecula.identifiers import canonical, is_paper
from trabecula.regular import source_id

#: What stands in a cell that says nothing.
NOTHING: Final = frozenset(("", "-", "--", ".", "na", "n/a", "nan", "none", "null", "nil", "\\n"))
#: A number alone is a paper of PubMed.
_NUMBER: Final = re.compile(r"[1-9]\d{0,8}(\.0+)?")
_DOI: Final = re.compile(r"10\.\d+/\S+")
#: The best of several names of one paper comes first.
_BEST: Final = {"PMID": 0, "PMCID": 1, "doi": 2}


def said(cell: str) -> str:
    """The text of a cell; nothing where the cell says that there is nothing.

    >>> said(" x "), said("-"), said("NA")
    ('x', '', '')
    """
    text = cell.strip()
    return "" if text.casefold() in NOTHING else text


def paper(text: str) -> str:
    """A paper as tables name it, in the spelling of its registry where that is known.

    >>> paper("12345"), paper("PUBMED:1"), paper("https://doi.org/10.1/X"), paper("10.1/x")
    ('PMID:12345', 'PMID:1', 'doi:10.1/x', 'doi:10.1/x')
    """
    text = " ".join(text.split())
    if _NUMBER.fullmatch(text):
        return f"PMID:{text.partition('.')[0]}"
    found = source_id(f"doi:{text}" if _DOI.fullmatch(text) else text)
    return found if is_paper(found) else canonical(text)


def one_of(names: Iterable[str]) -> tuple[str, tuple[str, ...]]:
    """Of several names of one paper the best known, and the others.

    >>> one_of(["SGD_REF:S1", "PMID:1"])
    ('PMID:1', ('SGD_REF:S1',))
    """
    found = list(dict.fromkeys(paper(name) for name in names if said(name)))
    if not found:
        return "", ()
    ranked = sorted(
        found, key=lambda name: _BEST.get(name.partition(":")[0], 3 + (not is_paper(name)))
    )
    return ranked[0], tuple(ranked[1:])
