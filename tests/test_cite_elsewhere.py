"""References as BibTeX, CSL-JSON and RIS, read back by programs that other people use."""

from __future__ import annotations

import warnings

import pytest
from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle
from citeproc import formatter as formatters
from citeproc.source.json import CiteProcJSON
from pybtex.database import parse_string

from trabecula import Graph, cite
from trabecula.authors import authors
from trabecula.model import Source

PAPER = Source(
    id="PMID:1",
    title="Magnesium & bone: 100 % of it",
    kind="further",
    year="2003",
    authors=("van den Berg J", "O'Brien CA", "The Bone Group"),
    journal="Bone",
    volume="32",
    issue="2",
    pages="136-141",
    xrefs=("doi:10.5555/b(1)",),
    abstract_read=True,
)


@pytest.fixture(scope="module")
def bibliography(shipped: Graph) -> list[Source]:
    return cite.merged(shipped.sources.values())


def test_pybtex_reads_every_reference_as_meant(bibliography: list[Source]) -> None:
    read = parse_string(cite.bibtex(bibliography), "bibtex")
    assert len(read.entries) == len(bibliography)
    for source, entry in zip(bibliography, read.entries.values(), strict=True):
        families = [
            " ".join((*person.prelast_names, *person.last_names)).strip("{}")
            for person in entry.persons.get("author", [])
        ]
        wanted = [
            person.family.replace("&", r"\&") or "others" for person in authors(source.authors)
        ]
        assert families == wanted, source.id
        assert entry.fields.get("volume", "") == source.volume, source.id
        assert entry.fields.get("number", "").replace("\\", "") == source.issue, source.id
        assert entry.fields.get("pages", "").replace("--", "-") == source.pages, source.id
        assert entry.fields.get("year", "") == source.year, source.id


def test_a_csl_processor_prints_volume_issue_and_pages() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it warns of fields that it does not know
        source = CiteProcJSON(cite.csl([PAPER]))
        style = CitationStylesStyle("harvard-cite-them-right", validate=False)
        printed = CitationStylesBibliography(style, source, formatters.plain)
        (key,) = source
        printed.register(Citation([CitationItem(key)]))
        (line,) = map(str, printed.bibliography())
    assert line.startswith("van den Berg, J., O'Brien, C.A. and The Bone Group (2003)")
    assert "Bone, 32(2), pp. 136\N{EN DASH}141" in line


def test_every_csl_item_is_taken_by_the_processor(bibliography: list[Source]) -> None:
    items = cite.csl(bibliography)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        read = CiteProcJSON(items)
    assert set(read) == {item["id"].lower() for item in items}
    for item in items:
        for name in ("volume", "issue"):
            assert str(read[item["id"].lower()].get(name, "")) == item.get(name, ""), item["id"]


def test_ris_has_volume_issue_and_both_pages() -> None:
    lines = cite.ris([PAPER]).splitlines()
    assert [line for line in lines if line[:2] in ("VL", "IS", "SP", "EP")] == [
        "VL  - 32",
        "IS  - 2",
        "SP  - 136",
        "EP  - 141",
    ]
