"""Papers in the attributes of edges, under whatever name and however they are written."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from trabecula.mapping.attribute_names import folded
from trabecula.mapping.attribute_values import Attribute, text_of, texts
from trabecula.mapping.cited import papers_in
from trabecula.mapping.reading import Reading

#: Names of attributes with papers in which a bare number is one of PubMed.
_OF_PUBMED: Final = re.compile(r"\b(pmids?|pubmed( ?ids?)?)\b|pubmedids?")
#: A number of PubMed, as data frames with empty cells write it too. In a list of references it is
#: one where it is as long as most are, and no count.
_NUMBER: Final = re.compile(r"(?P<number>[1-9]\d{0,8})(\.0)?")
_USUAL: Final = range(6, 9)
#: A registry before an identifier, with a blank between them.
_APART: Final = re.compile(r"(?i)\b(pmid|pubmed|pmcid|doi)\s*:?\s+(?=\S)")
#: The database that OmniPath writes before a number of PubMed.
_RESOURCE: Final = re.compile(r"(?<![^\s;|,])[A-Za-z][\w-]*:(?=\d{4,9}(?![\w.]))")
_PAPER: Final = re.compile(
    r"(?i)(pmid|pubmed|pmc|pmcid|doi|arxiv|isbn|clinicaltrials)[:_ ]\s*\S+|pmc\d+|10\.\d{4,9}/\S+"
    r"|https?://\S+|nct\d{8}"
)
#: An author or title, and a year: a reference in words.
_IN_WORDS: Final = re.compile(r"[^\W\d_]{2,}.*\b(1[89]|20)\d\d\b", re.DOTALL)


def papers_of(
    reading: Reading, by_role: Mapping[str, tuple[Attribute, ...]], place: str
) -> Iterator[str]:
    """The papers that the attributes of an edge name; what names none is told to the reading."""
    for _, value in by_role.get("evidence", ()):
        if are_papers(value):
            yield from texts(value, separators=True)
    registries = [text for _, value in by_role.get("paper database", ()) for text in texts(value)]
    for name, value in by_role.get("papers", ()):
        given = _APART.sub(r"\1:", value) if isinstance(value, str) else value
        listed = list(texts(given, separators=True))
        if len(registries) == len(listed):
            listed = list(map(":".join, zip(registries, listed, strict=True)))
        if _IN_WORDS.search(text_of(value)) and not any(map(_PAPER.fullmatch, listed)):
            yield from papers_in(text_of(value))  # a reference as somebody would print it
            continue
        for text in listed:
            bare = _NUMBER.fullmatch(text)
            if bare and (_OF_PUBMED.search(folded(name)) or len(bare["number"]) in _USUAL):
                yield f"PMID:{bare['number']}"
            elif _PAPER.fullmatch(text):
                yield text
            else:
                reading.left("reference", f"{name}: {text}", place)


def of_omnipath(attributes: tuple[Attribute, ...]) -> tuple[Attribute, ...]:
    """Papers that OmniPath lists behind the databases that name them, without these.

    >>> of_omnipath((("references", "SIGNOR:12345678;HPRD:23456789"),))
    (('references', 'PMID:12345678;PMID:23456789'),)
    """
    return tuple([(name, _RESOURCE.sub("PMID:", text_of(value))) for name, value in attributes])


def are_papers(value: Any) -> bool:
    """Whether a value is a list of papers and nothing else, though its attribute does not say it.

    >>> are_papers("PMID:1; PMID:2"), are_papers("PMID:1 says so"), are_papers("")
    (True, False, False)
    """
    parts = texts(value, separators=True)
    return bool(parts) and all(map(_PAPER.fullmatch, parts))
